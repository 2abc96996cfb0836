import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ownUnit, PORTAL_UNIT } from '../scope.ts';
import { DecisionShape, Maybe, Words } from '../shapes.ts';
import type { Decision } from './opening-rule.ts';

/** The opening desk of a unit (开放工作台): what waits for a decision, a second person or an answer. */
export const showDesk = route({
  method: 'GET',
  path: '/api/open-data/desk',
  summary: { zh: '开放工作台', en: 'The opening desk' },
  allow: 'open-data.version.publish',
  reply: Type.Object({
    /** The caller's unit runs the portal, and alone hides wishes and reports. */
    portal: Type.Boolean(),
    sets: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        owner: Type.String(),
        about: Type.String(),
        state: Type.String(),
        decision: Maybe(DecisionShape),
        derived: Type.Boolean(),
        no: Maybe(Type.Integer()),
        updatedAt: Type.String(),
      }),
    ),
    versions: Type.Array(
      Type.Object({
        id: Type.String(),
        dataset: Type.String(),
        title: Words,
        no: Type.Integer(),
        state: Type.String(),
        rows: Type.Integer(),
        preparedName: Type.String(),
        preparedAt: Type.String(),
        mine: Type.Boolean(),
      }),
    ),
    wishes: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        text: Type.String(),
        owner: Type.String(),
        state: Type.String(),
        votes: Type.Integer(),
        escalated: Type.Boolean(),
      }),
    ),
    feedback: Type.Array(
      Type.Object({
        id: Type.String(),
        dataset: Type.String(),
        title: Words,
        text: Type.String(),
        rowNo: Maybe(Type.Integer()),
        field: Maybe(Type.String()),
        state: Type.String(),
        madeAt: Type.String(),
      }),
    ),
    reuses: Type.Array(
      Type.Object({ id: Type.String(), title: Type.String(), text: Type.String(), by: Type.String() }),
    ),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, actor }) => {
    const sets = await db.rows<{
      id: string;
      title: { zh: string; en: string };
      owner: string;
      about: string;
      state: string;
      decision: Decision | null;
      derived: boolean;
      no: number | null;
      updatedAt: Date;
    }>(sql`
      select d.id, d.title, d.owner, d.about, d.state, d.decision, d.recipe is not null as derived, v.no, d.updated_at as "updatedAt" from open_data.dataset d left join open_data.version v on v.id = d.current
      where ${ownUnit(actor, sql`d.owner`)} order by (d.state = 'open'), d.updated_at desc limit 300`);
    const versions = await db.rows<{
      id: string;
      dataset: string;
      title: { zh: string; en: string };
      no: number;
      state: string;
      rows: number;
      preparedName: string;
      preparedAt: Date;
      mine: boolean;
    }>(sql`
      select v.id, v.dataset, d.title, v.no, v.state, v.rows, v.prepared_name as "preparedName", v.prepared_at as "preparedAt", v.prepared_by = ${actor.account} as mine
      from open_data.version v join open_data.dataset d on d.id = v.dataset where v.state in ('checked', 'blocked') and ${ownUnit(actor, sql`d.owner`)}
        and not exists (select from open_data.version n where n.dataset = v.dataset and n.no > v.no and n.published_at is not null) order by v.prepared_at desc limit 100`);
    const wishes = await db.rows<{
      id: string;
      title: string;
      text: string;
      owner: string;
      state: string;
      votes: number;
      escalated: boolean;
    }>(sql`
      select id, title, text, owner, state, votes, escalated_at is not null as escalated from open_data.wish
      where (${ownUnit(actor)} or (escalated_at is not null and ${actor.unit === PORTAL_UNIT}::boolean)) and state in ('open', 'accepted', 'held') and hidden_at is null order by (state = 'open') desc, asked_at limit 100`);
    const feedback = await db.rows<{
      id: string;
      dataset: string;
      title: { zh: string; en: string };
      text: string;
      rowNo: number | null;
      field: string | null;
      state: string;
      madeAt: Date;
    }>(sql`
      select f.id, f.dataset, d.title, f.text, f.row_no as "rowNo", f.field, f.state, f.made_at as "madeAt" from open_data.feedback f join open_data.dataset d on d.id = f.dataset
      where ${ownUnit(actor, sql`f.owner`)} and f.state in ('open', 'held') and f.hidden_at is null order by f.made_at limit 100`);
    const reuses = await db.rows<{ id: string; title: string; text: string; by: string }>(sql`
      select distinct r.id, r.title, r.text, r.by_name as by from open_data.reuse r join open_data.dataset d on d.id = any(r.datasets) where r.state = 'waiting' and r.hidden_at is null and ${ownUnit(actor, sql`d.owner`)} limit 100`);
    return {
      portal: actor.unit === PORTAL_UNIT,
      sets: sets.map((set) => ({ ...set, updatedAt: set.updatedAt.toISOString() })),
      versions: versions.map((one) => ({ ...one, preparedAt: one.preparedAt.toISOString() })),
      wishes,
      feedback: feedback.map((one) => ({ ...one, madeAt: one.madeAt.toISOString() })),
      reuses,
    };
  },
});
