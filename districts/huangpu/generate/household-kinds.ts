/** The kinds of households and who sits in them. */
import { cumulate } from './random.ts';
import type { Random } from './random.ts';

/** A place in a household before anybody has a name. */
export interface Seat {
  relation: string;
  sex: '1' | '2';
  age: number;
  marital: '未婚' | '已婚' | '丧偶' | '离婚';
  twin?: boolean;
}

export const KINDS = [
  'elderCouple',
  'elderSingle',
  'couple',
  'nuclear',
  'threeGenerations',
  'single',
  'flatShare',
] as const;
export type Kind = (typeof KINDS)[number];
/** Per hundred households, elderly-heavy as the old city is. */
export const KIND_WEIGHTS = cumulate([33, 17, 12, 19, 9, 12, 3]);
/** Who lives in a household of a kind; the head 户主 first. */
export function seats(random: Random, kind: Kind): Seat[] {
  const head: '1' | '2' = random.chance(0.62) ? '1' : '2';
  const other = head === '1' ? '2' : '1';
  const partner = (age: number): Seat => ({
    relation: '配偶',
    sex: other,
    age: Math.max(20, age + random.int(-4, 3)),
    marital: '已婚',
  });
  const child = (age: number): Seat =>
    random.chance(0.5)
      ? { relation: '子', sex: '1', age, marital: '未婚' }
      : { relation: '女', sex: '2', age, marital: '未婚' };
  switch (kind) {
    case 'elderCouple': {
      const age = random.int(62, 92);
      return [{ relation: '户主', sex: head, age, marital: '已婚' }, partner(age)];
    }
    case 'elderSingle':
      return [
        {
          relation: '户主',
          sex: random.chance(0.68) ? '2' : '1',
          age: random.int(66, 99),
          marital: random.chance(0.85) ? '丧偶' : '离婚',
        },
      ];
    case 'couple': {
      const age = random.int(25, 61);
      return [{ relation: '户主', sex: head, age, marital: '已婚' }, partner(age)];
    }
    case 'nuclear': {
      const age = random.int(29, 56);
      const first = Math.max(0, age - random.int(25, 35));
      const list = [{ relation: '户主', sex: head, age, marital: '已婚' as const }, partner(age), child(first)];
      if (random.chance(0.03)) {
        const twin = child(first);
        if (random.chance(0.6)) [twin.sex, twin.relation] = [list[2]?.sex ?? '1', list[2]?.relation ?? '子'];
        list.push({ ...twin, twin: true });
      } else if (first > 3 && random.chance(0.2)) list.push(child(random.int(0, first - 2)));
      return list;
    }
    case 'threeGenerations': {
      const age = random.int(31, 52);
      const parent = random.chance(0.7) ? '2' : '1';
      return [
        { relation: '户主', sex: head, age, marital: '已婚' },
        partner(age),
        child(Math.max(0, age - random.int(26, 34))),
        {
          relation: parent === '1' ? '父亲' : '母亲',
          sex: parent,
          age: age + random.int(23, 32),
          marital: random.chance(0.7) ? '丧偶' : '已婚',
        },
      ];
    }
    case 'single':
      return [{ relation: '户主', sex: head, age: random.int(22, 61), marital: random.chance(0.75) ? '未婚' : '离婚' }];
    case 'flatShare':
      return Array.from({ length: random.int(2, 4) }, (_, i) => ({
        relation: i === 0 ? '户主' : '非亲属',
        sex: random.chance(0.5) ? '1' : '2',
        age: random.int(20, 38),
        marital: '未婚',
      }));
  }
}
