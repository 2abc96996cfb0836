import './hall.css';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { askedOf, needs, type SituationAnswers } from './bundle-situation.ts';
import { applyPath, type Bundle, useBase } from './shapes.ts';
import { useHallTexts } from './texts.ts';

/** Several services done as one (一件事): which belong to it, what joining them saves, and one button. */
export default function BundlePage() {
  const { t, say, language } = useHallTexts();
  const { id = '' } = useParams();
  const base = useBase();
  const unitName = useUnitName();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [answers, setAnswers] = useState<SituationAnswers>({});
  const state = useApi(`bundle ${id}`, (signal) => call<Bundle>(`/api/service/bundles/${id}`, { signal }));
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (!state.data) return <p className="soft">{t('guide.loading')}</p>;
  const { title, lead, form, sample, questions, promisedAt } = state.data;
  const { asked, open, counted } = askedOf(questions, answers);
  const needed = new Map(state.data.needed.map((each) => [each.item, needs(each, counted)]));
  const offered = form.items.filter(({ code }) => needed.get(code) !== false);
  const chosen = open ? [] : offered.filter(({ code }) => !left.has(code));
  const toggle = (code: string) => {
    const next = new Set(left);
    if (!next.delete(code)) next.add(code);
    setLeft(next);
  };
  return (
    <article className="hall">
      <header>
        <h1>
          {say(title)} {sample && <SampleBadge />}
        </h1>
        <p>{say(lead)}</p>
      </header>
      <p className="hall-saving">{t('bundle.saving', form.saving)}</p>
      {promisedAt && (
        <p>
          {t('bundle.promised', {
            // The end of a time is 24:00: people know it as the day before.
            when: formatMoment(Date.parse(promisedAt) - 1, { language, time: false }),
          })}
        </p>
      )}
      {asked.length > 0 && (
        <div className="hall-questions">
          {asked.map((question) => (
            <fieldset key={question.id}>
              <legend>{say(question.title)}</legend>
              {question.help && <p className="soft">{say(question.help)}</p>}
              {question.options.map((option) => (
                <label key={option.value} className="choice">
                  <input
                    type="radio"
                    name={question.id}
                    checked={answers[question.id] === option.value}
                    onChange={() => setAnswers({ ...answers, [question.id]: option.value })}
                  />
                  {say(option.title)}
                </label>
              ))}
            </fieldset>
          ))}
        </div>
      )}
      <fieldset className="hall-pick">
        <legend>{t('bundle.pick')}</legend>
        {offered.map((item) => (
          <label key={item.code} className="choice">
            <input type="checkbox" checked={!left.has(item.code)} onChange={() => toggle(item.code)} />
            <span>
              {say(item.title)}
              <small>{unitName(item.unit)}</small>
            </span>
            <Link to={`${base}/services/${item.code}`} aria-label={`${say(item.title)} ${t('guide.by')}`}>
              →
            </Link>
          </label>
        ))}
      </fieldset>
      {chosen.length > 0 ? (
        <p className="acts">
          <Link className="primary" to={applyPath({ base, items: chosen.map(({ code }) => code), bundle: id })}>
            {t('bundle.start', { n: chosen.length })}
          </Link>
        </p>
      ) : (
        <p className="soft">{t(open ? 'bundle.answer' : 'bundle.one')}</p>
      )}
    </article>
  );
}
