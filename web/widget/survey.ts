import type { Survey } from './core';
import { drawing, h } from './dom';
import type { Panel } from './panel';

type Answer = string | number;

const choicesOf = (panel: Panel, survey: Survey): [Answer, string][] => {
  if (survey.kind === 'nps') return Array.from({ length: 11 }, (_, score) => [score, String(score)]);
  if (survey.kind === 'rating') return [['kudos', panel.t('rate_1')], ['good', panel.t('rate_2')], ['bad', panel.t('rate_3')]];
  return (survey.labels ?? []).slice(0, 10).map((label) => [label, label]);
};

// One question on a card of its own. The help desk says whether it may be shown: once a person, however many browsers she has.
export async function survey(panel: Panel, asked: Survey): Promise<void> {
  const { widget } = panel;
  const who = { visitor: widget.memory.kept.visitor, ...(widget.person?.signature ? { identity: widget.person } : {}) };
  const { show } = await widget.desk.post<{ show: boolean }>('widget/surveys', { ...who, id: asked.id, question: asked.question, kind: asked.kind });
  if (!show || widget.isOpen) return;
  widget.memory.save({ surveys: { ...widget.memory.kept.surveys, [asked.id]: Date.now() } });
  const before = document.activeElement;
  const end = (answer: Answer | null): void => {
    card.remove();
    panel.putAway = undefined;
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    widget.tell('survey', { id: asked.id, answer });
  };
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const give = async (answer: Answer): Promise<void> => {
    try {
      await widget.desk.post('widget/surveys', { ...who, id: asked.id, question: asked.question, kind: asked.kind, answer: String(answer) });
    } catch {
      wrong.textContent = panel.t('not_sent');
      return;
    }
    end(answer);
  };
  const ends = asked.kind === 'nps' ? h('p', { class: 'ends' }, h('span', {}, panel.t('not_likely')), h('span', {}, panel.t('very_likely'))) : null;
  const card = h('div', { class: `card ${asked.kind}`, role: 'dialog', 'aria-label': asked.question, lang: panel.start.locale },
    h('div', { class: 'head' }, h('p', { class: 'titles', lang: '', dir: 'auto' }, asked.question),
      h('button', { class: 'icon', type: 'button', 'aria-label': panel.t('close'), onclick: () => end(null) }, drawing(['M6 6l12 12M18 6L6 18']))),
    h('div', { class: 'scores' }, ...choicesOf(panel, asked).map(([answer, label]) => h('button', { class: 'choice', type: 'button', onclick: () => void give(answer) }, label))), ends, wrong);
  widget.fence.frame.append(card);
  panel.putAway = () => end(null);
}
