import { addDays } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { expectedPlaces } from '#platform/indicator/scan/expected-places.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { FORECAST_MODEL, forecastNext, highest, spread } from './forecast.ts';
import { type CaseSeen, type Cell, versionOf } from './read-cases.ts';

/** Codes of a street have nine digits, of a cell more. */
const STREET = 9;

/** Keeps what is to be expected today, cell by cell (风险预警), and with it the gate of each street's series; made anew where it was made before. */
export async function keepForecasts(
  db: Db,
  of: { cases: readonly CaseSeen[]; cells: readonly Cell[]; today: string; days: number; now: Date },
): Promise<void> {
  const { cases, cells, today, days, now } = of;
  const rules = await amountsAt(
    db,
    {
      origins: { id: 'grid.forecast.origins', unit: 'day' },
      from: { id: 'grid.forecast.coverage-from', unit: 'percent' },
      to: { id: 'grid.forecast.coverage-to', unit: 'percent' },
      high: { id: 'grid.forecast.high', unit: 'percent' },
    },
    now,
  );
  const gate = { origins: rules.origins, mase: 1, coverageFrom: rules.from / 100, coverageTo: rules.to / 100 };
  const first = addDays(today, -days);
  // A district that began to keep cases later has a shorter series, not one of nothing.
  const begun = cases[0]?.day ?? today;
  const span = Array.from({ length: days }, (_, n) => addDays(first, n)).filter((day) => day >= begun);
  const at = new Map(span.map((day, n) => [day, n]));
  const counts = new Map(cells.map(({ code }) => [code, 0]));
  for (const { cell } of cases) if (counts.has(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const all = cells.map(({ code }) => counts.get(code) ?? 0);
  const weights = expectedPlaces({ ofKind: all, ofAll: all });
  const places: { code: string; street: string; expected: number }[] = [];
  await db.run(sql`delete from grid.forecast_series where day = ${today}::date`);
  for (const street of [...new Set(cells.map(({ code }) => code.slice(0, STREET)))].sort()) {
    const own = cases.filter((each) => each.street === street);
    const series = span.map(() => 0);
    for (const { day } of own) {
      const n = at.get(day);
      if (n !== undefined) series[n] = (series[n] ?? 0) + 1;
    }
    const forecast = forecastNext(series, gate);
    await db.run(sql`
      insert into grid.forecast_series (day, street, model, reliable, value, low, high, naive, mase, coverage, origins, from_day, to_day, data_version, made_at)
      values (${today}::date, ${street}, ${FORECAST_MODEL}, ${forecast.reliable}::boolean, ${forecast.value}::float8, ${forecast.low}::float8, ${forecast.high}::float8,
        ${forecast.naive}::float8, ${forecast.mase}::float8, ${forecast.coverage}::float8, ${forecast.origins}::int, ${span[0] ?? today}::date, ${addDays(today, -1)}::date,
        ${versionOf(own)}, ${now}::timestamptz)`);
    const inside = cells.flatMap((cell, n) =>
      cell.code.startsWith(street) ? [{ cell, weight: weights[n] ?? 0 }] : [],
    );
    const shares = spread(
      forecast.value,
      inside.map(({ weight }) => weight),
    );
    places.push(...inside.map(({ cell }, n) => ({ code: cell.code, street, expected: shares[n] ?? 0 })));
  }
  const high = highest(places, rules.high / 100);
  await db.run(sql`delete from grid.forecast where day = ${today}::date`);
  await db.run(sql`
    insert into grid.forecast (day, street, cell, expected, high)
    select ${today}::date, w.street, w.cell, w.expected, w.high from jsonb_to_recordset(${json(
      places.map(({ code, street, expected }) => ({ street, cell: code, expected, high: high.has(code) })),
    )}::text::jsonb) as w(street text, cell text, expected float8, high boolean)`);
}
