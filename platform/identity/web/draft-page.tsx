import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { instantFromField } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type Impact, ImpactView } from './impact-view.tsx';
import '#web/entrances/entrances.css';
import './organisation.css';
import { useOrganisationTexts } from './texts.ts';

type Kind = 'move' | 'acting' | 'leave' | 'rename' | 'merge' | 'split' | 'abolish';
const KINDS: readonly Kind[] = ['move', 'acting', 'leave', 'rename', 'merge', 'split', 'abolish'];
type Preview = { impact: Impact; faults: { pointer: string; message: { zh: string; en: string } }[] };
type Draft = { body: Record<string, unknown>; effectiveAt?: string };

/** Drafts an order (拟调令): what it says, then what it would do, then it goes to somebody else for review. */
export default function DraftPage() {
  const { t, language } = useOrganisationTexts();
  const [kind, setKind] = useState<Kind>('move');
  const [seen, setSeen] = useState<{ of: string; preview: Preview } | null>(null);
  const [sent, setSent] = useState<string | null>(null);
  const preview = useSubmit((draft: Draft) =>
    call<Preview>('/api/identity/orders/preview', { method: 'POST', body: draft }),
  );
  const draft = useSubmit((body: Draft & { reason: string }, key) =>
    call<{ no: string }>('/api/identity/orders', { method: 'POST', body, headers: key }),
  );
  const look = async (read: Draft) => {
    const found = await preview.submit(read);
    setSeen(found ? { of: JSON.stringify(read), preview: found } : null);
    return found;
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const read = readDraft(kind, data);
    // Nothing is sent that was not seen: the first press shows what will happen, the second sends.
    if (seen?.of !== JSON.stringify(read)) return void look(read);
    const made = await draft.submit({ ...read, reason: String(data.get('reason')) });
    if (made) setSent(made.no);
  };
  if (sent)
    return (
      <article className="reading org-page">
        <h1>{t('draftTitle')}</h1>
        <p role="status">{t('sent', { no: sent })}</p>
        <p>
          <Link className="primary" to="/gov/admin/orders">
            {t('back')}
          </Link>
        </p>
      </article>
    );
  const problem = draft.problem ?? preview.problem;
  const faults = seen?.preview.faults ?? [];
  return (
    <article className="reading org-page">
      <header>
        <h1>{t('draftTitle')}</h1>
        <p>
          <Link to="/gov/admin/orders">{t('back')}</Link>
        </p>
      </header>
      <FormErrors
        errors={faults.map(({ pointer, message }) => ({
          path: `order-${pointer.split('/')[2] ?? 'effectiveAt'}`,
          message: message[language],
        }))}
      />
      {problem && <RefusalPanel problem={problem} />}
      <form className="org-form" onSubmit={(event) => void submit(event)} onChange={() => setSeen(null)}>
        <div className="field wide">
          <label htmlFor="order-kind">{t('orderKind')}</label>
          <select id="order-kind" value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`kinds.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <Fields key={kind} kind={kind} />
        <div className="field">
          <label htmlFor="order-effectiveAt">{t('when')}</label>
          <input id="order-effectiveAt" name="effectiveAt" type="datetime-local" />
        </div>
        <div className="field">
          <label htmlFor="order-reason">{t('reason')}</label>
          <input id="order-reason" name="reason" required maxLength={500} autoComplete="off" />
        </div>
        <div className="wide org-page">
          {seen && <ImpactView impact={seen.preview.impact} />}
          <div className="org-acts">
            <button type="submit" className="primary" disabled={preview.busy || draft.busy || faults.length > 0}>
              {seen ? t('submit') : t('preview')}
            </button>
          </div>
        </div>
      </form>
    </article>
  );
}

function readDraft(kind: Kind, data: FormData): Draft {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const when = instantFromField(text('effectiveAt'));
  return { body: { kind, ...bodyOf(kind, text, data) }, ...(when ? { effectiveAt: when } : {}) };
}

function bodyOf(kind: Kind, text: (name: string) => string, data: FormData): Record<string, unknown> {
  switch (kind) {
    case 'move':
      return { account: text('account'), post: text('post') };
    case 'acting':
      return { account: text('account'), post: text('post'), until: instantFromField(text('until')) };
    case 'leave':
      return { account: text('account') };
    case 'rename':
      return { unit: text('unit'), name: text('name'), nameEn: text('nameEn') };
    case 'merge':
      return { units: data.getAll('units').map(String), into: text('into') };
    case 'split': {
      const parts = data.getAll('code').length;
      const all = (name: string) => data.getAll(name).map((value) => String(value).trim());
      const [codes, names, english] = [all('code'), all('name'), all('nameEn')];
      const into = Array.from({ length: parts }, (_, i) => ({ code: codes[i], name: names[i], nameEn: english[i] }));
      const posts = [...data].filter(([name]) => name.startsWith('post:')) as [string, string][];
      const given = posts.map(([name, part]) => [name.slice('post:'.length), codes[Number(part)]]);
      return { unit: text('unit'), into, posts: Object.fromEntries(given) };
    }
    case 'abolish':
      return { unit: text('unit') };
  }
}

function Fields({ kind }: { kind: Kind }) {
  const { t } = useOrganisationTexts();
  switch (kind) {
    case 'move':
      return (
        <>
          <PersonField />
          <PostField />
        </>
      );
    case 'acting':
      return (
        <>
          <PersonField />
          <PostField />
          <Field id="until" label={t('termEnd')}>
            <input id="order-until" name="until" type="datetime-local" required />
          </Field>
        </>
      );
    case 'leave':
      return <PersonField />;
    case 'rename':
      return (
        <>
          <UnitField name="unit" label={t('unit')} />
          <Field id="name" label={t('newName')}>
            <input id="order-name" name="name" required minLength={2} maxLength={80} autoComplete="off" />
          </Field>
          <Field id="nameEn" label={t('newNameEn')}>
            <input id="order-nameEn" name="nameEn" required minLength={2} maxLength={160} autoComplete="off" />
          </Field>
        </>
      );
    case 'merge':
      return (
        <>
          <UnitField name="units" label={t('merged')} several />
          <UnitField name="into" label={t('into')} />
        </>
      );
    case 'split':
      return <SplitFields />;
    case 'abolish':
      return <UnitField name="unit" label={t('unit')} />;
  }
}

function Field({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={`order-${id}`}>{label}</label>
      {children}
    </div>
  );
}

/** A person by name or account: the list narrows while one types. */
function PersonField() {
  const { t } = useOrganisationTexts();
  const [q, setQ] = useState('');
  const state = useApi(`people ${q}`, (signal) =>
    call<Reply<'/api/identity/people'>>(`/api/identity/people?q=${encodeURIComponent(q)}`, { signal }),
  );
  return (
    <Field id="account" label={t('account')}>
      <input
        type="search"
        aria-label={t('accountFind')}
        placeholder={t('accountFind')}
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      <select id="order-account" name="account" required>
        <option value="">—</option>
        {(state.data?.people ?? []).map(({ account, name, posts }) => (
          <option key={account} value={account}>
            {`${name}（${account}）${posts[0] ? ` ${posts[0].unit}` : ''}`}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A post of any unit, by the name of its unit. */
function PostField() {
  const { t, language } = useOrganisationTexts();
  const units = useUnits();
  const [words, setWords] = useState('');
  const state = useApi('posts', (signal) => call<Reply<'/api/identity/posts'>>('/api/identity/posts', { signal }));
  const named = (state.data?.posts ?? [])
    .map((post) => ({
      id: post.id,
      text: `${units.find(({ code }) => code === post.unit)?.name ?? post.unit} · ${post.title[language]}`,
    }))
    .filter(({ text }) => text.includes(words.trim()));
  return (
    <Field id="post" label={t('post')}>
      <input
        type="search"
        aria-label={t('postFind')}
        placeholder={t('find')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <select id="order-post" name="post" required>
        <option value="">—</option>
        {named.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}

function useUnits() {
  const state = useApi('units', (signal) => call<Reply<'/api/identity/units'>>('/api/identity/units', { signal }));
  return (state.data?.units ?? []).filter((unit) => unit.endedAt === null);
}

function UnitField(props: { name: string; label: string; several?: boolean; onChange?: (code: string) => void }) {
  const { name, label, several, onChange } = props;
  const { language } = useOrganisationTexts();
  const units = useUnits();
  return (
    <Field id={name} label={label}>
      <select
        id={`order-${name}`}
        name={name}
        required
        multiple={several}
        size={several ? 8 : undefined}
        defaultValue={several ? [] : ''}
        onChange={(event) => onChange?.(event.target.value)}
      >
        {!several && <option value="">—</option>}
        {units.map((unit) => (
          <option key={unit.code} value={unit.code}>
            {language === 'en' ? unit.nameEn : unit.name}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** A division: the new units, and for each post of the old one who takes it over. */
function SplitFields() {
  const { t, language } = useOrganisationTexts();
  const [unit, setUnit] = useState('');
  const [parts, setParts] = useState(2);
  const posts = useApi(unit ? `posts ${unit}` : null, (signal) =>
    call<Reply<'/api/identity/posts'>>(`/api/identity/posts?unit=${unit}`, { signal }),
  );
  const numbers = Array.from({ length: parts }, (_, i) => i);
  return (
    <>
      <UnitField name="unit" label={t('unit')} onChange={setUnit} />
      {numbers.map((i) => (
        <fieldset key={i} className="wide org-form">
          <legend>{t('part', { n: i + 1 })}</legend>
          <Field id={`code-${i}`} label={t('newCode')}>
            <input id={`order-code-${i}`} name="code" required pattern="[a-z][a-z0-9\-]+" autoComplete="off" />
          </Field>
          <Field id={`name-${i}`} label={t('newName')}>
            <input id={`order-name-${i}`} name="name" required minLength={2} maxLength={80} autoComplete="off" />
          </Field>
          <Field id={`nameEn-${i}`} label={t('newNameEn')}>
            <input id={`order-nameEn-${i}`} name="nameEn" required minLength={2} maxLength={160} autoComplete="off" />
          </Field>
        </fieldset>
      ))}
      <div className="wide">
        <button type="button" onClick={() => setParts(parts + 1)}>
          {t('addPart')}
        </button>
      </div>
      {(posts.data?.posts ?? []).map((post) => (
        <Field key={post.id} id={`post-${post.id}`} label={t('takes', { post: post.title[language] })}>
          <select id={`order-post-${post.id}`} name={`post:${post.id}`} required>
            {numbers.map((i) => (
              <option key={i} value={i}>
                {t('part', { n: i + 1 })}
              </option>
            ))}
          </select>
        </Field>
      ))}
    </>
  );
}
