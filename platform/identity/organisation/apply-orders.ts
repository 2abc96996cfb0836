import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { forgetSessions } from '../actor-cache.ts';
import type { OrderBody } from './order-body.ts';
import { AdministratorsApart, OrderNotPossible } from './order-errors.ts';
import { type Plan, planOrder, readFacts } from './plan-order.ts';

type Due = { id: string; kind: OrderBody['kind']; body: OrderBody; begins: Date };

/** The event that others follow: which order was carried out, about which accounts and units; ids only. */
export const TRANSFER_APPLIED = 'identity.transfer.applied';

/**
 * Carries out every approved order whose time has come, each as a whole or not at all; says how many. Called by its job, and by
 * the sign-in check of whoever asks first, so that no right outlives its order because a worker is busy. Repeatable.
 */
export async function applyDueOrders(services: Services): Promise<number> {
  for (let done = 0; ; done += 1) {
    const found = await applyNext(services);
    if (!found) return done;
  }
}

async function applyNext(services: Services): Promise<boolean> {
  let due: Due | undefined;
  try {
    const applied = await services.database.tx({ module: 'identity', actor: actorOf() }, async (db) => {
      const now = services.clock.now();
      // Facts begin at the effective time, but never before the review: what was done under a right stays done under it.
      due = await db.first<Due>(sql`
        select id, kind, body, greatest(effective_at, reviewed_at) as begins from identity.transfer_order
        where state = 'approved' and effective_at <= ${now}::timestamptz order by effective_at, id limit 1 for update`);
      // Another process may just have carried out the one that was waited for; there may be more.
      if (!due) return anyDue(db, now);
      await applyOrder({ db, services, order: due, now });
      return true;
    });
    if (applied) forgetSessions(services);
    return applied;
  } catch (error) {
    if (!due) throw error;
    await setAside({ services, order: due, error });
    return true;
  }
}

async function anyDue(db: Db, now: Date): Promise<boolean> {
  const { due } = await db.one<{ due: boolean }>(
    sql`select exists (select from identity.transfer_order where state = 'approved' and effective_at <= ${now}::timestamptz) as due`,
  );
  return due;
}

const actorOf = (): Actor => systemActor({ name: 'transfer-order' });

async function applyOrder(options: { db: Db; services: Services; order: Due; now: Date }): Promise<void> {
  const { db, services, order, now } = options;
  const plan = planOrder(order.body, await readFacts({ db, body: order.body, at: order.begins }));
  if (plan.faults.length > 0) throw OrderNotPossible.with({ fields: plan.faults });
  await carryOut({ db, plan, order: order.id, at: order.begins });
  const outcome = countsOf(plan);
  await db.run(sql`update identity.transfer_order set state = 'applied', applied_at = ${now}::timestamptz,
    outcome = ${JSON.stringify(outcome)}::text::jsonb where id = ${order.id}::uuid`);
  const { body } = order;
  await db.emit({
    type: TRANSFER_APPLIED,
    subject: order.id,
    data: {
      kind: order.kind,
      ...('account' in body ? { account: body.account } : {}),
      ...('unit' in body ? { unit: body.unit } : {}),
      ...('post' in body ? { post: body.post } : {}),
      ...(body.kind === 'merge' ? { unit: body.units.join(' '), into: body.into } : {}),
      ...(body.kind === 'split' ? { into: body.into.map(({ code }) => code).join(' ') } : {}),
    },
  });
  await services.registry.provided(auditTrail)[0]?.value.record(db, {
    route: `order ${order.kind} ${order.id}`,
    fields: [],
    subjects: [],
    outcome: 'changed',
  });
}

export type Counts = { persons: number; ends: number; begins: number; posts: number; units: number };

export function countsOf(plan: Plan): Counts {
  return {
    persons: new Set([...plan.ends, ...plan.begins].map(({ account }) => account)).size,
    ends: plan.ends.length,
    begins: plan.begins.length,
    posts: plan.postsEnd.length,
    units: plan.units.length,
  };
}

/** Writes a plan: new units and posts first, then what ends, then who goes where. */
async function carryOut(options: { db: Db; plan: Plan; order: string; at: Date }): Promise<void> {
  const { db, plan, order, at } = options;
  for (const unit of plan.units) {
    if (unit.change === 'begins') {
      await db.run(sql`insert into identity.unit (code, kind, parent, area, name, name_en, position, valid_from, by_order)
        values (${unit.code}, ${unit.kind}, ${unit.parent}::text, ${unit.area}::text, ${unit.name}, ${unit.nameEn},
          (select coalesce(max(position), 0) + 1 from identity.unit), ${at}::timestamptz, ${order}::uuid)`);
    } else {
      const ends = unit.change === 'ends' ? at : null;
      await db.run(sql`update identity.unit set parent = ${unit.parent}::text, name = ${unit.name}, name_en = ${unit.nameEn},
        valid_to = ${ends}::timestamptz, by_order = ${order}::uuid where code = ${unit.code}`);
      await db.run(sql`update identity.unit_version set valid_to = ${at}::timestamptz
        where unit = ${unit.code} and valid_to is null`);
    }
    if (unit.change === 'ends') continue;
    await db.run(sql`insert into identity.unit_version (unit, valid_from, kind, parent, area, name, name_en, by_order)
      values (${unit.code}, ${at}::timestamptz, ${unit.kind}, ${unit.parent}::text, ${unit.area}::text, ${unit.name}, ${unit.nameEn}, ${order}::uuid)`);
  }
  for (const { code, successors } of plan.units) {
    for (const successor of successors)
      await db.run(sql`insert into identity.unit_successor (unit, successor, at, by_order)
        values (${code}, ${successor}, ${at}::timestamptz, ${order}::uuid)`);
  }
  for (const post of plan.postsBegin)
    await db.run(sql`insert into identity.post (id, kind, unit, area, reach, title, single, valid_from, by_order)
      values (${post.id}::uuid, ${post.kind}, ${post.unit}, ${post.area}::text, ${post.reach}, ${post.title}, ${post.single}::boolean,
        ${at}::timestamptz, ${order}::uuid)`);
  for (const { post, successor } of plan.postsEnd)
    await db.run(
      sql`update identity.post set valid_to = ${at}::timestamptz, successor = ${successor}::uuid where id = ${post.id}::uuid`,
    );
  // Whatever would have begun later never begins.
  await db.run(sql`update identity.assignment set valid_to = greatest(valid_from, ${at}::timestamptz), ended_by = ${order}::uuid
    where id = any(${plan.ends.map(({ id }) => id)}::uuid[])`);
  for (const { account, post, acting, until, follows } of plan.begins) {
    const made = await db.one<{
      id: string;
    }>(sql`insert into identity.assignment (account, post, valid_from, valid_to, acting, origin, by_order)
      values (${account}, ${post}::uuid, ${at}::timestamptz, ${until}::timestamptz, ${acting}::boolean, 'order', ${order}::uuid) returning id`);
    // Who worked under the old one goes on under the new one.
    if (follows)
      await db.run(
        sql`update identity.session set assignment = ${made.id}::uuid where assignment = ${follows}::uuid and ended_at is null`,
      );
  }
}

/** Rules that the database keeps, by the name of the constraint. */
const RULES: Record<string, Text> = {
  three_administrators_apart: AdministratorsApart.title,
  post_held_by_one: { zh: '该岗位只能由一人担任', en: 'the post is held by one person at a time' },
  assignment_once: { zh: '此人已经在这个岗位上', en: 'the person holds this post already' },
  unit_successor_circular: { zh: '单位不能承接自己', en: 'a unit cannot succeed itself' },
};

/** An order that cannot be carried out stands aside with the reason; nothing of it was done. */
async function setAside(options: { services: Services; order: Due; error: unknown }): Promise<void> {
  const { services, order, error } = options;
  const { code, constraint } = error as { code?: string; constraint?: string };
  // Anything but a rule that was broken is tried again: a database that was away, a deadlock, a fault of the program.
  if (!(error instanceof ProblemError) && !code?.startsWith('23')) throw error;
  const why =
    error instanceof ProblemError
      ? (error.fields ?? []).map(({ message }) => message.zh).join('；') || error.spec.title.zh
      : (RULES[constraint ?? '']?.zh ?? `${constraint ?? code}`);
  services.log.warn(
    { order: order.id, err: error instanceof Error ? error.message : String(error) },
    'order set aside',
  );
  await services.database.tx({ module: 'identity', actor: actorOf() }, async (db) => {
    await db.run(sql`update identity.transfer_order set state = 'failed', failed_why = ${why}
      where id = ${order.id}::uuid and state = 'approved'`);
    await services.registry.provided(auditTrail)[0]?.value.record(db, {
      route: `order ${order.kind} ${order.id}`,
      fields: [],
      subjects: [],
      outcome: 'refused',
      code: OrderNotPossible.code,
    });
  });
}
