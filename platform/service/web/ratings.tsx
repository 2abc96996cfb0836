import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useCaseTexts } from './case-texts.ts';
import './cases.css';

type List = Reply<'/api/service/ratings'>;
type Rating = List['ratings'][number];
type Author = Reply<'/api/service/ratings/{id}/author'>;

/** Ratings of the unit (好差评), open ones first; the office that calls back sees all. */
export default function RatingsPage() {
  const { t } = useCaseTexts();
  const list = useApi('ratings', (signal) => call<List>('/api/service/ratings', { signal }));
  const { ratings = [], counts = [], office = false } = list.data ?? {};
  return (
    <div className="cases">
      <header className="dc-head">
        <h1>{t('ratings.title')}</h1>
        <p className="soft">{t('ratings.lead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && ratings.length === 0 && <EmptyState title={t('ratings.none')} text={t('ratings.noneText')} />}
      {ratings.length > 0 && (
        <dl className="case-answers">
          {([5, 4, 3, 2, 1] as const).map((stars) => (
            <div key={stars}>
              <dt>{t(`mine.stars.${stars}`)}</dt>
              <dd>{counts[stars - 1]}</dd>
            </div>
          ))}
        </dl>
      )}
      {ratings.map((rating) => (
        <Entry key={`${rating.id} ${rating.state}`} rating={rating} office={office} onDone={list.reload} />
      ))}
    </div>
  );
}

function Entry({ rating, office, onDone }: { rating: Rating; office: boolean; onDone: () => void }) {
  const { t, language } = useCaseTexts();
  const unitName = useUnitName();
  return (
    <section className="case-next" aria-label={rating.title[language]}>
      <p>
        <b>{t(`mine.stars.${rating.stars as 5}`)}</b> · {rating.title[language]} · {unitName(rating.unit)}{' '}
        <span className="badge">{t(`ratings.state.${rating.state as 'done'}`)}</span>
        {rating.round > 1 && <small className="soft"> {t('ratings.again', { round: rating.round })}</small>}
      </p>
      {rating.text && <p>{rating.text}</p>}
      {rating.clock && rating.state !== 'done' && <Clock clock={rating.clock} />}
      {rating.callText && (
        <p className="soft">
          {t('ratings.found')} {rating.callText}
        </p>
      )}
      {rating.repairText && (
        <p className="soft">
          {t('ratings.done')} {rating.repairText}
        </p>
      )}
      {office && rating.state === 'to-call' && <Call rating={rating} onDone={onDone} />}
      {!office && rating.state === 'to-repair' && <Repair rating={rating} onDone={onDone} />}
    </section>
  );
}

function Call({ rating, onDone }: { rating: Rating; onDone: () => void }) {
  const { t } = useCaseTexts();
  const purpose = usePurpose('cases', t('ratings.subject'), ['handle-case']);
  const author = useApi(purpose.code ? `author ${rating.id}` : null, (signal) =>
    call<Author>(`/api/service/ratings/${rating.id}/author`, { headers: purpose.headers, signal }),
  );
  const [founded, setFounded] = useState<boolean>();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/service/ratings/${rating.id}/call`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('text');
    if ((await submit({ wellFounded: founded === true, text })) !== undefined) onDone();
  };
  return (
    <>
      {author.data ? (
        <p>
          {author.data.name} {author.data.phone}
        </p>
      ) : (
        <div className="acts">
          <button type="button" onClick={() => void purpose.ask()}>
            {t('ratings.author')}
          </button>
        </div>
      )}
      <form onSubmit={(event) => void send(event)}>
        <fieldset>
          <legend>{t('ratings.call')}</legend>
          {([true, false] as const).map((each) => (
            <label key={String(each)} className="choice">
              <input type="radio" name={`founded-${rating.id}`} required onChange={() => setFounded(each)} />
              {t(each ? 'ratings.founded' : 'ratings.unfounded')}
            </label>
          ))}
        </fieldset>
        <label>
          {t('ratings.found')}
          <textarea name="text" rows={2} minLength={4} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('ratings.call')}
        </button>
      </form>
    </>
  );
}

function Repair({ rating, onDone }: { rating: Rating; onDone: () => void }) {
  const { t } = useCaseTexts();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/service/ratings/${rating.id}/repair`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('text');
    if ((await submit({ text })) !== undefined) onDone();
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label>
        {t('ratings.done')}
        <textarea name="text" rows={2} minLength={4} required />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" disabled={busy}>
        {t('ratings.repair')}
      </button>
    </form>
  );
}
