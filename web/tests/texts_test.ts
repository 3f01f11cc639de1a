import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import english from '../locales/en.json';
import { languages, matchLanguage, pick, t } from '../shared/i18n';

type Catalogue = Record<string, string | Record<string, string>>;
const root = join(__dirname, '..');
const read = (language: string): Catalogue => JSON.parse(readFileSync(join(root, 'locales', `${language}.json`), 'utf8')) as Catalogue;
const forms = (entry: Catalogue[string]): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const places = (entry: Catalogue[string]): string[] => [...new Set(forms(entry).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!)))].sort();
const reference = english as Catalogue;

describe.each(Object.keys(languages))('texts in %s', (language) => {
  const texts = read(language);
  it('are all there and no others', () => expect(Object.keys(texts).sort()).toEqual(Object.keys(reference).sort()));
  it('put in the same things', () => {
    expect(Object.keys(texts).filter((key) => places(texts[key]!).join() !== places(reference[key]!).join())).toEqual([]);
  });
  it('have every plural form that the language needs', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = Object.entries(texts).filter(([key]) => typeof reference[key] === 'object');
    expect(counted.filter(([, entry]) => typeof entry === 'string' || needed.some((form) => !(form in entry))).map(([key]) => key)).toEqual([]);
  });
  it('shout at nobody', () => expect(Object.entries(texts).filter(([, entry]) => forms(entry).some((text) => /[!！]/.test(text))).map(([key]) => key)).toEqual([]));
});

it.each([[1, 'one'], [2, 'few'], [5, 'many'], [21, 'one'], [112, 'many']])('Russian counts %i with the form %s', (n, form) => {
  expect(pick({ one: 'one', few: 'few', many: 'many', other: 'other' }, n, 'ru')).toBe(form);
});

it('puts numbers in as the language writes them', () => {
  expect(t('queue.need_first', { n: 1 })).toBe('1 needs a first reply');
  expect(t('queue.need_first', { n: 1234 })).toBe('1,234 need a first reply');
  expect(t('done.assigned', { name: '{n}' })).toContain('{n}');
});

it.each([[['zh-CN', 'en'], 'zh-Hans'], [['zh-TW', 'uk-UA'], 'uk'], [['de', 'it-CH'], 'it'], [['de'], 'en']])('%j is spoken to in %s', (wishes, language) => {
  expect(matchLanguage(wishes as string[])).toBe(language);
});

// A view may use only the areas that its first file brings (build.mjs): the others are not there yet.
describe('each view', () => {
  const files = (folder: string): string[] => readdirSync(join(root, folder)).filter((name) => /\.tsx?$/.test(name)).map((name) => join(root, folder, name));
  const areasOf = (folder: string): string[] => files(folder).flatMap((file) => /en\.json\?([\w,]+)/.exec(readFileSync(file, 'utf8'))?.[1]?.split(',') ?? []);
  const lazy = new Set(['portal', ...['access', 'articles', 'dialogs', 'ideas', 'inbox', 'reports', 'settings'].flatMap(areasOf)]);
  // What comes to the inbox in a file of its own, and the file that gathers it.
  const gathered = (by: string): string[] => [by, ...[...readFileSync(join(root, `inbox/${by}.ts`), 'utf8').matchAll(/'\.\/(\w+)'/g)].map((found) => found[1]!)];
  const inboxFiles = (names: string[]): string[] => files('inbox').filter((file) => names.includes(basename(file).replace(/\.tsx?$/, '')));
  const [rest, answers] = ['rest', 'answers'].map((by) => inboxFiles(gathered(by))) as [string[], string[]];
  // What the reports' first view imports, and what that imports.
  const reached = (name: string, seen = new Set<string>()): Set<string> => {
    const file = files('reports').find((one) => basename(one).replace(/\.tsx?$/, '') === name);
    if (!file || seen.has(file)) return seen;
    seen.add(file);
    [...readFileSync(file, 'utf8').matchAll(/ from '\.\/(\w+)'/g)].forEach((found) => reached(found[1]!, seen));
    return seen;
  };
  const firstReports = [...reached('reports')];
  const broughtBy = (file: string): string[] => /en\.json\?([\w,]+)/.exec(readFileSync(join(root, file), 'utf8'))![1]!.split(',');
  const inboxTexts = broughtBy('inbox/inbox.tsx');
  const views: [string, string[], string[]][] = [
    ['reports, its first view', firstReports, broughtBy('reports/reports.tsx')],
    ['reports, the rest', files('reports').filter((file) => !firstReports.includes(file)), areasOf('reports')],
    ...['shared', 'access', 'articles', 'dialogs', 'ideas', 'settings'].map((folder): [string, string[], string[]] => [folder, files(folder), areasOf(folder)]),
    ['inbox, its first view', files('inbox').filter((file) => ![...rest, ...answers].includes(file)), inboxTexts],
    ['inbox, the rest', rest, [...inboxTexts, ...broughtBy('inbox/rest.ts')]],
    ['inbox, the answers', answers, [...inboxTexts, ...broughtBy('inbox/answers.ts')]],
  ];
  it.each(views)('%s has the texts it uses', (_, own, areas) => {
    const brought = new Set(areas);
    const used = own.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/['`]([a-z]+)\.[a-z0-9_]+['`]/g)].filter((found) => Object.keys(reference).some((key) => `'${key}'` === found[0])).map((found) => found[1]!));
    const keyTemplates = own.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/t\(`([a-z]+)\./g)].map((found) => found[1]!));
    expect([...new Set([...used, ...keyTemplates])].filter((area) => lazy.has(area) && !brought.has(area))).toEqual([]);
  });
});
