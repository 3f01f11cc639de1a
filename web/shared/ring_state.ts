import type { Wait } from './types';

// What a ring shows of a running wait. It moves once a minute; the exact count-down stands in the composer alone.
export interface RingState {
  tone: 'ok' | 'soon' | 'late' | 'never';
  text: string; // in the ring: "4", "+3", "2h", "9d"
  minutes: number; // left, or over when late; whole
  share: number; // of the target still left, 0 to 1
}

const minuteMs = 60_000;

function short(minutes: number): string {
  if (minutes < 100) return String(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 100 ? `${hours}h` : `${Math.min(999, Math.floor(hours / 24))}d`;
}

export function ringState(wait: Pick<Wait, 'due_at' | 'target_seconds'>, at: number): RingState {
  if (wait.due_at === null) return { tone: 'never', text: '–', minutes: 0, share: 1 };
  const left = Date.parse(wait.due_at) - at;
  if (left < 0) {
    const over = Math.ceil(-left / minuteMs);
    return { tone: 'late', text: `+${short(over)}`, minutes: over, share: 1 };
  }
  const minutes = Math.max(1, Math.ceil(left / minuteMs));
  const target = Math.max(1, wait.target_seconds / 60);
  const soonMs = Math.min(5 * minuteMs, (target * minuteMs) / 3);
  return { tone: left > soonMs ? 'ok' : 'soon', text: short(minutes), minutes, share: Math.min(1, minutes / target) };
}
