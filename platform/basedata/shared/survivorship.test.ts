import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONDITIONS, PERSON_RULES, SAME_PERSON } from '#platform/basedata/population/authority.ts';
import { holdApart } from './same-subject.ts';
import { othersOf, standing, type Statement, survive } from './survivorship.ts';

const UNITS = ['public-security', 'civil-affairs', 'human-resources', 'health', 'education', 'commerce'];
const values = fc.record(
  {
    name: fc.constantFrom('张伟', '张威', '李娜'),
    birthDate: fc.constantFrom('1985-02-01', '1990-03-03'),
    phone: fc.constantFrom('1', '2', '3'),
    residenceAddress: fc.constantFrom('甲', '乙'),
    residenceFrom: fc.constantFrom('2010-01-01', '2026-06-15'),
    buildingCode: fc.constantFrom('B1', 'B2'),
    insured: fc.constantFrom('yes', 'no'),
  },
  { requiredKeys: [] },
);
const statements = fc
  .array(
    fc.record({
      unit: fc.constantFrom(...UNITS),
      key: fc.constantFrom('a', 'b'),
      day: fc.integer({ min: 1, max: 9 }),
      values,
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map(
      ({ unit, key, day, values: said }, i): Statement => ({
        claim: i + 1,
        dataset: `of-${unit}`,
        unit,
        batch: 'b',
        row: i + 1,
        sourceKey: key,
        receivedAt: `2026-01-0${day}T00:00:00.000Z`,
        values: said,
      }),
    ),
  );
const shuffled = statements.chain((all) =>
  fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
);

describe('survivorship', () => {
  it('does not depend on the order in which claims are read', () => {
    fc.assert(
      fc.property(shuffled, ([all, mixed]) => {
        expect(survive(mixed, PERSON_RULES)).toEqual(survive(all, PERSON_RULES));
        const ids = (s: Statement[]) => s.map((x) => x.claim).sort((a, b) => a - b);
        const [a, b] = [holdApart(all, SAME_PERSON), holdApart(mixed, SAME_PERSON)];
        expect([ids(a.accepted), ids(a.frozen)]).toEqual([ids(b.accepted), ids(b.frozen)]);
      }),
    );
  });

  it('where one unit has authority, its value wins whenever its file arrives', () => {
    fc.assert(
      fc.property(statements, fc.constantFrom('2026-01-01', '2026-01-09'), (others, day) => {
        const rest = others.filter((s) => s.unit !== 'public-security');
        const police: Statement = {
          claim: 99,
          dataset: 'ps',
          unit: 'public-security',
          batch: 'b',
          row: 1,
          sourceKey: 'k',
          receivedAt: `${day}T12:00:00.000Z`,
          values: { name: '王芳', birthDate: '1999-09-09' },
        };
        expect(survive([...rest, police], PERSON_RULES)).toMatchObject({
          name: { value: '王芳', source: { c: 99, u: 'public-security' } },
          birthDate: { value: '1999-09-09' },
        });
      }),
    );
  });

  it('invents nothing: every golden value was said, by the claim that it names', () => {
    fc.assert(
      fc.property(statements, (all) => {
        for (const [attribute, { value, source }] of Object.entries(survive(all, PERSON_RULES))) {
          expect(all.find((s) => s.claim === source.c)?.values[attribute]).toBe(value);
        }
      }),
    );
  });

  it('loses nothing: what every standing source says is golden or stands among the others', () => {
    fc.assert(
      fc.property(statements, (all) => {
        const golden = survive(all, PERSON_RULES);
        for (const attribute of ['name', 'phone', 'insured', 'residenceAddress']) {
          const seen = new Set([
            golden[attribute]?.value,
            ...othersOf({ statements: all, rules: PERSON_RULES, attribute, golden: golden[attribute] }).map(
              (o) => o.value,
            ),
          ]);
          for (const s of standing(all))
            if (s.values[attribute] !== undefined) expect(seen).toContain(s.values[attribute]);
        }
      }),
    );
  });

  it('the latest move wins over authority, and address and building come from one claim', () => {
    fc.assert(
      fc.property(statements, (all) => {
        const { residenceAddress, buildingCode } = survive(all, PERSON_RULES);
        if (!residenceAddress) return;
        const latest = standing(all)
          .flatMap((s) => (s.values.residenceAddress === undefined ? [] : (s.values.residenceFrom ?? '')))
          .sort()
          .at(-1);
        expect(residenceAddress.source.from ?? '').toBe(latest);
        if (buildingCode) expect(buildingCode.source.c).toBe(residenceAddress.source.c);
      }),
    );
  });

  it('every condition has a rule', () => {
    for (const kind of CONDITIONS) expect(PERSON_RULES.some((r) => r.attributes.includes(kind))).toBe(true);
  });
});

describe('one identifier, several people', () => {
  it('nobody is merged who shares neither name nor birth date with anyone accepted', () => {
    fc.assert(
      fc.property(statements, (all) => {
        const { accepted, frozen } = holdApart(all, SAME_PERSON);
        expect(accepted.length + frozen.length).toBe(all.length);
        for (const f of frozen) {
          for (const a of accepted) {
            if (a.values.name === undefined || a.values.birthDate === undefined) continue;
            expect(
              [f.values.name, f.values.birthDate].some((v, i) => v === [a.values.name, a.values.birthDate][i]),
            ).toBe(false);
          }
        }
      }),
    );
  });
});
