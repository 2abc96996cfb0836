import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, call, read, useApi, useSubmit } from '#web/client/index.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { ALL, CountChart, DRAWN, PlaceSketch, type Row } from './drawings.tsx';
import { Marks, OpenNav, SignInFirst } from './parts.tsx';
import { useTexts } from './texts.ts';
import './open-data.css';

const PREVIEW = 20;
const NUMBERS = ['integer', 'number'];
/** A value of a row as it stands in the file; the row that sums over a dimension says so in the reader's language. */
const shownValue = (value: unknown, sum: string): string => (value === ALL ? sum : String(value));
const MEASURES = ['access-control', 'encryption', 'audit-log', 'no-transfer', 'deletion', 'incident-report'] as const;

/** The page of an open set (数据集): what it is, its rows, how to get it, what is known of it, and what to say about it. */
export default function DatasetPage() {
  const { id = '' } = useParams();
  const { t, say, language } = useTexts();
  const unit = useUnitName();
  const state = useApi(`open-set ${id}`, (signal) =>
    read(api.GET('/api/open-data/datasets/{id}', { params: { path: { id } }, signal })),
  );
  const found = state.data;
  const open = found?.dataset.opening === 'open';
  const rows = useApi(found && open ? `open-rows ${found.resource} ${found.dataset.no}` : null, () =>
    call<{ result: { records: Row[] } }>(
      `/api/3/action/datastore_search?resource_id=${found?.resource ?? ''}&limit=${found?.dataset.geometry ? DRAWN : 200}`,
    ),
  );
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (!found) return <p className="soft">{t('loading', { ns: 'shell' })}</p>;
  const { dataset: set } = found;
  const records = rows.data?.result.records ?? [];
  const shown = set.fields.filter(({ type }) => type !== 'geometry');
  const file = (name: string) => `/open/${set.id}/v${set.no}.${name}`;
  const origin = globalThis.location?.origin ?? '';
  return (
    <div className="od">
      <header className="od-head">
        <OpenNav />
        <p>
          <Link to="/data/open">← {t('set.back')}</Link>
        </p>
        <h1>{say(set.title)}</h1>
        <p>{say(set.summary)}</p>
        <p className="od-meta">
          <Marks set={set} />
          <span>{unit(set.owner)}</span>
          <span>{t('portal.updated', { when: formatMoment(set.publishedAt, { language, time: false }) })}</span>
        </p>
        {open ? (
          <p className="od-downloads" aria-label={t('set.download')}>
            <a href={file('csv')} download>
              {t('set.download')} CSV
            </a>
            <a href={file('bom.csv')} download>
              {t('set.excel')}
            </a>
            <a href={file('json')} download>
              JSON
            </a>
            <a href={file('jsonl')} download>
              JSON Lines
            </a>
            {set.geometry && (
              <a href={file('geojson')} download>
                GeoJSON
              </a>
            )}
          </p>
        ) : (
          <AskAccess id={set.id} />
        )}
      </header>
      {open && (
        <section className="od-section" aria-label={t('set.preview', { n: PREVIEW, all: set.rows })}>
          <h2>{t('set.preview', { n: Math.min(PREVIEW, set.rows), all: formatNumber(set.rows, { language }) })}</h2>
          {rows.problem && <RefusalPanel problem={rows.problem} onRetry={rows.reload} />}
          <div className="od-scroll" tabIndex={0} role="region" aria-label={say(set.title)}>
            <table>
              <thead>
                <tr>
                  {shown.map((field) => (
                    <th key={field.name} scope="col" data-number={NUMBERS.includes(field.type)}>
                      {say(field.title)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {records.slice(0, PREVIEW).map((row, no) => (
                  <tr key={no}>
                    {shown.map(({ name }) => (
                      <td key={name} data-number={typeof row[name] === 'number'}>
                        {row[name] === null ? (
                          set.about === 'thing' ? (
                            ''
                          ) : (
                            <i>{t('set.withheld')}</i>
                          )
                        ) : (
                          shownValue(row[name], t('set.sum'))
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      {open && set.fields.some(({ name }) => name === 'count') && records.length > 0 && (
        <section className="od-section">
          <h2>{t('set.chart')}</h2>
          <CountChart rows={records} fields={set.fields} label={say(set.title)} />
        </section>
      )}
      {open && set.geometry && records.length > 0 && (
        <section className="od-section">
          <h2>{t('set.map')}</h2>
          <PlaceSketch rows={records} field={set.geometry} label={say(set.title)} />
          <p className="soft">{t('set.mapNote', { n: DRAWN })}</p>
        </section>
      )}
      <section className="od-section">
        <h2>{t('set.quality')}</h2>
        <dl className="od-facts">
          <Fact name={t('set.publisher')}>{unit(set.owner)}</Fact>
          <Fact name={t('set.licence')}>{t(`licence.${set.licence}`)}</Fact>
          {set.attribution && <Fact name={t('set.attribution')}>{set.attribution}</Fact>}
          <Fact name={t('set.cycle')}>
            <span className="od-meta">
              <span>{t(`cycle.${set.cycle}`)}</span>
              <span>{set.stale ? `⚠ ${t('stale')}` : `✓ ${t('set.fresh')}`}</span>
            </span>
          </Fact>
          <Fact name={t('set.why')}>
            {t(set.decision.unverified ? 'set.basisUnverified' : 'set.basis', {
              reason: say(set.decision.reason),
              article: set.decision.article,
            })}
          </Fact>
          <Fact name={t('set.cite')}>
            <code>{set.cite}</code>
          </Fact>
          <Fact name={t('set.digest')}>
            <code>{set.digest.slice(0, 16)}…</code>
          </Fact>
        </dl>
        {found.gate && <p className="od-note">{t('set.gate', { n: found.gate.withheld, k: found.gate.k ?? '–' })}</p>}
      </section>
      <section className="od-section">
        <h2>{t('set.columns')}</h2>
        <div className="od-scroll" tabIndex={0} role="region" aria-label={t('set.columns')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('set.column')}</th>
                <th scope="col">{t('set.code')}</th>
                <th scope="col">{t('set.type')}</th>
              </tr>
            </thead>
            <tbody>
              {set.fields.map((field) => (
                <tr key={field.name}>
                  <th scope="row">{say(field.title)}</th>
                  <td>
                    <code>{field.name}</code>
                  </td>
                  <td>{t(`set.types.${field.type}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="od-meta">
          <a href={`/open/${set.id}/schema.json`}>Table Schema</a>
          <a href={`/open/${set.id}/datapackage.json`}>Data Package</a>
          <a href={file('csv-metadata.json')}>CSVW</a>
        </p>
      </section>
      <section className="od-section">
        <h2>{t('set.api')}</h2>
        <p className="soft">{t('set.apiText')}</p>
        <pre tabIndex={0}>{`curl '${origin}/api/3/action/datastore_search?resource_id=${found.resource}&limit=5'`}</pre>
      </section>
      <section className="od-section">
        <h2>
          {t('set.history')} <small>{found.versions.length}</small>
        </h2>
        <ul className="od-list">
          {found.versions.map((version) => (
            <li key={version.no}>
              <span className="od-meta">
                {open ? (
                  <a href={`/open/${set.id}/v${version.no}.csv`}>{t('set.version', { no: version.no })}</a>
                ) : (
                  t('set.version', { no: version.no })
                )}
                <span>{formatMoment(version.publishedAt, { language })}</span>
                <span>{t('portal.rows', { n: formatNumber(version.rows, { language }) })}</span>
              </span>
              {version.note && <span className="soft">{version.note}</span>}
            </li>
          ))}
        </ul>
      </section>
      {found.reuses.length > 0 && (
        <section className="od-section">
          <h2>{t('set.reuses')}</h2>
          <ul className="od-list">
            {found.reuses.map((reuse) => (
              <li key={reuse.id}>
                {reuse.url ? (
                  <a href={reuse.url} rel="noopener noreferrer nofollow">
                    {reuse.title}
                  </a>
                ) : (
                  reuse.title
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="od-section">
        <h2>
          {t('set.feedback')} <small>{found.feedback.length}</small>
        </h2>
        {found.feedback.length === 0 && <p className="soft">{t('set.noFeedback')}</p>}
        <ul className="od-list">
          {found.feedback.map((one) => (
            <li key={one.id}>
              <p>{one.text}</p>
              <p className="od-meta">
                <span>{formatMoment(one.madeAt, { language })}</span>
                <span className={one.state === 'fixed' ? 'od-done' : undefined}>
                  {one.state === 'fixed'
                    ? `✓ ${t('set.fixed', { no: one.fixedIn })}`
                    : t(one.state === 'declined' ? 'set.declined' : 'set.openState')}
                </span>
              </p>
              {one.answer && <p className="od-answer">{one.answer}</p>}
            </li>
          ))}
        </ul>
        <Report id={set.id} fields={set.fields} onDone={state.reload} />
      </section>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Report({
  id,
  fields,
  onDone,
}: {
  id: string;
  fields: { name: string; title: { zh: string; en: string } }[];
  onDone: () => void;
}) {
  const { t, say } = useTexts();
  const { me } = useSession();
  const [done, setDone] = useState<string>();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<{ state: string }>(`/api/open-data/datasets/${id}/feedback`, { method: 'POST', body, headers: key }),
  );
  if (!me.signedIn) return <SignInFirst text={t('set.signIn')} />;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const [field, row] = [String(data.get('field')), Number(data.get('row'))];
    const made = await submit({
      text: String(data.get('text')),
      ...(field ? { field } : {}),
      ...(row > 0 ? { rowNo: row } : {}),
    });
    if (!made) return;
    setDone(made.state);
    form.reset();
    onDone();
  };
  return (
    <form className="od-form" onSubmit={send} aria-label={t('set.report')}>
      {problem && <RefusalPanel problem={problem} />}
      <label>
        {t('set.reportText')}
        <textarea name="text" rows={3} minLength={4} maxLength={600} required />
      </label>
      <div className="od-two">
        <label>
          {t('set.reportField')}
          <select name="field">
            <option value="">{t('set.whole')}</option>
            {fields.map((field) => (
              <option key={field.name} value={field.name}>
                {say(field.title)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('set.reportRow')}
          <input name="row" type="number" min={1} />
        </label>
      </div>
      <button type="submit" className="primary" disabled={busy}>
        {t('set.send')}
      </button>
      {done && (
        <p role="status" className="od-done">
          {t(done === 'held' ? 'set.held' : 'set.sent')}
        </p>
      )}
    </form>
  );
}

function AskAccess({ id }: { id: string }) {
  const { t } = useTexts();
  const { me } = useSession();
  const [done, setDone] = useState(false);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/open-data/datasets/${id}/access-requests`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setDone(
      (await submit({ purpose: String(data.get('purpose')), measures: data.getAll('measures').map(String) })) !==
        undefined,
    );
  };
  return (
    <>
      <p className="od-note">{t('set.keyNeeded')}</p>
      {me.signedIn && (
        <form className="od-form" onSubmit={send} aria-label={t('set.ask')}>
          {problem && <RefusalPanel problem={problem} />}
          <label>
            {t('set.askPurpose')}
            <textarea name="purpose" rows={2} minLength={10} maxLength={600} required />
          </label>
          <fieldset>
            <legend>{t('set.askMeasures')}</legend>
            {MEASURES.map((measure) => (
              <label key={measure}>
                <input type="checkbox" name="measures" value={measure} /> {t(`set.measures.${measure}`)}
              </label>
            ))}
          </fieldset>
          <button type="submit" className="primary" disabled={busy}>
            {t('set.ask')}
          </button>
          {done && (
            <p role="status" className="od-done">
              {t('set.asked')}
            </p>
          )}
        </form>
      )}
      {!me.signedIn && <SignInFirst text={t('set.signIn')} />}
    </>
  );
}
