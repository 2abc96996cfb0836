import { describe, expect, it } from 'vitest';
import { routeIntake, type Streets } from '#apps/government/service-hall/routing/route-intake.ts';
import { district, readStreets } from './district.ts';
import { sampleCentres, sampleVisits } from './generate/service-centres.ts';
import { generateServices } from './generate/service-items.ts';
import { principleOf } from './load-centres.ts';

const centres = sampleCentres(readStreets());
const items = generateServices({ seed: district.seed }).items.map(({ unit, definition }) => ({
  unit,
  anyCentre: definition.anyCentre,
}));

describe('one window', () => {
  it('takes in any of 174 items at any of 11 centres, and any other item by a rule that says where it goes or why a person decides', () => {
    const anywhere = items.filter(({ anyCentre }) => anyCentre);
    expect([centres.length, anywhere.length]).toEqual([11, 174]);
    const streets = centres.flatMap(({ kind, area }) => (kind === 'community' ? [area] : []));
    const addresses: Streets[] = [...streets.map((street) => [street]), [], streets.slice(0, 2), ['outside']];
    let routed = 0;
    for (const here of centres)
      for (const item of items)
        for (const at of addresses) {
          const way = routeIntake({ rule: { principle: principleOf(item) }, streets: at, here, centres });
          routed += 1;
          if (item.anyCentre) expect(way).toEqual({ to: 'here' });
          else if (way.to === 'centre') expect(centres.find(({ code }) => code === way.centre)?.area).toBe(at[0]);
          else if (way.to === 'here') expect(at).toEqual([here.area]);
          else expect(way.why).toMatch(/^(unknown-address|several-places|no-centre)$/);
        }
    expect(routed).toBe(11 * items.length * addresses.length);
  });

  it('has 120 windows, each family at two centres or more, and people come as they are known to', () => {
    expect(centres.reduce((sum, { windows }) => sum + windows.length, 0)).toBeGreaterThanOrEqual(120);
    const weekdays = new Set([1, 2, 3, 4, 5]);
    const isWorked = (day: string) => weekdays.has(new Date(`${day}T00:00:00Z`).getUTCDay());
    const visits = sampleVisits({ seed: district.seed, centres, from: '2025-01-01', days: 365, isWorked });
    const total = visits.reduce((sum, { people }) => sum + people, 0);
    expect(total / 350_000).toBeGreaterThan(0.85);
    expect(total / 350_000).toBeLessThan(1.25);
    const mean = (of: (day: string) => boolean) => {
      const rows = visits.filter(({ day }) => of(day));
      return rows.reduce((sum, { people }) => sum + people, 0) / new Set(rows.map(({ day }) => day)).size;
    };
    const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
    expect(mean((day) => weekday(day) === 1)).toBeGreaterThan(1.2 * mean((day) => weekday(day) === 4));
    expect(mean((day) => day.startsWith('2025-12'))).toBeGreaterThan(1.1 * mean((day) => day.startsWith('2025-06')));
  });
});
