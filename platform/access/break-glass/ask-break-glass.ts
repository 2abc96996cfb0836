import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { Words } from '../policy/shapes.ts';
import { MOST_SUBJECTS, needsSecond, SHORTEST_REASON, termsOf } from './break-glass-rules.ts';
import { BreakGlassSchema, holdBreakGlass, NobodyFound, shownBreakGlass } from './break-glass-record.ts';
import { targetsOf } from './target.ts';

/** What break-glass can open at all. */
export const listBreakGlassTargets = route({
  method: 'GET',
  path: '/api/access/break-glass/targets',
  summary: { zh: '可以紧急调阅的内容', en: 'What break-glass can open' },
  allow: 'access.break-glass.ask',
  reply: Type.Object({
    targets: Type.Array(
      Type.Object({
        action: Type.String(),
        kind: Type.String(),
        title: Words,
        page: Type.String(),
        level: Type.Integer(),
      }),
    ),
    hours: Type.Number(),
    shortestReason: Type.Integer(),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, clock, services }) => ({
    targets: targetsOf(services).map(({ action, kind, title, page, level }) => ({ action, kind, title, page, level })),
    hours: (await termsOf({ db, services, now: clock.now() })).openMs / 3_600_000,
    shortestReason: SHORTEST_REASON,
  }),
});

/**
 * Break-glass (紧急调阅): states why, and opens one named read of the named subjects for four hours; the unit that owns the data is
 * told at once. A list of sensitive data waits for a second person.
 */
export const askBreakGlass = route({
  method: 'POST',
  path: '/api/access/break-glass',
  summary: { zh: '紧急调阅', en: 'Break glass' },
  allow: 'access.break-glass.ask',
  assurance: 2,
  body: Type.Object(
    {
      action: Type.String({ maxLength: 80 }),
      numbers: Type.Array(Type.String({ minLength: 5, maxLength: 40 }), {
        minItems: 1,
        maxItems: MOST_SUBJECTS,
        uniqueItems: true,
      }),
      reason: Type.String({ minLength: SHORTEST_REASON, maxLength: 500 }),
      caseNo: Type.Optional(Type.String({ minLength: 2, maxLength: 60 })),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: BreakGlassSchema,
  errors: [NobodyFound],
  examples: {
    own: {
      as: 'street-clerk',
      body: {
        action: 'population.person.read',
        numbers: ['fixture:foreign-id-number'],
        reason: '独居老人失联，需联系家属',
      },
    },
  },
  prepare: async ({ services, body }) => {
    const target = targetsOf(services).find(({ action }) => action === body.action);
    if (!target) return { target, found: [] };
    const found = [];
    for (const number of body.numbers) found.push(await target.find({ number: number.trim(), services }));
    return { target, found };
  },
  handler: async ({ db, actor, clock, services, body, prepared: { target, found } }) => {
    if (!target) {
      const message = { zh: '没有这项可调阅的内容', en: 'is nothing that can be opened' };
      throw InvalidInput.with({ fields: [{ pointer: '/action', rule: 'enum', message }] });
    }
    const known = found.filter((one) => one !== undefined);
    if (known.length < body.numbers.length || actor.post === undefined) throw NobodyFound.with();
    const subjects = [...new Map(known.map((one) => [one.subject, one])).values()];
    if (body.reason.trim().length < SHORTEST_REASON) {
      const message = {
        zh: `请写明理由，至少 ${SHORTEST_REASON} 个字`,
        en: `needs at least ${SHORTEST_REASON} characters`,
      };
      throw InvalidInput.with({ fields: [{ pointer: '/reason', rule: 'minLength', message }] });
    }
    const owner = services.registry.resource(target.resource)?.resource.owner ?? '';
    const now = clock.now();
    const id = uuidv7();
    const terms = await termsOf({ db, services, now });
    const two = needsSecond({ level: target.level, subjects: subjects.length });
    const year = new Intl.DateTimeFormat('en', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format(now);
    const { no } = await db.one<{ no: string }>(sql`select kernel.next_number('break-glass', ${year})::text as no`);
    await db.run(sql`
      insert into access.break_glass (id, number, account, name, post, unit, action, kind, reason, case_no, level, owner_unit, subjects, needs_second, state, asked_at,
        opened_at, expires_at, review_due)
      values (${id}::uuid, ${`BG-${year}-${no.padStart(4, '0')}`}, ${actor.account}, ${actor.name}, ${actor.post}, ${actor.unit ?? null}::text, ${target.action}, ${target.kind},
        ${body.reason.trim()}, ${body.caseNo ?? null}::text, ${target.level}::int, ${owner}, ${subjects.length}::int, ${two}::boolean, ${two ? 'waiting' : 'open'}, ${now}::timestamptz,
        ${two ? null : now}::timestamptz, ${two ? null : new Date(now.getTime() + terms.openMs)}::timestamptz, ${terms.reviewDue}::timestamptz)`);
    await db.run(sql`
      insert into access.break_glass_subject (break_glass, no, subject, label)
      select ${id}::uuid, n, s, l from unnest(${subjects.map((_, i) => i + 1)}::int[], ${subjects.map((s) => s.subject)}::text[], ${subjects.map((s) => s.label)}::text[]) as u(n, s, l)`);
    await db.emit({
      type: two ? 'access.break-glass.asked' : 'access.break-glass.opened',
      subject: id,
      data: { unit: owner },
    });
    return shownBreakGlass(db, await holdBreakGlass(db, id), now);
  },
});
