import { expect, it } from 'vitest';
import { contrast, onColour, parse, readableOn } from '../widget/colour';

it.each([['#0a7', [0, 170, 119]], ['#00aa77', [0, 170, 119]], ['red', null], ['#12', null], ['#fff;}', null]])('reads %s', (text, expected) => {
  expect(parse(text)).toEqual(expected);
});

it('knows the contrast of black and white', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
  expect(contrast([119, 119, 119], [255, 255, 255])).toBeCloseTo(4.48, 2);
});

it.each(['#0a7', '#ffee00', '#1f4fd8', '#000000', '#ffffff', '#777777', '#ff0000'])('%s can be read in both themes, and what stands on it', (accent) => {
  const colour = parse(accent)!;
  expect(contrast(colour, parse(onColour(colour))!)).toBeGreaterThanOrEqual(4.5);
  for (const surface of ['#ffffff', '#1b1b18']) expect(contrast(parse(readableOn(colour, parse(surface)!))!, parse(surface)!)).toBeGreaterThanOrEqual(4.5);
});
