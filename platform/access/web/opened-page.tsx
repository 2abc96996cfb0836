import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { AttributeList } from '#web/entrances/shared/attribute-list.tsx';
import { RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Card = Reply<'/api/population/opened/{id}/{no}'>;

/** The card of a person that was opened by break-glass: read for emergency response, masked as always. */
export default function OpenedPage() {
  const { t } = useRightsTexts();
  const { id = '', no = '' } = useParams();
  const state = useApi(`opened ${id} ${no}`, (signal) =>
    call<Card>(`/api/population/opened/${id}/${no}`, { signal, headers: { 'X-Purpose': 'emergency' } }),
  );
  // Ended, or somebody else's: nothing is looked at, and nothing is missing either.
  const gone = state.problem?.status === 404;
  return (
    <RightsPage
      title={state.data?.record.name ?? t('glass.card')}
      lead={gone ? '' : t('glass.cardLead')}
      problem={gone ? null : state.problem}
      onRetry={state.reload}
    >
      {gone && <EmptyState title={t('glass.gone')} text={t('glass.goneText')} />}
      {state.data && (
        <AttributeList attributes={state.data.attributes as Parameters<typeof AttributeList>[0]['attributes']} />
      )}
      <p>
        <Link to="/gov/break-glass">{t('glass.back')}</Link>
      </p>
    </RightsPage>
  );
}
