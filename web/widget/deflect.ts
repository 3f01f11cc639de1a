import type { Widget } from './core';

// What becomes of a draft, for the figures of answers before asking: opened, helpful, not helpful.
export function note(widget: Widget, kind: 'show' | 'helpful' | 'not_helpful', article: string): void {
  const { visitor, draft } = widget.memory.kept;
  const body = { visitor, session: widget.memory.session(), channel: 'widget', locale: widget.locale, events: [{ kind, article, query: draft.slice(0, 400) }] };
  void widget.desk.post('deflection-events', body, { keepalive: true }).catch(() => {});
}
