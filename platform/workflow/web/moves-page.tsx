import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { SelectField } from './field.tsx';
import { MoveForm } from './move-form.tsx';
import { MoveList } from './move-list.tsx';
import { useMoveTexts } from './move-texts.ts';
import type { Move, Process } from './shapes.ts';
import './process.css';

/** Moving cases under way to another version (迁移在办件): what it would do, asking for it, approving it, and what was done. */
export default function MovesPage() {
  const { t } = useMoveTexts();
  const { id = '' } = useParams();
  const unitName = useUnitName();
  const path = `/api/workflow/processes/${id}`;
  const process = useApi(`process ${id}`, (signal) => call<Process>(path, { signal }));
  const moves = useApi(`moves ${id}`, (signal) => call<{ moves: Move[] }>(`${path}/moves`, { signal }));
  const problem = process.problem ?? moves.problem;
  const reload = () => {
    process.reload();
    moves.reload();
  };
  return (
    <div className="dc process-moves" aria-busy={process.loading || moves.loading}>
      <header className="dc-head">
        <p>
          <Link to={`/gov/processes/${id}`}>← {t('back')}</Link>
        </p>
        <h1>
          {t('title')}
          {process.data && `：${process.data.name}`}
        </h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {problem && <RefusalPanel problem={problem} onRetry={reload} />}
      {process.loading && !process.data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {process.data && !process.data.mayEdit && (
        <p className="notice">{t('notYours', { unit: unitName(process.data.unit) })}</p>
      )}
      {process.data?.mayEdit && <Choice process={process.data} onAsked={reload} />}
      {moves.data && <MoveList process={id} moves={moves.data.moves} onChanged={reload} />}
    </div>
  );
}

/** The two versions; then what moving between them would do. */
function Choice({ process, onAsked }: { process: Process; onAsked: () => void }) {
  const { t } = useMoveTexts();
  const old = process.versions.filter(({ running, version }) => running > 0 && version !== process.version);
  const begun = process.versions.length > 1 ? process.versions.filter(({ running }) => running > 0) : [];
  const [from, setFrom] = useState(old[0]?.version ?? begun[0]?.version);
  const others = process.versions.filter(({ version }) => version !== from);
  const [chosen, setTo] = useState(process.version);
  const to = others.some(({ version }) => version === chosen) ? chosen : (others[0]?.version ?? null);
  if (from === undefined || to === null) return <EmptyState title={t('one')} text={t('oneText')} />;
  return (
    <>
      <div className="process-move-versions">
        <SelectField
          label={t('from')}
          value={String(from)}
          options={begun.map(({ version, running }) => ({
            value: String(version),
            title: t('versionRunning', { n: version, count: running }),
          }))}
          onKeep={(value) => setFrom(Number(value))}
        />
        <SelectField
          label={t('to')}
          value={String(to)}
          options={others.map(({ version }) => ({ value: String(version), title: t('versionOf', { n: version }) }))}
          onKeep={(value) => setTo(Number(value))}
        />
      </div>
      <MoveForm key={`${from} ${to}`} process={process.id} from={from} to={to} onAsked={onAsked} />
    </>
  );
}
