/**
 * The upload of the demo scenario: 民政局's household file with 5,000 rows and exactly 37 planted faults, in which the
 * household of the demo citizen has moved within 瑞金二路街道. `node districts/huangpu/generate/faulty-upload.ts --out DIR [--profile small]`
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Building } from './buildings.ts';
import { CIVIL_COLUMNS, civilRow } from './person-files.ts';
import { demoHomes, generateHouseholds, generatePlace } from './place.ts';
import { breakCheck } from './dirt.ts';
import { readBaseline } from './baseline.ts';
import type { Profile } from './baseline.ts';
import { citizenNumber, mobileNumber } from './identifiers.ts';
import { givenName, surname } from './names.ts';
import { roomAddress } from './homes.ts';
import { daysBefore } from './people.ts';
import type { Person } from './people.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { csvWriter } from './writers.ts';
import type { Row } from './writers.ts';

/** A fault of the upload: 1-based data row (header not counted), line of the file, column heading. */
export interface PlantedFault {
  row: number;
  line: number;
  column: string;
  kind: string;
}
export interface FaultyUpload {
  path: string;
  truthPath: string;
  rows: number;
  faults: PlantedFault[];
  /** Data rows of the demo household with its new address. */
  movedRows: number[];
}

const ROWS = 5000;
const RESIDENTS = 4890;
const LONG = '样'.repeat(300);

/** Kind, how often, the column that a report should name, and the change that spoils a row. They sum to 37. */
const PLAN: { kind: string; times: number; column: string; spoil: (row: Row, earlier: Row) => Row }[] = [
  {
    kind: 'wrong-check-digit',
    times: 6,
    column: '公民身份号码',
    spoil: (row) => ({ ...row, 公民身份号码: breakCheck(String(row['公民身份号码'])) }),
  },
  { kind: 'impossible-date', times: 4, column: '出生日期', spoil: (row) => ({ ...row, 出生日期: '1985-02-30' }) },
  {
    kind: 'birth-date-not-id',
    times: 4,
    column: '出生日期',
    spoil: (row) => ({ ...row, 出生日期: `${Number(String(row['出生日期']).slice(0, 4)) - 1}-01-01` }),
  },
  { kind: 'missing-name', times: 4, column: '姓名', spoil: (row) => ({ ...row, 姓名: '' }) },
  { kind: 'bad-phone', times: 4, column: '联系电话', spoil: (row) => ({ ...row, 联系电话: '1990012' }) },
  { kind: 'unknown-building', times: 3, column: '房屋编码', spoil: (row) => ({ ...row, 房屋编码: '310101999B99999' }) },
  { kind: 'unknown-sex', times: 3, column: '性别', spoil: (row) => ({ ...row, 性别: '壬' }) },
  {
    kind: 'swapped-columns',
    times: 2,
    column: '公民身份号码',
    spoil: (row) => ({ ...row, 公民身份号码: row['姓名'], 姓名: row['公民身份号码'] }),
  },
  { kind: 'future-date', times: 3, column: '居住起始日期', spoil: (row) => ({ ...row, 居住起始日期: '2099-12-31' }) },
  { kind: 'duplicate-row', times: 2, column: '公民身份号码', spoil: (_row, earlier) => ({ ...earlier }) },
  { kind: 'text-too-long', times: 2, column: '姓名', spoil: (row) => ({ ...row, 姓名: LONG }) },
];

/** Persons that no other department knows yet: they moved in this month. Their numbers use the free range 900–999. */
function newcomers(options: { count: number; buildings: readonly Building[]; asOf: string; random: Random }): Row[] {
  const { random } = options;
  const homes = options.buildings.filter((building) => building.dwellings > 0);
  return Array.from({ length: options.count }, (_, i) => {
    const birthDate = daysBefore(options.asOf, 7300 + i * 60);
    const sequence = 900 + (i % 100);
    const sex = sequence % 2 === 1 ? '1' : '2';
    const building = random.pick(homes);
    return {
      公民身份号码: citizenNumber({ birthDate, sequence }),
      姓名: surname(random) + givenName({ random, year: Number(birthDate.slice(0, 4)), sex }),
      性别: sex === '1' ? '男' : '女',
      出生日期: birthDate,
      户编号: `HPN${String(i + 1).padStart(6, '0')}`,
      与户主关系: '户主',
      婚姻状况: '未婚',
      居住地址: roomAddress(building, `${building.floors}0${random.int(1, 4)}`),
      房屋编码: building.code,
      居住起始日期: daysBefore(options.asOf, random.int(1, 25)),
      联系电话: mobileNumber(random),
      低保: '否',
      残疾等级: '',
    };
  });
}

/** Writes the upload and, beside it under `truth/`, the list of its faults. Needs only the profile and seed, not the generated files. */
export function writeFaultyUpload({
  profile,
  seed,
  out,
}: {
  profile: Profile;
  seed?: number;
  out: string;
}): FaultyUpload {
  const baseline = readBaseline();
  const start = seed ?? baseline.seed;
  const random = createRandom(start).fork('faulty-upload');
  const { buildings } = generatePlace({ profile, seed: start });
  const { to } = demoHomes(buildings);

  const rows: Row[] = [];
  let demo: Person[] | undefined;
  for (const household of generateHouseholds({ profile, seed: start, buildings })) {
    if (demo === undefined) {
      demo = household.members;
      continue;
    }
    for (const person of household.members) {
      if (person.resident && person.deathDate === '' && rows.length < RESIDENTS) rows.push(civilRow(person));
    }
    if (rows.length >= RESIDENTS) break;
  }
  const moved = (demo ?? []).map((person) =>
    civilRow({ ...person, residence: { building: to, address: roomAddress(to, '502'), from: '2026-06-15' } }),
  );
  rows.push(...newcomers({ count: ROWS - moved.length - rows.length, buildings, asOf: baseline.asOf, random }));
  random.shuffle(rows);
  const movedAt = 2400;
  rows.splice(movedAt, 0, ...moved);

  const faults: PlantedFault[] = [];
  const taken = new Set<number>(moved.map((_, i) => movedAt + i));
  for (const { kind, times, column, spoil } of PLAN) {
    for (let n = 0; n < times; n++) {
      let at = random.int(200, ROWS - 1);
      while (taken.has(at) || rows[at]?.['联系电话'] === '') at = random.int(200, ROWS - 1);
      // The earlier copy of a duplicate must itself stay valid.
      let earlier = random.int(0, at - 1);
      while (taken.has(earlier)) earlier = random.int(0, at - 1);
      rows[at] = spoil(rows[at] as Row, rows[earlier] as Row);
      taken.add(at);
      if (kind === 'duplicate-row') taken.add(earlier);
      faults.push({ row: at + 1, line: at + 2, column, kind });
    }
  }
  faults.sort((a, b) => a.row - b.row);

  const path = join(out, 'civil-affairs-household-upload.csv');
  const writer = csvWriter({ path, columns: CIVIL_COLUMNS, separator: ';' });
  for (const row of rows) writer.write(row);
  writer.close();
  const truthPath = join(out, 'civil-affairs-household-upload.truth.json');
  const result: FaultyUpload = {
    path,
    truthPath,
    rows: rows.length,
    faults,
    movedRows: moved.map((_, i) => movedAt + i + 1),
  };
  writeFileSync(
    truthPath,
    `${JSON.stringify({ dataset: 'civil-affairs-household', rows: rows.length, movedRows: result.movedRows, faults }, null, 2)}\n`,
  );
  return result;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { profile: { type: 'string', default: 'small' }, out: { type: 'string' }, seed: { type: 'string' } },
  });
  if (values.out === undefined) {
    process.stderr.write('usage: faulty-upload.ts --out DIR [--profile small|full|million] [--seed NUMBER]\n');
    process.exit(2);
  }
  const result = writeFaultyUpload({
    profile: values.profile as Profile,
    out: values.out,
    ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  });
  process.stdout.write(
    `${result.path}: ${result.rows} rows, ${result.faults.length} faults; truth in ${result.truthPath}\n`,
  );
}
