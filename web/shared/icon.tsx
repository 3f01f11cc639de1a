// Our own line icons on a 20 px grid, 1.5 px strokes in the text's colour. Always beside a text or in a labelled button.
const shapes = {
  all: 'M3 5h14M3 10h14M3 15h9',
  inbox: 'M3 11.5 5.2 4.6A1.5 1.5 0 0 1 6.6 3.5h6.8a1.5 1.5 0 0 1 1.4 1.1L17 11.5V15a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 15v-3.5h4l1 2h4l1-2h4',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6M4 16.5a6 6 0 0 1 12 0',
  people: 'M7.5 9.5a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4M2.5 16a5 5 0 0 1 10 0M13 4.3a2.7 2.7 0 0 1 0 5M14.5 11.5a5 5 0 0 1 3 4.5',
  clock: 'M10 6v4.2l2.8 1.8M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14',
  check: 'm4 10.5 4 4 8-9',
  book: 'M10 5.5C8.5 4.3 6.5 4 3 4v11c3.5 0 5.5.3 7 1.5 1.5-1.2 3.5-1.5 7-1.5V4c-3.5 0-5.5.3-7 1.5v11',
  chart: 'M3 17h14M5.5 17v-6M10 17V4M14.5 17V9',
  gear: 'M3 6h7M14 6h3M3 14h3M10 14h7M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4M8 16a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4',
  clip: 'm15.5 9.5-5.8 5.8a3.5 3.5 0 0 1-5-5l6.3-6.3a2.3 2.3 0 0 1 3.3 3.3l-6.2 6.2a1.1 1.1 0 0 1-1.6-1.6l5.6-5.6',
  bolt: 'M11.5 2.5 4.5 11.5h5l-1 6 7-9h-5z',
  note: 'M4 3.5h12V12l-4.5 4.5H4zM11.5 16.5V12H16',
  bold: 'M6 4h4.5a3 3 0 0 1 0 6H6zM6 10h5.5a3.2 3.2 0 0 1 0 6.4H6z',
  list: 'M8 5h9M8 10h9M8 15h9M4 5h.01M4 10h.01M4 15h.01',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l1-1',
  quote: 'M4 4v12M8 6h9M8 10h9M8 14h6',
  code: 'm7 6-4 4 4 4M13 6l4 4-4 4',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5M10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  back: 'M16 10H4M9 5l-5 5 5 5',
  bulb: 'M7.5 14.5h5M8.5 17h3M10 3a5 5 0 0 0-3 9c.6.5 1 1.3 1 2.5h4c0-1.2.4-2 1-2.5a5 5 0 0 0-3-9',
  bell: 'M5.5 14V9a4.5 4.5 0 0 1 9 0v5l1.5 1.5H4zM8.5 17.5h3',
  plus: 'M10 4v12M4 10h12',
  close: 'm5 5 10 10M15 5 5 15',
  undo: 'M4 8h8a4 4 0 0 1 0 8H8M7.5 4.5 4 8l3.5 3.5',
  alert: 'M10 6.5v4M10 13.5h.01M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14',
  file: 'M5 3h6.5L15 6.5V17H5zM11 3v4h4',
  mail: 'M3 5h14v10.5H3zM3 6l7 5.5L17 6',
  heart: 'M10 16.5 4.2 10.6a3.7 3.7 0 0 1 5.2-5.2l.6.6.6-.6a3.7 3.7 0 0 1 5.2 5.2z',
  heading: 'M5 4v12M15 4v12M5 10h10',
  italic: 'M9 4h6M5 16h6M12 4 8 16',
  numbers: 'M8 5h9M8 10h9M8 15h9M3.5 3.5h1v3M3.5 8.7H5l-1.5 2.6H5M3.5 13.5H5l-1 1.3 1 1.7H3.5',
  table: 'M3 4h14v12H3zM3 8h14M8.5 4v12',
  picture: 'M3 4h14v12H3zM3 13.5l4-4 3.5 3.5 2-2 4.5 4M13 8.2h.01',
  phone: 'M5 3.5h2.5l1.5 4L7.2 9a9 9 0 0 0 3.9 3.9l1.4-1.9 4 1.5V15a1.5 1.5 0 0 1-1.6 1.5A12 12 0 0 1 3.5 5.1 1.5 1.5 0 0 1 5 3.5',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}

// A circle with its first quarter in the accent: a quarter of the clock is fifteen minutes.
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" fill="none" stroke-width="6" aria-hidden="true">
      <circle cx="16" cy="16" r="12" />
      <path d="M16 4a12 12 0 0 1 12 12" />
    </svg>
  );
}
