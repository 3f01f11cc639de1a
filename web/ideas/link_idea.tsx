import english from '../locales/en.json?ideas,field';
import { signal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { Chooser, type Choice } from '../dialogs/chooser';
import { get, query, send } from '../shared/api';
import { customerIdeasChanged } from '../shared/customer_ideas';
import { Dialog } from '../shared/dialog';
import { addEnglish, t } from '../shared/i18n';
import { closeDialog, openDialog } from '../shared/open_dialogs';
import { number } from '../shared/time';
import { explain, tell, tellWrong } from '../shared/toasts';
import type { Idea, List, Ticket } from '../shared/types';

addEnglish(english);

const chosen = signal<Idea | null>(null);

async function link(idea: Idea, ticket: Ticket, tells: boolean): Promise<void> {
  const path = `/ideas/${idea.id}/tickets/${ticket.id}`;
  const act = (method: 'PUT' | 'DELETE', body?: unknown): Promise<void> => send<void>(method, path, body).then(customerIdeasChanged);
  try {
    await act('PUT', { tell: tells });
    tell(t('ideas.linked', { title: idea.title }), { undo: () => void act('DELETE').catch((error: unknown) => tellWrong(explain(error))) });
  } catch (error) {
    tellWrong(explain(error));
  }
}

function Sure({ idea, ticket }: { idea: Idea; ticket: Ticket }) {
  const close = (): void => { chosen.value = null; closeDialog(); };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void link(idea, ticket, new FormData(event.currentTarget as HTMLFormElement).get('tell') === 'on');
    close();
  };
  return (
    <Dialog title={t('ideas.link_title', { name: ticket.customer.name || ticket.customer.email })} onClose={close}>
      <form class="form" onSubmit={submit}>
        <p><strong lang={idea.locale}>{idea.title}</strong></p>
        <label><input type="checkbox" name="tell" /> {t('ideas.link_tell')}</label>
        <div class="form-foot"><button class="button" type="button" onClick={close}>{t('do.cancel')}</button><button class="button primary" type="submit" autofocus>{t('ideas.link')}</button></div>
      </form>
    </Dialog>
  );
}

// Which idea the customer asks for in this ticket: the most wanted at first, then by words.
export function LinkIdea({ ticket }: { ticket: Ticket }) {
  const [found, setFound] = useState<readonly Idea[] | null>(null);
  const asked = useRef('');
  const look = (typed: string): void => {
    asked.current = typed;
    void get<List<Idea>>(`/ideas${query({ q: typed, limit: 12 })}`).then((all) => all.items, () => []).then((all) => { if (asked.current === typed) setFound(all); });
  };
  if (chosen.value) return <Sure idea={chosen.value} ticket={ticket} />;
  const choices = (): Choice[] => (found ?? []).map((idea) => ({
    id: idea.id, label: idea.title, after: <small>{t('ideas.votes')}: {number(idea.votes)}</small>,
    run: () => { chosen.value = idea; openDialog.value = 'link-idea'; },
  }));
  return <Chooser title={t('ideas.link')} placeholder={t('ideas.search')} choices={choices} loading={!found} onTyped={look} onClose={closeDialog} />;
}
