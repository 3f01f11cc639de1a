// What an integrator copies.
export const snippet = (origin: string, key: string): string => `<script async src="${origin}/widget.js" data-key="${key}"></script>`;

export const contentPolicy = (origin: string): string => `script-src ${origin}; connect-src ${origin}`;

// The lower-case hex HMAC-SHA256 of the customer's id, as a text, under the secret.
export const signing: { language: string; code: string }[] = [
  { language: 'Node.js', code: "const { createHmac } = require('node:crypto');\nconst signature = createHmac('sha256', process.env.FIFTEEN_SECRET).update(String(user.id)).digest('hex');" },
  { language: 'PHP', code: "$signature = hash_hmac('sha256', (string) $user->id, getenv('FIFTEEN_SECRET'));" },
  { language: 'Python', code: "import hashlib, hmac, os\nsignature = hmac.new(os.environ['FIFTEEN_SECRET'].encode(), str(user.id).encode(), hashlib.sha256).hexdigest()" },
  { language: 'Ruby', code: "require 'openssl'\nsignature = OpenSSL::HMAC.hexdigest('SHA256', ENV.fetch('FIFTEEN_SECRET'), user.id.to_s)" },
  { language: 'JavaScript', code: "Fifteen('identify', { id: '42', email: 'joe@example.com', name: 'Joe', plan: 'pro', signature });" },
];
