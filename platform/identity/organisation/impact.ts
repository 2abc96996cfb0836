import { port } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { IDLE_MS } from '../session.ts';
import { POST_TITLES } from '../who-am-i.ts';
import type { Facts, HoldingRow, Plan, PostRow } from './plan-order.ts';

/** What hangs on accounts in other modules (delegations held, open work …), counted for the preview of an order. */
export type ImpactCounter = {
  title: Text;
  countOf(options: { accounts: readonly string[]; services: Services }): Promise<number>;
};
export const impactCounter = port<ImpactCounter>('identity.impact');

export type Impact = {
  ends: { account: string; name: string; post: string; acting: boolean }[];
  begins: { account: string; name: string; post: string; acting: boolean; until: string | null }[];
  units: { code: string; name: string; change: 'begins' | 'changes' | 'ends'; text: string }[];
  posts: { post: string; successor: string | null }[];
  sessions: number;
  others: { title: Text; count: number }[];
};

/** A post in words: unit, title, kind. */
export function postWords(post: PostRow | undefined, facts: Pick<Facts, 'units'>): string {
  if (!post) return '';
  const unit = facts.units.get(post.unit)?.name ?? post.unit;
  return `${unit} · ${post.title || POST_TITLES[post.kind].zh}`;
}

/** What an order will do, in words for those who draft and review it: persons, posts, units, open sessions, what hangs on them. */
export async function impactOf(options: {
  db: Db;
  plan: Plan;
  facts: Facts;
  others: Impact['others'];
  now: Date;
}): Promise<Impact> {
  const { db, plan, facts, others, now } = options;
  const coming = new Map<string, PostRow>(plan.postsBegin.map((post) => [post.id, { ...post, ended: false }]));
  const units = new Map(facts.units);
  for (const unit of plan.units) if (unit.change === 'begins') units.set(unit.code, unit);
  const words = (id: string) => postWords(facts.posts.get(id) ?? coming.get(id), { units });
  const { count } = await db.one<{ count: number }>(sql`
    select count(*)::int as count from identity.session where account = any(${accountsOf(plan)}::text[]) and ended_at is null
      and expires_at > ${now}::timestamptz and seen_at > ${new Date(now.getTime() - IDLE_MS)}::timestamptz`);
  return {
    ends: plan.ends.map((h: HoldingRow) => ({
      account: h.account,
      name: h.name,
      post: words(h.post),
      acting: h.acting,
    })),
    begins: plan.begins.map((b) => ({
      account: b.account,
      name: b.name,
      post: words(b.post),
      acting: b.acting,
      until: b.until === null ? null : new Date(b.until).toISOString(),
    })),
    units: plan.units.map((unit) => ({
      code: unit.code,
      name: facts.units.get(unit.code)?.name ?? unit.name,
      change: unit.change,
      text: changeWords(unit, facts),
    })),
    posts: plan.postsEnd.map(({ post, successor }) => ({
      post: words(post.id),
      successor: successor === null ? null : words(successor),
    })),
    sessions: count,
    others,
  };
}

export function accountsOf(plan: Plan): string[] {
  return [...new Set([...plan.ends, ...plan.begins].map(({ account }) => account))];
}

function changeWords(unit: Plan['units'][number], facts: Facts): string {
  const before = facts.units.get(unit.code);
  const named = (code: string | null) => (code === null ? '' : (facts.units.get(code)?.name ?? code));
  switch (unit.change) {
    case 'begins':
      return `新设 ${unit.name}`;
    case 'ends':
      return unit.successors.length > 0 ? `撤销，由 ${unit.successors.map(named).join('、')} 承接` : '撤销';
    case 'changes':
      return before?.name === unit.name ? `改由 ${named(unit.parent)} 管理` : `更名为 ${unit.name}`;
  }
}
