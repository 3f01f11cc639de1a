import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { keyOf, runCommand } from '../shared/commands';
import { t } from '../shared/i18n';
import { Icon } from '../shared/icon';
import { Menu } from '../shared/menu';
import { openDialog } from '../shared/open_dialogs';
import { duration } from '../shared/time';
import { layout } from '../shared/width';
import type { Ticket } from '../shared/types';
import { channelText } from './channel';
import { Composer } from './composer';
import { paneOpen } from './customer_pane';
import { takeServerDraft } from './drafts';
import { ActionLine, ConflictBar, MayBelongBar, TriedLines } from './later';
import { LikelyAnswers } from './likely_answers';
import { MessageView } from './message';
import { backToList } from './selection';
import { loadTalk, talkOf } from './talks';
import { bounced, timeline } from './timeline';

// How long the last wait took, and the way to why; how long one still has is told beside the reply.
function Counted({ ticket: { wait, last_response_seconds } }: { ticket: Ticket }) {
  if (!wait && last_response_seconds === null) return null;
  return <span>{!wait && t('row.replied_in', { span: duration(last_response_seconds!) })} <button class="link" type="button" onClick={() => { openDialog.value = 'waits'; }}>{t('do.waits')}</button></span>;
}

function Head({ ticket }: { ticket: Ticket }) {
  const open = ticket.state === 'open';
  const Title = layout.value === 'narrow' ? 'h1' : 'h2';
  const { detail } = talkOf(ticket.id).value;
  return (
    <header class="talk-head">
      {layout.value === 'narrow' && <button class="square" type="button" aria-label={t('do.back')} onClick={backToList}><Icon name="back" /></button>}
      <div class="grow">
        <Title class="talk-title" lang="">{ticket.subject || t('ticket.no_subject')}</Title>
        <p class="facts">
          <span>#{ticket.number}</span>
          <span class={`chip ${open ? 'accent' : ''}`}>{t(open ? 'ticket.open' : 'ticket.closed')}</span>
          <span>{channelText(ticket.channel)}</span>
          <Counted ticket={ticket} />
          {ticket.tags.map((tag) => <span key={tag} class="chip tag" lang="">{tag}</span>)}
          {detail?.merged_into != null && <a href={`/t/${detail.merged_into}`}>{t('ticket.merged_into', { number: `#${detail.merged_into}` })}</a>}
        </p>
      </div>
      <button class={`button ghost assignee ${ticket.assignee ? '' : 'nobody'}`} type="button" title={`${t('do.assign')} (${keyOf('assign')})`} aria-label={ticket.assignee ? t('ticket.assigned', { name: ticket.assignee.name }) : t('do.assign')} onClick={() => { openDialog.value = 'assign'; }}>
        <Icon name="person" /><span class="label">{ticket.assignee?.name}</span>
      </button>
      <button class="button" type="button" title={`${t(open ? 'do.close' : 'do.reopen')} (${keyOf('close')})`} onClick={() => runCommand('close')}>
        <Icon name={open ? 'check' : 'undo'} /><span class="label">{t(open ? 'do.close' : 'do.reopen')}</span><kbd aria-hidden="true">{keyOf('close')}</kbd>
      </button>
      <Menu label={t('do.more')} button={<Icon name="more" />} items={[
        { label: t('do.assign_me'), key: keyOf('assign-me'), run: () => runCommand('assign-me') },
        { label: t('do.unread'), key: keyOf('unread'), run: () => runCommand('unread') },
        { label: t('do.tags'), run: () => { openDialog.value = 'tags'; } },
        { label: t('pane.show'), key: keyOf('pane'), run: () => { paneOpen.value = !paneOpen.peek(); } },
        { label: t('do.waits'), run: () => { openDialog.value = 'waits'; } },
        { label: t('do.link_idea'), run: () => runCommand('link-idea') },
        { label: t('do.merge'), run: () => runCommand('merge') },
        ...(talkOf(ticket.id).value.messages.length > 1 ? [{ label: t('do.split'), run: () => runCommand('split') }] : []),
        { label: t(ticket.spam ? 'do.not_spam' : 'do.spam'), run: () => runCommand('spam') },
      ]} />
    </header>
  );
}

export function Conversation({ ticket }: { ticket: Ticket }) {
  const talk = talkOf(ticket.id).value;
  const cameBack = bounced(talk.actions);
  const scroller = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const lastTop = useRef(0);
  const replying = talk.present.filter((agent) => agent.replying);
  useLayoutEffect(() => { pinned.current = true; }, [ticket.id]);
  useEffect(() => { if (talk.detail) takeServerDraft(talk.detail); }, [talk.detail]);
  const keepAtEnd = (): void => {
    const box = scroller.current;
    if (box && pinned.current) box.scrollTop = box.scrollHeight;
  };
  // Only a hand that scrolls up lets go of the end: a scroll event may come late, when more has grown below.
  const onScroll = (): void => {
    const { scrollTop, scrollHeight, clientHeight } = scroller.current!;
    if (scrollHeight - scrollTop - clientHeight < 40) pinned.current = true;
    else if (scrollTop < lastTop.current) pinned.current = false;
    lastTop.current = scrollTop;
  };
  useEffect(() => {
    const watcher = new ResizeObserver(keepAtEnd);
    watcher.observe(scroller.current!);
    return () => watcher.disconnect();
  }, []);
  useLayoutEffect(keepAtEnd, [ticket.id, talk.messages.length, talk.actions.length, talk.loaded]);
  return (
    <main class="talk" aria-label={t('talk.label', { number: `#${ticket.number}` })}>
      <Head ticket={ticket} />
      {!talk.loaded && !talk.failed && talk.messages.length === 0 && <div class="hairline" role="status" aria-label={t('list.loading')} />}
      <div class="messages" ref={scroller} onScroll={onScroll} tabIndex={0} role="region" aria-label={t('talk.messages')}>
        {talk.tried.length > 0 && <TriedLines tried={talk.tried} onHeight={keepAtEnd} />}
        {timeline(talk.messages, talk.actions).map((entry) => 'message' in entry
          ? <MessageView key={entry.message.id} message={entry.message} isBounced={cameBack.has(entry.message.id)} ticket={ticket.id} onHeight={keepAtEnd} />
          : <ActionLine key={`action-${entry.action.id}`} action={entry.action} ticket={ticket.number} onHeight={keepAtEnd} />)}
        {talk.failed && <div class="empty"><p>{t('error.unreachable')}</p><button class="button" type="button" onClick={() => void loadTalk(ticket.id, true)}>{t('do.retry')}</button></div>}
      </div>
      <div class="below">
        {replying.length > 0 && <p class="hint" role="status">{t('talk.replying', { name: replying.map((agent) => agent.name).join(', ') })}</p>}
        <LikelyAnswers ticket={ticket} />
        {talk.detail?.may_belong_to != null && <MayBelongBar ticket={ticket} other={talk.detail.may_belong_to} />}
        {talk.conflict && <ConflictBar ticket={ticket.id} conflict={talk.conflict} />}
        <Composer key={ticket.id} ticket={ticket} />
      </div>
    </main>
  );
}
