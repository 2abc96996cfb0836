import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';
import { formatMoment } from './format.ts';

/** What a record keeps of the clock of the device that it was made on (设备时间), as `DeviceNote` of the calendar gives it. */
export type DeviceTimeView = { madeAt: string; skewSeconds: number; skewed: boolean };

const zh = {
  madeAt: '现场时间 {{when}}（离线填写，随后送达）',
  fast: '设备时钟快了 {{span}}，以服务器时间为准；现场时间按差值折算为 {{when}}',
  slow: '设备时钟慢了 {{span}}，以服务器时间为准；现场时间按差值折算为 {{when}}',
  minutes: '{{n}} 分钟',
  hours: '{{n}} 小时',
  days: '{{n}} 天',
};
const en: typeof zh = {
  madeAt: 'made on site {{when}}, without a network, and sent later',
  fast: 'the clock of the device was {{span}} fast: the time of the server counts, and the moment on site comes to {{when}}',
  slow: 'the clock of the device was {{span}} slow: the time of the server counts, and the moment on site comes to {{when}}',
  minutes: '{{n}} min',
  hours: '{{n}} h',
  days: '{{n}} days',
};
addTexts('deviceTime', { zh, en });

/** A difference in the largest unit that still says something: 119 minutes, 47 hours, then days. */
export function spanOf(skewSeconds: number): { unit: 'minutes' | 'hours' | 'days'; n: number } {
  const minutes = Math.round(Math.abs(skewSeconds) / 60);
  if (minutes < 120) return { unit: 'minutes', n: minutes };
  const hours = Math.round(minutes / 60);
  return hours < 48 ? { unit: 'hours', n: hours } : { unit: 'days', n: Math.round(hours / 24) };
}

/** When something was made on site, and by how much the clock there was wrong: in words, where it is more than may be. */
export function DeviceTime({ device }: { device: DeviceTimeView }) {
  const { t, i18n } = useTranslation('deviceTime');
  const when = formatMoment(device.madeAt, { language: i18n.language === 'en' ? 'en' : 'zh' });
  if (!device.skewed) return <small className="soft">{t('madeAt', { when })}</small>;
  const { unit, n } = spanOf(device.skewSeconds);
  return (
    <small className="notice">{t(device.skewSeconds > 0 ? 'fast' : 'slow', { span: t(unit, { n }), when })}</small>
  );
}
