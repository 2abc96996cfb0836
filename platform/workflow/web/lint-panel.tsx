import type { Problem } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Lint } from './shapes.ts';
import { useProcessTexts } from './texts.ts';

/** What the check found, errors first; each selects its element in the drawing. */
export function LintPanel({
  lint,
  problem,
  onChoose,
}: {
  lint: Lint | undefined;
  problem: Problem | null;
  onChoose: (element: string | null) => void;
}) {
  const { t, language } = useProcessTexts();
  if (problem) return <RefusalPanel problem={problem} />;
  if (!lint) return <p className="soft">{t('loading', { ns: 'shell' })}</p>;
  const { findings, markings } = lint;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (findings.length === 0) return <EmptyState title={t('lintNone')} text={t('lintNoneText', { n: markings })} />;
  return (
    <section aria-label={t('lint')}>
      <p role="status">
        {errors > 0 && <b>{t('lintErrors', { n: errors })}</b>}
        {errors > 0 && findings.length > errors && ' · '}
        {findings.length > errors && t('lintWarnings', { n: findings.length - errors })}
      </p>
      <ul className="process-findings">
        {findings.map((finding) => (
          <li key={`${finding.element} ${finding.rule} ${finding.message.en}`} data-severity={finding.severity}>
            <button type="button" disabled={finding.element === null} onClick={() => onChoose(finding.element)}>
              <small>{t(`severity.${finding.severity}`)}</small>
              <b>{finding.name ?? t('wholeProcess')}</b>
              <span>{finding.message[language]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
