import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route } from '#platform/kernel/app.ts';
import { type FieldFault, InvalidInput } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { Files } from './act-route.ts';
import { classesAt, OTHER_EVENT } from './classes.ts';
import { metresBetween } from './duplicates.ts';
import { TooManyReports } from './errors.ts';
import { fileReport, type Report } from './file-report.ts';
import { photoDoubts } from './photo-doubts.ts';
import { keepOutside } from './outside-reports.ts';
import { askAround } from './ask-around.ts';
import { PartSchema, partView } from './parts-near.ts';

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
    flags: Type.Array(Type.String()),
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
  prepare: async ({ body, services }) => {
    const locator = await openAreaLocator(services);
    const known = await askAround(services, body);
    const at = known.part ?? body;
    return { ...known, where: locator.whereabouts(body.lon, body.lat), ofPart: locator.whereabouts(at.lon, at.lat) };
  },
  handler: async ({ db, actor, services, clock, body, prepared }) => {
    const now = clock.now();
    const limits = await amountsAt(
      db,
      {
        metres: { id: 'incident.place.accuracy', unit: 'metre' },
        farPart: { id: 'incident.part.far', unit: 'metre' },
        most: { id: 'incident.report.most', unit: 'report' },
        hours: { id: 'incident.photo.age', unit: 'hour' },
        far: { id: 'incident.photo.distance', unit: 'metre' },
      },
      now,
    );
    const { part, proposed } = prepared;
    const code = body.class ?? part?.classes[0] ?? proposed ?? OTHER_EVENT;
    const faults: FieldFault[] = [];
    if ((await classesAt(db, now, code)).length === 0) faults.push(unknownClass);
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
    const account =
      body.anonymous === true ? services.keyring.lookup('incident.anonymous', actor.account) : actor.account;
    const { n } = await db.one<{ n: number }>(
      sql`select incident.reports_since(${account}, ${new Date(now.getTime() - HOUR_MS)}::timestamptz) as n`,
    );
    if (n >= limits.most) throw TooManyReports.with();
    if (!prepared.where) {
      const kept = await keepOutside({ db, services, now, account, report: body });
      return { ...kept, street: '', class: code, parts: [], flags: ['outside'] };
    }
    // The register knows where a part stands better than a phone does, unless the two speak of different places.
    const near = part !== undefined && metresBetween(part, body) <= limits.farPart && prepared.ofPart !== null;
    const where = near && prepared.ofPart ? prepared.ofPart : prepared.where;
    const flags = [
      ...(prepared.missing ? ['part-unknown'] : []),
      ...(part && !near ? ['part-far'] : []),
      ...(code === OTHER_EVENT && body.class === undefined ? ['class-open'] : []),
    ];
    const report: Report = {
      clientId: body.clientId,
      source: sourceOf(actor, body.source),
      class: code,
      text: body.text,
      lon: near ? part.lon : body.lon,
      lat: near ? part.lat : body.lat,
      address: body.address,
      part: body.part,
      owner: part?.owner ?? null,
      keeper: part?.keeper ?? null,
      flags,
      picture: body.picture,
      files: body.files,
      reporter: {
        account,
        person: body.anonymous === true || actor.post !== 'citizen' ? null : (actor.person ?? null),
        entity: body.anonymous === true || actor.post !== 'enterprise-agent' ? null : (actor.entity ?? null),
        contact: body.anonymous === true ? null : (body.contact ?? null),
      },
    };
    const made = await fileReport({ db, services, now, where, report });
    return {
      id: made.report,
      no: made.no,
      token: made.token,
      state: made.state,
      reportedAt: made.reportedAt.toISOString(),
      street: where.street.name,
      class: code,
      parts: prepared.near.map(partView),
      flags,
    };
  },
});

const HOUR_MS = 3_600_000;

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
