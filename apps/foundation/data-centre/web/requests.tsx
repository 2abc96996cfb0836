import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { RequestState } from './marks.tsx';
import type { DataRequest } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './request-texts.ts';
import './data-centre.css';

const SIDES = ['inbox', 'asked', 'all'] as const;
type Side = (typeof SIDES)[number];
const OPEN = ['open', 'supplement', 'delivering'];

/** Requests (共享申请): what my unit has to answer, the one due first on top, and what it has asked for, each with its clock. */
export default function RequestsPage() {
  const { t } = useTranslation('data-requests');
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const officer = me.kind === 'data-officer';
  const oversees = me.kind === 'security-auditor' || me.unit?.code === 'data-centre';
  const sides = SIDES.filter((each) => (each === 'inbox' ? officer : each === 'all' ? oversees : true));
  const wanted = search.get('show');
  const side: Side = sides.find((each) => each === wanted) ?? sides[0] ?? 'asked';
  const state = useApi(me.signedIn ? `requests ${side}` : null, (signal) =>
    read(api.GET('/api/catalog/requests', { params: { query: { side } }, signal })),
  );
  const requests = state.data?.requests ?? [];
  const open = requests.filter((each) => OPEN.includes(each.state));
  const closed = requests.filter((each) => !OPEN.includes(each.state));
  return (
    <div className="dc" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
        {sides.length > 1 && (
          <div className="dc-switch" role="group" aria-label={t('scope')}>
            {sides.map((each) => (
              <button key={each} type="button" aria-pressed={each === side} onClick={() => setSearch({ show: each })}>
                {t(each)}
              </button>
            ))}
          </div>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !state.data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {state.data && open.length === 0 && (
        <EmptyState
          title={t(side !== 'asked' ? 'inboxNone' : closed.length > 0 ? 'askedDone' : 'askedNone')}
          text={t(side === 'asked' ? 'askedNoneText' : 'inboxNoneText')}
          act={side === 'asked' ? <Link to="/data">{t('openCatalogue')}</Link> : undefined}
        />
      )}
      {open.length > 0 && <Requests title={t('open')} requests={open} />}
      {closed.length > 0 && <Requests title={t('closed')} requests={closed} />}
    </div>
  );
}

function Requests({ title, requests }: { title: string; requests: DataRequest[] }) {
  const { t } = useTranslation('data-requests');
  const { say, language } = useLanguage();
  const unit = useUnits();
  return (
    <section className="dc-section" aria-label={title}>
      <h2>
        {title} <small>{requests.length}</small>
      </h2>
      <ul className="dc-requests">
        {requests.map((request) => (
          <li key={request.id}>
            <div>
              <Link to={`/data/requests/${request.id}`}>
                <b>{say(request.takerTitle)}</b> ← {say(request.resourceTitle)}
              </Link>
              <p className="soft">
                {t('from')} {unit(request.requesterUnit) || request.requesterName} · {t('to')}{' '}
                {unit(request.supplierUnit)} · {formatMoment(request.askedAt, { language, time: false })}
              </p>
              {request.lateUnit && <p className="dc-late">{t('late', { unit: unit(request.lateUnit) })}</p>}
            </div>
            <RequestState state={request.state} />
            <Clock clock={request.delivery ?? request.clock} />
          </li>
        ))}
      </ul>
    </section>
  );
}
