import { useEffect, useRef, useState } from 'preact/hooks';
import { send } from '../shared/api';
import { t } from '../shared/i18n';

const pauseMs = 200;

interface Rendered { html: string; css: string }

// The customers' page in a frame of its own, with their style sheet: what stands here is what they will see. The frame runs no
// scripts, so that the server's HTML can be put in as it is.
export function Preview({ title, body, locale }: { title: string; body: string; locale: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [rendered, setRendered] = useState<Rendered | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      const mine = ++asked.current;
      void send<Rendered>('POST', '/article-previews', { body }).then((fresh) => { if (mine === asked.current) setRendered(fresh); }, () => {});
    }, rendered ? pauseMs : 0);
    return () => clearTimeout(timer);
  }, [body]);

  const draw = (): void => {
    const page = frame.current?.contentDocument;
    if (!page?.body || !rendered) return;
    page.documentElement.dataset.theme = document.documentElement.dataset.theme ?? '';
    if (!page.querySelector('link')) {
      const link = page.createElement('link');
      link.rel = 'stylesheet';
      link.href = rendered.css;
      page.head.append(link);
      page.body.style.paddingBlock = '16px';
      page.body.innerHTML = '<main class="page preview"><div class="article"><article><h1></h1><div class="prose"></div></article></div></main>';
    }
    const article = page.querySelector('article')!;
    article.lang = locale;
    page.querySelector('h1')!.textContent = title;
    page.querySelector('.prose')!.innerHTML = rendered.html;
  };
  useEffect(draw, [rendered, title, locale]);
  return <iframe ref={frame} class="article-preview" title={t('articles.preview')} sandbox="allow-same-origin allow-popups" srcdoc="<!doctype html><html><head><title>.</title><base target=_blank></head><body></body></html>" onLoad={draw} />;
}
