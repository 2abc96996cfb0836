import { useTranslation } from 'react-i18next';
import { call, useApi } from '#web/client/index.ts';
import { useUnitName, useUnits } from './units.tsx';

const OF_STREETS = ['street'] as const;
/** Who owns, keeps and handles things: not committees, nor the branches that only hold the tree together. */
const THAT_ACT = [
  'bureau',
  'street',
  'affairs-centre',
  'institution',
  'public-company',
  'party-organ',
  'mass-organisation',
  'hospital',
] as const;
const ENDED = { zh: '已撤销', en: 'abolished' };
const TAKEN_OVER = { zh: '职责由 {{units}} 承接，请改选', en: 'its work is done by {{units}}: choose that' };
const CHOOSE = { zh: '请选择', en: 'Choose' };

/**
 * A unit chosen by its name (单位选择), never typed as a code. A value that was abolished stays in the list, marked, and what took over its work is said below.
 * `kinds`: kinds of units that are offered; those that act for themselves where nothing is said.
 */
export function UnitSelect(props: {
  name: string;
  label: string;
  defaultValue?: string | null;
  required?: boolean;
  kinds?: readonly string[];
}) {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const unitName = useUnitName();
  const units = useUnits();
  const kinds = props.kinds ?? THAT_ACT;
  const value = props.defaultValue ?? '';
  const held = units?.find(({ code }) => code === value);
  const ended = held !== undefined && held.endedAt !== null;
  const after = useApi(`successors of ${ended ? value : ''}`, async (signal) =>
    ended ? call<{ today: string[] }>(`/api/identity/units/${value}/history`, { signal }) : null,
  );
  const offered = (units ?? []).filter(
    ({ kind, code, endedAt }) => code === value || (kinds.includes(kind) && endedAt === null),
  );
  const heirs = after.data?.today ?? [];
  return (
    <label>
      {props.label}
      {/* Written anew once the units are here: a default value counts only when its option is there. */}
      <select key={units ? 'units' : 'none'} name={props.name} required={props.required} defaultValue={value}>
        <option value="" disabled={props.required}>
          {CHOOSE[language]}
        </option>
        {offered.map(({ code, endedAt }) => (
          <option key={code} value={code}>
            {endedAt === null ? unitName(code) : `${unitName(code)}（${ENDED[language]}）`}
          </option>
        ))}
      </select>
      {heirs.length > 0 && (
        <small className="soft">
          {TAKEN_OVER[language].replace('{{units}}', heirs.map(unitName).join(language === 'en' ? ', ' : '、'))}
        </small>
      )}
    </label>
  );
}

/** Codes of all streets (街道), in the official order, with their names. */
export function useStreets(): readonly { code: string; name: string }[] {
  const unitName = useUnitName();
  return (useUnits() ?? [])
    .filter(({ kind, area, endedAt }) => (OF_STREETS as readonly string[]).includes(kind) && area && endedAt === null)
    .map(({ code, area }) => ({ code: area as string, name: unitName(code) }));
}
