import { type Static, type TObject, Type } from 'typebox';
import type { FieldFault } from '#platform/kernel/errors.ts';
import type { ConnectorKind } from './feed.ts';

const short = Type.String({ minLength: 1, maxLength: 200 });
const host = Type.String({ minLength: 1, maxLength: 253, pattern: '^[A-Za-z0-9.:\\[\\]-]+$' });
const port = Type.Optional(Type.Integer({ minimum: 1, maximum: 65535 }));
const name = Type.String({ minLength: 1, maxLength: 63, pattern: '^[\\p{L}_][\\p{L}\\p{N}_$ -]*$' });
const format = Type.Optional(
  Type.Union([Type.Literal('csv'), Type.Literal('xlsx'), Type.Literal('json'), Type.Literal('geojson')]),
);
const table = {
  host,
  port,
  database: short,
  user: short,
  /** On unless it is `false`: for a source in a network of the building that cannot encrypt. */
  tls: Type.Optional(Type.Boolean()),
  table: Type.String({ minLength: 1, maxLength: 127 }),
  columns: Type.Array(name, { minItems: 1, maxItems: 200 }),
  watermark: name,
  key: Type.Array(name, { minItems: 1, maxItems: 8 }),
};
const strict = { additionalProperties: false };

/** Where a source is and what of it is read; secrets are not among it. */
export const FeedSettings: Record<ConnectorKind, TObject> = {
  push: Type.Object({}, strict),
  http: Type.Object({ url: Type.String({ maxLength: 1000, pattern: '^https?://' }), format }, strict),
  sftp: Type.Object(
    { host, port, user: short, path: short, hostKey: Type.String({ pattern: '^SHA256:[A-Za-z0-9+/]{43}$' }), format },
    strict,
  ),
  postgres: Type.Object(table, strict),
  mariadb: Type.Object(table, strict),
  mqtt: Type.Object(
    { url: Type.String({ maxLength: 300, pattern: '^mqtts?://' }), topic: short, user: Type.Optional(short) },
    strict,
  ),
};

export const ConnectorSchema = Type.Union([
  Type.Literal('push'),
  Type.Literal('http'),
  Type.Literal('sftp'),
  Type.Literal('postgres'),
  Type.Literal('mariadb'),
  Type.Literal('mqtt'),
]);
export type Connector = Static<typeof ConnectorSchema>;

/** The settings, by name, that a person must mend. */
export function pointersOf(faults: readonly FieldFault[]): FieldFault[] {
  return faults.map((fault) => ({ ...fault, pointer: `/settings${fault.pointer}` }));
}
