import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { BundleEditor } from './bundle-editor.tsx';
import { BundlePath } from './bundle-path.tsx';
import { DraftActs } from './draft-acts.tsx';
import { useServiceTexts } from './texts.ts';
import './service.css';

export type DeskBundle = Reply<'/api/service/desk/bundles/{id}'>;
export type BundleDefinition = NonNullable<DeskBundle['draft']>;

/** One bundle (一件事编辑): what belongs to it and in which order; on the right what follows: its critical path and its one form. */
export default function DeskBundlePage() {
  const { t, say } = useServiceTexts();
  const unitName = useUnitName();
  const go = useNavigate();
  const { id = '' } = useParams();
  const state = useApi(`desk bundle ${id}`, (signal) =>
    read(api.GET('/api/service/desk/bundles/{id}', { params: { path: { id } }, signal })),
  );
  const [editing, setEditing] = useState<BundleDefinition | null>(null);
  const bundle = state.data;
  const shown = editing ?? bundle?.draft ?? bundle?.published ?? undefined;
  const params = { path: { id } };
  return (
    <div className="svc" aria-busy={state.loading}>
      <p>
        <Link to="/gov/bundles">{t('bundlesBack')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !bundle && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {bundle && shown && (
        <>
          <header className="svc-head">
            <h1>
              {say(shown.title)} {bundle.sample && <SampleBadge />}
            </h1>
            <p className="svc-acts">
              <span>{t('ledBy', { unit: unitName(bundle.unit) })}</span>
              {bundle.draftState && (
                <span className="badge">{t(`drafts.${bundle.draftState as 'drawn' | 'submitted'}`)}</span>
              )}
              <span className="soft">
                {bundle.version > 0 ? t('versionOf', { n: bundle.version }) : t('states.draft')}
              </span>
              {bundle.drawnName && <span className="soft">{t('drawn', { name: bundle.drawnName })}</span>}
            </p>
            <p className="soft">{say(shown.lead)}</p>
            {bundle.returned && (
              <p className="svc-late">{t('returned', { by: bundle.returned.by, reason: bundle.returned.reason })}</p>
            )}
          </header>
          {editing ? (
            <BundleEditor
              id={id}
              definition={editing}
              first={bundle.outlook}
              onChange={setEditing}
              onCancel={() => setEditing(null)}
              onDone={() => {
                setEditing(null);
                state.reload();
              }}
            />
          ) : (
            <>
              <DraftActs
                of={bundle}
                drawn={bundle.draft !== null}
                place={(pointer) => placeOf(pointer, bundle, t, say)}
                onEdit={() => setEditing(structuredClone(shown))}
                onChanged={state.reload}
                submit={(header) =>
                  read(api.POST('/api/service/desk/bundles/{id}/submit', { params: { ...params, header } }))
                }
                publish={(header) =>
                  read(api.POST('/api/service/desk/bundles/{id}/publish', { params: { ...params, header } }))
                }
                drop={async () => {
                  const { left } = await read(api.DELETE('/api/service/desk/bundles/{id}/draft', { params }));
                  if (!left) void go('/gov/bundles');
                  return true;
                }}
                giveBack={(reason, header) =>
                  read(
                    api.POST('/api/service/desk/bundles/{id}/return', {
                      params: { ...params, header },
                      body: { reason },
                    }),
                  )
                }
              />
              <BundlePath outlook={bundle.outlook} definition={shown} />
              <Versions bundle={bundle} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** Where a fault stands, in words: `/items/2/after/0` is “事项 食品经营许可”. */
function placeOf(
  pointer: string,
  { draft, outlook }: DeskBundle,
  t: ReturnType<typeof useServiceTexts>['t'],
  say: ReturnType<typeof useServiceTexts>['say'],
): string {
  const [root = '', at = ''] = pointer.split('/').slice(1);
  if (root !== 'items') return root === 'event' ? t('events') : root === 'questions' ? t('questions') : '';
  const code = draft?.items[Number(at)]?.item;
  const found = outlook.items.find((item) => item.code === code);
  return found ? say(found.title) : (code ?? t('bundleItems'));
}

function Versions({ bundle }: { bundle: DeskBundle }) {
  const { t, language } = useServiceTexts();
  if (bundle.versions.length === 0) return null;
  return (
    <section className="svc-section" aria-label={t('versions')}>
      <h2>
        {t('versions')} <small>{bundle.versions.length}</small>
      </h2>
      <ul className="svc-lines">
        {bundle.versions.map(({ version, publishedAt, drawnName, publishedName }) => (
          <li key={version}>
            <b>{t('versionOf', { n: version })}</b>
            <span>{formatMoment(publishedAt, { language })}</span>
            <span className="soft">{t('publishedBy', { drawn: drawnName, name: publishedName })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
