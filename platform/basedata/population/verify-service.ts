import type { Services } from '#platform/kernel/app.ts';
import { upgradeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import type { FieldMark } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { nameForm, splitAddress } from '#platform/basedata/shared/text-forms.ts';
import type { Verdict, VerifyService } from '#platform/exchange/gateway/service.ts';
import { ID_KIND } from '#platform/exchange/target.ts';
import { condition, resident } from './resources.ts';

/** What may be stated about a person: items of the basic record, and conditions by their kind. */
const BASIC = ['name', 'sex', 'birthDate', 'phone', 'address', 'buildingCode', 'committeeCode', 'householdNo'] as const;
const CONDITIONS: Record<string, Text> = {
  insured: { zh: '参保', en: 'Insured' },
  maritalStatus: { zh: '婚姻', en: 'Marital status' },
  school: { zh: '就学', en: 'School' },
  lowIncome: { zh: '低保', en: 'Low income' },
  disability: { zh: '残疾', en: 'Disability' },
};

const basicMark = (name: (typeof BASIC)[number]): FieldMark => ({
  resource: resident.id,
  field: name,
  level: resident.fields[name].level,
});

/** The form in which two spellings of a value are the same. */
export function statedForm(field: string, value: string): string {
  if (field === 'name') return nameForm(value);
  if (field === 'address') return splitAddress(value)?.building ?? value;
  return value.trim();
}

/** Look-up key of a person's number; one of the first generation (15 digits) is the same person as with 18. */
export function numberKey(services: Services, number: string): string {
  const upgraded = upgradeCitizenId(number, { allowSample: true });
  return services.keyring.lookup(ID_KIND, upgraded.ok ? upgraded.id.number : number);
}

/** Verification of persons for outside systems (人口核验): identity number and statements in, yes, no or unknown out. */
export const personVerification: VerifyService = {
  id: 'verify.person',
  title: { zh: '人口信息核验', en: 'Verification of persons' },
  idTitle: { zh: '公民身份号码', en: 'Identity number' },
  idPattern: /^\d{17}[\dXx]$|^\d{15}$/,
  fields: {
    ...Object.fromEntries(BASIC.map((name) => [name, { title: resident.fields[name].title, mark: basicMark(name) }])),
    ...Object.fromEntries(
      Object.entries(CONDITIONS).map(([name, title]) => [
        name,
        { title, mark: { resource: condition.id, field: 'value', level: condition.fields.value.level } },
      ]),
    ),
  },
  subject: 'person',
  subjectKey: ({ services, id }) => numberKey(services, id),
  verify: async ({ db, services, statements }) => {
    const digests = statements.map(({ id }) => numberKey(services, id));
    const stated = statements.map(({ fields }) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, statedForm(name, value)])),
    );
    const rows = await db.rows<{ place: number; pid: string | null; field: string; answer: Verdict }>(
      sql`select place, pid, field, answer from population.verify_batch(${digests}::text[], ${json(stated)}::text::jsonb)`,
    );
    const found = statements.map(() => ({ subject: null as string | null, answers: {} as Record<string, Verdict> }));
    for (const { place, pid, field, answer } of rows) {
      const one = found[place - 1];
      if (!one) continue;
      one.subject = pid;
      one.answers[field] = answer;
    }
    return found;
  },
};
