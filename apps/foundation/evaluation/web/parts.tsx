import type { Reply } from '#web/client/reply.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { useUnitName } from '#web/design/units.tsx';
import { useEvaluationTexts } from './texts.ts';
import './evaluation.css';

export type Signal = Reply<'/api/evaluation/signals'>['signals'][number];
/** The end is 24:00, which people know as the day before. */
const LAST_INSTANT_MS = 1;

/** A level (等级) by shape and word, never by colour alone. */
export function LevelMark({ level }: { level: string }) {
  const { t } = useEvaluationTexts();
  return (
    <span className="supervision-level" data-level={level} title={t(`levelText.${level as 'red'}`)}>
      {t(`level.${level as 'red'}`)}
    </span>
  );
}

/** What is left of a step's time, in words. */
export function TimeLeft(props: {
  dueAt: string | null;
  workingDaysLeft: number | null;
  now: string;
  state: string;
  provisional: boolean;
}) {
  const { t, language } = useEvaluationTexts();
  if (props.dueAt === null) return <>{t('noLimit')}</>;
  const n = props.workingDaysLeft ?? 0;
  const over = props.now >= props.dueAt;
  const day = formatMoment(Date.parse(props.dueAt) - LAST_INSTANT_MS, { language, time: false });
  const words = () => {
    if (props.state === 'stopped') return t('state.stopped');
    if (over) return n < 0 ? t('over', { n: -n }) : t('justOver');
    if (n <= 0) return t('today');
    return n === 1 ? t('left_one') : t('left', { n });
  };
  return (
    <>
      {words()}
      <small>{t('until', { day })}</small>
      {props.provisional && <small>{t('provisional')}</small>}
    </>
  );
}

/** The numbers behind a signal of a rule beyond time, with their names. */
function Numbers({ facts }: { facts: Signal['facts'] }) {
  const { word } = useEvaluationTexts();
  const shown = Object.entries(facts).filter(([, value]) => typeof value === 'number' || typeof value === 'string');
  if (shown.length === 0) return null;
  return (
    <p className="soft">
      {shown.map(([name, value]) => (
        <span key={name}>
          {word('numbers', name)} {typeof value === 'number' ? formatNumber(value) : String(value)}
        </span>
      ))}
    </p>
  );
}

/** Which step of which case a signal is about, on which rule and numbers, since when, and whether it was taken back. */
export function SignalHead({ signal }: { signal: Signal }) {
  const { t, word, language } = useEvaluationTexts();
  const unitName = useUnitName();
  return (
    <>
      <p>
        <LevelMark level={signal.level} />
        <b>{signal.caseNo}</b>
        <span>{word('steps', signal.step, signal.app)}</span>
        <span className="soft">{unitName(signal.unit)}</span>
        <span>{word('ruleNames', signal.rule)}</span>
        {!signal.verified && (
          <span className="badge" title={t('unverifiedText')}>
            {t('unverified')}
          </span>
        )}
      </p>
      <p className="soft">
        <span>{t('holds', { when: formatMoment(signal.holdsFrom, { language }) })}</span>
        {signal.provisional && <span>{t('provisional')}</span>}
        {signal.state === 'withdrawn' && (
          <span>
            {t('withdrawn')}：{t(`why.${signal.withdrawnWhy as 'source'}`)}
          </span>
        )}
      </p>
      <Numbers facts={signal.facts} />
    </>
  );
}
