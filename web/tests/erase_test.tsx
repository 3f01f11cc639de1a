import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, it, vi } from 'vitest';
import { Erase } from '../dialogs/erase';
import { forgetCustomer } from '../inbox/actions';
import { CustomerPane } from '../inbox/customer_pane';
import { put, selectedId, stored } from '../inbox/tickets';
import { hands, openDialog } from '../shared/open_dialogs';
import { session } from '../shared/session';
import { ticket } from './ticket';

const vera = { id: 'v', email: 'vera@example.net', name: 'Vera' };
let asked: string[];
let forgotten: string[];

const serve = (status: number): void => {
  vi.stubGlobal('fetch', async (address: string, { method = 'GET' }: RequestInit = {}) => {
    asked.push(`${method} ${address}`);
    return Response.json(status < 300 ? { asked_at: '2026-11-26T13:00:00Z', finished_at: null } : { status, title: 'No' }, { status });
  });
};
beforeEach(() => {
  asked = [];
  forgotten = [];
  document.body.innerHTML = '';
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) { this.open = true; };
  HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) { this.open = false; };
  hands.value = { forget: (id: string) => forgotten.push(id) } as unknown as NonNullable<typeof hands.value>;
  openDialog.value = 'erase';
});
const shown = async (): Promise<HTMLElement> => {
  const box = document.body.appendChild(document.createElement('div'));
  await act(() => render(<Erase ticket={ticket({ id: '1', customer: vera })} />, box));
  return box;
};
const submit = (box: HTMLElement): Promise<void> => act(async () => {
  box.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await new Promise((done) => setTimeout(done));
});

it('says what goes and what stays, and begins where an Enter does nothing', async () => {
  serve(202);
  const box = await shown();
  expect(box.textContent).toContain('Vera');
  expect(box.textContent).toContain('without a name');
  expect(document.activeElement?.textContent).toBe('Cancel');
  expect(asked).toEqual([]);
});

it('asks the server once, and her tickets are nowhere any more', async () => {
  serve(202);
  await submit(await shown());
  expect(asked).toEqual(['DELETE /api/v1/customers/v']);
  expect(forgotten).toEqual(['v']);
  expect(openDialog.value).toBe(null);
});

it('stays open when it is refused', async () => {
  serve(403);
  const box = await shown();
  await submit(box);
  expect(forgotten).toEqual([]);
  expect(openDialog.value).toBe('erase');
  expect(box.querySelector<HTMLButtonElement>('[type=submit]')!.disabled).toBe(false);
});

it('takes her tickets alone off the page', () => {
  put(ticket({ id: '11', customer: vera }), ticket({ id: '12', customer: vera }), ticket({ id: '13' }));
  selectedId.value = '11';
  forgetCustomer('v');
  expect([...stored.value.keys()]).toEqual(['13']);
  expect(selectedId.value).toBe(null);
});

it.each([['admin', 1], ['manager', 0], ['agent', 0]] as const)('%s: sees the way to it %i times', async (role, times) => {
  vi.stubGlobal('fetch', () => new Promise(() => {}));  // who she is is not there yet
  session.value = { agent: { id: '1', name: 'A', email: 'a@example.net', role, active: true, has_password: true } } as unknown as typeof session.value;
  const box = document.body.appendChild(document.createElement('div'));
  await act(() => render(<CustomerPane ticket={ticket({ id: '21', customer: vera })} />, box));
  expect([...box.querySelectorAll('button')].filter((button) => button.textContent === 'Erase customer')).toHaveLength(times);
});
