import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { CheckPanel } from './check-panel.tsx';
import { type Decision, DecisionTable } from './decision-table.tsx';
import { useEditTexts } from './edit-texts.ts';
import { TestCases } from './test-cases.tsx';

/** Posts that the server shows drafts to. */
const READERS = ['unit-head', 'data-officer', 'security-administrator'];

/** A decision as it applies on a day: table, test cases, findings. */
export function DecisionView({ id, on }: { id: string; on: string }) {
  const { t } = useEditTexts();
  const { me } = useSession();
  const state = useApi(`decision ${id} ${on}`, (signal) =>
    call<Decision>(`/api/rulebook/decisions/${id}?on=${on}`, { signal }),
  );
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (!state.data) return null;
  const { table, inputs, tests, check, dmn } = state.data;
  return (
    <div className="decision-view">
      {table && (
        <>
          <p className="soft">{`${t('policy')}：${t(`policies.${table.hitPolicy}`)}`}</p>
          <DecisionTable table={table} check={check} />
        </>
      )}
      <p>
        {table && READERS.includes(me.kind ?? '') && <Link to={`/data/rules/${id}/edit`}>{t('editLink')}</Link>}{' '}
        <a download={`${id}.dmn`} href={`data:application/xml;charset=utf-8,${encodeURIComponent(dmn)}`}>
          {t('download')}
        </a>
      </p>
      <TestCases inputs={inputs} table={table} tests={tests} results={check?.tests ?? []} />
      {table && check && <CheckPanel table={table} check={check} />}
    </div>
  );
}
