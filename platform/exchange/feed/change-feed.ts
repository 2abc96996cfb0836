import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { type FeedRow, holdFeed, recordIncident } from './feed.ts';
import { assertFeed, FEED_FIELDS } from './register-feed.ts';
import { FeedParams } from './shapes.ts';

const CREDENTIAL_AGAIN: FieldFault = {
  pointer: '/credential',
  rule: 'required',
  message: {
    zh: '来源的位置变了：已保存的凭证不会发往别处，请重新填写',
    en: 'The source is somewhere else now: the kept credential does not go there, give it again',
  },
};

/**
 * Changes a feed (修改数据接口): where and how its source is read, what a batch holds, how often. Data set and number of the last batch
 * stay; another kind of source is read from its beginning.
 */
export const changeFeed = route({
  method: 'PUT',
  path: '/api/exchange/feeds/:id',
  summary: { zh: '修改数据接口', en: 'Change a feed' },
  allow: 'exchange.feed.manage',
  params: FeedParams,
  body: Type.Object(
    {
      ...FEED_FIELDS,
      credential: Type.Optional(
        Type.Union([Type.String({ minLength: 1, maxLength: 20_000 }), Type.Null()], {
          description: 'left out: as it is; null: none any more',
        }),
      ),
      reason: Type.String({ minLength: 2, maxLength: 500 }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String() }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture:feed' },
      body: { connector: 'push', settings: {}, mode: 'increment', cycleSeconds: 86_400, reason: '来源改为每日一次' },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'fixture:foreign-feed' },
      body: { connector: 'push', settings: {}, mode: 'increment', cycleSeconds: 86_400, reason: '来源改为每日一次' },
    },
  },
  handler: async ({ db, params, body, services }) => {
    const feed = await holdFeed(db, params.id);
    if (!feed) throw NotFound.with();
    assertFeed(body);
    const { connector, mode, cycleSeconds } = body;
    const other = connector !== feed.connector;
    const credential = credentialOf(feed, body, services);
    await db.run(sql`
      update exchange.feed set connector = ${connector}, settings = ${json(body.settings)}::text::jsonb, credential = ${credential}::text, mode = ${mode},
        cycle_seconds = ${cycleSeconds}::int, watermark = case when ${other}::boolean then null else watermark end,
        next_at = least(next_at, kernel.now() + ${cycleSeconds}::int * interval '1 second') where id = ${feed.id}`);
    await tell(db, feed, body);
    return { id: feed.id };
  },
});

type Change = {
  connector: FeedRow['connector'];
  settings: Record<string, unknown>;
  mode: string;
  cycleSeconds: number;
  credential?: string | null;
  reason: string;
};

/** Settings that say where a credential goes. */
const PLACE = ['url', 'host', 'port', 'user', 'tls', 'hostKey'] as const;

/** A kept credential never goes to another place than the one that it was given for. */
function credentialOf(feed: FeedRow, change: Change, services: Services): string | null {
  if (typeof change.credential === 'string') return services.keyring.seal(change.credential, `feed:${feed.id}`);
  if (change.credential === null || feed.credential === null) return null;
  const moved =
    change.connector !== feed.connector || PLACE.some((name) => change.settings[name] !== feed.settings[name]);
  if (moved) throw InvalidInput.with({ fields: [CREDENTIAL_AGAIN] });
  return feed.credential;
}

async function tell(db: Db, feed: FeedRow, change: Change): Promise<void> {
  const changed = [
    ...(change.connector === feed.connector ? [] : [{ zh: '取数方式', en: 'kind of source' }]),
    ...(json(change.settings) === json(feed.settings) ? [] : [{ zh: '来源设置', en: 'settings' }]),
    ...(change.credential === undefined ? [] : [{ zh: '凭证', en: 'credential' }]),
    ...(change.mode === feed.mode ? [] : [{ zh: '每批内容', en: 'what a batch holds' }]),
    ...(change.cycleSeconds === feed.cycle_seconds ? [] : [{ zh: '周期', en: 'cycle' }]),
  ];
  const what = {
    zh: changed.map(({ zh }) => zh).join('、') || '未变',
    en: changed.map(({ en }) => en).join(', ') || 'nothing',
  };
  await recordIncident(db, {
    feed,
    kind: 'changed',
    text: { zh: `已修改（${what.zh}）：${change.reason}`, en: `Changed (${what.en}): ${change.reason}` },
  });
}
