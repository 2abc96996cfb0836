import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { GrantCard } from './grant-card.tsx';
import { StateMark } from './marks.tsx';
import type { Grant } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

/** Grants (共享授权): what waits for a decision first, then everything in force and past. */
export default function GrantsPage() {
  const { t } = useTranslation('data-centre');
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const officer = me.kind === 'data-officer';
  const oversight = me.kind === 'security-auditor' || me.unit?.code === 'data-centre';
  const mine = officer && search.get('show') !== 'all';
  const state = useApi(me.signedIn ? `grants ${mine}` : null, (signal) =>
    read(api.GET('/api/catalog/grants', { params: { query: mine ? { mine: '1' } : {} }, signal })),
  );
  const grants = state.data?.grants ?? [];
  const waiting = grants.filter((grant) => grant.state === 'requested' && grant.mayDecide);
  const others = grants.filter((grant) => !waiting.includes(grant));
  return (
    <div className="dc">
      <header className="dc-head">
        <h1>{t('grants.title')}</h1>
        <p className="soft">{t('grants.lead')}</p>
        {officer && (
          <div className="dc-switch" role="group" aria-label={t('grants.scope')}>
            <button type="button" aria-pressed={mine} onClick={() => setSearch({})}>
              {t('grants.mine')}
            </button>
            <button type="button" aria-pressed={!mine} onClick={() => setSearch({ show: 'all' })}>
              {t('grants.all')}
            </button>
          </div>
        )}
        {oversight && <p className="soft">{t('grants.oversight')}</p>}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && officer && (
        <section className="dc-section" aria-labelledby="waiting">
          <h2 id="waiting">
            {t('grants.waiting')} <small>{waiting.length}</small>
          </h2>
          {waiting.length === 0 && <EmptyState title={t('grants.waitingNone')} text={t('grants.waitingNoneText')} />}
          {waiting.map((grant) => (
            <WithFields key={grant.id} grant={grant} onChanged={state.reload} />
          ))}
        </section>
      )}
      {state.data && others.length > 0 && <Others grants={others} onChanged={state.reload} />}
    </div>
  );
}

/** The fields' titles come with the item; asked for once a card is shown. */
function WithFields({ grant, onChanged }: { grant: Grant; onChanged: () => void }) {
  const { t } = useTranslation('data-centre');
  const item = useApi(`item ${grant.resource}`, (signal) =>
    read(api.GET('/api/catalog/items/{id}', { params: { path: { id: grant.resource } }, signal })),
  );
  return (
    <GrantCard
      grant={grant}
      fields={item.data?.fields ?? []}
      onChanged={onChanged}
      link={<Link to={`/data/items/${grant.resource}`}>{t('grant.openItem')}</Link>}
    />
  );
}

function Others({ grants, onChanged }: { grants: Grant[]; onChanged: () => void }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const unit = useUnits();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section className="dc-section" aria-labelledby="others">
      <h2 id="others">
        {t('grants.others')} <small>{grants.length}</small>
      </h2>
      <ul className="dc-accordion">
        {grants.map((grant) => (
          <li key={grant.id}>
            <button
              type="button"
              aria-expanded={open === grant.id}
              onClick={() => setOpen(open === grant.id ? null : grant.id)}
            >
              <span>
                <b>{say(grant.takerTitle)}</b> ← {say(grant.resourceTitle)}
              </span>
              <StateMark state={grant.state} of="grant" />
              <small className="soft">
                {[unit(grant.owner), grant.decidedAt && formatMoment(grant.decidedAt, { language })]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </button>
            {open === grant.id && <WithFields grant={grant} onChanged={onChanged} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
