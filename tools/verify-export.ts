import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { verifyExport } from '#platform/audit/verify-export.ts';

/** `npm run verify-export -- FILE [--key ID …]`: verifies an exported audit without the database. */
const [file, ...rest] = process.argv.slice(2);
const trusted = rest.filter((each) => each !== '--key');
if (file === undefined) {
  console.log('npm run verify-export -- FILE [--key ID …]   离线核验导出的审计日志 verifies an exported audit');
  process.exitCode = 1;
} else {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  const { ok, fault, problem, from, to, seals, rows, keys } = await verifyExport(lines, {
    trusted: trusted.length > 0 ? trusted : undefined,
  });
  console.log(
    `封存 seals ${from}–${to}: ${seals} 次, ${rows} 条记录 rows; 签名密钥 signed by ${keys.join(', ') || '—'}`,
  );
  if (trusted.length === 0)
    console.log('未指定密钥：只能证明文件自身一致 no --key given: proves only that the file agrees with itself');
  if (ok) console.log('完整无误 complete and unchanged');
  else console.log(`✗ ${problem ?? `${fault?.reason} ${fault?.row ?? ''} (封存 seal ${fault?.seal})`}`);
  process.exitCode = ok ? 0 : 1;
}
