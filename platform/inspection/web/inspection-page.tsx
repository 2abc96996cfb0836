import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, newKey, type Problem, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { DeviceTime } from '#web/design/device-time.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useInspectionTexts } from './texts.ts';
import './inspection.css';

type Shown = Reply<'/api/inspection/tasks/{id}'>;
type Act = { method: 'PUT' | 'POST'; path: string; body: object };

/** One inspection (检查详情): its records side by side, what was found, orders and re-checks. */
export default function InspectionPage() {
  const { id = '' } = useParams();
  const { t, language } = useInspectionTexts();
  const state = useApi(`inspection ${id}`, (signal) => call<Shown>(`/api/inspection/tasks/${id}`, { signal }));
  const act = useSubmit(({ method, path, body }: Act, key) =>
    call<{ outcome?: string }>(`/api/inspection/${path}`, { method, body, headers: method === 'POST' ? key : {} }),
  );
  const [said, setSaid] = useState('');
  const run = async (what: Act): Promise<boolean> => {
    const done = await act.submit(what);
    setSaid(done?.outcome === 'conflict' ? t('conflictSaid') : '');
    state.reload();
    return done !== undefined;
  };
  const { data } = state;
  const problem = act.problem ?? state.problem;
  return (
    <div className="inspect" aria-busy={state.loading}>
      <p>
        <Link to="/gov/inspections">{t('back')}</Link>
      </p>
      {problem && <RefusalPanel problem={problem} onRetry={state.reload} />}
      {said && <p className="notice">{said}</p>}
      {data && (
        <>
          <header>
            <h1>{data.task.targetName}</h1>
            <p>
              {data.task.title[language]} · <b>{t(`state.${data.task.state as 'open'}`)}</b> ·{' '}
              {t('due', { day: data.task.dueOn })}
            </p>
          </header>
          <Records
            shown={data}
            onChoose={(record) => void run({ method: 'PUT', path: `tasks/${id}/record`, body: { record } })}
          />
          <Findings shown={data} busy={act.busy} run={run} />
          <Orders shown={data} run={run} />
          {data.task.state === 'open' && <Fill shown={data} busy={act.busy} problem={act.problem} run={run} />}
        </>
      )}
    </div>
  );
}

function Records({ shown, onChoose }: { shown: Shown; onChoose: (record: string) => void }) {
  const { t, language } = useInspectionTexts();
  const words = (value: boolean | number | string | null): string => {
    if (value === null) return t('na');
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    return String(value);
  };
  return (
    <section>
      <h2>{t('records')}</h2>
      {shown.records.length === 0 && <p className="soft">{t('noRecords')}</p>}
      <ul className="inspect-list">
        {shown.records.map((record) => (
          <li key={record.id} data-state={record.state}>
            <p>
              <b>{t(`rstate.${record.state as 'counts'}`)}</b>
              <span>{t('filled', { who: record.byName, when: formatMoment(record.filledAt, { language }) })}</span>
              <span className="soft">{t('received', { when: formatMoment(record.receivedAt, { language }) })}</span>
            </p>
            {record.skewed && (
              <p>
                <DeviceTime device={{ ...record, madeAt: record.filledAt }} />
              </p>
            )}
            <ul>
              {record.answers.map((answer) => (
                <li key={answer.item}>
                  {shown.items.find(({ id }) => id === answer.item)?.title[language] ?? answer.item}：
                  {words(answer.value)}
                  {answer.note && ` — ${answer.note}`}
                </li>
              ))}
            </ul>
            {shown.task.state === 'conflict' && (
              <button type="button" onClick={() => onChoose(record.id)}>
                {t('choose')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Findings({ shown, busy, run }: { shown: Shown; busy: boolean; run: (act: Act) => Promise<boolean> }) {
  const { t, language } = useInspectionTexts();
  if (shown.findings.length === 0) return null;
  const open = shown.findings.filter(({ order }) => order === null);
  const itemOf = (id: string) => shown.items.find((item) => item.id === id);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = (name: string) => String(new FormData(event.currentTarget).get(name) ?? '').trim();
    const body = {
      task: shown.task.id,
      findings: open.map(({ id }) => id),
      demand: text('demand'),
      basis: text('basis'),
    };
    void run({ method: 'POST', path: 'rectifications', body });
  };
  return (
    <section>
      <h2>{t('found')}</h2>
      <ul>
        {shown.findings.map((finding) => (
          <li key={finding.id}>
            {itemOf(finding.item)?.title[language]}：{finding.note}（{t(`severity.${finding.severity as 'minor'}`)}
            {finding.order && ` · ${t('ordered')}`}）
          </li>
        ))}
      </ul>
      {open.length > 0 && shown.task.state === 'done' && (
        <form onSubmit={send}>
          <h3>{t('order')}</h3>
          <label>
            {t('demand')}
            <textarea name="demand" required minLength={4} maxLength={2000} rows={3} />
          </label>
          <label>
            {t('basis')}
            <input
              name="basis"
              required
              minLength={2}
              maxLength={500}
              defaultValue={open.map(({ item }) => itemOf(item)?.basis).join('；')}
            />
          </label>
          <button type="submit" className="primary" disabled={busy}>
            {t('issue')}
          </button>
        </form>
      )}
    </section>
  );
}

function Orders({ shown, run }: { shown: Shown; run: (act: Act) => Promise<boolean> }) {
  const { t, language } = useInspectionTexts();
  return (
    <>
      {shown.orders.map((order) => (
        <section key={order.id}>
          <h2>
            {t('order')} {order.number}
          </h2>
          <p>{order.demand}</p>
          <p className="soft">
            <b>{order.overdue ? t('overdue') : t(`ostate.${order.state as 'issued'}`)}</b> <Clock clock={order.clock} />
          </p>
          <ul>
            {order.rechecks.map((recheck) => (
              <li key={recheck.at}>
                {recheck.passed ? t('passed') : t('notPassed')} — {recheck.note}（{recheck.byName}，
                {formatMoment(recheck.at, { language })}）
              </li>
            ))}
          </ul>
          {order.state !== 'closed' && (
            <form
              onSubmit={(event) => {
                event.preventDefault();
                const form = new FormData(event.currentTarget);
                const body = { passed: form.get('passed') === 'yes', note: String(form.get('note') ?? '').trim() };
                void run({ method: 'POST', path: `rectifications/${order.id}/rechecks`, body });
              }}
            >
              <h3>{t('recheck')}</h3>
              <label>
                {t('answer')}
                <select name="passed">
                  <option value="yes">{t('passed')}</option>
                  <option value="no">{t('notPassed')}</option>
                </select>
              </label>
              <label>
                {t('noteLabel')}
                <input name="note" required minLength={2} maxLength={1000} />
              </label>
              <button type="submit">{t('recheck')}</button>
            </form>
          )}
        </section>
      ))}
    </>
  );
}

/** The form of a record (填报). Its id is made here and kept until it has arrived, so a second click or a lost answer sends the same one. */
function Fill(props: { shown: Shown; busy: boolean; problem: Problem | null; run: (act: Act) => Promise<boolean> }) {
  const { shown, busy, problem, run } = props;
  const { t, language } = useInspectionTexts();
  const [id] = useState(newKey);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const now = new Date().toISOString();
    const answers = shown.items.flatMap((item) => {
      const raw = String(form.get(item.id) ?? '').trim();
      const note = String(form.get(`${item.id} note`) ?? '').trim();
      if (raw === '') return [];
      return [{ item: item.id, value: valueOf(item.kind, raw), ...(note ? { note } : {}) }];
    });
    void run({
      method: 'PUT',
      path: `records/${id}`,
      body: { task: shown.task.id, base: shown.task.record, filledAt: now, sentAt: now, answers },
    });
  };
  const fault = (item: string) =>
    problem?.details.fields?.find(({ pointer }) => pointer.startsWith(`/answers/${item}/`))?.message;
  return (
    <form onSubmit={send}>
      <h2>{t('fill')}</h2>
      {shown.items.map((item) => (
        <fieldset key={item.id}>
          <legend>{item.title[language]}</legend>
          <small className="soft">
            {t('basis')}：{item.basis}
          </small>
          <label>
            {t('answer')}
            {item.kind === 'check' || item.kind === 'choice' ? (
              <select name={item.id} aria-invalid={fault(item.id) !== undefined}>
                <option value="">{t('chooseAnswer')}</option>
                {item.kind === 'check'
                  ? (['yes', 'no'] as const).map((each) => (
                      <option key={each} value={each}>
                        {t(each)}
                      </option>
                    ))
                  : item.options?.map((option) => (
                      <option key={option.id} value={option.id}>
                        {option.title[language]}
                      </option>
                    ))}
                <option value="na">{t('na')}</option>
              </select>
            ) : (
              <input
                name={item.id}
                type={item.kind === 'number' ? 'number' : 'text'}
                step="any"
                aria-invalid={fault(item.id) !== undefined}
              />
            )}
          </label>
          <label>
            {t('noteLabel')}
            <input name={`${item.id} note`} maxLength={1000} />
          </label>
          {fault(item.id) && <span className="inspect-fault">{fault(item.id)}</span>}
        </fieldset>
      ))}
      <button type="submit" className="primary" disabled={busy}>
        {t('send')}
      </button>
    </form>
  );
}

function valueOf(kind: string, raw: string): boolean | number | string | null {
  if (raw === 'na' && (kind === 'check' || kind === 'choice')) return null;
  if (kind === 'check') return raw === 'yes';
  return kind === 'number' ? Number(raw) : raw;
}
