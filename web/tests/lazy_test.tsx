import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { t } from '../shared/i18n';
import { inOrder, whenAtRest } from '../shared/lazy';
import { toasts } from '../shared/toasts';

// A file that comes, or fails to come, when the test says so.
function slowFile<File extends object>() {
  const asked: { comes: (file: File) => void; fails: () => void }[] = [];
  const load = (): Promise<File> => new Promise((comes, fails) => asked.push({ comes, fails: () => fails(new TypeError('404')) }));
  return { asked, file: whenAtRest(load) };
}
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('what is asked for before the file has come is done when it has, in order', async () => {
  const { asked, file } = slowFile<{ say: (word: string) => void }>();
  const said: string[] = [];
  file.use(({ say }) => say('one'));
  file.use(({ say }) => say('two'));
  expect(said).toEqual([]);
  expect(asked.length).toBe(1);
  asked[0]!.comes({ say: (word) => said.push(word) });
  await settled();
  file.use(({ say }) => say('three'));
  expect(said).toEqual(['one', 'two', 'three']);
});

test('what needs no file waits for what was asked before it', async () => {
  const { asked, file } = slowFile<{ say: (word: string) => void }>();
  const said: string[] = [];
  file.use(({ say }) => say('close'));
  inOrder(() => said.push('undo'));
  asked[0]!.comes({ say: (word) => said.push(word) });
  await settled();
  inOrder(() => said.push('at once'));
  expect(said).toEqual(['close', 'undo', 'at once']);
});

test('a file that cannot come is said, and asked for again by the next key', async () => {
  const { asked, file } = slowFile<{ say: () => void }>();
  let given = 0;
  let done = 0;
  const press = (): void => file.use(({ say }) => say(), () => { given++; });
  press();
  press();
  asked[0]!.fails();
  await settled();
  expect([given, done]).toEqual([2, 0]);
  expect(toasts.value.length).toBe(1);
  expect(toasts.value.at(-1)).toMatchObject({ text: t('error.part'), tone: 'wrong' });
  press();
  asked[1]!.comes({ say: () => { done++; } });
  await settled();
  expect([given, done]).toEqual([2, 1]);
});

test('a part is drawn when its file has come', async () => {
  const { asked, file } = slowFile<{ Word: (props: { of: string }) => string }>();
  const Word = file.part(({ Word }) => Word);
  const root = document.createElement('div');
  act(() => render(<Word of="Ana" />, root));
  expect(root.textContent).toBe('');
  await act(async () => { asked[0]!.comes({ Word: ({ of }) => `of ${of}` }); await settled(); });
  expect(root.textContent).toBe('of Ana');
});
