import '#web/entrances/entrances.css';
import { useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { EntityBody } from '#web/entrances/shared/entity-body.tsx';
import type { EntityCard, Lineage } from '#web/entrances/shared/shapes.ts';
import { useSession } from '#web/shell/session.tsx';
import { useGovTexts } from './texts.ts';

/** Enterprise card (企业卡片): each value with its source among three authorities, as of any day. */
export default function EnterprisePage() {
  const { uscc = '' } = useParams();
  const t = useGovTexts();
  const purpose = usePurpose(`entity:${uscc}`, t('enterprise.subject'));
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('enterprise.gate')} />;
  return <Card uscc={uscc} purpose={purpose} />;
}

function Card({ uscc, purpose }: { uscc: string; purpose: ReturnType<typeof usePurpose> }) {
  const { me } = useSession();
  const asOf = useAsOf();
  const { headers } = purpose;
  const state = useApi(`entity ${uscc} ${asOf ?? ''} ${purpose.code}`, (signal) =>
    call<EntityCard>(`/api/legal-entity/entities/${uscc}${asOf ? `?asOf=${asOf}` : ''}`, { signal, headers }),
  );
  const lineage = (field: string, signal: AbortSignal) =>
    call<Lineage>(`/api/legal-entity/lineage?uscc=${uscc}&attr=${field}`, { signal, headers });
  return (
    <article className="card" aria-busy={state.loading}>
      <header className="card-head">
        <h1>
          {state.data?.record.name ?? uscc} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{uscc}</p>
        <PurposeLine purpose={purpose} />
      </header>
      <AsOfBar at={state.loadedAt ?? Date.now()} />
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && (
        <EntityBody
          card={state.data}
          lineage={asOf ? undefined : lineage}
          disputing={asOf ? undefined : { base: 'legal-entity', subject: uscc, headers, onFiled: state.reload }}
        />
      )}
    </article>
  );
}
