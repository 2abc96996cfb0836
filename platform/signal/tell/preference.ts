import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { accountsOf, type MessagingAccounts } from './accounts.ts';
import { type FreeKind, isFree, type Kind, KINDS, kindsFor, readLockedLevels, sayKind, unsubscribe } from './kinds.ts';
import { type Channel, CHANNELS } from './tell.ts';

/** Where somebody is reached besides the page. */
export type Contact = { email?: string; mobile?: string; openId?: string };
export const contactContext = (account: string): string => `signal:contact:${account}`;

const Time = Type.Union([Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }), Type.Null()]);
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const ChannelName = Type.Enum([...CHANNELS]);
const Wishes = {
  email: Type.Boolean(),
  sms: Type.Boolean(),
  wechat: Type.Boolean(),
  contact: Type.Object(
    {
      email: Type.Optional(Type.String({ pattern: '^[^\\s@<>"]{1,64}@[A-Za-z0-9.-]{1,200}$' })),
      mobile: Type.Optional(Type.String({ pattern: '^1[3-9]\\d{9}$' })),
      openId: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{10,64}$' })),
    },
    { additionalProperties: false },
  ),
  quietFrom: Time,
  quietTo: Time,
};
const Preferences = Type.Object({
  ...Wishes,
  /** Channels of which this installation has an account: what is chosen beside them waits until there is one. */
  available: Type.Object({ email: Type.Boolean(), sms: Type.Boolean(), wechat: Type.Boolean() }),
  kinds: Type.Array(
    Type.Object({
      kind: Type.String(),
      title: Words,
      text: Words,
      locked: Type.Union([Words, Type.Null()], { description: '不能退订的理由 / why it cannot be unsubscribed from' }),
      off: Type.Array(ChannelName, { description: '已退订的渠道 / channels unsubscribed from' }),
    }),
  ),
});
type View = {
  email: boolean;
  sms: boolean;
  wechat: boolean;
  contact: Contact;
  quietFrom: string | null;
  quietTo: string | null;
  available: Record<Channel, boolean>;
  kinds: {
    kind: Kind;
    title: { zh: string; en: string };
    text: { zh: string; en: string };
    locked: { zh: string; en: string } | null;
    off: Channel[];
  }[];
};
type Row = Omit<View, 'contact' | 'available' | 'kinds'> & { contact: string | null };

const availableOf = async (services: Services): Promise<View['available']> => {
  const accounts: MessagingAccounts = await accountsOf(services);
  return { email: !!accounts.smtp, sms: !!accounts.sms, wechat: !!accounts.wechat };
};
/** Officials stand in a unit; residents and agents of enterprises do not. */
const isOfficial = ({ unit }: Actor): boolean => unit !== undefined;

async function readPreferences(
  db: Db,
  of: { actor: Actor; services: Services; available: View['available'] },
): Promise<View> {
  const { actor, services, available } = of;
  const row = await db.first<Row>(sql`
    select email, sms, wechat, contact, to_char(quiet_from, 'HH24:MI') as "quietFrom", to_char(quiet_to, 'HH24:MI') as "quietTo" from signal.preference where account = ${actor.account}`);
  const offs = await db.rows<{ kind: FreeKind; channel: Channel }>(
    sql`select kind, channel from signal.unsubscribed where account = ${actor.account} order by kind, channel`,
  );
  const locked = await readLockedLevels(db, services.clock.now());
  const kinds = kindsFor(isOfficial(actor)).map((kind) => {
    const { title, text, reason } = sayKind(kind, { locked, official: isOfficial(actor) });
    return {
      kind,
      title,
      text,
      locked: reason,
      off: offs.filter((each) => each.kind === kind).map(({ channel }) => channel),
    };
  });
  if (!row)
    return { email: false, sms: false, wechat: false, contact: {}, quietFrom: null, quietTo: null, available, kinds };
  const contact: Contact =
    row.contact === null
      ? {}
      : (JSON.parse(services.keyring.open(row.contact as `s1.${string}`, contactContext(actor.account))) as Contact);
  return { ...row, contact, available, kinds };
}

/** How I want to be told (通知偏好): channels, quiet hours, and what I unsubscribed from; what cannot be is there with its reason. */
export const showPreferences = route({
  method: 'GET',
  path: '/api/signal/preferences',
  summary: { zh: '我的通知偏好', en: 'How I am told' },
  allow: 'signed-in',
  self: true,
  reply: Preferences,
  examples: { own: { as: 'citizen' } },
  prepare: ({ services }) => availableOf(services),
  handler: async ({ db, actor, services, prepared: available }) => readPreferences(db, { actor, services, available }),
});

/**
 * Changes it (修改通知偏好). A channel without an address is refused at the address; the page itself cannot be turned off, and a kind that has to reach people
 * is refused where somebody tries to unsubscribe from it. `off` is the whole of what is unsubscribed from; absent, it stays as it is.
 */
export const putPreferences = route({
  method: 'PUT',
  path: '/api/signal/preferences',
  summary: { zh: '修改通知偏好', en: 'Change how I am told' },
  allow: 'signed-in',
  self: true,
  body: Type.Object(
    {
      ...Wishes,
      off: Type.Optional(
        Type.Array(
          Type.Object({ kind: Type.Enum([...KINDS]), channel: ChannelName }, { additionalProperties: false }),
          { maxItems: KINDS.length * CHANNELS.length },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Preferences,
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'citizen',
      body: {
        email: true,
        sms: false,
        wechat: false,
        contact: { email: 'wei@mail.example' },
        quietFrom: '22:00',
        quietTo: '07:00',
        off: [{ kind: 'case', channel: 'sms' }],
      },
    },
  },
  prepare: ({ services }) => availableOf(services),
  handler: async ({ db, body, actor, services, prepared: available }) => {
    const { contact, quietFrom, quietTo, off } = body;
    const locked = await readLockedLevels(db, services.clock.now());
    const fields: FieldFault[] = [];
    const need = (on: boolean, value: string | undefined, pointer: string): void => {
      if (on && value === undefined)
        fields.push({
          pointer,
          rule: 'required',
          message: { zh: '选用这个渠道须填写地址', en: 'is needed for this channel' },
        });
    };
    need(body.email, contact.email, '/contact/email');
    need(body.sms, contact.mobile, '/contact/mobile');
    need(body.wechat, contact.openId, '/contact/openId');
    if ((quietFrom === null) !== (quietTo === null))
      fields.push({
        pointer: quietFrom === null ? '/quietFrom' : '/quietTo',
        rule: 'required',
        message: { zh: '免打扰须填写开始和结束时间', en: 'quiet hours need a beginning and an end' },
      });
    for (const [at, { kind }] of (off ?? []).entries()) {
      const { reason } = sayKind(kind, { locked, official: isOfficial(actor) });
      if (reason) fields.push({ pointer: `/off/${at}/kind`, rule: 'locked', message: reason });
    }
    if (fields.length > 0) throw InvalidInput.with({ fields });
    const sealed =
      Object.keys(contact).length === 0
        ? null
        : services.keyring.seal(JSON.stringify(contact), contactContext(actor.account));
    await db.run(sql`
      insert into signal.preference (account, contact, email, sms, wechat, quiet_from, quiet_to, changed_at)
      values (${actor.account}, ${sealed}::text, ${body.email}::boolean, ${body.sms}::boolean, ${body.wechat}::boolean, ${quietFrom}::time, ${quietTo}::time, kernel.now())
      on conflict (account) do update set contact = excluded.contact, email = excluded.email, sms = excluded.sms, wechat = excluded.wechat, quiet_from = excluded.quiet_from,
        quiet_to = excluded.quiet_to, changed_at = excluded.changed_at`);
    if (off !== undefined) await keepOff(db, actor.account, off);
    return readPreferences(db, { actor, services, available });
  },
});

/** Unsubscribes from what is named, and takes back the rest. What was unsubscribed before keeps its moment and its way. */
async function keepOff(db: Db, account: string, off: readonly { kind: Kind; channel: Channel }[]): Promise<void> {
  const named = off.flatMap(({ kind, channel }) => (isFree(kind) ? [{ kind, channel }] : []));
  await db.run(sql`
    delete from signal.unsubscribed where account = ${account} and kind || ' ' || channel <> all(${named.map(({ kind, channel }) => `${kind} ${channel}`)}::text[])`);
  for (const each of named) await unsubscribe(db, { account, ...each, way: 'page' });
}
