/** Social organisations 社会组织 and public institutions 事业单位: registered by civil affairs and by the staffing office, not by the market authority. */
import { join } from 'node:path';
import type { Building } from './buildings.ts';
import type { DepartmentFile } from './department-file.ts';
import { roomAddress } from './homes.ts';
import { creditCode, mobileNumber } from './identifiers.ts';
import { givenName, surname, tradeName } from './names.ts';
import { daysBefore } from './people.ts';
import type { Random } from './random.ts';
import { csvWriter, jsonWriter } from './writers.ts';

export interface Body {
  uscc: string;
  name: string;
  kind: '社会团体' | '民办非企业单位' | '事业单位';
  status: '正常' | '注销';
  head: string;
  foundedOn: string;
  address: string;
  building: Building;
  phone: string;
}

const CAUSES = ['文化艺术', '社区服务', '健康促进', '青少年发展', '养老服务', '法律服务', '环境保护', '体育健身'];
const INSTITUTIONS = ['事务中心', '服务中心', '研究所', '档案馆', '培训中心', '检测站'];

export function* makeBodies(options: {
  buildings: readonly Building[];
  socialOrganisations: number;
  publicInstitutions: number;
  asOf: string;
  random: Random;
}): Generator<Body> {
  const { random, asOf } = options;
  const houses = options.buildings.filter(({ use }) => use === '办公' || use === '文化');
  for (let i = 0; i < options.socialOrganisations + options.publicInstitutions; i++) {
    const social = i < options.socialOrganisations;
    const group = random.chance(0.4);
    const building = random.pick(houses);
    yield {
      uscc: creditCode({ authority: social ? '5' : '1', kind: social && group ? 1 : 2, index: i + 1 }),
      name: social
        ? `上海市黄浦区${tradeName(random)}${random.pick(CAUSES)}${group ? '协会' : '中心'}`
        : `上海市黄浦区${tradeName(random)}${random.pick(INSTITUTIONS)}`,
      kind: social ? (group ? '社会团体' : '民办非企业单位') : '事业单位',
      status: random.chance(0.95) ? '正常' : '注销',
      head: surname(random) + givenName({ random, year: 1970, sex: '2' }),
      foundedOn: daysBefore(asOf, random.int(90, 9000)),
      address: roomAddress(building, `${random.int(1, building.floors)}${String(random.int(1, 24)).padStart(2, '0')}`),
      building,
      phone: mobileNumber(random),
    };
  }
}

export const BODY_FILES: DepartmentFile<Body>[] = [
  {
    dataset: 'civil-affairs-social-organisations',
    unit: 'civil-affairs',
    file: 'civil-affairs-social-organisations.json',
    roles: { id: '统一社会信用代码', name: '名称', address: '住所' },
    open: (directory) => jsonWriter({ path: join(directory, 'civil-affairs-social-organisations.json') }),
    row: (body) =>
      body.kind === '事业单位'
        ? undefined
        : {
            统一社会信用代码: body.uscc,
            名称: body.name,
            类型: body.kind,
            状态: body.status,
            法定代表人: body.head,
            成立日期: body.foundedOn,
            住所: body.address,
            房屋编码: body.building.code,
            联系电话: body.phone,
          },
  },
  {
    dataset: 'staffing-public-institutions',
    unit: 'staffing',
    file: 'staffing-public-institutions.csv',
    roles: { id: '统一社会信用代码', name: '单位名称', address: '住所' },
    open: (directory) =>
      csvWriter({
        path: join(directory, 'staffing-public-institutions.csv'),
        columns: ['统一社会信用代码', '单位名称', '状态', '法定代表人', '设立日期', '住所', '房屋编码'],
        encoding: 'utf8-bom',
      }),
    row: (body) =>
      body.kind === '事业单位'
        ? {
            统一社会信用代码: body.uscc,
            单位名称: body.name,
            状态: body.status,
            法定代表人: body.head,
            设立日期: body.foundedOn,
            住所: body.address,
            房屋编码: body.building.code,
          }
        : undefined,
  },
];
