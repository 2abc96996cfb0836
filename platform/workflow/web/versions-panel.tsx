import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Mark } from './drawing.tsx';
import { SelectField } from './field.tsx';
import type { Comparison, Process } from './shapes.ts';
import { useProcessTexts } from './texts.ts';

/** The versions of a process, and what the draft changes against one of them, marked in the drawing. */
export function VersionsPanel({
  process,
  onShow,
  onMarks,
  onChoose,
}: {
  process: Process;
  onShow: (xml: string, version: number) => Promise<void>;
  onMarks: (marks: Mark[]) => void;
  onChoose: (element: string) => void;
}) {
  const { t, language } = useProcessTexts();
  const [against, setAgainst] = useState('');
  const path = `/api/workflow/processes/${process.id}`;
  const state = useApi(against === '' ? null : `compare ${process.id} ${process.revision} ${against}`, (signal) =>
    call<Comparison>(`${path}/compare?from=${against}`, { signal }),
  );
  const differences = state.data?.differences;
  useEffect(() => {
    onMarks((differences ?? []).map(({ element, change }) => ({ element, kind: change })));
    return () => onMarks([]);
  }, [differences, onMarks]);
  if (process.versions.length === 0) return <EmptyState title={t('notPublished')} text={t('publishLead')} />;
  const show = async (version: number) => {
    const { xml } = await call<{ xml: string }>(`${path}/versions/${version}`);
    await onShow(xml, version);
  };
  return (
    <section aria-label={t('tabs.versions')}>
      <ul className="process-versions">
        {process.versions.map((each) => (
          <li key={each.version}>
            <b>{t('versionOf', { n: each.version })}</b>
            <span className="soft">
              {t('publishedBy', { by: each.publishedByName, at: formatMoment(each.publishedAt, { language }) })} ·{' '}
              {t('running')} {t('runningOf', { n: each.running })}
            </span>
            <button type="button" className="link" onClick={() => void show(each.version)}>
              {t('show')}
            </button>
          </li>
        ))}
      </ul>
      <p>
        <Link to={`/gov/processes/${process.id}/moves`}>{t('moves')}</Link>
      </p>
      <SelectField
        label={t('compare')}
        value={against}
        options={[
          { value: '', title: '—' },
          ...process.versions.map(({ version }) => ({ value: String(version), title: t('versionOf', { n: version }) })),
        ]}
        onKeep={setAgainst}
      />
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {differences?.length === 0 && <p className="soft">{t('compareNone')}</p>}
      <ul className="process-differences">
        {differences?.map((each) => (
          <li key={each.element} data-change={each.change}>
            <button type="button" disabled={each.change === 'removed'} onClick={() => onChoose(each.element)}>
              <small>{t(`change.${each.change}`)}</small>
              <b>{each.name}</b> <small className="soft">{t(`kinds.${each.kind}`, each.kind)}</small>
            </button>
            {each.attributes.map(({ attribute, before, after }) => (
              <p key={attribute} className="soft">
                {t('attributeFrom', {
                  attribute,
                  before: before ?? t('nothing'),
                  after: after ?? t('nothing'),
                })}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
