import looks from './launcher.css?inline';
import { onColour, parse, readableOn } from './colour';
import { h } from './dom';

declare const __ROOT__: ShadowRootMode; // 'closed'; 'open' in a build for axe, which can't look into a closed one

export interface Theme { accent?: string; side?: 'left' | 'right'; mode?: 'light' | 'dark' | 'auto' }

const surfaces = { light: '#ffffff', dark: '#1b1b18' };
const night = matchMedia('(prefers-color-scheme: dark)');

// What stands between the page and the widget. Its CSS: a closed shadow root whose first element begins anew, too, because a page's
// `*{font-family:…!important}` reaches the host and is inherited. Its scripts: keys typed inside are taken before anything else hears them.
export class Fence {
  readonly frame = h('aside', { class: 'frame' });
  onkey: (event: KeyboardEvent) => void = () => {};
  private readonly host = document.createElement('div');
  private readonly root = this.host.attachShadow({ mode: __ROOT__ });
  private readonly accent = new CSSStyleSheet();
  theme: Theme = {};

  constructor() {
    this.root.append(this.frame);
    this.root.adoptedStyleSheets = [this.accent];
    this.dress(looks);
    for (const kind of ['keydown', 'keypress', 'keyup'] as const) addEventListener(kind, (event) => this.take(event), true);
    for (const kind of ['input', 'paste', 'copy', 'cut', 'dragover', 'drop']) this.frame.addEventListener(kind, (event) => event.stopPropagation());
    night.addEventListener('change', () => this.wear(this.theme));
    this.wear({});
  }

  stand(): void {
    document.body.append(this.host);
  }

  dress(css: string): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets.filter((one) => one !== this.accent), sheet, this.accent];
  }

  wear(theme: Theme): void {
    this.theme = theme;
    const { accent = '', side, mode = 'auto' } = theme;
    const isDark = mode === 'dark' || (mode === 'auto' && night.matches);
    const isRtl = getComputedStyle(document.documentElement).direction === 'rtl';
    this.frame.dir = isRtl ? 'rtl' : 'ltr';
    this.frame.classList.toggle('dark', isDark);
    this.frame.classList.toggle('start', side ? (side === 'left') !== isRtl : false);
    const colour = parse(accent);
    if (accent && !colour) console.warn(`Fifteen: the accent ${accent} is not a colour like #0a7 or #00aa77.`);
    const link = colour && readableOn(colour, parse(surfaces[isDark ? 'dark' : 'light'])!);
    this.accent.replaceSync(colour ? `.frame.frame { --accent: ${accent}; --on: ${onColour(colour)}; --link: ${link}; }` : '');
  }

  holds(element: Element): boolean {
    return element === this.host;
  }
  get focused(): Element | null {
    return this.root.activeElement;
  }

  // Seen from the page, everything inside is the host. A listener that the site gave the window before us, for the capture phase, is the
  // one that still hears a key.
  private take(event: KeyboardEvent): void {
    if (event.target !== this.host) return;
    event.stopImmediatePropagation();
    if (event.type === 'keydown' && !event.isComposing && event.keyCode !== 229) this.onkey(event);
  }
}
