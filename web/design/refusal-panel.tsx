import { useTranslation } from 'react-i18next';
import type { Problem } from '#web/client/index.ts';
import { formatMoment } from './format.ts';

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
  const { details } = problem;
  const withdrawn = problem.code === 'GRANT_WITHDRAWN';
  const own = `refusal.code.${explained(problem)}`;
  const since = formatMoment(details.since, { language: i18n.language === 'en' ? 'en' : 'zh' });
  const title = withdrawn ? t('refusal.withdrawn') : details.title || t(`${own}.title`);
  const means =
    withdrawn && since
      ? t('refusal.withdrawnText', { by: details.by ?? t('refusal.withdrawnBy'), since })
      : (details.detail ?? t(`${own}.detail`));
  const todo = details.remedy ?? (withdrawn ? t('refusal.withdrawnTodo') : t(`${own}.remedy`));
  return (
    <section className="refusal" role="alert">
      <h2>{title}</h2>
      <dl>
        <dt>{t('refusal.means')}</dt>
        <dd>{means}</dd>
        <dt>{t('refusal.todo')}</dt>
        <dd>{todo}</dd>
        {details.grantor && (
          <>
            <dt>{t('refusal.who')}</dt>
            <dd>{details.grantor}</dd>
          </>
        )}
        {details.traceId && (
          <>
            <dt>{t('refusal.trace')}</dt>
            <dd>
              <code>{details.traceId}</code>
            </dd>
          </>
        )}
      </dl>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          {t('retry')}
        </button>
      )}
    </section>
  );
}
