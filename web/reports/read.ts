import { useEffect, useState } from 'preact/hooks';
import { get, Problem } from '../shared/api';
import { now } from '../shared/clock';
import { changesHeard } from '../shared/live';
import type { ResponseTimes } from '../shared/types';
import { periodOf, type Period } from './period';
import { askedOf, type Wish } from './wish';

const freshMs = 60_000;

export interface Answer { query: string; wish: Wish; period: Period; data: ResponseTimes }

// The figures of a wish. Old ones stay until new ones come, an answer that another question overtook is dropped, and while today
// is among the days they are read again once a minute if anything happened or somebody waits.
export function useReport(wish: Wish): { answer: Answer | null; problem: Problem | null; loading: boolean; again: () => void } {
  const query = askedOf(wish, now());
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failed, setFailed] = useState<{ query: string; problem: Problem } | null>(null);
  const [round, setRound] = useState(0);
  const again = (): void => setRound((before) => before + 1);
  useEffect(() => {
    const call = new AbortController();
    const took = (data: ResponseTimes): void => {
      setAnswer({ query, wish, period: periodOf(wish.period, wish.zone, now()), data });
      setFailed(null);
    };
    get<ResponseTimes>(`/reports/response-times${query}`, call.signal).then(took, (error: unknown) => {
      if (!call.signal.aborted) setFailed({ query, problem: error instanceof Problem ? error : new Problem(0, String(error)) });
    });
    return () => call.abort();
  }, [query, round]);

  const isCurrent = answer?.query === query;
  const mayChange = isCurrent && answer.period.to.getTime() > now();
  const waiting = answer?.data.total.running ?? 0;
  useEffect(() => {
    if (!mayChange) return;
    const heard = changesHeard.peek();
    const readAt = Date.now();
    const look = (): void => { if (!document.hidden && Date.now() - readAt >= freshMs && (waiting > 0 || changesHeard.peek() !== heard)) again(); };
    const timer = setInterval(look, freshMs);
    document.addEventListener('visibilitychange', look);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', look); };
  }, [answer, mayChange]);

  // Of figures that are shown and only could not be read afresh, nothing is said: the line on top tells of a lost connection.
  const problem = !isCurrent && failed?.query === query ? failed.problem : null;
  return { answer: problem ? null : answer, problem, loading: !isCurrent && !problem, again };
}
