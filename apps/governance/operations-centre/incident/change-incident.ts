import { type Static, type TObject, Type } from 'typebox';
import { type Example, type Route, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { WrongState } from '../errors.ts';
import { readRules } from './correlation-rules.ts';
import {
  IncidentParams,
  type IncidentRow,
  IncidentSchema,
  incidentView,
  noteIncident,
  readIncidents,
} from './incident-record.ts';
import { lockCorrelation, makeIncident, putIn, refresh, splitKey } from './take-seen.ts';

type Member = { id: string; source: string; ref: string; at: Date; lon: number; lat: number; level: number };
const membersOf = (db: Db, incident: string): Promise<Member[]> =>
  db.rows<Member>(
    sql`select id, source, ref, at, lon, lat, level from ops.member where incident = ${incident}::uuid order by at, ref`,
  );
const Id = Type.String({ format: 'uuid' });

/** What a person does with an open incident; the reply is the incident that stands afterwards. */
function change<B extends TObject>(of: {
  name: string;
  summary: Text;
  body: B;
  example: Example['body'];
  work(context: { db: Db; now: Date; row: IncidentRow; body: Static<B> }): Promise<string>;
}): Route {
  return route({
    method: 'POST',
    path: `/api/ops/incidents/:id/${of.name}`,
    summary: of.summary,
    allow: 'ops.incident.change',
    params: IncidentParams,
    body: of.body,
    reply: IncidentSchema,
    errors: [NotFound, InvalidInput, WrongState],
    examples: { own: { as: 'duty-officer', params: { id: `fixture:ops-incident-to-${of.name}` }, body: of.example } },
    handler: async ({ db, params, body, clock }) => {
      await lockCorrelation(db);
      const [row] = await readIncidents(db, sql`where i.id = ${params.id}::uuid`);
      if (!row) throw NotFound.with();
      if (row.state !== 'open') throw WrongState.with();
      const id = await of.work({ db, now: clock.now(), row, body: body as Static<B> });
      const [after] = await readIncidents(db, sql`where i.id = ${id}::uuid`);
      if (!after) throw NotFound.with();
      for (const incident of new Set([row.id, id]))
        await db.emit({ type: 'ops.incident.changed', subject: incident, data: { incident } });
      return incidentView(after);
    },
  });
}

/** Splits members off into an incident of their own (拆分). The machine does not put them back. */
const splitIncident = change({
  name: 'split',
  summary: { zh: '拆分事件', en: 'Split an incident' },
  body: Type.Object({ members: Type.Array(Id, { minItems: 1, maxItems: 500 }) }, { additionalProperties: false }),
  example: { members: ['fixture:ops-member-to-split'] },
  work: async ({ db, now, row, body }) => {
    const all = await membersOf(db, row.id);
    const off = all.filter(({ id }) => body.members.includes(id));
    const [first] = off;
    if (!first || off.length !== new Set(body.members).size || off.length === all.length)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/members',
            rule: 'members',
            message: {
              zh: '请选择本事件的一部分成员；同事可能刚刚拆出了它们',
              en: 'choose some, not all, of its members; a colleague may just have split them off',
            },
          },
        ],
      });
    const { many } = await readRules(db, now);
    const made = await makeIncident(db, {
      key: splitKey(row.key, first),
      family: row.family,
      members: off,
      exercise: row.exerciseId ?? undefined,
      many,
      at: off.at(-1)?.at ?? first.at,
      byHand: true,
    });
    await refresh(db, row.id, many);
    await noteIncident(db, { incident: row.id, what: 'split', data: { into: made, members: off.length } });
    return made;
  },
});

/** Merges an incident into another one (并入); the reference to it stays. */
const mergeIncident = change({
  name: 'merge',
  summary: { zh: '并入另一事件', en: 'Merge into another incident' },
  body: Type.Object({ into: Id }, { additionalProperties: false }),
  example: { into: 'fixture:ops-incident' },
  work: async ({ db, now, row, body }) => {
    const [into] = await readIncidents(db, sql`where i.id = ${body.into}::uuid`);
    // What is real and what is an exercise never become one.
    if (!into || into.state !== 'open' || into.id === row.id || into.exerciseId !== row.exerciseId)
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/into',
            rule: 'incident',
            message: {
              zh: '须是另一个进行中的事件，且同为实战或同一场演练',
              en: 'must be another open incident, both real or both of one exercise',
            },
          },
        ],
      });
    const members = await membersOf(db, row.id);
    await putIn(db, { incident: into.id, members: members.map(({ id }) => id), links: members, byHand: true });
    await db.run(sql`
      update ops.incident set state = 'merged', merged_into = ${into.id}::uuid, closed_at = kernel.now() where id = ${row.id}::uuid`);
    const { many } = await readRules(db, now);
    await refresh(db, into.id, many);
    await noteIncident(db, { incident: row.id, what: 'merged', data: { into: into.id } });
    await noteIncident(db, { incident: into.id, what: 'merged', data: { from: row.id, members: members.length } });
    return into.id;
  },
});

/** Names what is behind it (研判): a person's judgement, marked as such. */
const nameHypothesis = change({
  name: 'hypothesis',
  summary: { zh: '写研判', en: 'Name a hypothesis' },
  body: Type.Object({ text: Type.String({ minLength: 2, maxLength: 1000 }) }, { additionalProperties: false }),
  example: { text: '雨水管网倒灌' },
  work: async ({ db, row, body }) => {
    await db.run(sql`update ops.incident set hypothesis = ${body.text} where id = ${row.id}::uuid`);
    await noteIncident(db, { incident: row.id, what: 'hypothesis', text: body.text });
    return row.id;
  },
});

const closeIncident = change({
  name: 'close',
  summary: { zh: '结束事件', en: 'Close an incident' },
  body: Type.Object({ note: Type.String({ minLength: 2, maxLength: 1000 }) }, { additionalProperties: false }),
  example: { note: '积水已退，道路恢复' },
  work: async ({ db, row, body }) => {
    await db.run(sql`update ops.incident set state = 'closed', closed_at = kernel.now() where id = ${row.id}::uuid`);
    await noteIncident(db, { incident: row.id, what: 'closed', text: body.note });
    return row.id;
  },
});

export const incidentChanges = [splitIncident, mergeIncident, nameHypothesis, closeIncident];
