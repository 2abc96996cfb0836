/**
 * Step events of invented cases with planted breaches (样例监察数据, GX2): what the rules of supervision are measured on. It knows nothing of those
 * rules: what a breach is, is told here in the words of the specification, and the key is a value of its own, which the judge never sees.
 */
import { createRandom, type Random } from './random.ts';

/** Kinds of breaches (违规种类). */
export const BREACHES = [
  'over-time',
  'far-over-time',
  'second-time-over',
  'extra-fee',
  'refusal-without-reason',
  'decided-before-received',
  'long-stop',
  'repeated-corrections',
  'asked-for-shared-data',
  'burst',
  'same-hands',
  'discretion',
] as const;
export type Breach = (typeof BREACHES)[number];

/** A step event as an app would have told it. */
export type ToldEvent = {
  id: string;
  seq: number;
  phase: 'started' | 'stopped' | 'resumed' | 'done';
  at: Date;
  account: string;
  data: Record<string, string>;
};
export type PlantedBreach = { breach: Breach; caseNo: string };
export type SupervisionSample = { events: ToldEvent[]; key: PlantedBreach[]; now: Date };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ITEMS = 24;
const UNITS = 12;
const CLERKS = 5;
/** Length of the chains that are planted together. */
const BURST = 6;
const HANDS = 14;

type Case = {
  no: string;
  item: number;
  unit: string;
  clerk: string;
  party: string;
  received: Date;
  accept: { from: Date; to: Date }[];
  decide: { from: Date; to: Date; limitDays: number }[];
  stop?: { from: Date; to: Date };
  unlawful?: string;
  asks: string[];
  measure: number;
};

/** The same events and the same key at every run. `breaches` are spread over the kinds as evenly as whole chains allow. */
export function generateSupervision(options: {
  seed: number;
  cases: number;
  breaches: number;
  from: Date;
}): SupervisionSample {
  const random = createRandom(options.seed).fork('supervision');
  const cases = Array.from({ length: options.cases }, (_, at) => ordinary(random, at, options.from));
  const key = plant({ random, cases, breaches: options.breaches });
  const events = cases.flatMap(told);
  events.forEach((event, at) => Object.assign(event, { id: idOf(at), seq: at + 1 }));
  const last = events.reduce((latest, { at }) => Math.max(latest, at.getTime()), 0);
  return { events, key, now: new Date(last + DAY) };
}

/** A case as most are: within its time, corrected once at most, stopped now and then for a few days. */
function ordinary(random: Random, at: number, from: Date): Case {
  const item = random.int(0, ITEMS - 1);
  const unit = random.int(0, UNITS - 1);
  const limitDays = 5 + (item % 6) * 3;
  const received = new Date(from.getTime() + random.int(0, 60 * 24 * 60) * 60_000);
  const accept = [span(received, random.int(1, 30) * HOUR)];
  if (random.chance(0.08)) accept.push(span(new Date(last(accept).to.getTime() + 2 * DAY), random.int(1, 20) * HOUR));
  const begun = last(accept).to;
  const used = (0.1 + 0.65 * random.next()) * limitDays * DAY;
  const decide = [{ ...span(begun, used + random.int(0, 3_599_000)), limitDays }];
  const made: Case = {
    no: `S${String(at).padStart(7, '0')}`,
    item,
    unit: `unit-${unit}`,
    clerk: `clerk-${unit}-${random.int(0, CLERKS - 1)}`,
    party: `party-${random.int(0, 20_000)}`,
    received,
    accept,
    decide,
    asks: random.chance(0.3) ? [`own.${item}`] : [],
    measure: 100 + item * 10 + gauss(random) * 4,
  };
  if (random.chance(0.1)) stop(made, (0.5 + 2.5 * random.next()) * DAY);
  return made;
}

function plant({ random, cases, breaches }: { random: Random; cases: Case[]; breaches: number }): PlantedBreach[] {
  const free = random.shuffle([...cases]);
  const key: PlantedBreach[] = [];
  const each = Math.floor(breaches / BREACHES.length);
  const take = (): Case => {
    const found = free.pop();
    if (!found) throw new RangeError('more breaches than cases');
    return found;
  };
  for (const breach of BREACHES) {
    const chain = breach === 'burst' ? BURST : breach === 'same-hands' ? HANDS : 1;
    for (let n = 0; n < each; n += chain) {
      const group = Array.from({ length: chain }, take);
      const [first] = group;
      if (first) group.forEach((one, at) => breakIt({ random, breach, one, first, at }));
      key.push(...group.map(({ no }) => ({ breach, caseNo: no })));
    }
  }
  // What the chains left over goes to the first kind, so that the number asked for is planted.
  while (key.length < breaches) {
    const one = take();
    breakIt({ random, breach: 'over-time', one, first: one, at: 0 });
    key.push({ breach: 'over-time', caseNo: one.no });
  }
  return key;
}

function breakIt(options: { random: Random; breach: Breach; one: Case; first: Case; at: number }): void {
  const { random, breach, one, first, at } = options;
  const decide = last(one.decide);
  const end = (share: number) =>
    (decide.to = new Date(decide.from.getTime() + stood(one) + share * decide.limitDays * DAY));
  switch (breach) {
    case 'over-time':
      return void end(1.02 + 0.1 * random.next());
    case 'far-over-time':
      return void end(1.5 + random.next());
    case 'second-time-over': {
      end(1.05);
      const again = span(new Date(decide.to.getTime() + HOUR), 1.05 * decide.limitDays * DAY);
      return void one.decide.push({ ...again, limitDays: decide.limitDays });
    }
    case 'extra-fee':
      return void (one.unlawful = 'fee');
    case 'refusal-without-reason':
      return void (one.unlawful = 'refusal');
    case 'decided-before-received': {
      const length = decide.to.getTime() - decide.from.getTime();
      decide.to = new Date(one.received.getTime() - random.int(1, 40) * HOUR);
      decide.from = new Date(decide.to.getTime() - Math.min(length, 20 * HOUR));
      delete one.stop;
      return;
    }
    case 'long-stop':
      delete one.stop;
      return stop(one, (60 + 60 * random.next()) * DAY);
    case 'repeated-corrections':
      while (one.accept.length < 4) one.accept.push(span(new Date(last(one.accept).to.getTime() + DAY), 5 * HOUR));
      return move(one, last(one.accept).to);
    case 'asked-for-shared-data':
      return void one.asks.push('population.resident.name');
    case 'burst': {
      // All of one hand, seconds apart, from the first on.
      one.clerk = first.clerk;
      one.unit = first.unit;
      const length = Math.min(DAY, 0.5 * decide.limitDays * DAY);
      delete one.stop;
      if (at > 0) decide.to = new Date(last(first.decide).to.getTime() + at * 5_000 + random.int(0, 3_000));
      decide.from = new Date(decide.to.getTime() - length);
      const received = new Date(decide.from.getTime() - DAY);
      one.received = received;
      one.accept = [span(received, 20 * HOUR)];
      return;
    }
    case 'same-hands':
      one.party = `party-of-${first.no}`;
      one.clerk = first.clerk;
      one.unit = first.unit;
      one.item = first.item;
      one.measure = first.measure;
      return;
    case 'discretion':
      one.measure += (random.chance(0.5) ? 1 : -1) * (60 + 40 * random.next());
  }
}

/** Lets the decision stand still for a while; it takes that much longer. */
function stop(one: Case, length: number): void {
  const decide = last(one.decide);
  const from = new Date(decide.from.getTime() + 0.2 * (decide.to.getTime() - decide.from.getTime()));
  one.stop = { from, to: new Date(from.getTime() + length) };
  decide.to = new Date(decide.to.getTime() + length);
}
const stood = ({ stop: pause }: Case): number => (pause ? pause.to.getTime() - pause.from.getTime() : 0);

function move(one: Case, begin: Date): void {
  const decide = last(one.decide);
  const by = begin.getTime() - decide.from.getTime();
  for (const moment of [decide, ...(one.stop ? [one.stop] : [])])
    Object.assign(moment, { from: new Date(moment.from.getTime() + by), to: new Date(moment.to.getTime() + by) });
}

/** What the app tells of a case, in the order of what happened. */
function told(one: Case): ToldEvent[] {
  const base = { caseNo: one.no, itemCode: `item-${one.item}`, unit: one.unit, post: 'clerk', party: one.party };
  const events: ToldEvent[] = [];
  const tell = (phase: ToldEvent['phase'], at: Date, data: Record<string, string>) =>
    events.push({ id: '', seq: 0, phase, at, account: one.clerk, data: { ...base, ...data } });
  one.accept.forEach(({ from, to }, at) => {
    const step = { step: 'accept', instance: one.no, token: `a${at}` };
    const asks: Record<string, string> = at === 0 && one.asks.length > 0 ? { asks: one.asks.join(',') } : {};
    tell('started', from, { ...step, ...asks, due: new Date(from.getTime() + 5 * DAY).toISOString() });
    tell('done', to, step);
  });
  one.decide.forEach(({ from, to, limitDays }, at) => {
    const step = { step: 'decide', instance: one.no, token: `d${at}` };
    tell('started', from, { ...step, due: new Date(from.getTime() + limitDays * DAY).toISOString() });
    if (one.stop && at === 0) {
      tell('stopped', one.stop.from, step);
      tell('resumed', one.stop.to, step);
    }
    tell('done', to, { ...step, measure: one.measure.toFixed(2), ...(one.unlawful ? { unlawful: one.unlawful } : {}) });
  });
  return events;
}

const span = (from: Date, ms: number): { from: Date; to: Date } => ({ from, to: new Date(from.getTime() + ms) });
function last<T>(list: readonly T[]): T {
  const found = list.at(-1);
  if (found === undefined) throw new RangeError('empty');
  return found;
}
const gauss = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
const idOf = (at: number): string => `00000000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`;
