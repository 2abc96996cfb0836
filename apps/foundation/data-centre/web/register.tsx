import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, call, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

const SHOW = ['work', 'review', 'published', 'changed'] as const;
type Show = (typeof SHOW)[number];
type Entries = Reply<'/api/catalog/entries'>;
type Imported = Reply<'/api/catalog/entries/import', 'post'>;

/** The register at work (资源编目): what the unit drafts and revises, the review desk with its clocks, and the import of a file. */
export default function RegisterPage() {
  const { t } = useTranslation('data-care');
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const officer = me.kind === 'data-officer';
  const show: Show = SHOW.find((each) => each === search.get('show')) ?? (me.kind === 'unit-head' ? 'review' : 'work');
  const state = useApi(me.signedIn ? `entries ${show}` : null, (signal) =>
    read(api.GET('/api/catalog/entries', { params: { query: { show } }, signal })),
  );
  const { data } = state;
  return (
    <div className="dc" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('register.title')}</h1>
        <p className="soft">{t('register.lead')}</p>
        {data && <p className="soft">{t('register.counts', data.counts)}</p>}
        <div className="dc-switch" role="group" aria-label={t('register.title')}>
          {SHOW.map((each) => (
            <button key={each} type="button" aria-pressed={each === show} onClick={() => setSearch({ show: each })}>
              {t(`register.show.${each}`)}
              {data && each !== 'changed' && <small> {data.counts[each]}</small>}
            </button>
          ))}
        </div>
        {officer && (
          <div className="care-acts">
            <Link className="primary" to="/data/items/new">
              {t('register.new')}
            </Link>
            <ImportFile onDone={state.reload} />
          </div>
        )}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {data?.entries.length === 0 && <EmptyState title={t('register.none')} text={t('register.noneText')} />}
      {data && data.entries.length > 0 && (
        <ul className="care-lines">
          {data.entries.map((entry) => (
            <EntryLine key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </div>
  );
}

function EntryLine({ entry }: { entry: Entries['entries'][number] }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const unit = useUnits();
  const content = entry.proposal?.content ?? entry.content;
  const clock = entry.proposal?.clock ?? entry.change?.clock;
  if (!content) return null;
  return (
    <li>
      <div>
        <Link to={`/data/entries/${entry.id}`}>
          <b>{say(content.title) || content.title.zh}</b>
        </Link>
        <p className="soft">
          {content.system} · {unit(entry.unit)} · {entry.code ?? t(`register.state.${entry.state}`)}
          {entry.proposal && <> · {t(`register.kind.${entry.proposal.kind}`)}</>}
        </p>
        {entry.proposal?.returnedReason && (
          <p className="care-broken">{t('register.returned', { reason: entry.proposal.returnedReason })}</p>
        )}
      </div>
      <div>{clock && <Clock clock={clock} />}</div>
    </li>
  );
}

function ImportFile({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const { busy, problem, submit } = useSubmit((file: File, header) =>
    call<Imported>(`/api/catalog/entries/import?${new URLSearchParams({ fileName: file.name })}`, {
      method: 'POST',
      headers: { ...header, 'content-type': 'application/octet-stream' },
      body: file,
    }),
  );
  return (
    <div>
      <button type="button" disabled={busy} onClick={() => input.current?.click()}>
        {t('register.import')}
      </button>
      <input
        ref={input}
        type="file"
        className="hidden"
        tabIndex={-1}
        aria-label={t('register.file')}
        accept=".xlsx,.csv"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (!file) return;
          void submit(file).then((result) => {
            setImported(result ?? null);
            if (result) onDone();
          });
          event.target.value = '';
        }}
      />
      <p className="soft">{t('register.importHelp')}</p>
      {problem && <RefusalPanel problem={problem} />}
      {imported && (
        <div role="status">
          <p className="dc-done">{t('register.imported', { n: imported.accepted })}</p>
          <ul className="care-refused">
            {imported.refused.map((each) => (
              <li key={`${each.row} ${each.column} ${each.rule}`}>
                <b>{t('register.refusedRow', each)}</b> {say(each.message)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
