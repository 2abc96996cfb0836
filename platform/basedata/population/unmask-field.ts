import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ID_KIND } from '#platform/exchange/target.ts';
import { assertMayReveal } from '#platform/access/attributes/view.ts';
import { attributeOf, markOf, UNMASKABLE } from './attributes.ts';
import { anyPid, foreignPid } from './examples.ts';
import { identifier, resident } from './resources.ts';
import { PidParams } from './show-person.ts';

/** Opens one masked field in clear. The person sees which, by whom and why. */
export const unmaskField = route({
  method: 'POST',
  path: '/api/population/persons/:pid/unmask',
  summary: { zh: '查看一项完整信息', en: 'Open one masked field' },
  allow: 'population.person.unmask',
  assurance: 2,
  params: PidParams,
  body: Type.Object(
    { field: Type.Union(UNMASKABLE.map((name) => Type.Literal(name))) },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    pid: itemOf(identifier, ['pid']).properties.pid,
    field: Type.String(),
    value: itemOf(identifier, ['idNumber']).properties.idNumber,
  }),
  repeatable: true,
  errors: [NotFound, Forbidden],
  examples: {
    own: () => ({
      as: 'street-clerk',
      params: { pid: anyPid() },
      body: { field: 'idNumber' },
      purpose: 'verify-application',
    }),
    foreign: () => ({
      as: 'street-clerk',
      params: { pid: foreignPid() },
      body: { field: 'idNumber' },
      purpose: 'verify-application',
    }),
  },
  handler: async ({ db, params: { pid }, body: { field }, services, actor }) => {
    const person = await db.first<{ record: Record<string, string | null> }>(
      sql`select to_jsonb(p) - 'sources' as record from population.person p where pid = ${pid}::uuid`,
    );
    if (!person) throw NotFound.with();
    assertMayReveal({ services, actor, resource: resident.id }, markOf(field));
    await db.run(
      sql`insert into population.unmasking (trace, pid, field) values (${actor.trace}, ${pid}::uuid, ${field})`,
    );
    if (field === 'idNumber') {
      const found = await db.first<{ sealed: string }>(
        sql`select sealed from population.identifier where kind = ${ID_KIND} and pid = ${pid}::uuid order by lookup_key limit 1`,
      );
      return { pid, field, value: found ? services.keyring.open(found.sealed, 'claim:idNumber') : null };
    }
    const column = attributeOf(field)?.column;
    if (column !== undefined) return { pid, field, value: person.record[column] ?? null };
    const found = await db.first<{ value: string }>(
      sql`select value from population.condition where pid = ${pid}::uuid and kind = ${field} and tx_to is null`,
    );
    return { pid, field, value: found?.value ?? null };
  },
});
