// The site's accent colour, made readable: what stands on it, and what it is as text on a surface (WCAG 2.2, 1.4.3).
type Rgb = [number, number, number];

export function parse(colour: string): Rgb | null {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour)?.[1];
  if (!hex) return null;
  const part = (at: number): number => parseInt(hex.length === 3 ? hex[at]! + hex[at]! : hex.slice(2 * at, 2 * at + 2), 16);
  return [part(0), part(1), part(2)];
}

const written = (colour: Rgb): string => `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const black: Rgb = [0, 0, 0], white: Rgb = [255, 255, 255];

export const onColour = (colour: Rgb): string => written(contrast(colour, white) >= 4.5 ? white : black);

// The colour itself, or the nearest towards black or white that can be read on the surface.
export function readableOn(colour: Rgb, surface: Rgb): string {
  const towards = luminance(surface) > 0.5 ? black : white;
  const mixed = (share: number): Rgb => colour.map((part, i) => part + (towards[i]! - part) * share) as Rgb;
  for (let share = 0; share < 1; share += 0.05) if (contrast(mixed(share), surface) >= 4.6) return written(mixed(share));
  return written(towards);
}
