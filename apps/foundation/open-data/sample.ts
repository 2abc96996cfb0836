import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { decideOpening } from './decide/opening-rule.ts';
import { deriveTable } from './publish/derive.ts';
import { gateRule, prepareVersion } from './publish/prepare-version.ts';
import { publishVersion } from './publish/publish-version.ts';
import type { Declared } from './publish/recipe.ts';

/** Purpose under which residents are read to be counted. */
export const STATISTICS = 'public-statistics';

/**
 * Opens the sets that a sample district declares (样例开放), each through the decision, the gate and two hands like any other. What exists is
 * left; a set whose source holds nothing yet is tried again at the next start. Returns how many are open.
 */
export async function openSample(
  services: Services,
  sets: readonly Declared[],
): Promise<{ opened: number; blocked: string[] }> {
  const blocked: string[] = [];
  let opened = 0;
  const preparer = systemActor({ name: 'sample', purpose: STATISTICS });
  const prepared = { account: 'system:sample-preparer', name: '样例制作' };
  const approved = { account: 'system:sample-approver', name: '样例审核' };
  for (const set of sets) {
    // One transaction a set: on the embedded database nobody waits longer than for one of them.
    await services.database.tx({ module: 'open-data', actor: { ...preparer, unit: set.owner } }, async (db) => {
      const there = await db.first(sql`select id from open_data.dataset where id = ${set.id}`);
      if (there) return;
      const at = services.clock.now();
      const table = await deriveTable(db, { recipe: set.recipe, about: set.about, on: shanghaiDate(at) });
      if (table.rows.length === 0) return;
      const decision = await decideOpening(db, {
        secret: false,
        commercial: false,
        personal: false,
        security: set.opening?.security ?? false,
        timely: set.opening?.timely ?? false,
      });
      await db.run(sql`
        insert into open_data.dataset (id, item, title, summary, theme, owner, licence, attribution, cycle, about, recipe, badge, state, opening, decision, decided_by, decided_name,
          decided_at, created_by, created_at)
        values (${set.id}, ${set.item}, ${json(set.title)}::text::jsonb, ${json(set.summary)}::text::jsonb, ${set.theme}, ${set.owner}, ${set.licence}, ${set.attribution ?? null}::text,
          ${set.cycle}, ${set.about}, ${json(set.recipe)}::text::jsonb, ${set.badge}, 'decided', ${decision.opening}, ${json(decision)}::text::jsonb, ${approved.account}, ${approved.name},
          ${at}::timestamptz, ${prepared.account}, ${at}::timestamptz)`);
      const rule = await gateRule(db, at);
      const { id, report } = await prepareVersion(db, {
        dataset: set.id,
        table,
        noise: set.recipe.noise,
        at,
        by: prepared,
        rule,
      });
      if (report.verdict === 'block') return void blocked.push(set.id);
      await publishVersion(db, { version: id, at, by: approved });
      opened += 1;
    });
  }
  return { opened, blocked };
}
