import type { Text } from '#platform/kernel/text.ts';

/** How far two values of an attribute agree. */
export type Level = { readonly id: string; readonly title: Text };

/** One attribute of the things that are linked, and how two of its values are compared. */
export type Attribute = {
  readonly name: string;
  readonly title: Text;
  /** Best first: `levels[0]` is agreement in full, the last is disagreement. */
  readonly levels: readonly Level[];
  /** Value of a raw text in the form that is compared; undefined where nothing can be made of it: that is no evidence. */
  readonly read: (raw: string) => unknown;
  /** Text that is the same for equal values. */
  readonly form: (value: unknown) => string;
  /** Level of two values with different forms. Symmetric. */
  readonly compare: (a: unknown, b: unknown) => number;
  /** Agreement on a rare value says more than on a common one (词频调整). */
  readonly rare: boolean;
  /** Attributes of one group agree together (a family shares home and telephone): the strongest agreement counts alone. */
  readonly group: string | undefined;
  /** What of a value can be a block key, by name; undefined = this value has none. */
  readonly parts: Readonly<Record<string, (value: unknown) => string | undefined>>;
};

/** Declares an attribute; inside, its values have their own type. */
export function attribute<V>(declared: {
  name: string;
  title: Text;
  levels: readonly Level[];
  read: (raw: string) => V | undefined;
  form: (value: V) => string;
  compare?: (a: V, b: V) => number;
  rare?: boolean;
  group?: string;
  parts?: Readonly<Record<string, (value: V) => string | undefined>>;
}): Attribute {
  const { compare, levels, rare = false, group, parts = {} } = declared;
  const last = levels.length - 1;
  return {
    ...declared,
    form: declared.form as Attribute['form'],
    compare: (compare as Attribute['compare'] | undefined) ?? (() => last),
    rare,
    group,
    parts: parts as Attribute['parts'],
  };
}

/** A part of an attribute's value: `['birth', 'year']`. */
export type Part = readonly [attribute: string, part: string];

/** A way of finding pairs: records whose parts are equal are compared. */
export type Pass = {
  readonly name: string;
  readonly keys: readonly Part[];
  /** Splits the blocks whose key is too common; a record without it leaves such a block. */
  readonly split: readonly Part[];
};

/**
 * What no sum of weights may override. `when` holds where every attribute named is at one of the levels; `missing` stands for a
 * value that one side does not state. `unless` lifts it.
 */
export type Rule = {
  readonly id: string;
  readonly title: Text;
  /** apart: never one thing (硬性否决) · review: never without a person · alarm: a person looks, whatever the weight. */
  readonly effect: 'apart' | 'review' | 'alarm';
  readonly when: Readonly<Record<string, readonly string[]>>;
  readonly unless?: Readonly<Record<string, readonly string[]>>;
  /** A cluster may not hold such a pair either, even if both are linked to a third: it is cut between them. */
  readonly cuts?: boolean;
};

/**
 * Two of one family under one identifier, as when a twin's row carries the other's number: no pair shows it, only a third record
 * does, which has the name of the one and stands apart from the other. Pairs that meet `spoils` are left to people if `either`
 * end is in a pair that meets the first condition, or `both` ends are in one that meets the second.
 */
export type Doubt = {
  readonly id: string;
  readonly title: Text;
  readonly spoils: Rule['when'];
  readonly either: Rule['when'];
  readonly both: Rule['when'];
};

/** Everything the engine must know about one kind of thing: persons, firms. */
export type Space = {
  readonly id: string;
  readonly title: Text;
  readonly attributes: readonly Attribute[];
  readonly passes: readonly Pass[];
  /** Two passes by which m is learnt: neither holds fixed what the other needs. */
  readonly training: readonly [string, string];
  readonly rules: readonly Rule[];
  readonly doubt?: Doubt;
};

/** What one source record states, by attribute. */
export type Stated = Readonly<Record<string, string | undefined>>;

export const MISSING = 'missing';

/** Faults of a declaration: names that nothing bears. */
export function spaceFaults(space: Space): string[] {
  const byName = new Map(space.attributes.map((a) => [a.name, a]));
  const faults: string[] = [];
  for (const pass of space.passes)
    for (const [name, part] of [...pass.keys, ...pass.split])
      if (byName.get(name)?.parts[part] === undefined) faults.push(`pass ${pass.name}: no part ${name}.${part}`);
  for (const name of space.training)
    if (!space.passes.some((pass) => pass.name === name)) faults.push(`training: no pass ${name}`);
  const { doubt } = space;
  const conditions = [
    ...space.rules.map((rule) => ({ id: rule.id, all: [rule.when, rule.unless ?? {}] })),
    ...(doubt ? [{ id: doubt.id, all: [doubt.spoils, doubt.either, doubt.both] }] : []),
  ];
  for (const rule of conditions)
    for (const [name, levels] of rule.all.flatMap((when) => Object.entries(when)))
      for (const level of levels)
        if (level !== MISSING && !byName.get(name)?.levels.some((l) => l.id === level))
          faults.push(`rule ${rule.id}: no level ${name}.${level}`);
  return faults;
}
