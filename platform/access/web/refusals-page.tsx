import { Link, useLocation, useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { PolicyItem, RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Refusals = Reply<'/api/access/refusals'>;
type One = Reply<'/api/access/refusals/{trace}'>;

/** Why was I refused (为什么被拒绝): the one of the address, else what was refused of late. */
export default function RefusalsPage() {
  const { t, language, say } = useRightsTexts();
  const { pathname } = useLocation();
  const [search] = useSearchParams();
  const ref = search.get('ref');
  const state = useApi(ref === null ? 'refusals' : null, (signal) =>
    call<Refusals>('/api/access/refusals', { signal }),
  );
  const list = state.data?.refusals ?? [];
  return (
    <RightsPage title={t('refused.title')} lead={t('refused.lead')} problem={state.problem} onRetry={state.reload}>
      {ref !== null && <Explained trace={ref} />}
      {state.data && list.length === 0 && <EmptyState title={t('refused.none')} text={t('refused.noneText')} />}
      <ul className="rights-list">
        {list.map((one) => (
          <li key={one.trace}>
            <h3>
              <Link to={`${pathname}?ref=${one.trace}`}>{say(one.what)}</Link>
            </h3>
            <p>{say(one.why)}</p>
            <p className="soft">{formatMoment(one.at, { language })}</p>
          </li>
        ))}
      </ul>
    </RightsPage>
  );
}

function Explained({ trace }: { trace: string }) {
  const { t, language, say } = useRightsTexts();
  const { pathname } = useLocation();
  const unitName = useUnitName();
  const state = useApi(`refusal ${trace}`, (signal) => call<One>(`/api/access/refusals/${trace}`, { signal }));
  const { data } = state;
  return (
    <section>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {data && (
        <>
          <h2>{say(data.what)}</h2>
          <dl className="facts">
            <dt>{t('refused.why')}</dt>
            <dd>{say(data.why)}</dd>
            <dt>{t('refused.who')}</dt>
            <dd>{say(data.who)}</dd>
            {data.holders.length > 0 && (
              <>
                <dt>{t('refused.holders')}</dt>
                <dd>{data.holders.map((holder) => say(holder.title)).join(' · ')}</dd>
              </>
            )}
            {data.purposes.length > 0 && (
              <>
                <dt>{t('refused.purposes')}</dt>
                <dd>{data.purposes.map((purpose) => say(purpose.title)).join(' · ')}</dd>
              </>
            )}
            {data.owner && (
              <>
                <dt>{t('refused.owner')}</dt>
                <dd>{unitName(data.owner)}</dd>
              </>
            )}
            <dt>{t('refused.ref')}</dt>
            <dd>
              <code>{data.trace}</code> {formatMoment(data.at, { language })}
            </dd>
          </dl>
          {data.rules.length > 0 && (
            <ul className="rights-list" aria-label={t('refused.rule')}>
              {data.rules.map((policy) => (
                <PolicyItem key={policy.id} policy={policy} />
              ))}
            </ul>
          )}
        </>
      )}
      <p>
        <Link to={pathname}>{t('refused.back')}</Link>
      </p>
    </section>
  );
}
