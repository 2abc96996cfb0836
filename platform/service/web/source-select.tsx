import type { Definition } from './item.tsx';
import type { Choices } from './terms-editors.tsx';
import { useServiceTexts } from './texts.ts';

type Material = Definition['materials'][number];
const SOURCES = ['data', 'certificate', 'upload'] as const;

/** Where a material comes from (来源): shared data, a certificate that is shown, or handed in by the applicant. */
export function SourceSelect({
  material,
  choices,
  onChange,
}: {
  material: Material;
  choices: Choices | undefined;
  onChange: (material: Material) => void;
}) {
  const { t, say } = useServiceTexts();
  const { id, title, required, when, source } = material;
  const plain = { id, title, required, ...(when && { when }) };
  return (
    <>
      <label>
        <span>{t('source')}</span>
        <select
          value={source}
          onChange={(event) => onChange({ ...plain, source: event.target.value as (typeof SOURCES)[number] })}
        >
          {SOURCES.map((each) => (
            <option key={each} value={each}>
              {t(`sources.${each}`)}
            </option>
          ))}
        </select>
      </label>
      {source === 'certificate' && (
        <label className="svc-wide">
          <span>{t('certificateOf')}</span>
          <select
            value={material.certificateType ?? ''}
            onChange={(event) => onChange({ ...material, certificateType: event.target.value || undefined })}
          >
            <option value="">—</option>
            {choices?.certificateTypes.map((type) => (
              <option key={type.code} value={type.code}>
                {say(type.title)}
              </option>
            ))}
          </select>
        </label>
      )}
      {source === 'data' &&
        (['resource', 'field'] as const).map((name) => (
          <label key={name}>
            <span>{t(`dataOf.${name}`)}</span>
            <input
              value={material[name] ?? ''}
              onChange={(event) => onChange({ ...material, [name]: event.target.value || undefined })}
            />
          </label>
        ))}
    </>
  );
}
