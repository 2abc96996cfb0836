import { type Static, Type } from 'typebox';

/*
 * A message of the Common Alerting Protocol (通用警报协议), OASIS CAP 1.2 §3.2. Names are those of the standard. What the schema of the standard cannot
 * say (§3.2 notes) is said by `messageFaults`.
 */
const Line = (most: number) => Type.String({ minLength: 1, maxLength: most });
/** §3.3.2: a time always carries its offset, never `Z`. */
const CapTime = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}[-+]\\d{2}:\\d{2}$' });
/** One of a closed list of the standard. */
export const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });
const closed = { additionalProperties: false };

export const STATUSES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export const SCOPES = ['Public', 'Restricted', 'Private'] as const;
export const CATEGORIES = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const;
export const RESPONSES = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const;
export const URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
export const CAP_SEVERITIES = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const;
export const CERTAINTIES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;

const Named = Type.Object({ valueName: Line(100), value: Line(500) }, closed);

/** Where it holds (§3.2.4): a name, and as many polygons, circles and codes as are needed. Coordinates are WGS 84, `lat,lon`. */
export const AreaSchema = Type.Object(
  {
    areaDesc: Line(500),
    /** Rings of [lat, lon]; the first point is the last one. */
    polygon: Type.Optional(
      Type.Array(Type.Array(Type.Tuple([Type.Number(), Type.Number()]), { minItems: 4, maxItems: 2_000 }), {
        maxItems: 100,
      }),
    ),
    /** Centre and radius in kilometres. */
    circle: Type.Optional(
      Type.Array(
        Type.Object(
          { lat: Type.Number(), lon: Type.Number(), radiusKm: Type.Number({ minimum: 0, maximum: 20_000 }) },
          closed,
        ),
        { maxItems: 100 },
      ),
    ),
    geocode: Type.Optional(Type.Array(Named, { maxItems: 500 })),
    altitude: Type.Optional(Type.Number()),
    ceiling: Type.Optional(Type.Number()),
  },
  closed,
);

export const ResourceSchema = Type.Object(
  {
    resourceDesc: Line(200),
    mimeType: Line(100),
    size: Type.Optional(Type.Integer({ minimum: 0 })),
    uri: Type.Optional(Line(2_000)),
    digest: Type.Optional(Type.String({ pattern: '^[0-9a-f]{40}$' })),
  },
  closed,
);

/** What is said in one language (§3.2.2). */
export const InfoSchema = Type.Object(
  {
    language: Type.Optional(Type.String({ pattern: '^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$' })),
    category: Type.Array(oneOf(CATEGORIES), { minItems: 1, maxItems: 12 }),
    event: Line(200),
    responseType: Type.Optional(Type.Array(oneOf(RESPONSES), { maxItems: 9 })),
    urgency: oneOf(URGENCIES),
    severity: oneOf(CAP_SEVERITIES),
    certainty: oneOf(CERTAINTIES),
    audience: Type.Optional(Line(2_000)),
    eventCode: Type.Optional(Type.Array(Named, { maxItems: 20 })),
    effective: Type.Optional(CapTime),
    onset: Type.Optional(CapTime),
    expires: Type.Optional(CapTime),
    senderName: Type.Optional(Line(200)),
    /** 160 characters are a wish of the standard: what others send longer is not refused. Ours keep to it (`draft-warning.ts`). */
    headline: Type.Optional(Line(500)),
    description: Type.Optional(Line(20_000)),
    instruction: Type.Optional(Line(20_000)),
    web: Type.Optional(Line(2_000)),
    contact: Type.Optional(Line(500)),
    parameter: Type.Optional(Type.Array(Named, { maxItems: 200 })),
    resource: Type.Optional(Type.Array(ResourceSchema, { maxItems: 20 })),
    area: Type.Optional(Type.Array(AreaSchema, { maxItems: 100 })),
  },
  closed,
);

/** Of the message that this one changes or ends: sender, identifier and sent (§3.2.1 references). */
export const ReferenceSchema = Type.Object({ sender: Line(200), identifier: Line(200), sent: CapTime }, closed);

export const MessageSchema = Type.Object(
  {
    identifier: Type.String({ pattern: '^[^\\s,<&]{1,200}$' }),
    sender: Type.String({ pattern: '^[^\\s,<&]{1,200}$' }),
    sent: CapTime,
    status: oneOf(STATUSES),
    msgType: oneOf(['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const),
    source: Type.Optional(Line(200)),
    scope: oneOf(SCOPES),
    restriction: Type.Optional(Line(500)),
    addresses: Type.Optional(Type.Array(Line(200), { maxItems: 200 })),
    code: Type.Optional(Type.Array(Line(200), { maxItems: 50 })),
    note: Type.Optional(Line(10_000)),
    references: Type.Optional(Type.Array(ReferenceSchema, { maxItems: 100 })),
    incidents: Type.Optional(Type.Array(Line(200), { maxItems: 50 })),
    info: Type.Array(InfoSchema, { maxItems: 20 }),
  },
  closed,
);
export type CapArea = Static<typeof AreaSchema>;
export type CapInfo = Static<typeof InfoSchema>;
export type CapMessage = Static<typeof MessageSchema>;

export type CapFault = { pointer: string; zh: string; en: string };

/** What the standard asks for in words and its schema cannot check. Empty = it may be sent. */
export function messageFaults(message: CapMessage): CapFault[] {
  const faults: CapFault[] = [];
  const say = (pointer: string, zh: string, en: string): void => void faults.push({ pointer, zh, en });
  const { msgType, scope, references = [], info, sent } = message;
  if (!isTime(sent)) say('/sent', '不是有效的时间', 'is no time');
  if (/^(Update|Cancel|Ack|Error)$/.test(msgType) && references.length === 0)
    say('/references', '更新或取消须指明原消息', 'an update or a cancel names the message that it is about');
  if (scope === 'Restricted' && message.restriction === undefined)
    say('/restriction', '限制范围须写明限制条件', 'a restricted message says to whom it is restricted');
  if (scope === 'Private' && (message.addresses ?? []).length === 0)
    say('/addresses', '专送消息须写明收件人', 'a private message names who gets it');
  if (/^(Alert|Update)$/.test(msgType) && info.length === 0) say('/info', '预警须有内容', 'an alert says something');
  for (const [at, one] of info.entries()) faults.push(...infoFaults(one, `/info/${at}`));
  return faults;
}

function infoFaults(info: CapInfo, base: string): CapFault[] {
  const faults: CapFault[] = [];
  const { effective, onset, expires, area = [] } = info;
  for (const [name, time] of Object.entries({ effective, onset, expires }))
    if (time !== undefined && !isTime(time))
      faults.push({ pointer: `${base}/${name}`, zh: '不是有效的时间', en: 'is no time' });
  // What is said may expire before what it warns of begins: weather services renew it until then.
  if (effective !== undefined && expires !== undefined && Date.parse(expires) <= Date.parse(effective))
    faults.push({ pointer: `${base}/expires`, zh: '失效时间须在开始之后', en: 'must be after it begins' });
  if (info.web !== undefined && !URL.canParse(info.web))
    faults.push({ pointer: `${base}/web`, zh: '须是完整的网址', en: 'must be a whole address' });
  for (const [at, one] of area.entries()) {
    const place = `${base}/area/${at}`;
    for (const [ring, points] of (one.polygon ?? []).entries()) {
      const last = points.at(-1);
      if (points[0]?.[0] !== last?.[0] || points[0]?.[1] !== last?.[1])
        faults.push({
          pointer: `${place}/polygon/${ring}`,
          zh: '多边形须首尾相接',
          en: 'the first point must be the last one',
        });
      if (points.some(([lat, lon]) => !onEarth(lat, lon)))
        faults.push({
          pointer: `${place}/polygon/${ring}`,
          zh: '坐标须为“纬度,经度”',
          en: 'coordinates are latitude, longitude',
        });
    }
    for (const [n, { lat, lon }] of (one.circle ?? []).entries())
      if (!onEarth(lat, lon))
        faults.push({
          pointer: `${place}/circle/${n}`,
          zh: '坐标须为“纬度,经度”',
          en: 'coordinates are latitude, longitude',
        });
    if (one.ceiling !== undefined && one.altitude === undefined)
      faults.push({ pointer: `${place}/altitude`, zh: '有上限高度时须有下限高度', en: 'a ceiling needs an altitude' });
  }
  return faults;
}

const onEarth = (lat: number, lon: number): boolean => Math.abs(lat) <= 90 && Math.abs(lon) <= 180;

/** A day and a time that exist: 02-30 and 24:01 do not. */
function isTime(text: string): boolean {
  const [day = '', clock = ''] = [text.slice(0, 10), text.slice(11, 19)];
  const date = new Date(`${day}T${clock}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === `${day}T${clock}`;
}

/** A time as CAP writes it, in the district's own offset. */
export function capTime(at: Date): string {
  return `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
