// What stands on a colour, as the server reckons it (server/domain/colour.hpp): the preview only; the server decides.
const linear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text);

export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export const textOn = (accent: string): string => (contrast(accent, '#ffffff') >= contrast(accent, '#000000') ? '#ffffff' : '#000000');

// A button in it can be told from the light page.
export const isUsable = (accent: string): boolean => contrast(accent, '#f6f5f2') >= 1.5;
