/** A criterion (评价准则): its weight, and whether more of it is better (benefit 效益型) or worse (cost 成本型). */
export type Criterion = { id: string; weight: number; direction: 'benefit' | 'cost' };
export type Rated = { closeness: number; rank: number };

/**
 * TOPSIS (逼近理想解排序法; Hwang and Yoon 1981): columns are normalised by their length and weighted, and an option is rated by how near it is to
 * the ideal one and how far from the worst, between 0 and 1. `values[i][j]` is option i by criterion j; weights need not add up to 1. Options that
 * are all alike are rated 1. Equal closeness shares a rank.
 */
export function topsis(criteria: readonly Criterion[], values: readonly (readonly number[])[]): Rated[] {
  const total = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const weighted = values.map((row) => row.map((value) => value));
  const best: number[] = [];
  const worst: number[] = [];
  criteria.forEach(({ weight, direction }, j) => {
    const length = Math.hypot(...values.map((row) => row[j] ?? 0));
    const column = values.map(
      (row) => (length === 0 ? 0 : (row[j] ?? 0) / length) * (total === 0 ? 0 : weight / total),
    );
    column.forEach((value, i) => {
      const row = weighted[i];
      if (row) row[j] = value;
    });
    const [high, low] = [Math.max(...column), Math.min(...column)];
    best.push(direction === 'benefit' ? high : low);
    worst.push(direction === 'benefit' ? low : high);
  });
  const distance = (row: readonly number[], to: readonly number[]) =>
    Math.hypot(...row.map((v, j) => v - (to[j] ?? 0)));
  const closeness = weighted.map((row) => {
    const [up, down] = [distance(row, best), distance(row, worst)];
    return up + down === 0 ? 1 : down / (up + down);
  });
  return closeness.map((own) => ({
    closeness: own,
    rank: 1 + closeness.filter((other) => other > own + 1e-12).length,
  }));
}

export type Sensitivity = {
  criterion: string;
  /** The first option stays first while the share of this weight lies between these, the others keeping their proportions. */
  from: number;
  to: number;
};

const STEPS = 100;

/**
 * How far each weight may move before another option comes first (权重灵敏度): the share of the criterion runs from 0 to 1 in hundredths. A narrow
 * range says that the choice hangs on this weight.
 */
export function sensitivity(criteria: readonly Criterion[], values: readonly (readonly number[])[]): Sensitivity[] {
  const first = topsis(criteria, values).findIndex(({ rank }) => rank === 1);
  const total = criteria.reduce((sum, { weight }) => sum + weight, 0);
  return criteria.map(({ id, weight }, at) => {
    const others = total - weight;
    const holds = (share: number): boolean => {
      const shifted = criteria.map((each, j) => ({
        ...each,
        weight: j === at ? share : others === 0 ? 0 : (each.weight / others) * (1 - share),
      }));
      return topsis(shifted, values)[first]?.rank === 1;
    };
    const now = Math.round((total === 0 ? 0 : weight / total) * STEPS);
    let [from, to] = [now, now];
    while (from > 0 && holds((from - 1) / STEPS)) from -= 1;
    while (to < STEPS && holds((to + 1) / STEPS)) to += 1;
    return { criterion: id, from: from / STEPS, to: to / STEPS };
  });
}
