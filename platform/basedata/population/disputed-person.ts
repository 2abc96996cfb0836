import { attributeViews } from '#platform/access/attributes/view.ts';
import type { Db } from '#platform/kernel/db.ts';
import { maskText } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import { compileChecks } from '#platform/exchange/check/check.ts';
import { plain } from '#platform/exchange/target.ts';
import type { DisputedBase, Standing } from '#platform/basedata/dispute/disputed-base.ts';
import { disputedAttributes, followDisputes, markAdopted } from '#platform/basedata/shared/corrections.ts';
import { describeSources } from '#platform/basedata/shared/describe-sources.ts';
import { holdApart } from '#platform/basedata/shared/same-subject.ts';
import {
  othersOf,
  type GoldenValue,
  type Rule,
  sourceOf,
  standing,
  survive,
} from '#platform/basedata/shared/survivorship.ts';
import { nameForm } from '#platform/basedata/shared/text-forms.ts';
import { ATTRIBUTES, attributeOf, markOf } from './attributes.ts';
import { PERSON_RULES, SAME_PERSON } from './authority.ts';
import { rebuildPersons } from './load-persons.ts';
import { resident } from './resources.ts';
import { statementsAbout, valuesOf } from './statements.ts';
import { personTarget } from './target.ts';

const ruleOf = (attribute: string): Rule | undefined => PERSON_RULES.find((r) => r.attributes.includes(attribute));

/** Every item of the card may be disputed; the place that follows from an address is disputed with the address. */
const DISPUTED = ATTRIBUTES.filter(({ name }) => ruleOf(name) !== undefined && name !== 'buildingCode');

/** Values of persons may be disputed (校核): by the person, and by whoever may see the card. */
export const disputedPersons: DisputedBase = {
  id: 'population',
  title: { zh: '人口基础库', en: 'Population' },
  subject: 'person',
  card: '/gov/persons/:subject',
  attributes: DISPUTED.map(({ name, title, level, disclosure }) => ({
    name,
    title,
    level,
    open: disclosure !== 'single' && level !== 'L4',
  })),
  accept: ({ attribute, value, services }) => {
    const field = personTarget.fields.find(({ name }) => name === attribute);
    if (!field) return { ok: false, reason: { zh: '不是可以更正的项', en: 'is no item that can be corrected' } };
    const check = compileChecks({
      fields: [field],
      allowSample: services.config.sample,
      today: services.clock.now(),
    });
    const checked = check({ [attribute]: value });
    const text = checked.ok ? checked.value[attribute] : undefined;
    if (!checked.ok)
      return { ok: false, reason: checked.faults[0]?.reason ?? { zh: '格式不对', en: 'has the wrong form' } };
    if (text === null || text === undefined) return { ok: false, reason: { zh: '不能为空', en: 'must not be empty' } };
    return { ok: true, value: attribute === 'name' ? nameForm(text) : text };
  },
  stand: ({ services, actor, subject, attribute, own }) =>
    services.database.tx({ module: 'population', actor, readOnly: true }, async (db) => {
      const seen = await db.first<{ name: string | null }>(
        own
          ? sql`select name from population.own_person where pid = ${subject}::uuid`
          : sql`select name from population.person where pid = ${subject}::uuid`,
      );
      const hidden = attributeViews({ services, actor, resource: resident.id, own })(markOf(attribute)) === 'hidden';
      const rule = ruleOf(attribute);
      if (!seen || hidden || !rule) return undefined;
      return standOf(db, { pid: subject, name: seen.name ?? '', attribute, rule });
    }),
};

async function standOf(
  db: Db,
  options: { pid: string; name: string; attribute: string; rule: Rule },
): Promise<Standing> {
  const { pid, name, attribute, rule } = options;
  const { accepted } = holdApart((await statementsAbout(db, [pid])).get(pid) ?? [], SAME_PERSON);
  const golden = survive(accepted, PERSON_RULES)[attribute];
  const others = othersOf({ statements: accepted, rules: PERSON_RULES, attribute, golden });
  // Who says the same as what stands stands beside it.
  const agreeing = standing(accepted)
    .filter((s) => golden && s.values[attribute] === golden.value && s.claim !== golden.source.c)
    .map((s): GoldenValue => ({ value: s.values[attribute] as string, source: sourceOf(s) }));
  const all = [...(golden ? [golden] : []), ...agreeing, ...others];
  const describe = await describeSources(
    db,
    all.map((v) => v.source),
  );
  const mask = attributeOf(attribute)?.mask ?? maskText;
  return {
    label: name,
    unit: golden?.source.u ?? rule.units[0] ?? 'public-security',
    ...(golden ? { claim: golden.source.c } : {}),
    disputed: (await disputedAttributes(db, pid)).has(attribute),
    values: all.map(({ value, source }, at) => {
      const { dataset, datasetTitle, unit, receivedAt } = describe(source);
      return {
        unit,
        dataset,
        datasetTitle,
        receivedAt,
        value,
        masked: mask(value),
        golden: at === 0 && golden !== undefined,
      };
    }),
  };
}

/** An accepted dispute about a person takes effect as a claim of the source's unit. */
export const correctPersons = followDisputes({
  module: 'population',
  target: personTarget.id,
  along: async ({ db, accepted: { subject, attribute, sourceClaim, claimed } }) => {
    const rule = ruleOf(attribute);
    const pid = await presentOf(db, { claim: sourceClaim, subject });
    const source = (await statementsAbout(db, [pid])).get(pid)?.find((s) => Number(s.claim) === Number(sourceClaim));
    if (!rule || !source) return { values: {}, refuted: undefined };
    const values: Record<string, string> = {};
    // A group comes from one statement as a whole, so the correction states the rest of it too; another address is another building.
    if (claimed !== null)
      for (const other of rule.attributes) {
        const value = source.values[other];
        if (
          other !== attribute &&
          value !== undefined &&
          !(attribute === 'residenceAddress' && other === 'buildingCode')
        )
          values[other] = value;
      }
    return { values, refuted: source.values[attribute] };
  },
  apply: async ({ db, claim, subject }) => {
    const pid = await presentOf(db, { claim: plain(claim.payload, 'corrects') ?? null, subject });
    await db.run(
      sql`insert into population.person_claim (claim_id, pid, method) values (${claim.id}::bigint, ${pid}::uuid, 'correction') on conflict do nothing`,
    );
    await rebuildPersons(db, [pid]);
  },
});

/** The person may have been joined to another since: the claim that is corrected says who it is now. */
async function presentOf(
  db: Db,
  { claim, subject }: { claim: number | string | null; subject: string },
): Promise<string> {
  const { pid } = await db.one<{ pid: string }>(sql`
    select coalesce((select m.pid from population.person_claim m where m.claim_id = ${claim === null ? null : String(claim)}::bigint), ${subject}::uuid) as pid`);
  return pid;
}

/** Which corrections the sources have taken over. */
export const personCorrectionsAdopted = markAdopted({
  module: 'population',
  target: personTarget.id,
  subjectOf: (claim) => sql`(select m.pid::text from population.person_claim m where m.claim_id = ${claim})`,
  valuesOf,
});
