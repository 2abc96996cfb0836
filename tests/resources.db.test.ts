import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '#platform/kernel/actor.ts';
import { schemaOf } from '#platform/kernel/app.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { columnOf, isPersonal, type ResourceField } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openHouse, type TestHouse } from '#platform/kernel/testing.ts';
import { manifests } from '../manifests.ts';

/** A resource and its table cannot drift apart: every field is a column of a type that holds the schema's values. */
const resources = createRegistry(manifests).modules.flatMap((module) =>
  (module.resources ?? []).map((resource) => ({ module, resource })),
);

let house: TestHouse;
beforeAll(async () => {
  house = await openHouse({ manifests, work: false });
});
afterAll(() => house?.close());

/** PostgreSQL types (pg_type.typname) that hold values of a JSON type. */
const HOLDS: Record<string, RegExp> = {
  string: /^(text|varchar|bpchar|uuid|date|timestamptz|timestamp|time|numeric|name)$/,
  integer: /^int[248]$/,
  number: /^(int[248]|float[48]|numeric)$/,
  boolean: /^bool$/,
  array: /^(_.*|jsonb|json)$/,
  object: /^(jsonb|json|geometry|geography)$/,
  geometry: /^(geometry|geography|jsonb|json)$/,
};

function jsonTypes(field: ResourceField): string[] {
  const read = (schema: Record<string, unknown>): string[] => {
    const branches = (schema.anyOf ?? schema.oneOf) as Record<string, unknown>[] | undefined;
    if (branches) return [...new Set(branches.flatMap(read))].filter((type) => type !== 'null');
    if ('const' in schema) return [typeof schema.const];
    if (Array.isArray(schema.enum)) return [...new Set(schema.enum.map((value) => typeof value as string))];
    return typeof schema.type === 'string' ? [schema.type] : [];
  };
  return read(field.schema as unknown as Record<string, unknown>);
}

it.each(resources.map(({ resource, module }) => [resource.id, resource, module] as const))(
  '%s agrees with its table',
  async (_id, resource, module) => {
    const columns = await house.services.database.tx(
      { module: module.id, actor: systemActor({ name: 'test' }) },
      (db) =>
        db.rows<{ name: string; type: string; secured: boolean }>(sql`
      select a.attname::text as name, t.typname::text as type, c.relrowsecurity as secured
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
      where n.nspname || '.' || c.relname = ${resource.table} and a.attnum > 0 and not a.attisdropped`),
    );
    expect(columns.length, `table ${resource.table}`).toBeGreaterThan(0);
    expect(resource.table.split('.')[0]).toBe(schemaOf(module.id));
    const byName = new Map(columns.map((column) => [column.name, column.type]));
    for (const [name, field] of Object.entries(resource.fields)) {
      const type = byName.get(columnOf(name, field));
      expect(type, `column ${columnOf(name, field)} of ${resource.table}`).toBeDefined();
      for (const json of jsonTypes(field)) {
        const rule = resource.geometry === name ? HOLDS.geometry : HOLDS[json];
        expect(type, `${resource.id}.${name} is a JSON ${json}`).toMatch(rule ?? /./);
      }
    }
    for (const named of [resource.scope?.field, resource.time, resource.geometry].filter((n) => n !== undefined)) {
      expect([...Object.keys(resource.fields), ...byName.keys()], `${resource.id} names ${named}`).toContain(named);
    }
    if (Object.values(resource.fields).some((field) => isPersonal(field.level))) {
      expect(
        Object.values(resource.fields).some((field) => field.subject),
        `${resource.id} holds personal data and marks no subject`,
      ).toBe(true);
    }
    // Whatever view it is read through: the catalogue measures the quality of all.
    const { measured } = await house.services.database.tx(
      { module: 'catalog', actor: systemActor({ name: 'test' }) },
      (db) =>
        db.one<{ measured: { rows: number } }>(
          sql`select share.measure(${resource.id}, '[]'::jsonb, 1000::bigint) as measured`,
        ),
    );
    expect(measured.rows).toBeGreaterThanOrEqual(0);
  },
);
