import { useState } from 'react';
import { api, read, useApi } from '#web/client/index.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import type { Definition, DeskItem } from './item.tsx';
import { usePlaces, useServiceTexts } from './texts.ts';

/** What people want to know first: limits, visits, fee, result. */
export function Facts({ item, definition }: { item: DeskItem; definition: Definition }) {
  const { t, say } = useServiceTexts();
  const limit = ({ amount, unit }: Definition['legalLimit']) =>
    amount === 0 ? t('atOnce') : `${amount} ${t(`units.${unit}`)}`;
  const certificate = item.certificateTypes.find(({ code }) => code === definition.certificateType);
  const facts: [string, string][] = [
    [t('legalLimit'), limit(definition.legalLimit)],
    [t('promisedLimit'), limit(definition.promisedLimit)],
    [t('visits'), String(definition.visits)],
    [t('fee'), definition.fee ? t('yuan', { n: Number(definition.fee.amount) / 100 }) : t('free')],
    [t('result'), certificate ? say(certificate.title) : '—'],
    [t('basis'), definition.basis.map(({ law, article }) => `${say(law)} ${article}`).join('；')],
    [t('blockers'), item.blockers.map((kind) => t(`blockerOf.${kind}`)).join('、') || '—'],
    [t('basic'), `${say(item.basic.title)} ${item.basic.code}`],
  ];
  return (
    <dl className="svc-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Faults({ faults, definition }: { faults: DeskItem['faults']; definition: Definition }) {
  const { t, say } = useServiceTexts();
  const place = usePlaces(definition);
  return (
    <section className="svc-section" aria-label={t('faults')}>
      <h2>
        {t('faults')} <small>{faults.length}</small>
      </h2>
      <p className="soft">{t('faultsText')}</p>
      <ul className="svc-lines">
        {faults.map((fault) => (
          <li key={fault.pointer + fault.rule}>
            <b>{place(fault.pointer)}</b> {say(fault.message)}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Materials and fields that other units have already (应共享、不采集); asked for on a press, since the whole catalogue is compared. */
export function Obtainable({ code }: { code: string }) {
  const { t, say } = useServiceTexts();
  const unitName = useUnitName();
  const [asked, setAsked] = useState(false);
  const state = useApi(asked ? `obtainable ${code}` : null, (signal) =>
    read(api.GET('/api/service/desk/items/{code}/obtainable', { params: { path: { code } }, signal })),
  );
  return (
    <section className="svc-section" aria-label={t('obtain')}>
      <h2>
        {t('obtain')} {state.data && <small>{state.data.had.length}</small>}
      </h2>
      <p className="soft">{t('obtainText')}</p>
      {!asked && (
        <div className="svc-acts">
          <button type="button" onClick={() => setAsked(true)}>
            {t('check')}
          </button>
        </div>
      )}
      {state.loading && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data?.had.length === 0 && <p className="soft">{t('obtainNone')}</p>}
      <ul className="svc-lines">
        {state.data?.had.map(({ pointer, title, same, certificate }) => (
          <li key={pointer}>
            <b>{say(title)}</b>
            {certificate && <span>{t('issued', { title: say(certificate.title) })}</span>}
            {same[0] && (
              <span className="soft">
                {t('shared', {
                  unit: unitName(same[0].owner),
                  title: say(same[0].title),
                  resource: say(same[0].resourceTitle),
                })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Bundles (一件事) with this item, and where its units ask for the same in different ways. */
export function Bundles({ code }: { code: string }) {
  const { t, say } = useServiceTexts();
  const state = useApi('bundles', (signal) => read(api.GET('/api/service/bundles', { signal })));
  const own = state.data?.bundles.filter(({ items }) => items.includes(code)) ?? [];
  if (own.length === 0) return null;
  return (
    <section className="svc-section" aria-label={t('bundles')}>
      <h2>
        {t('bundles')} <small>{own.length}</small>
      </h2>
      <p className="soft">{t('bundlesText')}</p>
      {own.map(({ id, title }) => (
        <BundleConflicts key={id} id={id} code={code} title={say(title)} />
      ))}
    </section>
  );
}

function BundleConflicts({ id, code, title }: { id: string; code: string; title: string }) {
  const { t, say } = useServiceTexts();
  const state = useApi(`bundle ${id}`, (signal) =>
    read(api.GET('/api/service/bundles/{id}', { params: { path: { id } }, signal })),
  );
  const form = state.data?.form;
  if (!form) return state.problem ? <RefusalPanel problem={state.problem} onRetry={state.reload} /> : null;
  return (
    <ul className="svc-lines">
      <li>
        <b>{title}</b>
        <span className="soft">{t('saved', { separate: form.saving.separate, joined: form.saving.joined })}</span>
      </li>
      {form.conflicts
        .filter(({ items }) => items.includes(code))
        .map(({ element, kind, solved }) => {
          const field = form.fields.find((each) => each.element === element);
          return (
            <li key={element + kind}>
              <span>{field ? say(field.title) : element}</span>
              <span className="soft">{t(`conflictOf.${kind}`)}</span>
              {!solved && <span className="svc-late">{t('unsolved')}</span>}
            </li>
          );
        })}
    </ul>
  );
}

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  const { title } = value as { title?: { zh?: string } };
  return title?.zh ?? JSON.stringify(value);
};

export function Changes({ changes, definition }: { changes: DeskItem['changes']; definition: Definition }) {
  const { t } = useServiceTexts();
  return (
    <section className="svc-section" aria-label={t('changes')}>
      <h2>
        {t('changes')} <small>{changes.length}</small>
      </h2>
      <ChangeList changes={changes} definition={definition} />
    </section>
  );
}

function ChangeList({ changes, definition }: { changes: DeskItem['changes']; definition: Definition }) {
  const { t } = useServiceTexts();
  const place = usePlaces(definition);
  if (changes.length === 0) return <p className="soft">{t('changesNone')}</p>;
  return (
    <ul className="svc-lines">
      {changes.map(({ pointer, before, after }) => (
        <li key={pointer}>
          <span>{place(pointer)}</span>
          <s>{shown(before) || t('nothing')}</s>
          <b>{shown(after) || t('nothing')}</b>
        </li>
      ))}
    </ul>
  );
}

export function Versions({ item, definition }: { item: DeskItem; definition: Definition }) {
  const { t, language } = useServiceTexts();
  const [open, setOpen] = useState<number | null>(null);
  const state = useApi(open ? `changes ${item.code} ${open}` : null, (signal) =>
    read(
      api.GET('/api/service/desk/items/{code}/changes', {
        params: { path: { code: item.code }, query: { from: (open ?? 2) - 1, to: open ?? 2 } },
        signal,
      }),
    ),
  );
  if (item.versions.length === 0) return null;
  return (
    <section className="svc-section" aria-label={t('versions')}>
      <h2>
        {t('versions')} <small>{item.versions.length}</small>
      </h2>
      <ul className="svc-lines">
        {item.versions.map(({ version, publishedAt, drawnName, publishedName }) => (
          <li key={version}>
            <b>{t('versionOf', { n: version })}</b>
            <span>{formatMoment(publishedAt, { language })}</span>
            <span className="soft">{t('publishedBy', { drawn: drawnName, name: publishedName })}</span>
            {version > 1 && (
              <button type="button" className="link" onClick={() => setOpen(open === version ? null : version)}>
                {t('compare')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && <ChangeList changes={state.data.changes} definition={definition} />}
    </section>
  );
}
