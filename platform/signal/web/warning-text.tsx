import { formatMoment } from '#web/design/format.ts';
import { LevelMark, type Warning } from './parts.tsx';
import { useSignalTexts } from './texts.ts';

type Info = Warning['message']['info'][number];

/** A warning as people read it (预警正文): what, where, until when, what to do, from whom. */
export function WarningText({ info, level }: { info: Info; level: number }) {
  const { t, language } = useSignalTexts();
  return (
    <>
      <p>
        <LevelMark level={level} />
      </p>
      <h2>{info.headline ?? info.event}</h2>
      {info.description && <p>{info.description}</p>}
      {info.instruction && (
        <p>
          <b>{t('do')}：</b>
          {info.instruction}
        </p>
      )}
      <p className="soft">
        {(info.area ?? []).map(({ areaDesc }) => areaDesc).join('；')}
        {info.expires && ` · ${t('until', { when: formatMoment(info.expires, { language }) })}`}
      </p>
      {info.senderName && (
        <p className="soft">
          {t('sender')}：{info.senderName}
        </p>
      )}
    </>
  );
}
