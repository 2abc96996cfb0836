import type { Db } from '#platform/kernel/db.ts';
import { formatMoney } from '#platform/kernel/money.ts';
import { sql } from '#platform/kernel/sql.ts';

type Row = {
  id: string;
  date: string;
  text: string;
  account: string;
  unit: string;
  control: string;
  side: string;
  fen: string;
};

/**
 * The journals in the plain text of ledger-cli (`ledger -f`): one transaction a journal, accounts as `code:unit:control`, debit
 * positive. An independent program then adds up the same books.
 */
export async function* exportJournal(db: Db): AsyncGenerator<string> {
  let last = '';
  const rows = db.stream<Row>(sql`
    select j.id, to_char(j.on_date, 'YYYY/MM/DD') as date, j.text, e.account, e.unit, e.control, e.side, e.fen::text as fen
    from ledger.journal j join ledger.entry e on e.journal = j.id order by j.txid, j.id, e.no`);
  for await (const part of rows)
    for (const { id, date, text, account, unit, control, side, fen } of part) {
      if (id !== last) yield `\n${date} * (${id}) ${text.replaceAll(/\s+/g, ' ')}\n`;
      last = id;
      const amount = formatMoney(side === 'debit' ? BigInt(fen) : -BigInt(fen));
      // Two blanks end the name of an account; a semicolon begins a note.
      yield `    ${exportName({ account, unit, control })}  CNY ${amount}\n`;
    }
}

/** The account as the export names it. */
export function exportName({ account, unit, control }: Pick<Row, 'account' | 'unit' | 'control'>): string {
  return [account, unit, control.replaceAll(';', ',')].filter(Boolean).join(':');
}
