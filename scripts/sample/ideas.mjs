// What customers of the sample desk wish for, and what became of it: [title, text, locale, votes of customers, of others, state, reason, official answer].
import { customers } from './people.mjs';

export const ideas = [
  ['Export all invoices as one CSV', 'My accountant wants one file a year.', 'en', 9, 14, 'planned', 'We begin in **March**: CSV first, then DATEV.', ''],
  ['A dark theme for the board', 'For long evenings.', 'en', 4, 31, 'building', 'It is in the beta since Monday; switch it on under *Settings → Labs*.', ''],
  ['Sign in with a passkey', '', 'en', 5, 12, 'done', 'For everybody since last week.', 'Under **Settings → Security → Passkeys**. Your password stays as a second way in.'],
  ['Keyboard shortcuts for everything', 'As the inbox of our help desk has them.', 'en', 3, 8, 'open', '', ''],
  ['Integrare il calendario di Google', 'Le scadenze dovrebbero comparire nel mio calendario.', 'it', 2, 5, 'open', '', ''],
  ['Print a board on one page', '', 'en', 1, 2, 'not_now', 'Fewer than one in a thousand prints. A PDF of the board does it today: *Share → Export*.', ''],
  ['Шаблони дощок', 'Щоб не починати щоразу з порожньої.', 'uk', 2, 3, 'open', '', ''],
];

const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toISOString();
export const lines = ideas.map(([title, text, locale, ours, others, state, reason, answer], i) => ({
  type: 'idea', at: daysAgo(50 - 4 * i), moved_at: daysAgo(12 - i), title, text, locale, state, reason, answer,
  votes: [...customers.slice(i, i + ours).map(({ email }) => email), ...Array.from({ length: others }, (_, n) => `reader${n + 10 * i}@readers.example`)],
}));
