import '../../web/grid.css';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useClasses } from '../../web/grid-parts.tsx';
import { CompareModels, Lacking } from './model-parts.tsx';
import { useModelTexts } from './models-texts.ts';
import { percent, Table } from './table.tsx';

type List = Reply<'/api/grid/text-models'>;
type Model = List['models'][number];
type One = Reply<'/api/grid/text-models/{version}'>;
type Corrections = Reply<'/api/grid/class-corrections'>;
/** Of fewer held-out texts a share says little. */
const FEW = 5;

/** Models of text to class for the centre (归类模型): which is in use and how good, what it confuses, what people put right, and the way back. */
export default function ModelsPage() {
  const { t, language } = useModelTexts();
  const classes = useClasses();
  const list = useApi('text models', (signal) => call<List>('/api/grid/text-models', { signal }));
  const [chosen, setChosen] = useState<number | null>(null);
  const [started, setStarted] = useState(false);
  const version = chosen ?? list.data?.inUse ?? null;
  const one = useApi(`text model ${version}`, async (signal) =>
    version === null ? null : call<One>(`/api/grid/text-models/${version}`, { signal }),
  );
  const corrections = useApi('class corrections', (signal) =>
    call<Corrections>('/api/grid/class-corrections', { signal }),
  );
  const learn = useSubmit((_: object, key) => call('/api/grid/text-models', { method: 'POST', headers: key }));
  const choose = useSubmit((body: { version: number | null; reason: string }, key) =>
    call('/api/grid/text-model-choices', { method: 'POST', body, headers: key }),
  );
  const nameOf = (code: string) => (code === '' ? t('nothing') : (classes.get(code)?.name[language] ?? code));
  const use = (to: number | null) => async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const reason = String(new FormData(form).get('reason')).trim();
    if ((await choose.submit({ version: to, reason })) === undefined) return;
    form.reset();
    list.reload();
  };
  const found = list.data;
  const current = found?.models.find((each) => each.version === found.inUse);
  const pinned = typeof found?.chosen?.version === 'number';
  const isWeak = (each: Model) =>
    each.origin === 'cases' && !each.used && found !== undefined && each.top3 < found.leastTop3;
  const isFresh = (each: Model) => each.origin === 'cases' && !each.used && !isWeak(each);
  // The newest alone waits: those before it are of the past.
  const waits = (each: Model) => isFresh(each) && each.version === found?.models[0]?.version;
  const enough = found !== undefined && found.closed >= found.least;
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>
          {t('title')} {current?.origin === 'sample' && <SampleBadge />}
        </h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {[list.problem, one.problem, corrections.problem, learn.problem, choose.problem].map(
        (problem) => problem && <RefusalPanel key={problem.message} problem={problem} />,
      )}
      {found && !current && <p>{t('none')}</p>}
      {current && found && (
        <section className="grid-next" aria-label={t('inUse')}>
          <h2>
            {t('inUse')}
            {language === 'en' ? ': ' : '：'}
            {t('version', { n: current.version })}
          </h2>
          <Facts model={current} />
          <dl className="grid-facts">
            <div>
              <dt>{t('top1')}</dt>
              <dd>{percent(current.top1)}</dd>
            </div>
            <div>
              <dt>{t('top3')}</dt>
              <dd>{percent(current.top3)}</dd>
            </div>
            {current.calibration !== null && (
              <div>
                <dt>{t('calibration')}</dt>
                <dd>
                  {percent(current.calibration)} <small className="soft">{t('calibrationNote')}</small>
                </dd>
              </div>
            )}
          </dl>
          <p className="soft">
            {t('heldOut', { n: current.heldOut })} {t('sure', { share: `${Math.round(found.sure * 100)}%` })}
          </p>
          {current.origin === 'sample' && <p className="notice">{t('sampleNote')}</p>}
          <p>
            {pinned && found.chosen
              ? t('byPerson', {
                  name: found.chosen.name,
                  when: formatMoment(found.chosen.at, { language }),
                  n: found.chosen.version,
                  reason: found.chosen.reason,
                })
              : t('byRule')}
          </p>
          <p className="grid-acts">
            <button
              type="button"
              className="primary"
              disabled={learn.busy || !enough}
              onClick={() => void learn.submit({}).then((done) => done !== undefined && setStarted(true))}
            >
              {t('learn')}
            </button>
            {started && (
              <button type="button" onClick={list.reload}>
                {t('refresh')}
              </button>
            )}
          </p>
          <p className="soft" role="status">
            {started
              ? t('learning')
              : t(enough ? 'enough' : 'tooFew', {
                  closed: found.closed,
                  least: found.least,
                  missing: found.least - found.closed,
                })}
          </p>
          <Lacking classes={found.classes} least={found.leastClass} nameOf={nameOf} />
          {pinned && (
            <details>
              <summary>{t('goSample')}</summary>
              <Why label={t('reason')} button={t('confirmBack')} busy={choose.busy} onSend={use(null)} />
            </details>
          )}
        </section>
      )}
      {one.data?.compared && (
        <CompareModels model={one.data} compared={one.data.compared} inForce={classes.size} nameOf={nameOf} />
      )}
      {one.data && <Judged model={one.data} nameOf={nameOf} />}
      {corrections.data && (
        <section aria-label={t('corrections', { days: corrections.data.days })}>
          <h2>{t('corrections', { days: corrections.data.days })}</h2>
          {corrections.data.corrections.length === 0 && (
            <p className="soft">{t('noCorrections', { days: corrections.data.days })}</p>
          )}
          <ul className="grid-twins">
            {corrections.data.corrections.map((each) => (
              <li key={each.no}>
                <b>
                  {nameOf(each.before)} → {nameOf(each.class)}
                </b>
                <span>{each.text}</span>
                <span className="soft">
                  <Link to={`/gov/incidents/${each.no}`}>{each.no}</Link> · {formatMoment(each.at, { language })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {found && found.models.length > 0 && (
        <section aria-label={t('versions')}>
          <h2>{t('versions')}</h2>
          <ul className="grid-twins">
            {found.models.map((each) => (
              <li key={each.version}>
                <b>
                  {t('version', { n: each.version })}{' '}
                  {each.version === found.inUse && <span className="badge grid-done">{t('inUse')}</span>}
                  {waits(each) && <span className="badge grid-soon">{t('waits')}</span>}
                </b>
                <Facts model={each} />
                <span>
                  {t('top1')} {percent(each.top1)} · {t('top3')} {percent(each.top3)}
                </span>
                <span className="grid-acts">
                  <button type="button" aria-pressed={each.version === version} onClick={() => setChosen(each.version)}>
                    {t('show')}
                  </button>
                </span>
                {isFresh(each) && each.own && <span className="soft">{t('ownModel')}</span>}
                {isWeak(each) && <span className="soft">{t('weak', { share: percent(found.leastTop3) })}</span>}
                {each.version !== found.inUse && !isWeak(each) && !(isFresh(each) && each.own) && (
                  <details>
                    <summary>{t(isFresh(each) ? 'firstUse' : 'goBack')}</summary>
                    <Why
                      label={t('reason')}
                      button={t(isFresh(each) ? 'confirmFirst' : 'confirmBack')}
                      busy={choose.busy}
                      onSend={use(each.version)}
                    />
                  </details>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Facts({ model }: { model: Model }) {
  const { t, language } = useModelTexts();
  const day = (at: string) => formatMoment(at, { language, time: false });
  return (
    <span className="soft">
      {[
        t(`origins.${model.origin as 'cases'}`),
        model.from && model.to ? t('window', { from: day(model.from), to: day(model.to) }) : null,
        t('facts', { texts: model.texts, classes: model.classes }),
        model.corrected !== null ? t('corrected', { n: model.corrected }) : null,
        t('trained', { when: formatMoment(model.trainedAt, { language }) }),
        model.origin === 'cases' ? (model.askedBy ? t('askedBy', { name: model.askedBy }) : t('byWeek')) : null,
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}

/** How a model was judged (检验结果): the costliest confusions, then every class. */
function Judged({ model, nameOf }: { model: One; nameOf: (code: string) => string }) {
  const { t } = useModelTexts();
  return (
    <section aria-label={t('detail', { n: model.version })}>
      <h2>{t('detail', { n: model.version })}</h2>
      {model.byClass.length === 0 && <p className="soft">{t('noDetail')}</p>}
      {model.byClass.length > 0 && (
        <>
          <h3>{t('confusions')}</h3>
          <p className="soft">{t('confusionsLead', model.weights)}</p>
          {model.confusions.length === 0 && <p>{t('noConfusions')}</p>}
          {model.confusions.length > 0 && (
            <Table label={t('confusions')} heads={[t('right'), t('said'), t('texts'), t('cost')]}>
              {model.confusions.slice(0, 10).map((each) => (
                <tr key={`${each.right} ${each.said}`}>
                  <td>
                    {nameOf(each.right)} {each.urgent && <span className="badge grid-soon">{t('urgent')}</span>}
                  </td>
                  <td>{nameOf(each.said)}</td>
                  <td>{each.texts}</td>
                  <td>
                    <b>{each.cost}</b>
                  </td>
                </tr>
              ))}
            </Table>
          )}
          <details>
            <summary>{t('byClass')}</summary>
            <Table label={t('byClass')} heads={[t('class'), t('texts'), t('top1'), t('top3')]}>
              {model.byClass.map((each) => (
                <tr key={each.class}>
                  <td>{nameOf(each.class)}</td>
                  <td>
                    {each.texts} {each.texts < FEW && <small className="soft">{t('fewOf')}</small>}
                  </td>
                  <td>{percent(each.top1 / each.texts)}</td>
                  <td>{percent(each.top3 / each.texts)}</td>
                </tr>
              ))}
            </Table>
          </details>
        </>
      )}
    </section>
  );
}

function Why(props: {
  label: string;
  button: string;
  busy: boolean;
  onSend: (event: FormEvent<HTMLFormElement>) => Promise<void>;
}) {
  return (
    <form onSubmit={(event) => void props.onSend(event)}>
      <label>
        {props.label}
        <input name="reason" required minLength={4} maxLength={500} />
      </label>
      <button type="submit" className="primary" disabled={props.busy}>
        {props.button}
      </button>
    </form>
  );
}
