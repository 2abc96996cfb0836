/**
 * Learns the parameters with which a new installation links firms, from the claims that the generator's department files hold, and writes
 * them to platform/basedata/legal-entity/linkage-model.json. They hold weights and digests, no value. Usage: learn-firm-model FOLDER
 * (a folder of the generator, profile full).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statedBy } from '#platform/basedata/legal-entity/link-claims.ts';
import { type Mapping, compileMapping } from '#platform/exchange/mapping.ts';
import { readRecords } from '#platform/exchange/read/read-records.ts';
import { readTable } from '#platform/linkage/engine/table.ts';
import { train } from '#platform/linkage/engine/train.ts';
import type { Stated } from '#platform/linkage/model/space.ts';
import { firmSpace } from '#platform/linkage/spaces/firm.ts';
import { district } from '#districts/huangpu/district.ts';

const [folder = ''] = process.argv.slice(2);
const stated: Stated[] = [];
for (const dataset of [
  'market-supervision-entities',
  'tax-registration',
  'commerce-foreign-invested',
  'investment-tower-firms',
]) {
  const mapping = JSON.parse(readFileSync(join(district.paths.mappings, `${dataset}.json`), 'utf8')) as Mapping & {
    file: string;
  };
  const map = compileMapping(mapping);
  for await (const chunk of readRecords({ stream: join(folder, mapping.file), format: mapping.format }))
    for (const record of chunk) stated.push(statedBy(map(record.values, record.row).values));
}
const parameters = train(readTable(firmSpace, stated));
const file = join(import.meta.dirname, '../../platform/basedata/legal-entity/linkage-model.json');
writeFileSync(file, `${JSON.stringify(parameters, null, 2)}\n`);
console.log(
  `${stated.length} claims, ${parameters.version}: λ ${parameters.prior}, ${JSON.stringify(parameters.trained)}`,
);
