import mysql, { type RowDataPacket } from 'mysql2/promise';
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

/** A table of a MariaDB or MySQL database, by keyset on a watermark column. */
export const mariadbConnector: SourceConnector = {
  kind: 'mariadb',
  async open({ settings, credential, watermark, services, signal }) {
    const table = readTable(settings);
    const host = setting(settings, 'host');
    await assertSealedWay({ credential, secure: settings.tls !== false, host, services });
    const address = await resolveAllowed({ host, networks: services.config.feedNetworks });
    const connection = await mysql
      .createConnection({
        host: address,
        port: Number(settings.port ?? 3306),
        database: setting(settings, 'database'),
        user: setting(settings, 'user'),
        password: credential,
        ssl: settings.tls === false ? undefined : ({ servername: host, rejectUnauthorized: true } as mysql.SslOptions),
        connectTimeout: CONNECT_MS,
        charset: 'utf8mb4',
        dateStrings: true,
        supportBigNumbers: true,
        bigNumberStrings: true,
        // The source may not read files of this machine, and a query is one statement.
        flags: ['-LOCAL_FILES'],
        multipleStatements: false,
      })
      .catch((error: unknown) => {
        throw new SourceProblem(
          'SOURCE_DOWN',
          { zh: '连接不上来源数据库', en: 'The source database cannot be reached' },
          error,
        );
      });
    connection.on('error', () => undefined);
    let place = readPlace(watermark, table);
    const quote = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
    const order = [table.watermark, ...table.key].map(quote);
    const select = `select ${selectList(table, quote, (column) => `cast(${column} as char)`)} from ${table.table.map(quote).join('.')}`;
    const explain = async (error: unknown): Promise<SourceProblem> => {
      const [there] = await connection.query<RowDataPacket[]>(`show columns from ${table.table.map(quote).join('.')}`);
      return lostColumns(
        table,
        there.map((column) => String(column.Field)),
        error,
      );
    };
    async function* rows(): AsyncGenerator<string> {
      await connection.query('set session transaction isolation level repeatable read');
      await connection.query('start transaction read only');
      for (;;) {
        if (signal.aborted) throw new Error('stopped');
        const after = place ? ` where (${order.join(', ')}) > (${place.map(() => '?').join(', ')})` : '';
        const [page] = await connection
          .query<RowDataPacket[]>({
            sql: `${select}${after} order by ${order.join(', ')} limit ${PAGE}`,
            values: place ?? [],
            timeout: READ_MS / 10,
          })
          .catch(async (error: unknown) => {
            throw (error as { code?: string }).code === 'ER_BAD_FIELD_ERROR' ? await explain(error) : error;
          });
        const found = page.map((row) => splitRow(row, table));
        yield* linesOf(found.map(({ row }) => row));
        place = found.at(-1)?.place ?? place;
        if (found.length < PAGE) break;
      }
      await connection.query('commit');
    }
    return {
      kind: 'rows',
      stream: rowStream(rows()),
      fileName: `${table.table.join('.')}.json`,
      format: 'json',
      watermark: () => (place ? JSON.stringify(place) : null),
      close: () => connection.end().catch(() => undefined),
    };
  },
};
