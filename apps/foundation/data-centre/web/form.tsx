import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, type Problem, useApi, useSubmit } from '#web/client/index.ts';
import { Timeline } from '#web/design/facts.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { AddField } from './form-add-field.tsx';
import type { FormField, FormView, SameField } from './shapes.ts';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './form-texts.ts';
import './data-centre.css';

/** One form (表单设计): how each field gets its value, what could be obtained instead of asked for, and a new field, checked while it is typed. */
export default function FormPage() {
  const { t } = useTranslation('data-forms');
  const { id = '' } = useParams();
  const { say } = useLanguage();
  const unit = useUnits();
  const state = useApi(`form ${id}`, (signal) =>
    read(api.GET('/api/catalog/forms/{id}', { params: { path: { id } }, signal })),
  );
  const form = state.data;
  return (
    <div className="dc" aria-busy={state.loading}>
      <p className="dc-back">
        <Link to="/data/forms">{t('back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.loading && !form && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {form && (
        <>
          <header className="dc-head">
            <h1>{say(form.title)}</h1>
            <dl className="dc-facts">
              <div>
                <dt>{t('unit')}</dt>
                <dd>{unit(form.unit)}</dd>
              </div>
              <div>
                <dt>{t('app')}</dt>
                <dd>{say(form.appTitle)}</dd>
              </div>
              <div>
                <dt>{t('asked')}</dt>
                <dd>{form.fields.filter(({ way }) => ASKED.has(way)).length}</dd>
              </div>
              <div>
                <dt>{t('obtained')}</dt>
                <dd>{form.fields.filter(({ way }) => way === 'obtained').length}</dd>
              </div>
            </dl>
          </header>
          <section className="dc-section" aria-label={t('fields')}>
            <h2>
              {t('fields')} <small>{form.fields.length}</small>
            </h2>
            <ul className="dc-fields">
              {form.fields.map((field) => (
                <Field key={field.name} form={form} field={field} onChanged={state.reload} />
              ))}
            </ul>
          </section>
          {form.mayDesign && <AddField form={form} onDone={state.reload} />}
          <section className="dc-section" aria-label={t('history')}>
            <h2>{t('history')}</h2>
            <Timeline
              entries={form.steps.map((step, at) => ({
                id: `${step.at}-${at}`,
                at: step.at,
                title: `${t(`step.${step.step}`)} · ${titleOf(form, step.field, say)}`,
                by: [unit(step.unit), step.name].filter(Boolean).join(' ') || undefined,
                note: step.reason ?? undefined,
              }))}
            />
          </section>
        </>
      )}
    </div>
  );
}

const ASKED = new Set(['asked', 'asked-meanwhile', 'exception-allowed']);
const MARKS: Record<FormField['way'], string> = {
  asked: '✎',
  obtained: '●',
  waiting: '◔',
  'asked-meanwhile': '◑',
  'exception-asked': '◔',
  'exception-allowed': '✎',
  'exception-refused': '×',
};

function titleOf(form: FormView, name: string, say: (text: { zh: string; en: string }) => string): string {
  const field = form.fields.find((each) => each.name === name);
  return field ? say(field.title) : name;
}

function Field({ form, field, onChanged }: { form: FormView; field: FormField; onChanged: () => void }) {
  const { t } = useTranslation('data-forms');
  const { say } = useLanguage();
  const unit = useUnits();
  const path = { id: form.id, name: field.name };
  const remove = useSubmit(() =>
    read(api.DELETE('/api/catalog/forms/{id}/fields/{name}', { params: { path } })).then(() => true),
  );
  const { source, exception } = field;
  return (
    <li data-way={field.way}>
      <div className="dc-field-name">
        <b>{say(field.title)}</b>
        <small className="soft">
          {t(`types.${field.type}`)}
          {field.required && ` · ${t('required')}`}
        </small>
      </div>
      <div className="dc-field-way">
        <span className="dc-state" data-state={field.way === 'obtained' ? 'approved' : undefined}>
          <i aria-hidden="true">{MARKS[field.way]}</i>
          {t(`wayOf.${field.way}`)}
        </span>
        {source && (
          <p className="soft">
            {unit(source.owner)} · <Link to={`/data/items/${source.resource}`}>{say(source.resourceTitle)}</Link> ·{' '}
            {say(source.fieldTitle)}
          </p>
        )}
        {source && form.mayDesign && (field.way === 'asked-meanwhile' || field.way === 'waiting') && (
          <p>
            <Link to={`/data/items/${source.resource}`}>{t('request')}</Link>
          </p>
        )}
        {exception && <p className="soft">{t('reasonBy', { name: exception.by ?? '', reason: exception.reason })}</p>}
        {exception?.note && (
          <p className="soft">{t('decided', { name: exception.decidedBy ?? '', note: exception.note })}</p>
        )}
        {exception?.mayDecide && <Decide form={form} field={field} onDone={onChanged} />}
        {field.same.length > 0 && <Same form={form} field={field} onDone={onChanged} />}
      </div>
      {form.mayDesign && (
        <button
          type="button"
          className="quiet"
          disabled={remove.busy}
          aria-label={t('removeOf', { field: say(field.title) })}
          onClick={() => void remove.submit(undefined).then((done) => done && onChanged())}
        >
          {t('remove')}
        </button>
      )}
      {remove.problem && <RefusalPanel problem={remove.problem} />}
    </li>
  );
}

/** What could be obtained: the likeliest shared field first, with the act. */
function Same({ form, field, onDone }: { form: FormView; field: FormField; onDone: () => void }) {
  const { t } = useTranslation('data-forms');
  const { say } = useLanguage();
  const unit = useUnits();
  const obtain = useSubmit((same: SameField, header) =>
    read(
      api.POST('/api/catalog/forms/{id}/fields/{name}/source', {
        params: { path: { id: form.id, name: field.name }, header },
        body: { resource: same.resource, field: same.field },
      }),
    ),
  );
  return (
    <div className="dc-same">
      <b>{t('duplicate')}</b>
      <ul>
        {field.same.slice(0, 3).map((same) => (
          <li key={`${same.resource}.${same.field}`}>
            <span>
              {t('blockedFrom', { unit: unit(same.owner), resource: say(same.resourceTitle), field: say(same.title) })}
            </span>
            {form.mayDesign && (
              <button
                type="button"
                disabled={obtain.busy}
                aria-label={t('obtainOf', { field: say(field.title), unit: unit(same.owner) })}
                onClick={() => void obtain.submit(same).then((done) => done && onDone())}
              >
                {t('obtain')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {obtain.problem && <RefusalPanel problem={obtain.problem} />}
    </div>
  );
}

/** The unit that shares the data says whether they may be asked for all the same. */
function Decide({ form, field, onDone }: { form: FormView; field: FormField; onDone: () => void }) {
  const { t } = useTranslation('data-forms');
  const id = useId();
  const [note, setNote] = useState('');
  const { busy, problem, submit } = useSubmit((allow: boolean, header) =>
    read(
      api.POST('/api/catalog/forms/{id}/fields/{name}/exception', {
        params: { path: { id: form.id, name: field.name }, header },
        body: { allow, note: note.trim() },
      }),
    ),
  );
  const send = (allow: boolean) => void submit(allow).then((done) => done && onDone());
  const ready = note.trim().length >= 2 && !busy;
  return (
    <div className="dc-form">
      <div className="field">
        <label htmlFor={id}>{t('decideNote')}</label>
        <input id={id} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </div>
      <div className="acts">
        <button type="button" className="primary" disabled={!ready} onClick={() => send(true)}>
          {t('allow')}
        </button>
        <button type="button" disabled={!ready} onClick={() => send(false)}>
          {t('refuse')}
        </button>
      </div>
      <Refused problem={problem} />
    </div>
  );
}

function Refused({ problem }: { problem: Problem | null }) {
  return problem ? <RefusalPanel problem={problem} /> : null;
}
