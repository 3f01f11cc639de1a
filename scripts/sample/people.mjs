// Who appears in the sample desk.
export const mailbox = { type: 'mailbox', id: 'm1', address: 'help@studio.example', name: 'Studio Help', target_seconds: 900 };

export const agents = [
  { type: 'agent', id: 'a1', email: 'ana@studio.example', name: 'Ana Ferri', role: 'admin' },
  { type: 'agent', id: 'a2', email: 'tom@studio.example', name: 'Tom Becker', role: 'agent' },
  { type: 'agent', id: 'a3', email: 'mia@studio.example', name: 'Mia Lind', role: 'manager' },
];

export const customers = [
  ['Giulia Rossi', 'giulia@rossi.example', 'it', 'team'],
  ['Wang Xiaoming', 'xiaoming@wang.example', 'zh', 'pro'],
  ['Olena Koval', 'olena@koval.example', 'uk', 'team'],
  ['Marco Bianchi', 'marco@bianchi.example', 'it', 'free'],
  ['Ivan Petrov', 'ivan@petrov.example', 'ru', 'pro'],
  ['Sarah Miller', 'sarah@miller.example', 'en', 'team'],
  ['James Okafor', 'james@okafor.example', 'en', 'pro'],
  ['Lena Schmidt', 'lena@schmidt.example', 'en', 'free'],
  ['Emma Dubois', 'emma@dubois.example', 'en', 'team'],
  ['Noah Clark', 'noah@clark.example', 'en', 'free'],
  ['Priya Nair', 'priya@nair.example', 'en', 'pro'],
  ['Diego Ramos', 'diego@ramos.example', 'en', 'free'],
].map(([name, email, locale, plan], i) => ({ type: 'customer', id: `c${i + 1}`, email, name, traits: { plan, locale, mrr: { free: 0, pro: 29, team: 96 }[plan] } }));
