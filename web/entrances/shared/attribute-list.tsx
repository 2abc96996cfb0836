import { useState } from 'react';
import { Link } from 'react-router';
import { asProblem, type Problem } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { SourceChip } from '#web/design/source-chip.tsx';
import { DisputeForm, type Disputing, useDisputeTexts } from './disputes.tsx';
import { LineageDrawer } from './lineage-drawer.tsx';
import type { Attribute, Lineage } from './shapes.ts';
import { useWords } from './texts.ts';
import { valueText } from './value-text.ts';

type Props = {
  attributes: readonly Attribute[];
  /** Opens one masked field in clear; each call is recorded by itself. */
  unmask?: (field: string) => Promise<string | null>;
  lineage?: (field: string, signal: AbortSignal) => Promise<Pick<Lineage, 'chain'>>;
  /** Leaves out what no source has said. */
  filledOnly?: boolean;
  /** Page that says why something is masked, and who sees more. */
  why?: string;
  /** Says beside each value when it arrived. */
  dated?: boolean;
  /** Offers to dispute each value (不对？). */
  disputing?: Disputing;
};

/** Attributes of a record (档案项) by group: value, source chip, the act to open what is masked, and the lineage. */
export function AttributeList({ attributes, unmask, lineage, filledOnly, dated, why, disputing }: Props) {
  const { t, say } = useWords();
  const [asked, setAsked] = useState<Attribute | null>(null);
  const shown = filledOnly ? attributes.filter(({ value }) => value !== null) : attributes;
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <>
      {groups.map((group) => (
        <section key={group} className="card-group">
          <h2>{t(`group.${group}`)}</h2>
          <dl className="attributes">
            {shown
              .filter((attribute) => attribute.group === group)
              .map((attribute) => (
                <Item
                  key={attribute.name}
                  attribute={attribute}
                  dated={dated}
                  unmask={unmask}
                  why={why}
                  disputing={disputing}
                  onLineage={lineage && (() => setAsked(attribute))}
                />
              ))}
          </dl>
        </section>
      ))}
      {asked && lineage && (
        <LineageDrawer
          name={asked.name}
          title={say(asked.title)}
          load={(signal) => lineage(asked.name, signal)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function Item({
  attribute,
  unmask,
  onLineage,
  dated,
  why,
  disputing,
}: {
  attribute: Attribute;
  unmask?: Props['unmask'];
  onLineage?: () => void;
  dated?: boolean;
  why?: string;
  disputing?: Disputing;
}) {
  const { t, language, say } = useWords();
  const { t: disputes } = useDisputeTexts();
  const [opened, setOpened] = useState<{ value: string | null } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { name, source, others } = attribute;
  const title = say(attribute.title);
  const open = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setOpened({ value: (await unmask?.(name)) ?? null });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  };
  return (
    <div className="attribute" data-empty={attribute.value === null}>
      <dt>{title}</dt>
      <dd>
        <span className="attribute-value">{valueText(name, opened ? opened.value : attribute.value, language)}</span>
        {attribute.masked && !opened && unmask && (
          <button
            type="button"
            className="link"
            disabled={busy}
            aria-label={t('open', { name: title })}
            onClick={() => void open()}
          >
            {busy ? t('opening') : t('open', { name: '' })}
          </button>
        )}
        {attribute.masked && !opened && why && (
          <Link className="soft attribute-note" to={why} aria-label={t('whyMasked', { name: title })}>
            {t('why')}
          </Link>
        )}
        {attribute.disputed && <span className="badge">{disputes('disputed')}</span>}
        {opened && <span className="soft attribute-note">{t('opened')}</span>}
        {source && (
          <SourceChip
            dated={dated}
            source={source}
            others={others}
            show={(value) => valueText(name, value, language)}
            onLineage={onLineage}
          />
        )}
        {disputing && !attribute.disputed && name !== 'buildingCode' && name !== 'idNumber' && (
          <DisputeForm attribute={name} title={title} disputing={disputing} />
        )}
        {problem && <RefusalPanel problem={problem} />}
      </dd>
    </div>
  );
}
