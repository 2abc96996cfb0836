import '#web/entrances/entrances.css';
import { useState } from 'react';
import { call, useApi } from '#web/client/index.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { OwnDisputes, useDisputeTexts, useOwnDisputes } from '#web/entrances/shared/disputes.tsx';
import { AttributeList } from '#web/entrances/shared/attribute-list.tsx';
import { PlaceMap } from '#web/entrances/shared/place-map.tsx';
import type { PersonCard } from '#web/entrances/shared/shapes.ts';
import { useSession } from '#web/shell/session.tsx';
import { useCitizenTexts } from './texts.ts';

/** My data (我的信息): what the district holds about me, each value with where it comes from and when it arrived. */
export default function MyDataPage() {
  const t = useCitizenTexts();
  const { me } = useSession();
  const asOf = useAsOf();
  const state = useApi(`self ${asOf ?? ''}`, (signal) =>
    call<PersonCard>(`/api/population/self${asOf ? `?asOf=${asOf}` : ''}`, { signal }),
  );
  // Who acts for somebody disputes nothing in their name.
  const mayDispute = !me.acting && !asOf;
  const own = useOwnDisputes(!me.acting);
  const { t: words } = useDisputeTexts();
  const [filed, setFiled] = useState(false);
  const renew = () => {
    state.reload();
    own.reload();
  };
  const onFiled = () => {
    setFiled(true);
    renew();
  };
  const card = state.data;
  return (
    <article className="citizen-page">
      <h1>
        {me.acting ? t('meOf', { name: me.acting.name }) : t('me')} {me.sample && <SampleBadge />}
      </h1>
      {!me.acting && <p className="soft">{t('meLead')}</p>}
      <AsOfBar at={state.loadedAt ?? Date.now()} />
      {state.problem?.status === 404 && <EmptyState title={t('notLinked')} text={t('notLinkedText')} />}
      {state.problem && state.problem.status !== 404 && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {card && (
        <>
          <p role="status" className={filed ? 'notice' : 'hidden'}>
            {filed && words('sent')}
          </p>
          {own.data && <OwnDisputes disputes={own.data.disputes} onChange={renew} />}
          <AttributeList
            key={asOf ?? 'now'}
            attributes={card.attributes}
            filledOnly
            dated
            disputing={mayDispute ? { base: 'population', onFiled } : undefined}
          />
          <PlaceMap location={card.location} building={card.record.buildingCode} />
          <p className="soft">{t('wrong')}</p>
        </>
      )}
    </article>
  );
}
