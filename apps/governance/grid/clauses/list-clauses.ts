import { Type } from 'typebox';
import { readClasses } from '#platform/case/classes.ts';
import { readableFile } from '#platform/document/read-rights.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { type FieldFault, InvalidInput, NotFound, ProblemError } from '#platform/kernel/errors.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ClauseSchema, findClauses } from './clauses.ts';
import { DOCUMENT_KINDS, type Evidence, writeDocument } from './write-document.ts';

const Class = Type.String({ pattern: '^[PE][0-9]{4}$' });
const MOST_FILES = 30;

/** Provisions for a class or with some words (执法依据检索): law is public. */
export const listClauses = route({
  method: 'GET',
  path: '/api/grid/clauses',
  summary: { zh: '执法依据', en: 'Provisions of law' },
  allow: 'public',
  query: Type.Object(
    { class: Type.Optional(Class), words: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })) },
    { additionalProperties: false },
  ),
  reply: Type.Object({ clauses: Type.Array(ClauseSchema) }),
  examples: { own: { as: 'anonymous', query: { class: 'P0101' } } },
  handler: async ({ clock, query }) => ({
    clauses: findClauses({ on: shanghaiDate(clock.now()), class: query.class, words: query.words }),
  }),
});

/** Writes a document from a case (文书生成): text with clauses and the digests of its photos, for a person to complete. Nothing is stored or decided. */
export const draftDocument = route({
  method: 'POST',
  path: '/api/grid/cases/:no/document',
  summary: { zh: '按案件生成执法文书草稿', en: 'Draft a document of enforcement from a case' },
  allow: 'grid.document.draft',
  repeatable: true,
  params: Type.Object({ no: Type.String({ minLength: 4, maxLength: 40 }) }),
  body: Type.Object(
    {
      kind: Type.Union(DOCUMENT_KINDS.map((kind) => Type.Literal(kind))),
      clauses: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 }),
      files: Type.Array(Type.String({ format: 'uuid' }), { maxItems: MOST_FILES }),
      due: Type.Optional(Type.String({ format: 'date' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    title: Type.String(),
    text: Type.String(),
    evidence: Type.Array(
      Type.Object({ file: Type.String(), name: Type.String(), sha256: Type.String(), sm3: Type.String() }),
    ),
  }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: {
      as: 'street-clerk',
      params: { no: 'fixture:incident-to-accept' },
      body: { kind: 'rectify', clauses: ['road-23'], files: [] },
    },
    foreign: {
      as: 'street-clerk',
      params: { no: 'fixture:foreign-incident' },
      body: { kind: 'rectify', clauses: ['road-23'], files: [] },
    },
  },
  prepare: async ({ actor, services, body }) => ({
    evidence: await evidenceOf(services, actor, body.files),
    classes: await readClasses(services),
    units: await services.registry.provided(unitNames)[0]?.value.all(services),
  }),
  handler: async ({ db, actor, clock, params: { no }, body, prepared }) => {
    const found = await db.first<{
      class: string;
      description: string;
      address: string | null;
      lon: number;
      lat: number;
      reportedAt: Date;
    }>(
      sql`select class, description, address, lon, lat, reported_at as "reportedAt" from ${db.share('case')} where no = ${no}`,
    );
    if (!found) throw NotFound.with();
    const today = shanghaiDate(clock.now());
    const fields: FieldFault[] = [...prepared.evidence.faults];
    const clauses = findClauses({ on: today, ids: body.clauses });
    body.clauses.forEach((id, n) => {
      if (!clauses.some((clause) => clause.id === id))
        fields.push({
          pointer: `/clauses/${n}`,
          rule: 'clause',
          message: { zh: '没有这一条依据', en: 'is no provision' },
        });
    });
    if (body.due !== undefined && body.due < today)
      fields.push({ pointer: '/due', rule: 'past', message: { zh: '改正期限不能早于今天', en: 'lies in the past' } });
    if (fields.length > 0) throw InvalidInput.with({ fields });
    const { evidence } = prepared.evidence;
    const written = writeDocument({
      kind: body.kind,
      today,
      unit: prepared.units?.get(actor.unit ?? '')?.zh ?? '',
      case: {
        no,
        className: prepared.classes.find(({ code }) => code === found.class)?.name.zh ?? found.class,
        description: found.description,
        place: found.address ?? `${found.lon.toFixed(5)}, ${found.lat.toFixed(5)}`,
        reportedAt: shanghaiDate(found.reportedAt),
      },
      clauses,
      evidence,
      due: body.due,
    });
    return { ...written, evidence };
  },
});

/** Digests of files that the caller may read; what they may not read is told like what does not exist, at its place in the list. */
async function evidenceOf(
  services: Services,
  actor: Actor,
  files: readonly string[],
): Promise<{ evidence: Evidence[]; faults: FieldFault[] }> {
  const evidence: Evidence[] = [];
  const faults: FieldFault[] = [];
  for (const [n, id] of files.entries())
    try {
      const { name, sha256, sm3 } = await readableFile({ services, actor, id });
      evidence.push({ file: id, name, sha256, sm3 });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      faults.push({ pointer: `/files/${n}`, rule: 'file', message: { zh: '没有这个文件', en: 'is no file' } });
    }
  return { evidence, faults };
}
