import { signal } from '@preact/signals';

export interface Place { path: string; parts: string[]; params: URLSearchParams }

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const read = (): Place => ({
  path: location.pathname,
  parts: location.pathname.split('/').filter(Boolean).map(decoded),
  params: new URLSearchParams(location.search),
});

export const place = signal<Place>(read());

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (to === location.pathname + location.search) return;
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', to);
  place.value = read();
}

const ours = /^\/($|\?|inbox\/|t\/|articles|ideas|reports|settings|signin)/;

// Plain links inside the agents' pages change the view without loading a page; every other click stays the browser's.
export function startRouter(): void {
  addEventListener('popstate', () => { place.value = read(); });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.target || link.origin !== location.origin || link.hasAttribute('download')) return;
    const to = link.pathname + link.search;
    if (!ours.test(to)) return;
    event.preventDefault();
    go(to);
  });
}
