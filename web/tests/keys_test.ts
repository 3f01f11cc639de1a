import { afterEach, describe, expect, it, vi } from 'vitest';
import { addCommands, openDialogs, setSingleKeys, startKeys, type Command } from '../shared/commands';
import { codesOf, shownKey } from '../shared/key_rules';
import { closeDialog, openDialog, typedAhead } from '../shared/open_dialogs';

const stops: (() => void)[] = [];
afterEach(() => { stops.splice(0).forEach((stop) => stop()); setSingleKeys(true); openDialogs.value = 0; document.body.replaceChildren(); });

function commands(keys: Record<string, string>, more: Partial<Command> = {}): Record<string, ReturnType<typeof vi.fn>> {
  const runs = Object.fromEntries(Object.keys(keys).map((id) => [id, vi.fn()]));
  stops.push(startKeys(), addCommands(Object.entries(keys).map(([id, key]) => ({ id, keys: key, label: () => id, run: runs[id]!, ...more }))));
  return runs;
}

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, code: /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : '', bubbles: true, cancelable: true, ...init }));
};

describe('keys', () => {
  it('do what their letter says, once', () => {
    const { next } = commands({ next: 'j' });
    press('j');
    expect(next).toHaveBeenCalledTimes(1);
  });

  it('work by place on a layout without Latin letters, and not by place on AZERTY', () => {
    const { next, assign } = commands({ next: 'j', assign: 'a' });
    press('о', { code: 'KeyJ' });
    press('q', { code: 'KeyA' });
    expect(next).toHaveBeenCalledTimes(1);
    expect(assign).not.toHaveBeenCalled();
  });

  it('are text while someone types, composes with an input method, or has a dialog open', () => {
    const { close } = commands({ close: 'e' });
    const box = document.body.appendChild(document.createElement('textarea'));
    press('e', {}, box);
    press('e', { isComposing: true });
    openDialogs.value = 1;
    press('e');
    expect(close).not.toHaveBeenCalled();
  });

  it('typed while a dialog is on its way are kept for it, and are no commands', () => {
    const { close } = commands({ close: 'e' });
    openDialog.value = 'palette';
    'some'.split('').forEach((key) => press(key));
    press('Enter');
    expect(typedAhead).toEqual(['s', 'o', 'm', 'e', 'Enter']);
    closeDialog();
    expect(typedAhead).toEqual([]);
    expect(close).not.toHaveBeenCalled();
  });

  it('with the modifier work while typing when the command says so', () => {
    const { send } = commands({ send: '$mod+Enter' }, { whileTyping: true });
    const box = document.body.appendChild(document.createElement('textarea'));
    press('Enter', { ctrlKey: true }, box);
    press('Enter', {}, box);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('after g belong to the sequence alone', () => {
    const { mine, 'go-mine': go } = commands({ mine: 'm', 'go-mine': 'g m' });
    press('g');
    press('m');
    expect(go).toHaveBeenCalledTimes(1);
    expect(mine).not.toHaveBeenCalled();
  });

  it('of one letter can be switched off; those with a modifier and Esc stay', () => {
    const { close, palette, back } = commands({ close: 'e', palette: '$mod+k', back: 'Escape' });
    setSingleKeys(false);
    press('e');
    press('k', { ctrlKey: true });
    press('Escape');
    expect([close, palette, back].map((run) => run!.mock.calls.length)).toEqual([0, 1, 1]);
  });
});

it('are shown as they stand on the keyboard', () => {
  expect(['g f', '$mod+Enter', '$mod+Shift+Enter', 'Shift+?', 'Escape', '$mod+k'].map(shownKey)).toEqual(['g f', 'Ctrl ↵', 'Ctrl Shift ↵', '?', 'Esc', 'Ctrl K']);
});

it('have codes only where there are letters', () => {
  expect(['g f', 'j', '/', '$mod+k', '$mod+Enter'].map(codesOf)).toEqual(['KeyG KeyF', 'KeyJ', null, '$mod+KeyK', null]);
});
