import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubtsOf, metresBetween } from './photo-doubts.ts';

const now = new Date('2026-11-27T09:00:00Z');
const pin = { lon: 121.47, lat: 31.22 };
const rule = { pin, now, hours: 24, far: 500 };
const rules = (said: Parameters<typeof doubtsOf>[0]) => doubtsOf(said, rule).map((each) => each.rule);
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

describe('doubts about photos', () => {
  it('are none where a camera says nothing, or the same hour and place', () => {
    expect(rules([])).toEqual([]);
    expect(rules([{ takenAt: null, lon: null, lat: null }])).toEqual([]);
    expect(rules([{ takenAt: ago(1), ...pin }])).toEqual([]);
    expect(rules([{ takenAt: ago(24), lon: 121.4702, lat: 31.2202 }])).toEqual([]);
  });

  it('are asked where a photo is older than the rule, or comes from the future by more than it', () => {
    expect(rules([{ takenAt: ago(24.01), lon: null, lat: null }])).toEqual(['photo-time']);
    expect(rules([{ takenAt: ago(-25), lon: null, lat: null }])).toEqual(['photo-time']);
  });

  it('are asked where a photo is of elsewhere; one of several is enough, and each question comes once', () => {
    expect(rules([{ takenAt: null, lon: 121.48, lat: 31.22 }])).toEqual(['photo-place']);
    const far = { takenAt: ago(48), lon: 121.6, lat: 31.3 };
    expect(rules([far, { takenAt: ago(1), ...pin }, far])).toEqual(['photo-time', 'photo-place']);
  });

  it('go by the great circle, the same both ways', () => {
    // A hundredth of a degree of latitude is 1,112 m.
    expect(metresBetween(pin, { lon: 121.47, lat: 31.23 })).toBeCloseTo(1112, 0);
    const Place = fc.record({
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      lat: fc.double({ min: -90, max: 90, noNaN: true }),
    });
    fc.assert(
      fc.property(Place, Place, (a, b) => {
        const [there, back] = [metresBetween(a, b), metresBetween(b, a)];
        return Math.abs(there - back) < 1e-3 && there >= 0 && there < 20_040_000;
      }),
    );
  });
});
