import { formatNumber } from '#web/design/format.ts';
import type { Wall } from './use-wall.ts';
import { Definition } from './wall-parts.tsx';
import { useWallTexts } from './wall-texts.ts';

/** Definitions of all vitals, their limits and both weights (指标口径与权重), folded until asked for. */
export function DefinitionsTable({ wall }: { wall: Wall }) {
  const { t, language } = useWallTexts();
  const { ratio, consistent, days, rows } = wall.weights;
  const share = (value: number | null) => (value === null ? '—' : value.toFixed(2));
  return (
    <details className="wall-definitions">
      <summary>{t('definitions')}</summary>
      <p className="soft">
        {consistent
          ? t('weightsLead', { ratio: ratio.toFixed(3), days })
          : t('weightsWrong', { ratio: ratio.toFixed(3) })}
      </p>
      <ul>
        {wall.vitals.map((vital) => {
          const row = rows.find((each) => each.vital === vital.id);
          return (
            <li key={vital.id}>
              <h3>{vital.title[language]}</h3>
              <Definition vital={vital} />
              <p className="soft">
                {row
                  ? `${t('limitTarget')} ${row.limit} → ${row.target} · ${t('score')} ${vital.score === null ? '—' : formatNumber(vital.score, { language, digits: 0 })} · ${t('ahp')} ${share(row.ahp)} · ${t('entropy')} ${share(row.entropy)}`
                  : t('noWeight')}
              </p>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
