import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useClasses } from './grid-parts.tsx';
import { useGridTexts } from './grid-texts.ts';
import { OrphansPart } from './orphans-part.tsx';

type Table = Reply<'/api/incident/responsibility'>;

/** Table of responsibilities (权责清单): what waits for an approval first, then what holds and what held. */
export default function TablePage() {
  const { t, language } = useGridTexts();
  const { me } = useSession();
  const classes = useClasses();
  const unitName = useUnitName();
  const dayOf = (day: string | null) => formatMoment(day, { language, time: false });
  const placeName = (place: string) => {
    if (place.length <= 6) return t('wholeDistrict');
    const unit = place.length <= 9 ? `street-${place}` : `committee-${place}`;
    const name = unitName(unit);
    return name === unit ? place : name;
  };
  const table = useApi('responsibility', (signal) => call<Table>('/api/incident/responsibility', { signal }));
  const { busy, problem, submit } = useSubmit(({ id, approve }: { id: string; approve: boolean }, key) =>
    call(`/api/incident/responsibility/${id}/decide`, { method: 'POST', body: { approve }, headers: key }),
  );
  const decide = async (id: string, approve: boolean) => {
    if ((await submit({ id, approve })) !== undefined) table.reload();
  };
  const lines = table.data?.lines ?? [];
  const waiting = lines.filter(({ state }) => state === 'proposed');
  const decides = me.kind === 'duty-officer' || me.kind === 'unit-head';
  const className = (code: string) => classes.get(code)?.name[language] ?? code;
  return (
    <div className="grid-page">
      <header className="dc-head">
        <h1>{t('table')}</h1>
        <p className="soft">{t('tableLead')}</p>
      </header>
      {table.problem && <RefusalPanel problem={table.problem} onRetry={table.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      <OrphansPart onProposed={table.reload} />
      <section aria-label={t('proposed')}>
        <h2>{t('proposed')}</h2>
        {table.data && waiting.length === 0 && <p className="soft">{t('noProposed')}</p>}
        <ul className="grid-twins">
          {waiting.map((line) => (
            <li key={line.id}>
              <b>
                {className(line.class)} · {line.place} → {unitName(line.unit)}
              </b>
              <span className="soft">{t('proposedBy', { name: line.proposedName, reason: line.reason })}</span>
              {line.rulingOf && (
                <span>
                  {t('fromRuling')} <Link to={`/gov/incidents/${line.rulingOf}`}>{line.rulingOf}</Link>
                </span>
              )}
              {decides && (
                <span className="grid-acts">
                  <button type="button" className="primary" disabled={busy} onClick={() => void decide(line.id, true)}>
                    {t('approve')}
                  </button>
                  <button type="button" disabled={busy} onClick={() => void decide(line.id, false)}>
                    {t('refuse')}
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={t('approved')}>
        <h2>{t('approved')}</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
        <div className="grid-table" tabIndex={0} role="region" aria-label={t('approved')}>
          <table>
            <thead>
              <tr>
                <th>{t('column.class')}</th>
                <th>{t('column.place')}</th>
                <th>{t('column.unit')}</th>
                <th>{t('column.days')}</th>
              </tr>
            </thead>
            <tbody>
              {lines
                .filter(({ state }) => state === 'approved')
                .map((line) => (
                  <tr key={line.id}>
                    <td>{className(line.class)}</td>
                    <td>{placeName(line.place)}</td>
                    <td>{unitName(line.unit)}</td>
                    <td>
                      {t('from', { day: dayOf(line.validFrom) })}{' '}
                      {line.validTo && t('until', { day: dayOf(line.validTo) })}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  );
}
