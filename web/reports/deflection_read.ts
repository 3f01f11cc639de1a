import { useEffect, useState } from 'preact/hooks';
import { get, Problem, query } from '../shared/api';
import { now } from '../shared/clock';
import type { DeflectionPage } from './deflection_figures';
import { periodOf, type Days, type Period, type PeriodName } from './period';

export interface DeflectionWish { period: PeriodName | Days; zone: string; channel: string }

// Old figures stay until new ones come.
export function useDeflection({ period, zone, channel }: DeflectionWish): { data: DeflectionPage | null; shown: Period; problem: Problem | null; loading: boolean; again: () => void } {
  const shown = periodOf(period, zone, now());
  const asked = query({ from: shown.from.toISOString(), to: shown.to.toISOString(), zone, channel });
  const [state, setState] = useState<{ asked: string; data: DeflectionPage | null; problem: Problem | null }>({ asked: '', data: null, problem: null });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const call = new AbortController();
    get<DeflectionPage>(`/reports/deflection${asked}`, call.signal).then(
      (data) => setState({ asked, data, problem: null }),
      (error: unknown) => { if (!call.signal.aborted) setState({ asked, data: null, problem: error instanceof Problem ? error : new Problem(0, String(error)) }); },
    );
    return () => call.abort();
  }, [asked, round]);
  return { data: state.data, shown, problem: state.asked === asked ? state.problem : null, loading: state.asked !== asked, again: () => setRound(round + 1) };
}
