import { tick } from './clock';
import { t } from './i18n';
import { retryNow, streamState } from './live';

// One line on top while the stream is lost; a first try that is still under way says nothing.
export function StreamLine() {
  const { open, retryAt, failures } = streamState.value;
  if (open || failures === 0) return null;
  void tick.value;
  const seconds = retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
  return (
    <div class="stream-line" role="status">
      <span>{seconds > 0 ? t('stream.lost', { n: seconds }) : t('stream.trying')}</span>
      <button class="link" type="button" onClick={retryNow}>{t('stream.now')}</button>
    </div>
  );
}
