import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { Clock } from '#web/design/clock.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Content, Entry } from './entry-form.tsx';
import { KindBadge, LevelMark } from './marks.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

/** An item of the register (目录项): its metadata, and for its owner and reviewers what is proposed, with clock and acts. */
export default function EntryPage() {
  const { t } = useTranslation('data-care');
  const { id = '' } = useParams();
  const { say, language } = useLanguage();
  const unit = useUnits();
  const state = useApi(`entry ${id}`, (signal) =>
    read(api.GET('/api/catalog/entries/{id}', { params: { path: { id } }, signal })),
  );
  const entry = state.data;
  const shown = entry?.proposal?.content ?? entry?.content;
  return (
    <div className="dc" aria-busy={state.loading}>
      <p className="dc-back">
        <Link to="/data">{t('item.back', { ns: 'data-centre' })}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {entry && shown && (
        <>
          <header className="dc-head">
            <h1>
              {say(shown.title) || shown.title.zh} <KindBadge badge={entry.sample ? 'sample' : null} />
            </h1>
            <p className="soft">
              {t(`register.state.${entry.state}`)} · {unit(entry.unit)} · {entry.code ?? '—'}
            </p>
            <p>{say(shown.summary) || shown.summary.zh}</p>
          </header>
          {entry.proposal && <Proposal entry={entry} />}
          {entry.change && (
            <p className="notice">
              {t('register.changed', { on: entry.change.on })} {entry.change.note}
              <Clock clock={entry.change.clock} />
            </p>
          )}
          <Acts entry={entry} onDone={state.reload} />
          <Facts entry={entry} content={shown} />
          <section className="dc-section" aria-labelledby="items">
            <h2 id="items">
              {t('register.itemsTitle')} <small>{shown.items.length}</small>
            </h2>
            <ul className="dc-chips">
              {shown.items.map((item) => (
                <li key={item.name}>
                  {item.name} <small className="soft">{t(`register.types.${item.type}`)}</small>
                </li>
              ))}
            </ul>
          </section>
          {entry.steps.length > 0 && (
            <section className="dc-section" aria-labelledby="history">
              <h2 id="history">{t('register.history')}</h2>
              <ul className="dc-lines">
                {entry.steps.map((step) => (
                  <li key={`${step.at} ${step.step}`}>
                    <b>{t(`register.step.${step.step}`)}</b>
                    <span className="soft">
                      {formatMoment(step.at, { language })} · {unit(step.unit)} {step.name}
                      {step.reason && <> · {step.reason}</>}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </div>
  );
}

function Proposal({ entry: { proposal } }: { entry: Entry }) {
  const { t } = useTranslation('data-care');
  if (!proposal) return null;
  return (
    <div className="care-saved">
      {t('register.proposed', { name: proposal.name, kind: t(`register.kind.${proposal.kind}`) })}
      {proposal.why && <> · {proposal.why}</>}
      {proposal.clock && <Clock clock={proposal.clock} />}
      {proposal.returnedReason && (
        <p className="care-broken">{t('register.returned', { reason: proposal.returnedReason })}</p>
      )}
    </div>
  );
}

function Facts({ entry, content }: { entry: Entry; content: Content }) {
  const { t } = useTranslation('data-care');
  const { language } = useLanguage();
  const unit = useUnits();
  const word = (group: string, value: string) => t(`${group}.${value}`, { ns: 'data-centre' });
  const day = (at: string | null) => (at ? formatMoment(at, { language, time: false }) : '—');
  const facts: [string, ReactNode][] = [
    [t('register.class'), content.class],
    [t('register.provider'), unit(entry.unit)],
    [t('register.providerCode'), content.providerCode || '—'],
    [t('register.system'), content.system],
    [t('register.format'), t(`register.formats.${content.format}`)],
    [t('register.level'), <LevelMark key="level" level={content.level} />],
    [t('register.sharing'), `${word('sharing', content.sharing)} ${content.sharingCondition}`],
    [t('register.method'), t(`register.methods.${content.sharingMethod}`)],
    [t('register.opening'), `${word('opening', content.opening)} ${content.openingCondition}`],
    [t('register.updates'), word('updates', content.updates)],
    [t('register.publishedAt'), day(entry.publishedAt)],
    [t('register.version'), entry.version],
    [t('register.related'), content.related.join(' ') || '—'],
  ];
  return (
    <dl className="dc-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Asked = 'withdraw' | 'change' | 'return' | null;

function Acts({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const { t } = useTranslation('data-care');
  const [asked, setAsked] = useState<Asked>(null);
  const [reason, setReason] = useState('');
  const [on, setOn] = useState('');
  const path = { id: entry.id };
  const plain = useSubmit((act: 'submit' | 'drop', header) =>
    act === 'submit'
      ? read(api.POST('/api/catalog/entries/{id}/submit', { params: { path, header }, body: {} }))
      : read(api.POST('/api/catalog/entries/{id}/drop', { params: { path, header }, body: {} })),
  );
  const withReason = useSubmit((act: { what: Asked; reason: string; on: string }, header) => {
    const params = { path, header };
    if (act.what === 'withdraw')
      return read(api.POST('/api/catalog/entries/{id}/withdraw', { params, body: { reason: act.reason } }));
    if (act.what === 'change')
      return read(api.POST('/api/catalog/entries/{id}/change', { params, body: { on: act.on, note: act.reason } }));
    return read(
      api.POST('/api/catalog/entries/{id}/review', { params, body: { decision: 'return', reason: act.reason } }),
    );
  });
  const pass = useSubmit((_: null, header) =>
    read(api.POST('/api/catalog/entries/{id}/review', { params: { path, header }, body: { decision: 'pass' } })),
  );
  const done = (result: unknown) => {
    if (!result) return;
    setAsked(null);
    setReason('');
    onDone();
  };
  const problem = plain.problem ?? withReason.problem ?? pass.problem;
  const busy = plain.busy || withReason.busy || pass.busy;
  const send = (event: FormEvent) => {
    event.preventDefault();
    void withReason.submit({ what: asked, reason: reason.trim(), on }).then(done);
  };
  const label = { withdraw: 'register.withdrawReason', change: 'register.changeNote', return: 'register.returnReason' };
  const act = { withdraw: 'register.withdraw', change: 'register.change', return: 'register.return' };
  if (!entry.mayEdit && !entry.mayReview) return null;
  return (
    <>
      {problem && <RefusalPanel problem={problem} />}
      <div className="care-acts">
        {entry.mayReview && (
          <>
            <button type="button" className="primary" disabled={busy} onClick={() => void pass.submit(null).then(done)}>
              {t('register.pass')}
            </button>
            <button type="button" onClick={() => setAsked('return')}>
              {t('register.return')}
            </button>
          </>
        )}
        {entry.mayEdit && (
          <>
            {entry.proposal?.content && (
              <button
                type="button"
                className="primary"
                disabled={busy}
                onClick={() => void plain.submit('submit').then(done)}
              >
                {t('register.submit')}
              </button>
            )}
            <Link className="button" to={`/data/entries/${entry.id}/edit`}>
              {t(entry.state === 'published' ? 'register.revise' : 'register.edit')}
            </Link>
            {entry.state === 'published' && (
              <>
                {entry.proposal && (
                  <button type="button" disabled={busy} onClick={() => void plain.submit('drop').then(done)}>
                    {t('register.drop')}
                  </button>
                )}
                {!entry.change && (
                  <button type="button" onClick={() => setAsked('change')}>
                    {t('register.change')}
                  </button>
                )}
                <button type="button" onClick={() => setAsked('withdraw')}>
                  {t('register.withdraw')}
                </button>
              </>
            )}
          </>
        )}
      </div>
      {asked && (
        <form className="dc-form" aria-label={t(act[asked])} onSubmit={send}>
          <div className="dc-row">
            {asked === 'change' && (
              <label>
                {t('register.changeOn')}
                <input type="date" required value={on} onChange={(event) => setOn(event.target.value)} />
              </label>
            )}
            <label>
              {t(label[asked])}
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
              {t(act[asked])}
            </button>
            <button type="button" onClick={() => setAsked(null)}>
              {t('cancel')}
            </button>
          </div>
        </form>
      )}
    </>
  );
}
