/**
 * Learns the parameters with which a new installation begins, from invented claims, and writes them to
 * platform/basedata/population/linkage-model.json. They hold weights and digests, no value. Usage: learn-person-model [claims] [seed]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '#platform/linkage/engine/table.ts';
import { train } from '#platform/linkage/engine/train.ts';
import { personSpace } from '#platform/linkage/spaces/person.ts';
import { personClaims, usableId } from './person-claims.ts';

const [count = 300_000, seed = 310_101] = process.argv.slice(2).map(Number);
const { claims } = personClaims({ count, seed });
const parameters = train(
  readTable(
    personSpace,
    claims.map(({ idNumber, stated }) => ({ identifier: usableId(idNumber), ...stated })),
  ),
);
const file = join(import.meta.dirname, '../../platform/basedata/population/linkage-model.json');
writeFileSync(file, `${JSON.stringify(parameters, null, 2)}\n`);
console.log(`${parameters.version}: λ ${parameters.prior}, ${JSON.stringify(parameters.trained)}`);
