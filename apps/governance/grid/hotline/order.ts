import { type Static, Type } from 'typebox';
import type { FieldFault } from '#platform/kernel/errors.ts';

/** Kinds of demand (诉求类型): 求助, 投诉, 建议, 咨询, 表扬. */
export const KINDS = ['help', 'complaint', 'suggestion', 'consultation', 'praise'] as const;
export type Kind = (typeof KINDS)[number];
const KindSchema = Type.Union([
  Type.Literal('help'),
  Type.Literal('complaint'),
  Type.Literal('suggestion'),
  Type.Literal('consultation'),
  Type.Literal('praise'),
]);

export type OrderState = 'filed' | 'to-answer' | 'to-place' | 'outside' | 'answered' | 'handed-back';

/** Why an order is given back to the city (退单原因): 非本区、非职责、重复、信息不清、已进入法定程序. */
export const ReturnReason = Type.Union([
  Type.Literal('not-district'),
  Type.Literal('not-duty'),
  Type.Literal('duplicate'),
  Type.Literal('unclear'),
  Type.Literal('in-procedure'),
]);

export const ORDER_NO = '^[A-Z0-9][A-Z0-9-]{7,39}$';
const Moment = Type.String({ format: 'date-time' });

/** A work order (工单) as the city's hotline pushes it; a later push of the same number carries the whole order as it is then. */
export const PushedOrder = Type.Object(
  {
    no: Type.String({ pattern: ORDER_NO, description: '市热线工单编号' }),
    kind: KindSchema,
    title: Type.String({ minLength: 2, maxLength: 100 }),
    content: Type.String({ minLength: 2, maxLength: 2000 }),
    receivedAt: Moment,
    category: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: '市级诉求分类' })),
    class: Type.Optional(Type.String({ pattern: '^[PE][0-9]{4}$', description: '城市管理案件类别' })),
    address: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
    lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180, description: 'degrees, CGCS2000' })),
    lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
    confidential: Type.Boolean({ description: '来电人要求保密' }),
    caller: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
          phone: Type.Optional(Type.String({ pattern: '^[0-9+-]{7,20}$' })),
        },
        { additionalProperties: false },
      ),
    ),
    /** Files of the order (工单附件): they are fetched from the city. */
    attachments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Type.String({ pattern: '^[A-Za-z0-9-]{4,60}$' }),
            kind: Type.Union([Type.Literal('photo'), Type.Literal('recording'), Type.Literal('document')]),
            name: Type.String({ minLength: 1, maxLength: 120 }),
            /** At the city's own origin; a path is one below the address where it is told things. */
            url: Type.String({ pattern: '^(?:https?:/)?/[!-~]{3,500}$' }),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 20 },
      ),
    ),
    /** The city's own limits, where the order names them. */
    contactBy: Type.Optional(Moment),
    finishBy: Type.Optional(Moment),
  },
  { additionalProperties: false },
);
export type PushedOrder = Static<typeof PushedOrder>;

/** What the city heard when it called back (回访结果). */
export const PushedEvaluation = Type.Object(
  {
    no: Type.String({ pattern: ORDER_NO }),
    /** Number of the call: the same twice is one. */
    id: Type.String({ pattern: '^[A-Za-z0-9-]{4,60}$' }),
    at: Moment,
    solved: Type.Boolean(),
    satisfied: Type.Boolean(),
    opinion: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
  },
  { additionalProperties: false },
);
export type PushedEvaluation = Static<typeof PushedEvaluation>;

/** What the city says to more time that it was asked for (延期审批结果). */
export const PushedExtension = Type.Object(
  {
    no: Type.String({ pattern: ORDER_NO }),
    /** Number of the decision: the same twice is one. */
    id: Type.String({ pattern: '^[A-Za-z0-9-]{4,60}$' }),
    at: Moment,
    granted: Type.Boolean(),
    /** Where it is another day than was asked for. */
    until: Type.Optional(Moment),
    reason: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
  },
  { additionalProperties: false },
);
export type PushedExtension = Static<typeof PushedExtension>;

/** Clocks of two houses may differ so much. */
const SKEW_MS = 5 * 60_000;

/** What the schema cannot say of an order: pin whole or not at all, times in their order, none in the future. */
export function faultsOf(order: PushedOrder, now: Date): FieldFault[] {
  const faults: FieldFault[] = [];
  const fault = (pointer: string, rule: string, zh: string, en: string) =>
    faults.push({ pointer, rule, message: { zh, en } });
  if ((order.lon === undefined) !== (order.lat === undefined))
    fault(
      order.lon === undefined ? '/lon' : '/lat',
      'pin',
      '经度、纬度须同时提供',
      'longitude and latitude go together',
    );
  const received = Date.parse(order.receivedAt);
  if (received > now.getTime() + SKEW_MS) fault('/receivedAt', 'future', '受理时间晚于现在', 'lies in the future');
  for (const name of ['contactBy', 'finishBy'] as const)
    if (order[name] !== undefined && Date.parse(order[name]) <= received)
      fault(`/${name}`, 'order', '时限早于受理时间', 'is before the order was received');
  if (order.confidential && order.caller?.name !== undefined)
    fault('/caller/name', 'confidential', '来电人要求保密，不得提供姓名', 'the caller wants to stay unnamed');
  const seen = new Set<string>();
  for (const [n, { id, kind }] of (order.attachments ?? []).entries()) {
    if (seen.has(id)) fault(`/attachments/${n}/id`, 'unique', '附件编号重复', 'stands twice');
    seen.add(id);
    // A voice is known again.
    if (order.confidential && kind === 'recording')
      fault(`/attachments/${n}`, 'confidential', '来电人要求保密，不得提供录音', 'the caller wants to stay unnamed');
  }
  return faults;
}

/** Where the matter lies, as far as it is known. */
export type Placed = 'inside' | 'outside' | 'unknown';

/**
 * What becomes of an order (分流). Praise, and a question that is no problem of city management, are answered by a person and dispatched to nobody;
 * everything else is a case as soon as its place is known.
 */
export function routeOf(order: Pick<PushedOrder, 'kind' | 'class'>, placed: Placed): OrderState {
  if (order.kind === 'praise' || (order.kind === 'consultation' && order.class === undefined)) return 'to-answer';
  if (placed === 'outside') return 'outside';
  return placed === 'inside' ? 'filed' : 'to-place';
}

/** What a later push says that the earlier one did not (补充); undefined where nobody has to read it. */
export function supplementOf(
  before: { title: string; content: string; address: string | null },
  after: PushedOrder,
): string | undefined {
  const parts = [
    ...(after.content === before.content ? [] : [after.content]),
    ...(after.title === before.title ? [] : [`标题改为：${after.title}`]),
    ...(after.address === undefined || after.address === before.address ? [] : [`地址：${after.address}`]),
  ];
  return parts.length === 0 ? undefined : parts.join('\n').slice(0, 2000);
}

/** What the city is told of (回传状态), by the act on the case; acts that are not here stay inside. */
export const STATUS_OF_ACT: Readonly<Record<string, string>> = {
  accept: 'accepted',
  reject: 'refused',
  'ask-facts': 'facts-wanted',
  'answer-facts': 'accepted',
  merge: 'merged',
  establish: 'established',
  dispatch: 'dispatched',
  rule: 'dispatched',
  take: 'handling',
  feedback: 'handled',
  rework: 'handling',
  close: 'closed',
  cancel: 'refused',
  'call-back': 'called-back',
};
/** After these nothing more is to be done by the city's clock. */
export const FINAL_STATUS: ReadonlySet<string> = new Set(['closed', 'refused', 'answered', 'handed-back', 'outside']);

/**
 * Answers of the city that mean this message (拒收): it will not be taken however often it comes. That the city is busy, or does not know us (401, 403), is no fault
 * of one message.
 */
export function isRefusal(status: number): boolean {
  return status >= 400 && status <= 499 && !NOT_OF_THE_MESSAGE.has(status);
}
const NOT_OF_THE_MESSAGE: ReadonlySet<number> = new Set([401, 403, 407, 408, 421, 425, 429]);

const FIRST_WAIT_S = 5;
const LONGEST_WAIT_S = 900;

/** Seconds until a message that was not taken is tried again: twice as long each time, a quarter of an hour at most. */
export function waitAfter(tries: number): number {
  return Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** Math.min(Math.max(0, tries - 1), 20));
}
