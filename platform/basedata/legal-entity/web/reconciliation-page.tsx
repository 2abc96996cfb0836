import '#web/entrances/entrances.css';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { type Finding, FindingCard } from './finding-card.tsx';
import { useEntityTexts } from './texts.ts';
import './entity.css';

type Board = Reply<'/api/legal-entity/findings'>;
const STATES = ['open', 'answered', 'closed'] as const;
const KINDS = [
  'not-taxed',
  'not-registered',
  'cancelled-invoicing',
  'foreign-filing-missing',
  'not-registered-here',
  'taxed-elsewhere',
] as const;

/** Units whose registers are compared, and the one that runs the base databases. */
const DESKS = ['market-supervision', 'tax', 'commerce', 'civil-affairs', 'staffing', 'data-centre'];

/** The board of the reconciliation (户管比对): counts by kind with what is due, then the cases themselves. */
export default function ReconciliationPage() {
  const { t } = useEntityTexts();
  const { me } = useSession();
  const [params, setParams] = useSearchParams();
  const state = STATES.find((each) => each === params.get('state')) ?? 'open';
  const kind = KINDS.find((each) => each === params.get('kind'));
  const mine = params.get('mine') === 'true';
  const query = new URLSearchParams({ state, ...(kind ? { kind } : {}), ...(mine ? { mine: 'true' } : {}) });
  const board = useApi(`findings ${query}`, (signal) => call<Board>(`/api/legal-entity/findings?${query}`, { signal }));
  const [changed, setChanged] = useState<ReadonlyMap<string, Finding>>(new Map());
  const run = useSubmit((_: undefined, key) => call('/api/legal-entity/reconcile', { method: 'POST', headers: key }));
  const [queued, setQueued] = useState(false);
  const choose = (next: Record<string, string>) => setParams({ ...Object.fromEntries(params), ...next });
  const counts = board.data?.counts ?? [];
  const sum = (own: string) => {
    const rows = counts.filter((c) => c.kind === own && c.state === state);
    return rows.reduce(
      (all, c) => ({
        findings: all.findings + c.findings,
        amber: all.amber + c.amber,
        overdue: all.overdue + c.overdue,
      }),
      { findings: 0, amber: 0, overdue: 0 },
    );
  };
  return (
    <div className="dc reconciliation-page">
      <header className="dc-head">
        <h1>
          {t('board.title')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('board.lead')}</p>
      </header>
      <fieldset className="board-filter">
        <legend className="hidden">{t('board.state')}</legend>
        {STATES.map((each) => (
          <button type="button" key={each} aria-pressed={each === state} onClick={() => choose({ state: each })}>
            {t(`board.${each}`)}
          </button>
        ))}
        <label>
          <input type="checkbox" checked={mine} onChange={(e) => choose({ mine: String(e.target.checked) })} />{' '}
          {t('board.mine')}
        </label>
        {me.unit !== null && DESKS.includes(me.unit.code) && (
          <button
            type="button"
            disabled={run.busy}
            onClick={async () => {
              if (await run.submit(undefined)) setQueued(true);
            }}
          >
            {t('board.run')}
          </button>
        )}
      </fieldset>
      <p role="status" className={queued ? 'notice' : 'hidden'}>
        {queued && t('board.queued')}
      </p>
      {run.problem && <RefusalPanel problem={run.problem} />}
      <ul className="board-kinds">
        <li>
          <button type="button" aria-pressed={kind === undefined} onClick={() => choose({ kind: '' })}>
            {t('board.all')} <b>{counts.filter((c) => c.state === state).reduce((n, c) => n + c.findings, 0)}</b>
          </button>
        </li>
        {KINDS.filter((each) => sum(each).findings > 0 || each === kind).map((each) => {
          const { findings, amber, overdue } = sum(each);
          return (
            <li key={each}>
              <button type="button" aria-pressed={kind === each} onClick={() => choose({ kind: each })}>
                {t(`kinds.${each}`)} <b>{findings}</b>
                {overdue > 0 && <span className="board-now">{t('board.overdue', { n: overdue })}</span>}
                {amber > 0 && <span className="board-soon">{t('board.amber', { n: amber })}</span>}
              </button>
            </li>
          );
        })}
      </ul>
      {board.problem && <RefusalPanel problem={board.problem} onRetry={board.reload} />}
      {board.data && board.data.findings.length === 0 && (
        <EmptyState title={t('board.none')} text={t('board.noneText')} />
      )}
      <div className="board-list">
        {(board.data?.findings ?? []).map((f) => {
          const finding = changed.get(f.id) ?? f;
          return (
            <FindingCard
              key={f.id}
              finding={finding}
              onChange={(next) => setChanged(new Map([...changed, [next.id, next]]))}
            />
          );
        })}
      </div>
    </div>
  );
}
