import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { amountsAt, type Rule, ruleAt } from '#platform/rulebook/rule-at.ts';
import { IN_TIME_BY_APPEAL } from '../judge/in-time.ts';
import {
  conformityPart,
  type Grade,
  gradeOf,
  GRADES,
  type PartName,
  PARTS,
  quarterBefore,
  quarterOf,
  scoreOf,
  timePart,
  usualTimes,
} from './score-rules.ts';

/** Constraint `score_of_five_or_more` of the table: whatever the rulebook says, fewer never have one. */
const FEWEST = 5;

type Quarter = ReturnType<typeof quarterOf>;
type Done = { item: string; expected: number; actual: number };
type Counts = { unit: string; post: string; steps: number; taken: number; tasks: number; tasksInTime: number };
type Group = { unit: string; post: string; done: Done[]; counts: Counts };

/** Computes the scores of this quarter and the one before anew where something has changed since (绩效重算). */
export async function computeScores(services: Services): Promise<void> {
  await services.database.tx({ module: 'evaluation', actor: systemActor({ name: 'evaluation' }) }, async (db) => {
    const { now, stale } = await db.one<{ now: Date; stale: boolean }>(sql`
      select kernel.now() as now, coalesce(greatest((select max(judged_at) from evaluation.run), (select max(coalesce(withdrawn_at, told_at)) from evaluation.signal))
        > coalesce((select max(computed_at) from evaluation.score), '-infinity'), false) as stale`);
    if (!stale) return;
    const day = shanghaiDate(now);
    for (const quarter of [quarterBefore(day), quarterOf(day)]) await scoreQuarter(db, quarter, now);
  });
}

export async function scoreQuarter(db: Db, quarter: Quarter, now: Date): Promise<void> {
  const weights = rowsOf(await ruleAt(db, 'evaluation.score.weights', now), 'part', 'weight');
  const lines = rowsOf(await ruleAt(db, 'evaluation.score.grades', now), 'grade', 'from');
  const penalty = rowsOf(await ruleAt(db, 'evaluation.score.penalty', now), 'level', 'weight');
  const { k, fewest } = await amountsAt(
    db,
    {
      k: { id: 'evaluation.score.shrinkage', unit: 'case' },
      fewest: { id: 'evaluation.score.fewest-holders', unit: 'person' },
    },
    now,
  );
  const groups = await readGroups(db, quarter, penalty);
  const units = merged(groups);
  const district = merged(groups.map((group) => ({ ...group, unit: '', post: '' })));
  const all = partsOf(district[0]);
  const score = (group: Group) =>
    scoreOf({
      k,
      parts: partsOf(group).map((part, at) => ({
        ...part,
        weight: weights.get(part.part) ?? 0,
        all: all[at]?.own ?? null,
      })),
    });
  const gradeLines = GRADES.map((grade) => ({ grade, from: lines.get(grade) ?? 0 }));
  const rows: object[] = [];
  const keep = (group: Group, subject: 'unit' | 'post', holders: number | null) => {
    const scored = score(group);
    if (!scored) return;
    const grade: Grade = gradeOf(scored.value, gradeLines);
    const { unit, post } = group;
    rows.push({
      quarter: quarter.name,
      subject,
      unit,
      post: subject === 'unit' ? '' : post,
      holders,
      cases: group.counts.steps,
      value: scored.value,
      grade,
      parts: scored.parts,
    });
  };
  for (const group of units) keep(group, 'unit', null);
  for (const group of groups.filter(({ post }) => post !== '')) {
    const { holders } = await db.one<{ holders: number }>(
      sql`select identity.holders_of(${group.unit}, ${group.post}) as holders`,
    );
    if (holders >= Math.max(FEWEST, fewest)) keep(group, 'post', holders);
  }
  await db.run(sql`delete from evaluation.score where quarter = ${quarter.name}`);
  await db.run(sql`
    insert into evaluation.score (quarter, subject, unit, post, holders, cases, value, grade, parts, computed_at)
    select v.quarter, v.subject, v.unit, v.post, v.holders, v.cases, v.value, v.grade, v.parts, ${now}::timestamptz
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as v(quarter text, subject text, unit text, post text, holders int, cases int, value numeric, grade text, parts jsonb)`);
}

/** Steps that ended in the quarter, by unit and post. A time that is not settled yet (暂定) counts for nothing. */
async function readGroups(db: Db, { from, to }: Quarter, penalty: ReadonlyMap<string, number>): Promise<Group[]> {
  const within = sql`r.state = 'done' and not r.provisional and r.unit <> ''
    and r.ended_at >= ${shanghaiMidnight(from)}::timestamptz and r.ended_at < ${shanghaiMidnight(to)}::timestamptz`;
  const done = await db.rows<{ unit: string; post: string; item: string; actual: number }>(sql`
    select r.unit, r.post, r.item, r.actual::float8 as actual from evaluation.run r where ${within} and r.actual is not null and not ${IN_TIME_BY_APPEAL}`);
  const counts = await db.rows<Counts>(sql`
    select r.unit, r.post, count(*)::int as steps, coalesce(sum(t.taken), 0)::float8 as taken,
      count(*) filter (where r.app <> 'service' and r.due_at is not null)::int as tasks,
      count(*) filter (where r.app <> 'service' and r.due_at is not null and (r.ended_at <= r.due_at or ${IN_TIME_BY_APPEAL}))::int as "tasksInTime"
    from evaluation.run r left join lateral (
      select max(p.weight) as taken from evaluation.signal s
      join unnest(${[...penalty.keys()]}::text[], ${[...penalty.values()]}::float8[]) as p(level, weight) on p.level = s.level
      where s.app = r.app and s.run = r.run and s.state = 'standing' and not s.provisional) t on true
    where ${within} group by r.unit, r.post`);
  const usual = usualTimes(done);
  return counts.map((count) => ({
    unit: count.unit,
    post: count.post,
    counts: count,
    done: done
      .filter(({ unit, post }) => unit === count.unit && post === count.post)
      .map(({ item, actual }) => ({ item, actual, expected: usual.get(item) ?? actual })),
  }));
}

/** Groups of one unit together. */
function merged(groups: readonly Group[]): Group[] {
  const units = new Map<string, Group>();
  for (const group of groups) {
    const known = units.get(group.unit);
    const add = (key: 'steps' | 'taken' | 'tasks' | 'tasksInTime') => (known?.counts[key] ?? 0) + group.counts[key];
    units.set(group.unit, {
      unit: group.unit,
      post: '',
      done: [...(known?.done ?? []), ...group.done],
      counts: {
        unit: group.unit,
        post: '',
        steps: add('steps'),
        taken: add('taken'),
        tasks: add('tasks'),
        tasksInTime: add('tasksInTime'),
      },
    });
  }
  return [...units.values()];
}

/** The parts that the log of steps can say; ratings and sharing come once those modules give them to this one. */
function partsOf(group: Group | undefined): { part: PartName; n: number; own: number | null }[] {
  const { done = [], counts } = group ?? {};
  const n = { time: done.length, conformity: counts?.steps ?? 0, tasks: counts?.tasks ?? 0, ratings: 0, sharing: 0 };
  const own: Record<PartName, number | null> = {
    time: timePart(done),
    conformity: conformityPart({ cases: n.conformity, taken: counts?.taken ?? 0 }),
    ratings: null,
    sharing: null,
    tasks: n.tasks === 0 ? null : (100 * (counts?.tasksInTime ?? 0)) / n.tasks,
  };
  return PARTS.map((part) => ({ part, n: n[part], own: own[part] }));
}

function rowsOf(rule: Rule, key: string, value: string): Map<string, number> {
  if (typeof rule.value !== 'object') throw new Error(`${rule.id} is no table`);
  const { columns, rows } = rule.value;
  const at = [columns.indexOf(key), columns.indexOf(value)] as const;
  if (at[0] < 0 || at[1] < 0) throw new Error(`${rule.id} has no ${key} and ${value}`);
  return new Map(rows.map((row) => [String(row[at[0]]), Number(row[at[1]])]));
}
