import { Type, type Static } from 'typebox';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, InvalidInput, PurposeNotAllowed } from '#platform/kernel/errors.ts';
import type { FieldMark } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { Guessing, ServiceNotAllowed } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Served } from './serve.ts';
import type { VerifyService } from './service.ts';
import type { SystemKey } from './system-keys.ts';

/** Most that the schema takes; how many are allowed is for the rulebook. */
const MOST = 1_000;

/** A batch of statements (批量核验): whom each is about, and what is stated. `ref` comes back with the answer. */
export const VerifyBody = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          ref: Type.Optional(Type.String({ maxLength: 80 })),
          id: Type.String({ minLength: 1, maxLength: 40 }),
          fields: Type.Record(
            Type.String({ pattern: '^[a-zA-Z]{1,40}$' }),
            Type.String({ minLength: 1, maxLength: 200 }),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MOST },
    ),
  },
  { additionalProperties: false },
);
export type VerifyBody = Static<typeof VerifyBody>;

/** Refuses what the system may not have verified: service, purpose, fields; and batches that are too large. */
export function checkVerify(options: {
  service: VerifyService;
  key: SystemKey;
  body: VerifyBody;
  purpose: string;
  limits: Limits;
}): void {
  const { service, key, body, purpose, limits } = options;
  const permit = key.permits.find((p) => p.service === service.id);
  if (!permit) throw ServiceNotAllowed.with();
  if (!permit.purposes.includes(purpose)) throw PurposeNotAllowed.with();
  const faults: FieldFault[] = [];
  if (body.items.length > limits.batch)
    faults.push({
      pointer: '/items',
      rule: 'maxItems',
      message: { zh: `一次最多 ${limits.batch} 个`, en: `at most ${limits.batch} at a time` },
    });
  for (const [at, { id, fields }] of body.items.entries()) {
    if (!service.idPattern.test(id))
      faults.push({
        pointer: `/items/${at}/id`,
        rule: 'pattern',
        message: { zh: '号码不合格式', en: 'is not well formed' },
      });
    const names = Object.keys(fields);
    if (names.length === 0)
      faults.push({
        pointer: `/items/${at}/fields`,
        rule: 'minProperties',
        message: { zh: '没有要核验的内容', en: 'states nothing' },
      });
    for (const name of names)
      if (!service.fields[name] || !permit.fields.includes(name))
        faults.push({
          pointer: `/items/${at}/fields/${name}`,
          rule: 'permitted',
          message: { zh: `未获准核验“${name}”`, en: `may not have “${name}” verified` },
        });
  }
  if (faults.length > 0) throw InvalidInput.with({ fields: faults.slice(0, 50) });
}

/** Says for each statement of each call yes, no or unknown (核验). */
export async function verifyStatements(options: {
  db: Db;
  services: Services;
  service: VerifyService;
  calls: readonly { key: SystemKey; body: VerifyBody }[];
  limits: Limits;
}): Promise<Served[]> {
  const { db, services, service, calls } = options;
  const statements = calls.flatMap(({ body }) => body.items);
  // Counted first and without waiting: whoever tries too often is refused with all that was found.
  const [, found] = await Promise.all([countTries(options), service.verify({ db, services, statements })]);
  let from = 0;
  return calls.map(({ body: { items } }) => {
    const own = found.slice(from, (from += items.length));
    const names = [...new Set(items.flatMap(({ fields }) => Object.keys(fields)))].sort();
    const subjects = [...new Set(own.flatMap(({ subject }) => subject ?? []))];
    return {
      value: {
        items: items.map(({ ref }, at) => ({
          ...(ref === undefined ? {} : { ref }),
          answers: own[at]?.answers ?? {},
        })),
      },
      rows: items.length,
      subjects: subjects.map((id) => ({ kind: service.subject, id })),
      fields: marksOf(service, names),
    };
  });
}

/** The marks of the same fields are the same list, of which the audit keeps the names. */
const marks = new WeakMap<VerifyService, Map<string, FieldMark[]>>();

function marksOf(service: VerifyService, names: readonly string[]): FieldMark[] {
  let lists = marks.get(service);
  if (!lists) marks.set(service, (lists = new Map()));
  const key = names.join();
  let list = lists.get(key);
  if (!list) lists.set(key, (list = names.flatMap((name) => service.fields[name]?.mark ?? [])));
  return list;
}

/** Counts what is asked about one subject in a day: who tries value after value is stopped. In one order, so that two batches never wait for each other. */
async function countTries(options: Parameters<typeof verifyStatements>[0]): Promise<void> {
  const { db, services, service, calls, limits } = options;
  const tries = new Map<string, { system: string; subject: string; n: number }>();
  for (const { key, body } of calls)
    for (const { id, fields } of body.items) {
      const subject = service.subjectKey({ services, id });
      const place = `${key.system} ${subject}`;
      const n = (tries.get(place)?.n ?? 0) + Object.keys(fields).length;
      tries.set(place, { system: key.system, subject, n });
    }
  const ordered = [...tries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  const { most } = await db.one<{ most: number }>(sql`
    with counted as (
      insert into gateway.verify_tries as v (system, subject, day, tries)
      select u.system, u.subject, (${services.clock.now()}::timestamptz at time zone 'Asia/Shanghai')::date, u.tries
      from unnest(${ordered.map(({ system }) => system)}::text[], ${ordered.map(({ subject }) => subject)}::text[], ${ordered.map(({ n }) => n)}::int[]) as u(system, subject, tries)
      on conflict (system, subject, day) do update set tries = v.tries + excluded.tries returning v.tries)
    select max(tries)::int as most from counted`);
  if (most > limits.tries) throw Guessing.with({ extra: { most: limits.tries } });
}
