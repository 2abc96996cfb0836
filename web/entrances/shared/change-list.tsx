import { formatMoment } from '#web/design/format.ts';
import type { Attribute, PersonCard } from './shapes.ts';
import { useWords } from './texts.ts';

/** When which items of a record changed (变更记录), newest first. */
export function ChangeList({
  changes,
  attributes,
}: {
  changes: PersonCard['changes'];
  attributes: readonly Attribute[];
}) {
  const { t, language, say } = useWords();
  if (changes.length === 0) return null;
  const titleOf = (name: string) => {
    const found = attributes.find((attribute) => attribute.name === name);
    return found ? say(found.title) : name;
  };
  return (
    <section className="card-group">
      <h2>{t('changes')}</h2>
      <ul className="changes">
        {changes.map((change) => (
          <li key={change.at}>
            <time dateTime={change.at}>{formatMoment(change.at, { language })}</time>
            <span>{t('changedTo', { what: change.attributes.map(titleOf).join('、') })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
