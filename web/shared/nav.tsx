import { useEffect } from 'preact/hooks';
import { send } from './api';
import { Avatar } from './avatar';
import { keyOf, runCommand } from './commands';
import { counts, loadCounts } from './counts';
import { t, type TextKey } from './i18n';
import { Icon, Mark, type IconName } from './icon';
import { stopLive } from './live';
import { Menu } from './menu';
import { loadUnread, unreadNotices } from './notices';
import { openDialog } from './open_dialogs';
import { go, place } from './router';
import { me, session } from './session';
import { number, percent } from './time';
import { layout } from './width';

interface Item { to: string; icon: IconName; text: TextKey; command: string; count?: () => number | null; urgent?: boolean; onPhone?: boolean }

const inboxItems: Item[] = [
  { to: '/', icon: 'all', text: 'nav.all', command: 'go-all', onPhone: true },
  { to: '/inbox/first', icon: 'inbox', text: 'nav.first', command: 'go-first', count: () => counts.value?.first ?? null, urgent: true, onPhone: true },
  { to: '/inbox/mine', icon: 'person', text: 'nav.mine', command: 'go-mine', count: () => counts.value?.mine ?? null, onPhone: true },
  { to: '/inbox/waiting', icon: 'clock', text: 'nav.waiting', command: 'go-waiting', count: () => counts.value?.waiting ?? null, onPhone: true },
  { to: '/inbox/closed', icon: 'check', text: 'nav.closed', command: 'go-closed' },
];
const moreItems: Item[] = [
  { to: '/articles', icon: 'book', text: 'nav.articles', command: 'go-articles' },
  { to: '/ideas', icon: 'bulb', text: 'nav.ideas', command: 'go-ideas' },
  { to: '/reports', icon: 'chart', text: 'nav.reports', command: 'go-reports' },
  { to: '/settings', icon: 'gear', text: 'nav.settings', command: 'go-settings' },
];

const isHere = (to: string): boolean => {
  const { path } = place.value;
  if (to === '/') return path === '/' || path.startsWith('/t/');
  return path === to || path.startsWith(`${to}/`);
};

// A thousand stands for "a thousand or more": the server counts no further.
const shownCount = (n: number): string => (n >= 1000 ? '999+' : number(n));

function NavLink({ item }: { item: Item }) {
  const count = item.count?.() ?? null;
  const key = keyOf(item.command);
  return (
    <li class={item.onPhone ? 'on-phone' : undefined}>
      <a href={item.to} aria-current={isHere(item.to) ? 'page' : undefined} title={key ? `${t(item.text)} (${key})` : t(item.text)}>
        <Icon name={item.icon} /><span class="label">{t(item.text)}</span>
        {count !== null && count > 0 && <span class={`count ${item.urgent ? 'urgent' : ''}`}>{shownCount(count)}</span>}
      </a>
    </li>
  );
}

function Bell() {
  const count = unreadNotices.value ?? 0;
  return (
    <li class="on-phone">
      <button type="button" aria-haspopup="dialog" title={t('nav.notices')} onClick={() => { openDialog.value = 'notices'; }}>
        <Icon name="bell" /><span class="label">{t('nav.notices')}</span>
        {count > 0 && <><span class="count" aria-hidden="true">{count >= 100 ? '99+' : number(count)}</span><span class="visually-hidden">{t('nav.unread', { n: count })}</span></>}
      </button>
    </li>
  );
}

function Today() {
  const today = counts.value?.today;
  if (!today || today.total === 0 || today.share === null) return null;
  return (
    <section class="today" aria-label={t('today.title')}>
      <h2>{t('today.title')}</h2>
      <strong>{percent(today.share)}</strong>
      <progress max={1} value={today.share} aria-label={t('today.title')} />
      <p>{t('today.of', { met: today.met, n: today.total })}</p>
    </section>
  );
}

export async function signOut(): Promise<void> {
  await send('DELETE', '/session').catch(() => {});
  stopLive();
  session.value = null;
  unreadNotices.value = null;
  go('/signin');
}

export function Nav() {
  const agent = me();
  useEffect(() => {
    if (!counts.peek()) void loadCounts().catch(() => {});
    if (unreadNotices.peek() === null) void loadUnread().catch(() => {});
  }, []);
  return (
    <nav class="nav" aria-label={t('nav.main')}>
      <a class="brand" href="/" aria-label="Fifteen"><Mark /><span class="label">Fifteen</span></a>
      <ul>{inboxItems.map((item) => <NavLink key={item.to} item={item} />)}</ul>
      <h2 class="nav-title">{t('nav.more')}</h2>
      <ul><Bell />{moreItems.map((item) => <NavLink key={item.to} item={item} />)}</ul>
      <Today />
      <div class="nav-foot">
        {agent && (
          <Menu up label={t('nav.you', { name: agent.name })} buttonClass="you" button={<><Avatar name={agent.name} seed={agent.id} size="s" /><span class="label">{agent.name}</span></>}
            items={[
              ...(layout.value === 'narrow' ? [inboxItems.at(-1)!, ...moreItems.slice(0, -1)].map(({ to, text }) => ({ label: t(text), run: () => go(to) })) : []),
              { label: t('nav.settings'), run: () => go('/settings/you') },
              { label: t('do.keys'), key: '?', run: () => runCommand('keys') },
              { label: t('nav.sign_out'), run: () => void signOut() },
            ]} />
        )}
      </div>
    </nav>
  );
}
