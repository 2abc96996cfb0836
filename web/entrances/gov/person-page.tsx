import '#web/entrances/entrances.css';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { SourceChip } from '#web/design/source-chip.tsx';
import { AttributeList } from '#web/entrances/shared/attribute-list.tsx';
import { ChangeList } from '#web/entrances/shared/change-list.tsx';
import { mayDispute } from '#web/entrances/shared/disputes.tsx';
import { PlaceMap } from '#web/entrances/shared/place-map.tsx';
import type { Attribute, Lineage, PersonCard } from '#web/entrances/shared/shapes.ts';
import { useWords } from '#web/entrances/shared/texts.ts';
import { ageOn, dayText, valueText } from '#web/entrances/shared/value-text.ts';
import { useSession } from '#web/shell/session.tsx';
import { useGovTexts } from './texts.ts';

/** Person card (人员卡片): each value with its source, what other sources say, as of any day; masked until asked for. */
export default function PersonPage() {
  const { pid = '' } = useParams();
  const t = useGovTexts();
  const purpose = usePurpose(`person:${pid}`, t('person.subject'));
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('person.gate')} />;
  return <Card pid={pid} purpose={purpose} />;
}

function Card({ pid, purpose }: { pid: string; purpose: ReturnType<typeof usePurpose> }) {
  const t = useGovTexts();
  const { language } = useWords();
  const { me } = useSession();
  const asOf = useAsOf();
  const { headers } = purpose;
  const state = useApi(`person ${pid} ${asOf ?? ''} ${purpose.code}`, (signal) =>
    call<PersonCard>(`/api/population/persons/${pid}${asOf ? `?asOf=${asOf}` : ''}`, { signal, headers }),
  );
  const unmask = async (field: string) =>
    (
      await call<{ value: string | null }>(`/api/population/persons/${pid}/unmask`, {
        method: 'POST',
        body: { field },
        headers,
      })
    ).value;
  const lineage = (field: string, signal: AbortSignal) =>
    call<Lineage>(`/api/population/lineage?pid=${pid}&attr=${field}`, { signal, headers });
  const card = state.data;
  const { name, sex, birthDate } = card?.record ?? { name: null, sex: null, birthDate: null };
  const age = ageOn(birthDate, asOf ?? undefined);
  return (
    <article className="card" aria-busy={state.loading}>
      <header className="card-head">
        <h1>
          {name ?? ' '} {me.sample && <SampleBadge />}
        </h1>
        {card && (
          <p className="soft">
            {[valueText('sex', sex, language), age !== null && t('person.age', { n: age }), card.record.address]
              .filter(Boolean)
              .join(' · ')}
          </p>
        )}
        <PurposeLine purpose={purpose} />
      </header>
      <AsOfBar at={state.loadedAt ?? Date.now()} />
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {card && (
        <div className="card-columns" key={asOf ?? 'now'}>
          <div>
            {card.conflicts > 0 && <Conflicts count={card.conflicts} />}
            <AttributeList
              attributes={withIdNumber(card, t('person.id'))}
              unmask={asOf ? undefined : unmask}
              lineage={asOf ? undefined : lineage}
              why="/gov/access?resource=population.resident"
              disputing={
                asOf || !mayDispute(me.kind)
                  ? undefined
                  : { base: 'population', subject: pid, headers, onFiled: state.reload }
              }
            />
          </div>
          <aside>
            <PlaceMap location={card.location} building={card.record.buildingCode} />
            <Life card={card} />
            <Kin card={card} />
            {!asOf && <Whereabouts pid={pid} headers={headers} />}
            <Residences card={card} />
            <Household card={card} />
            <ChangeList changes={card.changes} attributes={card.attributes} />
            <p>{me.kind === 'data-officer' && <Link to={`/data/links?one=${pid}`}>{t('person.compare')}</Link>}</p>
            <p className="soft">{t('person.since', { at: formatMoment(card.since, { language }) })}</p>
          </aside>
        </div>
      )}
    </article>
  );
}

/** The identity number stands in a store of its own; on the card it is one item among the others. */
function withIdNumber(card: PersonCard, title: string): Attribute[] {
  const name = card.attributes[0];
  if (!card.idNumber || !name) return card.attributes;
  const item: Attribute = {
    ...name,
    name: 'idNumber',
    title: { zh: title, en: title },
    level: 'L4',
    masked: true,
    value: card.idNumber,
    source: null,
    others: [],
  };
  return [name, item, ...card.attributes.slice(1)];
}

function Conflicts({ count }: { count: number }) {
  const { t } = useWords();
  return <p className="notice">{t('conflicts', { n: count })}</p>;
}

/** Life events (生命事件) in order, each with who says so; a death that is only reported says that nothing has stopped. */
function Life({ card }: { card: PersonCard }) {
  const t = useGovTexts();
  const { language } = useWords();
  if (card.life.length === 0) return null;
  return (
    <section className="card-group">
      <h2>{t('person.life')}</h2>
      <ol className="residences">
        {card.life.map((event) => (
          <li key={`${event.kind} ${event.on}`} data-now={event.state === 'confirmed'}>
            <p>
              {t(`person.lifeKind.${event.kind as 'born'}`)}{' '}
              {event.state !== 'confirmed' && (
                <span className="badge">{t(`person.lifeState.${event.state as 'reported'}`)}</span>
              )}
            </p>
            <p className="soft">
              {dayText(event.on, language)}{' '}
              {event.sources.map((source) => (
                <SourceChip key={source.claim} source={source} />
              ))}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Where the person really lives (实际居住): asked for when somebody opens it, explained piece by piece. */
function Whereabouts({ pid, headers }: { pid: string; headers: Record<string, string> }) {
  const t = useGovTexts();
  const { language } = useWords();
  const [open, setOpen] = useState(false);
  const found = useApi(open ? `residence ${pid}` : null, (signal) =>
    call<Reply<'/api/population/persons/{pid}/residence'>>(`/api/population/persons/${pid}/residence`, {
      headers,
      signal,
    }),
  );
  const home = found.data;
  const percent = (share: number) => `${Math.round(share * 100)}%`;
  return (
    <details className="card-group" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('person.lives')}</summary>
      {found.problem && <RefusalPanel problem={found.problem} onRetry={found.reload} />}
      {home && (
        <>
          <p>
            <b>{home.address ?? t('person.livesUnknown')}</b>{' '}
            {home.separated === true && <span className="badge">{t('person.separated')}</span>}
          </p>
          <p className="soft">
            {home.confirmed
              ? t('person.livesConfirmed', { day: dayText(home.confirmed.on, language), by: home.confirmed.by })
              : t('person.livesSure', { percent: percent(home.confidence), days: home.halfLifeDays })}
          </p>
          <ul className="people">
            {[...home.evidence, ...home.against].map((one) => (
              <li key={`${one.source.claim}`}>
                <span>{one.address}</span>
                <span className="soft">
                  {percent(one.weight)} · {dayText(one.on, language)} <SourceChip source={one.source} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

/** Who is whose (亲属), as the sources state it. */
function Kin({ card }: { card: PersonCard }) {
  const t = useGovTexts();
  if (card.kin.length === 0) return null;
  return (
    <section className="card-group">
      <h2>{t('person.kin')}</h2>
      <ul className="people">
        {card.kin.map((one) => (
          <li key={`${one.kind} ${one.pid}`}>
            <Link to={`/gov/persons/${one.pid}`}>{one.name}</Link>
            <span className="soft">
              {t(`person.kinKind.${one.kind as 'mother'}`)} <SourceChip source={one.source} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Residences({ card }: { card: PersonCard }) {
  const { t, language } = useWords();
  if (card.residences.length === 0) return null;
  return (
    <section className="card-group">
      <h2>{t('residences')}</h2>
      <ol className="residences">
        {card.residences.map((home) => (
          <li key={`${home.from} ${home.address}`} data-now={home.to === null}>
            <p>{home.address}</p>
            <p className="soft">
              {home.from ? dayText(home.from, language) : '—'} {t('until')}{' '}
              {home.to ? dayText(home.to, language) : t('now')} <SourceChip source={home.source} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Household({ card }: { card: PersonCard }) {
  const { t, language } = useWords();
  const gov = useGovTexts();
  const others = card.household?.members.filter(({ pid }) => pid !== card.pid) ?? [];
  return (
    <section className="card-group">
      <h2>{t('household')}</h2>
      {others.length === 0 && <p className="soft">{gov('person.noMembers')}</p>}
      <ul className="people">
        {others.map((person) => (
          <li key={person.pid}>
            <Link to={`/gov/persons/${person.pid}`}>{person.name}</Link>
            <span className="soft">
              {[person.relation, person.birthDate && dayText(person.birthDate, language)].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
