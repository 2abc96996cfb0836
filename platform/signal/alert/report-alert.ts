import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { decide } from '#platform/rulebook/decide.ts';
import { levelOfColour } from './alert-record.ts';
import { AlertSchema, readAlerts } from './alert-view.ts';
import { raiseAll } from './raise.ts';
import { readSettings } from './settings.ts';

/** The decision that levels what has no rule of its own. */
export const LEVEL_DECISION = 'signal.alert-level';
const Degrees = (most: number) => Type.Optional(Type.Number({ minimum: -most, maximum: most }));

/** Raises an alert by hand (人工上报预警): what somebody on duty has heard of. The level follows from how grave it is, by the same decision. */
export const reportAlert = route({
  method: 'POST',
  path: '/api/signal/alerts',
  summary: { zh: '人工上报预警', en: 'Report an alert' },
  allow: 'signal.alert.act',
  body: Type.Object(
    {
      title: Type.String({ minLength: 2, maxLength: 80 }),
      kind: Type.String({ pattern: '^[a-z][a-z0-9-]{1,40}$' }),
      severity: Type.Union([
        Type.Literal('minor'),
        Type.Literal('moderate'),
        Type.Literal('severe'),
        Type.Literal('extreme'),
      ]),
      note: Type.Optional(Type.String({ maxLength: 1000 })),
      lon: Degrees(180),
      lat: Degrees(90),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: AlertSchema,
  errors: [InvalidInput],
  examples: {
    own: {
      as: 'duty-officer',
      body: { title: '外滩观景平台栏杆松动', kind: 'facility', severity: 'moderate', lon: 121.49, lat: 31.24 },
    },
  },
  handler: async ({ db, body, actor, clock }) => {
    const { lon, lat } = body;
    if ((lon === undefined) !== (lat === undefined))
      throw InvalidInput.with({
        fields: [
          {
            pointer: lon === undefined ? '/lon' : '/lat',
            rule: 'required',
            message: { zh: '经度和纬度须同时填写', en: 'longitude and latitude are needed together' },
          },
        ],
      });
    const decided = await decide(db, { decision: LEVEL_DECISION, input: { severity: body.severity, excess: 1 } });
    const [id] = await raiseAll(
      db,
      [
        {
          kind: body.kind,
          source: `person:${actor.account}`,
          subject: body.title,
          title: { zh: body.title, en: body.title },
          level: levelOfColour(String(decided.value)),
          decided: { entry: decided.entry, version: decided.version },
          unit: actor.unit ?? '',
          place: lon === undefined || lat === undefined ? undefined : { lon, lat },
          note: body.note,
        },
      ],
      await readSettings(db, clock.now()),
    );
    const [view] = await readAlerts(db, sql`where id = ${id as string}::uuid`);
    if (!view) throw new Error('an alert was raised out of its own unit');
    return view;
  },
});
