import { t } from '../shared/i18n';
import { mayNotify } from '../shared/notices';
import { go } from '../shared/router';
import { tell } from '../shared/toasts';
import type { NoticeFrame, NoticeKind } from '../shared/types';

export const noticeText = (what: NoticeKind, by: string): string => t(`notice.${what}`, { by });

// One browser notification, however many pages are open: who looks at one of them needs none, and the tag makes those of the
// others one.
const askOthersMs = 250;
const othersShow = new Set<string>();
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('fifteen.notices');
others?.addEventListener('message', ({ data }) => othersShow.add(String(data)));

export function takeNotice(frame: NoticeFrame): void {
  if (frame.screen && !document.hidden) tell(`${noticeText(frame.what, frame.by)}: #${frame.ticket} ${frame.subject}`, { to: `/t/${frame.ticket}`, seconds: 10 });
  if (!document.hidden && document.hasFocus()) others?.postMessage(frame.event);
  else if (frame.browser && mayNotify() === 'granted') setTimeout(() => { if (!othersShow.has(frame.event)) notify(frame); }, askOthersMs);
}

function notify(frame: NoticeFrame): void {
  try {
    const shown = new Notification(noticeText(frame.what, frame.by), { body: `#${frame.ticket} ${frame.subject}`, tag: `fifteen-${frame.event}` });
    shown.onclick = () => { window.focus(); go(`/t/${frame.ticket}`); shown.close(); };
  } catch {
    // Some phones' browsers take notifications from a service worker only.
  }
}
