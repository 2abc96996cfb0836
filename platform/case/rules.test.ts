import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packagedClasses } from './classes.ts';
import { bitsBetween, likelierFirst, likenessOf, metresBetween, type Seen, textLikeness } from './duplicates.ts';
import { ENTITY_KINDS, LINK_KINDS, mayLink } from './links.ts';
import { maskText } from './mask-text.ts';
import { NEAR_M } from './parts-near.ts';
import { type Entry, responsibleFor } from './responsibility.ts';

const LIMITS = { metres: 20, hours: 48, bits: 10 };
const seen = (more: Partial<Seen> = {}): Seen => ({
  class: 'P0101',
  lon: 121.4737,
  lat: 31.2304,
  reportedAt: new Date('2026-11-26T02:00:00Z'),
  description: '雁荡路口井盖没有了，路人差点掉下去',
  picture: null,
  ...more,
});

describe('two reports', () => {
  it('may be one where class, place and time are near, and say how near', () => {
    const like = likenessOf(seen(), seen({ lat: 31.2305, reportedAt: new Date('2026-11-26T02:30:00Z') }), LIMITS);
    expect(like).toMatchObject({ metres: 11, minutes: 30, sameClass: true, bits: null });
    expect(likenessOf(seen(), seen({ lat: 31.2306 }), LIMITS)).toBeUndefined();
    expect(likenessOf(seen(), seen({ reportedAt: new Date('2026-11-28T02:00:01Z') }), LIMITS)).toBeUndefined();
  });

  it('of different classes are one only by the same picture or the same words', () => {
    const other = seen({ class: 'E9901', description: '有个洞', picture: 'ffff00000000ffff' });
    expect(likenessOf(seen(), other, LIMITS)).toBeUndefined();
    expect(likenessOf(seen({ picture: 'ffff00000000fffe' }), other, LIMITS)).toMatchObject({ bits: 1 });
    expect(likenessOf(seen(), seen({ class: 'E9901' }), LIMITS)).toMatchObject({ sameClass: false, text: 1 });
  });

  it('are compared the same from both sides', () => {
    const place = fc.record({
      lon: fc.double({ min: 121.46, max: 121.5, noNaN: true }),
      lat: fc.double({ min: 31.2, max: 31.25, noNaN: true }),
    });
    fc.assert(
      fc.property(place, place, fc.string(), fc.string(), (a, b, x, y) => {
        expect(metresBetween(a, b)).toBeCloseTo(metresBetween(b, a), 6);
        expect(textLikeness(x, y)).toBe(textLikeness(y, x));
        expect(textLikeness(x, y)).toBeLessThanOrEqual(1);
      }),
      { seed: 310101 },
    );
    expect(bitsBetween('0000000000000000', 'ffffffffffffffff')).toBe(64);
  });

  it('stand in the order of likeness', () => {
    const near = { metres: 1, minutes: 5, sameClass: true, text: 0.2, bits: null };
    const pictured = { metres: 15, minutes: 5, sameClass: true, text: 0.2, bits: 2 };
    expect([near, pictured].sort(likelierFirst)[0]).toBe(pictured);
  });
});

describe('the table of responsibilities', () => {
  const entry = (id: string, place: string, unit: string, owner: string | null = null): Entry => ({
    id,
    class: 'P0101',
    place,
    owner,
    unit,
  });
  const table = [
    entry('a', '310101', 'construction-transport'),
    entry('b', '310101023', 'street-310101023'),
    entry('c', '310101', 'water-works', 'water'),
  ];
  it('takes the specific before the general: owner, then the smaller place', () => {
    const ask = (committee: string, owner: string | null = null) =>
      responsibleFor(table, { class: 'P0101', committee, owner })?.unit;
    expect(ask('310101013001')).toBe('construction-transport');
    expect(ask('310101023001')).toBe('street-310101023');
    expect(ask('310101023001', 'water')).toBe('water-works');
    expect(ask('310101023001', 'gas')).toBe('street-310101023');
    expect(responsibleFor(table, { class: 'E0101', committee: '310101023001', owner: null })).toBeUndefined();
  });

  it('answers the same in whatever order its entries stand', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(table, { minLength: 3 }), fc.constantFrom(null, 'water'), (some, owner) => {
        const of = { class: 'P0101', committee: '310101023001', owner };
        expect(responsibleFor(some, of)).toEqual(responsibleFor(table, of));
      }),
      { seed: 310101 },
    );
  });
});

describe('links', () => {
  it('go up from readings to emergencies and never make a reading the effect of anything', () => {
    expect(mayLink('alert', 'signal', 'caused_by')).toBe(true);
    expect(mayLink('signal', 'alert', 'caused_by')).toBe(false);
    expect(mayLink('alert', 'case', 'escalated_to')).toBe(true);
    expect(mayLink('case', 'alert', 'escalated_to')).toBe(false);
    expect(mayLink('case', 'case', 'duplicate_of')).toBe(true);
    expect(mayLink('case', 'alert', 'duplicate_of')).toBe(false);
    expect(mayLink('order', 'case', 'follow_up_of')).toBe(true);
    expect(mayLink('case', 'emergency', 'part_of')).toBe(true);
    for (const kind of LINK_KINDS)
      for (const to of ENTITY_KINDS)
        if (kind !== 'escalated_to' && kind !== 'part_of') expect(mayLink('reading', to, kind)).toBe(false);
  });
});

describe('public words', () => {
  it('lose telephone and identity numbers before anybody reads them', () => {
    expect(maskText('找张三 13812345678，证件310101199001011234，门牌123号')).toBe(
      '找张三 138****5678，证件310101********1234，门牌123号',
    );
  });
});

describe('the packaged classes', () => {
  it('have one code each, and the first letter says whether it is a part or an event', () => {
    const { classes } = packagedClasses();
    expect(new Set(classes.map(({ code }) => code)).size).toBe(classes.length);
    for (const { code, kind } of classes) expect(code.startsWith(kind === 'part' ? 'P' : 'E')).toBe(true);
  });
});

it('parts are proposed as far as the rulebook says', () => {
  const entries = JSON.parse(readFileSync(new URL('rulebook.json', import.meta.url), 'utf8')) as {
    id: string;
    value: unknown;
  }[];
  expect(entries.find(({ id }) => id === 'incident.part.near')?.value).toBe(NEAR_M);
});
