import { describe, expect, it } from 'vitest';
import { fillIn, firstName, linkTo, prefixLines, surround, triggerAt } from '../inbox/text_edits';
import { rankSaved } from '../inbox/snippets';

describe('the composer’s edits', () => {
  it('makes the selection bold, and plain again', () => {
    const bold = surround({ text: 'an old word', from: 3, to: 6 }, '**');
    expect(bold).toEqual({ text: 'an **old** word', from: 5, to: 8 });
    expect(surround(bold, '**')).toEqual({ text: 'an old word', from: 3, to: 6 });
  });

  it('makes a list of the selected lines, and takes it away', () => {
    const list = prefixLines({ text: 'a\nb\nc', from: 2, to: 5 }, '- ');
    expect(list.text).toBe('a\n- b\n- c');
    expect(prefixLines(list, '- ').text).toBe('a\nb\nc');
  });

  it('links with the title, or with the selected words, and no bracket breaks out', () => {
    expect(linkTo({ text: 'See ', from: 4, to: 4 }, 'Refunds [2]', 'https://x.test/r').text).toBe('See [Refunds 2](https://x.test/r)');
    expect(linkTo({ text: 'See here', from: 4, to: 8 }, 'Refunds', 'https://x.test/r').text).toBe('See [here](https://x.test/r)');
  });

  it.each([
    ['/re', { kind: 'saved', from: 0, query: 're' }], ['Hi Giulia, /', { kind: 'saved', from: 11, query: '' }], ['line\n/a', { kind: 'saved', from: 5, query: 'a' }],
    ['see https://x', null], ['and/or', null], ['a [[two ch', { kind: 'article', from: 2, query: 'two ch' }], ['done]] x', null],
  ])('finds in %j what is looked for', (text, found) => {
    expect(triggerAt(text, text.length)).toEqual(found);
  });

  it('fills in what it knows and leaves what it does not', () => {
    expect(fillIn('Hi {first_name}, {other}', { first_name: firstName('Giulia Rossi') })).toBe('Hi Giulia, {other}');
  });

  it('offers titles that begin with the letters before those that contain them', () => {
    const reply = (id: string, title: string, text = '') => ({ id, title, text });
    const all = [reply('1', 'Ask for a report'), reply('2', 'Refund'), reply('3', 'Got it', 'we return'), reply('4', 'Nothing')];
    expect(rankSaved(all, 're').map((one) => one.id)).toEqual(['2', '1', '3']);
  });
});
