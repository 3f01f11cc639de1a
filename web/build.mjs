// node build.mjs OUTDIR: bundles the browser's side into OUTDIR with hashed names, each file also as .gz and .br,
// and a manifest.json (name -> hashed name). Fails when a page outgrows its budget (budgets.mjs).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { overBudget, pageSizes } from './budgets.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] && resolve(process.argv[2]);
if (!out) fail('usage: node build.mjs OUTDIR', 64);
if (!existsSync(join(root, 'node_modules/vite'))) fail('web/node_modules is missing: run `npm ci` in web/ first', 69);
const { build } = await import('vite');

// Which texts come along: another language is one whole file; English is in the program, and each lazy view brings its own
// areas (`en.json?reports,unit`). The portal's and the mails' texts are for the server alone; the widget gets its own from there.
const serverAreas = ['portal', 'mail', 'widget'];
const views = ['access', 'articles', 'dialogs', 'ideas', 'inbox', 'reports', 'settings'].flatMap((view) => readdirSync(join(root, view)).map((file) => join(root, view, file)));
const lazyAreas = views.flatMap((file) => /en\.json\?([\w,]+)/.exec(readFileSync(file, 'utf8'))?.[1].split(',') ?? []);
const texts = {
  name: 'texts',
  async load(id) {
    const [path, asked] = id.split('?');
    if (dirname(path) !== join(root, 'locales')) return null;
    const left = [...serverAreas, ...(path.endsWith('/en.json') ? lazyAreas : [])];
    const wanted = (area) => (asked ? asked.split(',').includes(area) : !left.includes(area));
    const all = Object.entries(JSON.parse(await readFile(path, 'utf8')));
    return JSON.stringify(Object.fromEntries(all.filter(([key]) => wanted(key.split('.')[0]))));
  },
};

// Every file is a request, so what several views import is one; what opens over any page is another, but for what few open.
const chunkOf = (module) => (/\/(shared|preact|@preact)\/|\/dialogs\/(form|notify_me)\./.test(module) ? 'shared' : /\/dialogs\/(?!(erase|split|taught)\.)/.test(module) ? 'dialogs' : undefined);

const common = {
  root, configFile: false, publicDir: false, logLevel: 'silent', plugins: [texts],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none', charset: 'utf8' },
};
const bundle = (rollupOptions, more = {}) => build({ ...common, ...more, build: { ...more.build, write: false, target: 'es2022', modulePreload: false, rollupOptions } })
  .then((built) => built.output ?? built, ({ message }) => fail(message, 65));
const names = { hashCharacters: 'base36', entryFileNames: '[name]-[hash].js' };

const pages = await bundle({
  input: { app: 'app.tsx', portal: 'portal/portal.ts', 'widget-panel': 'widget/panel.ts', 'widget-example': 'widget/example.ts', 'app style': 'styles/app.css', 'portal style': 'styles/portal.css', 'article style': 'styles/article.css', 'ideas style': 'styles/ideas.css', 'question style': 'styles/question.css' },
  preserveEntrySignatures: 'exports-only', // the panel is imported by the widget
  output: { ...names, manualChunks: chunkOf, chunkFileNames: '[name]-[hash].js', assetFileNames: ({ names: [name] }) => name.replace(' style', '-[hash]') },
});
// A script of its own, which leaves no name behind on the page that loads it. Its shadow root is closed; tests that look into it with
// axe build it open.
const panel = pages.find(({ fileName }) => fileName.startsWith('widget-panel-')).fileName;
const [{ output: widget }] = await bundle({ output: { ...names, format: 'iife' } }, {
  define: { __PANEL__: JSON.stringify(`/assets/${panel}`), __ROOT__: JSON.stringify(process.env.FIFTEEN_WIDGET_ROOT ?? 'closed') },
  build: { lib: { entry: 'widget/widget.ts', formats: ['iife'], name: 'Fifteen' } },
});
const output = [...pages, ...widget];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const outputs = {};
const manifest = {};
const zip = promisify(gzip);
const pack = promisify(brotliCompress);
await Promise.all(output.map(async ({ fileName, code, source, imports = [] }) => {
  const bytes = Buffer.from(code ?? source);
  const gz = await zip(bytes, { level: 9 });
  writeFileSync(join(out, fileName), bytes);
  writeFileSync(join(out, `${fileName}.gz`), gz);
  writeFileSync(join(out, `${fileName}.br`), await pack(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  outputs[fileName] = { gz: gz.length, imports };
  manifest[fileName.replace(/-\w{8}(?=\.\w+$)/, '')] = fileName;
}));
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 2)}\n`);

const sizes = pageSizes(manifest, outputs);
for (const line of sizes) process.stderr.write(`${line.page.padEnd(12)} ${(line.gz / 1024).toFixed(1)} of ${line.limit / 1024} KiB gz\n`);
const over = overBudget(sizes);
if (over.length) fail(`over budget: ${over.map((line) => line.page).join(', ')}`, 65);

function fail(text, code) {
  process.stderr.write(`build.mjs: ${text}\n`);
  process.exit(code);
}
