// When it was, in the reader's own time.
export const tellTimes = (): void => document.querySelectorAll('time').forEach((time) => (time.title = new Date(time.dateTime).toLocaleString(document.documentElement.lang)));

// A question's page shows what is new without loading again; what is being written on it stays as it is. Where there is no stream
// (a proxy, too many pages) it stays as it came. A page out of sight gives its connection back: a browser has six.
export function follow(here: HTMLElement): void {
  let stream: EventSource | undefined;
  const refresh = async (): Promise<void> => {
    try {
      const reply = await fetch(here.dataset.page ?? '');
      if (!reply.ok) return;
      const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html');
      for (const part of document.querySelectorAll('[data-part]')) {
        const now = fresh.getElementById(part.id);
        if (now && now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
      }
      const said = [...(fresh.getElementById('talk')?.children ?? [])];
      if ([...here.children].every(({ id }, i) => said[i]?.id === id)) here.append(...said.slice(here.children.length));
      else here.replaceChildren(...said);
      tellTimes();
    } catch {
      // Away: the stream comes back and says so again.
    }
  };
  const look = (): void => {
    stream?.close();
    if (document.hidden) return;
    stream = new EventSource(here.dataset.live ?? '');
    stream.addEventListener('change', () => void refresh());
  };
  document.addEventListener('visibilitychange', look);
  look();
}
