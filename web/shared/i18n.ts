import { computed, signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import english from '../locales/en.json';
import { recall, remember } from './storage';

export type TextKey = keyof typeof english;
type Entry = string | Partial<Record<Intl.LDMLPluralRule, string>>;
type Catalogue = Record<string, Entry>;
type Values = Record<string, string | number>;

export const languages: Record<string, string> = { en: 'English', it: 'Italiano', ru: 'Русский', uk: 'Українська', 'zh-Hans': '简体中文' };
const loaders: Record<string, () => Promise<{ default: unknown }>> = {
  it: () => import('../locales/it.json'),
  ru: () => import('../locales/ru.json'),
  uk: () => import('../locales/uk.json'),
  'zh-Hans': () => import('../locales/zh-Hans.json'),
};

// A lazy view brings the English of its own areas; the other languages come whole.
let everyEnglish: Catalogue = english as Catalogue;

export function addEnglish(texts: unknown): void {
  everyEnglish = { ...everyEnglish, ...(texts as Catalogue) };
  if (language.peek() === 'en') catalogue.value = everyEnglish;
}

const catalogue = signal<Catalogue>(english as Catalogue);
export const language = signal('en');

// The first wish that we speak: zh-CN and zh-SG read zh-Hans; regions fall away.
export function matchLanguage(wishes: readonly string[]): string {
  for (const wish of wishes) {
    const lower = wish.toLowerCase();
    if (/^zh(-hans|-cn|-sg|$)/.test(lower)) return 'zh-Hans';
    const base = lower.split('-')[0] ?? '';
    if (base !== 'zh' && base in languages) return base;
  }
  return 'en';
}

export async function useLanguage(wish = recall<string>('language', '') || matchLanguage(navigator.languages)): Promise<void> {
  const chosen = wish in languages ? wish : 'en';
  const load = loaders[chosen];
  catalogue.value = load ? ((await load()).default as Catalogue) : everyEnglish;
  language.value = chosen;
  document.documentElement.lang = chosen;
}

export async function chooseLanguage(chosen: string): Promise<void> {
  remember('language', chosen);
  await useLanguage(chosen);
}

export function pick(entry: Entry | undefined, n: number | undefined, locale: string): string | undefined {
  if (entry === undefined || typeof entry === 'string') return entry;
  return entry[new Intl.PluralRules(locale).select(n ?? 0)] ?? entry.other;
}

const sentence = (key: TextKey, n?: number): string =>
  pick(catalogue.value[key], n, language.value) ?? pick(everyEnglish[key], n, 'en') ?? key;

// Numbers and dates as the reader's region writes them, when the region speaks the chosen language.
export const region = computed(() => navigator.languages.find((one) => matchLanguage([one]) === language.value && one.split('-')[0] === language.value.split('-')[0]) ?? language.value);

const shown = (value: string | number): string => (typeof value === 'number' ? new Intl.NumberFormat(region.value).format(value) : value);

export function t(key: TextKey, values: Values = {}): string {
  const n = typeof values.n === 'number' ? values.n : undefined;
  return sentence(key, n).replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? shown(values[name]!) : whole));
}

// As t(), with elements put in the places: tx(key, { name: <b>Giulia</b> }).
export function tx(key: TextKey, values: Record<string, ComponentChildren>): ComponentChildren[] {
  return sentence(key).split(/\{(\w+)\}/).map((part, index) => (index % 2 ? values[part] : part));
}
