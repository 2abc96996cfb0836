import { systemActor } from '#platform/kernel/actor.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { district } from '#districts/huangpu/district.ts';
import { generateServices } from '#districts/huangpu/generate/service-items.ts';
import { loadServices } from '#districts/huangpu/load-services.ts';

/** Units whose items the examples of routes need; the rest of the catalogue is left out. */
const UNITS = new Set(['civil-affairs', 'market-supervision', 'fire-rescue', 'greening', 'construction-transport']);

/** A bundle in every state that the examples name, and one that another unit leads. */
const BUNDLES = [
  ['bundle-own', 'civil-affairs', 'drawn'],
  ['bundle-drop', 'civil-affairs', 'drawn'],
  ['bundle-submitted', 'civil-affairs', 'submitted'],
  ['bundle-returned', 'civil-affairs', 'submitted'],
  ['bundle-foreign', 'market-supervision', 'drawn'],
] as const;

/** Services of some units, and one item in every state that the examples name: of civil affairs, and of another unit. */
export async function fixtureServices(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const all = generateServices({ seed: district.seed });
  const items = all.items.filter(({ unit }) => UNITS.has(unit));
  const codes = new Set(items.map(({ code }) => code));
  await loadServices(services, {
    ...all,
    items,
    bundles: all.bundles.filter((bundle) => bundle.items.every((code) => codes.has(code))),
  });
  const own = items.filter(
    ({ unit, definition }) =>
      unit === 'civil-affairs' && definition.kind === 'payment' && definition.certificateType === undefined,
  );
  const foreign = items.find(({ unit }) => unit === 'market-supervision');
  const [published, drawn, submitted, returned, dropped] = own;
  if (!published || !drawn || !submitted || !returned || !dropped || !foreign) throw new Error('too few services');
  // A draft has a reason for everything that it asks for: the catalogue is not what these examples are about.
  const why = '样例：核对登记信息时由本人填写';
  // Nor are processes: none is published here.
  const { process: _process, ...plain } = drawn.definition;
  const definition = {
    ...plain,
    materials: drawn.definition.materials.map((material) =>
      material.source === 'upload' ? { ...material, why } : material,
    ),
    fields: drawn.definition.fields.map((field) => (field.resource === undefined ? { ...field, why } : field)),
  };
  const bundle = {
    title: { zh: '样例一件事', en: 'A sample bundle' },
    lead: { zh: '两个事项一次办。', en: 'Two items at once.' },
    event: 'help',
    questions: [],
    items: [
      { item: published.code, after: [] },
      { item: drawn.code, after: [published.code] },
    ],
  };
  await services.database.tx({ module: 'service', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    const draft = (code: string, state: string) =>
      db.run(sql`
        update service.item set draft = ${json(definition)}::text::jsonb, draft_state = ${state}, drawn_by = 'fixture', drawn_name = '样例经办', drawn_at = kernel.now() where code = ${code}`);
    await draft(drawn.code, 'drawn');
    await draft(submitted.code, 'submitted');
    await draft(returned.code, 'submitted');
    await draft(dropped.code, 'drawn');
    for (const [id, unit, state] of BUNDLES)
      await db.run(sql`
        insert into service.bundle (id, title, lead, unit, event, ord, draft, draft_state, drawn_by, drawn_name, drawn_at)
        values (${id}, ${json(bundle.title)}::text::jsonb, ${json(bundle.lead)}::text::jsonb, ${unit}, ${bundle.event}, 99, ${json(bundle)}::text::jsonb, ${state}, 'fixture', '样例经办', kernel.now())`);
  });
  const blocker = (unit: string) => {
    const of = new Set(items.filter((item) => item.unit === unit).map(({ code }) => code));
    const plan = all.plans.find(({ item }) => of.has(item));
    return `${plan?.item}:${plan?.kind}`;
  };
  // Another way of doing the same (业务办理项) is an item of its own.
  const fresh = `${published.code}99`;
  return {
    'service-published': published.code,
    'service-own': drawn.code,
    'service-foreign': foreign.code,
    'service-submitted': submitted.code,
    'service-returned': returned.code,
    'service-drop': dropped.code,
    'service-draft': { definition },
    'service-preview': { definition, situations: {} },
    'service-new': { code: fresh, definition: published.definition },
    'service-answers': {
      items: [published.code],
      situations: { [published.code]: { who: 'self' } },
      answers: answersTo(published),
    },
    ...Object.fromEntries(BUNDLES.map(([id]) => [id, id])),
    'bundle-draft': { definition: bundle },
    'bundle-new': { id: 'bundle-new', definition: bundle },
    'service-blocker': blocker('civil-affairs'),
    'service-blocker-foreign': blocker('market-supervision'),
  };
}

/** An answer to each required field of an item that is done in person. */
function answersTo({
  definition,
}: ReturnType<typeof generateServices>['items'][number]): Record<string, string | number | boolean> {
  return Object.fromEntries(
    definition.fields
      .filter(({ required, when }) => required && when === undefined)
      .map(({ element, type, choices, minimum = 1, pattern }) => {
        if (pattern !== undefined) return [element, '310199198502011234'];
        if (type === 'number') return [element, minimum];
        if (type === 'date') return [element, '2026-10-01'];
        if (type === 'yes-no') return [element, true];
        return [element, type === 'choice' ? (choices?.[0] ?? '') : '样例'];
      }),
  );
}
