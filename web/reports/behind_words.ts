import { t } from '../shared/i18n';
import type { ResponseTimes } from '../shared/types';
import { bucketIn, filterName, longDay } from './words';
import { isPageFilter, type EndingName, type FilterName, type Filters } from './wish';

export const endingName = (ending: EndingName): string => t(`behind.is_${ending}`);

function nameOf(filter: FilterName, value: string, data: ResponseTimes): string {
  if (isPageFilter(filter)) return filterName(filter, value, data);
  switch (filter) {
    case 'day': return longDay(value);
    case 'bucket': return bucketIn(data.distribution, Number(value), true);
    case 'reply_bucket': return bucketIn(data.kudos, Number(value), true);
    case 'ending': return endingName(value as EndingName);
  }
}

// "Ana Ferri · 5–10 min": which figure the tickets are behind.
export const behindName = (behind: Filters, data: ResponseTimes): string =>
  (Object.entries(behind) as [FilterName, string][]).map(([filter, value]) => nameOf(filter, value, data)).join(' · ') || t('behind.all');
