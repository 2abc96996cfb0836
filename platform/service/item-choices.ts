import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { TextSchema } from './item-definition.ts';
import { LIFE_EVENTS } from './life-events.ts';

/** Rulebook entry by which what was granted on a commitment is checked; an item names no other. */
export const COMMITMENT_RULE = 'service.commitment.verify';

/** What an editor of items chooses from: closed lists of the installation, so that nobody types a code. */
export const itemChoices = route({
  method: 'GET',
  path: '/api/service/desk/choices',
  summary: { zh: '编制事项时可选的内容', en: 'What an editor of items chooses from' },
  allow: 'service.item.read',
  reply: Type.Object({
    events: Type.Array(Type.Object({ id: Type.String(), title: TextSchema, audience: Type.String() })),
    certificateTypes: Type.Array(Type.Object({ code: Type.String(), title: TextSchema, issuer: TextSchema })),
    /** Processes (办理流程) that handle cases of this module, as published. */
    processes: Type.Array(Type.Object({ process: Type.String(), name: Type.String() })),
    commitment: Type.Object({ rule: Type.String(), days: Type.Integer() }),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db }) => ({
    events: LIFE_EVENTS.map((event) => ({ ...event })),
    certificateTypes: await db.rows<{ code: string; title: Text; issuer: Text }>(
      sql`select code, title, issuer_title as issuer from service.certificate_type order by title ->> 'zh', code`,
    ),
    processes: await db.rows<{ process: string; name: string }>(sql`
      select distinct on (process) process, name from workflow.definition where app = ${db.module} order by process, version desc`),
    commitment: { rule: COMMITMENT_RULE, days: Number((await ruleAt(db, COMMITMENT_RULE)).value) },
  }),
});
