import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Where somebody is reached besides the page. */
export type Contact = { email?: string; mobile?: string; openId?: string };
export const contactContext = (account: string): string => `signal:contact:${account}`;

const Time = Type.Union([Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }), Type.Null()]);
const Preferences = Type.Object(
  {
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
  },
  { additionalProperties: false },
);

type Row = {
  email: boolean;
  sms: boolean;
  wechat: boolean;
  contact: string | null;
  quietFrom: string | null;
  quietTo: string | null;
};

/** How I want to be told (通知偏好). */
export const showPreferences = route({
  method: 'GET',
  path: '/api/signal/preferences',
  summary: { zh: '我的通知偏好', en: 'How I am told' },
  allow: 'signed-in',
  self: true,
  reply: Preferences,
  examples: { own: { as: 'citizen' } },
  handler: async ({ db, actor, services }) => {
    const row = await db.first<Row>(sql`
      select email, sms, wechat, contact, to_char(quiet_from, 'HH24:MI') as "quietFrom", to_char(quiet_to, 'HH24:MI') as "quietTo" from signal.preference where account = ${actor.account}`);
    if (!row) return { email: false, sms: false, wechat: false, contact: {}, quietFrom: null, quietTo: null };
    const contact: Contact =
      row.contact === null
        ? {}
        : (JSON.parse(services.keyring.open(row.contact as `s1.${string}`, contactContext(actor.account))) as Contact);
    return { ...row, contact };
  },
});

/** Changes it (修改通知偏好). A channel without an address is refused at the address; the page itself cannot be turned off. */
export const putPreferences = route({
  method: 'PUT',
  path: '/api/signal/preferences',
  summary: { zh: '修改通知偏好', en: 'Change how I am told' },
  allow: 'signed-in',
  self: true,
  body: Preferences,
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
      },
    },
  },
  handler: async ({ db, body, actor, services }) => {
    const { contact, quietFrom, quietTo } = body;
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
    return body;
  },
});
