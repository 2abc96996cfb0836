/**
 * `catalog-search`: questions to a catalogue of 20,000 items by HTTP on PostgreSQL, eight at a time, each a different mix of words
 * that the items hold, parts of names, pinyin, first letters and misspelt words. Reference: the same questions as substrings with
 * `ilike` over the same texts, without sound, order or misspelling, in alternate rounds. Wanted are 300 ms for the slowest of twenty.
 * Usage: catalog-search [items] [rounds] [questions a round]
 */
import { audit } from '#platform/audit/app.ts';
import { access } from '#platform/access/app.ts';
import { calendar } from '#platform/calendar/app.ts';
import { catalog } from '#platform/catalog/app.ts';
import { rulebook } from '#platform/rulebook/app.ts';
import { indexItems } from '#platform/catalog/index-items.ts';
import { identity } from '#platform/identity/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { initialsOf, soundOf } from '#platform/search/terms/sound.ts';
import { search } from '#platform/search/app.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';

const [items = 20_000, rounds = 3, questions = 400] = process.argv.slice(2).map(Number);
const AT_ONCE = 8;
const MOST_MS = 300;
const seed = Math.floor(Math.random() * 2 ** 31);

/** A small generator of its own (mulberry32), so that a seed can be repeated. */
function numbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const next = numbers(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

const WHO =
  '居民 企业 老年人 残疾人 学生 个体工商户 社会组织 参保人 低保家庭 外来人口 党员 退役军人 新生儿 从业人员 房屋 楼宇 车辆 道路 餐饮单位 医疗机构 学校 养老机构 建筑工地 电梯 消防设施 河道 绿地 公交站点 停车场 文物'.split(
    ' ',
  );
const WHAT =
  '登记 备案 许可 处罚 检查 缴费 补贴 参保 证照 投诉 预约 租赁 产权 用电 用水 监测 巡查 排名 统计 年报 名录 台账 变更 注销 评价 信用 培训 就业 体检 接种'.split(
    ' ',
  );
const HOW = '基本信息 明细 结果 汇总 清单 月度数据 办理情况 历史记录 分布 状态'.split(' ');
const FIELD =
  '姓名 身份证号 统一社会信用代码 联系电话 居住地址 经营范围 发证日期 有效期 金额 所属街道 居委会 负责人 状态 备注 经度 纬度 建筑面积 楼层 床位数 编号 类别 等级 检测值 采集时间'.split(
    ' ',
  );
const UNITS = [
  'police',
  'civil-affairs',
  'market',
  'hr',
  'health',
  'education',
  'housing',
  'culture',
  'traffic',
  'environment',
];

const house = await openBenchHouse({
  name: 'search',
  manifests: [identity, access, audit, search, rulebook, calendar, catalog],
});
const url = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });
const titles: string[] = [];
const rows = Array.from({ length: items }, (_, i) => {
  const title = `${pick(WHO)}${pick(WHAT)}${pick(HOW)}`;
  titles.push(title);
  return {
    id: `bench.item-${i}`,
    title: { zh: title, en: `Item ${i}` },
    summary: {
      zh: `由${pick(UNITS)}按月汇集的${title}，用于${pick(WHO)}${pick(WHAT)}。`,
      en: `Item ${i} of the bench`,
    },
    owner: pick(UNITS),
    level: pick(['L1', 'L2', 'L3', 'L4']),
    sharing: pick(['unconditional', 'conditional', 'none']),
    fields: Array.from({ length: 8 }, (_x, ord) => ({ ord, zh: `${pick(FIELD)}${ord > 5 ? pick(WHAT) : ''}` })),
  };
});
await house.client.query(
  `insert into catalog.resource (id, version, module, title, summary, owner, sharing, opening, level, updates, retention, schema_name, table_name, key)
   select r.id, 1, 'bench', r.title, r.summary, r.owner, r.sharing, 'closed', r.level, 'monthly', '{}', 'bench', r.id, 'id'
   from jsonb_to_recordset($1::jsonb) as r(id text, title jsonb, summary jsonb, owner text, sharing text, level text)`,
  [JSON.stringify(rows)],
);
await house.client.query(
  `insert into catalog.field (resource, name, ord, column_name, title, level, type)
   select r.id, 'field' || (f->>'ord'), (f->>'ord')::int, 'x', jsonb_build_object('zh', f->>'zh', 'en', 'Field'), 'L1', '{}'
   from jsonb_to_recordset($1::jsonb) as r(id text, fields jsonb), jsonb_array_elements(r.fields) f`,
  [JSON.stringify(rows)],
);
const began = performance.now();
await house.services.database.tx({ module: 'catalog', actor: systemActor({ name: 'bench' }) }, (db) => indexItems(db));
const indexed = (performance.now() - began) / 1000;
await house.client.query('analyze');

/** What people type: words, parts of a name, sound, first letters, one wrong letter. */
function question(): string {
  const title = pick(titles);
  const kind = Math.floor(next() * 6);
  if (kind === 0) return `${pick(WHO)} ${pick(FIELD)}`;
  if (kind === 1) return title;
  if (kind === 2) return title.slice(1, 5);
  if (kind === 3) return soundOf(pick(WHO));
  if (kind === 4) return initialsOf(title);
  const sound = [...soundOf(pick(WHO))];
  sound.splice(Math.floor(next() * sound.length), 1);
  return sound.join('');
}

async function timed(asked: readonly string[], ask: (q: string) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  const waiting = [...asked];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let q = waiting.pop(); q !== undefined; q = waiting.pop()) {
        const start = performance.now();
        await ask(q);
        times.push(performance.now() - start);
      }
    }),
  );
  return times;
}

let empty = 0;
const ours = async (q: string) => {
  const reply = await fetch(`${url}/api/catalog/items?q=${encodeURIComponent(q)}`);
  if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  if (((await reply.json()) as { total: number }).total === 0) empty += 1;
};
const pool = new (await import('pg')).default.Pool({ connectionString: house.database.adminUrl, max: AT_ONCE });
pool.on('error', () => undefined);
const reference = async (q: string) => {
  await pool.query(
    `select r.id, count(*) over () from catalog.resource r where not exists (select from unnest($1::text[]) w where not
       concat_ws(' ', r.id, r.title->>'zh', r.title->>'en', r.summary->>'zh', r.summary->>'en', (select string_agg(f.title->>'zh', ' ') from catalog.field f where f.resource = r.id)) ilike '%' || w || '%')
     order by r.title->>'zh' limit 20`,
    [q.split(' ')],
  );
};
const at = (times: readonly number[], part: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] as number;

try {
  await timed(Array.from({ length: 40 }, question), ours);
  const [mine, theirs]: [number[], number[]] = [[], []];
  empty = 0;
  for (let round = 0; round < rounds; round++) {
    const asked = Array.from({ length: questions }, question);
    mine.push(...(await timed(asked, ours)));
    theirs.push(...(await timed(asked.slice(0, 40), reference)));
  }
  report({
    name: 'catalog-search',
    ours: at(mine, 0.95),
    reference: at(theirs, 0.95),
    ratio: at(theirs, 0.95) / at(mine, 0.95),
    unit: 'ms, 95 % are faster',
    wanted: at(theirs, 0.95) / MOST_MS,
    note: `PostgreSQL, ${items} items with 8 fields, ${AT_ONCE} at a time, ${mine.length} questions, seed ${seed}; median ${at(mine, 0.5).toFixed(0)} ms, slowest ${at(mine, 0.9999).toFixed(0)} ms; ${empty} found nothing; index built in ${indexed.toFixed(0)} s; reference ilike over the same texts, median ${at(theirs, 0.5).toFixed(0)} ms; wanted ${MOST_MS} ms at most`,
  });
} finally {
  await pool.end();
  await house.close();
}
