import { ruleAt } from '#platform/rulebook/rule-at.ts';
import type { CellProtection } from '#platform/catalog/report/cell-protection.ts';
import { type Sum, withheldCells } from './small-cells.ts';

/** Small cells of a report form that is published, by the rules of the day. */
export const protectForm: CellProtection = {
  async withheld(db, { cells, subject }) {
    const number = async (id: string): Promise<number> => Number((await ruleAt(db, id)).value);
    const minimum = await number(`statistics.small-cell.${subject}`);
    const rule = {
      minimum,
      ...(subject === 'firms' && { dominance: await number('statistics.small-cell.dominance') }),
    };
    const at = new Map(cells.map(({ code }, index) => [code, index]));
    const sums = cells.flatMap(({ totalOf }, total): Sum[] => {
      const parts = totalOf.map((code) => at.get(code)).filter((index) => index !== undefined);
      return parts.length > 0 ? [{ total, parts }] : [];
    });
    const hidden = withheldCells({
      cells: cells.map(({ code, count, value, largest }) => ({
        at: { cell: code },
        count,
        value,
        ...(largest !== null && { largest }),
      })),
      sums,
      rule,
    });
    return new Set(cells.filter((_cell, index) => hidden[index]).map(({ code }) => code));
  },
};
