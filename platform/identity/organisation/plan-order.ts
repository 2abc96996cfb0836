import type { Post } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { OrderBody } from './order-body.ts';

/** The three administrators (三员). */
export const THREE: readonly Post[] = ['system-administrator', 'security-administrator', 'security-auditor'];

export type UnitRow = {
  code: string;
  kind: string;
  parent: string | null;
  area: string | null;
  name: string;
  nameEn: string;
  ended: boolean;
};
export type PostRow = {
  id: string;
  kind: Post;
  unit: string;
  area: string | null;
  reach: 'own' | 'district';
  title: string;
  single: boolean;
  ended: boolean;
};
export type HoldingRow = {
  id: string;
  account: string;
  name: string;
  holder: string;
  post: string;
  acting: boolean;
  until: Date | null;
};

/** What an order will do (执行计划): made before it is drafted, shown to people, and made again when it is carried out. */
export type Plan = {
  /** Assignments that end. */
  ends: HoldingRow[];
  /** Assignments that begin; `follows` is the one that they continue at a successor. */
  begins: { account: string; name: string; post: string; acting: boolean; until: Date | null; follows?: string }[];
  postsBegin: Omit<PostRow, 'ended'>[];
  postsEnd: { post: PostRow; successor: string | null }[];
  /** Units with their new values; `ends` closes one, `begins` opens one. */
  units: (UnitRow & { change: 'begins' | 'changes' | 'ends'; successors: string[] })[];
  /** Units whose head may review. */
  reviewUnits: string[];
  faults: FieldFault[];
};

/** The organisation as an order finds it. */
export type Facts = {
  units: Map<string, UnitRow>;
  posts: Map<string, PostRow>;
  holdings: HoldingRow[];
  account: { account: string; name: string; holder: string; official: boolean; enabled: boolean } | undefined;
  at: Date;
};

/** Reads what an order is about, as it stands at the moment from which the order counts. */
export async function readFacts(options: { db: Db; body: OrderBody; at: Date }): Promise<Facts> {
  const { db, body, at } = options;
  const units = await db.rows<UnitRow>(sql`select code, kind, parent, area, name, name_en as "nameEn",
    coalesce(valid_to <= ${at}::timestamptz, false) as ended from identity.unit`);
  const posts = await db.rows<PostRow>(sql`select id, kind, unit, area, reach, title, single,
    coalesce(valid_to <= ${at}::timestamptz, false) as ended from identity.post`);
  const holdings = await db.rows<HoldingRow>(sql`
    select g.id, g.account, a.name, g.holder, g.post, g.acting, g.valid_to as until from identity.assignment g join identity.account a using (account)
    where g.valid_to is null or g.valid_to > greatest(g.valid_from, ${at}::timestamptz) order by g.valid_from, g.id`);
  const wanted = 'account' in body ? body.account : null;
  const account = await db.first<NonNullable<Facts['account']>>(
    sql`select account, name, coalesce(person_hash, account) as holder, post is null as official, enabled from identity.account where account = ${wanted}::text`,
  );
  return {
    units: new Map(units.map((unit) => [unit.code, unit])),
    posts: new Map(posts.map((post) => [post.id, post])),
    holdings,
    account,
    at,
  };
}

/** Makes the plan of an order; pure, so that the preview is what will be done as long as the facts stay. */
export function planOrder(body: OrderBody, facts: Facts): Plan {
  const plan: Plan = { ends: [], begins: [], postsBegin: [], postsEnd: [], units: [], reviewUnits: [], faults: [] };
  switch (body.kind) {
    case 'move':
      planMove(body, facts, plan);
      break;
    case 'acting':
      planActing(body, facts, plan);
      break;
    case 'leave':
      planLeave(body, facts, plan);
      break;
    case 'rename':
      planRename(body, facts, plan);
      break;
    case 'merge':
      planMerge(body, facts, plan);
      break;
    case 'split':
      planSplit(body, facts, plan);
      break;
    case 'abolish':
      planAbolish(body, facts, plan);
      break;
  }
  plan.reviewUnits = [...new Set(plan.reviewUnits)];
  checkPosts(facts, plan);
  return plan;
}

type Body<K extends OrderBody['kind']> = Extract<OrderBody, { kind: K }>;

function planMove(body: Body<'move'>, facts: Facts, plan: Plan): void {
  const person = personOf(facts, plan);
  const post = postOf(body.post, facts, plan);
  if (!person || !post) return;
  const held = facts.holdings.filter(({ account }) => account === person.account);
  if (held.some((h) => h.post === post.id && !h.acting))
    return fault(plan, '/body/post', 'holds-already', '此人已经在这个岗位上', 'the person holds this post already');
  plan.ends = held;
  plan.begins = [{ account: person.account, name: person.name, post: post.id, acting: false, until: null }];
  plan.reviewUnits.push(post.unit);
}

function planActing(body: Body<'acting'>, facts: Facts, plan: Plan): void {
  const person = personOf(facts, plan);
  const post = postOf(body.post, facts, plan);
  const until = new Date(body.until);
  if (until <= facts.at)
    fault(plan, '/body/until', 'past', '代理期限须在生效时间之后', 'must be after the order takes effect');
  if (!person || !post) return;
  if (facts.holdings.some((h) => h.account === person.account && h.post === post.id))
    return fault(plan, '/body/post', 'holds-already', '此人已经在这个岗位上', 'the person holds this post already');
  plan.begins = [{ account: person.account, name: person.name, post: post.id, acting: true, until }];
  plan.reviewUnits.push(post.unit);
}

function planLeave(_body: Body<'leave'>, facts: Facts, plan: Plan): void {
  const person = personOf(facts, plan, { alsoDisabled: true });
  if (!person) return;
  plan.ends = facts.holdings.filter(({ account }) => account === person.account);
  if (plan.ends.length === 0) fault(plan, '/body/account', 'no-post', '此人没有在任岗位', 'the person holds no post');
  plan.reviewUnits.push(...plan.ends.map((h) => facts.posts.get(h.post)?.unit ?? ''));
}

function planRename(body: Body<'rename'>, facts: Facts, plan: Plan): void {
  const unit = unitOf(body.unit, '/body/unit', facts, plan);
  if (!unit) return;
  if (unit.name === body.name && unit.nameEn === body.nameEn)
    fault(plan, '/body/name', 'same', '与现用名称相同', 'is the name that it has');
  if ([...facts.units.values()].some((u) => !u.ended && u.code !== unit.code && u.name === body.name))
    fault(plan, '/body/name', 'taken', '已有单位使用这个名称', 'is the name of another unit');
  plan.units.push({ ...unit, name: body.name, nameEn: body.nameEn, change: 'changes', successors: [] });
  plan.reviewUnits.push(unit.code);
}

function planMerge(body: Body<'merge'>, facts: Facts, plan: Plan): void {
  const into = unitOf(body.into, '/body/into', facts, plan);
  const merged = [...new Set(body.units)].flatMap((code, i) => unitOf(code, `/body/units/${i}`, facts, plan) ?? []);
  if (!into || merged.length === 0) return;
  plan.reviewUnits.push(into.code);
  const ending = new Set(merged.map(({ code }) => code));
  for (let above: string | null = into.code; above !== null; above = facts.units.get(above)?.parent ?? null) {
    if (ending.has(above))
      return fault(
        plan,
        '/body/into',
        'circular',
        '单位不能并入自己或自己的下级单位',
        'a unit cannot be merged into itself or into one below it',
      );
  }
  for (const unit of merged) {
    endUnit({ unit, successors: [into.code], facts, plan });
    for (const child of childrenOf(unit.code, facts)) {
      if (!ending.has(child.code)) plan.units.push({ ...child, parent: into.code, change: 'changes', successors: [] });
    }
    for (const post of postsIn(unit.code, facts)) handOver({ post, to: into, facts, plan });
  }
}

function planSplit(body: Body<'split'>, facts: Facts, plan: Plan): void {
  const unit = unitOf(body.unit, '/body/unit', facts, plan);
  if (!unit) return;
  const successors: UnitRow[] = [];
  for (const [i, part] of body.into.entries()) {
    const there = facts.units.get(part.code);
    if (part.code === unit.code || successors.some(({ code }) => code === part.code))
      fault(
        plan,
        `/body/into/${i}/code`,
        'circular',
        '新单位须各不相同，也不能是原单位',
        'must be different from the others and from the old unit',
      );
    else if (there?.ended)
      fault(
        plan,
        `/body/into/${i}/code`,
        'ended',
        '该单位已经撤销，标识不能再用',
        'is the id of a unit that has ended',
      );
    else if (there) successors.push(there);
    else {
      const made = { ...unit, code: part.code, name: part.name, nameEn: part.nameEn };
      successors.push(made);
      plan.units.push({ ...made, change: 'begins', successors: [] });
    }
  }
  const [first] = successors;
  if (!first || plan.faults.length > 0) return;
  endUnit({ unit, successors: successors.map(({ code }) => code), facts, plan });
  for (const child of childrenOf(unit.code, facts))
    plan.units.push({ ...child, parent: first.code, change: 'changes', successors: [] });
  for (const post of postsIn(unit.code, facts)) {
    const to = successors.find(({ code }) => code === body.posts[post.id]);
    if (to) handOver({ post, to, facts, plan });
    else
      fault(
        plan,
        `/body/posts/${post.id}`,
        'unassigned',
        '请为每个岗位指定承接单位',
        'each post needs a successor unit',
      );
  }
  plan.reviewUnits.push(unit.code, ...successors.map(({ code }) => code));
}

function planAbolish(body: Body<'abolish'>, facts: Facts, plan: Plan): void {
  const unit = unitOf(body.unit, '/body/unit', facts, plan);
  if (!unit) return;
  if (childrenOf(unit.code, facts).length > 0)
    fault(
      plan,
      '/body/unit',
      'has-children',
      '该单位还有下级单位，请先处理下级单位',
      'has units below it; deal with them first',
    );
  endUnit({ unit, successors: [], facts, plan });
  for (const post of postsIn(unit.code, facts)) endPost({ post, successor: null, facts, plan });
  if (unit.parent !== null) plan.reviewUnits.push(unit.parent);
}

/** A post goes on in another unit: at one of the same kind there, or at a new one. A second head is not needed. */
function handOver(step: { post: PostRow; to: UnitRow; facts: Facts; plan: Plan }): void {
  const { post, to, facts, plan } = step;
  const there = [...postsIn(to.code, facts), ...plan.postsBegin.filter(({ unit }) => unit === to.code)];
  const same = there.find((p) => p.kind === post.kind && p.reach === post.reach && p.title === post.title);
  if (same?.single) return endPost({ post, successor: null, facts, plan });
  let successor = same?.id;
  if (successor === undefined) {
    successor = uuidv7();
    const { kind, reach, title, single } = post;
    plan.postsBegin.push({ id: successor, kind, unit: to.code, area: to.area ?? post.area, reach, title, single });
  }
  endPost({ post, successor, facts, plan });
}

function endPost(step: { post: PostRow; successor: string | null; facts: Facts; plan: Plan }): void {
  const { post, successor, facts, plan } = step;
  plan.postsEnd.push({ post, successor });
  for (const holding of facts.holdings.filter((h) => h.post === post.id)) {
    plan.ends.push(holding);
    if (successor === null) continue;
    const there = (h: { account: string; post: string }) => h.account === holding.account && h.post === successor;
    if (facts.holdings.some(there) || plan.begins.some(there)) continue;
    const { account, name, acting, until } = holding;
    plan.begins.push({ account, name, post: successor, acting, until, follows: holding.id });
  }
}

function endUnit(step: { unit: UnitRow; successors: string[]; facts: Facts; plan: Plan }): void {
  const { unit, successors, plan } = step;
  plan.units.push({ ...unit, change: 'ends', successors });
}

/** What the database would refuse as well, said at the field beforehand. */
function checkPosts(facts: Facts, plan: Plan): void {
  const ending = new Set(plan.ends.map(({ id }) => id));
  const staying = facts.holdings.filter(({ id }) => !ending.has(id));
  for (const begin of plan.begins) {
    const post = facts.posts.get(begin.post);
    if (!post) continue;
    const taken = staying.find((h) => h.post === post.id && h.acting === begin.acting && h.account !== begin.account);
    if (post.single && taken)
      fault(
        plan,
        '/body/post',
        'taken',
        `该岗位只能由一人担任，现由${taken.name}担任`,
        `is held by one person at a time, at present by ${taken.name}`,
      );
    if (!THREE.includes(post.kind)) continue;
    const holder = facts.account?.account === begin.account ? facts.account.holder : undefined;
    const other = staying
      .filter((h) => h.account === begin.account || h.holder === holder)
      .map((h) => facts.posts.get(h.post)?.kind)
      .find((kind) => kind !== undefined && kind !== post.kind && THREE.includes(kind));
    if (other)
      fault(
        plan,
        '/body/account',
        'three-administrators',
        '系统管理员、安全管理员、安全审计员须由不同的人担任',
        'holds another of the three administrator posts, which must be three persons',
      );
  }
}

function personOf(facts: Facts, plan: Plan, options: { alsoDisabled?: boolean } = {}): Facts['account'] {
  const { account } = facts;
  if (!account)
    fault(
      plan,
      '/body/account',
      'no-account',
      '没有这个账号，请先由系统管理员建立账号',
      'there is no such account; the system administrator makes it first',
    );
  else if (!account.official)
    fault(
      plan,
      '/body/account',
      'not-official',
      '居民和企业账号不能任职',
      'is the account of a resident or an enterprise, which holds no post',
    );
  else if (!account.enabled && !options.alsoDisabled)
    fault(plan, '/body/account', 'disabled', '该账号已停用', 'is disabled');
  else return account;
  return undefined;
}

function postOf(id: string, facts: Facts, plan: Plan): PostRow | undefined {
  const post = facts.posts.get(id);
  if (!post) fault(plan, '/body/post', 'no-post', '没有这个岗位', 'there is no such post');
  else if (post.ended || facts.units.get(post.unit)?.ended)
    fault(plan, '/body/post', 'ended', '该岗位已经撤销', 'has ended');
  else return post;
  return undefined;
}

function unitOf(code: string, pointer: string, facts: Facts, plan: Plan): UnitRow | undefined {
  const unit = facts.units.get(code);
  if (!unit) fault(plan, pointer, 'no-unit', '没有这个单位', 'there is no such unit');
  else if (unit.ended) fault(plan, pointer, 'ended', `${unit.name}已经撤销`, `${unit.nameEn} has ended`);
  else return unit;
  return undefined;
}

const childrenOf = (code: string, facts: Facts): UnitRow[] =>
  [...facts.units.values()].filter((unit) => unit.parent === code && !unit.ended);
const postsIn = (code: string, facts: Facts): PostRow[] =>
  [...facts.posts.values()].filter((post) => post.unit === code && !post.ended);

function fault(plan: Plan, pointer: string, rule: string, zh: string, en: string): void {
  plan.faults.push({ pointer, rule, message: { zh, en } });
}
