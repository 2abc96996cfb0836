import type { FormEvent } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { ExerciseMark, State } from './ops-parts.tsx';
import { useOpsTexts } from './ops-texts.ts';

type Set = Reply<'/api/ops/options/{id}'>;
const percent = (share: number) => `${Math.round(share * 100)}%`;

/** Options side by side (方案比选): values with evidence, rank, and how much hangs on each weight; a leader signs with a reason. */
export default function OptionsPage() {
  const { t, language } = useOpsTexts();
  const { id = '' } = useParams();
  const { me } = useSession();
  const unitName = useUnitName();
  const state = useApi(`ops options ${id}`, (signal) => call<Set>(`/api/ops/options/${id}`, { signal }));
  const set = state.data;
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/ops/options/${id}/decide`, { method: 'POST', body, headers: key }),
  );
  const sign = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = {
      option: String(data.get('option') ?? ''),
      reason: String(data.get('reason') ?? ''),
      urgent: data.get('urgent') === 'on',
    };
    if ((await submit(body)) !== undefined) state.reload();
  };
  const mayDecide = set?.state === 'open' && me.kind === 'district-leader';
  return (
    <div className="ops-page">
      <header>
        {set && (
          <p>
            <Link to={`/ops/incidents/${set.incident}`}>{t('ofIncident')}</Link>
          </p>
        )}
        <h1>
          {set?.question ?? t('optionSets')} {set?.exercise && <ExerciseMark />}
        </h1>
        {set && (
          <p className="ops-row">
            <State state={set.state} />
            {set.decidedAt && (
              <span className="soft">
                {t('signed', { name: set.decidedName, at: formatMoment(set.decidedAt, { language }) })}：{set.reason}
              </span>
            )}
            {set.order && <Link to={`/ops/orders/${set.order}`}>{t('toOrder')}</Link>}
          </p>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {set && (
        <form onSubmit={sign}>
          <ul className="ops-options">
            {set.options.map((option) => (
              <li key={option.id} className="ops-card" data-first={option.rank === 1}>
                <div className="ops-row">
                  <h2>{option.title}</h2>
                  <span className="badge">{t('rank', { n: option.rank })}</span>
                  {set.chosen && (
                    <span className={`badge${set.chosen === option.id ? ' ops-good' : ''}`}>
                      {set.chosen === option.id ? t('chosen') : t('kept')}
                    </span>
                  )}
                </div>
                <p>{option.demand}</p>
                <p className="soft">{option.units.map((unit) => unitName(unit)).join('、')}</p>
                <dl className="ops-facts">
                  {set.criteria.map((criterion) => (
                    <div key={criterion.id}>
                      <dt>
                        {criterion.title[language]} <small className="soft">{t(criterion.direction)}</small>
                      </dt>
                      <dd>
                        {option.facts[criterion.id]?.value} {criterion.unit[language]}
                      </dd>
                    </div>
                  ))}
                  <div>
                    <dt>{t('closeness')}</dt>
                    <dd>{option.closeness.toFixed(3)}</dd>
                  </div>
                </dl>
                <small className="soft">
                  {t('evidence')}：
                  {[...new Set(set.criteria.map(({ id: of }) => option.facts[of]?.evidence ?? ''))].join('；')}
                </small>
                {mayDecide && (
                  <label className="choice">
                    <input type="radio" name="option" value={option.id} required /> {t('choose')} {option.title}
                  </label>
                )}
              </li>
            ))}
          </ul>
          <p className="soft">{t('computed')}</p>
          <section aria-label={t('sensitivity')}>
            <h2>{t('sensitivity')}</h2>
            <p className="soft">{t('sensitivityText')}</p>
            <dl className="ops-facts">
              {set.sensitivity.map((each) => {
                const criterion = set.criteria.find(({ id: of }) => of === each.criterion);
                return (
                  <div key={each.criterion}>
                    <dt>
                      {criterion?.title[language]}{' '}
                      <small className="soft">{`${t('weight')} ${criterion?.weight}`}</small>
                    </dt>
                    <dd>
                      {percent(each.from)} – {percent(each.to)}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </section>
          {mayDecide && (
            <>
              <label>
                {t('reason')}
                <textarea name="reason" minLength={4} maxLength={1000} rows={2} required />
              </label>
              <label className="choice">
                <input type="checkbox" name="urgent" defaultChecked /> {t('signUrgent')}
              </label>
              {problem && <RefusalPanel problem={problem} />}
              <button type="submit" className="primary" disabled={busy}>
                {t('sign')}
              </button>
            </>
          )}
          {set.state === 'open' && !mayDecide && <p className="soft">{t('leaderOnly')}</p>}
        </form>
      )}
    </div>
  );
}
