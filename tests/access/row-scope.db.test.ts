import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import { schemaOf } from '#platform/kernel/app.ts';
import { ident, tableOf } from '#platform/kernel/db.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { columnOf, isPersonal } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { manifests } from '#manifests';
import { openSeededHouse, type SeededHouse } from '../fixture.ts';

/*
 * What a resource says of its rows (`scope`: by area or by unit) and what PostgreSQL lets through must be the same, for every
 * resource with personal data and any post: asked as the module's own request role, straight at the table.
 */
const protectedOnes = createRegistry(manifests).modules.flatMap((module) =>
  (module.resources ?? [])
    .filter((resource) => resource.scope && Object.values(resource.fields).some(({ level }) => isPersonal(level)))
    .map((resource) => ({ module, resource, scope: resource.scope! })),
);
const UNITS = ['civil-affairs', 'public-security', 'housing'];

let house: SeededHouse;
beforeAll(async () => {
  house = await openSeededHouse();
}, 300_000);
afterAll(() => house?.close());

it('there are such resources', () => expect(protectedOnes.length).toBeGreaterThan(1));

it.each(protectedOnes.map((one) => [one.resource.id, one] as const))(
  '%s: row security lets through exactly the rows of its scope',
  async (_id, { module, resource, scope }) => {
    const field = resource.fields[scope.field];
    const column = ident(field ? columnOf(scope.field, field) : scope.field);
    const key = ident(columnOf(resource.key, resource.fields[resource.key]!));
    const rowsFor = (actor: Actor) =>
      house.services.database.tx({ module: module.id, actor }, (db) =>
        db.rows<{ key: string; at: string | null }>(
          sql`select ${key}::text as key, ${column}::text as at from ${tableOf(resource.table)}`,
        ),
      );
    const all = await rowsFor(systemActor({ name: 'test', purpose: 'data-quality' }));
    expect(all.length, schemaOf(module.id)).toBeGreaterThan(5);
    const codes = [...new Set(all.flatMap(({ at }) => at ?? []))];
    const areas = [...new Set(codes.flatMap((code) => [code, code.slice(0, 9), code.slice(0, 6)])), '31', '999'];
    const someone = fc.record({
      area: fc.option(fc.constantFrom(...areas), { nil: undefined }),
      unit: fc.option(fc.constantFrom(...UNITS, ...codes.slice(0, 3)), { nil: undefined }),
      reach: fc.constantFrom('own' as const, 'own' as const, 'own' as const, 'district' as const),
      post: fc.constantFrom('street-clerk' as const, 'committee-worker' as const, 'data-officer' as const),
    });
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(someone, async (who) => {
        const actor: Actor = {
          kind: 'person',
          account: 'x',
          name: 'x',
          trace: crypto.randomUUID(),
          purpose: 'emergency',
          ...who,
        };
        const got = new Set((await rowsFor(actor)).map((row) => row.key));
        const wanted = all.filter(({ at }) => {
          if (who.reach === 'district') return true;
          if (at === null) return false;
          return scope.by === 'area' ? who.area !== undefined && at.startsWith(who.area) : at === who.unit;
        });
        expect(got).toEqual(new Set(wanted.map((row) => row.key)));
        if (who.reach === 'own') seen += wanted.length;
      }),
      { numRuns: 60 },
    );
    expect(seen).toBeGreaterThan(0);
  },
);
