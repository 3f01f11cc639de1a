import { t } from '../shared/i18n';
import { number, percent } from '../shared/time';
import type { ResponseTimes } from '../shared/types';
import { ChartCard, Plot } from './chart_card';
import { testClaim, type Side } from './claim';
import { fewestForRank } from './figures';
import { Hits } from './hits';
import { bucketIn } from './words';

const row = 34;
const left = 74;
const right = 128;
const promise = 900; // seconds

const sideText = ({ share, low, high }: Side): string => t('reports.interval', { share: percent(share, 1), low: percent(low, 1), high: percent(high, 1) });

// What the data say of the claim that fast answers earn compliments, and what they do not say.
function Verdict({ data }: { data: ResponseTimes }) {
  const claim = testClaim(data.kudos);
  if (!claim) return <p class="verdict">{t('reports.claim_none')}</p>;
  return <p class="verdict">{t('reports.claim_figures', { fast: sideText(claim.fast), late: sideText(claim.late) })} <b>{t(`reports.claim_${claim.verdict}`)}</b></p>;
}

// Compliments per answer by how long it took, with Wilson's interval around each.
export function Compliments({ data }: { data: ResponseTimes }) {
  const rows = data.kudos.map((bucket, index) => ({ ...bucket, label: bucketIn(data.kudos, index, true), isFast: bucket.upto_seconds !== null && bucket.upto_seconds <= promise }));
  const height = rows.length * row + 4;
  // A handful of answers has an interval as wide as the chart: it runs out of it, and the others stay legible.
  const many = rows.some(({ answers }) => answers >= fewestForRank) ? fewestForRank : 1;
  const most = Math.max(0.05, ...rows.map(({ high, answers }) => (answers >= many ? high ?? 0 : 0))) * 1.1;
  const title = t('reports.thanks');
  const best = rows.filter(({ share }) => share !== null).sort((a, b) => b.share! - a.share!)[0];
  const shown = (share: number | null): string => (share === null ? '–' : percent(share, 1));
  const draw = (width: number) => {
    const x = (share: number): number => left + (Math.min(share, most) / most) * Math.max(40, width - left - right);
    const end = (share: number, middle: number): string => (share > most ? '' : `M${x(share)} ${middle - 5}v10`);
    return (
      <>
        <svg class="plot" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={best ? t('reports.thanks_label', { span: best.label, share: shown(best.share) }) : t('reports.no_data')}>
          <line class="axis" x1={left - 0.5} x2={left - 0.5} y1="0" y2={height} />
          {rows.map((one, index) => {
            const middle = index * row + row / 2;
            return (
              <g key={index}>
                <text class="tick" x="0" y={middle + 4}>{one.label}</text>
                {one.share !== null && <>
                  <rect class={one.isFast ? 'fill-ok' : 'fill-calm'} x={left} y={middle - 8} width={Math.max(1, x(one.share) - left)} height="16" rx="3" />
                  <path class="whisker" d={`M${x(one.low!)} ${middle}H${x(one.high!)}${end(one.low!, middle)}${end(one.high!, middle)}`} />
                </>}
                <text class="value" x={x(one.high ?? 0) + 8} y={middle + 4}>{shown(one.share)}<tspan class="of" dx="6">{t('reports.of_n', { kudos: one.kudos, n: one.answers })}</tspan></text>
              </g>
            );
          })}
        </svg>
        <Hits title={title} width={width} hits={rows.flatMap((one, index) => (one.answers ? [{
          left: 0, top: index * row, width, height: row, behind: { reply_bucket: String(index) },
          label: t('reports.thanks_tip', { span: one.label, share: shown(one.share), kudos: one.kudos, n: one.answers, low: shown(one.low), high: shown(one.high) }),
        }] : []))} />
      </>
    );
  };
  return (
    <ChartCard title={title} about={t('reports.thanks_about')} name="compliments" table={{
      head: [t('reports.answered_within'), t('reports.answers'), t('reports.ratings'), t('reports.compliments'), t('reports.thanks_share'), t('reports.low'), t('reports.high')],
      rows: rows.map((one) => [one.label, number(one.answers), number(one.ratings), number(one.kudos), shown(one.share), shown(one.low), shown(one.high)]),
      raw: rows.map((one) => [one.label, one.answers, one.ratings, one.kudos, one.share, one.low, one.high]),
    }}>
      <Plot height={height} draw={draw} />
      <Verdict data={data} />
    </ChartCard>
  );
}
