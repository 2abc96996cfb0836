/**
 * `ownership`: look-through of one group of 500 firms with loops, every firm of which is held by others of the group and by persons.
 * Reference: the closed form (I − A)⁻¹ by a dense solve in ml-matrix on the same group. Shares must agree to 1e-6. The seed is drawn at run
 * time and printed. Usage: ownership [firms] [rounds] [seed]
 */
import { randomInt } from 'node:crypto';
import { Matrix, solve } from 'ml-matrix';
import { type Holding, lookThrough } from '#platform/basedata/legal-entity/ownership/look-through.ts';
import { createRandom } from '#districts/huangpu/generate/random.ts';
import { median, report } from './lib/figure.ts';

const [firms = 500, rounds = 15, given] = process.argv.slice(2).map(Number);
const seed = given ?? randomInt(1, 2 ** 31);
const LIMIT_MS = 300;
const AGREES = 1e-6;
const random = createRandom(seed);

/** Each firm has up to four holders in the group (above or below it, so loops close) and two persons. */
function group(): Holding[] {
  const holdings: Holding[] = [];
  for (let firm = 0; firm < firms; firm += 1) {
    let left = 100;
    const give = (holder: string, percent: number): void => {
      holdings.push({ holder, firm: `f${firm}`, percent });
      left -= percent;
    };
    for (let k = random.int(1, 4); k > 0; k -= 1) give(`f${random.int(0, firms - 1)}`, random.next() * left * 0.5);
    give(`p${random.int(0, firms)}`, left * random.next());
    give(`p${random.int(0, firms)}`, left);
  }
  return holdings;
}

function dense(holdings: readonly Holding[]): Map<string, number> {
  const m = Matrix.eye(firms);
  for (const { holder, firm, percent } of holdings)
    if (holder.startsWith('f')) {
      const [i, j] = [Number(holder.slice(1)), Number(firm.slice(1))];
      m.set(i, j, m.get(i, j) - percent / 100);
    }
  const x = solve(m, Matrix.columnVector(Array.from({ length: firms }, (_, i) => (i === 0 ? 1 : 0))));
  const shares = new Map<string, number>();
  for (const { holder, firm, percent } of holdings)
    if (holder.startsWith('p'))
      shares.set(holder, (shares.get(holder) ?? 0) + percent * x.get(Number(firm.slice(1)), 0));
  return shares;
}

const [ours, reference]: [number[], number[]] = [[], []];
let worst = 0;
let most = 0;
for (let round = -1; round < rounds; round += 1) {
  const holdings = group();
  const start = performance.now();
  const { owners } = lookThrough(holdings, 'f0');
  const between = performance.now();
  const exact = dense(holdings);
  const end = performance.now();
  const found = new Map(owners.map((o) => [o.holder, o.percent]));
  for (const [holder, percent] of exact) worst = Math.max(worst, Math.abs(percent - (found.get(holder) ?? 0)));
  if (round < 0) continue;
  most = Math.max(most, between - start);
  ours.push(between - start);
  reference.push(end - between);
}
const kept = most < LIMIT_MS && worst <= AGREES;
report({
  name: 'ownership',
  ours: median(ours),
  reference: median(reference),
  ratio: median(reference) / median(ours),
  unit: 'ms a look-through',
  wanted: 1,
  note: `seed ${seed}; ${firms} firms with loops, ${rounds} other groups; slowest ${most.toFixed(1)} ms of ${LIMIT_MS}; largest difference to the dense solve of ml-matrix ${worst.toExponential(1)} percent points of ${AGREES}: ${kept ? 'kept' : 'MISSED'}`,
});
if (!kept) process.exitCode = 1;
