import { useHallTexts } from './texts.ts';
import type { Material } from './shapes.ts';

/** What has to be handed in, and what is obtained instead of being asked for (数据核对、调用证照). */
export function MaterialList({ materials }: { materials: readonly Material[] }) {
  const { t, say } = useHallTexts();
  if (materials.length === 0) return <p>{t('guide.nothing')}</p>;
  return (
    <ul className="hall-materials">
      {materials.map((material) => (
        <li key={material.id} data-source={material.source}>
          <b>{say(material.title)}</b>
          {!material.required && <small className="soft">{t('material.optional')}</small>}
          <span className="soft">
            <MaterialWay material={material} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How a material comes in. */
export function MaterialWay({ material: { source, original } }: { material: Material }) {
  const { t } = useHallTexts();
  if (source === 'data') return t('material.data');
  if (source === 'certificate') return t('material.certificate');
  return original ? `${t('material.upload')} · ${t('material.original')}` : t('material.upload');
}
