import { Readable } from 'node:stream';
import type { Mapping } from './mapping.ts';
import { registerDataset } from './register-dataset.ts';
import { registerBatch } from './send-import.ts';
import { storeFile } from './store-file.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

const DATASET = 'test-upload';
export const officer = systemActor({ name: 'uploads', unit: 'civil-affairs' });

const MAPPING: Mapping = {
  dataset: DATASET,
  version: 1,
  target: 'exchange.reference',
  unit: 'civil-affairs',
  title: { zh: '上传测试', en: 'Uploads of tests and benches' },
  format: 'csv',
  key: ['编号'],
  fields: { key: { column: '编号' }, data: { column: '*' } },
  badge: 'sample',
};

const PIECE_ROWS = 2_000;
const HEADER = '编号,姓名,性别,出生日期,地址,电话,民族,备注\n';

/** A department file of about 110 bytes a row, made while it is read. */
export function csvOf(rows: number, tag = ''): Readable {
  function* pieces(): Generator<Buffer> {
    yield Buffer.from(HEADER);
    for (let n = 0; n < rows; n += PIECE_ROWS) {
      let text = '';
      for (let i = n; i < Math.min(rows, n + PIECE_ROWS); i++) {
        text += `${tag}${String(i).padStart(8, '0')},样例${i},${i % 2 ? '男' : '女'},19${10 + (i % 90)}-0${1 + (i % 9)}-1${i % 10},瑞金二路${i % 400}弄${i % 30}号${i % 9}01室,139${String(i).padStart(8, '0')},汉族,第${i}行\n`;
      }
      yield Buffer.from(text);
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: 2 ** 18 });
}

export async function registerUploads(services: Services): Promise<void> {
  await services.database.tx({ module: 'exchange', actor: officer }, (db) => registerDataset(db, services, MAPPING));
}

/** Stores a file and queues its import, as the upload route does. */
export async function upload(services: Services, stream: Readable): Promise<{ id: string; bytes: number }> {
  const file = await storeFile({ services, stream });
  const batch = await services.database.tx({ module: 'exchange', actor: officer }, (db) =>
    registerBatch({
      db,
      actor: officer,
      dataset: { id: DATASET, app: 'exchange', unit: 'civil-affairs', mapping_version: 1 },
      file,
      fileName: 'upload.csv',
    }),
  );
  return { id: batch.id, bytes: file.size };
}

export type BatchState = {
  state: string;
  rows_read: number;
  rows_loaded: number;
  rows_faulty: number;
  problem: unknown;
};

export async function stateOf(services: Services, id: string): Promise<BatchState> {
  return services.database.tx({ module: 'exchange', actor: officer }, (db) =>
    db.one<BatchState>(
      sql`select state, rows_read, rows_loaded, rows_faulty, problem from exchange.batch where id = ${id}::uuid`,
    ),
  );
}

/** Waits until an import has ended; throws unless every row was loaded. */
export async function loaded(services: Services, id: string, rows: number): Promise<void> {
  services.wake();
  for (;;) {
    const batch = await stateOf(services, id);
    if (batch.state === 'loaded') {
      if (batch.rows_loaded !== rows) throw new Error(`${batch.rows_loaded} of ${rows} rows were loaded`);
      return;
    }
    if (batch.state === 'stopped' || batch.state === 'failed') throw new Error(JSON.stringify(batch));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
