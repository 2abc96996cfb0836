import { useTranslation } from 'react-i18next';
import { call, useApi } from '#web/client/index.ts';

let asked: Promise<string | null> | undefined;
const approval = (): Promise<string | null> =>
  (asked ??= call<{ approval: string | null }>('/api/geo/layers').then(
    (reply) => reply.approval,
    (error: unknown) => {
      asked = undefined;
      throw error;
    },
  ));

/** Approval number of the base map (审图号); a map without one says that it has none. */
export function MapApproval() {
  const { t } = useTranslation();
  const { data } = useApi('map approval', approval);
  if (data === undefined) return null;
  return <p className="map-approval">{t('map.approval', { number: data ?? t('map.noApproval') })}</p>;
}
