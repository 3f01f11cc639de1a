import { useEffect, useState } from 'preact/hooks';
import { send } from '../shared/api';
import { t } from '../shared/i18n';
import { day, duration, number, percent } from '../shared/time';
import type { Figures, HoursPreview } from '../shared/types';

const pauseMs = 500;

const shareOf = ({ share }: Figures): string => (share === null ? '–' : percent(share));
const medianOf = ({ p50 }: Figures): string => (p50 === null ? '–' : duration(p50 / 1e6));
const countOf = (figures: Figures): number => figures.answered + figures.running + figures.closed_unanswered + figures.self_solved;

function Change({ title, before, after, tone }: { title: string; before: string; after: string; tone: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{before === after ? after : <><span class="before">{before}</span> <span aria-hidden="true">→</span><span class="visually-hidden">{t('hours.becomes')}</span> <span class={tone}>{after}</span></>}</dd>
    </div>
  );
}

function Told({ preview }: { preview: HoursPreview }) {
  const { before, after } = preview;
  const waits = countOf(before);
  if (!waits) return <p class="hint">{t('hours.preview_none')}</p>;
  const better = (after.share ?? 0) >= (before.share ?? 0) ? 'ok' : 'soon';
  return (
    <>
      <dl class="numbers changes">
        <Change title={t('hours.preview_share')} before={shareOf(before)} after={shareOf(after)} tone={better} />
        <Change title={t('hours.preview_median')} before={medianOf(before)} after={medianOf(after)} tone="" />
        <Change title={t('hours.preview_overdue')} before={number(before.overdue)} after={number(after.overdue)} tone={after.overdue > before.overdue ? 'soon' : 'ok'} />
      </dl>
      <p class="hint">{t(preview.whole ? 'hours.preview_waits' : 'hours.preview_latest', { n: waits, day: day(preview.from) })}</p>
    </>
  );
}

// What the last 30 days would have counted under a wish; asked for anew when it has stood still for a moment. Null: nothing to ask.
export function Preview({ wish }: { wish: object | null }) {
  const [preview, setPreview] = useState<HoursPreview | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = wish && JSON.stringify(wish);
  useEffect(() => {
    if (!asked) return setPreview(null);
    let stale = false;
    const timer = setTimeout(() => {
      send<HoursPreview>('POST', '/schedules/preview', JSON.parse(asked)).then(
        (told) => { if (!stale) { setPreview(told); setFailed(false); } },
        () => { if (!stale) setFailed(true); });
    }, pauseMs);
    return () => { stale = true; clearTimeout(timer); };
  }, [asked]);
  return (
    <section class="card preview" aria-labelledby="preview" role="status">
      <h3 id="preview">{t('hours.preview')}</h3>
      {!asked ? <p class="hint">{t('hours.preview_unused')}</p> : failed ? <p class="hint">{t('hours.preview_failed')}</p> : preview ? <Told preview={preview} /> : <p class="hint">{t('hours.preview_asking')}</p>}
    </section>
  );
}
