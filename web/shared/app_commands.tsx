import { useEffect } from 'preact/hooks';
import { addCommands, type Command } from './commands';
import { t, type TextKey } from './i18n';
import { signOut } from './nav';
import { openDialog } from './open_dialogs';
import { go } from './router';
import { chooseTheme } from './theme';
import { undoLast } from './toasts';

const moves: [string, string, TextKey, string][] = [
  ['go-all', 'g i', 'nav.all', '/'], ['go-first', 'g f', 'nav.first', '/inbox/first'], ['go-mine', 'g m', 'nav.mine', '/inbox/mine'],
  ['go-waiting', 'g w', 'nav.waiting', '/inbox/waiting'], ['go-closed', 'g c', 'nav.closed', '/inbox/closed'],
  ['go-reports', 'g r', 'nav.reports', '/reports'], ['go-settings', '', 'nav.settings', '/settings/you'],
];

const everywhere: Command[] = [
  ...moves.map(([id, keys, text, to]) => ({ id, keys, label: () => t('do.go_to', { place: t(text) }), run: () => go(to) })),
  { id: 'palette', keys: '$mod+k', label: () => t('do.commands'), run: () => { openDialog.value = 'palette'; }, whileTyping: true, inPalette: false },
  { id: 'keys', keys: 'Shift+?', label: () => t('do.keys'), run: () => { openDialog.value = 'keys'; } },
  { id: 'undo', keys: 'z', label: () => t('do.undo_last'), run: undoLast },
  { id: 'theme-light', keys: '', label: () => t('theme.use_light'), run: () => chooseTheme('light') },
  { id: 'theme-dark', keys: '', label: () => t('theme.use_dark'), run: () => chooseTheme('dark') },
  { id: 'theme-system', keys: '', label: () => t('theme.use_system'), run: () => chooseTheme('system') },
  { id: 'sign-out', keys: '', label: () => t('nav.sign_out'), run: () => void signOut() },
];

// What every page of the agents' side can do by key or palette.
export function AppCommands() {
  useEffect(() => addCommands(everywhere), []);
  return null;
}
