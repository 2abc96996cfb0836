import { domainError } from '#platform/kernel/errors.ts';

export const AlertClosed = domainError({
  code: 'ALERT_CLOSED',
  status: 409,
  title: { zh: '这条预警已经关闭', en: 'This alert is closed' },
  action: {
    zh: '请刷新列表；如情况再次出现，系统会发出新的预警。',
    en: 'Reload the list; if it happens again, a new alert is raised.',
  },
});
