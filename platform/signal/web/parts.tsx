import type { Reply } from '#web/client/reply.ts';
import { useSignalTexts } from './texts.ts';
import './signal.css';

export type Alert = Reply<'/api/signal/alerts'>['alerts'][number];
export type Warning = Reply<'/api/signal/warnings'>['warnings'][number];

/** A level (预警级别) by shape and word, never by colour alone. */
export function LevelMark({ level }: { level: number }) {
  const { t } = useSignalTexts();
  return (
    <span className="signal-level" data-level={level}>
      {t(`level.${level as 1}`)}
    </span>
  );
}
