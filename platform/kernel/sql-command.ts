import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AppManifest, Services } from './app.ts';
import { createClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { controlPath, sendStatement } from './control.ts';
import { createDatabase } from './db.ts';
import { DirectoryInUse } from './db/lock.ts';
import { createLogger } from './log.ts';
import { createRegistry } from './registry.ts';
import { openEngine } from './runtime.ts';
import { openKeyring } from './secret.ts';
import { runTypedStatement, type TypedResult, type TypedStatement } from './typed-statement.ts';

const USAGE = `npm run sql -- --as <模块 module> [--purpose <目的 purpose>] [--area <区划代码 area code>] [--district] [--account <账号 account>] "select …"

以某个模块的身份执行一条语句：看得到什么、被谁拒绝，与该模块自己查询时完全一样；语句会写入审计。
Runs one statement as a module: what it sees and what is refused is what the module itself would get; the statement goes to the audit.`;

/**
 * `npm run sql`: a hand-typed statement under a module's role, through the running server or, if none runs, on the
 * database itself. PostgreSQL's own words are printed; exit code 1 if it refused, 2 if the command was wrong.
 */
export async function sqlCommand(options: {
  args: readonly string[];
  /** What is installed, for when the database must be opened here. */
  manifests: readonly AppManifest[];
  out?: { log(text: string): void; error(text: string): void };
}): Promise<number> {
  const { out = console } = options;
  const typed = readArguments(options.args);
  if (!typed) {
    out.error(USAGE);
    return 2;
  }
  const config = readConfig();
  let result: TypedResult | undefined;
  try {
    result = (await sendStatement(controlPath(config), typed)) ?? (await runAlone(config, options.manifests, typed));
  } catch (error) {
    out.error(error instanceof Error ? error.message : String(error));
    return 2;
  }
  if (!result) {
    out.error('数据库还没有建立，请先运行 npm start。 There is no database yet; run npm start first.');
    return 2;
  }
  if (!result.ok) {
    out.error(`ERROR:  ${result.message}`);
    if (result.explained) out.error(`${result.explained.zh}  ${result.explained.en}`);
    return 1;
  }
  if ('changed' in result) out.log(`(${result.changed} rows changed)`);
  else {
    out.log(formatTable(result));
    if (result.rows.length === 0 && !typed.area && !typed.district && !typed.account) {
      out.error('没有指定 --area：按区域限定的视图不返回任何行。 No --area: views limited to an area give no rows.');
    }
  }
  return 0;
}

export function readArguments(args: readonly string[]): TypedStatement | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        as: { type: 'string' },
        purpose: { type: 'string' },
        area: { type: 'string' },
        district: { type: 'boolean' },
        account: { type: 'string' },
      },
    });
    const [statement, ...rest] = positionals;
    if (!values.as || !statement || rest.length > 0) return undefined;
    // What an account sees follows from its post; an area beside it would be another's.
    if (values.account && (values.area || values.district)) return undefined;
    return {
      module: values.as,
      statement,
      purpose: values.purpose,
      area: values.area,
      district: values.district,
      account: values.account,
      operator: userInfo().username,
    };
  } catch {
    return undefined;
  }
}

/** Columns under each other, as wide as their text: a Chinese character takes two places. */
export function formatTable(result: { columns: string[]; rows: (string | null)[][]; more: boolean }): string {
  const shown = result.rows.map((row) =>
    row.map((cell) => (cell ?? 'null').replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')),
  );
  const widths = result.columns.map((name, i) => Math.max(widthOf(name), ...shown.map((row) => widthOf(row[i] ?? ''))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => ` ${cell}${' '.repeat((widths[i] ?? 0) - widthOf(cell))} `)
      .join('|')
      .trimEnd();
  const count = `(${result.more ? 'first ' : ''}${shown.length} ${shown.length === 1 ? 'row' : 'rows'})`;
  if (result.columns.length === 0) return count;
  return [line(result.columns), widths.map((w) => '-'.repeat(w + 2)).join('+'), ...shown.map(line), count].join('\n');
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/u;

function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += WIDE.test(letter) ? 2 : 1;
  return width;
}

/** No server runs: opens the database for this one statement. Undefined when there is none. */
async function runAlone(
  config: Config,
  manifests: readonly AppManifest[],
  typed: TypedStatement,
): Promise<TypedResult | undefined> {
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'pg'))) return undefined;
  const registry = createRegistry(manifests);
  const opened = await openEngine({ config: { ...config, databaseAdminUrl: undefined }, registry }).catch(
    (error: unknown) => {
      if (error instanceof DirectoryInUse)
        throw new Error(
          `${error.message}\n（它没有打开控制接口，请用 DATA_DIR 指明同一目录。 Its control socket is not there; name the same DATA_DIR.）`,
        );
      throw error;
    },
  );
  const services: Services = {
    config,
    clock: createClock(),
    registry,
    keyring: openKeyring({ file: config.keyFile, dataDir: config.dataDir, create: true }),
    database: createDatabase(opened.engine),
    log: createLogger({ level: 'silent' }),
    wake: () => undefined,
    gates: new Map(),
  };
  try {
    return await runTypedStatement(services, typed);
  } finally {
    await services.database.close();
    opened.release();
  }
}
