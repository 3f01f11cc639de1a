import english from '../locales/en.json?settings,you,people,mailboxes,saved,notices,outgoing,incoming,message,webhooks,role,field,theme';
import looks from '../styles/screens/settings.css?inline';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { addEnglish, t, type TextKey } from '../shared/i18n';
import { addLooks, lazy } from '../shared/lazy';
import { place } from '../shared/router';
import { mayActAs } from '../shared/session';
import type { Role } from '../shared/types';
import { Incoming } from './incoming';
import { Mailboxes } from './mailboxes';
import { Notifications } from './notifications';
import { OutgoingMails } from './outgoing';
import { People } from './people';
import { SavedReplies } from './saved_replies';
import { Webhooks } from './webhooks';
import { You } from './you';

addEnglish(english);
addLooks(looks);

const Brands = lazy(() => import('./brands'), 'div');
const Hours = lazy(() => import('./hours'), 'div');
const Sites = lazy(() => import('./sites'), 'div');
const Suggestions = lazy(() => import('./suggestions'), 'div');

interface Page { id: string; text: TextKey; role: Role; view: ComponentType }

// One line a page: where it is, who sees it.
const allPages: Page[] = [
  { id: 'you', text: 'settings.you', role: 'agent', view: You },
  { id: 'notifications', text: 'settings.notifications', role: 'agent', view: Notifications },
  { id: 'saved-replies', text: 'settings.saved', role: 'agent', view: SavedReplies },
  { id: 'people', text: 'settings.people', role: 'admin', view: People },
  { id: 'mailboxes', text: 'settings.mailboxes', role: 'admin', view: Mailboxes },
  { id: 'brands', text: 'settings.brands', role: 'admin', view: Brands },
  { id: 'hours', text: 'settings.hours', role: 'admin', view: Hours },
  { id: 'suggestions', text: 'settings.suggestions', role: 'admin', view: Suggestions },
  { id: 'outgoing', text: 'settings.outgoing', role: 'admin', view: OutgoingMails },
  { id: 'incoming', text: 'settings.incoming', role: 'admin', view: Incoming },
  { id: 'webhooks', text: 'settings.webhooks', role: 'admin', view: Webhooks },
  { id: 'widget', text: 'settings.widget', role: 'admin', view: Sites },
];

export default function Settings() {
  const pages = allPages.filter((page) => mayActAs(page.role));
  const wanted = place.value.parts[1] ?? 'you';
  const page = pages.find((one) => one.id === wanted) ?? pages[0]!;
  const View = page.view;
  useEffect(() => { document.title = `${t(page.text)} · ${t('nav.settings')}`; }, [page]);
  return (
    <main class="view settings">
      <nav aria-label={t('nav.settings')}>
        <h1>{t('nav.settings')}</h1>
        {pages.map((one) => <a key={one.id} href={`/settings/${one.id}`} aria-current={one === page ? 'page' : undefined}>{t(one.text)}</a>)}
      </nav>
      <div class="settings-page"><View /></div>
    </main>
  );
}
