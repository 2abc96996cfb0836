import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

type Forms = Reply<'/api/catalog/reports'>;
type Form = Forms['forms'][number];

/** Forms of upper levels (上级报表): how much of each fills itself, its periods, and the hours that this has saved. */
export default function ReportsPage() {
  const { t } = useTranslation('data-care');
  const { me } = useSession();
  const state = useApi(me.signedIn ? 'report-forms' : null, (signal) =>
    read(api.GET('/api/catalog/reports', { signal })),
  );
  const { data } = state;
  return (
    <div className="dc" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('report.title')}</h1>
        <p className="soft">{t('report.lead')}</p>
        {data && data.saved.cells > 0 && (
          <p className="care-saved">
            {t('report.saved', { ...data.saved, minutes: data.saved.minutesPerCell })}
            {!data.saved.verified && <small className="soft"> {t('report.assumption')}</small>}
          </p>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {data?.forms.length === 0 && <EmptyState title={t('report.none')} text={t('report.noneText')} />}
      {data && (
        <ul className="care-forms">
          {data.forms.map((form) => (
            <FormLine key={form.id} form={form} mine={form.unit === me.unit?.code && me.kind === 'data-officer'} />
          ))}
        </ul>
      )}
    </div>
  );
}

function FormLine({ form, mine }: { form: Form; mine: boolean }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const unit = useUnits();
  return (
    <li>
      <div>
        <Link to={`/data/reports/${form.id}`}>
          <b>{say(form.title)}</b>
        </Link>{' '}
        {form.sample && <span className="badge">{t('kind.sample', { ns: 'data-centre' })}</span>}
        <p className="soft">
          {form.no} · {t(`report.period.${form.period}`)} · {unit(form.unit)} → {say(form.authority)} ·{' '}
          {t('report.auto', { a: form.mapped, n: form.cells })}
        </p>
        {form.broken > 0 && <p className="care-broken">{t('report.broken', { n: form.broken })}</p>}
        <Packs form={form} />
      </div>
      <div>{mine && <FillForm form={form.id} period={form.period} />}</div>
    </li>
  );
}

export function Packs({ form }: { form: Pick<Form, 'id' | 'packs'> }) {
  const { t } = useTranslation('data-care');
  return (
    <p className="care-packs">
      {form.packs.map((pack) => (
        <Link key={pack.id} to={`/data/reports/${form.id}/${pack.id}`}>
          {pack.period} {t(`report.state.${pack.state}`)}
        </Link>
      ))}
    </p>
  );
}

/** The last period that has begun, as the form counts. */
function current(period: Form['period']): string {
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString();
  const [year = '', month = ''] = day.split('-');
  if (period === 'year') return year;
  return period === 'month' ? `${year}-${month}` : `${year}-Q${Math.ceil(Number(month) / 3)}`;
}

/** Fills one period: which, and one button. */
export function FillForm({ form, period }: { form: string; period: Form['period'] }) {
  const { t } = useTranslation('data-care');
  const navigate = useNavigate();
  const [value, setValue] = useState(current(period));
  const { busy, problem, submit } = useSubmit((body: { period: string }, header) =>
    read(api.POST('/api/catalog/reports/{form}/packs', { params: { path: { form }, header }, body })),
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const pack = await submit({ period: value.trim() });
    if (pack) void navigate(`/data/reports/${form}/${pack.id}`);
  };
  return (
    <form className="care-filter" onSubmit={(event) => void send(event)}>
      <input
        aria-label={t('report.periodLabel')}
        aria-invalid={problem?.details.fields !== undefined}
        size={8}
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      <button type="submit" disabled={busy}>
        {t('report.fillNow')}
      </button>
      {problem && (
        <span role="alert" className="care-broken">
          {problem.details.fields?.[0]?.message ?? problem.message}
        </span>
      )}
    </form>
  );
}
