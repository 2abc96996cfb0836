import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useFieldErrors } from './field-errors.ts';
import { useLanguage } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

export type Entry = Reply<'/api/catalog/entries/{id}'>;
export type Content = NonNullable<Entry['content']>;

const EMPTY: Content = {
  title: { zh: '', en: '' },
  summary: { zh: '', en: '' },
  class: '',
  system: '',
  providerCode: '',
  format: 'database',
  items: [],
  level: 'L2',
  sharing: 'conditional',
  sharingCondition: '',
  sharingMethod: 'platform',
  opening: 'closed',
  openingCondition: '',
  updates: 'monthly',
  related: [],
};
const CHOICES = {
  format: ['database', 'spreadsheet', 'document', 'image', 'stream', 'interface', 'other'],
  level: ['L1', 'L2', 'L3', 'L4'],
  sharing: ['unconditional', 'conditional', 'none'],
  sharingMethod: ['platform', 'interface', 'file', 'media'],
  opening: ['open', 'conditional', 'closed'],
  updates: ['realtime', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once'],
} as const;
const TYPES = ['string', 'number', 'date', 'datetime', 'boolean', 'binary'] as const;

/** Fields as a person types them, one a line: `name:type`. */
export const itemsText = (items: Content['items']): string =>
  items.map(({ name, type }) => (type === 'string' ? name : `${name}:${type}`)).join('\n');
export const itemsOf = (text: string): Content['items'] =>
  text.split('\n').flatMap((line) => {
    const [name = '', type = ''] = line.split(/[:：]/).map((part) => part.trim());
    return name === '' ? [] : [{ name, type: TYPES.find((each) => each === type) ?? ('string' as const) }];
  });

/** Registers an item (登记目录项), or edits a draft or a revision of one. */
export default function EntryFormPage() {
  const { t } = useTranslation('data-care');
  const { id } = useParams();
  const { me } = useSession();
  const state = useApi(id && me.signedIn ? `entry ${id}` : null, (signal) =>
    read(api.GET('/api/catalog/entries/{id}', { params: { path: { id: id ?? '' } }, signal })),
  );
  const before = state.data?.proposal?.content ?? state.data?.content;
  return (
    <div className="dc">
      <header className="dc-head">
        <h1>{t(id ? 'register.edit' : 'register.new')}</h1>
        <p className="soft">{t('register.lead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {!id && <EntryForm before={EMPTY} />}
      {id && before && <EntryForm id={id} before={before} fixedClass={state.data?.code !== null} />}
    </div>
  );
}

function EntryForm({ id, before, fixedClass }: { id?: string; before: Content; fixedClass?: boolean }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const key = useId();
  const navigate = useNavigate();
  const [content, setContent] = useState(before);
  const [items, setItems] = useState(itemsText(before.items));
  const [related, setRelated] = useState(before.related.join(' '));
  const set = (more: Partial<Content>) => setContent((old) => ({ ...old, ...more }));
  const classes = useApi('catalogue-classes', (signal) => read(api.GET('/api/catalog/classes', { signal })));
  const { busy, problem, submit } = useSubmit((body: Content, header) =>
    id
      ? read(api.PUT('/api/catalog/entries/{id}', { params: { path: { id } }, body }))
      : read(api.POST('/api/catalog/entries', { params: { header }, body })),
  );
  const errors = useFieldErrors(problem, (pointer) => `${key}-${pointer.split('/')[1]}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await submit({
      ...content,
      items: itemsOf(items),
      related: related.split(/[\s,，;；]+/).filter(Boolean),
    });
    if (saved) void navigate(`/data/entries/${saved.id}`);
  };
  const choice = (name: keyof typeof CHOICES, label: string, word: (value: string) => string) => (
    <label className="field">
      {label}
      <select
        id={`${key}-${name}`}
        value={content[name]}
        onChange={(event) => set({ [name]: event.target.value } as Partial<Content>)}
      >
        {CHOICES[name].map((value) => (
          <option key={value} value={value}>
            {word(value)}
          </option>
        ))}
      </select>
    </label>
  );
  const text = (
    name: 'system' | 'providerCode' | 'sharingCondition' | 'openingCondition',
    label: string,
    required = false,
  ) => (
    <label className="field">
      {label}
      <input
        id={`${key}-${name}`}
        value={content[name]}
        required={required}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </label>
  );
  const data = (group: string) => (value: string) => t(`${group}.${value}`, { ns: 'data-centre' });
  return (
    <form className="dc-form" aria-label={t('register.new')} onSubmit={(event) => void send(event)}>
      <FormErrors errors={errors} />
      {problem && errors.length === 0 && <RefusalPanel problem={problem} />}
      <div className="care-form-grid">
        <label className="field">
          {t('register.name')}
          <input
            id={`${key}-title`}
            required
            maxLength={200}
            value={content.title.zh}
            onChange={(event) => set({ title: { ...content.title, zh: event.target.value } })}
          />
        </label>
        <label className="field">
          {t('register.nameEn')}
          <input
            value={content.title.en}
            maxLength={200}
            onChange={(event) => set({ title: { ...content.title, en: event.target.value } })}
          />
        </label>
        <label className="field care-wide">
          {t('register.summary')}
          <textarea
            id={`${key}-summary`}
            required
            rows={2}
            maxLength={1000}
            value={content.summary.zh}
            onChange={(event) => set({ summary: { ...content.summary, zh: event.target.value } })}
          />
        </label>
        <label className="field">
          {t('register.class')}
          <select
            id={`${key}-class`}
            required
            disabled={fixedClass}
            value={content.class}
            onChange={(event) => set({ class: event.target.value })}
          >
            <option value="">{t('register.choose')}</option>
            {classes.data?.classes
              .filter(({ code }) => code.length >= 6)
              .map(({ code, title }) => (
                <option key={code} value={code}>
                  {code} {say(title)}
                </option>
              ))}
          </select>
        </label>
        {text('system', t('register.system'), true)}
        {text('providerCode', t('register.providerCode'))}
        {choice('format', t('register.format'), (value) => t(`register.formats.${value}`))}
        <label className="field care-wide">
          {t('register.items')}
          <textarea
            id={`${key}-items`}
            required
            rows={5}
            value={items}
            onChange={(event) => setItems(event.target.value)}
          />
          <small className="soft">{t('register.itemsHelp')}</small>
        </label>
        {choice('level', t('register.level'), data('level'))}
        {choice('updates', t('register.updates'), data('updates'))}
        {choice('sharing', t('register.sharing'), data('sharing'))}
        {text('sharingCondition', t('register.sharingCondition'))}
        {choice('sharingMethod', t('register.method'), (value) => t(`register.methods.${value}`))}
        {choice('opening', t('register.opening'), data('opening'))}
        {text('openingCondition', t('register.openingCondition'))}
        <label className="field">
          {t('register.related')}
          <input id={`${key}-related`} value={related} onChange={(event) => setRelated(event.target.value)} />
        </label>
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('register.saveDraft')}
        </button>
        <button type="button" onClick={() => void navigate(id ? `/data/entries/${id}` : '/data/register')}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
