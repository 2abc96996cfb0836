/**
 * Look-through of ownership (股权穿透): who stands behind a firm, by what effective share, loops included.
 *
 * A[i][j] is the share of firm j that firm i holds. The weight of each firm i in the target f is x = (I − A)⁻¹ e_f; whoever is no firm with
 * known owners (a person, a body outside) then has Σ share of i × x_i. x is solved component by component (Tarjan), from the target up: a
 * chain costs a sum, only firms that own each other need a system of equations of their own size.
 */

/** A holding: `holder` has `percent` of `firm`. */
export type Holding = { holder: string; firm: string; percent: number };

export type Owner = { holder: string; percent: number };
export type LookThrough = {
  /** Effective percent of everybody who has no known owners, the largest first. */
  owners: Owner[];
  /** Effective percent of every firm above the target. */
  through: Owner[];
  /** Firms of which more or less than 100 % is known, with the sum that is: what stands behind them is not complete. */
  incomplete: { firm: string; sum: number }[];
  /** Firms that own each other wholly (循环持股 100 %): nobody stands behind them, no share is told through them. */
  closed: string[][];
};

/** Sums of percents differ from 100 by no more than rounding in a register with two decimals. */
const ROUNDING = 0.05;
/** Below this a pivot is none: the loop gives everything back to itself. */
const PIVOT = 1e-9;

export function lookThrough(holdings: readonly Holding[], target: string): LookThrough {
  const holders = new Map<string, Holding[]>();
  for (const holding of merged(holdings)) {
    const known = holders.get(holding.firm);
    if (known) known.push(holding);
    else holders.set(holding.firm, [holding]);
  }
  const weight = new Map<string, number>([[target, 1]]);
  const closed: string[][] = [];
  const shut = new Set<string>();
  const firms: string[] = [];
  // Firms before those that hold them: everything that flows into a component is known when it is reached.
  for (const component of componentsFrom(target, holders)) {
    firms.push(...component);
    const solved = weightsOf(component, holders, weight);
    if (solved === undefined) {
      closed.push([...component].sort());
      for (const firm of component) shut.add(firm);
      continue;
    }
    component.forEach((firm, i) => weight.set(firm, solved[i] as number));
    const inside = new Set(component);
    for (const firm of component)
      for (const { holder, percent } of holders.get(firm) ?? [])
        if (!inside.has(holder))
          weight.set(holder, (weight.get(holder) ?? 0) + (percent / 100) * (weight.get(firm) ?? 0));
  }
  const isFirm = new Set(firms.filter((firm) => holders.has(firm)));
  const told = [...weight].filter(([holder]) => holder !== target && !shut.has(holder));
  const list = (firmOnly: boolean): Owner[] =>
    told
      .filter(([holder]) => isFirm.has(holder) === firmOnly)
      .map(([holder, share]) => ({ holder, percent: share * 100 }))
      .sort((a, b) => b.percent - a.percent || (a.holder < b.holder ? -1 : 1));
  return {
    owners: list(false),
    through: list(true),
    incomplete: firms.flatMap((firm) => {
      const own = holders.get(firm);
      const sum = own?.reduce((all, { percent }) => all + percent, 0) ?? 0;
      return own && Math.abs(sum - 100) > ROUNDING ? [{ firm, sum }] : [];
    }),
    closed,
  };
}

/** One holding a pair; what a firm holds of itself (库存股) counts like any loop. */
function merged(holdings: readonly Holding[]): Holding[] {
  const byPair = new Map<string, Holding>();
  for (const { holder, firm, percent } of holdings) {
    const key = `${holder}\u0000${firm}`;
    const known = byPair.get(key);
    byPair.set(key, { holder, firm, percent: percent + (known?.percent ?? 0) });
  }
  return [...byPair.values()];
}

/**
 * Strongly connected components of what can be reached from the target by going up, each before those that hold it. Tarjan without
 * recursion: a chain of ten thousand firms is no reason to overflow a stack. Holders without known owners are left out.
 */
function componentsFrom(target: string, holders: ReadonlyMap<string, readonly Holding[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const onStack = new Set<string>();
  const found: string[][] = [];
  const path: { firm: string; next: number }[] = [];
  const enter = (firm: string): void => {
    index.set(firm, index.size);
    low.set(firm, index.get(firm) as number);
    open.push(firm);
    onStack.add(firm);
    path.push({ firm, next: 0 });
  };
  enter(target);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const { firm } = top;
    const holder = holders.get(firm)?.[top.next]?.holder;
    top.next += 1;
    if (holder === undefined) {
      path.pop();
      const below = path.at(-1)?.firm;
      if (below !== undefined) low.set(below, Math.min(low.get(below) as number, low.get(firm) as number));
      if (low.get(firm) !== index.get(firm)) continue;
      const component: string[] = [];
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        onStack.delete(member);
        component.push(member);
        if (member === firm) break;
      }
      found.push(component);
    } else if (!holders.has(holder)) continue;
    else if (!index.has(holder)) enter(holder);
    else if (onStack.has(holder)) low.set(firm, Math.min(low.get(firm) as number, index.get(holder) as number));
  }
  return found.reverse();
}

/** Solves (I − A) x = b within a component by elimination with row pivots; undefined where the loop is closed. */
function weightsOf(
  component: readonly string[],
  holders: ReadonlyMap<string, readonly Holding[]>,
  into: ReadonlyMap<string, number>,
): number[] | undefined {
  const size = component.length;
  const place = new Map(component.map((firm, i) => [firm, i]));
  const right = Float64Array.from(component, (firm) => into.get(firm) ?? 0);
  const rows: Float64Array[] = Array.from({ length: size }, (_, i) => {
    const row = new Float64Array(size);
    row[i] = 1;
    return row;
  });
  component.forEach((firm, j) => {
    for (const { holder, percent } of holders.get(firm) ?? []) {
      const i = place.get(holder);
      const row = i === undefined ? undefined : rows[i];
      if (row) row[j] = (row[j] as number) - percent / 100;
    }
  });
  for (let k = 0; k < size; k += 1) {
    let best = k;
    for (let i = k + 1; i < size; i += 1) if (at(rows, i, k) > at(rows, best, k)) best = i;
    if (at(rows, best, k) < PIVOT) return undefined;
    [rows[k], rows[best]] = [rows[best] as Float64Array, rows[k] as Float64Array];
    [right[k], right[best]] = [right[best] as number, right[k] as number];
    const pivot = rows[k] as Float64Array;
    for (let i = k + 1; i < size; i += 1) {
      const row = rows[i] as Float64Array;
      if (row[k] === 0) continue;
      const factor = (row[k] as number) / (pivot[k] as number);
      for (let j = k; j < size; j += 1) row[j] = (row[j] as number) - factor * (pivot[j] as number);
      right[i] = (right[i] as number) - factor * (right[k] as number);
    }
  }
  const x = Array.from<number>({ length: size });
  for (let i = size - 1; i >= 0; i -= 1) {
    const row = rows[i] as Float64Array;
    let sum = right[i] as number;
    for (let j = i + 1; j < size; j += 1) sum -= (row[j] as number) * (x[j] as number);
    x[i] = sum / (row[i] as number);
  }
  return x;
}

const at = (rows: readonly Float64Array[], i: number, k: number): number => Math.abs(rows[i]?.[k] ?? 0);

/** Who controls a firm (实际控制), and why: by share, or by having appointed more than half of the board. */
export type Controller = { holder: string; percent: number | null; by: 'share' | 'board' };

export function controllersOf(options: {
  owners: readonly Owner[];
  /** Who has appointed each director. */
  board: readonly (string | null)[];
  least: number;
}): Controller[] {
  const { owners, board, least } = options;
  const seats = new Map<string, number>();
  for (const by of board) if (by !== null) seats.set(by, (seats.get(by) ?? 0) + 1);
  // What 25 % is to a register with two decimals must not fail on the last bit of a double.
  const share = owners
    .filter(({ percent }) => percent >= least - 1e-9)
    .map(({ holder, percent }): Controller => ({ holder, percent, by: 'share' }));
  const byBoard = [...seats]
    .filter(([holder, n]) => n * 2 > board.length && !share.some((c) => c.holder === holder))
    .map(([holder]): Controller => {
      const percent = owners.find((o) => o.holder === holder)?.percent ?? null;
      return { holder, percent, by: 'board' };
    });
  return [...share, ...byBoard];
}
