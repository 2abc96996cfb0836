/** A population by sex and single year of age (0–100, the last open). */
export type Stock = { male: number[]; female: number[] };

/** Rates of one year by single year of age. */
export type Rates = {
  /** Births per woman. */
  fertility: number[];
  /** Deaths per person. */
  mortality: Stock;
  /** Net migrants per person. */
  migration: number[];
  /** Share of boys among those who are born. */
  boys: number;
  /**
   * Relative standard deviation of each rate; `events`: of how many of a hundred persons chance decides in a year (born, dead, come, gone),
   * as a share; `inside`: of a hundred draws how many lie within the interval, as a share.
   */
  uncertainty: { fertility: number; mortality: number; migration: number; events: number; inside: number };
};

export type Projected = { year: number; middle: number; low: number; high: number };

export const AGES = 101;
/** How often the rates are drawn: a matter of reckoning, no assumption about people. */
const DRAWS = 200;

export const emptyStock = (): Stock => ({
  male: new Array<number>(AGES).fill(0),
  female: new Array<number>(AGES).fill(0),
});

export const sizeOf = ({ male, female }: Stock): number =>
  male.reduce((a, b) => a + b, 0) + female.reduce((a, b) => a + b, 0);

/**
 * One year on (队列要素法): everyone grows a year older or dies, some come and go, children are born to the women of the year's middle.
 * Persons are expected values, not whole people.
 */
export function nextYear(stock: Stock, rates: Rates, factor = { fertility: 1, mortality: 1, migration: 1 }): Stock {
  const grown = (ages: readonly number[], dying: readonly number[]): number[] => {
    const next = new Array<number>(AGES).fill(0);
    ages.forEach((n, age) => {
      const staying = n * (1 - Math.min(1, (dying[age] ?? 1) * factor.mortality));
      const at = Math.min(AGES - 1, age + 1);
      next[at] = (next[at] ?? 0) + Math.max(0, staying * (1 + (rates.migration[age] ?? 0) * factor.migration));
    });
    return next;
  };
  const male = grown(stock.male, rates.mortality.male);
  const female = grown(stock.female, rates.mortality.female);
  const births = stock.female.reduce(
    (sum, n, age) => sum + ((n + (female[age] ?? 0)) / 2) * (rates.fertility[age] ?? 0) * factor.fertility,
    0,
  );
  male[0] = births * rates.boys * (1 - (rates.mortality.male[0] ?? 0));
  female[0] = births * (1 - rates.boys) * (1 - (rates.mortality.female[0] ?? 0));
  return { male, female };
}

/**
 * Totals of the years to come with an interval: the rates are drawn anew within their uncertainty, and chance adds what it adds to so many
 * people. The same input gives the same numbers.
 */
export function project(options: {
  stock: Stock;
  rates: Rates;
  from: number;
  years: number;
  /** What is counted of the stock; default everyone. */
  count?: (stock: Stock) => number;
  seed?: number;
}): Projected[] {
  const { stock, rates, from, years, count = sizeOf } = options;
  const random = randomOf(options.seed ?? 1);
  const { fertility, mortality, migration, events, inside } = rates.uncertainty;
  const runs = Array.from({ length: DRAWS }, () => {
    const factor = {
      fertility: Math.exp(fertility * normal(random)),
      mortality: Math.exp(mortality * normal(random)),
      migration: 1 + migration * normal(random),
    };
    let now = stock;
    return Array.from({ length: years }, (_, i) => {
      now = nextYear(now, rates, factor);
      const expected = count(now);
      return Math.max(0, expected + Math.sqrt(expected * events * (i + 1)) * normal(random));
    });
  });
  let middle = stock;
  return Array.from({ length: years }, (_, i) => {
    middle = nextYear(middle, rates);
    const all = runs.map((run) => run[i] as number).sort((a, b) => a - b);
    const at = (share: number): number => all[Math.round(share * (all.length - 1))] as number;
    const value = count(middle);
    return {
      year: from + i + 1,
      middle: value,
      low: Math.min(value, at((1 - inside) / 2)),
      high: Math.max(value, at((1 + inside) / 2)),
    };
  });
}

/** Small and fast, the same everywhere (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
