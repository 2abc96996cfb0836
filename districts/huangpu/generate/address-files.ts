/** Files about addresses that do not go building by building: other names, responsible posts, a new survey of outlines. */
import { join } from 'node:path';
import type { Building } from './buildings.ts';
import type { Summary } from './generate.ts';
import { surveyOf } from './outline-changes.ts';
import { placeNames } from './place-names.ts';
import type { Random } from './random.ts';
import type { Area } from './shapes.ts';
import { csvWriter, geojsonWriter, ndjsonWriter } from './writers.ts';

type File = Summary['files'][number];

export function writeAddressFiles(options: {
  out: string;
  areas: readonly Area[];
  buildings: readonly Building[];
  random: Random;
}): File[] {
  return [names(options), posts(options), survey(options)];
}

function names({ out, buildings, random }: Parameters<typeof writeAddressFiles>[0]): File {
  const file = 'civil-affairs-place-names.csv';
  const writer = csvWriter({
    path: join(out, file),
    columns: ['别名', '种类', '指向', '启用', '停用', '出处', '样例'],
  });
  const all = placeNames(buildings, random.fork('names'));
  for (const { alias, kind, target, from, to, source } of all)
    writer.write({ 别名: alias, 种类: kind, 指向: target, 启用: from, 停用: to, 出处: source, 样例: '是' });
  writer.close();
  return { dataset: 'civil-affairs-place-names', unit: 'civil-affairs', file, rows: all.length };
}

/** Who answers for an area: posts, never persons. */
function posts({ out, areas }: Parameters<typeof writeAddressFiles>[0]): File {
  const file = 'civil-affairs-responsibility.csv';
  const writer = csvWriter({ path: join(out, file), columns: ['范围代码', '职责', '单位', '岗位', '联系', '样例'] });
  let rows = 0;
  const write = (code: string, duty: string, unit: string, post: string): void => {
    rows += 1;
    writer.write({
      范围代码: code,
      职责: duty,
      单位: unit,
      岗位: post,
      联系: `样例分机${String(rows).padStart(4, '0')}`,
      样例: '是',
    });
  };
  for (const area of areas) {
    if (area.level === 'street') write(area.code, 'street-duty', area.name, '值班长');
    if (area.level === 'committee') {
      write(area.code, 'committee-head', area.name, '居委会主任');
      write(area.code, 'community-police', '样例派出所', '社区民警');
    }
    if (area.level === 'cell') write(area.code, 'grid-head', area.name, '网格长');
  }
  writer.close();
  return { dataset: 'civil-affairs-responsibility', unit: 'civil-affairs', file, rows };
}

/** A survey that knows outlines and addresses but no building codes; its truth lies apart. */
function survey({ out, buildings, random }: Parameters<typeof writeAddressFiles>[0]): File {
  const file = 'planning-outlines.geojson';
  const writer = geojsonWriter({ path: join(out, file) });
  const truth = ndjsonWriter({ path: join(out, 'truth/outlines.ndjson') });
  const surveyed = surveyOf({
    buildings: buildings.filter((b) => b.street === '310101022').slice(0, 60),
    random: random.fork('survey'),
  });
  for (const { id, address, outline, from, kind } of surveyed) {
    writer.write({ 测绘编号: id, 门牌: address, 样例: true, geometry: outline });
    truth.write({ survey: id, from, kind });
  }
  writer.close();
  truth.close();
  return { dataset: 'planning-outlines', unit: 'planning', file, rows: surveyed.length };
}
