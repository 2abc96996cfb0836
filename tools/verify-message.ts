import { readFileSync } from 'node:fs';
import { type Evidence, verifyEvidence } from '#platform/exchange/gateway/verify-evidence.ts';

/** `npm run verify-message -- FILE [--request CONTENT] [--answer CONTENT]`: verifies what proves one message, without the platform. */
const [file, ...rest] = process.argv.slice(2);
const contentOf = (name: string): Uint8Array | undefined => {
  const at = rest.indexOf(name);
  const path = at < 0 ? undefined : rest[at + 1];
  return path === undefined ? undefined : readFileSync(path);
};
if (file === undefined) {
  console.log(
    'npm run verify-message -- FILE [--request CONTENT] [--answer CONTENT]   离线核验一份报文凭证 verifies what proves one message',
  );
  process.exitCode = 1;
} else {
  const evidence = JSON.parse(readFileSync(file, 'utf8')) as Evidence;
  const checks = verifyEvidence(evidence, { request: contentOf('--request'), answer: contentOf('--answer') });
  for (const { what, holds, note = '' } of checks)
    console.log(`${holds === true ? '✓' : holds === false ? '✗' : '–'} ${what} ${note}`);
  const { message } = evidence;
  console.log(
    `${message.at} ${message.system ?? '未识别 unknown'} ${message.method} ${message.target} ${message.purpose ?? '—'} ${message.outcome} ${message.code ?? ''}`,
  );
  console.log(
    '请与登记的密钥指纹核对密钥编号 compare the key ids with what is registered and printed in /data/gateway',
  );
  process.exitCode = checks.some(({ holds }) => holds === false) ? 1 : 0;
}
