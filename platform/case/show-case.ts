import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { endedUnits } from '#platform/kernel/ended-units.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachedFiles } from '#platform/document/attach-document.ts';
import { PHOTO_KIND } from './act.ts';
import { CaseParams, rolesOf } from './act-route.ts';
import { findCase, lifeOf } from './case-row.ts';
import {
  ClassSchema,
  ClocksSchema,
  clocksOf,
  classOfRow,
  responsibleOf,
  TimelineEntry,
  timelineOf,
} from './case-view.ts';
import { actsFor } from './lifecycle.ts';
import { boundOutside } from './outside-limit.ts';
import { incidentCase } from './resources.ts';

const Names = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);

const ORPHANED: ReadonlySet<string> = new Set(['dispatched', 'handling', 'suspended']);

/** One case for who works on it (案件详情): where it stands, whom the table names, what the caller may do, and its timeline. Nothing of who reported. */
export const showCase = route({
  method: 'GET',
  path: '/api/incident/cases/:no',
  summary: { zh: '案件详情', en: 'One case' },
  allow: 'incident.case.read',
  params: CaseParams,
  reply: Type.Object({
    ...itemOf(incidentCase, [
      'no',
      'source',
      'class',
      'description',
      'lon',
      'lat',
      'address',
      'street',
      'committee',
      'cell',
      'part',
      'state',
      'unit',
      'returns',
      'reworks',
      'reports',
      'reportedAt',
      'closedAt',
    ]).properties,
    owner: MaybeText,
    keeper: MaybeText,
    flags: Type.Array(Type.String({ description: '存疑 / to look at' })),
    ruled: Type.Boolean(),
    complaint: Type.Boolean(),
    sample: Type.Boolean(),
    mergedInto: MaybeText,
    classFacts: Type.Union([ClassSchema, Type.Null()]),
    asked: Type.Union([
      Type.Object({
        kind: Type.Union([Type.Literal('suspend'), Type.Literal('extend')]),
        name: Type.String(),
        reason: Type.String(),
        document: Type.String(),
        until: MaybeText,
      }),
      Type.Null(),
    ]),
    ...ClocksSchema.properties,
    /** Whom the table names; null where it names nobody. */
    responsible: Type.Union([
      Type.Object({
        unit: Type.String(),
        place: Type.String(),
        /** The unit that the table names, where it was abolished: `unit` does its work now. */
        before: MaybeText,
      }),
      Type.Null(),
    ]),
    /** The unit that has it in hand was abolished: those that do its work now. */
    orphan: Type.Union([
      Type.Object({ successors: Type.Array(Type.Object({ code: Type.String(), name: Names })) }),
      Type.Null(),
    ]),
    acts: Type.Array(Type.String()),
    photos: Type.Array(Type.Object({ file: Type.String(), name: Type.String(), mediaType: Type.String() })),
    timeline: Type.Array(TimelineEntry),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { no: 'fixture:incident-to-accept' } },
    foreign: { as: 'street-clerk', params: { no: 'fixture:foreign-incident' } },
  },
  prepare: async ({ services, actor, params: { no } }) => ({
    ended: await endedUnits(services),
    bound: actor.post === 'unit-head' && (await boundOutside(services, no)),
  }),
  handler: async ({ db, actor, clock, params: { no }, prepared: { ended, bound } }) => {
    const row = await findCase(db, no);
    if (!row) throw NotFound.with();
    const now = clock.now();
    const into =
      row.mergedInto === null
        ? undefined
        : await db.first<{ no: string }>(sql`select no from incident.case_file where id = ${row.mergedInto}::uuid`);
    const responsible = await responsibleOf(db, row);
    const named = responsible && ended.get(responsible.unit);
    const orphan = row.unit === null || !ORPHANED.has(row.state) ? undefined : ended.get(row.unit);
    const acts = actsFor(lifeOf(row), { roles: rolesOf(actor, row), account: actor.account });
    const photos = await attachedFiles(db, { kind: PHOTO_KIND, subjects: [row.id] });
    return {
      no: row.no,
      source: row.source,
      class: row.class,
      description: row.description,
      lon: row.lon,
      lat: row.lat,
      address: row.address,
      street: row.street,
      committee: row.committee,
      cell: row.cell,
      part: row.part,
      state: row.state,
      unit: row.unit,
      returns: row.returns,
      reworks: row.reworks,
      reports: row.reports,
      reportedAt: row.reportedAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      owner: row.owner,
      keeper: row.keeper,
      flags: [...row.flags],
      ruled: row.ruled,
      complaint: row.complaint,
      sample: row.sample,
      mergedInto: into?.no ?? null,
      classFacts: (await classOfRow(db, row)) ?? null,
      asked: row.asked && {
        kind: row.asked.kind,
        name: row.asked.name,
        reason: row.asked.reason,
        document: row.asked.document,
        until: row.asked.until,
      },
      ...(await clocksOf(db, row, now)),
      responsible: responsible
        ? {
            unit: named?.successors[0]?.code ?? responsible.unit,
            place: responsible.place,
            before: named ? responsible.unit : null,
          }
        : null,
      orphan: orphan ? { successors: [...orphan.successors] } : null,
      // Passing on is for cases of a unit that was abolished only; more time than somebody outside gave is not the leader's to give.
      acts: acts.filter(
        (act) =>
          (act !== 'reassign' || orphan !== undefined) &&
          !(bound && row.asked?.kind === 'extend' && (act === 'allow' || act === 'deny')),
      ),
      photos: photos.map(({ file, name, mediaType }) => ({ file, name, mediaType })),
      timeline: await timelineOf(db, row.id),
    };
  },
});
