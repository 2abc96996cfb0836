import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import {
  AreaSchema,
  CATEGORIES,
  CERTAINTIES,
  type CapInfo,
  type CapMessage,
  capTime,
  messageFaults,
  oneOf,
  RESPONSES,
  SCOPES,
  STATUSES,
  URGENCIES,
} from './message.ts';
import {
  NotForThisPost,
  readWarnings,
  releaseRights,
  SEVERITY_OF,
  WarningNotOpen,
  WarningSchema,
  warningView,
} from './warning-record.ts';

const Words = (most: number) =>
  Type.Object(
    { zh: Type.String({ minLength: 1, maxLength: most }), en: Type.String({ minLength: 1, maxLength: most }) },
    { additionalProperties: false },
  );

export const DraftBody = Type.Object(
  {
    status: oneOf(STATUSES),
    msgType: oneOf(['Alert', 'Update', 'Cancel'] as const),
    scope: oneOf(SCOPES),
    restriction: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    /** The warning that an update or a cancel is about. */
    refersTo: Type.Optional(Type.String({ format: 'uuid' })),
    level: Type.Integer({ minimum: 1, maximum: 4 }),
    category: Type.Array(oneOf(CATEGORIES), { minItems: 1, maxItems: 4 }),
    responseType: Type.Array(oneOf(RESPONSES), { maxItems: 4 }),
    urgency: oneOf(URGENCIES),
    certainty: oneOf(CERTAINTIES),
    event: Words(100),
    headline: Words(160),
    description: Words(3_000),
    instruction: Words(3_000),
    expires: Type.String({ format: 'date-time' }),
    area: Type.Array(AreaSchema, { minItems: 1, maxItems: 20 }),
  },
  { additionalProperties: false },
);

/**
 * Drafts a public warning (起草预警) and hands it to whoever approves. Chinese and English are both needed: what is said in one language only leaves
 * part of the people out. Nothing leaves the house by this.
 */
export const draftWarning = route({
  method: 'POST',
  path: '/api/signal/warnings',
  summary: { zh: '起草公共预警', en: 'Draft a public warning' },
  allow: 'signal.warning.draft',
  body: DraftBody,
  bodyLimit: 512 * 1024,
  status: 201,
  reply: WarningSchema,
  errors: [InvalidInput, NotForThisPost, NotFound, WarningNotOpen],
  examples: { own: { as: 'duty-officer', body: draftExample('2099-01-01T00:00:00+08:00') } },
  handler: async ({ db, body, actor, clock }) => {
    const { drafts } = await releaseRights(db, body.level);
    if (!drafts.includes(actor.post ?? '')) throw NotForThisPost.with({ extra: { posts: drafts } });
    const now = clock.now();
    const id = uuidv7();
    const referred = body.refersTo === undefined ? undefined : await referredOf(db, body.refersTo, body.status);
    const message = await messageOf(db, { body, now, identifier: `draft-${id}`, referred });
    const fields = draftFaults(message, body.expires, now);
    if (fields.length > 0) throw InvalidInput.with({ fields });
    await db.run(sql`
      insert into signal.warning (id, identifier, message, status, msg_type, scope, level, origin, state, unit, expires_at, drafted_by, drafted_name, drafted_at, refers_to)
      values (${id}::uuid, ${message.identifier}, ${JSON.stringify(message)}::text::jsonb, ${body.status}, ${body.msgType}, ${body.scope}, ${body.level}::int, 'own', 'submitted',
        ${actor.unit ?? ''}, ${body.expires}::timestamptz, ${actor.account}, ${actor.name}, ${now}::timestamptz, ${referred?.id ?? null}::uuid)`);
    await db.emit({ type: 'signal.warning.submitted', subject: id, data: { warning: id } });
    const [row] = await readWarnings(db, sql`where id = ${id}::uuid`);
    if (!row) throw new Error('a draft that was written is not there');
    return warningView(row, actor.account);
  },
});

type Body = {
  status: CapMessage['status'];
  msgType: 'Alert' | 'Update' | 'Cancel';
  scope: CapMessage['scope'];
  restriction?: string;
  level: number;
  category: CapMessage['info'][number]['category'];
  responseType: NonNullable<CapMessage['info'][number]['responseType']>;
  urgency: CapMessage['info'][number]['urgency'];
  certainty: CapMessage['info'][number]['certainty'];
  event: { zh: string; en: string };
  headline: { zh: string; en: string };
  description: { zh: string; en: string };
  instruction: { zh: string; en: string };
  expires: string;
  area: NonNullable<CapMessage['info'][number]['area']>;
};

/** An exercise never changes what is real: the warning that is meant must stand, and have the same status. */
async function referredOf(db: Db, id: string, status: string) {
  const [row] = await readWarnings(db, sql`where id = ${id}::uuid and state = 'released'`);
  if (!row) throw NotFound.with();
  if (row.message.status !== status)
    throw InvalidInput.with({
      fields: [
        {
          pointer: '/status',
          rule: 'same',
          message: {
            zh: `须与原预警相同（${row.message.status}）`,
            en: `must be that of the warning it is about (${row.message.status})`,
          },
        },
      ],
    });
  return row;
}

async function messageOf(
  db: Db,
  options: { body: Body; now: Date; identifier: string; referred: { message: CapMessage } | undefined },
): Promise<CapMessage> {
  const { body, now, identifier, referred } = options;
  const sender = await ruleAt(db, 'signal.cap.sender');
  const names = await ruleAt(db, 'signal.cap.sender-name');
  if (typeof names.value !== 'object') throw new Error('signal.cap.sender-name is no table');
  const nameOf = (language: string): string => {
    const table = names.value as { columns: string[]; rows: (string | number | boolean)[][] };
    return String(table.rows.find((row) => row[0] === language)?.[1] ?? '');
  };
  const sent = capTime(now);
  const expires = capTime(new Date(body.expires));
  const info = (['zh', 'en'] as const).map(
    (language): CapInfo => ({
      language: language === 'zh' ? 'zh-CN' : 'en-US',
      category: body.category,
      event: body.event[language],
      ...(body.responseType.length > 0 ? { responseType: body.responseType } : {}),
      urgency: body.urgency,
      severity: SEVERITY_OF[body.level - 1] ?? 'Unknown',
      certainty: body.certainty,
      effective: sent,
      expires,
      senderName: nameOf(language),
      headline: body.headline[language],
      description: body.description[language],
      instruction: body.instruction[language],
      area: body.area,
    }),
  );
  return {
    identifier,
    sender: String(sender.value),
    sent,
    status: body.status,
    msgType: body.msgType,
    scope: body.scope,
    ...(body.restriction === undefined ? {} : { restriction: body.restriction }),
    ...(referred
      ? {
          references: [
            { sender: referred.message.sender, identifier: referred.message.identifier, sent: referred.message.sent },
          ],
        }
      : {}),
    info,
  };
}

/** Faults of the message at the fields of the form. */
function draftFaults(message: CapMessage, expires: string, now: Date): FieldFault[] {
  const found = messageFaults(message).map(({ pointer, zh, en }) => ({
    pointer: pointer.replace(/^\/info\/\d+/, '').replace(/^\/references/, '/refersTo'),
    rule: 'cap',
    message: { zh, en },
  }));
  if (Date.parse(expires) <= now.getTime())
    found.push({
      pointer: '/expires',
      rule: 'future',
      message: { zh: '失效时间须在现在之后', en: 'must lie in the future' },
    });
  return [...new Map(found.map((fault) => [fault.pointer, fault])).values()];
}

export function draftExample(expires: string) {
  return {
    status: 'Exercise' as const,
    msgType: 'Alert' as const,
    scope: 'Public' as const,
    level: 3,
    category: ['Met' as const],
    responseType: ['Avoid' as const],
    urgency: 'Expected' as const,
    certainty: 'Likely' as const,
    event: { zh: '大风', en: 'Strong wind' },
    headline: { zh: '演练：今夜有大风', en: 'Exercise: strong wind tonight' },
    description: { zh: '阵风八级。', en: 'Gusts of force 8.' },
    instruction: { zh: '请勿靠近临时搭建物。', en: 'Keep away from temporary structures.' },
    expires,
    area: [{ areaDesc: '全区 / the whole district', circle: [{ lat: 31.23, lon: 121.48, radiusKm: 3 }] }],
  };
}
