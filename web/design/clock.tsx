import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';
import { formatMoment } from './format.ts';

/** A clock (时限) as the server gives it (`ClockSchema` of the calendar). */
export type ClockView = {
  startedAt: string;
  dueAt: string;
  unit: 'working-day' | 'day' | 'month' | 'year' | 'hour' | 'minute' | 'working-hour';
  state: 'running' | 'amber' | 'overdue' | 'stopped' | 'ended' | 'late';
  workingDaysLeft: number;
  provisional: boolean;
  stops: { reason: { zh: string; en: string }; document: string; expectedEnd: string; endedAt: string | null }[];
};

const zh = {
  leftSpan: '还剩 {{span}}',
  overMinutes: '已超时 {{span}}',
  left_one: '还剩 1 个工作日',
  left: '还剩 {{n}} 个工作日',
  lastDay: '今天到期',
  until: '截止 {{when}}',
  overdue: '已逾期 {{n}} 个工作日',
  overdueToday: '刚刚到期，尚未办结',
  stopped: '停表：{{why}}，预计 {{day}} 恢复',
  ended: '按时办结',
  late: '逾期办结',
  lastOf: '{{day}} 二十四时到期',
  provisional: '暂定：该年度假期安排尚未公布，公布后会重新计算',
};
const en: typeof zh = {
  leftSpan: '{{span}} left',
  overMinutes: 'over by {{span}}',
  left_one: '1 working day left',
  left: '{{n}} working days left',
  lastDay: 'due today',
  until: 'until {{when}}',
  overdue: 'overdue by {{n}} working days',
  overdueToday: 'over since midnight, not done',
  stopped: 'stands still: {{why}}, expected to go on {{day}}',
  ended: 'done in time',
  late: 'done too late',
  lastOf: 'due at the end of {{day}}',
  provisional: 'provisional: the holidays of that year are not announced yet; it will be counted anew',
};
addTexts('clock', { zh, en });

const TONE = {
  running: '',
  amber: ' clock-soon',
  overdue: ' clock-now',
  stopped: ' clock-stale',
  ended: ' clock-done',
  late: ' clock-stale',
};
/** The end is 24:00, which people know as the day before. */
const LAST_INSTANT_MS = 1;

/** A span in the two units that people need of it. */
function spanOf(ms: number, language: 'zh' | 'en'): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (language === 'zh') {
    if (days > 0) return `${days} 天 ${hours} 小时`;
    return hours > 0 ? `${hours} 小时 ${rest} 分钟` : `${rest} 分钟`;
  }
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${rest} min` : `${rest} min`;
}

/** Clock (时限): what is left in words and as a thin bar; one that stands still says why. */
export function Clock({ clock, now = Date.now() }: { clock: ClockView; now?: number }) {
  const { t, i18n } = useTranslation('clock');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const from = Date.parse(clock.startedAt);
  const to = Date.parse(clock.dueAt);
  const used = Math.min(1, Math.max(0, (now - from) / Math.max(1, to - from)));
  const day = formatMoment(to - LAST_INSTANT_MS, { language, time: false });
  // What is counted in hours or minutes ends at a moment, not with a day.
  const short = clock.unit === 'hour' || clock.unit === 'minute' || clock.unit === 'working-hour';
  const when = short ? formatMoment(clock.dueAt, { language }) : day;
  const open = clock.stops.find(({ endedAt }) => endedAt === null);
  const over = clock.state === 'ended' || clock.state === 'late';
  return (
    <div className={`clock${TONE[clock.state]}`}>
      <span>
        {words()}
        {!over && clock.state !== 'stopped' && (
          <small className="soft"> {short ? t('until', { when }) : t('lastOf', { day })}</small>
        )}
      </span>
      {!over && (
        <i aria-hidden="true">
          <b style={{ width: `${Math.round(used * 100)}%` }} />
        </i>
      )}
      {clock.provisional && !over && <small className="soft">{t('provisional')}</small>}
    </div>
  );

  function words(): string {
    const n = clock.workingDaysLeft;
    switch (clock.state) {
      case 'stopped':
        return t('stopped', {
          why: open?.reason[language] ?? '',
          day: formatMoment(open?.expectedEnd, { language, time: false }),
        });
      case 'overdue':
        if (short) return t('overMinutes', { span: spanOf(now - to, language) });
        return n < 0 ? t('overdue', { n: -n }) : t('overdueToday');
      case 'ended':
        return t('ended');
      case 'late':
        return t('late');
      default:
        if (short) return t('leftSpan', { span: spanOf(to - now, language) });
        if (n <= 0) return t('lastDay');
        return n === 1 ? t('left_one') : t('left', { n });
    }
  }
}
