import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMoment } from './format.ts';
import { useUnitName } from './units.tsx';

/** Source of one value (来源): which unit's dataset gave it, when it arrived, in which row of the file it stood. */
export type Source = {
  claim?: number;
  dataset?: string;
  datasetTitle?: { zh: string; en: string };
  unit: string;
  receivedAt: string;
  /** Holds since, as the source itself states it. */
  from?: string;
  row?: number;
};

/** The chip after a value: the unit it comes from. Open, it says when, from which row, and what other sources said. */
export function SourceChip({
  source,
  others = [],
  show = (value) => value,
  onLineage,
  dated = false,
}: {
  source: Source;
  others?: readonly { value: string; source: Source }[];
  show?: (value: string) => ReactNode;
  onLineage?: () => void;
  /** Says when it arrived without being opened. */
  dated?: boolean;
}) {
  const { t, i18n } = useTranslation();
  const unitName = useUnitName();
  const [open, setOpen] = useState(false);
  const id = useId();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const received = (at: string) => formatMoment(at, { language });
  return (
    <span className="source">
      <button
        type="button"
        className="source-unit"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <span className="hidden">{t('source.from')} </span>
        {dated
          ? t('source.dated', {
              unit: unitName(source.unit),
              at: formatMoment(source.receivedAt, { language, time: false }),
            })
          : unitName(source.unit)}
        {others.length > 0 && <i className="source-more">{`+${others.length}`}</i>}
      </button>
      {open && (
        <span className="source-body" id={id}>
          <span className="facts">
            <span>{t('source.from')}</span>
            <b>{unitName(source.unit)}</b>
            <span>{t('source.received')}</span>
            <b>{received(source.receivedAt)}</b>
            {source.from && (
              <>
                <span>{t('source.since')}</span>
                <b>{source.from}</b>
              </>
            )}
            {source.datasetTitle && (
              <>
                <span>{t('source.file')}</span>
                <b>
                  {source.row === undefined
                    ? source.datasetTitle[language]
                    : t('source.row', { title: source.datasetTitle[language], row: source.row })}
                </b>
              </>
            )}
          </span>
          {others.length > 0 && (
            <span className="source-others">
              <span>{t('source.others')}</span>
              {others.map((other) => (
                <span key={`${other.source.unit} ${other.source.dataset ?? ''} ${other.value}`}>
                  <s>{show(other.value)}</s> {unitName(other.source.unit)} · {received(other.source.receivedAt)}
                </span>
              ))}
            </span>
          )}
          {onLineage && (
            <button type="button" className="link" onClick={onLineage}>
              {t('source.lineage')}
            </button>
          )}
        </span>
      )}
    </span>
  );
}
