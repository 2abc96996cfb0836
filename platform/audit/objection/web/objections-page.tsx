import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useObjectionTexts } from './texts.ts';
import './objections.css';

type List = Reply<'/api/objection/objections'>;
type Objection = List['objections'][number];
const STATES = ['open', 'answered', 'withdrawn'] as const;

/** Inbox of objections (异议收件箱): the list by state, the one that is open beside it, the answer below. */
export default function ObjectionsPage() {
  const { t } = useObjectionTexts();
  const purpose = usePurpose('objection', t('subject'), ['rights-request']);
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((each) => each === search.get('state')) ?? 'open';
  const list = useApi(purpose.code ? `objections ${state}` : null, (signal) =>
    call<List>(`/api/objection/objections?state=${state}`, { headers: purpose.headers, signal }),
  );
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  const objections = list.data?.objections ?? [];
  const chosen = objections.find(({ id }) => id === search.get('id')) ?? objections[0];
  return (
    <div className="dc objections-page">
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      <div className="acts" role="group" aria-label={t('title')}>
        {STATES.map((each) => (
          <button type="button" key={each} aria-pressed={each === state} onClick={() => setSearch({ state: each })}>
            {t(`states.${each}`)}
          </button>
        ))}
      </div>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && objections.length === 0 && (
        <EmptyState
          title={t(state === 'open' ? 'none' : 'noneClosed')}
          text={t(state === 'open' ? 'noneText' : 'noneClosedText')}
        />
      )}
      {chosen && (
        <div className="objections-columns">
          <ul className="objections-list">
            {objections.map((objection) => (
              <li key={objection.id}>
                <button
                  type="button"
                  aria-pressed={objection.id === chosen.id}
                  onClick={() => setSearch({ state, id: objection.id })}
                >
                  <b>{t('from', { name: objection.objectorName })}</b>
                  <span>{objection.text}</span>
                  <Clock clock={objection.clock} />
                </button>
              </li>
            ))}
          </ul>
          <Detail key={chosen.id} objection={chosen} headers={purpose.headers} onAnswered={list.reload} />
        </div>
      )}
    </div>
  );
}

function Detail(props: { objection: Objection; headers: Record<string, string>; onAnswered: () => void }) {
  const { objection } = props;
  const { t, language } = useObjectionTexts();
  const unitName = useUnitName();
  const when = (moment: string | null) => formatMoment(moment, { language });
  const { look } = objection;
  const items = look.items.map((item) => item[language]).join(language === 'zh' ? '、' : ', ');
  return (
    <section className="objections-detail" aria-label={t('from', { name: objection.objectorName })}>
      <h2>{t('from', { name: objection.objectorName })}</h2>
      <blockquote>{objection.text}</blockquote>
      <p>
        {t('looked', {
          unit: unitName(objection.lookerUnit),
          name: objection.lookerName,
          when: when(objection.lookedAt),
        })}
      </p>
      <dl className="facts">
        <dt>{t('what')}</dt>
        <dd>{look.what[language]}</dd>
        <dt>{t('purpose')}</dt>
        <dd>{look.purpose?.[language] ?? t('noPurpose')}</dd>
        <dt>{t('basis')}</dt>
        <dd>{look.basis?.[language] ?? '—'}</dd>
        <dt>{t('items')}</dt>
        <dd>{items || '—'}</dd>
      </dl>
      <Clock clock={objection.clock} />
      {objection.addressee === 'auditor' && <p className="soft">{t('auditor')}</p>}
      {objection.answer !== null && (
        <>
          <h3>{t(`findings.${objection.finding as 'justified'}`)}</h3>
          <p>{objection.answer}</p>
          <p className="soft">{t('answered', { name: objection.answeredName, when: when(objection.closedAt) })}</p>
        </>
      )}
      {objection.mayAnswer && <AnswerForm {...props} />}
      {objection.state === 'open' && !objection.mayAnswer && <p className="notice">{t('yours')}</p>}
    </section>
  );
}

/** The answer (答复): a finding and words. What was typed stays when the server refuses. */
function AnswerForm(props: { objection: Objection; headers: Record<string, string>; onAnswered: () => void }) {
  const { t } = useObjectionTexts();
  const [finding, setFinding] = useState('');
  const { busy, problem, submit } = useSubmit((body: { finding: string; text: string }, key) =>
    call(`/api/objection/objections/${props.objection.id}/answer`, {
      method: 'POST',
      body,
      headers: { ...props.headers, ...key },
    }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('text');
    if ((await submit({ finding, text: typeof text === 'string' ? text : '' })) !== undefined) props.onAnswered();
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <fieldset>
        <legend>{t('finding')}</legend>
        {(['justified', 'not-justified'] as const).map((each) => (
          <label className="choice" key={each}>
            <input
              type="radio"
              name="finding"
              value={each}
              checked={finding === each}
              onChange={() => setFinding(each)}
              required
            />{' '}
            {t(`findings.${each}`)}
          </label>
        ))}
      </fieldset>
      <label htmlFor="objection-answer">{t('answer')}</label>
      <small className="soft" id="objection-answer-help">
        {t('answerHelp')}
      </small>
      <textarea
        id="objection-answer"
        name="text"
        aria-describedby="objection-answer-help"
        minLength={4}
        maxLength={1000}
        rows={5}
        required
      />
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('send')}
      </button>
    </form>
  );
}
