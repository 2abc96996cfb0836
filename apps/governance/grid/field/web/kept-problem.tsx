import { useTranslation } from 'react-i18next';
import type { ProblemDetails } from '#web/client/index.ts';

/** Why something was refused, or could not even be kept on this device. */
export function KeptProblem({ details }: { details: ProblemDetails }) {
  const { t } = useTranslation('offline');
  const own = details.code === 'STORAGE_FULL' ? t('full') : details.code === 'NO_STORAGE' ? t('noStorage') : undefined;
  return (
    <div role="alert" className="notice">
      <p>{own ?? details.title}</p>
      {details.fields?.map(({ pointer, message }) => (
        <p key={pointer}>{message}</p>
      ))}
      {details.action && <p className="soft">{details.action}</p>}
    </div>
  );
}
