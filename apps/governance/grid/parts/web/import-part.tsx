import { useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { FileButton } from '#web/design/file-button.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { usePartTexts } from './parts-texts.ts';
import { type PartLine, readPartLines } from './read-rows.ts';

/** Registers many parts from a CSV (批量登记): all or none; the server names lines and fields that are wrong. */
export function ImportPart({ onDone }: { onDone: () => void }) {
  const { t } = usePartTexts();
  const [rows, setRows] = useState<PartLine[] | null>(null);
  const [bad, setBad] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const { busy, problem, submit } = useSubmit((body: { rows: PartLine[] }, key) =>
    call<{ registered: number }>('/api/grid/parts', { method: 'POST', body, headers: key }),
  );
  const choose = async (file: File | undefined) => {
    setDone(null);
    const read = file ? readPartLines(await file.text()) : null;
    setBad(read === undefined);
    setRows(read ?? null);
  };
  const send = async () => {
    const made = rows && (await submit({ rows }));
    if (!made) return;
    setDone(made.registered);
    setRows(null);
    onDone();
  };
  return (
    <section aria-label={t('import')}>
      <h2>{t('import')}</h2>
      <p className="soft">{t('importLead')}</p>
      <div className="grid-filters">
        <FileButton accept=".csv,text/csv" onFiles={([file]) => void choose(file)}>
          {t('file')}
        </FileButton>
        {rows && (
          <button type="button" className="primary" disabled={busy || rows.length === 0} onClick={() => void send()}>
            {t('import')} {t('rows', { n: rows.length })}
          </button>
        )}
      </div>
      {bad && <p role="alert">{t('notCsv')}</p>}
      {problem && <RefusalPanel problem={problem} />}
      {done !== null && <p role="status">{t('imported', { n: done })}</p>}
    </section>
  );
}
