import { h } from './dom';
import type { OwnQuestion } from './kept';
import type { Make } from './panel';
import { talk } from './talk';

interface Listed { token: string; subject: string; at: string; answers: number; state: 'open' | 'closed'; waiting: boolean }

// What this browser asked, and, for who the site has signed for, what she asked from anywhere.
export const questions: Make = (panel) => panel.wait(panel.t('yours'), async () => {
  const { widget } = panel;
  const { kept } = widget.memory;
  const { items } = await widget.desk.post<{ items: Listed[] }>('widget/answers', {
    tokens: kept.questions.map(({ token }) => token), ...(widget.person?.signature ? { identity: widget.person } : {}),
  });
  const known = new Map(kept.questions.map((question) => [question.token, question]));
  const stateOf = (one: Listed): string => panel.t(one.state === 'closed' ? 'is_solved' : one.waiting ? 'is_waiting' : 'is_answered');
  const isNew = (one: Listed): boolean => one.answers > (known.get(one.token)?.seen ?? one.answers);
  const entry = (one: Listed): HTMLElement => h('li', {}, h('button', { type: 'button', class: 'entry', onclick: () => panel.go(talk(one.token)) },
    h('span', { lang: '', dir: 'auto' }, one.subject), h('small', { class: isNew(one) ? 'new' : '' }, stateOf(one))));
  // Links that are too old, or that erased questions had, go.
  const left: OwnQuestion[] = kept.questions.filter(({ token }) => items.some((one) => one.token === token));
  widget.memory.save({ questions: left });
  return { title: panel.t('yours'), body: items.length ? [h('ul', { class: 'list' }, ...items.map(entry))] : [h('p', { class: 'hint' }, panel.t('none_yet'))], foot: [panel.askPerson()] };
});
