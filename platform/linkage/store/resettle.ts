import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { cluster } from '../engine/cluster.ts';
import { comparer } from '../engine/compare.ts';
import { CUT } from '../engine/link.ts';
import { readTable } from '../engine/table.ts';
import { compileRules, mustPart } from '../model/rules.ts';
import type { LinkedSpace, Move } from './linked-space.ts';
import { writeJournal } from './journal.ts';

type Edge = {
  a: number;
  b: number;
  weight: number;
  verdict: 'same' | 'different' | null;
  band: string;
  reason: string | null;
};
type Member = { record: number; anchor: string | undefined; subject: string | undefined };

/** Weight of what people said: no score reaches it, so a cut goes elsewhere if it can. */
const SAID = 1000;

/**
 * Finds the clusters of the components that some records belong to, anew from their edges, and moves what belongs elsewhere
 * now. The clusters follow from the edges and the verdicts alone, not from what was before.
 */
export async function resettle(options: {
  db: Db;
  linked: LinkedSpace;
  touched: readonly { record: number; anchor?: string }[];
  by: string;
  /** The merge that is taken back. */
  undoes?: string;
}): Promise<Move[]> {
  const { db, linked, touched } = options;
  const { edges, records } = await componentsOf(
    db,
    linked,
    touched.map((t) => t.record),
  );
  const members = await membersOf({ db, linked, records, touched });
  const of = await clustersOf({ db, linked, records, edges });
  const moves = settle({ members, of });
  const anchors = new Map(members.map((m) => [m.record, m.anchor]));
  await storeMembers(
    db,
    linked,
    moves.map(({ record, to }) => ({ record, subject: to, anchor: anchors.get(record) })),
  );
  await writeJournal({ ...options, moves });
  return moves;
}

/** All records that hang together with the given ones by what joins, and every edge among them. Records come in order. */
async function componentsOf(
  db: Db,
  { space }: LinkedSpace,
  start: readonly number[],
): Promise<{ edges: Edge[]; records: number[] }> {
  const seen = new Set(start);
  const edges = new Map<string, Edge>();
  for (let open = [...seen]; open.length > 0; ) {
    const found = await db.rows<Edge>(sql`
      select l.a, l.b, l.weight, l.verdict, l.band, l.reason from linkage.link l
      where l.app = ${db.module} and l.space = ${space.id} and l.a = any(${open}::bigint[])
      union
      select l.a, l.b, l.weight, l.verdict, l.band, l.reason from linkage.link l
      where l.app = ${db.module} and l.space = ${space.id} and l.b = any(${open}::bigint[])`);
    const next = new Set<number>();
    for (const row of found) {
      const edge = { ...row, a: Number(row.a), b: Number(row.b) };
      edges.set(`${edge.a}-${edge.b}`, edge);
      if (joins(edge)) for (const end of [edge.a, edge.b]) if (!seen.has(end)) next.add(end);
    }
    for (const record of next) seen.add(record);
    open = [...next];
  }
  return {
    records: [...seen].sort((x, y) => x - y),
    edges: [...edges.values()].filter((e) => seen.has(e.a) && seen.has(e.b)).sort((x, y) => x.a - y.a || x.b - y.b),
  };
}

/** People's word before the engine's. */
const joins = (edge: Edge): boolean => edge.verdict === 'same' || (edge.verdict === null && edge.band === 'automatic');

async function membersOf(options: {
  db: Db;
  linked: LinkedSpace;
  records: readonly number[];
  touched: readonly { record: number; anchor?: string }[];
}): Promise<Member[]> {
  const { db, linked, records, touched } = options;
  const rows = await db.rows<{ record: number; anchor: string | null; subject: string }>(sql`
    select record, anchor, subject from linkage.member
    where app = ${db.module} and space = ${linked.space.id} and record = any(${records}::bigint[])`);
  const known = new Map(rows.map((r) => [Number(r.record), r]));
  const anchors = new Map(touched.map((t) => [t.record, t.anchor]));
  return records.map((record) => ({
    record,
    anchor: known.get(record)?.anchor ?? anchors.get(record),
    subject: known.get(record)?.subject,
  }));
}

/** Cluster of each record, by place in `records`; edges that are cut become questions, and those that no longer are cease to be. */
async function clustersOf(options: {
  db: Db;
  linked: LinkedSpace;
  records: readonly number[];
  edges: readonly Edge[];
}): Promise<Int32Array> {
  const { db, linked, records, edges } = options;
  const place = new Map(records.map((record, i) => [record, i]));
  const at = (record: number): number => place.get(record) as number;
  const stated = await linked.statedOf(db, records);
  const table = readTable(
    linked.space,
    records.map((record) => stated.get(record) ?? {}),
  );
  const compare = comparer(table);
  const rules = compileRules(linked.space);
  const refused = new Set(edges.filter((e) => e.verdict === 'different').map((e) => `${at(e.a)}-${at(e.b)}`));
  const joining = edges.filter(joins);
  const { of, cut } = cluster({
    size: records.length,
    edges: {
      a: joining.map((e) => at(e.a)),
      b: joining.map((e) => at(e.b)),
      weight: joining.map((e) => (e.verdict === 'same' ? SAID : e.weight)),
      count: joining.length,
    },
    mustPart: (a, b) => {
      if (refused.has(a < b ? `${a}-${b}` : `${b}-${a}`)) return true;
      compare.compare(a, b);
      return mustPart(rules, compare.levels);
    },
  });
  const isCut = new Set(cut.map((e) => `${records[e.a]}-${records[e.b]}`));
  const turned = joining.flatMap((e) => {
    const asked = isCut.has(`${e.a}-${e.b}`);
    return asked === (e.reason === CUT) || e.verdict !== null ? [] : [{ a: e.a, b: e.b, reason: asked ? CUT : null }];
  });
  if (turned.length > 0)
    await db.run(sql`
      update linkage.link l set reason = r.reason from jsonb_to_recordset(${json(turned)}::text::jsonb) as r(a bigint, b bigint, reason text)
      where l.app = ${db.module} and l.space = ${linked.space.id} and l.a = r.a and l.b = r.b`);
  return of;
}

/**
 * Which subject each record belongs to: the one that a verified identifier names; else the one of the record's cluster, which is
 * the anchor of its anchored records, or the subject of its smallest record that has one, or a new one.
 */
function settle(options: { members: readonly Member[]; of: Int32Array }): Move[] {
  const { members, of } = options;
  const clusters = new Map<number, Member[]>();
  members.forEach((member, i) => {
    const root = of[i] as number;
    const known = clusters.get(root);
    if (known) known.push(member);
    else clusters.set(root, [member]);
  });
  const taken = new Set<string>();
  const moves: Move[] = [];
  for (const cluster of clusters.values()) {
    const anchor = cluster.find((m) => m.anchor !== undefined)?.anchor;
    const anchors = new Set(members.flatMap((m) => m.anchor ?? []));
    // A subject of its own is kept by one cluster only: the part that was split off gets another.
    const own = cluster
      .map((m) => m.subject)
      .find((s): s is string => s !== undefined && !taken.has(s) && !anchors.has(s));
    const subject = anchor ?? own ?? randomUUID();
    taken.add(subject);
    for (const member of cluster) {
      const to = member.anchor ?? subject;
      if (member.subject !== to) moves.push({ record: member.record, from: member.subject, to });
    }
  }
  return moves;
}

/** Writes where records belong; an anchor that is known stays. */
export async function storeMembers(
  db: Db,
  { space }: LinkedSpace,
  members: readonly { record: number; anchor: string | undefined; subject: string }[],
): Promise<void> {
  if (members.length === 0) return;
  await db.run(sql`
    insert into linkage.member (app, space, record, anchor, subject)
    select ${db.module}, ${space.id}, r.record, r.anchor, r.subject
    from jsonb_to_recordset(${json(members)}::text::jsonb) as r(record bigint, anchor uuid, subject uuid)
    on conflict (app, space, record) do update set subject = excluded.subject`);
}
