import { signal } from '@preact/signals';
import { get } from './api';
import type { NotificationList } from './types';

// What this person was told and has not read; the server counts up to a hundred.
export const unreadNotices = signal<number | null>(null);

export async function loadUnread(): Promise<void> {
  unreadNotices.value = (await get<NotificationList>('/notifications?limit=1')).unread;
}

export const mayNotify = (): NotificationPermission | 'unsupported' => (typeof Notification === 'undefined' ? 'unsupported' : Notification.permission);
