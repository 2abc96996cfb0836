import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Conflicts = Reply<'/api/access/duty-conflicts'>;

/** Conflicts of duties (职责冲突): what was found, and the rules that are checked. */
export default function ConflictsPage() {
  const { t, say } = useRightsTexts();
  const state = useApi('conflicts', (signal) => call<Conflicts>('/api/access/duty-conflicts', { signal }));
  const { data } = state;
  return (
    <RightsPage
      title={t('conflicts.title')}
      lead={data ? t('conflicts.lead', data.checked) : ''}
      problem={state.problem}
      onRetry={state.reload}
    >
      {data?.findings.length === 0 && <EmptyState title={t('conflicts.none')} text={t('conflicts.noneText')} />}
      <ul className="rights-list">
        {data?.findings.map((one) => (
          <li key={`${one.rule} ${one.person?.name ?? one.post?.en} ${one.between[1]?.en}`} data-tone="now">
            <h3>
              {one.person ? `${one.person.name}（${one.person.accounts.join(' · ')}）` : one.post && say(one.post)}
            </h3>
            <p className="tone-now">{say(one.words)}</p>
            <p>{one.between.map(say).join(' + ')}</p>
          </li>
        ))}
      </ul>
      {data && (
        <section>
          <h2>{t('conflicts.rules')}</h2>
          <ul className="rights-list">
            {data.rules.map((rule) => (
              <li key={rule.id}>
                <p>{say(rule.words)}</p>
                <p className="soft">{t(`conflicts.kinds.${rule.kind as 'never'}`)}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </RightsPage>
  );
}
