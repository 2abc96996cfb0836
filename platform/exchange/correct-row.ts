import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type BatchRow, findTarget, insertClaims, moduleOfTarget, readMapping, writeClaims } from './import-batch.ts';
import { createRowGate } from './row-gate.ts';

export const RowNotOpen = domainError({
  code: 'ROW_NOT_OPEN',
  status: 409,
  title: { zh: '该行已处理', en: 'This row has been dealt with already' },
  action: { zh: '请刷新列表。', en: 'Reload the list.' },
});
export const BatchNotLoaded = domainError({
  code: 'IMPORT_NOT_FINISHED',
  status: 409,
  title: { zh: '导入尚未完成', en: 'The import has not finished' },
  action: { zh: '请等本次导入完成后再修改问题行。', en: 'Correct rows once this import has finished.' },
});
/** What a feed brings is put right where it comes from: a correction here would be undone by the next batch, and no taker would get it. */
export const CorrectAtSource = domainError({
  code: 'CORRECT_AT_SOURCE',
  status: 409,
  title: { zh: '接口送来的数据请在来源系统改正', en: 'What a feed brings is corrected at its source' },
  action: {
    zh: '请把问题清单发给来源，改正后随下一批送来。',
    en: 'Send the report to the source; the corrected row comes with the next batch.',
  },
});

/**
 * Corrects a quarantined row (隔离区改正): given values replace the row's own, the same checks run again, and a row that
 * passes becomes a claim of the same batch.
 */
export const correctRow = route({
  method: 'POST',
  path: '/api/exchange/imports/:id/faults/:row/correct',
  summary: { zh: '改正问题行并重新校验', en: 'Correct a faulty row and check it again' },
  allow: 'exchange.import.send',
  params: Type.Object({ id: Type.String({ format: 'uuid' }), row: Type.Integer({ minimum: 1 }) }),
  body: Type.Object({ values: Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 4000 })) }),
  reply: Type.Object({ state: Type.Literal('corrected') }),
  errors: [NotFound, RowNotOpen, BatchNotLoaded, CorrectAtSource, InvalidInput],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:import', row: 'fixture:fault' }, body: 'fixture:correction' },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-import', row: '1' }, body: { values: {} } },
  },
  handler: async ({ db, params, body, services, actor }) => {
    const batch = await db.first<BatchRow>(sql`select * from exchange.batch where id = ${params.id}::uuid for update`);
    const row = await db.first<{ state: string; row_sealed: string }>(
      sql`select state, row_sealed from exchange.quarantine where batch = ${params.id}::uuid and row_no = ${params.row}::int for update`,
    );
    if (!batch || !row) throw NotFound.with();
    if (batch.feed) throw CorrectAtSource.with();
    if (batch.state !== 'loaded') throw BatchNotLoaded.with();
    if (row.state !== 'open') throw RowNotOpen.with();
    const mapping = await readMapping(db, batch.dataset, batch.mapping_version);
    const target = findTarget(services, mapping.target);
    const before = JSON.parse(services.keyring.open(row.row_sealed, `quarantine:${params.id}:${params.row}`)) as Record<
      string,
      string | null
    >;
    const gate = createRowGate({ mapping, target, services });
    const passed = gate.pass({ row: params.row, values: { ...before, ...body.values } });
    if (!passed.ok) {
      throw InvalidInput.with({
        fields: passed.faults.map((f) => ({ pointer: `/values/${f.column}`, rule: f.rule, message: f.reason })),
      });
    }
    const rows = [{ row: params.row, values: passed.values, key: passed.key }];
    await insertClaims({ db, batch, claims: writeClaims({ rows, batch, services, target }) });
    await db.run(
      sql`update exchange.quarantine set state = 'corrected', corrected_by = ${actor.account}, corrected_at = kernel.now() where batch = ${params.id}::uuid and row_no = ${params.row}::int`,
    );
    await db.run(
      sql`update exchange.batch set state = 'publishing', rows_faulty = rows_faulty - 1, rows_ok = rows_ok + 1 where id = ${params.id}::uuid`,
    );
    await db.enqueue({
      name: 'load',
      module: moduleOfTarget(services, target.id).job,
      payload: { batch: params.id, target: target.id },
      key: params.id,
    });
    return { state: 'corrected' as const };
  },
});
