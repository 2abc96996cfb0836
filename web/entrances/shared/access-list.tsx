import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem, useApi } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { ObjectionForm, OwnObjections, useOwnObjections } from './objections.tsx';
import type { AccessLog } from './shapes.ts';
import { useWords } from './texts.ts';

type Access = AccessLog['accesses'][number];

/** Who looked (谁看了我的数据): who, of which unit, when, why and on which basis, what; newest first, each open to objection. */
export function AccessList({
  id,
  load,
  titleOf,
}: {
  id: string;
  load: (before: string | null, signal?: AbortSignal) => Promise<AccessLog>;
  /** Name of an item for people, by its field. */
  titleOf: (field: string) => string | undefined;
}) {
  const { t } = useWords();
  const first = useApi(id, (signal) => load(null, signal));
  if (first.problem) return <RefusalPanel problem={first.problem} onRetry={first.reload} />;
  if (!first.data) return <Waiting />;
  if (first.data.accesses.length === 0) return <EmptyState title={t('access.none')} text={t('access.noneText')} />;
  return <Entries key={first.loadedAt} first={first.data} load={load} titleOf={titleOf} />;
}

function Waiting() {
  const { t } = useTranslation();
  return <p className="soft">{t('loading')}</p>;
}

function Entries({
  first,
  load,
  titleOf,
}: {
  first: AccessLog;
  load: (before: string | null) => Promise<AccessLog>;
  titleOf: (field: string) => string | undefined;
}) {
  const { t } = useWords();
  const [entries, setEntries] = useState(first.accesses);
  const [next, setNext] = useState(first.next);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [others, setOthers] = useState(true);
  const own = useOwnObjections();
  const objections = own.data?.objections ?? [];
  const objected = new Set(objections.filter(({ state }) => state === 'open').map(({ accessId }) => accessId));
  const more = async () => {
    try {
      const page = await load(next);
      setEntries([...entries, ...page.accesses]);
      setNext(page.next);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const shown = others ? entries.filter((entry) => !entry.self) : entries;
  return (
    <>
      <OwnObjections objections={objections} onChange={own.reload} />
      <label className="access-filter">
        <input type="checkbox" checked={others} onChange={(event) => setOthers(event.target.checked)} />{' '}
        {t('access.hideSelf')}
      </label>
      {shown.length === 0 && <EmptyState title={t('access.none')} text={t('access.noneText')} />}
      <ol className="accesses">
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} titleOf={titleOf}>
            {objected.has(entry.id) ? (
              <p className="soft">{t('access.objected')}</p>
            ) : (
              own.data && !entry.self && !entry.acting && <ObjectionForm entry={entry.id} onDone={own.reload} />
            )}
          </Entry>
        ))}
      </ol>
      {problem && <RefusalPanel problem={problem} />}
      {next && (
        <button type="button" onClick={() => void more()}>
          {t('access.more')}
        </button>
      )}
    </>
  );
}

function Entry({
  entry,
  titleOf,
  children,
}: {
  entry: Access;
  titleOf: (field: string) => string | undefined;
  children?: ReactNode;
}) {
  const { t, language, say } = useWords();
  const unitName = useUnitName();
  const who = entry.self
    ? t('access.self')
    : entry.unit
      ? t('access.by', { unit: unitName(entry.unit), name: entry.name })
      : entry.name;
  const act =
    entry.outcome === 'refused'
      ? t('access.refused')
      : entry.outcome === 'changed' && entry.opened.length === 0
        ? t('access.changed')
        : t('access.read');
  const names = (fields: readonly string[]) =>
    [...new Set(fields.flatMap((field) => titleOf(field.split('.').at(-1) ?? '') ?? []))].join(
      language === 'zh' ? '、' : ', ',
    );
  const what = names(entry.fields);
  return (
    <li data-outcome={entry.outcome}>
      <time dateTime={entry.at}>{formatMoment(entry.at, { language })}</time>
      <p>
        <b>{who}</b> {act} {entry.emergency && <span className="badge">{t('access.emergency')}</span>}
      </p>
      {!entry.self && (
        <p className={entry.acting ? undefined : 'access-purpose'}>
          {entry.acting ? t('access.acting') : entry.purposeTitle ? say(entry.purposeTitle) : t('access.noPurpose')}
        </p>
      )}
      {entry.opened.length > 0 && <p>{t('access.opened', { what: names(entry.opened) || entry.opened.join() })}</p>}
      {what && entry.opened.length === 0 && <p className="soft">{t('access.what', { what })}</p>}
      {!entry.self && entry.purposeBasis && (
        <p className="soft">{t('access.basis', { basis: say(entry.purposeBasis) })}</p>
      )}
      {children}
    </li>
  );
}
