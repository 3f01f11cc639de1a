import { signal } from '@preact/signals';

// The three layouts: wide has the customer pane, middle has it as a sheet, narrow shows one screen at a time.
export type Layout = 'wide' | 'middle' | 'narrow';
const narrow = matchMedia('(max-width: 719px)');
const wide = matchMedia('(min-width: 1180px)');
const read = (): Layout => (narrow.matches ? 'narrow' : wide.matches ? 'wide' : 'middle');
export const layout = signal<Layout>(read());
narrow.addEventListener('change', () => { layout.value = read(); });
wide.addEventListener('change', () => { layout.value = read(); });
