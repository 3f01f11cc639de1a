import { signal } from '@preact/signals';
import { recall, remember } from './storage';

export type Theme = 'system' | 'light' | 'dark';
export const theme = signal<Theme>('system');
const systemDark = matchMedia('(prefers-color-scheme: dark)');
export const isDark = signal(systemDark.matches);

export function applyTheme(chosen: Theme = recall<Theme>('theme', 'system')): void {
  theme.value = chosen;
  const root = document.documentElement;
  if (chosen === 'system') root.removeAttribute('data-theme');
  else root.dataset.theme = chosen;
  isDark.value = chosen === 'system' ? systemDark.matches : chosen === 'dark';
}

export function chooseTheme(chosen: Theme): void {
  remember('theme', chosen);
  applyTheme(chosen);
}

systemDark.addEventListener('change', () => applyTheme(theme.peek()));
