import { Type } from 'typebox';
import { sql } from '#platform/kernel/sql.ts';
import { actRoute, Files, Words } from './act-route.ts';

const SUPERVISE = { allow: 'incident.case.verify', as: 'committee-worker', role: 'supervisor' } as const;
const CENTRE = { allow: 'incident.case.centre', as: 'duty-officer', role: 'centre', wide: true } as const;
/** At least one: what is verified was looked at, on site, and anew. */
const NewPhotos = Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 9 });

/** A supervisor has looked on site (核查通过), never who handled it, with a new photo. */
export const verifyCase = actRoute({
  ...SUPERVISE,
  act: 'verify',
  summary: { zh: '核查通过', en: 'Verify on site' },
  body: Type.Object({ text: Words, files: NewPhotos }, { additionalProperties: false }),
  example: { text: '井盖已更换，平整无响动', files: ['fixture:incident-photo'] },
  brought: ({ text, files }) => ({ text, files }),
});

/** It is not done (返工): back to the unit, with a time of its own. */
export const reworkCase = actRoute({
  ...SUPERVISE,
  act: 'rework',
  summary: { zh: '返工', en: 'Send back for rework' },
  body: Type.Object({ text: Words, files: Type.Optional(Files) }, { additionalProperties: false }),
  example: { text: '井盖高出路面，仍有响动' },
  brought: ({ text, files }) => ({ text, files }),
});

/** The centre closes it (结案): from now on reporters can rate it. */
export const closeCase = actRoute({
  ...CENTRE,
  act: 'close',
  summary: { zh: '结案', en: 'Close the case' },
});

/** Whoever was not satisfied was called (回访): it is done again, or it stays as it is and they were told why. */
export const callBack = actRoute({
  ...CENTRE,
  act: 'call-back',
  summary: { zh: '回访不满意的上报人', en: 'Call back who is not satisfied' },
  body: Type.Object({ text: Words, reopen: Type.Boolean() }, { additionalProperties: false }),
  example: { text: '已电话说明，井盖规格符合标准', reopen: false },
  actOf: ({ reopen }) => ({ act: 'call-back', reopen }),
  brought: ({ text, reopen }) => ({ text, data: { reopen } }),
  // What is done again is rated again.
  follow: async ({ db, row, body }) => {
    if (!body.reopen) return;
    await db.run(
      sql`update incident.report set satisfied = null, rated_at = null where case_id = ${row.id}::uuid and not satisfied`,
    );
  },
});

/** Puts a finished case away (归档). */
export const archiveCase = actRoute({
  ...CENTRE,
  act: 'archive',
  summary: { zh: '归档', en: 'Archive the case' },
});
