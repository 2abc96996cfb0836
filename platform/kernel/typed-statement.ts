import type { Actor } from './actor.ts';
import { type Services, schemaOf } from './app.ts';
import { databaseProblem } from './database-problem.ts';
import { Forbidden } from './errors.ts';
import { uuidv7 } from './ids.ts';
import { auditTrail, authenticator, type AccessEntry, type Rights } from './ports.ts';
import { sql, type Sql } from './sql.ts';
import type { Text } from './text.ts';

/** A statement typed by an operator, and in whose place it runs. */
export type TypedStatement = {
  /** Module whose request role runs it. */
  module: string;
  statement: string;
  purpose?: string;
  /** Area code of the reader; without it, views that are limited to an area give nothing. */
  area?: string;
  /** Run under the district-wide role of the module. */
  district?: boolean;
  /** In whose place: unit, post, area and reach are what this account holds at this moment, and nothing while it holds no post. */
  account?: string;
  /** Who typed it, for the audit. */
  operator: string;
};

export type TypedResult =
  | { ok: true; columns: string[]; rows: (string | null)[][]; more: boolean }
  | { ok: true; changed: number }
  | { ok: false; code: string; message: string; explained?: Text };

/** Rows that a person can look at; the rest is for an export. */
const MOST_ROWS = 1000;
const READS = /^\s*(select|values|table)\b/i;
const WRITES = /^\s*(insert|update|delete|merge)\b(?![\s\S]*\breturning\b)/i;
/** Changing the role or the actor would make this a way around the module that was named. */
const SESSION_CHANGE = /\bset_config\b|^\s*(set|reset|begin|start|commit|rollback|end|abort|savepoint|discard)\b/i;

/**
 * Runs one statement exactly as a handler of the module would: under its role, with a purpose and an area, in a
 * transaction. The statement goes to the audit with its outcome, a refusal after the rollback. What PostgreSQL answers
 * comes back word for word.
 */
export async function runTypedStatement(services: Services, typed: TypedStatement): Promise<TypedResult> {
  const { module, statement } = typed;
  if (!services.registry.modules.some((m) => m.id === module)) {
    return {
      ok: false,
      code: 'NO_MODULE',
      message: `no module "${module}"; modules: ${services.registry.modules.map((m) => m.id).join(', ')}`,
    };
  }
  if (SESSION_CHANGE.test(statement)) {
    return {
      ok: false,
      code: 'ONE_STATEMENT',
      message: 'role, session and transaction are set by the command; type the query only',
    };
  }
  const rights = await rightsFor(services, typed);
  if (rights === undefined) return { ok: false, code: 'NO_ACCOUNT', message: `no account "${typed.account}"` };
  const actor: Actor = {
    kind: 'system',
    account: `operator:${typed.operator}`,
    name: typed.operator,
    ...rights,
    purpose: typed.purpose,
    trace: uuidv7(),
  };
  const audit = services.registry.provided(auditTrail)[0]?.value;
  const entry = (outcome: AccessEntry['outcome'], code?: string): AccessEntry => ({
    route: `sql ${schemaOf(module)}`,
    fields: [],
    subjects: [],
    outcome,
    code,
    statement,
  });
  try {
    return await services.database.tx({ module, actor }, async (db) => {
      const query = asWritten(statement);
      if (WRITES.test(statement)) {
        const changed = await db.run(query);
        await audit?.record(db, entry('changed'));
        return { ok: true, changed };
      }
      let found: Record<string, unknown>[] = [];
      if (READS.test(statement)) {
        for await (const chunk of db.stream(query, MOST_ROWS + 1)) {
          found = chunk;
          break;
        }
      } else found = await db.rows(query);
      await audit?.record(db, entry('read'));
      const columns = Object.keys(found[0] ?? {});
      const rows = found.slice(0, MOST_ROWS).map((row) => columns.map((name) => cellOf(row[name])));
      return { ok: true, columns, rows, more: found.length > MOST_ROWS };
    });
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'ERROR';
    if (audit && code !== 'DATABASE_AWAY')
      await services.database.tx({ module, actor }, (db) => audit.record(db, entry('refused', code)));
    const problem = await databaseProblem({ error, services, module, actor });
    return {
      ok: false,
      code,
      message: error instanceof Error ? error.message : String(error),
      explained: problem?.spec === Forbidden ? undefined : (problem?.detail ?? problem?.spec.title),
    };
  }
}

/** What the statement may see: of an account, as it is when the statement runs; else what the operator named. */
async function rightsFor(services: Services, typed: TypedStatement): Promise<Rights | undefined> {
  if (typed.account === undefined) return { area: typed.area, reach: typed.district ? 'district' : 'own' };
  const port = services.registry.provided(authenticator)[0]?.value;
  return port?.rightsOf?.({ account: typed.account, services });
}

/** The one place where text becomes a statement: an operator's own, run under the role that was named and no other. */
function asWritten(statement: string): Sql {
  const text = statement.trim().replace(/;\s*$/, '');
  return sql(Object.assign([text], { raw: [text] }));
}

function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
