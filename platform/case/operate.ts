import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { actRoute, Words } from './act-route.ts';
import { classesAt } from './classes.ts';
import { ClassUnknown } from './errors.ts';
import { UnitStands } from './unit-gone.ts';

const ClassCode = Type.String({ pattern: '^[PE][0-9]{4}$' });
const Unit = Type.String({ minLength: 2, maxLength: 60 });
const OPERATE = { allow: 'incident.case.operate', as: 'street-clerk' } as const;

/** Why a report is not accepted (不予受理的理由), coded, so that it can be counted. */
export const REJECTIONS = ['not-ours', 'not-found', 'unclear', 'solved', 'false-report'] as const;

/** Accepts a report (受理), by an operator of the centre or of the street. */
export const acceptCase = actRoute({
  ...OPERATE,
  act: 'accept',
  summary: { zh: '受理', en: 'Accept a report' },
  role: 'operator',
  /** Where nobody has said the class, or a person knows better. */
  body: Type.Object({ class: Type.Optional(ClassCode) }, { additionalProperties: false }),
  example: {},
  errors: [ClassUnknown],
  brought: async (body, { db, now, row }) => {
    if (body.class === undefined) return {};
    const [known] = await classesAt(db, now, body.class);
    if (!known) throw ClassUnknown.with();
    return {
      corrected: { class: known.code, flags: row.flags.filter((each) => each !== 'class-open') },
      ...(known.code !== row.class && { data: { class: known.code, before: row.class } }),
    };
  },
});

/** Does not accept it (不予受理): coded, and in words that the reporter reads. */
export const rejectCase = actRoute({
  ...OPERATE,
  act: 'reject',
  summary: { zh: '不予受理', en: 'Refuse a report' },
  role: 'operator',
  body: Type.Object(
    { reason: Type.Union(REJECTIONS.map((each) => Type.Literal(each))), text: Words },
    { additionalProperties: false },
  ),
  example: { reason: 'not-found', text: '现场查看没有发现您反映的问题' },
  brought: ({ reason, text }) => ({ text, data: { reason } }),
});

/** Asks the reporter for what is missing (退回补充). */
export const askFacts = actRoute({
  ...OPERATE,
  act: 'ask-facts',
  summary: { zh: '请上报人补充', en: 'Ask the reporter for facts' },
  role: 'operator',
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  example: { text: '请补充是哪个路口' },
  brought: ({ text }) => ({ text }),
});

/** Files the case (立案) under a class whose conditions it meets; class, part and owner may be put right. */
export const establishCase = actRoute({
  ...OPERATE,
  act: 'establish',
  summary: { zh: '立案', en: 'File the case' },
  role: 'operator',
  body: Type.Object(
    {
      class: Type.Optional(ClassCode),
      part: Type.Optional(Type.String({ pattern: '^[0-9]{16}$', description: '部件代码' })),
      owner: Type.Optional(Type.String({ minLength: 2, maxLength: 60, description: '权属单位' })),
    },
    { additionalProperties: false },
  ),
  example: { class: 'P0101' },
  errors: [ClassUnknown],
  brought: async (body, { db, now, row }) => {
    const [known] = await classesAt(db, now, body.class ?? row.class);
    if (!known) throw ClassUnknown.with();
    const corrected = {
      class: known.code,
      part: body.part ?? row.part,
      owner: body.owner ?? row.owner,
      flags: row.flags.filter((each) => each !== 'class-open'),
    };
    return { corrected, ...(known.code !== row.class && { data: { class: known.code, before: row.class } }) };
  },
});

/** Sends it to the unit that handles it (派遣); the table proposes one, a person decides. */
export const dispatchCase = actRoute({
  ...OPERATE,
  act: 'dispatch',
  summary: { zh: '派遣', en: 'Dispatch to a unit' },
  role: 'dispatcher',
  body: Type.Object({ unit: Unit, text: Type.Optional(Words) }, { additionalProperties: false }),
  example: { unit: 'fixture:incident-unit' },
  errors: [ClassUnknown],
  actOf: async ({ unit }, { db, now, row }) => ({
    act: 'dispatch',
    unit,
    secure: await makesSafe(db, now, row.class),
  }),
  brought: ({ unit, text }) => ({ text, data: { unit } }),
});

/** Nobody is named by the table: the centre rules (提请裁决). */
export const referCase = actRoute({
  ...OPERATE,
  act: 'refer',
  summary: { zh: '提请裁决', en: 'Refer to the centre' },
  role: 'dispatcher',
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  example: { text: '权责清单没有对应的单位' },
  brought: ({ text }) => ({ text }),
});

/**
 * The centre rules who is responsible (裁决): the unit cannot give it back any more, and the ruling proposes a line of the table, which another
 * person approves (裁决入清单).
 */
export const ruleCase = actRoute({
  allow: 'incident.case.centre',
  as: 'duty-officer',
  wide: true,
  act: 'rule',
  summary: { zh: '裁决', en: 'Rule who is responsible' },
  role: 'centre',
  body: Type.Object(
    {
      unit: Unit,
      text: Words,
      /** For which place the line of the table is proposed: of the case's own codes. */
      place: Type.Union([Type.Literal('district'), Type.Literal('street'), Type.Literal('committee')]),
    },
    { additionalProperties: false },
  ),
  example: { unit: 'greening', text: '人行道上的行道树由绿化部门负责', place: 'district' },
  errors: [ClassUnknown],
  actOf: async ({ unit }, { db, now, row }) => ({
    act: 'rule',
    unit,
    secure: await makesSafe(db, now, row.class),
  }),
  brought: ({ unit, text }) => ({ text, data: { unit } }),
  follow: async ({ db, actor, now, row, body }) => {
    const place = row.committee.slice(0, { district: 6, street: 9, committee: 12 }[body.place]);
    await db.run(sql`
      insert into incident.responsibility (id, class, place, owner, unit, state, reason, ruling_of, proposed_by, proposed_name, proposed_at)
      values (${uuidv7()}::uuid, ${row.class}, ${place}, ${row.owner}::text, ${body.unit}, 'proposed', ${body.text}, ${row.id}::uuid,
        ${actor.account}, ${actor.name}, ${now}::timestamptz)`);
  },
});

/** A case of a unit that was abolished goes to the one that does its work now (改派承接单位): the time that the citizen was promised runs on. */
export const reassignCase = actRoute({
  allow: 'incident.case.centre',
  as: 'duty-officer',
  wide: true,
  act: 'reassign',
  summary: { zh: '改派承接单位', en: 'Pass on to the successor' },
  role: 'centre',
  body: Type.Object({ unit: Unit, text: Type.Optional(Words) }, { additionalProperties: false }),
  example: { unit: 'greening' },
  errors: [UnitStands],
  actOf: ({ unit }, { row, ended }) => {
    if (row.unit !== null && !ended.has(row.unit)) throw UnitStands.with();
    return { act: 'reassign', unit, secure: false };
  },
  brought: ({ unit, text }, { row }) => ({ text, data: { unit, before: row.unit ?? '' } }),
});

/** The centre takes it off the list (撤销), with the reason that reporters read. */
export const cancelCase = actRoute({
  allow: 'incident.case.centre',
  as: 'duty-officer',
  wide: true,
  act: 'cancel',
  summary: { zh: '撤销案件', en: 'Cancel the case' },
  role: 'centre',
  body: Type.Object({ text: Words }, { additionalProperties: false }),
  example: { text: '现场核实为正常施工，已有许可' },
  brought: ({ text }) => ({ text }),
});

async function makesSafe(db: Db, now: Date, code: string): Promise<boolean> {
  const [found] = await classesAt(db, now, code);
  if (!found) throw ClassUnknown.with();
  return found.secureRule !== null;
}
