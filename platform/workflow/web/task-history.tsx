import { Timeline } from '#web/design/facts.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useInboxTexts } from './inbox-texts.ts';
import type { Instance } from './shapes.ts';
import { useVocabulary } from './use-vocabulary.ts';

/** What happened in a case so far, newest first: which post of which unit did what, when. */
export function TaskHistory({ instance, processName }: { instance: Instance; processName: string }) {
  const { t, language } = useInboxTexts();
  const unitName = useUnitName();
  const vocabulary = useVocabulary();
  const postName = (post: string | null) =>
    vocabulary.data?.posts.find(({ id }) => id === post)?.title[language] ?? post ?? '';
  const named = new Map(instance.steps.flatMap(({ node, name }) => (node && name ? [[node, name] as const] : [])));
  const current = [...new Set(instance.current.map((node) => named.get(node) ?? node))];
  // Gateways and the like have no name and tell people nothing.
  const told = instance.steps.filter(({ name, node }) => name !== null || node === null).reverse();
  return (
    <section className="task-history">
      <h3>{t('history')}</h3>
      <p className="soft">
        {t('versionOf', { process: processName, n: instance.version })} ·{' '}
        {instance.status === 'active'
          ? t('current', { steps: current.join(language === 'zh' ? '、' : ', ') })
          : t('ended')}
      </p>
      {instance.incidents.map(({ id, node }) => (
        <p key={id} className="notice">
          {t('incident', { step: named.get(node) ?? node })}
        </p>
      ))}
      <Timeline
        entries={told.map(({ seq, at, name, lifecycle, unit, post, outcome }) => ({
          id: seq,
          at,
          title: `${name ?? ''} ${t(`lifecycle.${lifecycle.replace(/^.*\./, '')}`, lifecycle)}`.trim(),
          by: `${unitName(unit)} ${postName(post)}`.trim(),
          note: outcome ?? undefined,
        }))}
      />
    </section>
  );
}
