import { signal } from '@preact/signals';
import { Problem } from './api';
import { keyOf } from './commands';
import { t } from './i18n';
import { Icon } from './icon';

// What just happened, for a few seconds, with the way back. The last one that can be undone is what `z` undoes.
export interface Toast { id: number; text: string; tone: 'plain' | 'wrong'; undo: (() => void) | null; to: string | null }

export const toasts = signal<readonly Toast[]>([]);
let nextId = 1;

export function tell(text: string, options: { undo?: () => void; to?: string; tone?: Toast['tone']; seconds?: number } = {}): number {
  const id = nextId++;
  toasts.value = [...toasts.value.slice(-2), { id, text, tone: options.tone ?? 'plain', undo: options.undo ?? null, to: options.to ?? null }];
  setTimeout(() => dismiss(id), (options.seconds ?? (options.undo ? 10 : 5)) * 1000);
  return id;
}

export const tellWrong = (text: string): number => tell(text, { tone: 'wrong', seconds: 8 });

// What went wrong, for people: the server's own words where it had some.
export function explain(error: unknown): string {
  if (!(error instanceof Problem)) return t('error.unknown');
  return error.status === 0 ? t('error.unreachable') : error.detail || error.title || t('error.unknown');
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}

export function undoLast(): void {
  const last = nextToUndo();
  if (!last) return;
  dismiss(last.id);
  last.undo?.();
}

const nextToUndo = (): Toast | undefined => [...toasts.value].reverse().find((toast) => toast.undo);

export function Toasts() {
  const next = nextToUndo();
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <div key={toast.id} class={`toast ${toast.tone}`}>
          {toast.to ? <a href={toast.to} onClick={() => dismiss(toast.id)}>{toast.text}</a> : <span>{toast.text}</span>}
          {toast.undo && (
            <button class="link" type="button" onClick={() => { dismiss(toast.id); toast.undo?.(); }}>
              {t('do.undo')} {toast === next && <kbd>{keyOf('undo')}</kbd>}
            </button>
          )}
          <button class="square small" type="button" aria-label={t('do.dismiss')} onClick={() => dismiss(toast.id)}><Icon name="close" size={14} /></button>
        </div>
      ))}
    </div>
  );
}
