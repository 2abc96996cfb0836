import type { Reply } from '#web/client/reply.ts';
import { useRuleTexts } from './texts.ts';

export type Rule = Reply<'/api/rulebook/entries'>['rules'][number];

/** 待核 until a named person has compared the rule with its source. */
export function VerifiedMark({ rule }: { rule: Pick<Rule, 'verified'> }) {
  const { t } = useRuleTexts();
  if (!rule.verified) return <span className="badge badge-unverified">{t('unverified')}</span>;
  return <span className="soft">{t('verified', { name: rule.verified.name, on: rule.verified.on })}</span>;
}

/** The value with its unit, or its table. */
export function RuleValue({ rule }: { rule: Pick<Rule, 'value' | 'unit' | 'isDecision'> }) {
  const { t, unit } = useRuleTexts();
  const { value } = rule;
  if (rule.isDecision) return <b>{t('decision')}</b>;
  if (typeof value !== 'object')
    return (
      <b>
        {String(value)} {unit(rule.unit)}
      </b>
    );
  return (
    <table>
      <thead>
        <tr>
          {value.columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {value.rows.map((row) => (
          <tr key={row.join('|')}>
            {row.map((cell, i) => (
              <td key={value.columns[i]}>{String(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Law, document number and article in one line. */
export function sourceOf(rule: Pick<Rule, 'source'>): string {
  const { title, documentNo, article } = rule.source;
  return [title, documentNo, article].filter(Boolean).join(' ');
}

export function useTerm() {
  const { t } = useRuleTexts();
  return ({ validFrom, validTo }: Pick<Rule, 'validFrom' | 'validTo'>) =>
    validTo === null ? t('from', { from: validFrom }) : t('fromTo', { from: validFrom, to: validTo });
}
