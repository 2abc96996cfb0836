import { useTranslation } from 'react-i18next';
import { call, useApi } from '#web/client/index.ts';

type Unit = {
  code: string;
  kind: string;
  area: string | null;
  name: string;
  nameEn: string;
  endedAt: string | null;
};
let asked: Promise<Unit[]> | undefined;

/** The organisation is asked for once a visit: it is public and small. */
const allUnits = (): Promise<Unit[]> =>
  (asked ??= call<{ units: Unit[] }>('/api/identity/units').then(
    (reply) => reply.units,
    (error: unknown) => {
      asked = undefined;
      throw error;
    },
  ));

/** All units that there are or were, in the official order; undefined while they are on their way. */
export function useUnits(): readonly Unit[] | undefined {
  return useApi('units', allUnits).data;
}

/** Gives the name of a unit (单位) in the reader's language; its code while the list is on its way. */
export function useUnitName(): (code: string | null | undefined) => string {
  const { i18n } = useTranslation();
  const { data } = useApi('units', allUnits);
  return (code) => {
    const unit = data?.find((entry) => entry.code === code);
    if (!unit) return code ?? '';
    return i18n.language === 'en' ? unit.nameEn || unit.name : unit.name;
  };
}
