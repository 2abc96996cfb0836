import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useServiceTexts } from './texts.ts';
import './service.css';

type Board = Reply<'/api/service/blockers'>;
type Blocker = Board['blockers'][number];
const WAYS = ['items', 'cases'] as const;
const KINDS = ['paper-original', 'wet-signature', 'site-visit', 'payment', 'vertical-system'] as const;

/** Board of blockers (网办障碍): what to remove next and what it brings, then who owes what, then the list. */
export default function BlockersPage() {
  const { t } = useServiceTexts();
  const unitName = useUnitName();
  const [search, setSearch] = useSearchParams();
  const query = Object.fromEntries(search) as Record<string, string>;
  const by = WAYS.find((way) => way === query.by) ?? 'items';
  const page = Number(query.page ?? '1');
  const { by: _by, ...filters } = query;
  const board = useApi(`blockers ${JSON.stringify(filters)}`, (signal) =>
    read(api.GET('/api/service/blockers', { params: { query: { ...filters, page } as never }, signal })),
  );
  const set = (name: string, value: string) => {
    const { page: _page, ...rest } = query;
    const { [name]: _old, ...others } = rest;
    setSearch(value === '' ? others : { ...others, [name]: value });
  };
  const { data } = board;
  return (
    <div className="svc" aria-busy={board.loading}>
      <header className="svc-head">
        <h1>{t('blockersTitle')}</h1>
        {data && <p className="soft">{t('blockersLead', { items: data.items })}</p>}
      </header>
      {board.problem && <RefusalPanel problem={board.problem} onRetry={board.reload} />}
      <Plan by={by} onBy={(way) => set('by', way)} />
      {data && (
        <section className="svc-section" aria-label={t('byOwner')}>
          <h2>{t('byOwner')}</h2>
          <div className="table is-stacked">
            <div className="table-scroll" tabIndex={0} role="group" aria-label={t('byOwner')}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('owner')}</th>
                    {(['blockers', 'itemsOf', 'planned', 'overdue'] as const).map((name) => (
                      <th scope="col" key={name} className="is-number">
                        {t(name)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.byOwner.map((line) => (
                    <tr key={line.owner}>
                      <td data-label={t('owner')}>
                        <button
                          type="button"
                          className="link"
                          aria-pressed={query.owner === line.owner}
                          onClick={() => set('owner', query.owner === line.owner ? '' : line.owner)}
                        >
                          {unitName(line.owner)}
                        </button>
                      </td>
                      <td data-label={t('blockers')} className="is-number">
                        {line.blockers}
                      </td>
                      <td data-label={t('itemsOf')} className="is-number">
                        {line.items}
                      </td>
                      <td data-label={t('planned')} className="is-number">
                        {line.planned}
                      </td>
                      <td data-label={t('overdue')} className="is-number">
                        {line.overdue > 0 ? <span className="svc-late">{line.overdue}</span> : '—'}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </div>
        </section>
      )}
      <section className="svc-section" aria-label={t('list')}>
        <h2>
          {t('list')} {data && <small>{data.total}</small>}
        </h2>
        <div className="svc-filters">
          <label>
            <span className="hidden">{t('kind')}</span>
            <select value={query.kind ?? ''} onChange={(event) => set('kind', event.target.value)}>
              <option value="">{t('allKinds')}</option>
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`blockerOf.${kind}`)}
                </option>
              ))}
            </select>
          </label>
          {query.owner && (
            <button type="button" aria-pressed onClick={() => set('owner', '')}>
              {unitName(query.owner)} ×
            </button>
          )}
          {query.measure && (
            <button type="button" aria-pressed onClick={() => set('measure', '')}>
              {query.measure} ×
            </button>
          )}
        </div>
        {data?.blockers.length === 0 && <EmptyState title={t('noBlockers')} text={t('noBlockersText')} />}
        <ul className="svc-lines">
          {data?.blockers.map((blocker) => (
            <Line key={blocker.id} blocker={blocker} onChanged={board.reload} />
          ))}
        </ul>
        {data && data.total > data.pageSize && (
          <nav className="svc-pages" aria-label={t('list')}>
            <button type="button" disabled={page <= 1} onClick={() => setSearch({ ...query, page: String(page - 1) })}>
              {t('previous')}
            </button>
            <span>{t('page', { page, pages: Math.ceil(data.total / data.pageSize) })}</span>
            <button
              type="button"
              disabled={page * data.pageSize >= data.total}
              onClick={() => setSearch({ ...query, page: String(page + 1) })}
            >
              {t('next')}
            </button>
          </nav>
        )}
      </section>
    </div>
  );
}

function Plan({ by, onBy }: { by: (typeof WAYS)[number]; onBy: (way: (typeof WAYS)[number]) => void }) {
  const { t, language, say } = useServiceTexts();
  const unitName = useUnitName();
  const plan = useApi(`plan ${by}`, (signal) =>
    read(api.GET('/api/service/blockers/plan', { params: { query: { by, most: 12 } }, signal })),
  );
  return (
    <section className="svc-section" aria-label={t('plan')}>
      <h2>{t('plan')}</h2>
      <p className="soft">{t('planText')}</p>
      <div className="svc-acts svc-switch" role="group" aria-label={t('plan')}>
        {WAYS.map((way) => (
          <button key={way} type="button" aria-pressed={way === by} onClick={() => onBy(way)}>
            {t(`by.${way}`)}
          </button>
        ))}
      </div>
      {plan.problem && <RefusalPanel problem={plan.problem} onRetry={plan.reload} />}
      {plan.data && (
        <div className="table is-stacked">
          <div className="table-scroll" tabIndex={0} role="group" aria-label={t('plan')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('measure')}</th>
                  <th scope="col">{t('owner')}</th>
                  <th scope="col" className="is-number">
                    {t('removes')}
                  </th>
                  <th scope="col">{t('freed')}</th>
                  <th scope="col" className="is-number">
                    {t('freedCases')}
                  </th>
                  <th scope="col" className="is-number">
                    {t('ratioThen')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {plan.data.steps.map((step, at) => (
                  <tr key={step.measure}>
                    <td data-label={t('measure')} className="svc-name">
                      {`${at + 1}. `}
                      <b>{say(step.title)}</b>
                    </td>
                    <td data-label={t('owner')}>{unitName(step.owner)}</td>
                    <td data-label={t('removes')} className="is-number">
                      {step.removes}
                    </td>
                    <td data-label={t('freed')} className="svc-freed">
                      {step.freed.length === 0 ? (
                        '—'
                      ) : (
                        <details>
                          <summary>{`${step.freed.length} ${t('items')}`}</summary>
                          {step.freed.map(({ code, title }) => (
                            <p key={code}>
                              <Link to={`/gov/items/${code}`}>{say(title)}</Link>
                            </p>
                          ))}
                        </details>
                      )}
                    </td>
                    <td data-label={t('freedCases')} className="is-number">
                      {formatNumber(step.freedCases, { language })}
                    </td>
                    <td data-label={t('ratioThen')} className="is-number">
                      {`${step.itemRatio.toFixed(2)} %`}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
      {plan.data && plan.data.unplanned > 0 && <p className="soft">{t('unplanned', { n: plan.data.unplanned })}</p>}
    </section>
  );
}

function Line({ blocker, onChanged }: { blocker: Blocker; onChanged: () => void }) {
  const { t, say, language } = useServiceTexts();
  const unitName = useUnitName();
  const [draft, setDraft] = useState<{ owner: string; plan: string; due: string } | null>(null);
  const save = useSubmit((body: { owner: string; plan: string; due: string }) =>
    read(api.PUT('/api/service/blockers/{id}', { params: { path: { id: blocker.id } }, body })),
  );
  return (
    <li>
      <b>{t(`blockerOf.${blocker.kind}`)}</b>
      <Link to={`/gov/items/${blocker.item}`}>{say(blocker.itemTitle)}</Link>
      {blocker.cause && <span className="soft">{blocker.cause}</span>}
      <span>{unitName(blocker.owner)}</span>
      <span className="soft">{`${t('cases')} ${formatNumber(blocker.cases, { language })}`}</span>
      <span>
        {blocker.plan || <span className="soft">{t('noPlan')}</span>}
        {blocker.due && (
          <span className={blocker.overdue ? 'svc-late' : 'soft'}>
            {` ${blocker.due}${blocker.overdue ? ` ${t('overdue')}` : ''}`}
          </span>
        )}
      </span>
      {blocker.mayPlan && !draft && (
        <button
          type="button"
          className="link"
          onClick={() => setDraft({ owner: blocker.owner, plan: blocker.plan, due: blocker.due ?? '' })}
        >
          {t('planEdit')}
          <span className="hidden"> {say(blocker.itemTitle)}</span>
        </button>
      )}
      {draft && (
        <form
          className="svc-row"
          onSubmit={(event) => {
            event.preventDefault();
            void save.submit(draft).then((done) => {
              if (!done) return;
              setDraft(null);
              onChanged();
            });
          }}
        >
          <label className="svc-wide">
            <span>{t('planOf')}</span>
            <input
              required
              minLength={2}
              value={draft.plan}
              onChange={(event) => setDraft({ ...draft, plan: event.target.value })}
            />
          </label>
          <label>
            <span>{t('due')}</span>
            <input
              type="date"
              required
              value={draft.due}
              onChange={(event) => setDraft({ ...draft, due: event.target.value })}
            />
          </label>
          <button type="submit" disabled={save.busy}>
            {t('savePlan')}
          </button>
        </form>
      )}
      {save.problem && <RefusalPanel problem={save.problem} />}
    </li>
  );
}
