import { seeded } from '../../scripts/sample/random.mjs';

// A past for the reports: some thousand waits of a desk of seven people, up to a given instant, as lines of the history format.
// The same every time but for the instants, and shaped as real ones are: slow at lunch, at weekends and by night.
let random;
const pick = (list) => list[Math.floor(random() * list.length)];
const weighted = (pairs) => {
  let left = random() * pairs.reduce((all, [, weight]) => all + weight, 0);
  return pairs.find(([, weight]) => (left -= weight) < 0)[0];
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// name, share of the work, how much slower than the quickest
const people = [
  ['ana', 'Ana Ferri', 'ana@studio.example', 'admin', 28, 1], ['tom', 'Tom Becker', 'tom@studio.example', 'agent', 25, 1.25], ['mia', 'Mia Lind', 'mia@studio.example', 'manager', 12, 1.1],
  ['lar', 'Лариса Гнатюк', 'larysa@studio.example', 'agent', 20, 1.4], ['pao', 'Paolo Conti', 'paolo@studio.example', 'agent', 12, 2.1], ['che', '陈思', 'chen@studio.example', 'agent', 7, 2.4],
  ['new', 'Zoe Hart', 'zoe@studio.example', 'agent', 0, 1], // has just begun: every 150th
];
const subjects = ['Charged twice', 'Export is blank', 'Invite a colleague', 'Change our plan', 'Two-factor codes', 'A refund, please', 'Slow since Monday', 'Wrong tax on an invoice', 'Delete our data', 'Board will not load'];
const tags = [['billing', 30], ['bug', 24], ['how-to', 26], ['accounts', 12], ['feature', 8]];

// How busy an hour of the week is, and how much slower its answers.
const busy = (at) => {
  const [weekday, of] = [(at.getUTCDay() + 6) % 7, at.getUTCHours()];
  if (of < 6 || of > 21) return 0.006;
  return (weekday > 4 ? 0.25 : 1) * (of >= 9 && of <= 17 ? 1 : 0.4);
};
const slowness = (at) => {
  const [weekday, of] = [(at.getUTCDay() + 6) % 7, at.getUTCHours()];
  return (weekday > 4 ? 2.4 : 1) * (of === 12 || of === 13 ? 2.2 : of < 7 || of > 20 ? 3 : 1) * (weekday === 0 && of >= 9 && of <= 10 ? 1.8 : 1);
};
const praise = (wall) => (wall <= 15 * minute ? 0.21 : wall <= hour ? 0.09 : 0.04);

export function past({ until, days = 70, aDay = 55 }) {
  random = seeded(4711);
  const lines = [];
  const happens = (at, line) => lines.push({ at, line: { ...line, at: new Date(at).toISOString() } });
  let messages = 0;
  let tickets = 0;
  const say = (ticket, at, from, kind, body, more = {}) => { happens(at, { type: 'message', id: `x${++messages}`, ticket, from, kind, body, ...more }); return `x${messages}`; };
  const customers = Array.from({ length: 60 }, (_, n) => ({ type: 'customer', id: `c${n}`, email: `person${n}@customer.example`, name: `${pick(['Giulia', 'Wang', 'Olena', 'Marco', 'Ivan', 'Sarah', 'James', 'Lena'])} ${pick(['Rossi', 'Koval', 'Miller', 'Okafor', 'Dubois', 'Clark', 'Nair'])}`, traits: n % 9 ? { plan: ['free', 'team', 'pro'][n % 3] } : {} }));
  const replyTime = (at, factor) => minute * (0.7 + -Math.log(1 - random() * 0.9999) * 3.6 * factor * slowness(new Date(at)));

  for (let back = days - 1; back >= 0; back--) {
    for (let n = 0; n < aDay; n++) {
      let at = until - back * day - random() * day;
      for (let tries = 0; tries < 40 && random() > busy(new Date(at)); tries++) at = until - back * day - random() * day;
      if (at > until - 3 * hour) continue;
      const id = `t${++tickets}`;
      const [who, , , , , factor] = tickets % 150 === 0 ? people.at(-1) : weighted(people.map((one) => [one, one[4]]));
      const channel = weighted([['widget', 38], ['email', 50], ['form', 12]]);
      happens(at, { type: 'ticket', id, mailbox: random() < 0.8 ? 'm1' : 'm2', customer: pick(customers).id, subject: `${pick(subjects)} ${tickets}`, channel, tags: random() < 0.12 ? [] : [...new Set([weighted(tags), ...(random() < 0.2 ? [weighted(tags)] : [])])], started_by: 'customer' });
      say(id, at, 'customer', 'message', 'How is it done?');
      const luck = random();
      const replied = at + replyTime(at, factor * (channel === 'form' ? 1.5 : 1) * (1 + back / days / 2));
      if (luck < 0.02) happens(at + 30 * minute, { type: 'close', ticket: id, by: `agent:${who}` });
      else if (luck < 0.04) happens(at + 5 * minute, { type: 'close', ticket: id, by: 'customer' });
      else if (replied < until - 10 * minute) {
        const goesOn = random() < 0.25;
        const message = say(id, replied, `agent:${who}`, 'reply', 'It is done so.', { close: !goesOn });
        if (random() < praise(replied - at)) happens(replied + 50 * minute, { type: 'rating', ticket: id, message, score: 'kudos' });
        else if (random() < 0.08) happens(replied + 50 * minute, { type: 'rating', ticket: id, message, score: pick(['good', 'good', 'bad']) });
        const again = replied + hour * random();
        const last = again + replyTime(again, factor);
        if (goesOn && last < until - 10 * minute) {
          say(id, again, 'customer', 'message', 'And the other one?');
          say(id, last, `agent:${who}`, 'reply', 'That too.', { close: true });
        }
      }
    }
  }
  // Who waits now: four in time, two overdue.
  for (const [n, ago] of [3, 6, 9, 12, 25, 70].entries()) {
    happens(until - ago * minute, { type: 'ticket', id: `now${n}`, mailbox: 'm1', customer: `c${n}`, subject: `Waiting ${n}`, channel: 'email', tags: ['bug'], started_by: 'customer' });
    say(`now${n}`, until - ago * minute, 'customer', 'message', 'Hello?');
  }
  const standing = [
    { type: 'schedule', id: 's1', zone: 'Europe/Rome', from: new Date(until - 400 * day).toISOString(), weekly: ['mon', 'tue', 'wed', 'thu', 'fri'].map((name) => ({ day: name, start: '08:00', end: '19:00' })), holidays: [] },
    { type: 'mailbox', id: 'm1', address: 'help@studio.example', name: 'Studio Help', target_seconds: 900 },
    { type: 'mailbox', id: 'm2', address: 'billing@studio.example', name: 'Billing', target_seconds: 900, schedule: 's1' },
    ...people.map(([id, name, email, role]) => ({ type: 'agent', id, email, name, role })),
    ...customers,
  ];
  const kept = lines.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
  return `${[...standing, ...kept.map(({ line }) => line)].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
