import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../shared/api';
import { t } from '../shared/i18n';
import { explain, tellWrong } from '../shared/toasts';

export function PageHead({ title, about, children }: { title: string; about?: string; children?: ComponentChildren }) {
  return <header class="settings-head"><h2>{title}</h2>{children}{about && <p>{about}</p>}</header>;
}

// Reads one path, again when told to.
export function useRead<T>(path: string): { data: T | null; failed: boolean; again: () => void; set: (change: (data: T) => T) => void } {
  const [data, setData] = useState<T | null>(null);
  const [failed, setFailed] = useState(false);
  const again = (): void => { get<T>(path).then((fresh) => { setData(fresh); setFailed(false); }, () => setFailed(true)); };
  useEffect(again, [path]);
  return { data, failed, again, set: (change) => setData((now) => (now === null ? now : change(now))) };
}

export function Loading({ failed, again }: { failed: boolean; again: () => void }) {
  if (!failed) return <div class="hairline" role="status" aria-label={t('list.loading')} />;
  return <div class="empty"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={again}>{t('do.retry')}</button></div>;
}

// Does it; what goes wrong is said, and false comes back.
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    tellWrong(explain(error));
    return false;
  }
}
