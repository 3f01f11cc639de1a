// node build.mjs OUTDIR: bundles the browser's side into OUTDIR with hashed names, each file also as .gz and .br,
// and a manifest.json (entry name -> hashed file). Fails when a page outgrows its budget (budgets.mjs).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { overBudget, pageSizes } from './budgets.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] && resolve(process.argv[2]);
if (!out) fail('usage: node build.mjs OUTDIR', 64);
if (!existsSync(join(root, 'node_modules/esbuild'))) fail('web/node_modules is missing: run `npm ci` in web/ first', 69);
const { build, transform } = await import('esbuild');

const common = {
  absWorkingDir: root, outdir: out, bundle: true, minify: true, metafile: true, write: false,
  entryNames: '[name]-[hash]', chunkNames: '[name]-[hash]', assetNames: '[name]-[hash]', logLevel: 'error',
};
const scripts = { ...common, format: 'esm', splitting: true, target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none', charset: 'utf8' };

const sources = ['.', 'access', 'dialogs', 'inbox', 'reports', 'settings', 'shared'].flatMap((folder) => readdirSync(join(root, folder)).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts')).map((file) => join(root, folder, file)));

// Which texts come along: another language is one whole file; English is in the program, and each lazy view brings its own
// areas (`en.json?reports,unit`). The portal's and the mails' texts are for the server alone.
const serverAreas = ['portal', 'mail'];
const lazyAreas = [...serverAreas, ...sources.flatMap((file) => /en\.json\?([\w,]+)/.exec(readFileSync(file, 'utf8'))?.[1].split(',') ?? [])];
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

// The looks of a lazy view come in its script, as text (shared/lazy.tsx): no request of their own, nothing drawn without them.
const looks = {
  name: 'looks',
  setup: ({ onLoad }) => onLoad({ filter: /\.css$/ }, async ({ path }) => ({ contents: (await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })).code, loader: 'text' })),
};

// esbuild's own splitting would make a chunk of each module's set of users, and every chunk is a request. So each view is
// built alone, and what they share is gathered into one file with the exports that they use and no more.
const gathered = (exports) => ({
  name: 'gathered',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^gathered$/ }, ({ path }) => ({ path, namespace: path }));
    onLoad({ filter: /.*/, namespace: 'gathered' }, () => ({ contents: exports, resolveDir: root }));
  },
});

// Imports that match come from the file that is there already: by one import, where esbuild writes one for each user.
const external = (filter, path, names) => ({
  name: `external ${path}`,
  setup({ onResolve, onLoad }) {
    onResolve({ filter }, ({ kind }) => (kind === 'entry-point' ? undefined : { path, namespace: path }));
    onResolve({ filter: /.*/, namespace: path }, () => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: path }, () => ({ contents: `export { ${[...names].join(', ')} } from ${JSON.stringify(path)};` }));
  },
});
const elsewhere = (filter, path) => ({ name: `elsewhere ${filter}`, setup: ({ onResolve }) => onResolve({ filter }, (asked) => (asked.kind === 'dynamic-import' ? { path: path(asked.path), external: true } : undefined)) });

// What `files` import from others, by the source that `sourceOf` says.
function used(files, sourceOf) {
  const found = new Map();
  for (const file of files) {
    for (const [, list, path] of readFileSync(file, 'utf8').matchAll(/^import (?!type )\{([^}]*)\} from '([^']+)';$/gm)) {
      const source = sourceOf(path, file);
      if (!source) continue;
      const names = list.split(',').map((name) => name.trim()).filter((name) => name && !name.startsWith('type '));
      if (names.length) found.set(source, new Set([...(found.get(source) ?? []), ...names]));
    }
  }
  return found;
}
const namesOf = (found) => new Set([...found.values()].flatMap((names) => [...names]));
const asExports = (found) => [...found].map(([path, names]) => `export { ${[...names].join(', ')} } from ${JSON.stringify(path)};`).join('\n');

// Preact and web/shared are one file that every view imports.
const isShared = /(^|\/)shared\/|^preact(\/|$)|^@preact\/signals$/;
function usedOfShared(files) {
  const found = used(files, (path) => isShared.test(path) && path.replace(/^.*shared\//, './shared/'));
  found.get('preact')?.delete('Fragment');
  return found.set('preact/jsx-runtime', new Set(['jsx', 'jsxs', 'Fragment']));
}

// The first pass tells which modules the file has, the second imports just what these use.
async function buildAlone(entry, sharedFile, plugins = [], options = {}) {
  const make = (files) => build({ ...scripts, splitting: false, entryPoints: [entry], ...options, plugins: [external(isShared, sharedFile, namesOf(usedOfShared(files))), ...plugins, texts, looks] });
  const { metafile } = await make(sources);
  return make(sources.filter((file) => relative(root, file) in metafile.inputs));
}

// The inbox is two files: what its first view needs, and the rest (inbox/rest.ts), which imports the first. They name each
// other, so both are named by one hash of both.
async function buildInbox(sharedFile) {
  const rest = elsewhere(/^\.\/rest$/, () => './rest.js');
  const { metafile } = await buildAlone('inbox/inbox.tsx', sharedFile, [rest]);
  const [first, others] = [true, false].map((isFirst) => sources.filter((file) => dirname(file) === join(root, 'inbox') && relative(root, file) in metafile.inputs === isFirst));
  const twice = [...readFileSync(join(root, 'inbox/rest.ts'), 'utf8').matchAll(/^export \* from '\.\/(\w+)'/gm)].map(([, name]) => name).filter((name) => first.some((file) => basename(file).startsWith(`${name}.ts`)));
  if (twice.length) fail(`inbox/rest.ts has ${twice.join(', ')}: the first view may ask for it by inbox/later.ts only`, 65);
  const offered = used(others, (path, file) => first.some((one) => one.replace(/\.tsx?$/, '') === resolve(dirname(file), path)) && `./inbox/${basename(path)}`);
  const fromFirst = new RegExp(`^\\./(${[...offered.keys()].map((path) => basename(path)).join('|')})$`);
  const results = await Promise.all([
    buildAlone('gathered', sharedFile, [gathered(`export { default } from './inbox/inbox';\n${asExports(offered)}`), rest], { entryPoints: { inbox: 'gathered' }, entryNames: '[name]' }),
    buildAlone('inbox/rest.ts', sharedFile, [external(fromFirst, './inbox.js', namesOf(offered))], { entryNames: '[name]' }),
  ]);
  const files = results.flatMap(filesOf);
  const hash = createHash('sha256').update(files.map(({ contents }) => contents).join()).digest('hex').slice(0, 8).toUpperCase();
  const named = (text) => text.replace(/\b(inbox|rest)\.js\b/, `$1-${hash}.js`);
  return files.map((file) => ({ ...file, name: named(file.name), imports: file.imports.map(named), contents: Buffer.from(file.contents.toString().replace(/(?<=["'`]\.\/)(inbox|rest)\.js(?=["'`])/g, named)) }));
}

// Each file with its entry's name, if it is one, and what it imports before it runs.
function filesOf({ metafile, outputFiles }) {
  return outputFiles.map(({ path, contents }) => {
    const { entryPoint = 'texts:', imports } = metafile.outputs[relative(root, path)];
    const name = basename(path);
    return {
      name, contents: Buffer.from(contents), entry: entryPoint.startsWith('texts:') ? '' : name.replace(/-\w+(?=\.\w+$)/, ''),
      imports: imports.filter((one) => one.kind === 'import-statement').map((one) => basename(one.path)),
    };
  });
}

async function bundle() {
  const shared = filesOf(await build({ ...scripts, entryPoints: { shared: 'gathered' }, plugins: [gathered(asExports(usedOfShared(sources.filter((file) => dirname(file) !== join(root, 'shared'))))), texts] }));
  const sharedFile = `./${shared.find(({ entry }) => entry).name}`;
  const views = (await Promise.all([
    buildInbox(sharedFile),
    ...['access', 'dialogs', 'reports', 'settings'].map((view) => buildAlone(`${view}/${view}.tsx`, sharedFile).then(filesOf)),
  ])).flat();
  const view = elsewhere(/^\.\/\w+\/\w+$/, (path) => `./${views.find(({ entry }) => entry === `${basename(path)}.js`).name}`);
  const others = await Promise.all([
    buildAlone('app.tsx', sharedFile, [view]),
    build({ ...scripts, entryPoints: ['portal/portal.ts'] }),
    build({ ...common, entryPoints: ['styles/app.css', 'styles/portal.css'] }),
  ]);
  return [...shared, ...views, ...others.flatMap(filesOf)];
}

const files = await bundle().catch((error) => { if (!error.errors) throw error; process.exit(65); });
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const outputs = {};
const manifest = {};
const zip = promisify(gzip);
const pack = promisify(brotliCompress);
await Promise.all(files.map(async ({ name, contents, entry, imports }) => {
  const gz = await zip(contents, { level: 9 });
  writeFileSync(join(out, name), contents);
  writeFileSync(join(out, `${name}.gz`), gz);
  writeFileSync(join(out, `${name}.br`), await pack(contents, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length } }));
  outputs[name] = { gz: gz.length, imports };
  if (entry) manifest[entry] = name;
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
