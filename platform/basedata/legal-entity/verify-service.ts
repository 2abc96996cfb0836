import { json, sql } from '#platform/kernel/sql.ts';
import type { Verdict, VerifyService } from '#platform/exchange/gateway/service.ts';
import { entities } from './resources.ts';
import { companyName } from './statements.ts';

const FIELDS = ['name', 'legalRepresentative', 'status', 'foundedOn', 'registeredAddress'] as const;

/** In the form in which the golden record holds it. */
function statedForm(field: string, value: string): string {
  return field === 'name' ? companyName(value) : value.trim();
}

/** Verification of enterprises for outside systems (法人核验): credit code and statements in, yes, no or unknown out. */
export const entityVerification: VerifyService = {
  id: 'verify.legal-entity',
  title: { zh: '法人信息核验', en: 'Verification of enterprises' },
  idTitle: { zh: '统一社会信用代码', en: 'Unified social credit code' },
  idPattern: /^[0-9A-HJ-NPQRTUWXY]{18}$/,
  fields: Object.fromEntries(
    FIELDS.map((name) => [
      name,
      {
        title: entities.fields[name].title,
        mark: { resource: entities.id, field: name, level: entities.fields[name].level },
      },
    ]),
  ),
  subject: 'entity',
  subjectKey: ({ id }) => id,
  verify: async ({ db, statements }) => {
    const stated = statements.map(({ fields }) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, statedForm(name, value)])),
    );
    const rows = await db.rows<{ place: number; uscc: string | null; field: string; answer: Verdict }>(
      sql`select place, uscc, field, answer from legal_entity.verify_batch(${statements.map(({ id }) => id)}::text[], ${json(stated)}::text::jsonb)`,
    );
    const found = statements.map(() => ({ subject: null as string | null, answers: {} as Record<string, Verdict> }));
    for (const { place, uscc, field, answer } of rows) {
      const one = found[place - 1];
      if (!one) continue;
      one.subject = uscc;
      one.answers[field] = answer;
    }
    return found;
  },
};
