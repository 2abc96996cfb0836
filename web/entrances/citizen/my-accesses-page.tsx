import '#web/entrances/entrances.css';
import { call, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { AccessList } from '#web/entrances/shared/access-list.tsx';
import type { AccessLog, PersonCard } from '#web/entrances/shared/shapes.ts';
import { useWords } from '#web/entrances/shared/texts.ts';
import { useSession } from '#web/shell/session.tsx';
import { useCitizenTexts } from './texts.ts';

/** Who looked at my data (谁看了我的数据). */
export default function MyAccessesPage() {
  const t = useCitizenTexts();
  const { say } = useWords();
  const { me } = useSession();
  const own = useApi('self titles', (signal) => call<PersonCard>('/api/population/self', { signal }));
  const titleOf = (field: string) => {
    if (field === 'idNumber' || field === 'masked') return t('id');
    // The published resource calls the home `address`, the card `residenceAddress`.
    const name = field === 'address' ? 'residenceAddress' : field;
    const found = own.data?.attributes.find((attribute) => attribute.name === name);
    return found && say(found.title);
  };
  return (
    <article className="citizen-page">
      <h1>
        {t('accesses')} {me.sample && <SampleBadge />}
      </h1>
      <p className="soft">{t('accessesLead')}</p>
      <AccessList
        id="my accesses"
        titleOf={titleOf}
        load={(before, signal) =>
          call<AccessLog>(`/api/population/self/accesses${before ? `?before=${encodeURIComponent(before)}` : ''}`, {
            signal,
          })
        }
      />
    </article>
  );
}
