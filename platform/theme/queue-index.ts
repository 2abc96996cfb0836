import type { Db } from '#platform/kernel/db.ts';

/** Base keys are found outside of transactions: publishing and refreshing a theme of the index kind go on as a job. */
export const queueIndex = async (db: Db, id: string): Promise<void> =>
  void (await db.enqueue({ name: 'index-theme', payload: { theme: id }, key: id }));
