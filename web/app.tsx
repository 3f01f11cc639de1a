import { effect } from '@preact/signals';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { AppCommands } from './shared/app_commands';
import { learnServerTime, startClock } from './shared/clock';
import { startKeys } from './shared/commands';
import { counts } from './shared/counts';
import { useLanguage } from './shared/i18n';
import { lazy, whenAtRest } from './shared/lazy';
import { onNotices, startLive, stopLive } from './shared/live';
import { Nav } from './shared/nav';
import { unreadNotices } from './shared/notices';
import { closeDialog, openDialog } from './shared/open_dialogs';
import { place, startRouter } from './shared/router';
import { session } from './shared/session';
import { bootTickets } from './shared/boot';
import { StreamLine } from './shared/stream_line';
import { applyTheme } from './shared/theme';
import { Toasts } from './shared/toasts';
import type { Boot } from './shared/types';

const Inbox = lazy(() => import('./inbox/inbox'));
const Ideas = lazy(() => import('./ideas/ideas'));
const Reports = lazy(() => import('./reports/reports'));
const Articles = lazy(() => import('./articles/articles'));
const Settings = lazy(() => import('./settings/settings'));
const Access = lazy(() => import('./access/access'));
const dialogs = whenAtRest(() => import('./dialogs/dialogs'));
const Dialogs = dialogs.part((file) => file.default, closeDialog);

function OverThePage() {
  useEffect(dialogs.prefetch, []);
  return openDialog.value && <Dialogs />;
}

function View() {
  const area = place.value.parts[0] ?? '';
  if (!session.value || ['signin', 'welcome', 'reset'].includes(area)) return <Access />;
  const Part = area === 'ideas' ? Ideas : area === 'reports' ? Reports : area === 'articles' ? Articles : area === 'settings' ? Settings : Inbox;
  return (
    <div class="app">
      <AppCommands />
      <StreamLine />
      <Nav />
      <Part />
      <OverThePage />
    </div>
  );
}

function start(): void {
  const boot = JSON.parse(document.getElementById('boot')?.textContent || 'null') as Boot | null;
  if (boot?.session) learnServerTime(boot.session.server_time);
  session.value = boot?.session ?? null;
  counts.value = boot?.counts ?? null;
  unreadNotices.value = boot?.unread ?? null;
  bootTickets.value = boot?.tickets ?? null;
  applyTheme();
  startRouter();
  startClock();
  startKeys();
  onNotices((frame) => dialogs.use(({ takeNotices }) => takeNotices(frame)));
  let after = boot?.after && boot.after !== '0' ? boot.after : null;
  effect(() => {
    if (session.value) startLive(after);
    else stopLive();
    after = null;
  });
  const root = document.getElementById('app')!;
  void useLanguage().catch(() => {}).then(() => render(<><View /><Toasts /></>, root));
}

start();
