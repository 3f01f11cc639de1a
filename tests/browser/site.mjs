import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer, request as send } from 'node:http';
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

// A test that fails leaves it open: it keeps nobody waiting.
const listen = (server) => new Promise((ready) => server.unref().listen(0, '127.0.0.1', () => ready(`http://127.0.0.1:${server.address().port}`)));
const stop = (server) => new Promise((ended) => { server.close(ended); server.closeAllConnections(); });

// Another site's page with the widget on it: hostile CSS, a policy without a hole, Trusted Types.
export class Site {
  static async start(desk) {
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
      const [type, text] = pages[pathname] ?? ['text/html; charset=utf-8', () => site.#html(desk, searchParams)];
      answer.writeHead(200, {
        'content-type': type,
        'content-security-policy': `default-src 'self'; script-src 'self' ${desk.url}; connect-src ${desk.url}; require-trusted-types-for 'script'`,
      });
      answer.end(text());
    });
    site.url = await listen(site.server);
    return site;
  }

  #html(desk, options) {
    const key = options.get('key');
    const dir = options.get('dir') ?? 'ltr', lang = options.get('lang') ?? 'en';
    return `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A site</title>
${options.has('calm') ? '' : '<link rel="stylesheet" href="/site.css">'}<script src="/site.js"></script><script src="/calls.js"></script>
${options.has('bare') ? '' : `<script async src="${desk.url}/widget.js" data-key="${key}"></script>`}</head>
<body><main><h1>A site of its own</h1><input id="own" aria-label="Own"></main></body></html>`;
  }

  stop = () => stop(this.server);
}

// What stands between some sites and the desk: it passes everything on, but of what has no end the head alone (`hold`), or nothing
// (`refuse`), or that, too (`pass`).
export class HoldingProxy {
  way = 'hold';
  held = 0;
  refused = 0;
  passed = 0;

  static async start(desk) {
    const proxy = new HoldingProxy();
    proxy.server = createServer((request, answer) => {
      const onwards = send(desk.url + request.url, { method: request.method, headers: request.headers }, (reply) => {
        const isStream = reply.headers['content-type'] === 'text/event-stream';
        if (isStream && proxy.way === 'refuse') {
          proxy.refused++;
          reply.destroy();
          return answer.writeHead(503).end();
        }
        answer.writeHead(reply.statusCode, reply.headers).flushHeaders();
        if (isStream) proxy[proxy.way === 'hold' ? 'held' : 'passed']++;
        return isStream && proxy.way === 'hold' ? reply.resume() : reply.pipe(answer);
      });
      onwards.on('error', () => answer.destroy());
      answer.on('close', () => onwards.destroy());
      request.pipe(onwards);
    });
    proxy.url = await listen(proxy.server);
    return proxy;
  }

  stop = () => stop(this.server);
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
