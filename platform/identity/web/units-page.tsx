import { type FormEvent, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar, useAsOf } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { POST_KINDS } from './post-kinds.ts';
import '#web/entrances/entrances.css';
import './organisation.css';
import { useOrganisationTexts } from './texts.ts';

type Units = Reply<'/api/identity/units'>;
type Unit = Units['units'][number];

/** Units and posts (机构与岗位): the tree as of a day, and of the chosen unit its history, its posts and who holds them. */
export default function UnitsPage() {
  const { t, language } = useOrganisationTexts();
  const { me } = useSession();
  const asOf = useAsOf();
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState('');
  const at = asOf ? `${asOf}T23:59:59+08:00` : null;
  const state = useApi(`units ${at}`, (signal) =>
    call<Units>(`/api/identity/units${at ? `?at=${encodeURIComponent(at)}` : ''}`, { signal }),
  );
  const all = state.data?.units ?? [];
  const standing = all.filter((unit) => unit.endedAt === null);
  const nameOf = (unit: Unit) => (language === 'en' ? unit.nameEn : unit.name);
  const open = all.find(({ code }) => code === search.get('unit'));
  const choose = (code: string) =>
    setSearch((old) => {
      old.set('unit', code);
      return old;
    });
  const hits = words.trim()
    ? all.filter((unit) => nameOf(unit).toLowerCase().includes(words.trim().toLowerCase()))
    : null;
  return (
    <article className="org-page" aria-busy={state.loading}>
      <header>
        <h1>
          {t('units')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('unitsLead')}</p>
      </header>
      <AsOfBar at={state.loadedAt ?? Date.now()} />
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      <div className="org-split">
        <div>
          <div className="field">
            <label htmlFor="unit-find">{t('find')}</label>
            <input id="unit-find" type="search" value={words} onChange={(event) => setWords(event.target.value)} />
          </div>
          <div className="org-scroll">
            {hits ? (
              <ul className="org-tree">
                {hits.map((unit) => (
                  <li key={unit.code}>
                    <UnitButton unit={unit} open={open?.code} name={nameOf(unit)} onChoose={choose} />
                  </li>
                ))}
              </ul>
            ) : (
              <Branch
                units={standing}
                parent={null}
                open={open?.code}
                nameOf={nameOf}
                onChoose={choose}
                depth={0}
                above={aboveOf(open, all)}
              />
            )}
          </div>
        </div>
        {open ? (
          <UnitDetail key={open.code} unit={open} units={all} nameOf={nameOf} />
        ) : (
          <EmptyState title={t('choose')} text={t('chooseText')} />
        )}
      </div>
    </article>
  );
}

function aboveOf(unit: Unit | undefined, units: readonly Unit[]): Set<string> {
  const above = new Set<string>();
  for (let code = unit?.parent ?? null; code !== null && !above.has(code); ) {
    above.add(code);
    code = units.find((other) => other.code === code)?.parent ?? null;
  }
  return above;
}

function UnitButton(props: { unit: Unit; open: string | undefined; name: string; onChoose: (code: string) => void }) {
  const { t } = useOrganisationTexts();
  const { unit, open, name, onChoose } = props;
  return (
    <button type="button" aria-pressed={unit.code === open} onClick={() => onChoose(unit.code)}>
      {name} {unit.endedAt && <small className="soft">{t('ended')}</small>}
    </button>
  );
}

function Branch(props: {
  units: readonly Unit[];
  parent: string | null;
  open: string | undefined;
  nameOf: (unit: Unit) => string;
  onChoose: (code: string) => void;
  depth: number;
  /** Units above the chosen one, whose branches stand open. */
  above: ReadonlySet<string>;
}) {
  const { units, parent, open, nameOf, onChoose, depth, above } = props;
  const children = useMemo(() => units.filter((unit) => unit.parent === parent), [units, parent]);
  return (
    <ul className={depth === 0 ? 'org-tree' : undefined}>
      {children.map((unit) => {
        const button = <UnitButton unit={unit} open={open} name={nameOf(unit)} onChoose={onChoose} />;
        if (!units.some((other) => other.parent === unit.code))
          return (
            <li key={unit.code} className="leaf">
              {button}
            </li>
          );
        // Opening a branch chooses its unit: one act shows what is below it and what it is.
        return (
          <li key={unit.code}>
            <details open={depth < 2 || above.has(unit.code)}>
              <summary data-open={unit.code === open} onClick={() => onChoose(unit.code)}>
                {nameOf(unit)}
              </summary>
              <Branch {...props} parent={unit.code} depth={depth + 1} />
            </details>
          </li>
        );
      })}
    </ul>
  );
}

function UnitDetail({ unit, units, nameOf }: { unit: Unit; units: readonly Unit[]; nameOf: (unit: Unit) => string }) {
  const { t, language } = useOrganisationTexts();
  const { me } = useSession();
  const history = useApi(`unit ${unit.code}`, (signal) =>
    call<Reply<'/api/identity/units/{code}/history'>>(`/api/identity/units/${unit.code}/history`, { signal }),
  );
  const reads = me.kind === 'system-administrator' || me.kind === 'staffing-officer';
  const posts = useApi(reads ? `posts ${unit.code}` : null, (signal) =>
    call<Reply<'/api/identity/posts'>>(`/api/identity/posts?unit=${unit.code}`, { signal }),
  );
  const names = (codes: readonly string[]) =>
    codes.map((code) => units.find((other) => other.code === code)?.name ?? code).join('、');
  const moment = (at: string | null) => (at === null ? t('begin') : formatMoment(at, { language }));
  const since = (at: string | null) => (at === null ? t('sinceBegin') : t('since', { from: moment(at) }));
  const problem = history.problem ?? posts.problem;
  return (
    <section className="org-detail" aria-label={nameOf(unit)}>
      <h2>
        {nameOf(unit)} {unit.endedAt && <span className="badge">{t('ended')}</span>}
      </h2>
      {problem && <RefusalPanel problem={problem} onRetry={history.reload} />}
      <h3>{t('posts')}</h3>
      {posts.data?.posts.length === 0 && <p className="soft">{t('noPosts')}</p>}
      <ul className="org-list">
        {(posts.data?.posts ?? []).map((post) => (
          <li key={post.id}>
            <p className="org-line">
              <b>{post.title[language]}</b>
              {post.single && <small>{t('single')}</small>}
              {post.reach === 'district' && <small>{t('district')}</small>}
            </p>
            <p>
              {post.holders.length === 0 && <span className="soft">{t('vacant')}</span>}
              {post.holders.map(({ name, acting }) => (acting ? `${name}（${t('acting')}）` : name)).join('、')}
            </p>
          </li>
        ))}
      </ul>
      {me.kind === 'staffing-officer' && unit.endedAt === null && <SetUp unit={unit.code} onDone={posts.reload} />}
      <h3>{t('history')}</h3>
      <ul className="org-list">
        {(history.data?.versions ?? []).map((version) => (
          <li key={`${version.from}`}>
            <b>{language === 'en' ? version.nameEn : version.name}</b>
            <small>
              {version.to === null
                ? since(version.from)
                : t('until', { from: moment(version.from), to: moment(version.to) })}
            </small>
          </li>
        ))}
      </ul>
      {history.data && history.data.successors.length > 0 && (
        <p>{t('successors', { names: names(history.data.successors) })}</p>
      )}
      {history.data && history.data.predecessors.length > 0 && (
        <p>{t('predecessors', { names: names(history.data.predecessors) })}</p>
      )}
    </section>
  );
}

/** Sets up a post: it gives nobody anything before an order fills it. */
function SetUp({ unit, onDone }: { unit: string; onDone: () => void }) {
  const { t, language } = useOrganisationTexts();
  const [done, setDone] = useState(false);
  const { busy, problem, submit } = useSubmit((body: { kind: string; unit: string; title?: string }, key) =>
    call('/api/identity/posts', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const title = String(data.get('title')).trim();
    setDone(false);
    if (!(await submit({ kind: String(data.get('kind')), unit, ...(title ? { title } : {}) }))) return;
    setDone(true);
    onDone();
  };
  return (
    <details>
      <summary>{t('setUp')}</summary>
      <form className="org-form" onSubmit={(event) => void send(event)}>
        <div className="field">
          <label htmlFor="post-kind">{t('kind')}</label>
          <select id="post-kind" name="kind">
            {POST_KINDS.map(({ id, title }) => (
              <option key={id} value={id}>
                {title[language]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="post-title">{t('title')}</label>
          <input id="post-title" name="title" maxLength={60} autoComplete="off" />
        </div>
        <div className="org-acts wide">
          <button type="submit" disabled={busy}>
            {t('setUpAct')}
          </button>
        </div>
        {done && (
          <p role="status" className="wide">
            {t('setUpDone')}
          </p>
        )}
        {problem && <RefusalPanel problem={problem} />}
      </form>
    </details>
  );
}
