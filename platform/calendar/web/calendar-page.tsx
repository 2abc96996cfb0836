import { useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { DistrictDayForm, ImportForm } from './forms.tsx';
import { useCalendarTexts } from './texts.ts';
import './calendar.css';

type Year = Reply<'/api/calendar/days'>;
type Day = Year['days'][number];
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);

/** Calendar of a year (工作日历): what is worked and what is not, and for the system administrator the forms to keep it. */
export default function CalendarPage() {
  const { t } = useCalendarTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const year = Number(search.get('year')) || new Date().getFullYear();
  const state = useApi(`calendar ${year}`, (signal) => call<Year>(`/api/calendar/days?year=${year}`, { signal }));
  const { data } = state;
  const special = data?.days.filter(({ kind }) => kind !== 'weekday' && kind !== 'weekend') ?? [];
  const keeps = me.kind === 'system-administrator';
  return (
    <div className="dc calendar-page">
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      <div className="field">
        <label htmlFor="calendar-year">{t('year')}</label>
        <select id="calendar-year" value={year} onChange={(event) => setSearch({ year: event.target.value })}>
          {yearsAround(year, data?.announcedYears ?? []).map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </div>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {data && (
        <>
          <p className={data.announced ? undefined : 'notice'}>
            {data.announced ? t('announced', { year, n: data.workingDays }) : t('notAnnounced', { year })}{' '}
            {data.document && t('document', { document: data.document })}
          </p>
          <div className="calendar-year">
            {MONTHS.map((month) => (
              <Month
                key={month}
                month={month}
                days={data.days.filter(({ date }) => Number(date.slice(5, 7)) === month)}
              />
            ))}
          </div>
          {special.length > 0 && (
            <section>
              <h2>{t('list', { year })}</h2>
              <ul className="calendar-special">
                {special.map(({ date, kind, name }) => (
                  <li key={date}>
                    <time dateTime={date}>{date}</time> <span className="badge">{t(`kinds.${kind}`)}</span> {name}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {keeps && (
            <>
              <DistrictDayForm
                set={special.filter(({ kind }) => kind.startsWith('district')).map(({ date }) => date)}
                onDone={state.reload}
              />
              <ImportForm year={data.announced ? year + 1 : year} onDone={state.reload} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** Announced years, the one shown and the one after the last. */
function yearsAround(year: number, announced: readonly number[]): number[] {
  const last = announced.at(-1) ?? year;
  return [...new Set([...announced, year, last + 1])].sort((a, b) => b - a);
}

/** A month as a table; a day that is not as its weekday says is told by shape and word, not by colour alone. */
function Month({ month, days }: { month: number; days: Day[] }) {
  const { t, week } = useCalendarTexts();
  const before = (new Date(`${days[0]?.date ?? '2026-01-01'}T00:00:00Z`).getUTCDay() + 6) % 7;
  const cells: (Day | null)[] = [...Array.from({ length: before }, () => null), ...days];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, i) => cells.slice(i * 7, i * 7 + 7));
  return (
    <table className="calendar-month">
      <caption>{t('months', { n: month })}</caption>
      <thead>
        <tr>
          {week.map((name, i) => (
            <th scope="col" key={`${name}${String(i)}`}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((row) => (
          <tr key={row.find((day) => day)?.date}>
            {row.map((day, i) =>
              day ? (
                <td
                  key={day.date}
                  data-kind={day.kind}
                  data-settled={day.settled}
                  title={`${t(`kinds.${day.kind}`)} ${day.name ?? ''}`}
                >
                  {Number(day.date.slice(8))}
                  {day.kind !== 'weekday' && day.kind !== 'weekend' && <small>{t(`kinds.${day.kind}`)[0]}</small>}
                </td>
              ) : (
                <td key={`none${String(i)}`}>{'\u00a0'}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
