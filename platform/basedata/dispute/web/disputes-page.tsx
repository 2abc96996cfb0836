import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { valueText } from '#web/entrances/shared/value-text.ts';
import { useSession } from '#web/shell/session.tsx';
import { useDeskTexts } from './texts.ts';
import './disputes.css';

type List = Reply<'/api/dispute/disputes'>;
type Dispute = List['disputes'][number];
type Headers = Record<string, string>;
const VIEWS = ['answer', 'filed', 'closed'] as const;
const NONE = { answer: 'none', filed: 'noneFiled', closed: 'noneClosed' } as const;

/** Desk of disputes (异议处理): the list by urgency, one side by side by source, the answer below; then what goes back to the unit. */
export default function DisputesPage() {
  const { t } = useDeskTexts();
  const { me } = useSession();
  const purpose = usePurpose('disputes', t('subject'));
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((each) => each === search.get('view')) ?? 'answer';
  const list = useApi(purpose.code ? `disputes ${view}` : null, (signal) =>
    call<List>(`/api/dispute/disputes?view=${view}`, { headers: purpose.headers, signal }),
  );
  const [sent, setSent] = useState(0);
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  const disputes = list.data?.disputes ?? [];
  const chosen = disputes.find(({ id }) => id === search.get('id')) ?? disputes[0];
  const answers = me.kind === 'data-officer' || me.kind === 'unit-head';
  return (
    <div className="dc disputes-page">
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
        <PurposeLine purpose={purpose} />
      </header>
      <div className="acts" role="group" aria-label={t('title')}>
        {VIEWS.map((each) => (
          <button type="button" key={each} aria-pressed={each === view} onClick={() => setSearch({ view: each })}>
            {t(`views.${each}`)}
          </button>
        ))}
      </div>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && disputes.length === 0 && <EmptyState title={t(NONE[view])} text={t(`${NONE[view]}Text`)} />}
      {chosen && (
        <div className="disputes-columns">
          <ul className="disputes-list">
            {disputes.map((dispute) => (
              <li key={dispute.id}>
                <Entry
                  dispute={dispute}
                  chosen={dispute.id === chosen.id}
                  onChoose={() => setSearch({ view, id: dispute.id })}
                />
              </li>
            ))}
          </ul>
          <Detail
            key={chosen.id}
            dispute={chosen}
            headers={purpose.headers}
            onChanged={() => {
              setSent((n) => n + 1);
              list.reload();
            }}
          />
        </div>
      )}
      {answers && <Corrections sent={sent} headers={purpose.headers} />}
    </div>
  );
}

function Entry({ dispute, chosen, onChoose }: { dispute: Dispute; chosen: boolean; onChoose: () => void }) {
  const { t, language } = useDeskTexts();
  return (
    <button type="button" aria-pressed={chosen} onClick={onChoose}>
      <b>{t('of', { label: dispute.label, attribute: dispute.attributeTitle[language] })}</b>
      <span className="soft">{dispute.reason}</span>
      {dispute.state === 'open' ? (
        <Clock clock={dispute.clock} />
      ) : (
        <span className="badge">{t(`state.${dispute.state as 'accepted'}`)}</span>
      )}
    </button>
  );
}

function Detail(props: { dispute: Dispute; headers: Headers; onChanged: () => void }) {
  const { dispute } = props;
  const { t, language } = useDeskTexts();
  const unitName = useUnitName();
  const when = (moment: string | null) => formatMoment(moment, { language });
  const text = (value: string) => valueText(dispute.attribute, value, language);
  const title = t('of', { label: dispute.label, attribute: dispute.attributeTitle[language] });
  const filed = { name: dispute.filedName, when: when(dispute.filedAt), unit: unitName(dispute.filedUnit) };
  return (
    <section className="disputes-detail" aria-label={title}>
      <h2>{title}</h2>
      <p className="soft">
        {dispute.filedUnit === null ? t('by', filed) : t('byUnit', filed)} · {dispute.baseTitle[language]}
        {dispute.card !== null && (
          <>
            {' · '}
            <Link to={dispute.card}>{t('card')}</Link>
          </>
        )}
      </p>
      {dispute.appealOf !== null && <p className="notice">{t('appeal')}</p>}
      {dispute.escalatedAt !== null && <p className="notice">{t('escalated')}</p>}
      {dispute.state === 'open' && <Clock clock={dispute.clock} />}
      <dl className="facts">
        <dt>{t('claimed')}</dt>
        <dd>
          <b>{dispute.claimed === null ? t('notClaimed') : text(dispute.claimed)}</b>
        </dd>
        <dt>{t('reason')}</dt>
        <dd>{dispute.reason}</dd>
        <dt>{t('evidence')}</dt>
        <dd>{dispute.evidence ?? t('noEvidence')}</dd>
      </dl>
      <h3>{t('values')}</h3>
      {dispute.values.length === 0 ? (
        <p className="soft">{t('noValues')}</p>
      ) : (
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t('values')}>
          <table className="disputes-values">
            <thead>
              <tr>
                <th scope="col">{t('source')}</th>
                <th scope="col">{t('value')}</th>
                <th scope="col">{t('received')}</th>
              </tr>
            </thead>
            <tbody>
              {dispute.values.map((value) => (
                <tr key={`${value.unit} ${value.dataset} ${value.receivedAt}`}>
                  <th scope="row">
                    {unitName(value.unit)}
                    <small className="soft">{value.datasetTitle[language]}</small>
                  </th>
                  <td>
                    {text(value.value)} {value.golden && <span className="badge">{t('stands')}</span>}
                  </td>
                  <td>{when(value.receivedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {dispute.answer !== null && (
        <div className="disputes-answer">
          <b>{t(`state.${dispute.state as 'accepted'}`)}</b>
          <p>{dispute.answer}</p>
          <small className="soft">
            {t('answered', {
              unit: unitName(dispute.answeredUnit),
              name: dispute.answeredName,
              when: when(dispute.closedAt),
            })}
          </small>
        </div>
      )}
      {dispute.mayAnswer ? <AnswerForm {...props} /> : dispute.state === 'open' && <Waiting {...props} />}
    </section>
  );
}

function Waiting({ dispute, headers, onChanged }: { dispute: Dispute; headers: Headers; onChanged: () => void }) {
  const { t } = useDeskTexts();
  const unitName = useUnitName();
  const { busy, problem, submit } = useSubmit((id: string, key) =>
    call(`/api/dispute/disputes/${id}/withdraw`, { method: 'POST', headers: { ...headers, ...key } }),
  );
  const withdraw = async () => {
    if ((await submit(dispute.id)) !== undefined) onChanged();
  };
  const by = dispute.addressee === 'centre' ? t('centre') : unitName(dispute.unit);
  return (
    <div className="acts">
      <span className="soft">{t('notYours', { unit: by })}</span>
      {dispute.mayWithdraw && (
        <button type="button" disabled={busy} onClick={() => void withdraw()}>
          {t('withdraw')}
        </button>
      )}
      {problem && <RefusalPanel problem={problem} />}
    </div>
  );
}

/** The answer (答复): accepted or not, and words. What was typed stays when the server refuses. */
function AnswerForm({ dispute, headers, onChanged }: { dispute: Dispute; headers: Headers; onChanged: () => void }) {
  const { t } = useDeskTexts();
  const [accept, setAccept] = useState<boolean>();
  const { busy, problem, submit } = useSubmit((body: { accept: boolean; text: string }, key) =>
    call(`/api/dispute/disputes/${dispute.id}/answer`, { method: 'POST', body, headers: { ...headers, ...key } }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('text');
    const body = { accept: accept === true, text: typeof text === 'string' ? text : '' };
    if ((await submit(body)) !== undefined) onChanged();
  };
  const choice = (value: boolean, label: string) => (
    <label className="choice">
      <input type="radio" name="accept" checked={accept === value} onChange={() => setAccept(value)} required /> {label}
    </label>
  );
  return (
    <form onSubmit={(event) => void send(event)}>
      <fieldset>
        <legend>{t('answer')}</legend>
        {choice(true, t(dispute.claimed === null ? 'acceptNone' : 'accept'))}
        {choice(false, t('refuse'))}
      </fieldset>
      <label htmlFor="dispute-answer">{t('text')}</label>
      <small className="soft" id="dispute-answer-help">
        {t('textHelp')}
      </small>
      <textarea
        id="dispute-answer"
        name="text"
        aria-describedby="dispute-answer-help"
        minLength={4}
        maxLength={1000}
        rows={4}
        required
      />
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('send')}
      </button>
    </form>
  );
}

const ASK_AGAIN_MS = [1_500, 4_000, 10_000, 20_000];

/** What the unit has to take over in its own system (更正回流). `sent`: how many answers have been sent from this page. */
function Corrections({ headers, sent }: { headers: Headers; sent: number }) {
  const { t, language } = useDeskTexts();
  const feed = useApi('corrections', (signal) =>
    call<Reply<'/api/dispute/corrections'>>('/api/dispute/corrections', { headers, signal }),
  );
  // The base database makes the correction a moment after an answer; without one nothing is to come, and no read is made for it.
  const again = useRef(feed.reload);
  again.current = feed.reload;
  useEffect(() => {
    if (sent === 0) return;
    const timers = ASK_AGAIN_MS.map((ms) => setTimeout(() => again.current(), ms));
    return () => timers.forEach(clearTimeout);
  }, [sent]);
  const corrections = feed.data?.corrections ?? [];
  return (
    <section className="disputes-corrections">
      <h2>{t('corrections')}</h2>
      <p className="soft">{t('correctionsText')}</p>
      {feed.problem && <RefusalPanel problem={feed.problem} onRetry={feed.reload} />}
      {feed.data && corrections.length === 0 && <p className="soft">{t('noCorrections')}</p>}
      <ul>
        {corrections.map((correction) => (
          <li key={correction.seq}>
            {`${correction.attributeTitle[language]}${t('colon')}`}
            <b>
              {correction.value === null
                ? t('notClaimed')
                : valueText(correction.attribute, correction.value, language)}
            </b>{' '}
            <span className="soft">
              {correction.dataset !== null && t('row', { dataset: correction.dataset, row: correction.rowNo })}
            </span>{' '}
            <span className="badge">{correction.adoptedAt === null ? t('waiting') : t('adopted')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
