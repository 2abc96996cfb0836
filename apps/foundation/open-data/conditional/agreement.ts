import { createHash } from 'node:crypto';
import { json } from '#platform/kernel/sql.ts';
import { LICENCES } from '../schema.ts';

/** What both sides agreed on (开放利用协议), in the terms of ODRL 2.2 (W3C Recommendation 2018), with SM3 over exactly these bytes. */
export function agreementOf(options: {
  id: string;
  dataset: string;
  owner: string;
  entity: string;
  purpose: string;
  measures: readonly string[];
  until: Date;
  at: Date;
  rule: string;
}): { text: string; digest: string } {
  const { id, dataset, owner, entity, purpose, measures, until, at, rule } = options;
  const target = `urn:smart-district:open:${dataset}`;
  const assignee = `urn:smart-district:entity:${entity}`;
  const text = json({
    '@context': 'http://www.w3.org/ns/odrl.jsonld',
    '@type': 'Agreement',
    uid: `urn:smart-district:agreement:${id}`,
    profile: LICENCES['agreement']?.url,
    conflict: 'prohibit',
    issued: at.toISOString(),
    basis: rule,
    assigner: `urn:smart-district:unit:${owner}`,
    assignee,
    permission: [
      {
        target,
        action: ['use', 'derive'],
        constraint: [
          { leftOperand: 'purpose', operator: 'eq', rightOperand: purpose },
          {
            leftOperand: 'dateTime',
            operator: 'lt',
            rightOperand: { '@value': until.toISOString(), '@type': 'xsd:dateTime' },
          },
        ],
        duty: [
          { action: 'attribute' },
          ...measures.map((measure) => ({
            action: 'ensureExclusivity',
            constraint: [{ leftOperand: 'systemDevice', operator: 'eq', rightOperand: measure }],
          })),
        ],
      },
    ],
    prohibition: [
      { target, assignee, action: ['distribute', 'sell'] },
      {
        target,
        assignee,
        action: 'modify',
        constraint: [{ leftOperand: 'purpose', operator: 'eq', rightOperand: 'urn:smart-district:re-identification' }],
      },
    ],
  });
  return { text, digest: createHash('sm3').update(text).digest('hex') };
}
