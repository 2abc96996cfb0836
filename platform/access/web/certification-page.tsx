import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { useUnitName } from '#web/design/units.tsx';
import { RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Entry = Reply<'/api/access/certification'>['entries'][number];

/** Certification of rights (权限复核): who of the unit still needs the rights of their post. */
export default function CertificationPage() {
  const { t, language, say } = useRightsTexts();
  const unitName = useUnitName();
  const state = useApi('certification', (signal) =>
    call<{ entries: Entry[] }>('/api/access/certification', { signal }),
  );
  const act = useSubmit(({ id, verdict }: { id: string; verdict: string }, headers) =>
    call(`/api/access/certification/${id}`, { method: 'POST', body: { verdict }, headers }),
  );
  const decide = (id: string, verdict: string) =>
    void act.submit({ id, verdict }).then((done) => done && state.reload());
  const entries = state.data?.entries ?? [];
  return (
    <RightsPage
      title={t('certify.title')}
      lead={t('certify.lead')}
      problem={act.problem ?? state.problem}
      onRetry={state.reload}
    >
      {state.data && entries.length === 0 && <EmptyState title={t('certify.none')} text={t('certify.noneText')} />}
      <ul className="rights-list">
        {entries.map((entry) => (
          <li key={entry.id} data-tone={entry.state === 'open' ? 'soon' : undefined}>
            <h3>
              {entry.name} · {say(entry.post)}{' '}
              <span className="badge">{t(`certify.states.${entry.state as 'open'}`)}</span>
            </h3>
            <p className="soft">
              {unitName(entry.unit)} · {entry.account} · {entry.quarter} ·{' '}
              {t('certify.due', { at: formatMoment(entry.due, { language }) })}
            </p>
            {entry.mayDecide && (
              <div className="acts">
                <button
                  type="button"
                  className="primary"
                  disabled={act.busy}
                  onClick={() => decide(entry.id, 'confirmed')}
                >
                  {t('certify.keep')}
                </button>
                <button type="button" disabled={act.busy} onClick={() => decide(entry.id, 'withdrawn')}>
                  {t('certify.take')}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </RightsPage>
  );
}
