// What is asked of one ticket goes out in the order of asking: of requests that are on their way at once a later one may be the
// first to arrive, and an answer and a closing count otherwise the other way round (clock.md).
const last = new Map<string, Promise<unknown>>();

export function inTurn<T>(id: string, ask: () => Promise<T>): Promise<T> {
  const mine = last.get(id)?.then(ask, ask) ?? ask();
  last.set(id, mine);
  const forget = (): void => { if (last.get(id) === mine) last.delete(id); };
  mine.then(forget, forget);
  return mine;
}
