import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { nameForm, splitAddress } from '#platform/basedata/shared/text-forms.ts';
import { resident } from './resources.ts';
import { numberKey } from './verify-service.ts';

const Short = Type.Optional(Type.String({ minLength: 1, maxLength: 200 }));
const Stated = Type.Object(
  {
    name: Short,
    sex: Short,
    birthDate: Short,
    phone: Short,
    address: Short,
    buildingCode: Short,
    committeeCode: Short,
    householdNo: Short,
    insured: Short,
    maritalStatus: Short,
    school: Short,
    lowIncome: Short,
    disability: Short,
  },
  { additionalProperties: false, minProperties: 1 },
);

/** Verify by default (核验优先): asks whether statements are true, and learns nothing else. Covers the whole district. */
export const verifyPerson = route({
  method: 'POST',
  path: '/api/population/verify',
  summary: { zh: '核验个人信息', en: 'Verify statements about a person' },
  allow: 'population.person.verify',
  body: Type.Object(
    {
      idNumber: Type.Optional(Type.String({ minLength: 15, maxLength: 18 })),
      pid: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$' })),
      fields: Stated,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    pid: Type.Union([itemOf(resident, ['pid']).properties.pid, Type.Null()]),
    answers: Type.Array(
      Type.Object({
        field: Type.String(),
        answer: Type.Union([Type.Literal('yes'), Type.Literal('no'), Type.Literal('unknown')]),
      }),
    ),
  }),
  repeatable: true,
  examples: {
    own: {
      as: 'street-clerk',
      body: { idNumber: '310199199001010011', fields: { name: '样例' } },
      purpose: 'verify-application',
    },
  },
  handler: async ({ db, body, services }) => {
    if ((body.idNumber === undefined) === (body.pid === undefined)) {
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/idNumber',
            rule: 'one-of',
            message: { zh: '身份号码与人员标识须填且只填一个', en: 'Give either the identity number or the person id' },
          },
        ],
      });
    }
    const stated: Record<string, string> = {};
    for (const [field, value] of Object.entries(body.fields))
      if (typeof value === 'string') stated[field] = formOf(field, value);
    const digest = body.idNumber === undefined ? null : numberKey(services, body.idNumber);
    const rows = await db.rows<{ pid: string | null; field: string; answer: 'yes' | 'no' | 'unknown' }>(
      sql`select pid, field, answer from population.verify(${digest}::text, ${body.pid ?? null}::uuid, ${json(stated)}::text::jsonb)`,
    );
    return { pid: rows[0]?.pid ?? null, answers: rows.map(({ field, answer }) => ({ field, answer })) };
  },
});

function formOf(field: string, value: string): string {
  if (field === 'name') return nameForm(value);
  if (field === 'address') return splitAddress(value)?.building ?? value;
  return value.trim();
}
