import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { asProblem, call, type Problem, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatExact } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { CheckPanel } from './check-panel.tsx';
import { type Check, type Decision, DecisionTable, type Table, withRow } from './decision-table.tsx';
import { useEditTexts } from './edit-texts.ts';
import { type TestCase, TestCases } from './test-cases.tsx';
import './rules.css';

type DraftReply = Reply<'/api/rulebook/decisions/{id}/draft'>;
type Draft = NonNullable<DraftReply['draft']>;
type Work = { table: Table; tests: TestCase[] };

const CHECK_AFTER_MS = 400;
const POLICIES = ['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'] as const;
const AGGREGATIONS = ['SUM', 'COUNT', 'MIN', 'MAX'] as const;
/** Posts that the server lets publish. */
const PUBLISHERS = ['unit-head', 'security-administrator'];

/** Editor of a decision table (决策表编辑): grid, test cases, findings, day of effect and who depends on it, on one page. */
export default function EditPage() {
  const { t, language } = useEditTexts();
  const { id = '' } = useParams();
  const rule = useApi(`rule-title ${id}`, (signal) =>
    call<Reply<'/api/rulebook/entries/{id}'>>(`/api/rulebook/entries/${id}`, { signal }),
  );
  const decision = useApi(`decision ${id}`, (signal) => call<Decision>(`/api/rulebook/decisions/${id}`, { signal }));
  const draft = useApi(`decision-draft ${id}`, (signal) =>
    call<DraftReply>(`/api/rulebook/decisions/${id}/draft`, { signal }),
  );
  const [note, setNote] = useState('');
  const problem = decision.problem ?? draft.problem;
  const title = rule.data?.versions[0]?.title[language] ?? '';
  const again = (told: string): void => {
    setNote(told);
    decision.reload();
    draft.reload();
  };
  return (
    <div className="dc rules-page edit-page">
      <Link to={`/data/rules/${id}`}>← {title || id}</Link>
      <header className="dc-head">
        <h1>{t('edit')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {note && (
        <p className="edit-note" role="status">
          {note}
        </p>
      )}
      {problem && <RefusalPanel problem={problem} onRetry={() => again('')} />}
      {decision.data && decision.data.table === null && (
        <EmptyState title={t('notEditable')} text={t('notEditableText')} />
      )}
      {decision.data?.table && draft.data && (
        <Editor
          key={`${decision.data.version} ${draft.data.draft?.revision}`}
          decision={decision.data}
          table={decision.data.table}
          reply={draft.data}
          onDone={again}
        />
      )}
    </div>
  );
}

function Editor({
  decision,
  table,
  reply,
  onDone,
}: {
  decision: Decision;
  table: Table;
  reply: DraftReply;
  onDone: (note: string) => void;
}) {
  const { t } = useEditTexts();
  const { draft, users } = reply;
  const [work, setWork] = useState<Work>({ table: draft?.table ?? table, tests: draft?.tests ?? decision.tests });
  const [validFrom, setValidFrom] = useState(draft?.validFrom ?? dayAhead(1));
  const [reason, setReason] = useState(draft?.reason ?? '');
  const mayEdit = !draft || draft.mine;
  const {
    check,
    problem: checkProblem,
    busy: checking,
  } = useCheck(decision.id, work, draft?.check ?? decision.check, mayEdit);
  const save = useSubmit((body: object) =>
    call<{ revision: number }>(`/api/rulebook/decisions/${decision.id}/draft`, { method: 'PUT', body }),
  );
  const withdraw = useSubmit(() => call(`/api/rulebook/decisions/${decision.id}/draft`, { method: 'DELETE' }));
  const change = mayEdit
    ? (changed: Partial<Work>): void => setWork((before) => ({ ...before, ...changed }))
    : undefined;
  const version = decision.version + 1;
  return (
    <>
      {draft && (
        <p>
          <span className="badge">
            {t('draftOf', { n: draft.revision, name: draft.author, when: formatExact(draft.savedAt) })}
          </span>{' '}
          {!draft.mine && t('reviewing', { name: draft.author })}
          {!draft.current && <b> {t('outdated')}</b>}
        </p>
      )}
      {change && <Tools table={work.table} onChange={(changed) => change({ table: changed })} />}
      <DecisionTable table={work.table} check={check} onChange={change && ((changed) => change({ table: changed }))} />
      {change && (
        <p className="soft">
          <button type="button" onClick={() => change({ table: withRow(work.table) })}>
            {t('addRow')}
          </button>{' '}
          {t('keys')}
        </p>
      )}
      <TestCases
        inputs={decision.inputs}
        table={work.table}
        tests={work.tests}
        results={check?.tests ?? []}
        onChange={change && ((tests) => change({ tests }))}
      />
      {checkProblem && <RefusalPanel problem={checkProblem} />}
      {check && <CheckPanel table={work.table} check={check} />}
      {checking && <p className="soft">{t('checking')}</p>}
      <section className="edit-effect">
        <h2>{t('effect')}</h2>
        {change ? (
          <div className="edit-fields">
            <div className="field">
              <label htmlFor="edit-from">{t('validFrom')}</label>
              <input
                id="edit-from"
                type="date"
                required
                min={dayAhead(1)}
                value={validFrom}
                onChange={(event) => setValidFrom(event.target.value)}
              />
            </div>
            <div className="field is-wide">
              <label htmlFor="edit-reason">{t('reason')}</label>
              <input
                id="edit-reason"
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
          </div>
        ) : (
          <p>{`${t('reason')}：${reason}`}</p>
        )}
        <p>{t('forward', { on: validFrom, n: version })}</p>
        <h3>{t('users')}</h3>
        <Users users={users} />
      </section>
      {save.problem && <RefusalPanel problem={save.problem} />}
      {withdraw.problem && <RefusalPanel problem={withdraw.problem} />}
      <div className="acts">
        {change && (
          <button
            type="button"
            className="primary"
            disabled={save.busy || reason.trim().length < 2 || validFrom === ''}
            onClick={async () => {
              const saved = await save.submit({ ...work, validFrom, reason: reason.trim() });
              if (saved) onDone(t('saved', { n: saved.revision }));
            }}
          >
            {t('save')}
          </button>
        )}
        {draft?.mine && (
          <button
            type="button"
            disabled={withdraw.busy}
            onClick={async () => {
              if ((await withdraw.submit(undefined)) !== undefined) onDone(t('withdrawn'));
            }}
          >
            {t('withdraw')}
          </button>
        )}
      </div>
      {draft && !draft.mine && <Publish id={decision.id} draft={draft} version={version} onDone={onDone} />}
    </>
  );
}

/** Publishing by a second person, who says that the findings have been seen. */
function Publish({
  id,
  draft,
  version,
  onDone,
}: {
  id: string;
  draft: Draft;
  version: number;
  onDone: (note: string) => void;
}) {
  const { t } = useEditTexts();
  const { me } = useSession();
  const [seen, setSeen] = useState(draft.check.findings === 0);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<{ version: number; validFrom: string; told: number }>(`/api/rulebook/decisions/${id}/draft/publish`, {
      method: 'POST',
      body,
      headers: key,
    }),
  );
  if (!PUBLISHERS.includes(me.kind ?? '')) return null;
  const ready = draft.check.ready && draft.current;
  return (
    <section className="edit-publish">
      {!draft.check.ready && <p>{t('notReady')}</p>}
      {draft.check.findings > 0 && (
        <label>
          <input type="checkbox" checked={seen} onChange={(event) => setSeen(event.target.checked)} />{' '}
          {t('findings', { n: draft.check.findings })}
        </label>
      )}
      {problem && <RefusalPanel problem={problem} />}
      <button
        type="button"
        className="primary"
        disabled={busy || !ready || !seen}
        onClick={async () => {
          const done = await submit({ revision: draft.revision, findings: draft.check.findings });
          if (done) onDone(t('published', { n: done.version, on: done.validFrom, m: done.told }));
        }}
      >
        {t('publish', { n: version })}
      </button>
    </section>
  );
}

function Tools({ table, onChange }: { table: Table; onChange: (table: Table) => void }) {
  const { t } = useEditTexts();
  return (
    <div className="edit-tools">
      <div className="field">
        <label htmlFor="edit-policy">{t('policy')}</label>
        <select
          id="edit-policy"
          value={table.hitPolicy}
          onChange={(event) => {
            const { aggregation: _, ...rest } = table;
            onChange({ ...rest, hitPolicy: POLICIES.find((each) => each === event.target.value) ?? 'UNIQUE' });
          }}
        >
          {POLICIES.map((policy) => (
            <option key={policy} value={policy}>
              {t(`policies.${policy}`)}
            </option>
          ))}
        </select>
      </div>
      {table.hitPolicy === 'COLLECT' && (
        <div className="field">
          <label htmlFor="edit-aggregation">{t('aggregation')}</label>
          <select
            id="edit-aggregation"
            value={table.aggregation ?? ''}
            onChange={(event) =>
              onChange({ ...table, aggregation: AGGREGATIONS.find((each) => each === event.target.value) })
            }
          >
            <option value="">{t('aggregations.none')}</option>
            {AGGREGATIONS.map((each) => (
              <option key={each} value={each}>
                {t(`aggregations.${each}`)}
              </option>
            ))}
          </select>
        </div>
      )}
      <button
        type="button"
        onClick={() =>
          onChange({
            ...table,
            inputs: [...table.inputs, { label: '', expression: '' }],
            rules: table.rules.map((rule) => ({ ...rule, inputs: [...rule.inputs, '-'] })),
          })
        }
      >
        {t('addInput')}
      </button>
      <button
        type="button"
        onClick={() =>
          onChange({
            ...table,
            outputs: [...table.outputs, { label: '', name: '' }],
            rules: table.rules.map((rule) => ({ ...rule, outputs: [...rule.outputs, ''] })),
          })
        }
      >
        {t('addOutput')}
      </button>
    </div>
  );
}

function Users({ users }: { users: DraftReply['users'] }) {
  const { t, language } = useEditTexts();
  if (users.length === 0) return <p className="soft">{t('noUsers')}</p>;
  return (
    <>
      <ul className="rule-users">
        {users.map(({ kind, id, title, lastUsed }) => (
          <li key={`${kind} ${id}`}>
            <span className="badge">{t(`kinds.${kind}`)}</span> <b>{title[language]}</b>{' '}
            <small className="soft">{lastUsed ? t('lastUsed', { when: formatExact(lastUsed) }) : t('declared')}</small>
          </li>
        ))}
      </ul>
      <p className="soft">{t('told')}</p>
    </>
  );
}

/** The findings of what is typed, a moment after the last key. */
function useCheck(id: string, work: Work, first: Check | null, active: boolean) {
  const [state, setState] = useState<{ check: Check | null; problem: Problem | null; busy: boolean }>({
    check: first,
    problem: null,
    busy: false,
  });
  const text = JSON.stringify(work);
  useEffect(() => {
    if (!active) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      setState((before) => ({ ...before, busy: true }));
      try {
        const check = await call<Check>(`/api/rulebook/decisions/${id}/check`, {
          method: 'POST',
          body: JSON.parse(text) as object,
          signal: stop.signal,
        });
        setState({ check, problem: null, busy: false });
      } catch (thrown) {
        if (!stop.signal.aborted) setState((before) => ({ ...before, problem: asProblem(thrown), busy: false }));
      }
    }, CHECK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, text, active]);
  return state;
}

/** A day in Shanghai, some days ahead. */
function dayAhead(days: number): string {
  const eight = 8 * 3_600_000;
  return new Date(Date.now() + eight + days * 86_400_000).toISOString().slice(0, 10);
}
