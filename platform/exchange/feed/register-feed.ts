import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { validator } from '#platform/kernel/validate.ts';
import { ownDataset } from '../send-import.ts';
import { type Connector, ConnectorSchema, FeedSettings, pointersOf } from './settings.ts';

export const FeedExists = domainError({
  code: 'FEED_EXISTS',
  status: 409,
  title: { zh: '编号或数据集已有接口', en: 'There is a feed with this name or for this data set' },
  action: { zh: '请换一个编号，或在原接口上修改。', en: 'Choose another name, or change the feed that is there.' },
});

/** What may be changed later. */
export const FEED_FIELDS = {
  connector: ConnectorSchema,
  settings: Type.Record(Type.String({ maxLength: 40 }), Type.Unknown()),
  mode: Type.Union([Type.Literal('increment'), Type.Literal('snapshot')]),
  cycleSeconds: Type.Integer({ minimum: 1, maximum: 40_000_000 }),
};
const Body = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,80}$' }),
    dataset: Type.String({ maxLength: 80 }),
    ...FEED_FIELDS,
    credential: Type.Optional(Type.String({ maxLength: 20_000 })),
  },
  { additionalProperties: false },
);

/** What is read after a watermark never holds all records. */
const AFTER_MARK: ReadonlySet<Connector> = new Set(['postgres', 'mariadb', 'mqtt']);
const NO_SNAPSHOT: FieldFault = {
  pointer: '/mode',
  rule: 'mode',
  message: { zh: '该来源按水位读取，只能是增量', en: 'This source is read after a watermark: increments only' },
};

/** Registers a feed (登记数据接口) for a data set of the caller's unit; the first reading is due at once. */
export const registerFeed = route({
  method: 'POST',
  path: '/api/exchange/feeds',
  summary: { zh: '登记数据接口', en: 'Register a feed' },
  allow: 'exchange.feed.manage',
  body: Body,
  status: 201,
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, FeedExists, InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      body: {
        id: 'fixture-registered',
        dataset: 'civil-affairs-household',
        connector: 'push',
        settings: {},
        mode: 'increment',
        cycleSeconds: 86_400,
      },
    },
    foreign: {
      as: 'data-officer',
      body: {
        id: 'fixture-foreign',
        dataset: 'tax-registration',
        connector: 'push',
        settings: {},
        mode: 'increment',
        cycleSeconds: 60,
      },
    },
  },
  handler: async ({ db, actor, body, services }) => {
    const dataset = await ownDataset(db, actor, body.dataset);
    assertFeed(body);
    const credential = body.credential ? services.keyring.seal(body.credential, `feed:${body.id}`) : undefined;
    const made = await putFeed(db, { ...body, unit: dataset.unit, credential });
    if (!made) throw FeedExists.with();
    return { id: body.id };
  },
});

/** Refuses settings that the kind of source does not have, and snapshots of what gives none. */
export function assertFeed(feed: { connector: Connector; settings: Record<string, unknown>; mode: string }): void {
  const checked = validator(FeedSettings[feed.connector], { convert: false }).check(feed.settings);
  if (checked.faults.length > 0) throw InvalidInput.with({ fields: pointersOf(checked.faults) });
  if (feed.mode === 'snapshot' && AFTER_MARK.has(feed.connector)) throw InvalidInput.with({ fields: [NO_SNAPSHOT] });
}

/** Writes the row; false where name or data set is taken. */
export async function putFeed(
  db: Db,
  feed: {
    id: string;
    dataset: string;
    unit: string;
    connector: Connector;
    settings: Record<string, unknown>;
    credential?: string;
    mode: 'increment' | 'snapshot';
    cycleSeconds: number;
    title?: Text;
  },
): Promise<boolean> {
  const made = await db.run(sql`
    insert into exchange.feed (id, dataset, unit, title, connector, settings, credential, mode, cycle_seconds, badge, created_by)
    select ${feed.id}, d.id, ${feed.unit}, coalesce(${feed.title ? json(feed.title) : null}::text::jsonb, d.title), ${feed.connector}, ${json(feed.settings)}::text::jsonb,
      ${feed.credential ?? null}::text, ${feed.mode}, ${feed.cycleSeconds}::int, d.badge, ${db.actor.account}
    from exchange.dataset d where d.id = ${feed.dataset}
    on conflict do nothing`);
  return made > 0;
}
