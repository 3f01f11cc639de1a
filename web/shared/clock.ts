import { signal } from '@preact/signals';

// The server's clock as seen from here: all rings and count-downs use it, so a wrong clock on the desk harms nobody.
let offsetMs = 0;

export const now = (): number => Date.now() + offsetMs;

export function learnServerTime(iso: string, sentAt = Date.now(), arrivedAt = Date.now()): void {
  const server = Date.parse(iso);
  if (!Number.isNaN(server)) offsetMs = server - (sentAt + arrivedAt) / 2;
}

// Seconds since 1970 on the server's clock, once a second; `slowTick` moves every fifth second and is enough for rings.
export const tick = signal(Math.floor(Date.now() / 1000));
export const slowTick = signal(tick.peek());

export function startClock(): () => void {
  const step = (): void => {
    tick.value = Math.floor(now() / 1000);
    if (tick.value >= slowTick.value + 5 || tick.value < slowTick.value) slowTick.value = tick.value;
  };
  step();
  const timer = setInterval(step, 1000);
  const onReturn = (): void => { if (!document.hidden) { slowTick.value = 0; step(); } };
  document.addEventListener('visibilitychange', onReturn);
  return () => { clearInterval(timer); document.removeEventListener('visibilitychange', onReturn); };
}
