import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { deviceNote } from '#platform/calendar/device-skew.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { Files } from './act-route.ts';
import { classesAt } from './classes.ts';
import { TooManyReports } from './errors.ts';
import type { Report } from './file-report.ts';
import { PartSchema, partView } from './parts-near.ts';
import { photoDoubts } from './photo-doubts.ts';
import { anonymousKey, sendersOf } from './report-gate.ts';
import { classOf, lookAround, takeReport } from './take-report.ts';

const Body = Type.Object(
  {
    clientId: Type.String({ format: 'uuid', description: '由上报端生成 / made by the sender' }),
    class: Type.Optional(Type.String({ pattern: '^[PE][0-9]{4}$' })),
    text: Type.String({ minLength: 2, maxLength: 2000 }),
    lon: Type.Number({ minimum: -180, maximum: 180, description: 'degrees, CGCS2000' }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    /** Metres that the phone gives; above the limit a person has to confirm the pin. */
    accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
    pinConfirmed: Type.Optional(Type.Boolean()),
    address: Type.Optional(Type.String({ minLength: 2, maxLength: 200 })),
    part: Type.Optional(Type.String({ pattern: '^[0-9]{16}$', description: '部件代码' })),
    picture: Type.Optional(Type.String({ pattern: '^[0-9a-f]{16}$', description: '照片指纹 / difference hash' })),
    files: Type.Optional(Files),
    /** The sender was asked: the photos do show this place, now. */
    photosConfirmed: Type.Optional(Type.Boolean()),
    /** Nothing is kept of who it was but a keyed digest against floods; nobody can be told either. */
    anonymous: Type.Optional(Type.Boolean()),
    contact: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
          phone: Type.Optional(Type.String({ pattern: '^[0-9+-]{7,20}$' })),
        },
        { additionalProperties: false },
      ),
    ),
    /** Of an official: who called, or what they do. */
    source: Type.Optional(Type.Union([Type.Literal('grid'), Type.Literal('hotline'), Type.Literal('patrol')])),
  },
  { additionalProperties: false },
);

/** Reports a problem (上报): a citizen with photo and pin, a supervisor on the beat, an operator for who calls. */
export const reportCase = route({
  method: 'POST',
  path: '/api/incident/reports',
  summary: { zh: '上报问题', en: 'Report a problem' },
  allow: 'incident.report',
  body: Body,
  reply: Type.Object({
    id: Type.String({ format: 'uuid' }),
    no: Type.String({ description: '案件编号' }),
    token: Type.String({ description: '匿名查询凭证 / token to ask with' }),
    state: Type.String(),
    reportedAt: Type.String({ format: 'date-time' }),
    street: Type.String({ description: '区外为空 / empty outside the district' }),
    class: Type.String(),
    /** Parts that may be meant (附近部件), where the report names none. */
    parts: Type.Array(PartSchema),
    /** `held`: taken, and waits for a person, since many came from one sender; `outside`: kept for the neighbour district. */
    flags: Type.Array(Type.String()),
    neighbour: Type.Union([Type.Object({ zh: Type.String(), en: Type.String() }), Type.Null()], {
      description: '区外位置所在的邻区 / the neighbour that it is offered to',
    }),
  }),
  status: 201,
  errors: [InvalidInput, TooManyReports, FileGone],
  examples: {
    own: {
      as: 'citizen',
      body: {
        clientId: '019a0000-0000-7000-8000-00000000c311',
        class: 'P0101',
        text: '雁荡路口井盖没有了',
        lon: 121.468,
        lat: 31.2185,
      },
    },
  },
  prepare: ({ body, services }) => lookAround(services, body),
  handler: async ({ db, actor, services, clock, body, prepared: around, device }) => {
    const now = clock.now();
    const limits = await amountsAt(
      db,
      {
        metres: { id: 'incident.place.accuracy', unit: 'metre' },
        hours: { id: 'incident.photo.age', unit: 'hour' },
        far: { id: 'incident.photo.distance', unit: 'metre' },
      },
      now,
    );
    const faults: FieldFault[] = [];
    if ((await classesAt(db, now, classOf(body, around))).length === 0) faults.push(unknownClass);
    if ((body.accuracy ?? 0) > limits.metres && body.pinConfirmed !== true) faults.push(unsure(limits.metres));
    const doubts = await photoDoubts(db, {
      files: body.files ?? [],
      pin: body,
      now,
      hours: limits.hours,
      far: limits.far,
    });
    if (body.photosConfirmed !== true) faults.push(...doubts);
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    const hidden = body.anonymous === true;
    const taken = await takeReport({
      db,
      services,
      now,
      around,
      senders: sendersOf(services, actor.account),
      given: {
        clientId: body.clientId,
        source: sourceOf(actor, body.source),
        class: body.class,
        text: body.text,
        lon: body.lon,
        lat: body.lat,
        address: body.address,
        part: body.part,
        picture: body.picture,
        files: body.files,
        device,
        noted: await deviceNote(db, device, now),
        reporter: {
          account: hidden ? anonymousKey(services, actor.account) : actor.account,
          person: hidden || actor.post !== 'citizen' ? null : (actor.person ?? null),
          entity: hidden || actor.post !== 'enterprise-agent' ? null : (actor.entity ?? null),
          contact: hidden ? null : (body.contact ?? null),
        },
      },
    });
    return { ...taken, parts: taken.flags.includes('outside') ? [] : around.near.map(partView) };
  },
});

/** A citizen reports as a citizen, whatever the body says; an official on the beat unless somebody called. */
function sourceOf(actor: Actor, asked: 'grid' | 'hotline' | 'patrol' | undefined): Report['source'] {
  return actor.unit === undefined ? 'citizen' : (asked ?? 'grid');
}

const unknownClass: FieldFault = {
  pointer: '/class',
  rule: 'class',
  message: { zh: '没有这个类别', en: 'is no class' },
};
const unsure = (metres: number): FieldFault => ({
  pointer: '/pinConfirmed',
  rule: 'accuracy',
  message: {
    zh: `定位误差超过 ${metres} 米，请在地图上确认位置`,
    en: `the position is less sure than ${metres} m: confirm it on the map`,
  },
});
