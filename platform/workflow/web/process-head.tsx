import { formatMoment } from '#web/design/format.ts';
import { useUnitName } from '#web/design/units.tsx';
import type { Process } from './shapes.ts';
import { useProcessTexts } from './texts.ts';

/** What a process is called, who answers for it, and where its versions stand. */
export function ProcessHead({ process }: { process: Process }) {
  const { t, language } = useProcessTexts();
  const unitName = useUnitName();
  const at = formatMoment(process.changedAt, { language });
  return (
    <header className="process-head">
      <h1>{process.name}</h1>
      <p className="soft">
        <code>{process.id}</code> · {unitName(process.unit)} ·{' '}
        {process.version === null ? t('notPublished') : t('versionOf', { n: process.version })}
        {process.retired && ` · ${t('retired')}`}
        {process.changed && ` · ${t('draft')}：${t('draftOf', { by: process.changedByName, at })}`}
      </p>
    </header>
  );
}
