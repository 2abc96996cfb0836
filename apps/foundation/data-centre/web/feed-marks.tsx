import { useTranslation } from 'react-i18next';
import { formatMoment } from '#web/design/format.ts';
import { useLanguage } from './use-names.ts';
import './feed-texts.ts';

const HEALTH: Record<string, { mark: string; tone: string }> = {
  decide: { mark: '◆', tone: 'stopped' },
  stopped: { mark: '×', tone: 'stopped' },
  gap: { mark: '◇', tone: 'stopped' },
  stale: { mark: '▲', tone: 'stopped' },
  down: { mark: '△', tone: 'requested' },
  late: { mark: '◔', tone: 'requested' },
  new: { mark: '○', tone: 'expired' },
  paused: { mark: '‖', tone: 'expired' },
  good: { mark: '●', tone: 'approved' },
};
const BATCH: Record<string, { mark: string; tone: string }> = {
  waiting: { mark: '◔', tone: 'requested' },
  applying: { mark: '◑', tone: 'requested' },
  held: { mark: '◆', tone: 'stopped' },
  quarantined: { mark: '◆', tone: 'stopped' },
  stopped: { mark: '×', tone: 'stopped' },
  applied: { mark: '●', tone: 'approved' },
  refused: { mark: '○', tone: 'expired' },
};

/** Health of a feed (接口状态) or state of a batch: shape, word and colour. */
export function FeedMark({ state, of }: { state: string; of: 'healthOf' | 'batchState' }) {
  const { t } = useTranslation('data-feeds');
  const { mark, tone } = (of === 'healthOf' ? HEALTH : BATCH)[state] ?? { mark: '·', tone: 'expired' };
  return (
    <span className="dc-state" data-state={tone}>
      <i aria-hidden="true">{mark}</i>
      {t(`${of}.${state}`)}
    </span>
  );
}

/** A cycle in the largest unit that fits: 86,400 s is one day. */
export function useCycle(): (seconds: number) => string {
  const { t } = useTranslation('data-feeds');
  return (seconds) => {
    for (const [unit, size] of [
      ['day', 86_400],
      ['hour', 3_600],
      ['minute', 60],
    ] as const)
      if (seconds % size === 0) return t(`every.${unit}`, { n: seconds / size });
    return t('every.second', { n: seconds });
  };
}

/** When the newest data came, or that there are none. */
export function DataAge({ at }: { at: string | undefined }) {
  const { t } = useTranslation('data-feeds');
  const { language } = useLanguage();
  return <>{at ? formatMoment(at, { language }) : t('noData')}</>;
}
