// Nine weeks of a small desk up to now: `history` as lines of the history format, `drafts` of who asked by the form or found the answer first.
import { agents, customers, mailbox } from './people.mjs';
import { seeded } from './random.mjs';
import { talk, thanks } from './talk.mjs';

// The same desk every time, but for the instants.
const random = seeded(15);
const pick = (list) => list[Math.floor(random() * list.length)];

const minute = 60_000;
const day = 1440 * minute;
const now = Date.now();
const lines = [];
const drafts = [];
const happens = (at, line) => lines.push({ at, line: { ...line, at: new Date(at).toISOString() } });

let tickets = 0;
let messages = 0;
const say = (ticket, at, from, kind, body, more = {}) =>
  happens(at, { type: 'message', id: `x${++messages}`, ticket, from, kind, body, ...more });

function open(at, customer, [subject, question, , tag]) {
  const id = `t${++tickets}`;
  const channel = random() < 0.55 ? 'email' : 'form';
  happens(at, { type: 'ticket', id, mailbox: mailbox.id, customer: customer.id, subject, channel, tags: [tag], started_by: 'customer' });
  say(id, at, 'customer', 'message', question);
  if (channel === 'form') drafts.push({ locale: customer.traits.locale, words: question, ticket: id });
  return id;
}

const exponential = (mean) => -mean * Math.log(1 - random());

// Who is at work answers whoever came first: one answer takes a few minutes, and now and then one is left lying for hours.
const free = new Map();
function answer(at) {
  const [agent, since] = [...free].sort((a, b) => a[1] - b[1])[0];
  const begun = Math.max(since, at + exponential(0.7 * minute));
  const done = begun + minute * (1 + exponential(3.2));
  free.set(agent, done);
  return { agent: `agent:${agent}`, done: random() < 0.03 ? done + minute * (60 + 180 * random()) : done };
}

// Half of the answers link the article that says the same: that is how suggestions learn.
const words = ([, , text, , slug]) => (random() < 0.5 && slug ? `${text}\n\nhttp://127.0.0.1:8015/help/${slug}` : text);

// The sooner the answer, the more often it is thanked for.
function thank(ticket, asked, replied) {
  const waited = (replied - asked) / minute;
  const odds = waited <= 5 ? 0.27 : waited <= 15 ? 0.19 : waited <= 60 ? 0.09 : 0.05;
  const kind = random();
  if (kind < odds) happens(replied + 40 * minute * random(), { type: 'rating', ticket, message: `x${messages}`, score: 'kudos', comment: random() < 0.3 ? pick(thanks.slice(0, 3)) : '' });
  else if (kind < odds + 0.06) happens(replied + 40 * minute * random(), { type: 'rating', ticket, message: `x${messages}`, score: waited <= 60 ? 'good' : 'bad' });
}

function answered_ticket(at) {
  const customer = pick(customers);
  const matter = pick(talk[customer.traits.locale]);
  const id = open(at, customer, matter);
  const { agent, done } = answer(at);
  if (done > now - 20 * minute) return;
  const goes_on = random() < 0.25;
  say(id, done, agent, 'reply', words(matter), { close: !goes_on });
  thank(id, at, done);
  if (!goes_on) return;
  const again = done + minute * (2 + 50 * random());
  const last = again + minute * (1 + 12 * random());
  if (last > now - 20 * minute) return;
  say(id, again, 'customer', 'message', pick(thanks));
  say(id, last, agent, 'reply', 'You are welcome!', { close: true });
}

for (let back = 63; back >= 0; --back) {
  const morning = now - back * day - 8 * 60 * minute;
  const weekday = new Date(morning).getDay();
  const is_weekend = weekday === 0 || weekday === 6;
  const came = Array.from({ length: is_weekend ? 6 : weekday === 1 ? 44 : 30 }, () => morning + 10 * 60 * minute * (0.15 + 0.55 * random() + 0.3 * random()));
  for (const { id } of is_weekend ? agents.slice(0, 1) : agents) free.set(id, morning);
  if (is_weekend) agents.slice(1).forEach(({ id }) => free.delete(id));
  for (const at of came.sort((a, b) => a - b)) if (at < now - 30 * minute) answered_ticket(at);
}

// Whose clocks run now: minutes since they wrote, and one that is overdue.
for (const [ago, who, which] of [[2, 1, 0], [4, 0, 0], [7, 2, 0], [9, 5, 1], [11, 3, 1], [13, 4, 0], [19, 6, 4]])
  open(now - ago * minute, customers[who], talk[customers[who].traits.locale][which]);
// Waits for a second answer.
const second = open(now - 95 * minute, customers[7], talk.en[2]);
say(second, now - 88 * minute, 'agent:a2', 'reply', talk.en[2][2]);
say(second, now - 5 * minute, 'customer', 'message', 'I see no such button. Must I be an admin for that?');
happens(now - 88 * minute, { type: 'assign', ticket: second, by: 'agent:a2', to: 'agent:a2' });
const noted = open(now - 50 * minute, customers[8], talk.en[6]);
say(noted, now - 46 * minute, 'agent:a1', 'note', 'Same region as last week; storage is on it.');
say(noted, now - 41 * minute, 'agent:a1', 'reply', talk.en[6][2]);

export const history = [mailbox, ...agents, ...customers, ...lines.sort((a, b) => a.at - b.at).map((one) => one.line)];

// Who asked by the form had begun to write there, beside suggestions; others found the answer among them, some just left, and
// some looked for what no article tells.
const visits = seeded(900);
const choose = (list) => list[Math.floor(visits() * list.length)];
const name = () => Buffer.from(Array.from({ length: 16 }, () => Math.floor(256 * visits()))).toString('base64url');
const draft = (locale, words, more) => ({ type: 'visit', visitor: name(), session: name(), channel: visits() < 0.6 ? 'form' : 'widget', locale, words: words.replaceAll(/\s+/g, ' '), ...more });
export const seen = drafts.map(({ locale, words, ticket }) => draft(locale, words, { ticket, channel: 'form', looked: visits() < 0.3 }));
for (let back = 63; back > 0; --back) {
  const within = () => new Date(now - back * day + 12 * 60 * minute * visits()).toISOString();
  for (let n = 0; n < 14; ++n) {
    const locale = choose(customers).traits.locale;
    const matters = talk[locale].filter(([, , , , article]) => article || n > 11);
    seen.push(draft(locale, choose(matters)[1], { at: within(), answered: n < 12 }));
  }
}
