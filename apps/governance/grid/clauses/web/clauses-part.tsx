import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useClauseTexts } from './clause-texts.ts';

type Clauses = Reply<'/api/grid/clauses'>;
type Draft = { title: string; text: string; evidence: { file: string }[] };
type Ask = { kind: string; clauses: string[]; files: string[]; due?: string };
const KINDS = ['rectify', 'record'] as const;

/** Provisions for the class of a case, and documents drafted from it (执法依据与文书). `files` are the photos of the case. */
export function ClausesPart({ no, code, files }: { no: string; code: string; files: readonly string[] }) {
  const { t, language } = useClauseTexts();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [copied, setCopied] = useState(false);
  const list = useApi(`clauses ${code}`, (signal) => call<Clauses>(`/api/grid/clauses?class=${code}`, { signal }));
  const { busy, problem, submit } = useSubmit((body: Ask, key) =>
    call<Draft>(`/api/grid/cases/${no}/document`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const due = String(form.get('due') ?? '');
    const made = await submit({
      kind: String(form.get('kind')),
      clauses: form.getAll('clause').map(String),
      files: [...files],
      ...(due ? { due } : {}),
    });
    setCopied(false);
    if (made) setDraft(made);
  };
  return (
    <section aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p className="soft">{t('lead')}</p>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.clauses.length === 0 && <p className="soft">{t('none')}</p>}
      <form className="grid-page" onSubmit={(event) => void send(event)}>
        <ul className="grid-twins">
          {list.data?.clauses.map((clause) => (
            <li key={clause.id}>
              <label>
                <input type="checkbox" name="clause" value={clause.id} /> {t('choose')}{' '}
                <b>
                  {language === 'zh' ? `《${clause.law.zh}》` : clause.law.en} {clause.article ?? t('noArticle')}
                </b>{' '}
                {!clause.verified && <span className="badge">{t('unverified')}</span>}
              </label>
              <span>{clause.says[language]}</span>
            </li>
          ))}
        </ul>
        <div className="grid-filters">
          <label>
            {t('kind')}
            <select name="kind">
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`kinds.${kind}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('due')} <input type="date" name="due" />
          </label>
          <button type="submit" disabled={busy}>
            {t('draft')}
          </button>
        </div>
      </form>
      {problem && <RefusalPanel problem={problem} />}
      {draft && (
        <div className="grid-page" role="status">
          <b>{t('draftOf')}</b>
          <small className="soft">{t('evidence', { n: draft.evidence.length })}</small>
          <textarea className="grid-draft" readOnly rows={16} aria-label={draft.title} value={draft.text} />
          <span className="grid-acts">
            <button
              type="button"
              onClick={() => void navigator.clipboard.writeText(draft.text).then(() => setCopied(true))}
            >
              {copied ? t('copied') : t('copy')}
            </button>
          </span>
        </div>
      )}
    </section>
  );
}
