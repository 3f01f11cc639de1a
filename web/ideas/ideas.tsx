import english from '../locales/en.json?ideas,field';
import looks from '../styles/screens/ideas.css?inline';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { addCommands, type Command } from '../shared/commands';
import { addEnglish, t } from '../shared/i18n';
import { addLooks } from '../shared/lazy';
import { onIdea } from '../shared/live';
import { go, place } from '../shared/router';
import { layout } from '../shared/width';
import { AnswerForm, MoveForm, WordsForm } from './forms';
import { OpenIdea, type Form } from './idea';
import { hearOf, list, loadIdea, loadList, shown } from './known';
import { IdeaList } from './list';
import { MergeForm } from './merge';
import { hrefOf, openNumber, queryOf, wishOf } from './wish';

addEnglish(english);
addLooks(looks);

function step(by: number): void {
  const all = list.peek()?.items ?? [];
  if (all.length === 0) return;
  const at = all.findIndex((idea) => idea.number === openNumber());
  const next = all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]!;
  go(hrefOf({}, next.number), 'replace');
  document.querySelector<HTMLElement>(`[data-number="${next.number}"]`)?.scrollIntoView({ block: 'nearest' });
}

const keysOf = (open: (form: Form) => void): Command[] => {
  const live = (): boolean => { const idea = shown.peek(); return !!idea && !idea.hidden && !idea.merged_into; };
  return [
    { id: 'idea-next', keys: 'j', label: () => t('ideas.next'), run: () => step(1), inPalette: false },
    { id: 'idea-before', keys: 'k', label: () => t('ideas.before'), run: () => step(-1), inPalette: false },
    { id: 'idea-move', keys: 's', label: () => t('ideas.move'), run: () => open('move'), when: live },
    { id: 'idea-answer', keys: 'w', label: () => t('ideas.answer'), run: () => open('answer'), when: live },
    { id: 'idea-merge', keys: 'm', label: () => t('ideas.merge'), run: () => open('merge'), when: live },
    { id: 'idea-edit', keys: 'e', label: () => t('ideas.edit'), run: () => open('words'), when: () => !!shown.peek() },
    { id: 'idea-add', keys: 'c', label: () => t('ideas.add'), run: () => open('add') },
    { id: 'idea-search', keys: '/', label: () => t('ideas.search'), run: () => document.getElementById('idea-search')?.focus() },
    { id: 'idea-back', keys: 'Escape', label: () => t('ideas.all'), run: () => go(hrefOf({})), when: () => openNumber() > 0, inPalette: false },
  ];
};

function Over({ form, close }: { form: Form | null; close: () => void }) {
  const idea = shown.value;
  if (form === 'add') return <WordsForm idea={null} onClose={close} onAdded={(added) => go(hrefOf({}, added.number))} />;
  if (!form || !idea) return null;
  if (form === 'move') return <MoveForm idea={idea} onClose={close} />;
  if (form === 'answer') return <AnswerForm idea={idea} onClose={close} />;
  if (form === 'merge') return <MergeForm idea={idea} onClose={close} />;
  return <WordsForm idea={idea} onClose={close} onAdded={close} />;
}

export default function Board() {
  const [form, setForm] = useState<Form | null>(null);
  const asked = queryOf(wishOf(place.value.params));
  const wanted = openNumber();
  useLayoutEffect(() => addCommands(keysOf(setForm)), []);
  useEffect(() => void loadList(asked), [asked]);
  useEffect(() => { if (wanted) void loadIdea(wanted); }, [wanted]);
  useEffect(() => onIdea(hearOf), []);
  useEffect(() => { document.title = t('nav.ideas'); }, []);
  const one = layout.value === 'narrow' && wanted > 0;
  return (
    <main class={`view ideas ${wanted ? 'has-open' : ''}`}>
      <header class="ideas-head"><h1>{t('nav.ideas')}</h1><span class="idea-deeds"><a class="button" href={`/api/v1/ideas.csv${queryOf({ ...wishOf(place.value.params), q: '' })}`} download>CSV</a> <button class="button" type="button" title={`${t('ideas.add')} (c)`} onClick={() => setForm('add')}>{t('ideas.add')}</button></span></header>
      <div class="ideas-body">
        {!one && <IdeaList />}
        {wanted > 0 && <OpenIdea open={setForm} />}
      </div>
      <Over form={form} close={() => setForm(null)} />
    </main>
  );
}
