import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useApi } from '#web/client/index.ts';
import { RefusalPanel } from './refusal-panel.tsx';

/** A purpose (用途) that this post may use; `verified` false = nobody has confirmed the legal basis yet (待核). */
export type Purpose = {
  code: string;
  title: { zh: string; en: string };
  basis: { source: string; article: string; en: string };
  verified: boolean;
};
type Asked = { key: string; name: string; allowed?: readonly string[]; answer: (code: string | undefined) => void };
type Context = {
  chosen: ReadonlyMap<string, string>;
  ask: (key: string, name: string, allowed?: readonly string[]) => Promise<string | undefined>;
};

const PurposeContext = createContext<Context>({
  chosen: new Map(),
  ask: () => Promise.resolve(undefined),
});

const loadPurposes = (signal?: AbortSignal) => call<{ purposes: Purpose[] }>('/api/access/purposes', { signal });

/** The dialog itself (用途确认): one line of why, the purposes of the post with their basis, one act. */
export function PurposeDialog({
  name,
  allowed,
  onAnswer,
}: {
  name: string;
  /** Purposes that the grants behind the page name; all of the post when absent. */
  allowed?: readonly string[];
  onAnswer: (code: string | undefined) => void;
}) {
  const { t, i18n } = useTranslation();
  const [code, setCode] = useState('');
  const dialog = useRef<HTMLDialogElement>(null);
  const state = useApi('purposes', loadPurposes);
  const list = (state.data?.purposes ?? []).filter((purpose) => allowed?.includes(purpose.code) ?? true);
  const english = i18n.language === 'en';
  useEffect(() => dialog.current?.showModal(), []);
  // The list arrives after the dialog has opened and the focus has gone to the first button.
  useEffect(() => dialog.current?.querySelector('input')?.focus(), [state.data]);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="purpose-title" onClose={() => onAnswer(undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (code) onAnswer(code);
        }}
      >
        <h2 id="purpose-title">{t('purpose.title')}</h2>
        <p className="soft">{t('purpose.text', { subject: name })}</p>
        {state.loading && <p>{t('loading')}</p>}
        {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
        {state.data && list.length === 0 && <p>{t('purpose.none')}</p>}
        <fieldset>
          <legend className="hidden">{t('purpose.pick')}</legend>
          {list.map((purpose) => (
            <label key={purpose.code} className="choice">
              <input type="radio" name="purpose" value={purpose.code} onChange={() => setCode(purpose.code)} />
              <span>
                <b>{english ? purpose.title.en : purpose.title.zh}</b>
                {!purpose.verified && (
                  <span className="badge" title={t('purpose.unverifiedText')}>
                    {t('purpose.unverified')}
                  </span>
                )}
                <small>{english ? purpose.basis.en : `《${purpose.basis.source}》${purpose.basis.article}`}</small>
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
    (key: string, name: string, allowed?: readonly string[]) =>
      new Promise<string | undefined>((answer) => setAsked({ key, name, allowed, answer })),
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
      {asked && <PurposeDialog name={asked.name} allowed={asked.allowed} onAnswer={answer} />}
    </PurposeContext>
  );
}

/**
 * Purpose for one subject (say `person:42`). Send `headers` with its requests; `ask()` opens the dialog once a subject,
 * `change()` opens it again.
 */
export function usePurpose(key: string, name: string, allowed?: readonly string[]) {
  const { chosen, ask } = useContext(PurposeContext);
  const code = chosen.get(key);
  const headers: Record<string, string> = code ? { 'X-Purpose': code } : {};
  return {
    code,
    headers,
    ask: () => (code ? Promise.resolve<string | undefined>(code) : ask(key, name, allowed)),
    change: () => ask(key, name, allowed),
  };
}

/** One line above personal data: under which purpose they are shown, with the act to change it; or the act to state one. */
export function PurposeLine({ purpose }: { purpose: ReturnType<typeof usePurpose> }) {
  const { t, i18n } = useTranslation();
  const state = useApi('purposes', loadPurposes);
  const title = state.data?.purposes.find(({ code }) => code === purpose.code)?.title;
  if (!purpose.code) return null;
  return (
    <p className="purpose-line">
      <span>{t('purpose.chosen', { purpose: title?.[i18n.language === 'en' ? 'en' : 'zh'] ?? purpose.code })}</span>
      <button type="button" className="quiet" onClick={() => void purpose.change()}>
        {t('purpose.change')}
      </button>
    </p>
  );
}

/** Shown in place of personal data until a purpose is stated; the dialog opens by itself once. */
export function PurposeGate({ purpose, text }: { purpose: ReturnType<typeof usePurpose>; text: string }) {
  const { t } = useTranslation();
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    void purpose.ask();
  }, [purpose]);
  return (
    <section className="empty">
      <h2>{t('purpose.title')}</h2>
      <p>{text}</p>
      <button type="button" className="primary" onClick={() => void purpose.ask()}>
        {t('purpose.ask')}
      </button>
    </section>
  );
}
