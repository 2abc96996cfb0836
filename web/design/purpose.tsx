import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useApi } from '#web/client/index.ts';
import { RefusalPanel } from './refusal-panel.tsx';

/** A purpose (用途) that this post may use. */
export type Purpose = { code: string; title: string | { zh: string; en: string }; basis?: string };
type Reply = Purpose[] | { purposes?: Purpose[]; items?: Purpose[] };
type Asked = { key: string; name: string; answer: (code: string | undefined) => void };
type Context = { chosen: ReadonlyMap<string, string>; ask: (key: string, name: string) => Promise<string | undefined> };

const PurposeContext = createContext<Context>({ chosen: new Map(), ask: () => Promise.resolve(undefined) });

/** The dialog itself (用途确认): one line of why, the purposes of the post, one act. */
export function PurposeDialog({ name, onAnswer }: { name: string; onAnswer: (code: string | undefined) => void }) {
  const { t, i18n } = useTranslation();
  const [code, setCode] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const state = useApi('purposes', (signal) => call<Reply>('/api/access/purposes', { signal }));
  const list = Array.isArray(state.data) ? state.data : (state.data?.purposes ?? state.data?.items ?? []);
  useEffect(() => dialog.current?.showModal(), []);
  const titleOf = ({ title }: Purpose) =>
    typeof title === 'string' ? title : title[i18n.language === 'en' ? 'en' : 'zh'];
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="purpose-title" onClose={() => onAnswer(undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (code) onAnswer(code);
        }}
      >
        <h2 id="purpose-title">{t('purpose.title')}</h2>
        <p>{t('purpose.text', { subject: name })}</p>
        {state.loading && <p>{t('loading')}</p>}
        {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
        {state.data && list.length === 0 && <p>{t('purpose.none')}</p>}
        <fieldset>
          <legend className="hidden">{t('purpose.pick')}</legend>
          {list.map((purpose) => (
            <label key={purpose.code} className="choice">
              <input type="radio" name="purpose" value={purpose.code} onChange={() => setCode(purpose.code)} />
              <span>
                {titleOf(purpose)}
                {purpose.basis && <small>{purpose.basis}</small>}
              </span>
            </label>
          ))}
        </fieldset>
        <div className="acts">
          <button type="submit" className="primary" disabled={!code}>
            {t('purpose.act')}
          </button>
          <button type="button" onClick={() => onAnswer(undefined)}>
            {t('cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** Keeps the purpose chosen for each subject until the page is closed; nothing is stored in the browser. */
export function PurposeProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback(
    (key: string, name: string) => new Promise<string | undefined>((answer) => setAsked({ key, name, answer })),
    [],
  );
  const context = useMemo(() => ({ chosen, ask }), [chosen, ask]);
  const answer = (code: string | undefined) => {
    if (!asked) return;
    if (code) setChosen(new Map(chosen).set(asked.key, code));
    asked.answer(code);
    setAsked(null);
  };
  return (
    <PurposeContext value={context}>
      {children}
      {asked && <PurposeDialog name={asked.name} onAnswer={answer} />}
    </PurposeContext>
  );
}

/** Purpose for one subject (say `person:42`). Send `headers` with its requests; `ask()` opens the dialog once a subject. */
export function usePurpose(key: string, name: string) {
  const { chosen, ask } = useContext(PurposeContext);
  const code = chosen.get(key);
  const headers: Record<string, string> = code ? { 'X-Purpose': code } : {};
  return { code, headers, ask: () => (code ? Promise.resolve<string | undefined>(code) : ask(key, name)) };
}
