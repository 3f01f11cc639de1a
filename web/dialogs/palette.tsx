import { Chooser, type Choice } from './chooser';
import { commands, type Command } from '../shared/commands';
import { matches } from './matches';
import { Dialog } from '../shared/dialog';
import { t, type TextKey } from '../shared/i18n';
import { shownKey } from '../shared/key_rules';
import { signOut } from '../shared/nav';
import { closeDialog } from '../shared/open_dialogs';
import { go } from '../shared/router';
import { chooseTheme } from '../shared/theme';

// What has no key.
const unkeyed: Command[] = [
  { id: 'theme-light', keys: '', label: () => t('theme.use_light'), run: () => chooseTheme('light') },
  { id: 'theme-dark', keys: '', label: () => t('theme.use_dark'), run: () => chooseTheme('dark') },
  { id: 'theme-system', keys: '', label: () => t('theme.use_system'), run: () => chooseTheme('system') },
  { id: 'sign-out', keys: '', label: () => t('nav.sign_out'), run: () => void signOut() },
];

function choices(typed: string): Choice[] {
  const ticket = /^#?(\d{1,12})$/.exec(typed);
  const jump: Choice[] = ticket ? [{ id: 'jump', label: t('palette.go_to_ticket', { number: `#${ticket[1]}` }), run: () => go(`/t/${ticket[1]}`) }] : [];
  const all = [...commands.value, ...unkeyed].filter((command) => command.inPalette !== false && (command.when?.() ?? true) && matches(command.label(), typed));
  return [...jump, ...all.map((command) => ({
    id: command.id, label: command.label(), run: command.run,
    after: command.keys ? <kbd>{shownKey(command.keys.split(', ')[0]!)}</kbd> : null,
  }))];
}

export function Palette() {
  return <Chooser title={t('do.commands')} placeholder={t('palette.placeholder')} choices={choices} onClose={closeDialog} />;
}

// Keys that belong to a place and not to a command.
const inPlace: [string, TextKey][] = [['/', 'keys.saved_reply'], ['[[', 'keys.article']];

export function KeyList() {
  const rows = commands.value.filter((command) => command.keys).map((command) => [shownKey(command.keys.split(', ')[0]!), command.label()] as const);
  return (
    <Dialog title={t('do.keys')} onClose={closeDialog}>
      <dl class="keys">
        {[...rows, ...inPlace.map(([key, text]) => [key, t(text)] as const)].map(([key, label]) => (
          <div key={key + label}><dt>{label}</dt><dd><kbd>{key}</kbd></dd></div>
        ))}
      </dl>
      <p class="hint">{t('keys.off_hint')} <a href="/settings/you" onClick={closeDialog}>{t('nav.settings')}</a></p>
    </Dialog>
  );
}
