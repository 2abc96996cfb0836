/**
 * Fills a new installation with the sample district: generates the department files and sends each of them, and the open
 * data beside them, through the same readers, checks and claims as an upload. Repeatable: what is loaded stays.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { DatabaseAway } from '#platform/kernel/db/engine.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { Mapping } from '#platform/exchange/mapping.ts';
import { type FormInUse, registerForms } from '#platform/catalog/form/register-forms.ts';
import { appendRows, declareSeries } from '#platform/series/append-rows.ts';
import { queueMoves } from '#platform/series/tier-work.ts';
import { needName } from '#platform/theme/check-definition.ts';
import { keepDraft, type ThemeDraft } from '#platform/theme/draft-theme.ts';
import { publish } from '#platform/theme/publish-theme.ts';
import { refresh } from '#platform/theme/refresh-theme.ts';
import { findTheme } from '#platform/theme/theme-record.ts';
import { registerDataset } from '#platform/exchange/register-dataset.ts';
import { registerBatch } from '#platform/exchange/send-import.ts';
import { storeFile } from '#platform/exchange/store-file.ts';
import { expand, type Family } from '#apps/foundation/open-data/publish/recipe.ts';
import { openSample } from '#apps/foundation/open-data/sample.ts';
import { putConsent } from '#platform/access/put-consent.ts';
import { type DemoSubjects, linkDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { startSampleFeeds } from './feeds.ts';
import { loadHistory } from '#platform/basedata/economy/store.ts';
import { district, readStreets } from './district.ts';
import { economySample } from './generate/economy.ts';
import { lastReleased } from './generate/economy-releases.ts';
import { loadCare } from './load-care.ts';
import { loadCases } from './load-cases.ts';
import { loadCentres } from './load-centres.ts';
import { loadCounter } from './load-counter.ts';
import { loadAlerts } from './load-alerts.ts';
import { loadAnalysis } from './load-analysis.ts';
import { loadIncidents } from './load-incidents.ts';
import { loadHotline } from './load-hotline.ts';
import { loadNeighbours } from './load-neighbours.ts';
import { loadParts, loadTextModel } from './load-parts.ts';
import { loadOps } from './load-ops.ts';
import { loadCertificates } from './load-certificates.ts';
import { loadServices } from './load-services.ts';
import { loadProcesses } from './load-processes.ts';
import { loadFees } from './load-fees.ts';
import { keepGenerated } from './generate/generate.ts';

export type SampleProgress = {
  dataset: string;
  title: Text;
  state: string;
  read: number;
  loaded: number;
  faulty: number;
  at: number;
  of: number;
};

type SampleMapping = Mapping & { file: string };
type State = {
  id: string;
  state: string;
  rows_read: number;
  rows_loaded: number;
  rows_faulty: number;
  problem: { code: string; error?: string } | null;
};

/** Loads the district; resolves when every file is loaded. Rejects if one of them could not be. */
export async function loadSample(options: {
  services: Services;
  onProgress?: (progress: SampleProgress) => void;
  /** Only these imports, and nothing that is made of all of them. */
  only?: readonly string[];
  /** Of some CSV files only every so-manyth row, by data set: a test that needs no more is done sooner. */
  every?: Readonly<Record<string, number>>;
}): Promise<void> {
  const { services, only, every = {} } = options;
  await draftSampleThemes(services);
  await declareSampleSeries(services);
  // What is old enough by the rule leaves the database at once, so that both tiers are seen.
  await queueMoves(services);
  await approveSampleGrants(services);
  await registerSampleForms(services);
  if (!only) await loadServices(services);
  const mappings: SampleMapping[] = [];
  for (const name of district.imports.filter((each) => only?.includes(each) ?? true))
    mappings.push(JSON.parse(await readFile(join(district.paths.mappings, `${name}.json`), 'utf8')));
  const folder = join(services.config.cacheDir, `sample-${services.config.sampleProfile}-${district.seed}`);
  keepGenerated({ profile: services.config.sampleProfile, seed: district.seed, out: folder });
  for (const [index, mapping] of mappings.entries()) {
    await importFile({
      services,
      mapping,
      folder,
      every: every[mapping.dataset],
      report: (s) =>
        options.onProgress?.({
          dataset: mapping.dataset,
          title: mapping.title,
          state: s.state,
          read: s.rows_read,
          loaded: s.rows_loaded,
          faulty: s.rows_faulty,
          at: index + 1,
          of: mappings.length,
        }),
    });
  }
  if (only) return;
  await loadEconomy({ services });
  const subjects = await linkAccounts(services, folder);
  await loadCases(services, subjects);
  await loadFees({ services, subjects });
  await loadCentres(services);
  const { citizen, neighbour, family } = subjects;
  await loadCounter(services, { neighbour, citizen, daughter: family?.daughter });
  await loadParts(services);
  await loadTextModel(services);
  await loadNeighbours(services);
  await loadIncidents(services, subjects);
  await loadHotline(services);
  await loadAnalysis(services);
  await loadOps(services);
  await loadAlerts(services);
  await loadCertificates(services, subjects);
  await startSampleFeeds({ services, folder, mappings });
  await publishSampleThemes(services);
  await loadCare(services);
  await loadProcesses(services);
}

/** Series of the macro-economy base database with their releases; the newest one has just landed, the next is on the calendar. */
export async function loadEconomy(options: { services: Services; only?: readonly string[] }): Promise<void> {
  const { services, only } = options;
  const history = economySample({
    seed: district.seed,
    district: { code: district.code, title: district.title },
    streets: readStreets(),
    until: lastReleased(services.clock.now()),
    only,
  });
  await loadHistory({ services, history, badge: 'sample' });
}

/** What is done once people can work: opens the sets of the sample district (样例开放数据), as `open-data.json` derives them from what was loaded. */
export async function afterLoad({ services }: { services: Services }): Promise<{ opened: number; blocked: string[] }> {
  if (!services.registry.modules.some(({ id }) => id === 'open-data')) return { opened: 0, blocked: [] };
  const families = JSON.parse(await readFile(join(district.paths.root, 'open-data.json'), 'utf8')) as Family[];
  const result = await openSample(services, expand(families));
  for (const id of result.blocked) services.log.warn({ set: id }, 'the gate keeps a sample set closed');
  return result;
}

/** Questions in a row that may go unanswered while an import runs; each waits ten seconds. */
const MOST_BUSY = 30;

async function importFile(options: {
  services: Services;
  mapping: SampleMapping;
  folder: string;
  every?: number;
  report: (state: State) => void;
}): Promise<void> {
  const { services, mapping } = options;
  const actor = { ...systemActor({ name: 'sample', unit: mapping.unit, purpose: 'data-quality' }), name: '样例导入' };
  await services.database.tx({ module: 'exchange', actor }, (db) => registerDataset(db, services, mapping));
  let batch = await stateOf(services, mapping.dataset);
  if (!batch) {
    const path = join(mapping.file.startsWith('data/') ? district.paths.root : options.folder, mapping.file);
    const stream = options.every === undefined ? createReadStream(path) : await thinned(path, options.every);
    const file = await storeFile({ services, stream });
    await services.database.tx({ module: 'exchange', actor }, async (db) => {
      const dataset = await db.one<{ id: string; app: string; unit: string; mapping_version: number }>(
        sql`select id, app, unit, mapping_version from exchange.dataset where id = ${mapping.dataset}`,
      );
      await registerBatch({ db, actor, dataset, file, fileName: mapping.file.split('/').at(-1) ?? mapping.file });
    });
    services.wake();
  }
  for (let busy = 0; ; ) {
    try {
      batch = await stateOf(services, mapping.dataset);
      busy = 0;
    } catch (error) {
      // The embedded database serves one at a time: on a slow machine the import itself may keep this question waiting too long.
      busy += 1;
      if (!(error instanceof DatabaseAway) || busy > MOST_BUSY) throw error;
      continue;
    }
    if (batch) options.report(batch);
    if (batch?.state === 'loaded') return;
    if (batch?.state === 'stopped' || batch?.state === 'failed')
      throw new Error(`${mapping.dataset}: ${batch.state} ${JSON.stringify(batch.problem)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** The header and every so-manyth line, byte for byte, packed as the file was. */
async function thinned(path: string, every: number): Promise<Readable> {
  const packed = path.endsWith('.gz');
  const bytes = await readFile(path);
  const [header = '', ...lines] = (packed ? gunzipSync(bytes) : bytes).toString('latin1').trimEnd().split('\n');
  const text = Buffer.from([header, ...lines.filter((_, at) => at % every === 0), ''].join('\n'), 'latin1');
  return Readable.from([packed ? gzipSync(text) : text]);
}

/** Ties the demo accounts to the generated residents and enterprise that they stand for; the father's consent is on record. */
async function linkAccounts(services: Services, folder: string): Promise<DemoSubjects> {
  const subjects = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoSubjects;
  await linkDemoAccounts({ services, subjects });
  await giveSampleConsent(services, subjects);
  return subjects;
}

/** The father of the sample lets his daughter book medical visits for him, and nothing else. */
export async function giveSampleConsent(services: Services, { family }: DemoSubjects): Promise<void> {
  if (!family) return;
  await putConsent({
    services,
    giver: { ...family.father, account: 'citizen.father' },
    taker: { ...family.daughter, account: 'citizen.daughter' },
    scopes: ['medical-booking'],
    evidence: '样例：父亲登录后同意女儿代为预约就诊',
  });
}

/** The first import of a data set: its later ones are the users' own. */
async function stateOf(services: Services, dataset: string): Promise<State | undefined> {
  return services.database.tx({ module: 'exchange', actor: systemActor({ name: 'sample' }) }, (db) =>
    db.first<State>(
      sql`select id, state, rows_read, rows_loaded, rows_faulty, problem from exchange.batch where dataset = ${dataset} and state <> 'duplicate' order by received_at limit 1`,
    ),
  );
}

/** Needs that the sample leaves open, so that a visitor can walk a request from the search to the form it changes. */
const LEFT_OPEN = ['community.insured'];

/** The forms that units used before they joined the platform, with what they ask for twice. */
export async function registerSampleForms(services: Services): Promise<void> {
  const forms = JSON.parse(await readFile(join(district.paths.root, 'forms.json'), 'utf8')) as FormInUse[];
  await services.database.tx({ module: 'catalog', actor: systemActor({ name: 'sample' }) }, (db) =>
    registerForms(db, forms),
  );
}

type SampleTheme = ThemeDraft & { id: string; steward: string };
const sampleThemes = async (): Promise<SampleTheme[]> =>
  JSON.parse(await readFile(join(district.paths.root, 'themes.json'), 'utf8')) as SampleTheme[];

/** Draws the thematic databases of the sample, so that their needs stand among those that are approved. */
export async function draftSampleThemes(services: Services): Promise<void> {
  const themes = await sampleThemes();
  await services.database.tx({ module: 'theme', actor: systemActor({ name: 'sample' }) }, async (db) => {
    // What a steward has changed since stays changed.
    for (const { id, steward, ...draft } of themes)
      if (!(await db.first(sql`select 1 from theme.theme where id = ${id}`)))
        await keepDraft(db, { id, steward, draft });
  });
}

const FLOW_DAYS = 20;
const GATES = [1, 2, 3, 4, 5, 6];

/** Hourly counts of passers-by at six places, made up: what the storage of series is seen with. */
export async function declareSampleSeries(services: Services): Promise<void> {
  const now = services.clock.now().getTime();
  const hour = 3_600_000;
  const rows = GATES.flatMap((gate) =>
    Array.from({ length: FLOW_DAYS * 24 }, (_, ago) => {
      const at = new Date(Math.floor(now / hour) * hour - ago * hour);
      const daylight = Math.max(0, Math.sin(((at.getUTCHours() + 2) / 24) * Math.PI * 2));
      return { sensor: `gate-${gate}`, at, value: Math.round(40 + 600 * gate * daylight) };
    }),
  );
  await services.database.tx({ module: 'data-centre', actor: systemActor({ name: 'sample' }) }, async (db) => {
    const title = { zh: '商圈客流（样例）', en: 'Passers-by in shopping streets (sample)' };
    await declareSeries(db, { id: 'street-flow', title, grain: 'day', level: 'L1' });
    await appendRows(db, 'street-flow', rows);
  });
}

/** Publishes them; what was published before is only read anew. */
export async function publishSampleThemes(services: Services): Promise<void> {
  const themes = await sampleThemes();
  await services.database.tx({ module: 'theme', actor: systemActor({ name: 'sample' }) }, async (db) => {
    for (const { id } of themes) {
      const theme = await findTheme(db, id);
      if (theme.version === 0) await publish(db, theme);
      else await refresh(db, id);
    }
  });
}

/** In the sample district the providing units have said yes to what the manifests ask for; a real one starts with none. */
export async function approveSampleGrants(services: Services): Promise<void> {
  const needs = (await sampleThemes()).flatMap(({ id, definition }) =>
    definition.inputs.map(({ as }) => needName(id, as)),
  );
  await services.database.tx({ module: 'catalog', actor: systemActor({ name: 'sample' }) }, async (db) => {
    // Only what nobody has asked for, decided or taken back: the rest is people's.
    const grants = await db.rows<{ id: string; owner: string }>(sql`
      select g.id, r.owner from catalog.grant g join catalog.resource r on r.id = g.resource where g.state = 'requested' and g.requested_by = 'manifest' and g.taker || '.' || g.name <> all (${LEFT_OPEN}::text[])
        and not exists (select from catalog.grant_step s where s.grant_id = g.id) and (g.taker <> 'theme' or g.name = any (${needs}::text[]))`);
    for (const grant of grants) {
      await db.run(sql`
        update catalog.grant set state = 'approved', fields = wanted, decided_at = kernel.now(), decided_by = 'system:sample', decided_name = '样例初始授权',
          decided_unit = ${grant.owner}, reason = '样例城区的初始授权' where id = ${grant.id}::uuid`);
      await db.run(
        sql`insert into catalog.grant_step (grant_id, step, account, name, unit, reason) values (${grant.id}::uuid, 'approved', 'system:sample', '样例初始授权', ${grant.owner}, '样例城区的初始授权')`,
      );
      await db.run(sql`select share.apply(${grant.id}::uuid)`);
    }
  });
}
