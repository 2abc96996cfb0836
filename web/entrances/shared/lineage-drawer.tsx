import { useEffect, useRef } from 'react';
import { useApi } from '#web/client/index.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import type { Lineage } from './shapes.ts';
import { useWords } from './texts.ts';
import { valueText } from './value-text.ts';

/** Lineage (数据来历) of one value at the side of the page: value → claim → file, row, column, mapping version. */
export function LineageDrawer({
  name,
  title,
  load,
  onClose,
}: {
  name: string;
  title: string;
  load: (signal: AbortSignal) => Promise<Pick<Lineage, 'chain'>>;
  onClose: () => void;
}) {
  const { t, language, say } = useWords();
  const unitName = useUnitName();
  const dialog = useRef<HTMLDialogElement>(null);
  const state = useApi(`lineage ${name}`, load);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="drawer" aria-labelledby="lineage-title" onClose={onClose}>
      <header>
        <h2 id="lineage-title">{t('lineage.title', { name: title })}</h2>
        <button type="button" onClick={onClose}>
          {t('lineage.close')}
        </button>
      </header>
      <p className="soft">{t('lineage.lead')}</p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data?.chain.length === 0 && <p>{t('lineage.none')}</p>}
      <ol className="lineage">
        {state.data?.chain.map((step) => (
          <li key={step.claim} data-state={step.state}>
            <p className="lineage-value">
              <b>{valueText(name, step.value, language)}</b>
              <span className="badge">{t(`lineage.${step.state}`)}</span>
            </p>
            <p>
              {unitName(step.unit)} · {say(step.datasetTitle)}
            </p>
            <p className="soft">
              {t('lineage.received')} {formatMoment(step.receivedAt, { language })}
            </p>
            <p className="lineage-file">
              <code>{step.file}</code> {t('lineage.place', { row: step.row, column: step.column ?? '—' })} ·{' '}
              {t('lineage.mapping', { n: step.mappingVersion })}
            </p>
            <p className="soft lineage-digest" title={step.fileDigest}>
              {t('lineage.digest')} <code>{step.fileDigest.slice(0, 16)}…</code>
            </p>
          </li>
        ))}
      </ol>
    </dialog>
  );
}
