import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exactOrientation, orientation } from './orientation.ts';

const coordinate = fc.double({ min: -180, max: 180, noNaN: true });

it('agrees with whole-number arithmetic for any doubles', () => {
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 6, maxLength: 6 }), (values) => {
      const [ax, ay, bx, by, cx, cy] = values as [number, number, number, number, number, number];
      expect(orientation(ax, ay, bx, by, cx, cy)).toBe(exactOrientation(ax, ay, bx, by, cx, cy));
    }),
  );
});

it('tells the sides apart one unit in the last place from the line, where plain doubles answer zero', () => {
  const [ax, ay, bx, by] = [12, 12, 24, 24];
  expect(orientation(ax, ay, bx, by, 0.5, 0.5)).toBe(0);
  expect(orientation(ax, ay, bx, by, 0.5, 0.5 + 2 ** -53)).toBe(1);
  expect(orientation(ax, ay, bx, by, 0.5 + 2 ** -53, 0.5)).toBe(-1);
});

it('turns its answer when the line or two points are turned', () => {
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 6, maxLength: 6 }), (values) => {
      const [ax, ay, bx, by, cx, cy] = values as [number, number, number, number, number, number];
      expect(orientation(ax, ay, bx, by, cx, cy) + orientation(bx, by, ax, ay, cx, cy)).toBe(0);
      expect(orientation(ax, ay, bx, by, cx, cy)).toBe(orientation(bx, by, cx, cy, ax, ay));
    }),
  );
});
