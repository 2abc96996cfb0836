import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useFieldErrors } from './field-errors.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

const LISTS = ['demand', 'duty', 'negative'] as const;
type List = (typeof LISTS)[number];
type Line = Reply<'/api/catalog/lists'>['entries'][number];
const NEED = ['data-officer', 'street-clerk', 'committee-worker', 'duty-officer', 'unit-head'];

/** The three lists (需求、责任、负面清单): what is needed, who provides it, what is not shared, each with reason, article and dates. */
export default function ListsPage() {
  const { t } = useTranslation('data-care');
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const list: List = LISTS.find((each) => each === search.get('list')) ?? 'demand';
  const state = useApi(me.signedIn ? `lists ${list}` : null, (signal) =>
    read(api.GET('/api/catalog/lists', { params: { query: { list } }, signal })),
  );
  const { data } = state;
  const mayAdd = list === 'demand' ? me.kind !== null && NEED.includes(me.kind) : (data?.mayList ?? false);
  const done = () => {
    setAdding(false);
    state.reload();
  };
  return (
    <div className="dc" aria-busy={state.loading}>
      <header className="dc-head">
        <h1>{t('lists.title')}</h1>
        <p className="soft">{t('lists.lead')}</p>
        <div className="dc-switch" role="group" aria-label={t('lists.title')}>
          {LISTS.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === list}
              onClick={() => {
                setAdding(false);
                setSearch({ list: each });
              }}
            >
              {t(`lists.${each}`)}
              {data && <small> {data.counts[each]}</small>}
            </button>
          ))}
        </div>
        {mayAdd && !adding && (
          <div className="care-acts">
            <button type="button" className="primary" onClick={() => setAdding(true)}>
              {t(list === 'demand' ? 'lists.need' : 'lists.add')}
            </button>
          </div>
        )}
      </header>
      {adding && list === 'demand' && <NeedForm onDone={done} onCancel={() => setAdding(false)} />}
      {adding && list !== 'demand' && <AddForm list={list} onDone={done} onCancel={() => setAdding(false)} />}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {data?.entries.length === 0 && <EmptyState title={t(`lists.none.${list}`)} text={t('lists.noneText')} />}
      {data && data.entries.length > 0 && (
        <ul className="care-lines">
          {data.entries.map((line) => (
            <ListLine key={line.id} line={line} onDone={state.reload} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ListLine({ line, onDone }: { line: Line; onDone: () => void }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const unit = useUnits();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div>
        <b>{say(line.title) || line.title.zh}</b>
        <p>
          {line.reason}
          {line.article && <> · {line.article}</>}
        </p>
        <p className="soft">
          {t('lists.owner')} {unit(line.unit)} · {t('lists.by', { unit: unit(line.madeUnit) })} ·{' '}
          {t('lists.from', { day: line.validFrom })}
          {line.validTo && <> {t('lists.until', { day: line.validTo })}</>}
        </p>
        {line.endedReason && <p className="soft">{line.endedReason}</p>}
        {line.lateUnit && <p className="dc-late">{t('lists.late', { unit: unit(line.lateUnit) })}</p>}
        {(line.resource ?? line.entry) && (
          <Link to={line.resource ? `/data/items/${line.resource}` : `/data/entries/${line.entry}`}>
            {line.resource ?? t('register.code')}
          </Link>
        )}
      </div>
      <div>
        <span
          className="dc-state"
          data-state={line.state === 'in-force' || line.state === 'catalogued' ? 'approved' : line.state}
        >
          {t(`lists.state.${line.state}`)}
        </span>
        {line.clock && <Clock clock={line.clock} />}
        {line.mayAct && !open && (
          <button type="button" onClick={() => setOpen(true)}>
            {t(line.list === 'demand' ? 'lists.answer' : 'lists.end')}
          </button>
        )}
      </div>
      {open && (
        <ActForm
          line={line}
          onDone={() => {
            setOpen(false);
            onDone();
          }}
          onCancel={() => setOpen(false)}
        />
      )}
    </li>
  );
}

function ActForm({ line, onDone, onCancel }: { line: Line; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('data-care');
  const [item, setItem] = useState('');
  const [reason, setReason] = useState('');
  const [article, setArticle] = useState('');
  const path = { id: line.id };
  const end = useSubmit((body: { reason: string }, header) =>
    read(api.POST('/api/catalog/lists/{id}/end', { params: { path, header }, body })),
  );
  const answer = useSubmit(
    (
      body:
        | { decision: 'catalogued'; resource?: string; entry?: string }
        | { decision: 'refused'; reason: string; article: string },
      header,
    ) => read(api.POST('/api/catalog/demands/{id}/answer', { params: { path, header }, body })),
  );
  const done = (result: unknown) => {
    if (result) onDone();
  };
  const demand = line.list === 'demand';
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!demand) void end.submit({ reason: reason.trim() }).then(done);
    else void answer.submit({ decision: 'refused', reason: reason.trim(), article: article.trim() }).then(done);
  };
  const problem = end.problem ?? answer.problem;
  return (
    <form className="dc-form" aria-label={t(demand ? 'lists.answer' : 'lists.end')} onSubmit={send}>
      {problem && <RefusalPanel problem={problem} />}
      {demand && (
        <div className="dc-row">
          <label>
            {t('lists.catalogued')}
            <input value={item} onChange={(event) => setItem(event.target.value.trim())} />
          </label>
          <button
            type="button"
            disabled={item === '' || answer.busy}
            onClick={() =>
              void answer
                .submit({ decision: 'catalogued', ...(item.includes('.') ? { resource: item } : { entry: item }) })
                .then(done)
            }
          >
            {t('lists.cataloguedAct')}
          </button>
        </div>
      )}
      <div className="dc-row">
        <label>
          {t(demand ? 'lists.reason' : 'lists.endReason')}
          <input required minLength={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        {demand && (
          <label>
            {t('lists.article')}
            <input required minLength={2} value={article} onChange={(event) => setArticle(event.target.value)} />
          </label>
        )}
      </div>
      <div className="acts">
        <button type="submit" disabled={end.busy || answer.busy}>
          {t(demand ? 'lists.refuse' : 'lists.end')}
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function NeedForm({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('data-care');
  const { language } = useLanguage();
  const id = useId();
  const [title, setTitle] = useState('');
  const [unit, setUnit] = useState('');
  const [reason, setReason] = useState('');
  const units = useApi('units', (signal) => read(api.GET('/api/identity/units', { signal })));
  const { busy, problem, submit } = useSubmit(
    (body: { title: { zh: string; en: string }; unit: string; reason: string }, header) =>
      read(api.POST('/api/catalog/demands', { params: { header }, body })),
  );
  const errors = useFieldErrors(problem, (pointer) => `${id}-${pointer.split('/')[1]}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit({ title: { zh: title.trim(), en: '' }, unit, reason: reason.trim() })) onDone();
  };
  return (
    <form className="dc-form" aria-label={t('lists.need')} onSubmit={(event) => void send(event)}>
      <p className="soft">{t('lists.needHelp')}</p>
      <FormErrors errors={errors} />
      {problem && errors.length === 0 && <RefusalPanel problem={problem} />}
      <div className="care-form-grid">
        <label className="field">
          {t('lists.needTitle')}
          <input
            id={`${id}-title`}
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label className="field">
          {t('lists.needUnit')}
          <select id={`${id}-unit`} required value={unit} onChange={(event) => setUnit(event.target.value)}>
            <option value="">{t('lists.choose')}</option>
            {units.data?.units
              .filter(({ kind }) =>
                ['bureau', 'party-organ', 'institution', 'street', 'state-organ'].includes(String(kind)),
              )
              .map((each) => (
                <option key={String(each.code)} value={String(each.code)}>
                  {String(language === 'en' ? each.nameEn : each.name)}
                </option>
              ))}
          </select>
        </label>
        <label className="field care-wide">
          {t('lists.reason')}
          <input
            id={`${id}-reason`}
            required
            minLength={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('lists.send')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

function AddForm({ list, onDone, onCancel }: { list: 'duty' | 'negative'; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('data-care');
  const id = useId();
  const [draft, setDraft] = useState({ title: '', reason: '', article: '', validFrom: '', resource: '' });
  const { busy, problem, submit } = useSubmit((body: typeof draft, header) =>
    read(
      api.POST('/api/catalog/lists', {
        params: { header },
        body: {
          list,
          title: { zh: body.title.trim(), en: '' },
          reason: body.reason.trim(),
          article: body.article.trim(),
          validFrom: body.validFrom,
          ...(body.resource && { resource: body.resource.trim() }),
        },
      }),
    ),
  );
  const errors = useFieldErrors(problem, (pointer) => `${id}-${pointer.split('/')[1]}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit(draft)) onDone();
  };
  const text = (name: keyof typeof draft, label: string, required = true) => (
    <label className="field">
      {label}
      <input
        id={`${id}-${name}`}
        type={name === 'validFrom' ? 'date' : 'text'}
        required={required}
        value={draft[name]}
        onChange={(event) => setDraft((old) => ({ ...old, [name]: event.target.value }))}
      />
    </label>
  );
  return (
    <form className="dc-form" aria-label={t('lists.add')} onSubmit={(event) => void send(event)}>
      <FormErrors errors={errors} />
      {problem && errors.length === 0 && <RefusalPanel problem={problem} />}
      <div className="care-form-grid">
        {text('title', t('lists.addTitle'))}
        {text('resource', t('lists.resource'), false)}
        {text('reason', t('lists.reason'))}
        {text('article', t('lists.article'))}
        {text('validFrom', t('lists.validFrom'))}
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('lists.add')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
