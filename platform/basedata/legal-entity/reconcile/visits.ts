import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endClock, startClock } from '#platform/calendar/clock.ts';
import { FindingClosed, FindingParams, FindingSchema, holdFinding, mayVisit, readFinding } from './finding-record.ts';
import { visitClock } from './kinds.ts';
import { noteSteps } from './reconcile.ts';

const VisitOpen = domainError({
  code: 'VISIT_OPEN',
  status: 409,
  title: { zh: '已有一次走访在办', en: 'A visit is under way already' },
  action: { zh: '请先填写走访结果。', en: 'Report on that one first.' },
});

/** The street orders a service visit (服务走访) to a firm that trades in its area: a task with a day until which it is made. */
export const orderVisit = route({
  method: 'POST',
  path: '/api/legal-entity/findings/:id/visit',
  summary: { zh: '发起服务走访', en: 'Order a service visit' },
  allow: 'legal-entity.visit.order',
  params: FindingParams,
  status: 201,
  reply: FindingSchema,
  errors: [NotFound, FindingClosed, VisitOpen],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:finding-to-visit' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-finding' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const finding = await holdFinding(db, id);
    if (!finding) throw NotFound.with();
    if (finding.state === 'closed') throw FindingClosed.with();
    if (!mayVisit(actor, finding)) throw Forbidden.with();
    if (await db.first(sql`select 1 from legal_entity.visit where finding = ${id}::uuid and state = 'open'`))
      throw VisitOpen.with();
    const visit = uuidv7();
    const due = await startClock(db, { kind: visitClock, subject: visit, event: 'ordered', of: { unit: actor.unit } });
    await db.run(sql`
      insert into legal_entity.visit (id, finding, uscc, unit, building_code, committee_code, clock, ordered_by, ordered_name, ordered_at)
      values (${visit}::uuid, ${id}::uuid, ${finding.uscc}, ${actor.unit ?? ''}, ${finding.buildingCode}::text, ${finding.committeeCode}::text, ${due.id}::uuid, ${actor.account}, ${actor.name}, kernel.now())`);
    await noteSteps(db, [{ finding: id, step: 'visit-ordered', note: null }]);
    return readFinding({ db, now: clock.now(), id });
  },
});

const body = { report: '已上门，企业将办理住所变更登记' };

/** What the visit found; its clock ends. */
export const reportVisit = route({
  method: 'POST',
  path: '/api/legal-entity/findings/:id/visit/report',
  summary: { zh: '填写走访结果', en: 'Report on a service visit' },
  allow: 'legal-entity.visit.order',
  params: FindingParams,
  body: Type.Object({ report: Type.String({ minLength: 2, maxLength: 1000 }) }, { additionalProperties: false }),
  reply: FindingSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:finding-visited' }, body },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-finding' }, body },
  },
  handler: async ({ db, actor, clock, params: { id }, body: { report } }) => {
    const visit = await db.first<{ id: string; clock: string }>(sql`
      select id, clock from legal_entity.visit where finding = ${id}::uuid and state = 'open' and unit = ${actor.unit ?? ''} for update`);
    if (!visit) throw NotFound.with();
    await endClock(db, { kind: visitClock, clock: visit.clock });
    await db.run(sql`
      update legal_entity.visit set state = 'done', done_at = kernel.now(), report = ${report.trim()} where id = ${visit.id}::uuid`);
    await noteSteps(db, [{ finding: id, step: 'visited', note: report.trim() }]);
    return readFinding({ db, now: clock.now(), id });
  },
});
