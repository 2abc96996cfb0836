import '#web/entrances/entrances.css';
import { useState } from 'react';
import { Link } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { OwnDisputes, useDisputeTexts, useOwnDisputes } from '#web/entrances/shared/disputes.tsx';
import { EntityBody } from '#web/entrances/shared/entity-body.tsx';
import type { EntityCard } from '#web/entrances/shared/shapes.ts';
import { useSession } from '#web/shell/session.tsx';
import { FactsPart, TaxLine } from './entity-page.tsx';
import { useEntityTexts } from './texts.ts';
import './entity.css';

/** My enterprise's record (我的企业档案): all that the district holds, each value with its source, and the way to have it put right. */
export default function OwnPage() {
  const { t } = useEntityTexts();
  const { me } = useSession();
  const asOf = useAsOf();
  const day = asOf ? `?asOf=${asOf}` : '';
  const card = useApi(me.signedIn ? `own entity ${asOf ?? ''}` : null, (signal) =>
    call<EntityCard>(`/api/legal-entity/self${day}`, { signal }),
  );
  const facts = useApi(card.data ? `own entity facts ${asOf ?? ''}` : null, (signal) =>
    call<Reply<'/api/legal-entity/self/facts'>>(`/api/legal-entity/self/facts${day}`, { signal }),
  );
  const tax = useApi(card.data ? 'own entity tax' : null, (signal) =>
    call<Reply<'/api/legal-entity/self/tax'>>('/api/legal-entity/self/tax', { signal }),
  );
  // Who acts for the enterprise by delegation disputes nothing in its name.
  const disputes = useOwnDisputes(!me.acting && card.data !== undefined);
  const { t: words } = useDisputeTexts();
  const [filed, setFiled] = useState(false);
  const renew = () => {
    card.reload();
    disputes.reload();
  };
  const onFiled = () => {
    setFiled(true);
    renew();
  };
  return (
    <article className="card entity-page" aria-busy={card.loading}>
      <header className="card-head">
        <h1>
          {t('own.title')} {me.sample && <SampleBadge />}
        </h1>
        {card.data && (
          <p className="soft">
            {card.data.record.name} · {card.data.uscc}
          </p>
        )}
      </header>
      <AsOfBar at={card.loadedAt ?? Date.now()} />
      {card.problem?.status === 404 && <EmptyState title={t('own.none')} text={t('own.noneText')} />}
      {card.problem && card.problem.status !== 404 && <RefusalPanel problem={card.problem} onRetry={card.reload} />}
      {facts.problem && <RefusalPanel problem={facts.problem} onRetry={facts.reload} />}
      {facts.data && <FactsPart facts={facts.data} own />}
      {tax.data && (
        <section aria-labelledby="own-tax">
          <h2 id="own-tax">{t('card.tax')}</h2>
          <TaxLine standing={tax.data.standing} />
        </section>
      )}
      {card.data && (
        <section aria-labelledby="own-facts">
          <h2 id="own-facts">{t('card.facts')}</h2>
          <p role="status" className={filed ? 'notice' : 'hidden'}>
            {filed && words('sent')}
          </p>
          {disputes.data && <OwnDisputes disputes={disputes.data.disputes} onChange={renew} />}
          <EntityBody
            card={card.data}
            dated
            disputing={me.acting || asOf ? undefined : { base: 'legal-entity', onFiled }}
          />
        </section>
      )}
      {card.data && (
        <p className="soft">
          {t('own.wrong')} <Link to="/business/accesses">{t('own.accesses')}</Link>
        </p>
      )}
    </article>
  );
}
