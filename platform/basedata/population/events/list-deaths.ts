import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { resident } from '../resources.ts';

/**
 * Deaths that wait for a person's word (死亡核实队列): one source alone, or a later sign of life. Until then nothing has stopped. And
 * numbers that two people claim (一号两人), for public security.
 */
export const listDeaths = route({
  method: 'GET',
  path: '/api/population/deaths',
  summary: { zh: '待核实的死亡信息', en: 'Deaths to be confirmed' },
  allow: 'population.death.decide',
  reply: Type.Object({
    deaths: Type.Array(
      Type.Object({
        ...itemOf(resident, ['pid', 'name', 'birthDate', 'address']).properties,
        on: Type.String({ format: 'date' }),
        state: Type.Union([Type.Literal('reported'), Type.Literal('conflict')]),
        units: Type.Array(Type.String()),
        knownAt: Type.String({ format: 'date-time' }),
      }),
    ),
    /** One number on two living people: both frozen until the source has mended its record. */
    numbers: Type.Array(
      Type.Object({
        ...itemOf(resident, ['pid', 'name', 'birthDate']).properties,
        masked: Type.Union([Type.String(), Type.Null()]),
        unit: Type.String(),
        dataset: Type.String(),
        row: Type.Integer(),
        foundAt: Type.String({ format: 'date-time' }),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer', purpose: 'data-quality' } },
  handler: async ({ db }) => {
    const deaths = await db.rows<{
      pid: string;
      name: string | null;
      birthDate: string | null;
      address: string | null;
      on: string;
      state: 'reported' | 'conflict';
      units: string[];
      knownAt: Date;
    }>(sql`
      select e.pid, p.name, p.birth_date as "birthDate", p.residence_address as address, e.happened_on as on, e.state, e.known_at as "knownAt",
        array(select distinct s ->> 'u' from jsonb_array_elements(e.sources) s order by 1) as units
      from population.life_event e join population.person p on p.pid = e.pid
      where e.kind = 'died' and e.state in ('reported', 'conflict') order by e.state, e.known_at, e.pid limit 100`);
    const numbers = await db.rows<{
      pid: string;
      name: string | null;
      birthDate: string | null;
      masked: string | null;
      unit: string;
      dataset: string;
      row: number;
      foundAt: Date;
    }>(sql`
      select c.pid, p.name, p.birth_date as "birthDate", p.id_masked as masked, x.unit, x.dataset, x.row_no as row, c.found_at as "foundAt"
      from population.conflict c join population.person p on p.pid = c.pid join exchange.claim x on x.id = c.claim_id
      where c.state = 'frozen' order by c.found_at, c.claim_id limit 100`);
    return {
      deaths: deaths.map((d) => ({ ...d, knownAt: d.knownAt.toISOString() })),
      numbers: numbers.map((n) => ({ ...n, foundAt: n.foundAt.toISOString() })),
    };
  },
});
