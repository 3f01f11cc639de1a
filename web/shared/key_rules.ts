// When a key is a command and when it is text: pure rules.
export const isLatin = (key: string): boolean => key.length !== 1 || key.charCodeAt(0) < 128;

// An input method is choosing a word: no key is ours (229 is what older engines send).
export const isComposing = (event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean => event.isComposing || event.keyCode === 229;

const notTyped = new Set(['checkbox', 'radio', 'button', 'submit', 'file', 'range']);

export function isTyping(event: Pick<Event, 'target'>): boolean {
  const element = event.target as Partial<HTMLInputElement> | null;
  if (!element?.tagName) return false;
  if (element.isContentEditable || element.tagName === 'TEXTAREA' || element.tagName === 'SELECT') return true;
  return element.tagName === 'INPUT' && !notTyped.has(element.type ?? 'text');
}

// "j" -> "KeyJ", "g f" -> "KeyG KeyF", "$mod+k" -> "$mod+KeyK": the same keys by place, for Cyrillic and other layouts.
export function codesOf(keys: string): string | null {
  const letter = /(^|[ +])([a-z])(?= |$)/g;
  const codes = keys.replace(letter, (_, before: string, key: string) => `${before}Key${key.toUpperCase()}`);
  return codes === keys ? null : codes;
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

export function shownKey(keys: string): string {
  const names: Record<string, string> = { Enter: '↵', Escape: 'Esc', $mod: isMac() ? '⌘' : 'Ctrl', Shift: isMac() ? '⇧' : 'Shift' };
  const press = (part: string): string => {
    if (part === 'Shift+?') return '?';
    return part.split('+').map((key) => names[key] ?? (part.includes('+') ? key.toUpperCase() : key)).join(' ');
  };
  return keys.split(' ').map(press).join(' ');
}
