/** `node districts/huangpu/generate/main.ts --profile small --out DIR [--seed 310101]` */
import { parseArgs } from 'node:util';
import { generate } from './generate.ts';
import type { Profile } from './generate.ts';

const { values } = parseArgs({
  options: { profile: { type: 'string', default: 'small' }, out: { type: 'string' }, seed: { type: 'string' } },
});
const profiles: readonly string[] = ['small', 'full', 'million'];
if (values.out === undefined || !profiles.includes(values.profile)) {
  process.stderr.write('usage: main.ts --profile small|full|million --out DIR [--seed NUMBER]\n');
  process.exit(2);
}
const started = performance.now();
const summary = generate({
  profile: values.profile as Profile,
  out: values.out,
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  onProgress: ({ stage, done, total }) => process.stderr.write(`${stage} ${done}/${total}\n`),
});
for (const file of summary.files) process.stdout.write(`${file.file}\t${file.rows} rows\n`);
process.stdout.write(`${JSON.stringify(summary.totals)}\n${((performance.now() - started) / 1000).toFixed(1)} s\n`);
