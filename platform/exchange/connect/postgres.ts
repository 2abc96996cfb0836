import pg from 'pg';
import { resolveAllowed } from '#platform/kernel/outbound.ts';
import {
  assertSealedWay,
  CONNECT_MS,
  linesOf,
  READ_MS,
  setting,
  type SourceConnector,
  SourceProblem,
} from './connector.ts';
import { lostColumns, PAGE, readPlace, readTable, selectList, splitRow, rowStream } from './table.ts';

const UNDEFINED_COLUMN = '42703';

/** A table of a PostgreSQL database (also openGauss, KingbaseES and others that speak its wire), by keyset on a watermark column. */
export const postgresConnector: SourceConnector = {
  kind: 'postgres',
  async open({ settings, credential, watermark, services, signal }) {
    const table = readTable(settings);
    const host = setting(settings, 'host');
    await assertSealedWay({ credential, secure: settings.tls !== false, host, services });
    const address = await resolveAllowed({ host, networks: services.config.feedNetworks });
    const client = new pg.Client({
      host: address,
      port: Number(settings.port ?? 5432),
      database: setting(settings, 'database'),
      user: setting(settings, 'user'),
      password: credential,
      ssl: settings.tls === false ? false : { servername: host, rejectUnauthorized: true },
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: READ_MS / 10,
      query_timeout: READ_MS / 10,
      // Values as the source writes them: dates without a time zone must not move, long numbers keep every digit.
      types: { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig,
    });
    client.on('error', () => undefined);
    await client.connect().catch((error: unknown) => {
      throw new SourceProblem(
        'SOURCE_DOWN',
        { zh: '连接不上来源数据库', en: 'The source database cannot be reached' },
        error,
      );
    });
    let place = readPlace(watermark, table);
    const quote = (name: string): string => pg.escapeIdentifier(name);
    const order = [table.watermark, ...table.key].map(quote).join(', ');
    const select = `select ${selectList(table, quote, (column) => `${column}::text`)} from ${table.table.map(quote).join('.')}`;
    const explain = async (error: unknown): Promise<SourceProblem> => {
      await client.query('rollback');
      const there = await client.query<{ name: string }>(
        'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped',
        [table.table.map(quote).join('.')],
      );
      return lostColumns(
        table,
        there.rows.map(({ name }) => name),
        error,
      );
    };
    async function* rows(): AsyncGenerator<string> {
      await client.query('begin transaction isolation level repeatable read read only');
      for (;;) {
        if (signal.aborted) throw new Error('stopped');
        // An unknown-typed parameter takes the type of its column.
        const after = place ? ` where (${order}) > (${place.map((_value, at) => `$${at + 1}`).join(', ')})` : '';
        const page = await client
          .query<Record<string, unknown>>(`${select}${after} order by ${order} limit ${PAGE}`, place ?? [])
          .catch(async (error: unknown) => {
            throw (error as { code?: string }).code === UNDEFINED_COLUMN ? await explain(error) : error;
          });
        const found = page.rows.map((row) => splitRow(row, table));
        yield* linesOf(found.map(({ row }) => row));
        place = found.at(-1)?.place ?? place;
        if (found.length < PAGE) break;
      }
      await client.query('commit');
    }
    return {
      kind: 'rows',
      stream: rowStream(rows()),
      fileName: `${table.table.join('.')}.json`,
      format: 'json',
      watermark: () => (place ? JSON.stringify(place) : null),
      close: () => client.end().catch(() => undefined),
    };
  },
};
