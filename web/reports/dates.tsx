import { useState } from 'preact/hooks';
import { Dialog } from '../shared/dialog';
import { now } from '../shared/clock';
import { t } from '../shared/i18n';
import { ask, wish } from './asked';
import { isDay, isZone, periodOf } from './period';

// Any days, and whose midnight they begin and end with.
export function DatesDialog({ onClose }: { onClose: () => void }) {
  const { period, zone } = wish.value;
  const shown = periodOf(period, zone, now());
  const [first, setFirst] = useState(shown.first);
  const [last, setLast] = useState(shown.last);
  const [chosen, setZone] = useState(zone);
  const [said, setSaid] = useState('');
  const wrong = !isDay(first) || !isDay(last) ? t('dates.missing') : first > last ? t('dates.reversed') : !isZone(chosen) ? t('dates.no_zone') : '';
  const apply = (event: Event): void => {
    event.preventDefault();
    if (wrong) { setSaid(wrong); return; }
    onClose();
    ask({ period: first === shown.first && last === shown.last ? period : { first, last }, zone: chosen });
  };
  return (
    <Dialog title={t('dates.title')} onClose={onClose}>
      <form class="form" onSubmit={apply} noValidate>
        <div class="two">
          <label class="field"><span>{t('dates.first')}</span><input type="date" autofocus value={first} max={last} onInput={(event) => setFirst(event.currentTarget.value)} /></label>
          <label class="field"><span>{t('dates.last')}</span><input type="date" value={last} min={first} onInput={(event) => setLast(event.currentTarget.value)} /></label>
        </div>
        <label class="field"><span>{t('dates.zone')}</span>
          <input list="zones" value={chosen} autocomplete="off" spellcheck={false} onInput={(event) => setZone(event.currentTarget.value)} />
          <datalist id="zones">{Intl.supportedValuesOf('timeZone').map((name) => <option key={name} value={name} />)}</datalist>
        </label>
        <p class="wrong" role="alert">{said && wrong}</p>
        <div class="form-foot">
          <button class="button" type="button" onClick={onClose}>{t('do.cancel')}</button>
          <button class="button primary" type="submit">{t('do.show')}</button>
        </div>
      </form>
    </Dialog>
  );
}
