import { useComputed, useSignal } from '@preact/signals';
import { now, slowTick } from './clock';
import { t } from './i18n';
import { Icon } from './icon';
import { ringState, type RingState } from './ring_state';
import { duration } from './time';
import type { Wait } from './types';

const radius = 17;
const length = 2 * Math.PI * radius;

export function ringLabel(state: Pick<RingState, 'tone' | 'minutes'>, first: boolean): string {
  if (state.tone === 'never') return t('ring.never');
  const span = duration(state.minutes * 60);
  if (state.tone === 'late') return t(first ? 'ring.first_late' : 'ring.next_late', { span });
  return t(first ? 'ring.first_due' : 'ring.next_due', { span });
}

// The circle empties over the target; late is a full red circle with a plus sign. Draws anew only when a minute has passed.
export function Ring({ wait }: { wait: Wait }) {
  const current = useSignal(wait);
  current.value = wait;
  const state = useComputed(() => {
    void slowTick.value;
    return JSON.stringify(ringState(current.value, now()));
  });
  const { tone, text, share, minutes } = JSON.parse(state.value) as RingState;
  return (
    <span class={`ring ${tone}`} role="img" aria-label={ringLabel({ tone, minutes }, wait.first)}>
      <svg viewBox="0 0 40 40" aria-hidden="true">
        <circle class="track" cx="20" cy="20" r={radius} />
        <circle class="arc" cx="20" cy="20" r={radius} stroke-dasharray={`${share * length} ${length}`} transform="rotate(-90 20 20)" />
      </svg>
      <b>{text}</b>
    </span>
  );
}

export function DoneRing({ closed }: { closed: boolean }) {
  return <span class="ring done" role="img" aria-label={t(closed ? 'ring.closed' : 'ring.answered')}><Icon name="check" /></span>;
}
