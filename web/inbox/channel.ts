import { t, type TextKey } from '../shared/i18n';

const texts: Record<string, TextKey> = { email: 'channel.by_email', form: 'channel.by_form', widget: 'channel.by_widget', api: 'channel.by_api', phone: 'channel.by_phone' };

export const channelText = (channel: string): string => (texts[channel] ? t(texts[channel]) : channel);
