import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');

const hostileStyle = `* { font-family: "Comic Sans MS", fantasy !important; letter-spacing: 4px !important; color: purple !important; border: 5px dashed red !important; background: lime !important; text-transform: uppercase !important; }
div, aside, button { display: none !important; } h1, main { display: block !important; }`;

// Shortcuts as sites have them, on the document and on the window, and what the policy had to refuse.
const script = `window.keys = []; window.violations = []; window.heard = [];
document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));
for (const place of [document, document.documentElement]) for (const kind of ['keydown', 'keypress', 'keyup']) for (const capture of [true, false]) place.addEventListener(kind, (event) => window.keys.push(event.key), capture);
window.addEventListener('keydown', (event) => window.keys.push(event.key));`;

// Another site's page with the widget on it: hostile CSS, a policy without a hole, Trusted Types.
export class Site {
  static async start(desk, key) {
    const site = new Site();
    const pages = {
      '/site.css': ['text/css', () => hostileStyle],
      '/site.js': ['text/javascript', () => script],
      '/calls.js': ['text/javascript', () => site.calls],
      '/favicon.ico': ['image/svg+xml', () => '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    };
    site.calls = '';
    site.server = createServer((request, answer) => {
      const { pathname, searchParams } = new URL(request.url, 'http://site');
      const [type, text] = pages[pathname] ?? ['text/html; charset=utf-8', () => site.#html(desk, searchParams.get('key') ?? key, searchParams)];
      answer.writeHead(200, {
        'content-type': type,
        'content-security-policy': `default-src 'self'; script-src 'self' ${desk.url}; connect-src ${desk.url}; require-trusted-types-for 'script'`,
      });
      answer.end(text());
    });
    await new Promise((ready) => site.server.listen(0, '127.0.0.1', ready));
    site.url = `http://127.0.0.1:${site.server.address().port}`;
    return site;
  }

  #html(desk, key, options) {
    const dir = options.get('dir') ?? 'ltr', lang = options.get('lang') ?? 'en';
    return `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A site</title>
${options.has('calm') ? '' : '<link rel="stylesheet" href="/site.css">'}<script src="/site.js"></script><script src="/calls.js"></script>
${options.has('bare') ? '' : `<script async src="${desk.url}/widget.js" data-key="${key}"></script>`}</head>
<body><main><h1>A site of its own</h1><input id="own" aria-label="Own"></main></body></html>`;
  }

  stop() {
    return new Promise((ended) => { this.server.close(ended); this.server.closeAllConnections(); });
  }
}

// The same widget with an open shadow root, for axe and for locators, which can't look into a closed one.
export async function openWidget() {
  const folder = await mkdtemp(join(tmpdir(), 'fifteen-widget-'));
  await promisify(execFile)('node', [join(root, 'web/build.mjs'), folder], { cwd: join(root, 'web'), env: { ...process.env, FIFTEEN_WIDGET_ROOT: 'open' } });
  const file = (await readdir(folder)).find((name) => /^widget-\w{8}\.js$/.test(name));
  const text = await readFile(join(folder, file), 'utf8');
  await rm(folder, { recursive: true });
  return text;
}
