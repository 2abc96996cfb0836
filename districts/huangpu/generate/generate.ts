/** The one generator of sample data: department files, areas, demo subjects and, apart, the truth. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeAddressFiles } from './address-files.ts';
import { readBaseline, volume } from './baseline.ts';
import type { Profile } from './baseline.ts';
import { BUILDING_FILES } from './building-files.ts';
import type { Building } from './buildings.ts';
import { type Family, familyFinder, neighbourFinder } from './family.ts';
import { FIRM_FILES } from './firm-files.ts';
import { BODY_FILES, makeBodies } from './bodies.ts';
import { makeFirms } from './firms.ts';
import type { Firm } from './firms.ts';
import { PERSON_FILES } from './person-files.ts';
import type { Person } from './people.ts';
import { openFiles, type Written } from './open-files.ts';
import { DEMO_STREET, demoHomes, generateHouseholds, generatePlace } from './place.ts';
import { createRandom } from './random.ts';
import { areaFeature } from './shapes.ts';
import { csvWriter, ndjsonWriter } from './writers.ts';
import type { Row } from './writers.ts';

/** Street (豫园街道) of the resident who goes to another street's window. */
const NEIGHBOUR_STREET = '310101018';

export type { Profile } from './baseline.ts';

export interface Progress {
  stage: 'areas' | 'buildings' | 'persons' | 'firms' | 'done';
  done: number;
  total: number;
}
/** Goes up when other files come out of the same profile and seed: kept copies of before are made again. */
export const EDITION = 7;

/** A room with fewer firms would be none that is marked as crowded. */
const LEAST_CROWDED = 32;

/** True where a folder holds what this edition writes. */
function isCurrent(folder: string): boolean {
  const path = join(folder, 'manifest.json');
  return existsSync(path) && (JSON.parse(readFileSync(path, 'utf8')) as { edition?: number }).edition === EDITION;
}

/** What was written: rows of each data set, and totals of the truth. */
export interface Summary {
  files: Written[];
  totals: Record<string, number>;
}

export interface GenerateOptions {
  profile: Profile;
  seed?: number;
  /** Folder for the files; `truth/` inside it is for tests and benches only. */
  out: string;
  onProgress?: (progress: Progress) => void;
}

/**
 * Makes sure that `out` holds what this edition writes. The folder appears whole or not at all: several processes that begin at
 * once each write beside it, the first one to finish gives the folder its name, and nobody reads half a file.
 */
export function keepGenerated(options: GenerateOptions): void {
  const { out } = options;
  if (isCurrent(out)) return;
  mkdirSync(dirname(out), { recursive: true });
  const beside = mkdtempSync(join(dirname(out), `.${basename(out)}-`));
  try {
    const made = join(beside, 'made');
    generate({ ...options, out: made });
    if (isCurrent(out)) return;
    if (existsSync(out)) renameSync(out, join(beside, 'former'));
    try {
      renameSync(made, out);
    } catch (error) {
      if (!isCurrent(out)) throw error;
    }
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Writes everything of one profile. Same profile and seed, same bytes. */
export function generate({ profile, seed, out, onProgress = () => undefined }: GenerateOptions): Summary {
  const baseline = readBaseline();
  const start = seed ?? baseline.seed;
  const random = createRandom(start).fork('files');
  mkdirSync(join(out, 'truth'), { recursive: true });
  const claims = ndjsonWriter({ path: join(out, 'truth/claims.ndjson') });
  const family = familyFinder(DEMO_STREET);
  const neighbour = neighbourFinder(NEIGHBOUR_STREET);
  const claim = (row: Row): void => {
    claims.write(row);
    if ((row.faults as string[]).length > 0) {
      family.spoil(row.subject as string);
      neighbour.spoil(row.subject as string);
    }
  };
  const common = { out, asOf: baseline.asOf, rates: baseline.rates, claim };
  const total = (name: string): number => volume({ baseline, profile, name });

  const { areas, buildings } = generatePlace({ profile, seed: start });
  writeFileSync(
    join(out, 'areas.geojson'),
    `{"type":"FeatureCollection","features":[\n${areas.map((area) => JSON.stringify(areaFeature(area))).join(',\n')}\n]}\n`,
  );
  onProgress({ stage: 'areas', done: areas.length, total: areas.length });

  const buildingFiles = openFiles({ files: BUILDING_FILES, random, ...common });
  for (const building of buildings) buildingFiles.add(building, { truthId: building.code, clean: false });
  const addressFiles = writeAddressFiles({ out, areas, buildings, random: random.fork('address-files') });
  onProgress({ stage: 'buildings', done: buildings.length, total: buildings.length });

  const personFiles = openFiles({ files: PERSON_FILES, random, ...common });
  const personTruth = ndjsonWriter({ path: join(out, 'truth/persons.ndjson') });
  const adults: { pid: string; name: string }[] = [];
  let demoMembers: Person[] = [];
  let movedMembers: Person[] = [];
  let persons = 0;
  const totals: Record<string, number> = { persons: 0, residents: 0, deceased: 0, households: 0, moved: 0, twins: 0 };
  const count = (name: string): void => void (totals[name] = (totals[name] ?? 0) + 1);
  for (const household of generateHouseholds({ profile, seed: start, buildings })) {
    const clean = demoMembers.length === 0 || (household.moved && movedMembers.length === 0);
    if (demoMembers.length === 0) demoMembers = household.members;
    else if (clean) movedMembers = household.members;
    count('households');
    if (household.moved) count('moved');
    for (const person of household.members) {
      count(person.deathDate === '' ? 'persons' : 'deceased');
      if (person.resident) count('residents');
      if (person.twinOf !== '') count('twins');
      if (person.age >= 22 && person.age <= 70 && person.deathDate === '' && adults.length < 20_000)
        adults.push({ pid: person.pid, name: person.name });
      family.see(person);
      neighbour.see(person);
      personFiles.add(person, { truthId: person.pid, clean });
      personTruth.write(personRecord(person));
      persons += 1;
      if (persons % 5000 === 0)
        onProgress({ stage: 'persons', done: persons, total: total('persons') + total('deceased') });
    }
  }
  personTruth.close();

  const office =
    buildings.find(
      (building) => building.street === '310101022' && building.road === '淮海中路' && building.use !== '住宅',
    ) ??
    buildings.find((building) => building.road === '淮海中路') ??
    (buildings[0] as Building);
  const representative = demoMembers[1] as Person;
  const firmFiles = openFiles({ files: FIRM_FILES, random, ...common });
  const firmTruth = ndjsonWriter({ path: join(out, 'truth/firms.ndjson') });
  let demoFirm: Firm | undefined;
  let scenarioFirm: Firm | undefined;
  for (const firm of makeFirms({
    buildings,
    firms: total('firms'),
    selfEmployed: total('selfEmployed'),
    foreignInvested: total('foreignInvested'),
    adults,
    asOf: baseline.asOf,
    discrepancyRate: baseline.rates['tax-discrepancy'] ?? 0,
    groups: total('ownershipGroups'),
    crowded: Math.max(LEAST_CROWDED, total('crowdedRoom')),
    random: createRandom(start).fork('firms'),
    demo: { building: office, representative },
  })) {
    firmFiles.add(firm, { truthId: firm.uscc, clean: scenarioFirm === undefined });
    if (demoFirm !== undefined) scenarioFirm ??= firm;
    demoFirm ??= firm;
    count(firm.kind === '个体工商户' ? 'selfEmployed' : 'firms');
    if (firm.foreignInvested) count('foreignInvested');
    firmTruth.write({
      uscc: firm.uscc,
      name: firm.name,
      status: firm.status,
      registeredBuilding: firm.registered.building.code,
      representative: firm.representativePid,
      discrepancy: firm.discrepancy,
      taxedElsewhere: firm.tax === undefined && firm.discrepancy !== 'not-taxed',
      group: firm.group,
    });
  }
  firmTruth.close();
  const authorisations = csvWriter({
    path: join(out, 'tax-authorisations.csv'),
    columns: ['授权编号', '依据', '文书', '起始日期', '终止日期'],
  });
  authorisations.write({
    授权编号: 'SQ-2026-001',
    依据: '法律规定',
    文书: '样例：区政务数据共享协议（只交换区间档）',
    起始日期: '2026-01-01',
    终止日期: '',
  });
  authorisations.close();
  const bodyFiles = openFiles({ files: BODY_FILES, random, ...common });
  for (const body of makeBodies({
    buildings,
    socialOrganisations: total('socialOrganisations'),
    publicInstitutions: total('publicInstitutions'),
    asOf: baseline.asOf,
    random: createRandom(start).fork('bodies'),
  }))
    bodyFiles.add(body, { truthId: body.uscc, clean: false });
  claims.close();
  totals.buildings = buildings.length;
  totals.dwellings = buildings.reduce((sum, building) => sum + building.dwellings, 0);

  const summary: Summary = {
    files: [
      ...buildingFiles.close(),
      ...addressFiles,
      ...personFiles.close(),
      ...firmFiles.close(),
      ...bodyFiles.close(),
    ],
    totals,
  };
  writeFileSync(
    join(out, 'demo.json'),
    `${JSON.stringify(demoSubjects({ members: demoMembers, moved: movedMembers, firm: demoFirm, scenario: scenarioFirm, buildings, family: family.found(), neighbour: neighbour.found() }), null, 2)}\n`,
  );
  writeFileSync(
    join(out, 'manifest.json'),
    `${JSON.stringify({ edition: EDITION, profile, seed: start, asOf: baseline.asOf, ...summary }, null, 2)}\n`,
  );
  onProgress({ stage: 'done', done: 1, total: 1 });
  return summary;
}

function personRecord(person: Person): Row {
  return {
    pid: person.pid,
    idNumber: person.idNumber,
    name: person.name,
    sex: person.sex,
    birthDate: person.birthDate,
    householdNo: person.householdNo,
    relation: person.relation,
    building: person.residence.building?.code ?? null,
    address: person.residence.address,
    from: person.residence.from,
    resident: person.resident,
    deathDate: person.deathDate,
    twinOf: person.twinOf,
  };
}

function demoSubjects({
  members,
  moved,
  firm,
  scenario,
  buildings,
  family,
  neighbour,
}: {
  members: Person[];
  moved: Person[];
  firm: Firm | undefined;
  scenario: Firm | undefined;
  buildings: readonly Building[];
  family: Family | undefined;
  neighbour: Person | undefined;
}): Row {
  const { to } = demoHomes(buildings);
  const subject = (person: Person): Row => ({
    name: person.name,
    idNumber: person.idNumber,
    sex: person.sex,
    birthDate: person.birthDate,
    relation: person.relation,
    phone: person.phone,
  });
  const home = (person: Person | undefined): Row => ({
    householdNo: person?.householdNo,
    address: person?.residence.address,
    buildingCode: person?.residence.building?.code,
    committeeCode: person?.residence.building?.committee,
    street: person?.residence.building?.street,
    residenceFrom: person?.residence.from,
  });
  return {
    citizen: { ...subject(members[0] as Person), household: { ...home(members[0]), members: members.map(subject) } },
    moveTo: {
      buildingCode: to.code,
      buildingAddress: to.address,
      address: `上海市黄浦区${to.address}502室`,
      committeeCode: to.committee,
      street: to.street,
      residenceFrom: '2026-06-15',
    },
    enterprise:
      firm === undefined
        ? null
        : {
            uscc: firm.uscc,
            name: firm.name,
            address: firm.registered.address,
            buildingCode: firm.registered.building.code,
            legalRepresentative: subject(members[1] as Person),
          },
    tradesElsewhere:
      scenario === undefined
        ? null
        : {
            uscc: scenario.uscc,
            name: scenario.name,
            registeredAddress: scenario.registered.address,
            tradingAddress: scenario.seen?.address,
            tradingBuilding: scenario.seen?.building.code,
            street: scenario.seen?.building.street,
          },
    neighbour:
      neighbour === undefined
        ? null
        : {
            ...subject(neighbour),
            nation: neighbour.nation,
            hukouAddress: neighbour.hukouAddress,
            household: home(neighbour),
          },
    family:
      family === undefined
        ? null
        : {
            father: { ...subject(family.father), household: home(family.father) },
            daughter: { ...subject(family.daughter), household: home(family.daughter) },
          },
    movedHousehold:
      moved.length === 0
        ? null
        : { ...home(moved[0]), previousAddress: moved[0]?.previous?.address, members: moved.map(subject) },
  };
}
