// One of seven fixed colours by the name, and initials; Chinese, Japanese and Korean names show their last character.
export function initials(name: string): string {
  const words = name.trim().split(/[\s@._-]+/u).filter(Boolean);
  const first = words[0];
  if (!first) return '?';
  if (/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u.test(first)) return [...words.join('')].at(-1) ?? '?';
  const last = words.length > 1 ? words.at(-1)! : '';
  return ([...first][0]! + ([...last][0] ?? '')).toLocaleUpperCase();
}

export function colourOf(key: string): number {
  let hash = 0;
  for (const letter of key) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0;
  return hash % 7;
}

// The letters are drawn by the style sheet: they are a picture, not a text to be read out or copied.
export function Avatar({ name, seed = name, size = 'm', title }: { name: string; seed?: string; size?: 's' | 'm' | 'l'; title?: string }) {
  return <span class={`avatar ${size} hue-${colourOf(seed)}`} aria-hidden={title ? undefined : 'true'} role={title ? 'img' : undefined} aria-label={title} title={title} data-initials={initials(name)} />;
}
