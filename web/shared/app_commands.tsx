import { useLayoutEffect } from 'preact/hooks';
import { addCommands, type Command } from './commands';
import { t, type TextKey } from './i18n';
import { inOrder } from './lazy';
import { openDialog } from './open_dialogs';
import { go } from './router';
import { undoLast } from './toasts';

const moves: [string, string, TextKey, string][] = [
  ['go-all', 'g i', 'nav.all', '/'], ['go-first', 'g f', 'nav.first', '/inbox/first'], ['go-mine', 'g m', 'nav.mine', '/inbox/mine'],
  ['go-waiting', 'g w', 'nav.waiting', '/inbox/waiting'], ['go-closed', 'g c', 'nav.closed', '/inbox/closed'],
  ['go-ideas', 'g d', 'nav.ideas', '/ideas'], ['go-articles', 'g a', 'nav.articles', '/articles'], ['go-reports', 'g r', 'nav.reports', '/reports'], ['go-settings', '', 'nav.settings', '/settings/you'],
];

const everywhere: Command[] = [
  ...moves.map(([id, keys, text, to]) => ({ id, keys, label: () => t('do.go_to', { place: t(text) }), run: () => go(to) })),
  { id: 'palette', keys: '$mod+k', label: () => t('do.commands'), run: () => { openDialog.value = 'palette'; }, whileTyping: true, inPalette: false },
  { id: 'keys', keys: 'Shift+?', label: () => t('do.keys'), run: () => { openDialog.value = 'keys'; } },
  { id: 'undo', keys: 'z', label: () => t('do.undo_last'), run: () => inOrder(undoLast) },
];

// What every page of the agents' side can do by a key; what only the palette offers is there (dialogs/palette.tsx).
export function AppCommands() {
  useLayoutEffect(() => addCommands(everywhere), []);
  return null;
}
