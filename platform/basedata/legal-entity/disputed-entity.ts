import { attributeViews } from '#platform/access/attributes/view.ts';
import type { DisputedBase } from '#platform/basedata/dispute/disputed-base.ts';
import { disputedAttributes, followDisputes, markAdopted } from '#platform/basedata/shared/corrections.ts';
import { describeSources } from '#platform/basedata/shared/describe-sources.ts';
import { type GoldenValue, othersOf, survive } from '#platform/basedata/shared/survivorship.ts';
import { compileChecks } from '#platform/exchange/check/check.ts';
import { plain } from '#platform/exchange/target.ts';
import type { Db } from '#platform/kernel/db.ts';
import { maskText } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ENTITY_ATTRIBUTES, ENTITY_MARKS, ENTITY_RULES } from './entity-rules.ts';
import { entityTarget, rebuildEntities } from './load-entities.ts';
import { entities } from './resources.ts';
import { companyName, statementsOf, valuesOf } from './statements.ts';

/** Values of enterprises may be disputed (校核): by their representative, and by whoever may see the card. */
export const disputedEntities: DisputedBase = {
  id: 'legal-entity',
  title: { zh: '法人单位基础信息库', en: 'Legal entities' },
  subject: 'entity',
  card: '/gov/entities/:subject',
  attributes: ENTITY_ATTRIBUTES.filter(({ name }) => name !== 'buildingCode').map(({ name, title, level }) => ({
    name,
    title,
    level,
    open: true,
  })),
  accept: ({ attribute, value, services }) => {
    const field = entityTarget.fields.find(({ name }) => name === attribute);
    if (!field) return { ok: false, reason: { zh: '不是可以更正的项', en: 'is no item that can be corrected' } };
    const checked = compileChecks({
      fields: [field],
      allowSample: services.config.sample,
      today: services.clock.now(),
    })({
      [attribute]: value,
    });
    if (!checked.ok)
      return { ok: false, reason: checked.faults[0]?.reason ?? { zh: '格式不对', en: 'has the wrong form' } };
    const text = checked.value[attribute];
    if (text === null || text === undefined) return { ok: false, reason: { zh: '不能为空', en: 'must not be empty' } };
    return { ok: true, value: attribute === 'name' ? companyName(text) : text };
  },
  stand: ({ services, actor, subject, attribute, own }) =>
    services.database.tx({ module: 'legal-entity', actor, readOnly: true }, async (db) => {
      const seen = await db.first<{ name: string | null }>(
        sql`select name from legal_entity.entity where uscc = ${subject}`,
      );
      const mark = ENTITY_MARKS.find(({ name }) => name === attribute);
      const rule = ENTITY_RULES.find((r) => r.attributes.includes(attribute));
      if (!seen || !mark || !rule) return undefined;
      if (attributeViews({ services, actor, resource: entities.id, own })(mark) === 'hidden') return undefined;
      const statements = (await statementsOf(db, [subject])).get(subject) ?? [];
      const golden = survive(statements, ENTITY_RULES)[attribute];
      const others = othersOf({ statements, rules: ENTITY_RULES, attribute, golden });
      const all: GoldenValue[] = [...(golden ? [golden] : []), ...others];
      const describe = await describeSources(
        db,
        all.map((v) => v.source),
      );
      return {
        label: seen.name ?? subject,
        unit: golden?.source.u ?? rule.units[0] ?? 'market-supervision',
        ...(golden ? { claim: golden.source.c } : {}),
        disputed: (await disputedAttributes(db, subject)).has(attribute),
        values: all.map(({ value, source }, at) => {
          const { dataset, datasetTitle, unit, receivedAt } = describe(source);
          const stands = at === 0 && golden !== undefined;
          return { unit, dataset, datasetTitle, receivedAt, value, masked: maskText(value), golden: stands };
        }),
      };
    }),
};

/** An accepted dispute about an enterprise takes effect as a claim of the source's unit. */
export const correctEntities = followDisputes({
  module: 'legal-entity',
  target: entityTarget.id,
  along: async ({ db, accepted: { subject, attribute, sourceClaim } }) => {
    const { uscc } = await presentOf(db, { claim: sourceClaim, subject });
    const source = (await statementsOf(db, [uscc])).get(uscc)?.find((s) => Number(s.claim) === Number(sourceClaim));
    return { values: { uscc }, refuted: source?.values[attribute] };
  },
  apply: async ({ db, claim, subject }) => {
    const { uscc, eid } = await presentOf(db, { claim: plain(claim.payload, 'corrects') ?? null, subject });
    await db.run(sql`
      insert into legal_entity.entity_claim (claim_id, uscc, eid, method) values (${claim.id}::bigint, ${uscc}, ${eid}::uuid, 'correction') on conflict (claim_id) do nothing`);
    await rebuildEntities(db, [uscc]);
  },
});

/** The enterprise may have been joined to another since: the claim that is corrected says which one it is about now. */
function presentOf(
  db: Db,
  { claim, subject }: { claim: number | string | null; subject: string },
): Promise<{ uscc: string; eid: string }> {
  return db.one(sql`
    select uscc, eid from (
      select m.uscc, m.eid, 1 as rank from legal_entity.entity_claim m where m.claim_id = ${claim === null ? null : String(claim)}::bigint
      union all select s.uscc, s.eid, 2 from legal_entity.subject s where s.uscc = ${subject}
      union all select m.uscc, m.eid, 3 from legal_entity.entity_claim m where m.uscc = ${subject}) found
    order by rank limit 1`);
}

/** Which corrections the sources have taken over. */
export const entityCorrectionsAdopted = markAdopted({
  module: 'legal-entity',
  target: entityTarget.id,
  subjectOf: (claim) => sql`(select m.uscc from legal_entity.entity_claim m where m.claim_id = ${claim})`,
  valuesOf,
});
