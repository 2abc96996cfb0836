import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { FaultyForm, Field } from './field-faults.tsx';
import { useServiceTexts } from './texts.ts';
import './service.css';

type List = Reply<'/api/service/desk/bundles'>;

/** Bundles (一件事管理): what waits for somebody first; one of the own unit is begun here. */
export default function BundlesPage() {
  const { t } = useServiceTexts();
  const [begin, setBegin] = useState(false);
  const list = useApi('desk bundles', (signal) => read(api.GET('/api/service/desk/bundles', { signal })));
  const { data } = list;
  return (
    <div className="svc" aria-busy={list.loading}>
      <header className="svc-head">
        <h1>
          {t('bundlesTitle')} {data?.bundles.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('bundlesLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.loading && !data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {data?.mayBegin &&
        (begin ? (
          <Begin onCancel={() => setBegin(false)} />
        ) : (
          <div className="svc-acts">
            <button type="button" onClick={() => setBegin(true)}>
              {t('bundleBegin')}
            </button>
          </div>
        ))}
      {data?.bundles.length === 0 && <EmptyState title={t('bundlesNone')} text={t('bundlesNoneText')} />}
      {data && data.bundles.length > 0 && <Table list={data} />}
    </div>
  );
}

function Table({ list }: { list: List }) {
  const { t, say } = useServiceTexts();
  const unitName = useUnitName();
  return (
    <div className="table is-stacked">
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('bundlesTitle')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('bundle')}</th>
              <th scope="col">{t('leads')}</th>
              <th scope="col" className="is-number">
                {t('itemsOf')}
              </th>
              <th scope="col">{t('version')}</th>
            </tr>
          </thead>
          <tbody>
            {list.bundles.map((bundle) => (
              <tr key={bundle.id}>
                <td data-label={t('bundle')} className="svc-name">
                  <Link to={`/gov/bundles/${bundle.id}`}>{say(bundle.title)}</Link>
                  {bundle.draftState && (
                    <span className="badge">{t(`drafts.${bundle.draftState as 'drawn' | 'submitted'}`)}</span>
                  )}
                </td>
                <td data-label={t('leads')}>{unitName(bundle.unit)}</td>
                <td data-label={t('itemsOf')} className="is-number">
                  {bundle.items}
                </td>
                <td data-label={t('version')}>
                  {bundle.version > 0 ? t('versionOf', { n: bundle.version }) : t('states.draft')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const EMPTY = { zh: '', en: '' };
const NONE = [] as const;

/** What a new bundle is called and found by; the rest is drawn on its own page. */
function Begin({ onCancel }: { onCancel: () => void }) {
  const { t } = useServiceTexts();
  const go = useNavigate();
  const [id, setId] = useState('');
  const [title, setTitle] = useState(EMPTY);
  const create = useSubmit((_: null, header) =>
    read(
      api.POST('/api/service/desk/bundles', {
        params: { header },
        body: { id, definition: { title, lead: title, event: 'found', questions: [], items: [] } },
      }),
    ),
  );
  const fields = create.problem?.details.fields;
  return (
    <form
      className="svc-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void create.submit(null).then((made) => made && go(`/gov/bundles/${made.id}`));
      }}
    >
      {create.problem && !fields && <RefusalPanel problem={create.problem} />}
      <FaultyForm prefix="bundle" faults={fields ?? NONE}>
        <div className="svc-row">
          <Field pointer="/title/zh" label={t('bundleName')} wide>
            {(input) => (
              <input {...input} value={title.zh} onChange={(event) => setTitle({ ...title, zh: event.target.value })} />
            )}
          </Field>
          <Field pointer="/title/en" label={t('english')} wide>
            {(input) => (
              <input {...input} value={title.en} onChange={(event) => setTitle({ ...title, en: event.target.value })} />
            )}
          </Field>
          <Field pointer="/id" label={t('bundleId')} hint={t('bundleIdText')}>
            {(input) => <input {...input} value={id} onChange={(event) => setId(event.target.value.trim())} />}
          </Field>
        </div>
      </FaultyForm>
      <div className="svc-acts">
        <button type="submit" className="primary" disabled={create.busy}>
          {t('bundleBegin')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
