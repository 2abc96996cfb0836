import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import { Clock, type ClockView } from '#web/design/clock.tsx';
import { Timeline } from '#web/design/facts.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { ApproveForm, ReasonForm } from './grant-forms.tsx';
import { LevelMark, RequestState } from './marks.tsx';
import { AnswerForm, DeliverForm, SupplementForm, TakeBackForm } from './request-forms.tsx';
import type { DataRequest, Item } from './shapes.ts';
import { Usage } from './usage.tsx';
import { useLanguage, usePurposes, useUnits } from './use-names.ts';
import './texts.ts';
import './request-texts.ts';
import './data-centre.css';

/** One request (共享申请): whose turn it is and how long, what is asked for, what was agreed, what became of it, and its history. */
export default function RequestPage() {
  const { t } = useTranslation('data-requests');
  const { id = '' } = useParams();
  const unit = useUnits();
  const state = useApi(`request ${id}`, (signal) =>
    read(api.GET('/api/catalog/requests/{id}', { params: { path: { id } }, signal })),
  );
  const request = state.data;
  const item = useApi(request ? `item ${request.resource}` : null, (signal) =>
    read(api.GET('/api/catalog/items/{id}', { params: { path: { id: request?.resource ?? '' } }, signal })),
  );
  const fields = item.data?.fields ?? [];
  return (
    <div className="dc" aria-busy={state.loading}>
      <p className="dc-back">
        <Link to="/data/requests">{t('back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !request && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {request && (
        <>
          <Head request={request} />
          <Acts request={request} fields={fields} onChanged={state.reload} />
          <Terms request={request} fields={fields} />
          {request.supplement && <Supplement supplement={request.supplement} />}
          <Agreements request={request} />
          <Usage grant={request.grant} />
          <section className="dc-section" aria-label={t('timeline')}>
            <h2>{t('timeline')}</h2>
            <Timeline
              entries={request.steps.map((step, index) => ({
                id: `${step.at}-${index}`,
                at: step.at,
                title: t(`step.${step.step}`, { ns: 'data-centre' }),
                by: step.unit ? [unit(step.unit), step.name].filter(Boolean).join(' ') : undefined,
                note: step.reason ?? undefined,
              }))}
            />
          </section>
        </>
      )}
    </div>
  );
}

function Head({ request }: { request: DataRequest }) {
  const { t } = useTranslation('data-requests');
  const { say } = useLanguage();
  const unit = useUnits();
  return (
    <header className="dc-head">
      <h1>
        {say(request.takerTitle)} ← {say(request.resourceTitle)}
      </h1>
      <RequestState state={request.state} />
      <dl className="dc-facts">
        <Fact name={t('from')}>{[unit(request.requesterUnit), request.requesterName].filter(Boolean).join(' ')}</Fact>
        <Fact name={t('to')}>{unit(request.supplierUnit)}</Fact>
        <Fact name={t('sharing')}>{t(`sharing.${request.sharing}`, { ns: 'data-centre' })}</Fact>
        <Fact name={t('answerClock')}>
          <Timed clock={request.clock} />
        </Fact>
        {request.delivery && (
          <Fact name={t('deliveryClock')}>
            <Timed clock={request.delivery} />
          </Fact>
        )}
      </dl>
      {request.escalatedAt && ['open', 'supplement'].includes(request.state) ? (
        <p className="dc-late">{t('escalated')}</p>
      ) : (
        request.lateUnit && <p className="dc-late">{t('late', { unit: unit(request.lateUnit) })}</p>
      )}
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A clock with the rule that it counts by. */
function Timed({ clock }: { clock: ClockView & { basis: string } }) {
  const { t } = useTranslation('data-requests');
  return (
    <>
      <Clock clock={clock} />
      <small>
        <Link to={`/data/rules/${clock.basis}`}>{t('basisLink')}</Link>
      </small>
    </>
  );
}

type Open = 'approve' | 'refuse' | 'supplement' | 'take-back';

function Acts({ request, fields, onChanged }: { request: DataRequest; fields: Item['fields']; onChanged: () => void }) {
  const { t } = useTranslation('data-requests');
  const [open, setOpen] = useState<Open | null>(null);
  const grant = useApi(request.mayDecide ? `grant ${request.grant}` : null, (signal) =>
    read(api.GET('/api/catalog/grants/{id}', { params: { path: { id: request.grant } }, signal })),
  );
  const done = () => {
    setOpen(null);
    onChanged();
  };
  const cancel = () => setOpen(null);
  const { mayDecide, mayAskMore, mayAnswer, mayDeliver, mayTakeBack } = request;
  if (!mayDecide && !mayAskMore && !mayAnswer && !mayDeliver && !mayTakeBack) return null;
  return (
    <section className="dc-section" aria-label={t('act')}>
      <h2>{t('act')}</h2>
      {grant.problem && <RefusalPanel problem={grant.problem} onRetry={grant.reload} />}
      {request.mayAnswer && <AnswerForm request={request} onDone={done} />}
      {request.mayDeliver && <DeliverForm request={request} onDone={done} />}
      {open === null && (
        <div className="acts">
          {request.mayDecide && (
            <>
              <button type="button" className="primary" onClick={() => setOpen('approve')}>
                {t('approve')}
              </button>
              <button type="button" onClick={() => setOpen('refuse')}>
                {t('refuse')}
              </button>
            </>
          )}
          {request.mayAskMore && (
            <button type="button" onClick={() => setOpen('supplement')}>
              {t('askMore')}
            </button>
          )}
          {request.mayTakeBack && (
            <button type="button" onClick={() => setOpen('take-back')}>
              {t('takeBack')}
            </button>
          )}
        </div>
      )}
      {open === 'approve' && grant.data && (
        <ApproveForm
          grant={grant.data}
          request={request}
          fields={fields}
          word={t('approve')}
          onDone={done}
          onCancel={cancel}
        />
      )}
      {open === 'refuse' && grant.data && (
        <ReasonForm grant={grant.data} act="refuse" word={t('refuse')} onDone={done} onCancel={cancel} />
      )}
      {open === 'supplement' && <SupplementForm request={request} onDone={done} onCancel={cancel} />}
      {open === 'take-back' && <TakeBackForm request={request} onDone={done} onCancel={cancel} />}
    </section>
  );
}

function Terms({ request, fields }: { request: DataRequest; fields: Item['fields'] }) {
  const { t } = useTranslation('data-requests');
  const { say, language } = useLanguage();
  const unit = useUnits();
  const purpose = usePurposes();
  const comma = language === 'zh' ? '、' : ', ';
  const titleOf = (name: string) => {
    const field = fields.find((each) => each.name === name);
    return field ? say(field.title) : name;
  };
  const without = (name: string) => request.withheld.find(({ field }) => field === name);
  return (
    <section className="dc-section" aria-label={t('terms')}>
      <h2>{t('terms')}</h2>
      <dl className="dc-terms">
        <dt>{t('why')}</dt>
        <dd>{request.why}</dd>
        <dt>{t('grant.fields', { ns: 'data-centre' })}</dt>
        <dd>
          <ul className="dc-chips">
            {request.fields.map((name) => (
              <li key={name} data-given={without(name) ? false : undefined}>
                {titleOf(name)}
                <LevelMark level={fields.find((each) => each.name === name)?.level ?? ''} short />
              </li>
            ))}
          </ul>
          {request.withheld.map(({ field, reason }) => (
            <p key={field} className="soft">
              {titleOf(field)} · {t('withheld', { reason })}
            </p>
          ))}
        </dd>
        <dt>{t('grant.purposes', { ns: 'data-centre' })}</dt>
        <dd>{request.purposes.map(purpose).join(comma)}</dd>
        <dt>{t('rows')}</dt>
        <dd>
          {request.rowFilter.length === 0
            ? t('rowsAll')
            : request.rowFilter
                .map((rule) =>
                  t('grant.filterText', {
                    ns: 'data-centre',
                    field: titleOf(rule.field),
                    values: rule.in.join(comma),
                  }),
                )
                .join(comma)}
        </dd>
        <dt>{t('term')}</dt>
        <dd>
          {request.validUntil
            ? formatMoment(request.validUntil, { language })
            : t('grant.noEnd', { ns: 'data-centre' })}
        </dd>
        {request.decidedAt && request.decidedName && (
          <>
            <dt>{t('decision')}</dt>
            <dd>
              {request.reason}
              {request.basis && <p>{t('legalBasis', { text: request.basis })}</p>}
              <p className="soft">
                {t('decidedBy', {
                  unit: unit(request.decidedUnit),
                  name: request.decidedName,
                  at: formatMoment(request.decidedAt, { language }),
                })}
              </p>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Supplement({ supplement }: { supplement: NonNullable<DataRequest['supplement']> }) {
  const { t } = useTranslation('data-requests');
  const { language } = useLanguage();
  return (
    <section className="dc-section" aria-label={t('supplement')}>
      <h2>{t('supplement')}</h2>
      <p className="soft">
        {t('supplementAsked', { at: formatMoment(supplement.askedAt, { language }), document: supplement.document })}
      </p>
      <ol className="dc-points">
        {supplement.points.map((point, at) => (
          <li key={at}>
            <b>{point}</b>
            <p>{t('answer', { text: supplement.answers?.[at] ?? t('notAnswered') })}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Agreements({ request }: { request: DataRequest }) {
  const { t } = useTranslation('data-requests');
  const { language } = useLanguage();
  const { busy, problem, submit } = useSubmit(async (id: string) => {
    const agreement = await read(api.GET('/api/catalog/agreements/{id}', { params: { path: { id } } }));
    // The bytes as they stand: whoever computes SM3 over the file gets the digest that is shown.
    const address = URL.createObjectURL(new Blob([agreement.document], { type: 'application/ld+json' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: `agreement-${id}.jsonld` });
    link.click();
    URL.revokeObjectURL(address);
    return true;
  });
  return (
    <section className="dc-section" aria-label={t('agreements')}>
      <h2>{t('agreements')}</h2>
      {problem && <RefusalPanel problem={problem} />}
      {request.agreements.length === 0 && <p className="soft">{t('agreementsNone')}</p>}
      <ul className="dc-lines">
        {request.agreements.map((agreement) => (
          <li key={agreement.id}>
            <b>{t('madeAt', { at: formatMoment(agreement.madeAt, { language }) })}</b>
            <small className="soft dc-digest">
              {t('digest')} {agreement.digest}
            </small>
            <button type="button" disabled={busy} onClick={() => void submit(agreement.id)}>
              {t('download')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
