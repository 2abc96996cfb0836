import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { wishClock } from '#apps/foundation/open-data/loop/clocks.ts';
import { afterLoad } from '#districts/huangpu/load.ts';

/** Open sets, and one of everything that the examples of routes name: of civil affairs, and of another unit. */
export async function fixtureOpenData(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  await afterLoad({ services });
  return services.database.tx({ module: 'open-data', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const decision = json({
      opening: 'open',
      reason: { zh: '样例', en: 'sample' },
      article: '样例',
      rule: 'open-data.decision',
      version: 1,
      unverified: true,
      facts: {},
    });
    const set = async (
      id: string,
      more: { opening?: string; recipe?: object; state?: string; about?: string; owner?: string } = {},
    ) =>
      db.run(sql`
        insert into open_data.dataset (id, item, title, summary, theme, owner, licence, cycle, about, badge, state, opening, decision, recipe, created_by)
        values (${id}, 'geo.area', ${json({ zh: id, en: id })}::text::jsonb, ${json({ zh: id, en: id })}::text::jsonb, 'places', ${more.owner ?? 'civil-affairs'}, 'open-government-1.0', 'yearly',
          ${more.about ?? 'thing'}, 'sample', ${more.state ?? 'decided'}, ${more.state === 'proposed' ? null : (more.opening ?? 'open')}::text, ${decision}::text::jsonb,
          ${more.recipe ? json(more.recipe) : null}::text::jsonb, 'fixture')`);
    const version = async (dataset: string, state: string) => {
      const id = uuidv7();
      const published = state === 'published';
      await db.run(sql`
        insert into open_data.version (id, dataset, no, cite, fields, rows, digest, state, data_on, prepared_by, prepared_name, approved_by, approved_name, published_at)
        values (${id}::uuid, ${dataset}, 1, ${`sd.${dataset}.v1`}, ${json([{ name: 'name', title: { zh: '名称', en: 'Name' }, type: 'string' }])}::text::jsonb, 1, 'digest', ${state}, '2026-11-01',
          'fixture', '样例制作', ${published ? 'other' : null}::text, ${published ? '样例审核' : null}::text, ${published ? new Date() : null}::timestamptz)`);
      await db.run(
        sql`insert into open_data.chunk (version, no, first_row, count, rows) values (${id}::uuid, 0, 1, 1, '[["样例"]]')`,
      );
      const report = {
        verdict: 'pass',
        rows: 1,
        withheld: 0,
        quasi: [],
        sensitive: [],
        k: null,
        l: null,
        t: null,
        findings: [],
      };
      await db.run(
        sql`insert into open_data.risk_report (id, version, verdict, report) values (${uuidv7()}::uuid, ${id}::uuid, 'pass', ${json(report)}::text::jsonb)`,
      );
      if (published)
        await db.run(sql`update open_data.dataset set state = 'open', current = ${id}::uuid where id = ${dataset}`);
      return id;
    };
    await set('fixture-decide', { state: 'proposed' });
    await set('fixture-version');
    const recipe = {
      source: 'resident',
      columns: [{ name: 'sex', title: { zh: '性别', en: 'Sex' }, from: 'sex', type: 'string' }],
      count: { title: { zh: '人数', en: 'Persons' } },
      noise: 0.1,
    };
    await set('fixture-noisy', { about: 'person', recipe });
    await set('fixture-noisy-foreign', { about: 'person', recipe, owner: 'housing' });
    await set('fixture-withdraw');
    await version('fixture-withdraw', 'published');
    await set('fixture-agreed', { opening: 'conditional' });
    await version('fixture-agreed', 'published');
    await db.run(sql`insert into open_data.access_request (id, dataset, owner, account, entity, entity_name, purpose, measures, state, valid_until, agreement)
      values (${uuidv7()}::uuid, 'fixture-agreed', 'civil-affairs', 'agent.siyuan', '91310199MA003Q6R3B', '样例企业', '样例用途：选址分析工具', '{encryption}', 'approved', now() + interval '1 year', '{}')`);
    await set('fixture-publish');
    await set('fixture-conditional', { opening: 'conditional' });
    await version('fixture-conditional', 'published');
    const toPublish = await version('fixture-publish', 'checked');
    const current = async (dataset: string) =>
      (await db.one<{ id: string }>(sql`select current as id from open_data.dataset where id = ${dataset}`)).id;
    const wish = async (owner: string) => {
      const id = uuidv7();
      const clock = await startClock(db, { kind: wishClock, subject: id, event: 'asked' });
      await db.run(sql`insert into open_data.wish (id, title, text, owner, author, clock)
        values (${id}::uuid, '样例开放需求', '希望开放更多的样例数据。', ${owner}, 'fixture', ${clock.id}::uuid)`);
      return id;
    };
    const feedback = async (dataset: string, owner: string) => {
      const id = uuidv7();
      await db.run(sql`insert into open_data.feedback (id, dataset, version, text, author, owner)
        values (${id}::uuid, ${dataset}, ${await current(dataset)}::uuid, '样例纠错意见', 'fixture', ${owner})`);
      return id;
    };
    const reuse = uuidv7();
    await db.run(sql`insert into open_data.reuse (id, title, text, kind, datasets, author, by_name)
      values (${reuse}::uuid, '样例应用', '用居委边界做的样例应用', 'app', '{committees}', 'fixture', '样例')`);
    const key = async (account: string) => {
      const id = uuidv7();
      await db.run(
        sql`insert into open_data.api_key (id, prefix, digest, account, holder, label) values (${id}::uuid, 'sdo_x', ${id}, ${account}, 'fixture', 'fixture')`,
      );
      return id;
    };
    const access = async (owner: string) => {
      const id = uuidv7();
      await db.run(sql`insert into open_data.access_request (id, dataset, owner, account, entity, entity_name, purpose, measures)
        values (${id}::uuid, 'fixture-conditional', ${owner}, ${id}, '91310199MA003Q6R3B', '样例企业', '样例用途：选址分析工具', '{encryption}')`);
      return id;
    };
    const product = async (state: string) => {
      const id = uuidv7();
      await db.run(sql`insert into open_data.product (id, title, text, seller, seller_name, account, dataset, rights, price_fen, state)
        values (${id}::uuid, '样例产品', '样例', 'x', 'x', 'fixture', 'fixture-agreed', '依据协议加工取得的权利', 10, ${state})`);
      return id;
    };
    const listed = await product('listed');
    const trade = uuidv7();
    await db.run(sql`insert into open_data.trade (id, no, product, buyer, buyer_name, account, key, price_fen)
      values (${trade}::uuid, 'DT-fixture', ${listed}::uuid, 'x', 'x', 'fixture', ${await key('fixture')}::uuid, 10)`);
    return {
      'open-version': await current('committees'),
      'foreign-open-version': await current('buildings'),
      'version-to-publish': toPublish,
      wish: await wish('civil-affairs'),
      'wish-to-answer': await wish('civil-affairs'),
      'foreign-wish': await wish('public-security'),
      feedback: await feedback('committees', 'civil-affairs'),
      'foreign-feedback': await feedback('buildings', 'housing'),
      'reuse-to-list': reuse,
      'open-key': await key('citizen.wei'),
      'foreign-open-key': await key('somebody'),
      'access-request': await access('civil-affairs'),
      'foreign-access-request': await access('housing'),
      'product-to-check': await product('draft'),
      product: listed,
      trade,
    };
  });
}
