import { useEffect, useState } from 'preact/hooks';
import { Field, FormError } from '../dialogs/form';
import { Problem, send } from '../shared/api';
import { t } from '../shared/i18n';
import { tell } from '../shared/toasts';
import { costOf, daysLeft, type DeflectionPage } from './deflection_figures';
import { daysIn, type Period } from './period';

// The control group's share: what it costs, and how long until it says something.
export function ControlGroup({ data, shown, again }: { data: DeflectionPage; shown: Period; again: () => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key, setKey] = useState(0);
  useEffect(() => setKey((before) => before + 1), [data.control_percent, data.kept_days]);
  const days = daysLeft(data, daysIn(shown).length);
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    try {
      await send('PATCH', '/deflection', { control_percent: Number(form.get('control_percent')), kept_days: Number(form.get('kept_days')) });
      setProblem(null);
      tell(t('deflection.saved'));
      again();
    } catch (error) {
      setProblem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <section class="card control-group" aria-labelledby="control-group">
      <h2 id="control-group">{t('deflection.control')}</h2>
      <p class="hint">{t('deflection.control_about')}</p>
      <p>{t('deflection.cost', { n: data.withheld.visitors, cost: costOf(data) })}</p>
      {days !== null && <p>{t('deflection.days_left', { n: days })}</p>}
      <form class="form" key={key} onSubmit={(event) => void save(event)}>
        <Field label={t('deflection.control_percent')} name="control_percent" type="number" required value={String(data.control_percent)} hint={t('deflection.control_hint')} problem={problem} />
        <Field label={t('deflection.kept_days')} name="kept_days" type="number" required value={String(data.kept_days)} hint={t('deflection.kept_hint')} problem={problem} />
        <FormError problem={problem && !problem.fields.length ? problem : null} />
        <div class="form-foot"><button class="button primary" type="submit">{t('do.save')}</button></div>
      </form>
    </section>
  );
}
