import '#web/entrances/entrances.css';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { OwnDisputes, useOwnDisputes } from '#web/entrances/shared/disputes.tsx';
import { OpenCases } from '#web/entrances/shared/open-cases.tsx';
import { EntityBody } from '#web/entrances/shared/entity-body.tsx';
import type { EntityCard } from '#web/entrances/shared/shapes.ts';
import { useSession } from '#web/shell/session.tsx';
import { useBusinessTexts } from './texts.ts';

/** My enterprise (我的企业): what the district holds about it, each value with its source. */
export default function BusinessHomePage() {
  const t = useBusinessTexts();
  const { t: shell } = useTranslation();
  const { me, loading } = useSession();
  const asOf = useAsOf();
  const state = useApi(me.signedIn ? `own entity ${asOf ?? ''}` : null, (signal) =>
    call<EntityCard>(`/api/legal-entity/self${asOf ? `?asOf=${asOf}` : ''}`, { signal }),
  );
  const own = useOwnDisputes(me.signedIn && !me.acting);
  const renew = () => {
    state.reload();
    own.reload();
  };
  const disputing = me.acting || asOf ? undefined : { base: 'legal-entity' as const, onFiled: renew };
  if (!me.signedIn && !loading)
    return (
      <EmptyState
        level={1}
        title={shell('empty.business.title')}
        text={t('signIn')}
        act={
          <Link className="primary" to="/login?next=/business">
            {shell('empty.business.act')}
          </Link>
        }
      />
    );
  return (
    <article className="card">
      <header className="card-head">
        <h1>
          {state.data?.record.name ?? t('title')} {me.sample && <SampleBadge />}
        </h1>
        {state.data && <p className="soft">{state.data.uscc}</p>}
        <p>
          <Link to="/business/accesses">{t('accesses')}</Link>
        </p>
      </header>
      {me.signedIn && <OpenCases base="/business" />}
      <AsOfBar at={state.loadedAt ?? Date.now()} />
      {state.problem?.status === 404 && <EmptyState title={t('notLinked')} text={t('notLinkedText')} />}
      {state.problem && state.problem.status !== 404 && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {own.data && <OwnDisputes disputes={own.data.disputes} onChange={renew} />}
      {state.data && <EntityBody card={state.data} dated disputing={disputing} />}
      {state.data && <p className="soft">{t('wrong')}</p>}
    </article>
  );
}
