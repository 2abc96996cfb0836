import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = { label: '时间', now: '现在', ago: '{{n}} 小时前', hint: '左右键移动一小时' };
const en: typeof zh = { label: 'Time', now: 'Now', ago: '{{n}} h ago', hint: 'Arrows move by one hour' };
addTexts('day-slider', { zh, en });

/** Time of a map (时空滑块): how many hours back from now, by mouse or by arrow keys; with it a map shows what stood then. */
export function DaySlider({ hours, back, onBack }: { hours: number; back: number; onBack: (hours: number) => void }) {
  const { t } = useTranslation('day-slider');
  const id = useId();
  const words = back === 0 ? t('now') : t('ago', { n: back });
  return (
    <div className="day-slider">
      <label htmlFor={id}>{t('label')}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={hours}
        step={1}
        value={hours - back}
        title={t('hint')}
        aria-valuetext={words}
        onChange={(event) => onBack(hours - Number(event.target.value))}
      />
      <output htmlFor={id}>{words}</output>
    </div>
  );
}
