import { t } from '../shared/i18n';
import { mayNotify } from '../shared/notices';
import { go } from '../shared/router';
import { tell } from '../shared/toasts';
import type { Notice, NoticeKind, NoticesFrame } from '../shared/types';

export const noticeText = (what: NoticeKind, by: string): string => t(`notice.${what}`, { by });

// One browser notification, however many pages are open: who looks at one of them needs none, and the tag makes those of the
// others one.
const askOthersMs = 250;
const othersShow = new Set<string>();
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('fifteen.notices');
others?.addEventListener('message', ({ data }) => othersShow.add(String(data)));

// What comes in one moment: more than this is said in one sentence.
const atOnce = 3;

export function takeNotices({ event, items }: NoticesFrame): void {
  const onScreen = items.filter((one) => one.screen);
  const byBrowser = items.filter((one) => one.browser);
  if (!document.hidden) toast(onScreen);
  if (!document.hidden && document.hasFocus()) others?.postMessage(event);
  else if (byBrowser.length && mayNotify() === 'granted') setTimeout(() => { if (!othersShow.has(event)) notify(event, byBrowser); }, askOthersMs);
}

const about = ({ ticket, subject }: Notice): string => `#${ticket} ${subject}`;
const many = (n: number): string => t('notice.many', { n });

function toast(notices: Notice[]): void {
  if (notices.length > atOnce) tell(many(notices.length), { to: '/', seconds: 10 });
  else for (const one of notices) tell(`${noticeText(one.what, one.by)}: ${about(one)}`, { to: `/t/${one.ticket}`, seconds: 10 });
}

function notify(event: string, notices: Notice[]): void {
  if (notices.length > atOnce) show(many(notices.length), '', `fifteen-${event}`, '/');
  else notices.forEach((one, index) => show(noticeText(one.what, one.by), about(one), `fifteen-${event}-${index}`, `/t/${one.ticket}`));
}

function show(title: string, body: string, tag: string, to: string): void {
  try {
    const shown = new Notification(title, { body, tag });
    shown.onclick = () => { window.focus(); go(to); shown.close(); };
  } catch {
    // Some phones' browsers take notifications from a service worker only.
  }
}
