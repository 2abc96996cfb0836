const MOST = 24;

/** A month as people write it: 2026年10月, October 2026. */
export function monthName(period: string, language: 'zh' | 'en'): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  if (language === 'zh') return `${year}年${month}月`;
  return new Date(Date.UTC(year, month - 1, 1)).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** The months that are over (已结束的月份), the latest first, as `2026-10`; the server says so by its own clock again. */
export function monthsBefore(today: Date): string[] {
  const at = new Date(Date.UTC(today.getFullYear(), today.getMonth(), 1));
  return Array.from({ length: MOST }, () => {
    at.setUTCMonth(at.getUTCMonth() - 1);
    return at.toISOString().slice(0, 7);
  });
}
