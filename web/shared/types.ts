// The server's words, as its OpenAPI file gives them. Ids are decimal strings, times RFC 3339 UTC.
export type Role = 'agent' | 'manager' | 'admin';
export interface Agent { id: string; name: string; email: string; role: Role; active: boolean; has_password: boolean }
export interface InvitedAgent extends Agent { invite_url: string; invite_expires_at: string; invite_mail: 'queued' | 'no_relay' | 'no_public_url' | 'no_mailbox' }
export interface Person { id: string; name: string }
export interface Address { name: string; email: string }
export interface Mailbox { id: string; address: string; name: string; target_seconds: number; ask_rating: boolean; suggest_articles: boolean; schedule: string | null }
export interface DigestChoice { wanted: boolean; zone: string; language: string }
export interface Session { agent: Agent; csrf: string; server_time: string; desk: { name: string; public_url: string } }
export interface List<T> { items: T[]; next: string | null }

export interface Wait { started_at: string; due_at: string | null; first: boolean; target_seconds: number }
export interface Ticket {
  id: string; number: number; subject: string; state: 'open' | 'closed'; channel: string;
  customer: { id: string; email: string; name: string };
  assignee: Person | null; wait: Wait | null;
  last_response_seconds: number | null; last_replier: Person | null;
  unread: boolean; spam: boolean; tags: string[];
  updated_at: string; last_customer_at: string | null; preview: string; version: number;
  mailbox: { id: string; address: string; name: string };
}
export interface TicketDetail extends Ticket {
  may_belong_to: number | null; merged_into: number | null; participants: Address[];
  draft: { text: string; kind: 'reply' | 'note'; saved_at: string } | null;
}
export interface Counts {
  first: number; mine: number; waiting: number;
  today: { share: number | null; met: number; total: number; median_us: number | null };
}

export interface Attachment { id: string; name: string; content_type: string; size: number; inline: boolean; url: string }
export interface Delivery { state: 'held' | 'queued' | 'sent' | 'failed'; attempts: number; next_attempt_at: string | null; error: string | null }
export type Score = 'kudos' | 'good' | 'bad';
export interface Rating { score: Score; comment: string; at: string }
export interface ListedRating extends Rating {
  id: string; message: string | null; ticket: { id: string; number: number; subject: string };
  agent: Person | null; customer: { id: string; name: string; email: string };
}
export type MessageKind = 'message' | 'auto' | 'bounce' | 'spam' | 'rating' | 'reply' | 'note' | 'ack';
export interface Message {
  id: string; kind: MessageKind;
  author: { kind: 'customer' | 'agent' | 'system' | 'third_party'; id: string | null; name: string; email: string };
  at: string; text: string; quoted: string | null; html: boolean; rendered: string | null;
  to: Address[]; cc: Address[]; attachments: Attachment[]; why: string | null;
  delivery: Delivery | null; rating: Rating | null; closes: boolean; undo_until: string | null; raw_url: string | null;
}

// What was done to a ticket besides writing: the lines between its messages.
export interface Action {
  id: string; at: string; kind: 'close' | 'reopen' | 'assign' | 'tag' | 'spam' | 'unspam' | 'merge' | 'unmerge' | 'split' | 'bounced';
  actor: { kind: Message['author']['kind']; name: string }; assignee: string | null; added: string[]; removed: string[];
  message: string | null; from: number | null; into: number | null;
}

// Why a wait counts as it does; durations are microseconds.
export interface Stretch { start: string; end: string }
export interface WaitStory {
  n: number | null; first: boolean; started_at: string; started_by: string; asked_by: string | null;
  ending: 'running' | 'answered' | 'closed_unanswered' | 'self_solved' | 'void';
  ended_at: string | null; ended_by: string | null; reply: string | null; until: string;
  wall_us: number; business_us: number; target_us: number; due_at: string | null;
  rule: { kind: 'default' | 'everyone' | 'mailbox' | 'segment'; when: Record<string, unknown>; from: string | null };
  mailbox: string; schedule: string | null; changes: string[];
  counted: { first: Stretch[]; last: Stretch[]; left_out: number; left_out_us: number };
  remarks: { kind: 'bounced' | 'undone' | 'merged' | 'spam'; at: string; who: string | null; ticket: number | null }[];
}

export interface Customer {
  id: string; email: string; name: string; traits: Record<string, unknown>; created_at: string; tickets: Ticket[];
}
export type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export interface Span { day: Day; start: string; end: string }
export interface Holiday { date: string; name: string }
export interface Hours { zone: string; weekly: Span[]; holidays: Holiday[] }
export interface HoursVersion extends Hours { from: string; begun: boolean; in_force: boolean; overlap: boolean }
export interface HolidayCalendar { url: string; holidays: number; fetched_at: string | null; next_at: string; error: string | null }
export interface Schedule {
  id: string; name: string; versions: HoursVersion[]; mailboxes: string[]; open: boolean; opens_at: string | null; calendar: HolidayCalendar | null;
}
export interface CalendarReading { holidays: Holiday[]; timed: number; cancelled: number; unreadable: number }
export interface Promised { id: string; mailbox: string | null; when: Record<string, unknown>; target_seconds: number; from: string | null; until: string | null }
export interface HoursPreview { from: string; whole: boolean; before: Figures; after: Figures }

export interface SavedReply { id: string; title: string; text: string }
export type ArticleState = 'draft' | 'published' | 'agents_only' | 'deleted';
export interface Article {
  id: string; slug: string; title: string; locale: string; url: string; state: ArticleState; category: string; group: string;
  version: number; shown_version: number; is_outdated: boolean; views: number; shown_at: string; updated_at: string;
}
export interface ArticleDetail extends Article {
  body: string; source_version: number; translations: Article[]; redirects: string[];
  saved: { at: string; by: Person | null; note: string };
  draft: { title: string; body: string; version: number; saved_at: string } | null;
}
export interface ArticleVersion { version: number; at: string; by: Person | null; title: string; note: string }
export interface ArticleCategory { id: string; slug: string; names: Record<string, string> }
export interface ArticleImport { added: number; changed: number; unchanged: number; refused: { file: string; why: string }[] }
export interface Why { words: string[]; tickets: { id: string; number: number; subject: string }[] }
export interface Suggestion { kind: 'article' | 'idea'; id: string; title: string; url: string; score: number; locale: string; why?: Why }
// A question that an article answered, or did not.
export interface Lesson { id: string; source: 'reply' | 'solved' | 'helpful' | 'not_helpful'; ticket: string | null; question: string; given_at: string; counts: boolean; taken_back_at: string | null }
// What a customer was shown before she wrote, and what she made of it.
export interface Tried { article: { id: string; title: string; url: string }; outcome: 'opened' | 'helpful' | 'not_helpful' | 'solved' }
export interface LikelyAnswers extends List<Suggestion> { language: string; tried: Tried[] }
// Below which confidence nothing is suggested, and what other thresholds would have shown.
export interface SuggestionThreshold { own: number | null; automatic: number; in_force: number; questions: number; steps: { threshold: number; shown: number; right: number }[] }
export type IdeaState = 'open' | 'planned' | 'building' | 'done' | 'not_now';
export interface PublicIdea { id: string; number: number; title: string; text: string; locale: string; state: IdeaState; reason: string; answer: string; votes: number; url: string }
export interface Idea extends PublicIdea {
  hidden: boolean; merged_into: string | null; paying_votes: number; value: number; plans: { plan: string; votes: number; value: number }[]; plan_votes?: number; created_at: string; updated_at: string;
}
export interface IdeaChange {
  id: string; at: string; agent: Person | null; was: IdeaState; state: IdeaState; reason: string; answer: string; answered: boolean;
  told: number; telling: 'nobody' | 'waiting' | 'running' | 'done'; telling_at: string;
}
export interface IdeaDetail extends Idea {
  reason_html: string; answer_html: string; answered_by: Person | null; answered_at: string | null; written_by: Person | null; author: string | null; would_tell: number;
  merged: PublicIdea[]; tickets: Ticket[]; changes: IdeaChange[];
}
export interface IdeaVote { id: string; email: string; at: string; plan: string; paying: boolean; value: number; own: boolean; by: Person | null; ticket: string | null; told: boolean }
export interface Found { tickets: (Ticket & { snippet: string })[]; people: { id: string; email: string; name: string }[] }

export interface OutgoingMail {
  id: string; ticket: { id: string; number: number } | number | string | null; to: string; subject: string;
  state: Delivery['state']; attempts: number; next_attempt_at: string | null; error: string | null; created_at: string;
}
export interface Outgoing extends List<OutgoingMail> { relay: string | null }
export interface Incoming {
  accepted: number; opened: number; joined: number; duplicate: number;
  ignored: Record<string, number>; refused: Record<string, number>;
  items: { id: string; at: string; from: string; subject: string; reason: string }[];
}

// Durations in microseconds; null where nothing counts.
export interface Figures {
  answered: number; met: number; running: number; overdue: number; closed_unanswered: number; self_solved: number; off_hours: number;
  share: number | null; p50: number | null; p75: number | null; p90: number | null; p95: number | null; p99: number | null; max: number | null;
}
export interface DayFigures extends Figures { day: string }
export interface HourFigures extends Figures { hour: string }
export interface GroupFigures extends Figures { key: string; name?: string; ratings?: number; kudos?: number }
export interface Bucket { upto_seconds: number | null; count: number }
export interface Thanks { upto_seconds: number | null; answers: number; ratings: number; kudos: number; share: number | null; low: number | null; high: number | null }
export interface ResponseTimes {
  total: Figures; before: Figures | null; distribution: Bucket[]; days: DayFigures[]; hours: HourFigures[]; kudos: Thanks[]; precision: string;
  agents: GroupFigures[]; channels: GroupFigures[]; mailboxes: GroupFigures[]; tags: GroupFigures[]; plans: GroupFigures[]; tags_left_out?: number; plans_left_out?: number;
}
export type Ending = 'answered' | 'running' | 'closed_unanswered' | 'self_solved';
export interface WaitRow {
  ticket: { id: string; number: number; subject: string; state: 'open' | 'closed'; channel: string; mailbox: string; customer: Person & { email: string }; assignee: string | null; tags: string[] };
  first: boolean; started_at: string; due_at: string | null; ended_at: string | null; ending: Ending;
  wall: number; business: number; target: number; met: boolean | null; agent: string | null; rating: 'kudos' | 'good' | 'bad' | null;
}

export type NoticeKind = 'alert_50' | 'alert_80' | 'alert_100' | 'ticket' | 'answer' | 'assigned' | 'mention' | 'kudos';
export interface Told { id: string; what: NoticeKind; ticket: { id: string; number: number; subject: string }; by: string; at: string; read: boolean }
export interface NotificationList extends List<Told> { unread: number }
export interface NoticeChoices {
  screen: NoticeKind[]; browser: NoticeKind[]; mail: NoticeKind[];
  quiet_from: string; quiet_until: string; quiet_days: string[]; zone: string;
}

export interface RatedFrame { type: 'rated'; event: string; ticket: string; message: string; agent: string }
export interface Notice { what: NoticeKind; ticket: string; subject: string; by: string; screen: boolean; browser: boolean }
export interface NoticesFrame { type: 'notices'; event: string; items: Notice[] }

export interface Brand {
  id: string; default: boolean; name: string; host: string; accent: string; back_url: string; logo: boolean; version: number; mailboxes: string[];
}
export interface Webhook {
  id: string; url: string; events: string[]; active: boolean; stopped_because: 'failing' | 'gone' | null;
  failing_since: string | null; created_at: string; secret?: string;
}
export interface WebhookDelivery {
  id: string; event: string; state: 'waiting' | 'sent' | 'failed'; attempts: number; status: number | null; error: string | null;
  next_attempt_at: string | null; created_at: string; finished_at: string | null;
}

export interface WidgetKey {
  id: string; key: string; name: string; brand: string | null; origins: string[]; former_secret_until: string | null; created_at: string; secret?: string;
}
// What a question's page said of who asks.
export interface Asker {
  said: { id?: string; name?: string; email?: string; plan?: string; created?: string; company?: { id?: string; name?: string } };
  page: string; verified: boolean; events: { name: string; at: string; data: unknown }[];
}

export type LiveFrame =
  | { type: 'hello'; after: string; server_time: string; fresh?: boolean }
  | { type: 'ticket'; event: string; ticket: Ticket; what: string; message: string | null; actor: Person | null }
  | RatedFrame
  | { type: 'idea'; event: string; idea: string }
  | { type: 'removed'; ticket: string; event?: string; erased?: boolean }
  | { type: 'presence'; ticket: string; agents: (Person & { replying: boolean })[] }
  | NoticesFrame
  | { type: 'resync' }
  | { type: 'pong'; server_time: string };

export interface Boot { session: Session | null; tickets: List<Ticket> | null; counts: Counts | null; after?: string; unread?: number }
