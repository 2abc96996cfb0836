import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { Problem } from '#web/client/index.ts';
import { formatMoment } from './format.ts';
import { useUnitName } from './units.tsx';

const explained = (problem: Problem): string => {
  if (problem.code === 'PURPOSE_REQUIRED') return 'PURPOSE_REQUIRED';
  switch (problem.status) {
    case 0:
      return 'NO_ANSWER';
    case 401:
      return 'UNAUTHENTICATED';
    case 403:
      return 'FORBIDDEN';
    case 404:
      return 'NOT_FOUND';
    case 429:
      return 'BUSY';
    case 502:
    case 503:
    case 504:
      return 'UNAVAILABLE';
    default:
      return 'OTHER';
  }
};

/** Refusal (拒绝说明): what happened, what it means, what to do, a reference to quote; the server's words come first. */
export function RefusalPanel({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t, i18n } = useTranslation();
  const { pathname } = useLocation();
  const unitName = useUnitName();
  const { details } = problem;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const own = `refusal.code.${explained(problem)}`;
  const withdrawn = problem.code === 'GRANT_WITHDRAWN';
  const resource = details.resource?.[language];
  return (
    <section className="refusal" data-kind={withdrawn ? 'withdrawn' : undefined} role="alert">
      <h2>{details.title || t(`${own}.title`)}</h2>
      {withdrawn && details.since ? (
        <p className="refusal-lead">
          {t('refusal.withdrawnText', {
            unit: unitName(details.unit ?? details.owner),
            by: details.by ?? '',
            since: formatMoment(details.since, { language }),
            resource: resource ?? '',
          })}
        </p>
      ) : (
        <p className="refusal-lead">{details.detail ?? t(`${own}.detail`)}</p>
      )}
      <dl>
        {details.reason && (
          <>
            <dt>{t('refusal.reason')}</dt>
            <dd>{details.reason}</dd>
          </>
        )}
        <dt>{t('refusal.todo')}</dt>
        <dd>{details.action ?? t(`${own}.remedy`)}</dd>
        {details.owner && (
          <>
            <dt>{t('refusal.who')}</dt>
            <dd>{unitName(details.owner)}</dd>
          </>
        )}
        {details.trace && (
          <>
            <dt>{t('refusal.trace')}</dt>
            <dd>
              <code>{details.trace}</code>
            </dd>
          </>
        )}
      </dl>
      <div className="acts">
        {problem.status === 401 && (
          <Link className="primary" to={`/login?next=${encodeURIComponent(pathname)}`}>
            {t('nav.signIn')}
          </Link>
        )}
        {problem.code === 'SECOND_FACTOR_REQUIRED' && (
          <Link className="primary" to={`/${pathname.split('/')[1]}/account`}>
            {t('stepUp.setUp')}
          </Link>
        )}
        {problem.status === 403 && details.trace && (
          <Link to={`/${pathname.split('/')[1]}/refusals?ref=${details.trace}`}>{t('refusal.whyRefused')}</Link>
        )}
        {onRetry && (
          <button type="button" onClick={onRetry}>
            {t('retry')}
          </button>
        )}
      </div>
    </section>
  );
}
