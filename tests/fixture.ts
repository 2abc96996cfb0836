import { createReadStream, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Actor, POSTS, type Post, systemActor } from '#platform/kernel/actor.ts';
import type { AppManifest, Example } from '#platform/kernel/app.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { useExamplePersons } from '#platform/basedata/population/examples.ts';
import { resolvePerson } from '#platform/basedata/population/resolve-person.ts';
import type { Mapping } from '#platform/exchange/mapping.ts';
import { registerDataset } from '#platform/exchange/register-dataset.ts';
import { registerBatch } from '#platform/exchange/send-import.ts';
import { importTarget } from '#platform/exchange/target.ts';
import { storeFile } from '#platform/exchange/store-file.ts';
import { type DemoSubjects, linkDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import { readDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { signIn } from '#platform/identity/testing.ts';
import { district } from '#districts/huangpu/district.ts';
import { keepGenerated } from '#districts/huangpu/generate/generate.ts';
import {
  approveSampleGrants,
  declareSampleSeries,
  draftSampleThemes,
  giveSampleConsent,
  publishSampleThemes,
  registerSampleForms,
} from '#districts/huangpu/load.ts';
import { partnerManifests } from '#districts/huangpu/partners/manifests.ts';
import { manifests } from '../manifests.ts';
import { fixtureAccess } from './fixture-access.ts';
import { fixtureAnalysis } from './fixture-analysis.ts';
import { type DemoHousehold, fixtureDelegations } from './fixture-delegations.ts';
import { fixtureDocuments } from './fixture-documents.ts';
import { fixtureFeeds } from './fixture-feeds.ts';
import { fixtureGateway } from './fixture-gateway.ts';
import { fixtureFees } from './fixture-fees.ts';
import { fixtureFirms } from './fixture-firms.ts';
import { fixtureDisputes } from './fixture-disputes.ts';
import { fixtureEvaluation } from './fixture-evaluation.ts';
import { fixtureEconomy } from './fixture-economy.ts';
import { fixtureIncidents } from './fixture-incidents.ts';
import { fixtureParts } from './fixture-parts.ts';
import { fixtureHotline } from './fixture-hotline.ts';
import { fixtureLinks } from './fixture-links.ts';
import { fixtureOrganisation } from './fixture-organisation.ts';
import { fixtureOpenData } from './fixture-open-data.ts';
import { fixtureObjections } from './fixture-objections.ts';
import { fixtureCare } from './fixture-care.ts';
import { fixtureCases } from './fixture-cases.ts';
import { fixtureCentres } from './fixture-centres.ts';
import { fixtureCounter } from './fixture-counter.ts';
import { fixtureParticipation } from './fixture-participation.ts';
import { fixtureProcess } from './fixture-process.ts';
import { fixtureCertificates } from './fixture-certificates.ts';
import { fixtureRelief } from './fixture-relief.ts';
import { fixtureRequests } from './fixture-requests.ts';
import { fixtureSignal } from './fixture-signal.ts';
import { fixtureOps } from './fixture-ops.ts';
import { fixtureServices } from './fixture-services.ts';
import { fixtureRules } from './fixture-rules.ts';
import { fixtureSpace } from './fixture-space.ts';
import { fixtureWorkflow } from './fixture-workflow.ts';

/** The right value of the one planted fault. */
let planted = '';

/** The committee of the first street clerk's street, and one of another street. */
const OWN = '310101023001';
const FOREIGN = '310101013001';

export type SeededHouse = TestHouse & {
  /** Cookie of the first demo account of a post. */
  cookies: Record<Post, string>;
  /** Replaces `fixture:…` in an example by what this house holds. */
  fill(example: Example): Promise<Example>;
};

/** Session of whoever an example names: of a certain unit where the post alone does not say enough. `as` tries another post. */
export async function cookieOf(options: {
  house: SeededHouse;
  example: Example;
  as?: Post;
}): Promise<string | undefined> {
  const { house, example, as } = options;
  const post = as ?? example.as;
  if (post === 'anonymous') return undefined;
  if (example.unit === undefined || post !== example.as) return house.cookies[post];
  const demo = readDemoAccounts(house.services.config.root).find((d) => d.post === post && d.unit === example.unit);
  const account = demo?.account ?? `of ${example.unit}`;
  const known = signedIn.get(house) ?? new Map<string, Promise<string>>();
  signedIn.set(house, known);
  const cookie = known.get(account) ?? signIn(house, account);
  known.set(account, cookie);
  return cookie;
}
const signedIn = new WeakMap<SeededHouse, Map<string, Promise<string>>>();

/**
 * A whole installation with two committees of two streets: their areas, buildings and residents come from the generator's
 * department files, cut down, through the same imports as an upload.
 */
export async function openSeededHouse(
  options: {
    also?: readonly AppManifest[];
    env?: Record<string, string>;
    /** False: only what was imported, none of what routes name as examples. */
    examples?: boolean;
  } = {},
): Promise<SeededHouse> {
  const house = await openHouse({
    manifests: [...manifests, ...partnerManifests, ...(options.also ?? [])],
    env: options.env,
  });
  const files = await cutFiles(house);
  const examples = options.examples !== false;
  if (examples) {
    await draftSampleThemes(house.services);
    await declareSampleSeries(house.services);
    await registerSampleForms(house.services);
  }
  await approveSampleGrants(house.services);
  const batches = new Map<string, string>();
  for (const { mapping, path } of files) batches.set(mapping.dataset, await importFile({ house, mapping, path }));
  const subjects = demoOf(house);
  await linkDemoAccounts({ services: house.services, subjects });
  await giveSampleConsent(house.services, subjects);
  if (examples) {
    await publishSampleThemes(house.services);
    await fixtureRelief(house, [OWN, FOREIGN]);
  }
  const persons = await examplePersons(house);
  useExamplePersons(persons);
  const values = examples ? await exampleValues({ house, batches, persons, subjects }) : {};
  const cookies = {} as Record<Post, string>;
  for (const post of POSTS) {
    cookies[post] = await signIn(house, post);
  }
  return Object.assign(house, { cookies, fill: async (example: Example) => filled(example, values) as Example });
}

/** What the examples of all routes name, by its name. */
async function exampleValues(options: {
  house: TestHouse;
  batches: Map<string, string>;
  persons: Awaited<ReturnType<typeof examplePersons>>;
  subjects: DemoSubjects & DemoHousehold;
}): Promise<Record<string, unknown>> {
  const { house, batches, persons, subjects } = options;
  const serviceValues = await fixtureServices(house);
  const caseValues = await fixtureCases({
    house,
    own: await citizenOf(house),
    foreign: persons.foreign ?? '',
    answers: serviceValues['service-answers'] as Parameters<typeof fixtureCases>[0]['answers'],
  });
  return {
    ...(await fixtureValues({ house, batches })),
    ...(await fixtureLinks({ house, own: persons.own ?? '' })),
    ...(await fixtureSpace({ house })),
    ...(await fixtureFirms({ house, own: OWN, foreign: FOREIGN })),
    ...(await fixtureOrganisation(house)),
    ...(await fixtureRules(house)),
    ...(await fixtureAccess({
      house,
      foreign: persons.foreign ?? '',
      foreignNumber: subjects.family?.father.idNumber ?? '',
      citizen: (await personOf(house, subjects.citizen.idNumber)) ?? '',
    })),
    ...(await fixtureDelegations({ house, giver: persons.foreign ?? '', demo: subjects })),
    ...(await fixtureDisputes({ house, own: persons.own ?? '', foreign: persons.foreign ?? '' })),
    ...(await fixtureRequests(house)),
    ...(await fixtureDocuments(house)),
    ...(await fixtureFeeds(house)),
    ...(await fixtureGateway(house)),
    ...(await fixtureEconomy(house)),
    ...(await fixtureOpenData(house)),
    ...(await fixtureCare(house)),
    ...serviceValues,
    ...caseValues,
    ...(await fixtureCertificates({
      house,
      own: await citizenOf(house),
      foreign: persons.foreign ?? '',
      cases: {
        handled: String(caseValues['case-to-accept']),
        decided: String(caseValues['case-to-issue']),
        foreign: String(caseValues['foreign-case']),
      },
    })),
    ...(await fixtureProcess(house)),
    ...(await fixtureEvaluation(house)),
    ...(await fixtureSignal(house)),
    ...(await fixtureOps(house)),
    ...(await fixtureWorkflow(house)),
    ...(await fixtureCentres({ house, own: await citizenOf(house), foreign: persons.foreign ?? '' })),
    ...(await fixtureCounter({
      house,
      person: await citizenOf(house),
      answers: serviceValues['service-answers'] as Parameters<typeof fixtureCounter>[0]['answers'],
    })),
    ...(await fixtureFees({ house, own: await citizenOf(house), foreign: persons.foreign ?? '' })),
    ...(await fixtureIncidents({
      house,
      person: await citizenOf(house),
      other: persons.foreign ?? '',
      own: OWN,
      foreign: FOREIGN,
    })),
    ...(await fixtureParts(house)),
    ...(await fixtureHotline(house)),
    ...(await fixtureParticipation({
      house,
      person: await citizenOf(house),
      other: persons.foreign ?? '',
      own: OWN,
      foreign: FOREIGN,
    })),
    ...(await fixtureAnalysis({ house, own: OWN, foreign: FOREIGN })),
    ...(await fixtureObjections({ house, own: await citizenOf(house), foreign: persons.foreign ?? '' })),
  };
}

/** The resident whom the first citizen's account is linked to. */
async function citizenOf(house: TestHouse): Promise<string> {
  const cookie = await signIn(house, 'citizen');
  const { services } = house;
  const actor = await services.registry
    .provided(authenticator)[0]
    ?.value.authenticate({ cookie, trace: 'fixture', services });
  return actor?.person ?? '';
}

function generatedFolder(house: TestHouse): string {
  return join(house.services.config.cacheDir, `generated-${district.seed}`);
}

export function demoOf(house: TestHouse): DemoSubjects & DemoHousehold {
  return JSON.parse(readFileSync(join(generatedFolder(house), 'demo.json'), 'utf8'));
}

type Cut = { mapping: Mapping & { file: string }; path: string };

/** The generator's files with only the rows of the two committees, and one row that cannot be. */
async function cutFiles(house: TestHouse): Promise<Cut[]> {
  const out = generatedFolder(house);
  keepGenerated({ profile: 'small', seed: district.seed, out });
  const folder = join(house.services.config.dataDir, 'fixture');
  await mkdir(folder, { recursive: true });
  const kept: { code: string; address: string }[] = [];
  const cuts: Cut[] = [];
  const add = async (dataset: string, cut?: (text: string) => string, encoding = 'utf-8') => {
    const mapping = JSON.parse(
      readFileSync(join(district.paths.mappings, `${dataset}.json`), 'utf8'),
    ) as Cut['mapping'];
    const source = mapping.file.startsWith('data/') ? join(district.paths.root, mapping.file) : join(out, mapping.file);
    if (!cut) return void cuts.push({ mapping, path: source });
    const path = join(folder, mapping.file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, cut(new TextDecoder(encoding).decode(readFileSync(source))));
    cuts.push({ mapping, path });
  };
  const rows = (text: string, keep: (line: string) => boolean, most: number): string[] => {
    const [header = '', ...lines] = text.split(/\r?\n/).filter(Boolean);
    return [header, ...lines.filter(keep).slice(0, most)];
  };
  // The family of the delegation scenario lives elsewhere.
  const family = Object.values(demoOf(house).family ?? {}).map(({ idNumber }) => idNumber);
  const addressed = (line: string): boolean => kept.some(({ address }) => line.includes(`${address}`));
  await add('generated-areas');
  await add('area-streets');
  await add('area-committees');
  await add('housing-buildings', (text) => {
    const all = JSON.parse(text) as { features: { properties: Record<string, string> }[] };
    const features = all.features.filter(({ properties }) => [OWN, FOREIGN].includes(properties.居委代码 ?? ''));
    for (const { properties } of features)
      kept.push({ code: properties.房屋编码 ?? '', address: properties.坐落 ?? '' });
    return JSON.stringify({ ...all, features });
  });
  await add(
    'public-security-population',
    (text) => {
      const related = rows(text, (line) => family.some((idNumber) => line.startsWith(idNumber)), 2).slice(1);
      return [...rows(text, addressed, 200), ...related].join('\n');
    },
    'gb18030',
  );
  await add('civil-affairs-household', (text) => {
    const [header, ...lines] = rows(text, (line) => kept.some(({ code }) => line.includes(code)), 20);
    const last = lines.length - 1;
    planted = (lines[last] ?? '').match(/\d{4}-\d\d-\d\d/)?.[0] ?? '';
    lines[last] = (lines[last] ?? '').replace(planted, '1985-02-30');
    return [header, ...lines].join('\n');
  });
  await add('tax-registration', (text) => rows(text, () => true, 20).join('\n'));
  // A target that no module of this installation provides yet is left out.
  const targets = new Set(house.services.registry.provided(importTarget).map(({ value }) => value.id));
  return cuts.filter(({ mapping }) => targets.has(mapping.target));
}

async function importFile(options: { house: TestHouse; mapping: Mapping; path: string }): Promise<string> {
  const { house, mapping, path } = options;
  const { services } = house;
  const actor: Actor = systemActor({ name: 'fixture', unit: mapping.unit, purpose: 'data-quality' });
  const exchange = { module: 'exchange', actor };
  await services.database.tx(exchange, (db) => registerDataset(db, services, mapping));
  const file = await storeFile({ services, stream: createReadStream(path) });
  const { id } = await services.database.tx(exchange, async (db) => {
    const dataset = await db.one<{ id: string; app: string; unit: string; mapping_version: number }>(
      sql`select id, app, unit, mapping_version from exchange.dataset where id = ${mapping.dataset}`,
    );
    return registerBatch({ db, actor, dataset, file, fileName: path.split('/').at(-1) ?? '' });
  });
  services.wake();
  for (;;) {
    const { state, problem } = await services.database.tx(exchange, (db) =>
      db.one<{ state: string; problem: unknown }>(
        sql`select state, problem from exchange.batch where id = ${id}::uuid`,
      ),
    );
    if (state === 'loaded') return id;
    if (state === 'stopped' || state === 'failed')
      throw new Error(`${mapping.dataset}: ${state} ${JSON.stringify(problem)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const personOf = ({ services }: TestHouse, idNumber: string): Promise<string | undefined> =>
  resolvePerson.personOf({ hash: services.keyring.lookup(ID_NUMBER_LOOKUP, idNumber), services });

/** Somebody alive of each committee: nobody acts for the dead. */
async function examplePersons(house: TestHouse): Promise<{ own?: string; foreign?: string }> {
  const one = (committee: string) =>
    house.services.database.tx(
      { module: 'population', actor: systemActor({ name: 'fixture', purpose: 'data-quality' }) },
      (db) =>
        db.first<{ pid: string }>(
          sql`select pid from population.person where committee_code = ${committee} and death_date is null order by pid limit 1`,
        ),
    );
  return { own: (await one(OWN))?.pid, foreign: (await one(FOREIGN))?.pid };
}

/** What the placeholders of the examples stand for. */
async function fixtureValues(options: {
  house: TestHouse;
  batches: Map<string, string>;
}): Promise<Record<string, unknown>> {
  const { house, batches } = options;
  const own = batches.get('civil-affairs-household') ?? '';
  const document = JSON.parse(
    readFileSync(join(district.paths.mappings, 'civil-affairs-household.json'), 'utf8'),
  ) as Mapping & { file?: string };
  const mapping = await house.services.database.tx(
    { module: 'exchange', actor: systemActor({ name: 'fixture' }) },
    async (db) => {
      const kept = await db.one<{ document: Mapping }>(
        sql`select document from exchange.mapping where dataset = ${document.dataset} order by version desc limit 1`,
      );
      const fault = await db.first<{ row: number }>(
        sql`select row_no as row from exchange.quarantine where batch = ${own}::uuid and state = 'open' order by row_no limit 1`,
      );
      return { document: kept.document, fault: fault?.row };
    },
  );
  const household = (committee: string) =>
    house.services.database.tx(
      { module: 'population', actor: systemActor({ name: 'fixture', purpose: 'data-quality' }) },
      (db) =>
        db.first<{ no: string }>(
          sql`select household_no as no from population.person where committee_code = ${committee} and household_no is not null order by 1 limit 1`,
        ),
    );
  const resident = (committee: string) =>
    house.services.database.tx(
      { module: 'population', actor: systemActor({ name: 'fixture', purpose: 'data-quality' }) },
      (db) =>
        db.first<{ pid: string }>(
          sql`select pid from population.person where committee_code = ${committee} and death_date is null and name is not null order by 1 limit 1`,
        ),
    );
  return {
    import: own,
    'own-resident': (await resident(OWN))?.pid,
    'foreign-resident': (await resident(FOREIGN))?.pid,
    'citizen-id': demoOf(house).citizen.idNumber,
    'foreign-import': batches.get('tax-registration') ?? batches.get('public-security-population'),
    fault: String(mapping.fault ?? ''),
    correction: { values: { 出生日期: planted } },
    mapping: mapping.document,
    'dry-run': { mapping: mapping.document, upload: own },
    building: await building(house),
    'own-committee': OWN,
    ...(await heldSeries(house)),
    'foreign-committee': FOREIGN,
    'own-household': (await household(OWN))?.no,
    'foreign-household': (await household(FOREIGN))?.no,
  };
}

/** A hold of the sample series and one of its partitions. */
async function heldSeries(house: TestHouse): Promise<Record<string, unknown>> {
  const hold = '019a0000-0000-7000-8000-0000000000f1';
  return house.services.database.tx({ module: 'series', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    // The newest: no timer moves it away.
    const { name } = await db.one<{ name: string }>(
      sql`select max(name) as name from series.part where series = 'street-flow'`,
    );
    await db.run(sql`
      insert into series.hold (id, series, from_at, until_at, reason, held_by)
      values (${hold}::uuid, 'street-flow', '2020-01-01', '2020-01-02', '样例', '样例') on conflict do nothing`);
    return { 'series-hold': hold, 'series-part': name };
  });
}

async function building(house: TestHouse): Promise<string | undefined> {
  const found = await house.services.database.tx({ module: 'space', actor: systemActor({ name: 'fixture' }) }, (db) =>
    db.first<{ code: string }>(sql`select code from space.building where committee_code = ${OWN} order by 1 limit 1`),
  );
  return found?.code;
}

function filled(value: unknown, values: Record<string, unknown>): unknown {
  if (typeof value === 'string' && value.startsWith('fixture:')) {
    const name = value.slice('fixture:'.length);
    if (values[name] === undefined) throw new Error(`tests/fixture.ts has no ${value}`);
    return values[name];
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, values));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values)]));
}
