// node build.mjs OUTDIR: bundles the browser's side into OUTDIR with hashed names, each file also as .gz and .br,
// and a manifest.json (entry name -> hashed file). Fails when a page outgrows its budget (budgets.mjs).
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { overBudget, pageSizes } from './budgets.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] && resolve(process.argv[2]);
if (!out) fail('usage: node build.mjs OUTDIR', 64);
if (!existsSync(join(root, 'node_modules/esbuild'))) fail('web/node_modules is missing: run `npm ci` in web/ first', 69);
const { build } = await import('esbuild');

const common = {
  absWorkingDir: root, outdir: out, bundle: true, minify: true, metafile: true, write: false,
  entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', assetNames: '[name]-[hash]', logLevel: 'error',
};
const scripts = { ...common, format: 'esm', splitting: true, target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none', charset: 'utf8' };

// Which texts come along: another language is one whole file; English is in the program, and each lazy view brings its own
// areas (`en.json?reports,unit`). The portal's and the mails' texts are for the server alone.
const serverAreas = ['portal', 'mail'];
const lazyAreas = [...serverAreas, ...[...new Set(viewFiles().flatMap((file) => /en\.json\?([\w,]+)/.exec(readFileSync(file, 'utf8'))?.[1].split(',') ?? []))]];
const texts = {
  name: 'texts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /locales\/[\w-]+\.json/ }, ({ path }) => ({ path: join(root, 'locales', basename(path).replace(/\?.*/, '')), suffix: /\?.*|$/.exec(path)[0], namespace: 'texts' }));
    onLoad({ filter: /.*/, namespace: 'texts' }, async ({ path, suffix }) => {
      const areas = suffix.slice(1).split(',');
      const wanted = (area) => (suffix ? areas.includes(area) : path.endsWith('/en.json') ? !lazyAreas.includes(area) : !serverAreas.includes(area));
      const chosen = Object.entries(JSON.parse(await readFile(path, 'utf8'))).filter(([key]) => wanted(key.split('.')[0]));
      return { contents: JSON.stringify(Object.fromEntries(chosen)), loader: 'json' };
    });
  },
};

// Preact and web/shared are one file that every view imports: esbuild's own splitting would make a chunk of each module's
// set of users, and every chunk is a request.
const isShared = /(^|\/)shared\/|^preact(\/|$)|^@preact\/signals$/;
const everythingShared = {
  name: 'everything-shared',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^shared$/ }, () => ({ path: 'shared', namespace: 'everything-shared' }));
    onLoad({ filter: /.*/, namespace: 'everything-shared' }, () => ({ contents: usedExports(), resolveDir: root }));
  },
};
const fromShared = (file) => ({
  name: 'from-shared',
  setup: ({ onResolve }) => onResolve({ filter: isShared }, () => ({ path: `./${file}`, external: true })),
});

async function bundle() {
  const shared = await build({ ...scripts, entryPoints: { shared: 'shared' }, plugins: [everythingShared, texts] });
  const sharedFile = basename(Object.keys(shared.metafile.outputs).find((path) => basename(path).startsWith('shared-')));
  const [app, portal, styles] = await Promise.all([
    build({ ...scripts, entryPoints: ['app.tsx'], plugins: [fromShared(sharedFile), texts] }),
    build({ ...scripts, entryPoints: ['portal/portal.ts'] }),
    build({ ...common, entryPoints: ['styles/app.css', 'styles/portal.css'] }),
  ]);
  return [shared, app, portal, styles];
}

const results = await bundle().catch(() => process.exit(65));
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const outputs = {};
const manifest = {};
for (const { metafile } of results) {
  for (const [path, made] of Object.entries(metafile.outputs)) {
    const imports = made.imports.filter((one) => one.kind === 'import-statement').map((one) => basename(one.path));
    outputs[basename(path)] = { gz: 0, imports };
    const entry = made.entryPoint?.replace(/^everything-shared:/, '');
    if (entry && !entry.startsWith('texts:')) manifest[basename(entry).replace(/(\.tsx?)?$/, (ending) => (ending || !entry.includes('.') ? '.js' : ''))] = basename(path);
  }
}
const zip = promisify(gzip);
const pack = promisify(brotliCompress);
await Promise.all(results.flatMap((result) => result.outputFiles).map(async (file) => {
  const name = basename(file.path);
  const bytes = Buffer.from(file.contents);
  const gz = await zip(bytes, { level: 9 });
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.gz`), gz);
  writeFileSync(join(out, `${name}.br`), await pack(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  outputs[name].gz = gz.length;
}));
writeFileSync(join(out, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

const sizes = pageSizes(manifest, outputs);
for (const line of sizes) process.stderr.write(`${line.page.padEnd(12)} ${(line.gz / 1024).toFixed(1)} of ${line.limit / 1024} KiB gz\n`);
const over = overBudget(sizes);
if (over.length) fail(`over budget: ${over.map((line) => line.page).join(', ')}`, 65);

// Only what a view names is handed on, so that the rest of the frameworks stays away.
function usedExports() {
  const names = new Map([['preact/jsx-runtime', new Set(['jsx', 'jsxs', 'Fragment'])]]);
  const folders = ['.', 'access', 'dialogs', 'inbox', 'reports', 'settings'];
  const files = folders.flatMap((folder) => readdirSync(join(root, folder)).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts')).map((file) => join(root, folder, file)));
  for (const file of files) {
    for (const [, list, path] of readFileSync(file, 'utf8').matchAll(/^import (?!type )\{([^}]*)\} from '([^']+)';$/gm)) {
      if (!isShared.test(path)) continue;
      const source = path.replace(/^.*shared\//, './shared/');
      const found = names.get(source) ?? new Set();
      list.split(',').map((name) => name.trim()).filter((name) => name && !name.startsWith('type ') && !(source === 'preact' && name === 'Fragment')).forEach((name) => found.add(name));
      names.set(source, found);
    }
  }
  return [...names].filter(([, found]) => found.size).map(([path, found]) => `export { ${[...found].join(', ')} } from ${JSON.stringify(path)};`).join('\n');
}

function viewFiles() {
  return [...['access', 'dialogs', 'reports', 'settings'].map((view) => join(root, view, `${view}.tsx`)), join(root, 'inbox/empty.tsx')];
}

function fail(text, code) {
  process.stderr.write(`build.mjs: ${text}\n`);
  process.exit(code);
}
