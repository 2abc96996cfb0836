import type { SealedColumn } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

/** What exchange keeps sealed: keys of stored files, refused rows, identity numbers inside claims. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'exchange.batch',
    column: 'file_key',
    key: { id: 'uuid' },
    also: ['file_id'],
    context: ({ file_id }) => `file:${file_id}`,
  },
  {
    table: 'exchange.feed_batch',
    column: 'file_key',
    key: { id: 'uuid' },
    also: ['file_id'],
    context: ({ file_id }) => `file:${file_id}`,
  },
  { table: 'exchange.feed', column: 'credential', key: { id: 'text' }, context: ({ id }) => `feed:${id}` },
  {
    table: 'exchange.feed_message',
    column: 'body',
    key: { id: 'int8' },
    also: ['feed'],
    context: ({ feed }) => `feed-message:${feed}`,
  },
  { table: 'exchange.subscription', column: 'secret', key: { id: 'uuid' }, context: ({ id }) => `subscription:${id}` },
  {
    table: 'exchange.quarantine',
    column: 'row_sealed',
    key: { batch: 'uuid', row_no: 'int4' },
    context: ({ batch, row_no }) => `quarantine:${batch}:${row_no}`,
  },
  {
    table: 'exchange.claim',
    column: 'payload',
    key: { id: 'int8' },
    context: ({ member }) => `claim:${member}`,
    json: {
      replace: ({ row, member, before, after }) =>
        sql`select 1 as replaced where exchange.reseal_claim(${row.id}::bigint, ${member}, ${before}, ${after})`,
    },
  },
];
