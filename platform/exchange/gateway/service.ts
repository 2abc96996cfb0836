import { port, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { FieldMark } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';

export type Verdict = 'yes' | 'no' | 'unknown';

/** One subject and what is stated about it. */
export type Statement = { id: string; fields: Readonly<Record<string, string>> };

/**
 * A service that says whether statements are true (核验服务) and nothing else: raw values never leave. Base databases provide
 * theirs; the gateway asks in its own transaction, under the purpose of the caller and in its own name: several callers may share it.
 */
export type VerifyService = {
  /** `verify.<what>`; the address is `/gateway/v1/verify/<what>`. */
  id: string;
  title: Text;
  /** What one id is, for the description: an identity number, a credit code. */
  idTitle: Text;
  idPattern: RegExp;
  /** What may be stated, as the catalogue has it. */
  fields: Readonly<Record<string, { title: Text; mark: FieldMark }>>;
  subject: 'person' | 'entity';
  /** Digest or form of an id by which the same subject is the same: what tries are counted by. */
  subjectKey(options: { services: Services; id: string }): string;
  /** Answers in the order of the statements; `subject` is what the audit names and is never sent. */
  verify(options: {
    db: Db;
    services: Services;
    statements: readonly Statement[];
  }): Promise<{ subject: string | null; answers: Record<string, Verdict> }[]>;
};

export const verifyService = port<VerifyService>('gateway.verify-service');
