import { computed, signal } from '@preact/signals';
import { tinykeys } from 'tinykeys';
import { codesOf, isComposing, isLatin, isTyping, shownKey } from './key_rules';
import { openDialog, typedAhead } from './open_dialogs';
import { recall, remember } from './storage';

// Everything a key can do. The palette, the list of keys and the tooltips all read it from here.
export interface Command {
  id: string;
  keys: string; // tinykeys syntax, several ways separated by ", "; empty: palette only
  label: () => string;
  run: () => void;
  when?: () => boolean;
  whileTyping?: boolean;
  inPalette?: boolean; // false for moves such as j and k
}

const groups = signal<readonly (readonly Command[])[]>([]);
export const commands = computed(() => groups.value.flat());
export const singleKeys = signal(recall('single-keys', true));
export const openDialogs = signal(0);

export function setSingleKeys(on: boolean): void {
  remember('single-keys', on);
  singleKeys.value = on;
}

export function addCommands(list: Command[]): () => void {
  groups.value = [...groups.value, list];
  return () => { groups.value = groups.value.filter((group) => group !== list); };
}

export function keyOf(id: string): string {
  const found = commands.value.find((command) => command.id === id);
  return found?.keys ? shownKey(found.keys.split(', ')[0]!) : '';
}

export function runCommand(id: string): void {
  const found = commands.peek().find((command) => command.id === id);
  if (found && (found.when?.() ?? true)) found.run();
}

let prefixUntil = 0;

function handler(command: Command, keys: string, byPlace: boolean): (event: KeyboardEvent) => void {
  const single = !keys.includes('$mod') && keys !== 'Escape';
  return (event) => {
    if (event.defaultPrevented || isComposing(event) || (byPlace && isLatin(event.key))) return;
    if (openDialogs.peek() > 0 || openDialog.peek() !== null || (!command.whileTyping && isTyping(event))) return;
    if (single && !singleKeys.peek()) return;
    if (single && !keys.includes(' ') && event.timeStamp < prefixUntil) return;
    if (!(command.when?.() ?? true)) return;
    event.preventDefault();
    command.run();
  };
}

// Letters are matched by what they type, or by their place when the layout types no Latin letters.
export function startKeys(target: Window = window): () => void {
  let stop = (): void => {};
  const release = groups.subscribe((all) => {
    stop();
    const map: Record<string, (event: KeyboardEvent) => void> = {};
    const add = (keys: string, run: (event: KeyboardEvent) => void): void => {
      const before = map[keys];
      map[keys] = before ? (event) => { before(event); run(event); } : run;
    };
    for (const command of all.flat()) {
      for (const keys of command.keys.split(', ').filter(Boolean)) {
        add(keys, handler(command, keys, false));
        const codes = codesOf(keys);
        if (codes) add(codes, handler(command, keys, true));
      }
    }
    stop = tinykeys(target, map);
  });
  const first = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (openDialog.peek() !== null && !openDialogs.peek()) {
      if (isComposing(event) || (event.key.length > 1 && event.key !== 'Enter')) return;
      typedAhead.push(event.key);
      event.preventDefault();
    }
    // After g the next letter belongs to the sequence alone.
    if (isTyping(event)) return;
    if (event.key === 'g' || (event.code === 'KeyG' && !isLatin(event.key))) prefixUntil = event.timeStamp + 1000;
    else if (event.timeStamp < prefixUntil) setTimeout(() => { prefixUntil = 0; });
  };
  target.addEventListener('keydown', first, true);
  return () => { release(); stop(); target.removeEventListener('keydown', first, true); };
}
