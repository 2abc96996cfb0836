import './desk.css';
import './relief.css';
import { type FormEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { call, read, api, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import type { Purpose } from './desk.tsx';
import { useReliefTexts } from './relief-texts.ts';

type Form = Reply<'/api/community/relief/form'>;
type FormField = Form['fields'][number];
type Value = string | number | boolean | null | undefined;
const noErrors: { path: string; message: string }[] = [];

/** Relief (救助申请): what the street has taken in, and the form for one resident, which asks only for what nobody knows yet. */
export default function ReliefPage() {
  const t = useReliefTexts();
  const purpose = usePurpose('relief', t('subject'), ['verify-application']);
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  return <Relief purpose={purpose} />;
}

function Relief({ purpose }: { purpose: Purpose }) {
  const t = useReliefTexts();
  const { me } = useSession();
  const [search] = useSearchParams();
  const pid = search.get('pid');
  return (
    <div className="relief">
      <header className="desk-head">
        <h1>
          {t('title')} {me.sample && <SampleBadge />}
        </h1>
        <PurposeLine purpose={purpose} />
      </header>
      {pid ? <Application key={pid} pid={pid} purpose={purpose} /> : <TakenIn purpose={purpose} />}
    </div>
  );
}

function TakenIn({ purpose }: { purpose: Purpose }) {
  const t = useReliefTexts();
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const state = useApi(`relief ${purpose.code}`, (signal) =>
    call<Reply<'/api/community/relief'>>('/api/community/relief', { signal, headers: purpose.headers }),
  );
  const list = state.data?.relief ?? [];
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (!state.data) return <p className="soft">{t('loading')}</p>;
  if (list.length === 0)
    return <EmptyState title={t('none')} text={t('noneText')} act={<Link to="/gov/community">{t('openDesk')}</Link>} />;
  return (
    <ul className="relief-list">
      {list.map((each) => (
        <li key={each.id}>
          <b>{each.name ?? '—'}</b>
          <span>{each.kind}</span>
          <span className="soft">
            {formatMoment(each.filedAt as string, { language })} · {each.filedName}
          </span>
          <Link to={`/gov/persons/${each.pid}`}>{t('card')}</Link>
        </li>
      ))}
    </ul>
  );
}

function Application({ pid, purpose }: { pid: string; purpose: Purpose }) {
  const t = useReliefTexts();
  const { i18n } = useTranslation();
  const say = (text: { zh: string; en: string }) => (i18n.language === 'en' ? text.en : text.zh);
  const unitName = useUnitName();
  const id = useId();
  const [answers, setAnswers] = useState<Record<string, string | boolean>>({});
  const [errors, setErrors] = useState(noErrors);
  const state = useApi(`relief-form ${pid} ${purpose.code}`, (signal) =>
    call<Form>(`/api/community/relief/form?pid=${encodeURIComponent(pid)}`, { signal, headers: purpose.headers }),
  );
  const { busy, problem, submit } = useSubmit(
    (body: { pid: string; answers: Record<string, string | number | boolean> }, header) =>
      read(
        api.POST('/api/community/relief', { params: { header: { ...header, 'X-Purpose': purpose.code ?? '' } }, body }),
      ),
  );
  const [filed, setFiled] = useState<string | null>(null);
  const refused = useMemo(
    () =>
      (problem?.details.fields ?? []).map(({ pointer, message }) => {
        const name = pointer.split('/').at(-1) ?? '';
        const field = state.data?.fields.find((each) => each.name === name);
        return { path: `${id}/${name}`, message: `${field ? say(field.title) : name}：${message}` };
      }),
    [problem],
  );
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (!state.data) return <p className="soft">{t('loading')}</p>;
  const { fields, obtained } = state.data;
  const asked = fields.filter((field) => field.asked);
  const known = fields.filter((field) => !field.asked);
  const name = obtained['population.resident'].name;
  if (filed)
    return (
      <section className="empty">
        <h2>{t('filed', { name: name ?? '' })}</h2>
        <p>{t('filedText', { asked: asked.length, obtained: known.length })}</p>
        <Link to="/gov/relief">{t('toList')}</Link>
      </section>
    );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const missing = asked
      .filter((field) => field.required && (answers[field.name] === undefined || answers[field.name] === ''))
      .map((field) => ({ path: `${id}/${field.name}`, message: t('need', { field: say(field.title) }) }));
    const noNumbers = asked
      .filter(
        (field) => field.type === 'number' && answers[field.name] && !Number.isFinite(Number(answers[field.name])),
      )
      .map((field) => ({ path: `${id}/${field.name}`, message: t('needNumber', { field: say(field.title) }) }));
    setErrors([...missing, ...noNumbers]);
    if (missing.length + noNumbers.length > 0) return;
    const typed = Object.fromEntries(
      asked.flatMap((field): [string, string | number | boolean][] => {
        const answer = answers[field.name];
        if (answer === undefined || answer === '') return [];
        return [[field.name, field.type === 'number' ? Number(answer) : answer]];
      }),
    );
    const done = await submit({ pid, answers: typed });
    if (done) setFiled(done.id);
  };
  return (
    <div className="relief-columns">
      <section aria-label={t('ask')}>
        <h2>
          {t('ask')} <small>{t('count', { n: asked.length })}</small>
        </h2>
        <form className="relief-form" onSubmit={(event) => void send(event)} aria-label={t('ask')}>
          <FormErrors errors={errors.length > 0 ? errors : refused} />
          {problem && !problem.details.fields && <RefusalPanel problem={problem} />}
          {asked.map((field) => (
            <Question
              key={field.name}
              id={`${id}/${field.name}`}
              field={field}
              title={say(field.title)}
              value={answers[field.name]}
              onChange={(value) => setAnswers({ ...answers, [field.name]: value })}
            />
          ))}
          <div className="acts">
            <button type="submit" className="primary" disabled={busy}>
              {t('send')}
            </button>
          </div>
        </form>
      </section>
      <section aria-label={t('known')} className="relief-known">
        <h2>
          {t('known')} <small>{t('count', { n: known.length })}</small>
        </h2>
        <p className="soft">{t('knownText')}</p>
        <dl>
          {known.map((field) => (
            <div key={field.name}>
              <dt>{say(field.title)}</dt>
              <dd>
                {shown(valueOf(obtained, field), t)}
                {field.source?.owner && <span className="source-unit">{unitName(field.source.owner)}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

/** What the source holds, as the reply brings it by resource and field. */
function valueOf(obtained: Form['obtained'], { source }: FormField): Value {
  const row = source ? (obtained as Record<string, Record<string, Value> | null>)[source.resource] : null;
  return row && source ? row[source.field] : null;
}

function shown(value: Value, t: ReturnType<typeof useReliefTexts>): string {
  if (value === true) return t('yes');
  if (value === false) return t('no');
  return value === null || value === undefined ? '—' : String(value);
}

function Question({
  id,
  field,
  title,
  value,
  onChange,
}: {
  id: string;
  field: FormField;
  title: string;
  value: string | boolean | undefined;
  onChange: (value: string | boolean) => void;
}) {
  const t = useReliefTexts();
  const label = (
    <>
      {title}
      {!field.required && <small className="soft"> {t('optional')}</small>}
      {field.source && <small className="soft"> {t('unknownAtSource')}</small>}
    </>
  );
  if (field.type === 'yes-no' || field.type === 'choice') {
    const choices: (string | boolean)[] = field.type === 'yes-no' ? [true, false] : (field.choices ?? []);
    return (
      <fieldset className="relief-choice" id={id} tabIndex={-1}>
        <legend>{label}</legend>
        {choices.map((each) => (
          <label key={String(each)}>
            <input type="radio" name={id} checked={value === each} onChange={() => onChange(each)} />
            {typeof each === 'boolean' ? t(each ? 'yes' : 'no') : each}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {field.type === 'text' && field.required ? (
        <textarea
          id={id}
          rows={3}
          maxLength={2000}
          value={String(value ?? '')}
          onChange={(e) => onChange(e.target.value)}
        />
      ) : (
        <input
          id={id}
          type={field.type === 'date' ? 'date' : 'text'}
          inputMode={field.type === 'number' ? 'decimal' : undefined}
          maxLength={200}
          value={String(value ?? '')}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
