import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { CaseParams } from './act-route.ts';
import { findCase } from './case-row.ts';
import { contactContext } from './file-report.ts';
import { incidentReport } from './resources.ts';

const MaybeText = Type.Union([Type.String(), Type.Null()]);

/** Who reported a case and how they are reached (上报人), for the centre that calls back; with a purpose, and on the record of each of them. */
export const listReporters = route({
  method: 'GET',
  path: '/api/incident/cases/:no/reporters',
  summary: { zh: '上报人', en: 'Reporters of a case' },
  allow: 'incident.case.centre',
  params: CaseParams,
  reply: Type.Object({
    reporters: Type.Array(
      Type.Object({
        ...itemOf(incidentReport, ['id', 'person', 'channel', 'text', 'at', 'satisfied']).properties,
        opinion: MaybeText,
        name: MaybeText,
        phone: MaybeText,
        email: MaybeText,
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'duty-officer', params: { no: 'fixture:incident-to-accept' }, purpose: 'contact-reporter' },
  },
  handler: async ({ db, services, params: { no } }) => {
    const row = await findCase(db, no);
    if (!row) throw NotFound.with();
    const reports = await db.rows<{
      id: string;
      person: string | null;
      channel: string;
      text: string;
      at: Date;
      satisfied: boolean | null;
      opinion: string | null;
      contact: string | null;
    }>(sql`
      select id, person, channel, text, at, satisfied, opinion, contact from incident.report where case_id = ${row.id}::uuid and withdrawn_at is null
      order by at, id limit 500`);
    return {
      reporters: reports.map(({ contact, at, ...report }) => {
        const opened = contact === null ? {} : services.keyring.open(contact, contactContext(report.id));
        const known = (typeof opened === 'string' ? JSON.parse(opened) : opened) as Record<string, string | undefined>;
        return {
          ...report,
          at: at.toISOString(),
          name: known.name ?? null,
          phone: known.phone ?? null,
          email: known.email ?? null,
        };
      }),
    };
  },
});
