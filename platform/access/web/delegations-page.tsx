import '#web/entrances/entrances.css';
import './delegation.css';
import { Fragment } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { entranceOf } from '#web/shell/entrances.ts';
import { useSession } from '#web/shell/session.tsx';
import { ActsList } from './acts-list.tsx';
import { DelegationCard } from './delegation-card.tsx';
import { type Delegations, isOpen } from './shapes.ts';
import { useDelegationTexts } from './texts.ts';

/** While the page is open, offers and ends of the other side appear by themselves. */
const REFRESH_MS = 5_000;

/** Delegations (代办): what waits for my answer, for whom I act, who acts for me, and what they did. */
export default function DelegationsPage() {
  const { t } = useDelegationTexts();
  const { me, reload } = useSession();
  const entrance = entranceOf(useLocation().pathname) ?? 'citizen';
  const go = useNavigate();
  const state = useApi(
    me.signedIn ? 'delegations' : null,
    (signal) => call<Delegations>('/api/access/delegations', { signal }),
    { refreshMs: REFRESH_MS },
  );
  const { busy, problem, submit } = useSubmit(({ id, act }: { id: string; act: string }, key) =>
    call(`/api/access/delegations/${id}/${act}`, { method: 'POST', headers: key }),
  );
  const start = useSubmit((delegation: string) =>
    call('/api/identity/acting', { method: 'PUT', body: { delegation } }),
  );
  const answer = async (id: string, act: 'accept' | 'decline' | 'end') => {
    if (await submit({ id, act })) state.reload();
  };
  const begin = async (id: string, page: string | null) => {
    if (!(await start.submit(id))) return;
    reload();
    await go(page ?? '/citizen');
  };
  const { given = [], held = [], scopes = [] } = state.data ?? {};
  const offers = held.filter((d) => d.state === 'offered');
  const mine = held.filter((d) => d.state === 'active' || d.state === 'accepted');
  const theirs = given.filter(isOpen);
  const past = [...given, ...held].filter((d) => !isOpen(d));
  const gives = me.kind !== 'committee-worker';
  const failed = problem ?? start.problem ?? state.problem;
  const pageOf = (ids: readonly string[]) => scopes.find((s) => ids.includes(s.id) && s.page)?.page ?? null;
  const heldPart = (
    <section key="held">
      <h2>{t('iAct')}</h2>
      {mine.length === 0 && <p className="soft">{t('noHeld')}</p>}
      <ul className="delegation-list">
        {mine.map((d) => (
          <DelegationCard
            key={d.id}
            delegation={d}
            scopes={scopes}
            title={d.giverName}
            end={{ label: t('resign'), ask: t('resignSure'), act: () => answer(d.id, 'end'), busy }}
          >
            {d.state === 'active' && (
              <button
                type="button"
                className="primary"
                disabled={start.busy}
                onClick={() => void begin(d.id, pageOf(d.scopes))}
              >
                {t('actFor', { name: d.giverName })}
              </button>
            )}
          </DelegationCard>
        ))}
      </ul>
    </section>
  );
  const givenPart = gives && (
    <Fragment key="given">
      <section>
        <h2>{t('others')}</h2>
        {theirs.length === 0 && <p className="soft">{t('noGiven')}</p>}
        <ul className="delegation-list">
          {theirs.map((d) => (
            <DelegationCard
              key={d.id}
              delegation={d}
              scopes={scopes}
              explained
              title={d.takerName ? t('mayFor', { name: d.takerName }) : t('askedFor', { name: d.toLabel })}
              end={
                d.basis === 'guardian'
                  ? undefined
                  : { label: t('end'), ask: t('endSure'), act: () => answer(d.id, 'end'), busy }
              }
            >
              {d.basis === 'guardian' && <p className="soft">{t('guardian')}</p>}
            </DelegationCard>
          ))}
        </ul>
        <Link
          className={mine.length + offers.length > 0 ? 'delegation-give' : 'primary delegation-give'}
          to={`/${entrance}/delegations/new`}
        >
          {t('give')}
        </Link>
      </section>
      <ActsList />
    </Fragment>
  );
  return (
    <article className="citizen-page delegations">
      <h1>
        {t('title')} {me.sample && <SampleBadge />}
      </h1>
      <p className="soft">{gives ? t('lead') : t('leadWorker')}</p>
      {failed && <RefusalPanel problem={failed} onRetry={state.problem ? state.reload : undefined} />}
      {me.acting && (
        <p className="notice">
          {t('actingNow', { name: me.acting.name })} {t('actingHint')}
        </p>
      )}
      {state.data && !me.acting && (
        <>
          {offers.length > 0 && (
            <section>
              <h2>{t('answer')}</h2>
              <ul className="delegation-list">
                {offers.map((d) => (
                  <DelegationCard key={d.id} delegation={d} scopes={scopes} title={t('asks', { name: d.giverName })}>
                    <button
                      type="button"
                      className="primary"
                      disabled={busy}
                      onClick={() => void answer(d.id, 'accept')}
                    >
                      {t('accept')}
                    </button>
                    <button type="button" disabled={busy} onClick={() => void answer(d.id, 'decline')}>
                      {t('decline')}
                    </button>
                  </DelegationCard>
                ))}
              </ul>
            </section>
          )}
          {theirs.length > 0 && mine.length === 0 ? [givenPart, heldPart] : [heldPart, givenPart]}
          {past.length > 0 && (
            <details>
              <summary>{t('past')}</summary>
              <ul className="delegation-list">
                {past.map((d) => (
                  <DelegationCard
                    key={d.id}
                    delegation={d}
                    scopes={scopes}
                    title={`${d.giverName} → ${d.takerName ?? d.toLabel}`}
                  />
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </article>
  );
}
