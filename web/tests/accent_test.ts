import { expect, test } from 'vitest';
import { contrast, isColour, isUsable, textOn } from '../settings/accent';

test('contrast is the standard’s', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 3);
  expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
});

test('text on an accent is what reads better', () => {
  expect(textOn('#1f4fd8')).toBe('#ffffff');
  expect(textOn('#ffb000')).toBe('#000000');
});

test('a colour that can’t be told from the page is of no use', () => {
  expect(isUsable('#ffb000')).toBe(true);
  expect(isUsable('#ffffff')).toBe(false);
  expect(isColour('#FFB000')).toBe(true);
  expect(isColour('#fff')).toBe(false);
  expect(isColour('red')).toBe(false);
});
