import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

type Pack = Reply<'/api/catalog/packs/{id}'>;
type Value = Pack['values'][number];

/** One filled form (一期报表): each number with where it comes from and how it differs from the period before; typed, handed over, confirmed. */
export default function ReportPackPage() {
  const { t } = useTranslation('data-care');
  const { pack: id = '', form = '' } = useParams();
  const { me } = useSession();
  const { say, language } = useLanguage();
  const unit = useUnits();
  const state = useApi(me.signedIn ? `pack ${id}` : null, (signal) =>
    read(api.GET('/api/catalog/packs/{id}', { params: { path: { id } }, signal })),
  );
  const pack = state.data;
  return (
    <div className="dc" aria-busy={state.loading}>
      <p className="dc-back">
        <Link to={`/data/reports/${form}`}>{t('report.mapper')}</Link> ·{' '}
        <Link to="/data/reports">{t('report.back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {pack && (
        <>
          <header className="dc-head">
            <h1>
              {say(pack.form.title)} <small>{pack.period}</small>
            </h1>
            <p className="soft">
              {pack.form.no} · {unit(pack.form.unit)} → {say(pack.form.authority)} ·{' '}
              {t('report.asOf', { at: formatMoment(pack.asOf, { language }) })} ·{' '}
              {t('report.filler', { name: pack.filledName })}
              {pack.reviewedName && <> · {t('report.reviewer', { name: pack.reviewedName })}</>}
            </p>
            <p className="care-saved">
              <b>{t(`report.state.${pack.state}`)}</b> ·{' '}
              {t('report.automatic', {
                a: pack.automatic,
                n: pack.values.length,
                m: Math.round(pack.automatic * pack.minutesPerCell),
              })}{' '}
              <small className="soft">{t('report.assumption')}</small>
            </p>
            {pack.returnedReason && (
              <p className="care-broken">{t('report.returned', { reason: pack.returnedReason })}</p>
            )}
          </header>
          <div className="table table-scroll" tabIndex={0} role="region" aria-label={say(pack.form.title)}>
            <table className="care-cells">
              <thead>
                <tr>
                  <th scope="col">{t('report.cell')}</th>
                  <th scope="col" className="care-number">
                    {t('report.value1')}
                  </th>
                  <th scope="col" className="care-number">
                    {t('report.change')}
                  </th>
                  <th scope="col">{t('report.from')}</th>
                </tr>
              </thead>
              <tbody>
                {pack.values.map((value) => (
                  <ValueRow key={value.code} value={value} pack={pack} onDone={state.reload} />
                ))}
              </tbody>
            </table>
          </div>
          <Acts key={pack.values.map(({ origin }) => origin).join()} pack={pack} onDone={state.reload} />
        </>
      )}
    </div>
  );
}

function ValueRow({ value, pack, onDone }: { value: Value; pack: Pack; onDone: () => void }) {
  const { t } = useTranslation('data-care');
  const { say, language } = useLanguage();
  const [typing, setTyping] = useState(false);
  const number = (each: number) => formatNumber(each, { language });
  const change = value.value !== null && value.before !== null ? value.value - value.before : null;
  return (
    <>
      <tr>
        <th scope="row" className="dc-wrap">
          <code>{value.code}</code> {say(value.title)} <small className="soft">{say(value.measuredIn)}</small>
        </th>
        <td className="care-number">
          {value.value === null ? <span className="care-broken">—</span> : <b>{number(value.value)}</b>}
          {value.withheld && <p className="care-withheld">{t('report.withheld')}</p>}
        </td>
        <td className="care-number">
          {change !== null && (
            <span title={`${t('report.before')} ${number(value.before ?? 0)}`}>
              {change > 0 ? '+' : ''}
              {number(change)}
            </span>
          )}
        </td>
        <td className="dc-wrap care-source">
          <Origin value={value} />
          {pack.mayFill && !typing && (
            <button type="button" className="quiet" onClick={() => setTyping(true)}>
              {t('report.type')}
            </button>
          )}
        </td>
      </tr>
      {typing && (
        <tr className="dc-editor">
          <td colSpan={4}>
            <TypeForm
              value={value}
              pack={pack.id}
              onDone={() => {
                setTyping(false);
                onDone();
              }}
              onCancel={() => setTyping(false)}
            />
          </td>
        </tr>
      )}
    </>
  );
}

function Origin({ value }: { value: Value }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  if (value.origin === 'typed')
    return (
      <>
        {t('report.typed', { reason: value.reason })}{' '}
        <small className="soft">{t('report.typedBy', { name: value.typedName })}</small>
      </>
    );
  if (value.origin === 'none') return <span className="care-broken">✕ {t(`report.mapState.${value.problem}`)}</span>;
  return (
    <>
      {value.words && say(value.words)}{' '}
      {value.mapping && <Link to={`/data/items/${value.mapping.resource}`}>{value.mapping.resource}</Link>}{' '}
      <small className="soft">{value.through ? t('report.through', { grant: value.through }) : t('report.own')}</small>
    </>
  );
}

function TypeForm(props: { value: Value; pack: string; onDone: () => void; onCancel: () => void }) {
  const { value, pack, onDone, onCancel } = props;
  const { t } = useTranslation('data-care');
  const [typed, setTyped] = useState(value.value === null ? '' : String(value.value));
  const [reason, setReason] = useState(value.reason ?? '');
  const { busy, problem, submit } = useSubmit((body: { value: number; reason: string }, _header) =>
    read(api.PUT('/api/catalog/packs/{id}/cells/{code}', { params: { path: { id: pack, code: value.code } }, body })),
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit({ value: Number(typed), reason: reason.trim() })) onDone();
  };
  return (
    <form className="dc-form" aria-label={`${t('report.type')} ${value.code}`} onSubmit={(event) => void send(event)}>
      {problem && <RefusalPanel problem={problem} />}
      <div className="dc-row">
        <label>
          {t('report.value1')}
          <input type="number" step="any" required value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <label>
          {t('report.typeReason')}
          <input
            required
            minLength={2}
            maxLength={300}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('report.save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function Acts({ pack, onDone }: { pack: Pack; onDone: () => void }) {
  const { t } = useTranslation('data-care');
  const [reason, setReason] = useState<string | null>(null);
  const path = { id: pack.id };
  const refill = useSubmit((body: { period: string }, header) =>
    read(api.POST('/api/catalog/reports/{form}/packs', { params: { path: { form: pack.form.id }, header }, body })),
  );
  const hand = useSubmit((_: null, header) =>
    read(api.POST('/api/catalog/packs/{id}/submit', { params: { path, header }, body: {} })),
  );
  const review = useSubmit((body: { decision: 'confirm' } | { decision: 'return'; reason: string }, header) =>
    read(api.POST('/api/catalog/packs/{id}/review', { params: { path, header }, body })),
  );
  const problem = refill.problem ?? hand.problem ?? review.problem;
  const done = (result: unknown) => {
    if (result) onDone();
  };
  return (
    <div className="dc-bar-acts">
      {problem && <RefusalPanel problem={problem} />}
      {pack.mayFill && (
        <>
          <button
            type="button"
            className="primary"
            disabled={hand.busy}
            onClick={() => void hand.submit(null).then(done)}
          >
            {t('report.submit')}
          </button>
          <button
            type="button"
            disabled={refill.busy}
            onClick={() => void refill.submit({ period: pack.period }).then(done)}
          >
            {t('report.refill')}
          </button>
        </>
      )}
      {pack.state === 'submitted' && !pack.mayReview && <span className="soft">{t('report.waits')}</span>}
      {pack.mayReview && (
        <>
          <button
            type="button"
            className="primary"
            disabled={review.busy}
            onClick={() => void review.submit({ decision: 'confirm' }).then(done)}
          >
            {t('report.confirm')}
          </button>
          {reason === null ? (
            <button type="button" onClick={() => setReason('')}>
              {t('report.return')}
            </button>
          ) : (
            <form
              className="care-filter"
              onSubmit={(event) => {
                event.preventDefault();
                void review.submit({ decision: 'return', reason: reason.trim() }).then(done);
              }}
            >
              <input
                aria-label={t('report.returnReason')}
                placeholder={t('report.returnReason')}
                required
                minLength={2}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
              <button type="submit" disabled={review.busy}>
                {t('report.return')}
              </button>
            </form>
          )}
        </>
      )}
      <span>
        {t('report.export')} <a href={`/export/reports/${pack.id}.xlsx`}>XLSX</a>{' '}
        <a href={`/export/reports/${pack.id}.csv`}>CSV</a>
      </span>
    </div>
  );
}
