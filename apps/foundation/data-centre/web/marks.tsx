import { useTranslation } from 'react-i18next';
import './request-texts.ts';

const LEVELS = ['L1', 'L2', 'L3', 'L4'];

/** Data level (数据分级): one to four strokes and the word, so that it reads without colour. */
export function LevelMark({ level, short }: { level: string; short?: boolean }) {
  const { t } = useTranslation('data-centre');
  const rank = LEVELS.indexOf(level) + 1;
  return (
    <span className="dc-level" data-level={level} title={t(`levelText.${level}`)}>
      <i aria-hidden="true">
        {LEVELS.map((name, index) => (
          <b key={name} data-on={index < rank} />
        ))}
      </i>
      {short ? <span className="hidden">{t(`level.${level}`)}</span> : t(`level.${level}`)}
    </span>
  );
}

/** Kind of data (数据性质): real, reference of another place or edition, or generated. */
export function KindBadge({ badge }: { badge: string | null | undefined }) {
  const { t } = useTranslation('data-centre');
  if (!badge) return null;
  return (
    <span className={`badge dc-kind-${badge}`} title={t(`kindText.${badge}`)}>
      {t(`kind.${badge}`)}
    </span>
  );
}

const MARKS: Record<string, string> = {
  requested: '◔',
  approved: '●',
  refused: '×',
  revoked: '○',
  expired: '◌',
  received: '◔',
  reading: '◑',
  publishing: '◕',
  loaded: '●',
  duplicate: '=',
  stopped: '×',
  failed: '×',
  open: '◔',
  corrected: '●',
  dropped: '○',
};

const REQUEST_MARKS: Record<string, string> = {
  open: '◔',
  supplement: '◑',
  delivering: '◕',
  delivered: '●',
  refused: '×',
  revoked: '○',
  lapsed: '◌',
  'taken-back': '○',
};

/** State of a request: shape and word. */
export function RequestState({ state }: { state: string }) {
  const { t } = useTranslation('data-requests');
  return (
    <span className="dc-state" data-state={state === 'delivered' ? 'approved' : state}>
      <i aria-hidden="true">{REQUEST_MARKS[state] ?? '·'}</i>
      {t(`state.${state}`)}
    </span>
  );
}

/** State of a grant, an import or a faulty row: shape and word. */
export function StateMark({ state, of }: { state: string; of: 'grant' | 'import' | 'row' }) {
  const { t } = useTranslation('data-centre');
  return (
    <span className="dc-state" data-state={state}>
      <i aria-hidden="true">{MARKS[state] ?? '·'}</i>
      {t(`${of}State.${state}`)}
    </span>
  );
}
