import '#web/entrances/entrances.css';
import { call, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { AccessList } from '#web/entrances/shared/access-list.tsx';
import type { AccessLog, EntityCard } from '#web/entrances/shared/shapes.ts';
import { useWords } from '#web/entrances/shared/texts.ts';
import { useSession } from '#web/shell/session.tsx';
import { useBusinessTexts } from './texts.ts';

/** Who looked at the enterprise's data (谁看了企业数据). */
export default function BusinessAccessesPage() {
  const t = useBusinessTexts();
  const { say } = useWords();
  const { me } = useSession();
  const own = useApi('own entity titles', (signal) => call<EntityCard>('/api/legal-entity/self', { signal }));
  const titleOf = (field: string) => {
    const found = own.data?.attributes.find((attribute) => attribute.name === field);
    return found && say(found.title);
  };
  return (
    <article className="reading">
      <h1>
        {t('accesses')} {me.sample && <SampleBadge />}
      </h1>
      <p className="soft">{t('accessesLead')}</p>
      <AccessList
        id="entity accesses"
        titleOf={titleOf}
        load={(before, signal) =>
          call<AccessLog>(`/api/legal-entity/self/accesses${before ? `?before=${encodeURIComponent(before)}` : ''}`, {
            signal,
          })
        }
      />
    </article>
  );
}
