import english from '../locales/en.json?lessons';
import { send } from '../shared/api';
import { addEnglish, language, t } from '../shared/i18n';
import { tell } from '../shared/toasts';
import type { SuggestionThreshold } from '../shared/types';
import { attempt, Loading, PageHead, useRead } from './parts';

addEnglish(english);

const usual = [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];

const percent = (value: number): string => value.toLocaleString(language.value, { style: 'percent', maximumFractionDigits: 1 });

function Steps({ found }: { found: SuggestionThreshold }) {
  const { questions, steps, in_force } = found;
  const now = steps.filter(({ threshold }) => threshold <= in_force).at(-1);
  return (
    <section class="card">
      <p>{t('lessons.from', { n: questions })}</p>
      {now && <p>{t('lessons.would', { value: percent(now.threshold), all: questions, shown: now.shown, right: now.right, hidden: questions - now.shown, missed: steps[0]!.right - now.right })}</p>}
      <div class="scroll">
        <table class="choices-table">
          <thead><tr>{(['lessons.from_column', 'lessons.shown', 'lessons.right', 'lessons.share'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.threshold} aria-current={step === now ? 'true' : undefined}>
                <th scope="row">{percent(step.threshold)}</th><td>{step.shown}</td><td>{step.right}</td><td>{step.shown ? percent(step.right / step.shown) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

// From which confidence on answers are shown, and what other values would have shown of past questions.
export default function Suggestions() {
  const { data, failed, again, set } = useRead<SuggestionThreshold>('/suggestion-threshold');
  const choose = async (own: number | null): Promise<void> => {
    if (await attempt(async () => { const changed = await send<SuggestionThreshold>('PUT', '/suggestion-threshold', { own }); set(() => changed); })) tell(t('do.saved'));
  };
  if (!data) return <><PageHead title={t('settings.suggestions')} about={t('lessons.about')} /><Loading failed={failed} again={again} /></>;
  const values = data.own === null || usual.includes(data.own) ? usual : [...usual, data.own].sort((a, b) => a - b);
  return (
    <>
      <PageHead title={t('settings.suggestions')} about={t('lessons.about')} />
      <section class="card stack">
        <div class="segmented" role="radiogroup" aria-label={t('lessons.threshold')}>
          <label><input type="radio" name="whose" checked={data.own === null} onChange={() => void choose(null)} /><span>{t('lessons.automatic')}</span></label>
          <label><input type="radio" name="whose" checked={data.own !== null} onChange={() => void choose(data.in_force)} /><span>{t('lessons.own')}</span></label>
        </div>
        {data.own === null
          ? <p>{data.questions ? t('lessons.in_force', { value: percent(data.in_force) }) : t('lessons.default', { value: percent(data.in_force) })}</p>
          : <label class="field"><span>{t('lessons.value')}</span><select value={String(data.own)} onChange={(event) => void choose(Number(event.currentTarget.value))}>{values.map((value) => <option key={value} value={String(value)}>{percent(value)}</option>)}</select></label>}
      </section>
      {data.questions > 0 && <Steps found={data} />}
    </>
  );
}
