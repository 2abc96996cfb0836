import type { Text } from '#platform/kernel/text.ts';

/** What a field of an import target must look like (字段规则); checks, forms and the mapping screen follow from it. */
export type FieldDeclaration = {
  name: string;
  title: Text;
  type:
    | 'text'
    | 'date'
    | 'integer'
    | 'decimal'
    | 'code'
    | 'citizen-id'
    /** Another identifier of a person (出生医学证明编号): sealed like an identity number, not checked by arithmetic. */
    | 'document-number'
    | 'credit-code'
    | 'phone'
    | 'boolean'
    | 'geometry'
    | 'json';
  required?: boolean;
  maxLength?: number;
  pattern?: string;
  /** Accepted codes and what people write for them: `{ '1': ['男','男性','M'] }`; the code is what is kept. */
  codes?: Record<string, readonly string[]>;
  /** A date that may not lie in the future. */
  notAfterToday?: boolean;
  /** A value that cannot be read is left out instead of refusing the row: what else the row says is worth more. */
  lenient?: boolean;
  minimum?: number;
  maximum?: number;
  /** Shown masked in reports. */
  sensitive?: boolean;
};
