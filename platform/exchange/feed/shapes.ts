import { Type } from 'typebox';
import { ConnectorSchema } from './settings.ts';

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const Said = Type.Object({ code: Type.String(), text: TextSchema });

export const FeedParams = Type.Object({ id: Type.String({ maxLength: 80 }) });
export const BatchParams = Type.Object({ id: Type.String({ maxLength: 80 }), seq: Type.Integer({ minimum: 1 }) });

/** A feed as the list shows it. */
export const FeedSchema = Type.Object({
  id: Type.String(),
  title: TextSchema,
  dataset: Type.String(),
  unit: Type.String(),
  connector: ConnectorSchema,
  mode: Type.Union([Type.Literal('increment'), Type.Literal('snapshot')]),
  cycleSeconds: Type.Integer(),
  badge: Type.String(),
  state: Type.Union([Type.Literal('active'), Type.Literal('paused'), Type.Literal('stopped')]),
  health: Type.String({ description: 'decide | stopped | gap | stale | down | late | new | paused | good' }),
  freshness: Type.String({ description: 'green | amber | red | none' }),
  appliedSeq: Type.Integer(),
  waiting: Type.Integer({ description: 'batches that wait for an earlier one' }),
  held: Type.Integer({ description: 'batches that wait for a person' }),
  failures: Type.Integer(),
  problem: Type.Optional(Said),
  lastError: Type.Optional(Said),
  dataAt: Type.Optional(Type.String()),
  checkedAt: Type.Optional(Type.String()),
  nextAt: Type.Optional(Type.String()),
  takers: Type.Integer(),
});

export const FeedBatchSchema = Type.Object({
  seq: Type.Integer(),
  state: Type.String({ description: 'waiting | applying | held | quarantined | stopped | applied | refused' }),
  rows: Type.Optional(Type.Integer()),
  digest: Type.String(),
  watermark: Type.Optional(Type.String()),
  import: Type.Optional(Type.String()),
  receivedAt: Type.String(),
  appliedAt: Type.Optional(Type.String()),
  problem: Type.Optional(Said),
  added: Type.Integer(),
  changed: Type.Integer(),
  removed: Type.Integer(),
  known: Type.Integer(),
  decidedBy: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
});

export const SubscriptionSchema = Type.Object({
  id: Type.String(),
  grant: Type.String(),
  taker: Type.String(),
  kind: Type.Union([Type.Literal('inbox'), Type.Literal('http')]),
  url: Type.Optional(Type.String()),
  state: Type.String(),
  sentSeq: Type.Integer(),
  lag: Type.Integer({ description: 'batches that have not been delivered yet' }),
  rows: Type.Integer(),
  failures: Type.Integer(),
  lastError: Type.Optional(Said),
  deliveredAt: Type.Optional(Type.String()),
  endedWhy: Type.Optional(TextSchema),
});

export const FeedDetail = Type.Object({
  feed: FeedSchema,
  settings: Type.Record(Type.String(), Type.Unknown()),
  hasCredential: Type.Boolean(),
  watermark: Type.Optional(Type.String()),
  batches: Type.Array(FeedBatchSchema),
  incidents: Type.Array(
    Type.Object({ kind: Type.String(), seq: Type.Optional(Type.Integer()), text: TextSchema, at: Type.String() }),
  ),
  subscriptions: Type.Array(SubscriptionSchema),
  grants: Type.Array(
    Type.Object({
      id: Type.String(),
      taker: Type.String(),
      resource: Type.String(),
      fields: Type.Array(Type.String()),
    }),
  ),
  mine: Type.Boolean(),
});
