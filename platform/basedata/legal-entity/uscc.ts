import { Type } from 'typebox';

/** A credit code (统一社会信用代码), or the provisional key of an enterprise of which none is known (`claim-identity.ts`). */
export const Uscc = Type.String({ pattern: '^([0-9A-HJ-NPQRTUWXY]{18}|Z[0-9A-F]{17})$' });
/** Any well-formed code that no enterprise has: the matrix replaces it by one that exists. */
export const EXAMPLE = '91310199MA003Q6R3B';
