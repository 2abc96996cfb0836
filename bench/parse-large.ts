/**
 * A large file through the CSV parser: `node bench/parse-large.ts [MB=1024] [columns=10] [--quoted] [--csv-parse]`. Streams a
 * generated input (nothing is written to disk) and prints rows/s, MB/s and the highest resident memory. `--csv-parse` runs the
 * package csv-parse over the same bytes in the same process, for comparison.
 */
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { readRecords } from '#platform/exchange/read/read-records.ts';

const numbers = process.argv
  .slice(2)
  .filter((each) => /^[0-9]+$/.test(each))
  .map(Number);
const megabytes = numbers[0] ?? 1024;
const columns = numbers[1] ?? 10;
const quoted = process.argv.includes('--quoted');

/** The same 4,000 rows again and again, in pieces of their own length, behind one header. */
async function* generated(bytes: number): AsyncGenerator<Buffer> {
  const names = Array.from({ length: columns }, (_, index) => `列${index + 1}`);
  const cells = ['310199198502011234', '张三', '男', '1985-02-01', '瑞金二路118弄12号301室', '13812345678', '', '汉族'];
  const rows = Array.from({ length: 4000 }, (_, row) =>
    names
      .map((_name, index) => (index === 0 ? String(row) : (cells[index % cells.length] ?? '')))
      .map((cell) => (quoted ? `"${cell}"` : cell))
      .join(','),
  );
  const piece = Buffer.from(`${rows.join('\n')}\n`);
  yield Buffer.from(`${names.join(',')}\n`);
  for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
}

async function measure(name: string, run: (stream: Readable) => Promise<number>): Promise<void> {
  globalThis.gc?.();
  let highest = 0;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 20);
  const start = performance.now();
  const rows = await run(Readable.from(generated(megabytes * 2 ** 20), { objectMode: false, highWaterMark: 2 ** 18 }));
  const seconds = (performance.now() - start) / 1000;
  clearInterval(watch);
  const figures = {
    name,
    rows,
    seconds: +seconds.toFixed(2),
    rowsPerSecond: Math.round(rows / seconds),
    mbPerSecond: Math.round(megabytes / seconds),
  };
  console.log(
    JSON.stringify({ ...figures, maxRssMb: Math.round(Math.max(highest, process.memoryUsage.rss()) / 2 ** 20) }),
  );
}

await measure('smart-district', async (stream) => {
  let rows = 0;
  for await (const chunk of readRecords({ stream, format: 'csv' })) rows += chunk.length;
  return rows;
});
if (process.argv.includes('--csv-parse')) {
  await measure('csv-parse', async (stream) => {
    let rows = 0;
    for await (const _record of stream.pipe(parse({ columns: true, bom: true }))) rows += 1;
    return rows;
  });
  await measure('csv-parse, arrays only', async (stream) => {
    let rows = 0;
    for await (const _record of stream.pipe(parse({}))) rows += 1;
    return rows - 1;
  });
}
