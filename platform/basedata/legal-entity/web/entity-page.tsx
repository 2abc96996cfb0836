import '#web/entrances/entrances.css';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { mayDispute } from '#web/entrances/shared/disputes.tsx';
import { EntityBody } from '#web/entrances/shared/entity-body.tsx';
import { PlaceMap } from '#web/entrances/shared/place-map.tsx';
import type { EntityCard, Lineage } from '#web/entrances/shared/shapes.ts';
import { dayText } from '#web/entrances/shared/value-text.ts';
import { useSession } from '#web/shell/session.tsx';
import { type Finding, FindingCard } from './finding-card.tsx';
import { OwnershipGraph, percentText } from './graph.tsx';
import { useEntityTexts } from './texts.ts';
import './entity.css';

export type Facts = Reply<'/api/legal-entity/entities/{uscc}/facts'>;
type Graph = Reply<'/api/legal-entity/entities/{uscc}/graph'>;
type Tax = Reply<'/api/legal-entity/entities/{uscc}/tax'>;
type Headers = Record<string, string>;

/** One enterprise, one record (一企一档): what stands in it and from whom, where it is, who stands behind it, what registers say differently. */
export default function EntityPage() {
  const { uscc = '' } = useParams();
  const { t } = useEntityTexts();
  const purpose = usePurpose(`entity:${uscc}`, t('card.subject'));
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('card.gate')} />;
  return <Record uscc={uscc} purpose={purpose} key={uscc} />;
}

function Record({ uscc, purpose }: { uscc: string; purpose: ReturnType<typeof usePurpose> }) {
  const { t } = useEntityTexts();
  const { me } = useSession();
  const asOf = useAsOf();
  const { headers } = purpose;
  const day = asOf ? `?asOf=${asOf}` : '';
  const card = useApi(`entity ${uscc} ${asOf ?? ''} ${purpose.code}`, (signal) =>
    call<EntityCard>(`/api/legal-entity/entities/${uscc}${day}`, { signal, headers }),
  );
  const facts = useApi(`entity facts ${uscc} ${asOf ?? ''} ${purpose.code}`, (signal) =>
    call<Facts>(`/api/legal-entity/entities/${uscc}/facts${day}`, { signal, headers }),
  );
  const lineage = (field: string, signal: AbortSignal) =>
    call<Lineage>(`/api/legal-entity/lineage?uscc=${uscc}&attr=${field}`, { signal, headers });
  return (
    <article className="card entity-page" aria-busy={card.loading}>
      <header className="card-head">
        <h1>
          {card.data?.record.name ?? uscc} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{uscc.startsWith('Z') ? t('provisional') : uscc}</p>
        <PurposeLine purpose={purpose} />
      </header>
      <AsOfBar at={card.loadedAt ?? Date.now()} />
      {card.problem && <RefusalPanel problem={card.problem} onRetry={card.reload} />}
      {card.data && <FindingsPart uscc={uscc} />}
      {facts.problem && <RefusalPanel problem={facts.problem} onRetry={facts.reload} />}
      {facts.data && <FactsPart facts={facts.data} />}
      {card.data && <GraphPart uscc={uscc} headers={headers} />}
      {card.data && me.unit?.code === 'tax' && <TaxPart uscc={uscc} headers={headers} />}
      {card.data && (
        <section aria-labelledby="entity-facts">
          <h2 id="entity-facts">{t('card.facts')}</h2>
          <EntityBody
            card={card.data}
            lineage={asOf ? undefined : lineage}
            disputing={
              asOf || !mayDispute(me.kind)
                ? undefined
                : { base: 'legal-entity', subject: uscc, headers, onFiled: card.reload }
            }
          />
        </section>
      )}
    </article>
  );
}

function FindingsPart({ uscc }: { uscc: string }) {
  const { t } = useEntityTexts();
  const state = useApi(`entity findings ${uscc}`, (signal) =>
    call<Reply<'/api/legal-entity/findings'>>(`/api/legal-entity/findings?uscc=${uscc}`, { signal }),
  );
  const [changed, setChanged] = useState<ReadonlyMap<string, Finding>>(new Map());
  // Whoever may see the enterprise but no findings sees the rest.
  if (state.problem?.status === 403) return null;
  return (
    <section aria-labelledby="entity-findings">
      <h2 id="entity-findings">{t('card.findings')}</h2>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data?.findings.length === 0 && <p className="soft">{t('card.findingsNone')}</p>}
      <div className="board-list">
        {state.data?.findings.map((f) => (
          <FindingCard
            key={f.id}
            linked={false}
            finding={changed.get(f.id) ?? f}
            onChange={(next) => setChanged(new Map([...changed, [next.id, next]]))}
          />
        ))}
      </div>
    </section>
  );
}

/** Life, places on a map, people and licences; the same for an official and for the enterprise itself. */
export function FactsPart({ facts, own = false }: { facts: Facts; own?: boolean }) {
  const { t, language } = useEntityTexts();
  const unitName = useUnitName();
  const placed = facts.places.filter((p) => p.location !== null);
  const [shown, setShown] = useState(0);
  const at = placed[shown] ?? placed[0];
  const day = (text: string | null): string => (text === null ? t('card.noDay') : dayText(text, language));
  return (
    <>
      <section aria-labelledby="entity-places" className="entity-places">
        <div>
          <h2 id="entity-places">{t('card.places')}</h2>
          <ul className="people">
            {facts.places.map((p) => (
              <li key={p.kind}>
                <b>{t(`card.place.${p.kind as 'registered'}`)}</b>
                <span>{p.address}</span>
                <span className="soft">
                  {p.location === null ? (
                    t('card.notPlaced')
                  ) : (
                    <button
                      type="button"
                      className="link"
                      aria-pressed={p === at}
                      onClick={() => setShown(placed.indexOf(p))}
                    >
                      {t('card.showOnMap')}
                    </button>
                  )}
                  {p.sharing > 0 && p.kind === 'registered' && ` · ${t('card.sharing', { n: p.sharing })}`}
                  {p.crowded && <b className="finding-mark">{t('card.crowded')}</b>}
                </span>
              </li>
            ))}
          </ul>
        </div>
        <PlaceMap location={at?.location ?? null} building={at?.buildingCode ?? null} />
      </section>
      <div className="entity-columns">
        <section aria-labelledby="entity-life">
          <h2 id="entity-life">{t('card.lifeTitle')}</h2>
          <ol className="finding-steps">
            {facts.life.map((stage, i) => (
              <li key={`${stage.state}${i}`} data-state={stage.state}>
                <b>{t(`life.${stage.state}`)}</b>{' '}
                <span className="soft">
                  {day(stage.on)} · {unitName(stage.unit)}
                  {stage.doubtful && ` · ${t('card.doubtful')}`}
                </span>
              </li>
            ))}
          </ol>
          <h2>{t('card.sizeTitle')}</h2>
          <p>
            {t(`size.${(facts.size.class ?? 'unknown') as 'large'}`)}{' '}
            <Link className="soft" to={`/data/rules/${facts.size.rule}`}>
              国统字〔2017〕213号{!facts.size.verified && `（${t('unverified')}）`}
            </Link>
          </p>
        </section>
        <section aria-labelledby="entity-people">
          <h2 id="entity-people">{t('card.people')}</h2>
          <ul className="people">
            {facts.roles.map((r) => (
              <li key={`${r.kind}${r.holder}`}>
                <b>
                  {!own && r.holderKind === 'entity' && r.holder.startsWith('uscc:') ? (
                    <Link to={`/gov/entities/${r.holder.slice(5)}`}>{r.holderName ?? r.holder.slice(5)}</Link>
                  ) : (
                    (r.holderName ?? '—')
                  )}
                </b>
                <span className="soft">
                  {t(`card.roles.${r.kind as 'shareholder'}`)}
                  {r.percent !== null && ` · ${percentText(r.percent)}`}
                  {r.nominee && ` · ${t('card.nominee')}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="entity-licences">
          <h2 id="entity-licences">{t('card.licences')}</h2>
          {facts.licences.length === 0 && <p className="soft">{t('card.licenceNone')}</p>}
          <ul className="people">
            {facts.licences.map((l) => (
              <li key={`${l.kind}${l.number}`}>
                <b>{l.kind}</b>
                <span>
                  {l.number} {l.expired && <b className="finding-mark">{t('card.expired')}</b>}
                </span>
                <span className="soft">
                  {l.issuer}
                  {l.validTo !== null && ` · ${t('card.validTo', { day: dayText(l.validTo, language) })}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

function GraphPart({ uscc, headers }: { uscc: string; headers: Headers }) {
  const { t } = useEntityTexts();
  const [depth, setDepth] = useState(3);
  const state = useApi(`entity graph ${uscc} ${depth}`, (signal) =>
    call<Graph>(`/api/legal-entity/entities/${uscc}/graph?depth=${depth}`, { signal, headers }),
  );
  const graph = state.data;
  const names = new Map(graph?.nodes.map((n) => [n.id, n.name]));
  const nameOf = (id: string): string => names.get(id) ?? id.replace(/^\w+:/, '');
  return (
    <section aria-labelledby="entity-graph">
      <h2 id="entity-graph">{t('card.graph')}</h2>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {graph && graph.edges.length === 0 && <p className="soft">{t('card.graphNone')}</p>}
      {graph && graph.edges.length > 0 && (
        <>
          <p className="soft">{t('card.graphLead')}</p>
          <label>
            {t('card.depth')}{' '}
            <select value={depth} onChange={(e) => setDepth(Number(e.target.value))}>
              {[1, 2, 3, 5, 8].map((n) => (
                <option key={n} value={n}>
                  {n}
                </option>
              ))}
            </select>
          </label>
          <OwnershipGraph graph={graph} />
          {graph.closed.map((loop) => (
            <p key={loop.join()} className="notice">
              {t('card.closed', { firms: loop.map(nameOf).join('、') })}
            </p>
          ))}
          {graph.incomplete.map(({ firm, sum }) => (
            <p key={firm} className="notice">
              {t('card.incomplete', { firm: nameOf(firm), sum: percentText(sum) })}
            </p>
          ))}
          <h3>{t('card.control')}</h3>
          {graph.controllers.length === 0 && <p>{t('card.noControl')}</p>}
          <ul className="people">
            {graph.controllers.map((c) => (
              <li key={c.holder}>
                <b>{c.name ?? nameOf(c.holder)}</b>
                <span className="soft">
                  {c.by === 'share' ? t('card.byShare', { percent: percentText(c.percent ?? 0) }) : t('card.byBoard')}
                </span>
              </li>
            ))}
          </ul>
          <table className="entities-bar">
            <caption>{t('card.owners')}</caption>
            <thead className="hidden">
              <tr>
                <th scope="col">{t('card.owners')}</th>
                <th scope="col">{t('card.effective')}</th>
              </tr>
            </thead>
            <tbody>
              {graph.owners.map((o) => (
                <tr key={o.holder}>
                  <th scope="row">{o.name ?? nameOf(o.holder)}</th>
                  <td>
                    <span
                      className="entities-fill"
                      style={{ inlineSize: `${Math.min(100, o.percent)}%` }}
                      aria-hidden="true"
                    />
                    {percentText(o.percent)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function TaxPart({ uscc, headers }: { uscc: string; headers: Headers }) {
  const { t } = useEntityTexts();
  const state = useApi(`entity tax ${uscc}`, (signal) =>
    call<Tax>(`/api/legal-entity/entities/${uscc}/tax`, { signal, headers }),
  );
  return (
    <section aria-labelledby="entity-tax">
      <h2 id="entity-tax">{t('card.tax')}</h2>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && <TaxLine standing={state.data.standing} />}
    </section>
  );
}

export function TaxLine({ standing }: { standing: Tax['standing'] }) {
  const { t } = useEntityTexts();
  if (!standing) return <p className="soft">{t('card.taxNone')}</p>;
  return (
    <p>
      {t('card.taxLine', {
        period: standing.period,
        revenue: standing.revenueBand ?? '—',
        assets: standing.assetsBand ?? '—',
        tax: standing.taxBand ?? '—',
      })}
      {standing.arrears === true && ` · ${t('card.arrears')}`}
    </p>
  );
}
