import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { type FormView, GuidedForm, type Situations } from '#web/design/guided-form.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { DraftActs } from './draft-acts.tsx';
import { ItemEditor } from './item-editor.tsx';
import { Bundles, Changes, Facts, Faults, Obtainable, Versions } from './item-parts.tsx';
import { DepthMark } from './marks.tsx';
import { usePlaces, useServiceTexts } from './texts.ts';
import './service.css';

export type DeskItem = Reply<'/api/service/desk/items/{code}'>;
export type Definition = NonNullable<DeskItem['draft']>;

const NO_FAULTS: DeskItem['faults'] = [];

/** One item (事项编辑): what is published or drawn on the left, what people would see of it on the right. */
export default function ItemPage() {
  const { t } = useServiceTexts();
  const { code = '' } = useParams();
  const state = useApi(`item ${code}`, (signal) =>
    read(api.GET('/api/service/desk/items/{code}', { params: { path: { code } }, signal })),
  );
  const [editing, setEditing] = useState<Definition | null>(null);
  const item = state.data;
  const shown = editing ?? item?.draft ?? item?.published ?? undefined;
  const done = () => {
    setEditing(null);
    state.reload();
  };
  return (
    <div className="svc" aria-busy={state.loading}>
      <p>
        <Link to="/gov/items">{t('back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !item && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {item && shown && (
        <>
          <Head item={item} definition={shown} />
          <div className="svc-columns">
            <div className="svc-column">
              {editing ? (
                <ItemEditor
                  code={code}
                  definition={editing}
                  faults={item.draft ? item.faults : NO_FAULTS}
                  onChange={setEditing}
                  onDone={done}
                  onCancel={() => setEditing(null)}
                />
              ) : (
                <>
                  <Acts
                    item={item}
                    definition={shown}
                    onChanged={state.reload}
                    onEdit={() => setEditing(structuredClone(shown))}
                  />
                  <Facts item={item} definition={shown} />
                  {item.faults.length > 0 && <Faults faults={item.faults} definition={shown} />}
                  {item.draft && item.published && <Changes changes={item.changes} definition={shown} />}
                  <Obtainable code={code} />
                  {item.version > 0 && <Bundles code={code} />}
                  <Versions item={item} definition={shown} />
                </>
              )}
            </div>
            <Preview code={code} definition={shown} />
          </div>
        </>
      )}
    </div>
  );
}

function Head({ item, definition }: { item: DeskItem; definition: Definition }) {
  const { t, say } = useServiceTexts();
  const unitName = useUnitName();
  return (
    <header className="svc-head">
      <h1>
        {say(definition.title)} {item.sample && <SampleBadge />}
      </h1>
      <p className="svc-acts">
        <span>{unitName(item.unit)}</span>
        <span>{t(`kinds.${definition.kind}`)}</span>
        <DepthMark depth={item.depth} />
        <span className="badge">{item.draftState ? t(`drafts.${item.draftState}`) : t(`states.${item.state}`)}</span>
        {item.version > 0 && <span className="soft">{t('versionOf', { n: item.version })}</span>}
        {item.drawnName && <span className="soft">{t('drawn', { name: item.drawnName })}</span>}
      </p>
      <p className="soft">
        {t('code')} <code>{item.code}</code>
      </p>
      {item.returned && (
        <p className="svc-late">{t('returned', { by: item.returned.by, reason: item.returned.reason })}</p>
      )}
    </header>
  );
}

function Acts({
  item,
  definition,
  onChanged,
  onEdit,
}: {
  item: DeskItem;
  definition: Definition;
  onChanged: () => void;
  onEdit: () => void;
}) {
  const place = usePlaces(definition);
  const path = { code: item.code };
  return (
    <DraftActs
      of={item}
      drawn={item.draft !== null}
      place={place}
      onChanged={onChanged}
      onEdit={onEdit}
      submit={(header) => read(api.POST('/api/service/desk/items/{code}/submit', { params: { path, header } }))}
      publish={(header) => read(api.POST('/api/service/desk/items/{code}/publish', { params: { path, header } }))}
      drop={() => read(api.DELETE('/api/service/desk/items/{code}/draft', { params: { path } }))}
      giveBack={(reason, header) =>
        read(api.POST('/api/service/desk/items/{code}/return', { params: { path, header }, body: { reason } }))
      }
    />
  );
}

function Preview({ code, definition }: { code: string; definition: Definition }) {
  const { t, say } = useServiceTexts();
  const load = (situations: Situations, signal: AbortSignal): Promise<FormView> =>
    read(
      api.POST('/api/service/desk/items/{code}/preview', {
        params: { path: { code } },
        body: { definition, situations },
        signal,
      } as never),
    );
  return (
    <section className="svc-preview" aria-label={t('preview')}>
      <h2>{t('preview')}</h2>
      <p className="soft">{t('previewText')}</p>
      <h3>{say(definition.title)}</h3>
      <GuidedForm name={`${code} ${JSON.stringify(definition)}`} load={load} />
    </section>
  );
}
