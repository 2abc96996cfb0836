import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { Countdown } from './parts.tsx';
import { useEconomyTexts } from './texts.ts';

/** The next release (发布前保密): what comes, when, and how long it is until then, by the server's clock. */
export function EmbargoBanner({ calendar, onDue }: { calendar: Reply<'/api/economy/releases'>; onDue: () => void }) {
  const { t, language, say } = useEconomyTexts();
  const next = calendar.releases.filter((r) => r.state !== 'published').at(-1);
  if (!next) return null;
  return (
    <aside className="ec-embargo" aria-label={t('embargo')}>
      <b>{t('embargo')}</b>
      <span>{t('embargoText', { title: say(next.title), at: formatMoment(next.embargoUntil, { language }) })}</span>
      <Countdown until={next.embargoUntil} serverNow={calendar.now} onDue={onDue} />
    </aside>
  );
}
