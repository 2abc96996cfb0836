import { type FormEvent, useId, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useMoveTexts } from './move-texts.ts';
import type { Move, MovePlan } from './shapes.ts';

type Standing = MovePlan['instances'][number];

/** What moving between two versions would do, step by step and case by case; and the request for it. */
export function MoveForm({
  process,
  from,
  to,
  onAsked,
}: {
  process: string;
  from: number;
  to: number;
  onAsked: () => void;
}) {
  const { t } = useMoveTexts();
  const id = useId();
  const [map, setMap] = useState<Record<string, string>>({});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const path = `/api/workflow/processes/${process}/moves`;
  const plan = useApi(`move ${process} ${from} ${to} ${JSON.stringify(map)}`, (signal) =>
    call<MovePlan>(`${path}/plan`, { method: 'POST', body: { from, to, map }, signal }),
  );
  const ask = useSubmit((body: object, headers) => call<Move>(path, { method: 'POST', body, headers }));
  const movable = plan.data?.instances.filter(({ faults }) => faults.length === 0) ?? [];
  const instances = movable.map((each) => each.id).filter((each) => chosen.has(each));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const done = await ask.submit({ from, to, map: plan.data?.map ?? {}, instances, reason: reason.trim() });
    if (!done) return;
    setChosen(new Set());
    setReason('');
    setAsked(true);
    onAsked();
  };
  if (plan.problem) return <RefusalPanel problem={plan.problem} onRetry={plan.reload} />;
  if (!plan.data) return <p className="soft">{t('loading', { ns: 'shell' })}</p>;
  return (
    <form className="process-move" onSubmit={(event) => void send(event)}>
      <Places places={plan.data.places} onMap={(element, target) => setMap((old) => ({ ...old, [element]: target }))} />
      {plan.data.gone.length > 0 && (
        <p className="notice">{t('gone', { steps: plan.data.gone.map(({ name }) => name).join('、') })}</p>
      )}
      <h2>{t('instances')}</h2>
      {plan.data.all > plan.data.instances.length && (
        <p className="soft">{t('most', { all: plan.data.all, n: plan.data.instances.length })}</p>
      )}
      <label className="process-tick">
        <input
          type="checkbox"
          disabled={movable.length === 0}
          checked={movable.length > 0 && instances.length === movable.length}
          onChange={(event) => setChosen(new Set(event.target.checked ? movable.map((each) => each.id) : []))}
        />{' '}
        {t('all')} <span className="soft">{t('chosen', { n: instances.length })}</span>
      </label>
      <Cases
        instances={plan.data.instances}
        chosen={chosen}
        onChoose={(one, yes) =>
          setChosen((old) => (yes ? new Set([...old, one]) : new Set([...old].filter((each) => each !== one))))
        }
      />
      <div className="field">
        <label htmlFor={id}>{t('reason')}</label>
        <textarea
          id={id}
          rows={2}
          minLength={4}
          maxLength={300}
          required
          value={reason}
          aria-describedby={`${id}-help`}
          onChange={(event) => setReason(event.target.value)}
        />
        <small id={`${id}-help`} className="soft">
          {t('reasonHelp')}
        </small>
      </div>
      {ask.problem && <RefusalPanel problem={ask.problem} />}
      <div className="acts">
        <button
          type="submit"
          className="primary"
          disabled={ask.busy || instances.length === 0 || reason.trim().length < 4}
        >
          {t('ask')}
        </button>
        <span role="status" className="soft">
          {asked && instances.length === 0 ? t('asked') : ''}
        </span>
      </div>
    </form>
  );
}

function Places({ places, onMap }: { places: MovePlan['places']; onMap: (element: string, target: string) => void }) {
  const { t } = useMoveTexts();
  return (
    <div className="table is-stacked">
      <table>
        <caption>{t('places')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('cases')}</th>
            <th scope="col">{t('target')}</th>
          </tr>
        </thead>
        <tbody>
          {places.map(({ element, name, instances, target, choices }) => (
            <tr key={element}>
              <td data-label={t('step')}>
                <b>{name}</b>
              </td>
              <td data-label={t('cases')}>{instances}</td>
              <td data-label={t('target')}>
                {choices.length === 0 ? (
                  <span className="process-cannot">{t('noChoice')}</span>
                ) : (
                  <select
                    aria-label={`${name}：${t('target')}`}
                    value={target ?? ''}
                    onChange={(event) => onMap(element, event.target.value)}
                  >
                    {target === null && <option value="">{t('noTarget')}</option>}
                    {choices.map((choice) => (
                      <option key={choice.element} value={choice.element}>
                        {choice.name}
                      </option>
                    ))}
                  </select>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cases({
  instances,
  chosen,
  onChoose,
}: {
  instances: readonly Standing[];
  chosen: ReadonlySet<string>;
  onChoose: (instance: string, yes: boolean) => void;
}) {
  const { t, language } = useMoveTexts();
  const unitName = useUnitName();
  return (
    <div className="table is-stacked">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('case')}</th>
            <th scope="col">{t('since')}</th>
            <th scope="col">{t('at')}</th>
            <th scope="col">{t('result')}</th>
          </tr>
        </thead>
        <tbody>
          {instances.map((each) => (
            <tr key={each.id}>
              <td data-label={t('case')}>
                <label className="process-tick">
                  <input
                    type="checkbox"
                    disabled={each.faults.length > 0}
                    checked={each.faults.length === 0 && chosen.has(each.id)}
                    aria-label={`${t('choose')} ${shortOf(each.id)}`}
                    onChange={(event) => onChoose(each.id, event.target.checked)}
                  />{' '}
                  <code>{shortOf(each.id)}</code> {each.unit !== null && unitName(each.unit)}
                </label>
              </td>
              <td data-label={t('since')}>{formatMoment(each.startedAt, { language })}</td>
              <td data-label={t('at')}>{each.at.join('、')}</td>
              <td data-label={t('result')}>
                <After standing={each} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function After({ standing: { faults, lost } }: { standing: Standing }) {
  const { t, say } = useMoveTexts();
  if (faults.length === 0 && lost.length === 0) return <span className="soft">{t('fits')}</span>;
  const lines = faults.length > 0 ? faults : lost;
  return (
    <>
      <b className={faults.length > 0 ? 'process-cannot' : undefined}>{t(faults.length > 0 ? 'cannot' : 'lost')}</b>
      <ul className="process-after">
        {lines.map(({ element, name, message }) => (
          <li key={`${element} ${message.zh}`}>
            {name}：{say(message)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The end of an instance's id: what people can compare and read out. */
export const shortOf = (instance: string): string => instance.slice(-8);
