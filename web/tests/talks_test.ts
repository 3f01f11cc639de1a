import { expect, it, vi } from 'vitest';
import { loadActions, talkOf } from '../inbox/talks';

it('an answer that was overtaken changes nothing', async () => {
  const answers: ((ids: string[]) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise((resolve) => answers.push((ids) => resolve(Response.json({ items: ids.map((id) => ({ id })) })))));
  const loads = [loadActions('1'), loadActions('1')];
  answers[1]!([]);
  await loads[1];
  answers[0]!(['closed']);
  await loads[0];
  expect(talkOf('1').peek().actions).toEqual([]);
  const later = loadActions('1');
  answers[2]!(['assigned']);
  await later;
  expect(talkOf('1').peek().actions).toEqual([{ id: 'assigned' }]);
});
