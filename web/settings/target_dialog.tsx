import { useState } from 'preact/hooks';
import { Problem, send } from '../shared/api';
import { Dialog } from '../shared/dialog';
import { FormError } from '../dialogs/form';
import { t } from '../shared/i18n';
import { tell } from '../shared/toasts';
import type { Mailbox } from '../shared/types';
import { Preview } from './hours_preview';
import { traitValue } from './target_words';

// A promise to everyone who writes to a mailbox, or to the customers with a trait.
export function TargetDialog({ mailbox, onDone }: { mailbox: Mailbox; onDone: (changed: boolean) => void }) {
  const [some, setSome] = useState(false);
  const [trait, setTrait] = useState('plan');
  const [value, setValue] = useState('');
  const [minutes, setMinutes] = useState(String(mailbox.target_seconds / 60));
  const [from, setFrom] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const seconds = Math.round(Number(minutes) * 60);
  const when = some ? { [trait.trim()]: traitValue(value.trim()) } : {};
  const target = { mailbox: mailbox.id, when, target_seconds: seconds };
  const complete = seconds >= 1 && (!some || (trait.trim() !== '' && value.trim() !== ''));
  const wrong = (field: string): string | undefined => problem?.fields.find((one) => one.field === field)?.message;
  const onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    try {
      await send('POST', '/targets', from ? { ...target, from: new Date(from).toISOString() } : target);
      tell(t('do.saved'));
      onDone(true);
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <Dialog title={t('targets.add_one', { name: mailbox.name })} onClose={() => onDone(false)}>
      <form class="form" onSubmit={(event) => void onSubmit(event)}>
        <label class="field"><span>{t('targets.minutes')}</span><input type="number" min="0.1" max="43200" step="any" required value={minutes} onInput={(event) => setMinutes(event.currentTarget.value)} />{wrong('target_seconds') && <small class="wrong">{wrong('target_seconds')}</small>}</label>
        <div class="segmented who" role="radiogroup" aria-label={t('targets.who')}>
          <label><input type="radio" name="who" checked={!some} onChange={() => setSome(false)} /><span>{t('targets.everyone')}</span></label>
          <label><input type="radio" name="who" checked={some} onChange={() => setSome(true)} /><span>{t('targets.some')}</span></label>
        </div>
        {some && (
          <div class="two">
            <label class="field"><span>{t('targets.trait_name')}</span><input required maxLength={100} autocomplete="off" value={trait} onInput={(event) => setTrait(event.currentTarget.value)} /></label>
            <label class="field"><span>{t('targets.trait_value')}</span><input required maxLength={200} autocomplete="off" value={value} placeholder="pro" onInput={(event) => setValue(event.currentTarget.value)} /></label>
          </div>
        )}
        {wrong('when') && <p class="wrong">{wrong('when')}</p>}
        <label class="field"><span>{t('targets.from_time')}</span><input type="datetime-local" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />{wrong('from') ? <small class="wrong">{wrong('from')}</small> : <small class="hint">{t('targets.from_hint')}</small>}</label>
        <Preview wish={complete ? { mailboxes: [mailbox.id], target } : null} />
        <FormError problem={problem && !problem.fields.length ? problem : null} />
        <div class="form-foot"><button class="button" type="button" onClick={() => onDone(false)}>{t('do.cancel')}</button><button class="button primary" type="submit">{t('do.save')}</button></div>
      </form>
    </Dialog>
  );
}
