import { totpCode } from './totp.ts';

/** Secret of the authenticator that the test matrix holds; no account has it outside tests. */
export const EXAMPLE_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export const exampleCode = (): string => totpCode(EXAMPLE_SECRET, new Date());
export const examplePair = (): { first: string; second: string } => ({
  first: totpCode(EXAMPLE_SECRET, new Date(Date.now() - 30_000)),
  second: exampleCode(),
});
