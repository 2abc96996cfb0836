import { type Static, Type } from 'typebox';

/** Longest paper delay: an order may bear a date this far back; rights that were used are never changed afterwards. */
export const MOST_HOURS_BACK = 24;
export const MOST_UNITS = 20;

const Uuid = Type.String({ format: 'uuid' });
const Account = Type.String({ pattern: '^[a-z][a-z0-9.-]{2,40}$' });
const Code = Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' });
const Name = Type.String({ minLength: 2, maxLength: 80 });
const NameEn = Type.String({ minLength: 2, maxLength: 160 });
const closed = { additionalProperties: false } as const;

/** What an order (调动令) says; `kind` makes the difference. */
export const OrderBody = Type.Union([
  // 调任: the person leaves every post and takes another.
  Type.Object({ kind: Type.Literal('move'), account: Account, post: Uuid }, closed),
  // 代理: besides the own posts, until a date.
  Type.Object(
    { kind: Type.Literal('acting'), account: Account, post: Uuid, until: Type.String({ format: 'date-time' }) },
    closed,
  ),
  // 离任: the person leaves every post.
  Type.Object({ kind: Type.Literal('leave'), account: Account }, closed),
  // 更名.
  Type.Object({ kind: Type.Literal('rename'), unit: Code, name: Name, nameEn: NameEn }, closed),
  // 合并: units end, another one takes over their posts and what is below them.
  Type.Object(
    { kind: Type.Literal('merge'), units: Type.Array(Code, { minItems: 1, maxItems: MOST_UNITS }), into: Code },
    closed,
  ),
  // 分设: a unit ends, several take over; each post is given to one of them.
  Type.Object(
    {
      kind: Type.Literal('split'),
      unit: Code,
      into: Type.Array(Type.Object({ code: Code, name: Name, nameEn: NameEn }, closed), {
        minItems: 2,
        maxItems: MOST_UNITS,
      }),
      posts: Type.Record(Uuid, Code),
    },
    closed,
  ),
  // 撤销: a unit ends with its posts.
  Type.Object({ kind: Type.Literal('abolish'), unit: Code }, closed),
]);
export type OrderBody = Static<typeof OrderBody>;
export type OrderKind = OrderBody['kind'];
export const OrderKindSchema = Type.Union([
  Type.Literal('move'),
  Type.Literal('acting'),
  Type.Literal('leave'),
  Type.Literal('rename'),
  Type.Literal('merge'),
  Type.Literal('split'),
  Type.Literal('abolish'),
]);

export const ORDER_TITLES: Record<OrderKind, { zh: string; en: string }> = {
  move: { zh: '调任', en: 'Transfer' },
  acting: { zh: '代理', en: 'Acting' },
  leave: { zh: '离任', en: 'Leaving' },
  rename: { zh: '机构更名', en: 'Renaming' },
  merge: { zh: '机构合并', en: 'Merger' },
  split: { zh: '机构分设', en: 'Division' },
  abolish: { zh: '机构撤销', en: 'Abolition' },
};
