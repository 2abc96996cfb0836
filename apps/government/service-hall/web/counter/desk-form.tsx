import { useEffect, useRef, useState } from 'react';
import { asProblem, call, type Problem, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { sendFile } from '#web/client/send-file.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { FieldInput } from '../field-input.tsx';
import { Questions } from '../questions.tsx';
import type { Answer, Situations } from '../shapes.ts';
import { scanPage } from './agent.ts';
import { useCounterTexts } from './counter-texts.ts';
import { inTurn } from './in-turn.ts';
import {
  type Counter,
  type Draft,
  type DraftField,
  type DraftMaterial,
  GROUPS,
  isEmpty,
  PURPOSES,
  type Session,
  sessionPath,
  shownValue,
} from './shapes.ts';

type Uploaded = Reply<'/api/document/files', 'post', 201>;
/** After how long without a key what was typed is kept. */
const QUIET_MS = 500;
/** Id of a field on the page, as faults of the server point at it. */
const idOf = (pointer: string): string => `counter${pointer.replaceAll('/', '-')}`;

/** Right side: the form as far as anybody knows it. What is on record is shown with its source, what is missing is asked, once. */
export function DeskForm({
  counter,
  session,
  draft,
  reload,
}: {
  counter: Counter;
  session: Session;
  draft: Draft;
  reload: () => void;
}) {
  const { t, say } = useCounterTexts();
  const purpose = usePurpose(`counter:${session.id}`, session.applicant ?? '', PURPOSES);
  const keep = useKept(session, draft, reload);
  const items = draft.items.map(({ code }) => code);
  const answerQuestions = useSubmit((situations: Situations, key) =>
    call(sessionPath(session.id, 'form'), {
      method: 'PUT',
      body: { items, situations },
      headers: { ...key, ...purpose.headers },
    }),
  );
  const ask = useSubmit((_: object, key) => call(sessionPath(session.id, 'ask'), { method: 'POST', headers: key }));
  const asked = async () => {
    // What could not be kept is not asked about: the person would confirm what stood there before.
    if (!(await keep.now())) return;
    await ask.submit({ at: Date.now() });
    reload();
  };
  const fields = draft.fields.map((field) => ({ ...field, ...keep.over(field) }));
  // What is there already stays where it was found while the clerk corrects it.
  const given = fields.filter(
    ({ origin, value, element }) =>
      origin && origin.kind !== 'clerk' && !isEmpty(value) && !session.step.disputes.includes(element),
  );
  const missing = fields.filter((field) => !given.includes(field));
  const faults = ask.problem?.details.fields ?? [];
  const faultOf = (pointer: string) => faults.find((each) => each.pointer === pointer)?.message;
  const share = Math.round((given.length / Math.max(1, fields.length)) * 100);
  const { disputes } = session.step;
  return (
    <div className="desk-form">
      {disputes.length > 0 && (
        <section className="desk-panel" data-tone="soon" role="alert">
          <h2>{t('disputes', { n: disputes.length })}</h2>
          <p>{t('disputesText')}</p>
        </section>
      )}
      <section className="desk-panel">
        <h2>
          {draft.items.map(({ title }) => say(title)).join(' · ')}{' '}
          <small className="soft">{t('filled', { filled: given.length, of: fields.length })}</small>
        </h2>
        <div className="desk-bar" aria-hidden="true">
          <i style={{ width: `${share}%` }} />
        </div>
        <FormErrors errors={faults.map(({ pointer, message }) => ({ path: idOf(pointer), message }))} />
        {ask.problem && faults.length === 0 && <RefusalPanel problem={ask.problem} />}
        {(draft.next.length > 0 || Object.values(draft.situations).some((each) => Object.keys(each).length > 0)) && (
          <>
            <h3>{t('questions')}</h3>
            <Questions
              form={{ next: draft.next, situations: draft.situations }}
              onAnswer={(situations) =>
                void keep
                  .now()
                  .then((kept) => kept && answerQuestions.submit(situations))
                  .then(reload)
              }
            />
          </>
        )}
        {answerQuestions.problem && <RefusalPanel problem={answerQuestions.problem} />}
      </section>
      {given.length > 0 && (
        <section className="desk-panel" aria-label={t('knownPart')}>
          <h2>{t('knownPart')}</h2>
          <dl className="desk-known">
            {given.map((field) => (
              <div key={field.element}>
                <dt>{say(field.title)}</dt>
                <dd>
                  {shownValue(field)} <Origin field={field} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section className="desk-panel" aria-label={t('askPart')}>
        <h2>{t('askPart')}</h2>
        {GROUPS.map((group) => (
          <FieldsOf
            key={group}
            group={group}
            fields={missing.filter((field) => field.group === group)}
            disputes={disputes}
            faultOf={faultOf}
            onChange={keep.answer}
          />
        ))}
      </section>
      <Materials counter={counter} draft={draft} keep={keep} faultOf={faultOf} />
      <section className="desk-panel" aria-label={t('contact')}>
        <h2>{t('contact')}</h2>
        <div className="desk-fields">
          {(['name', 'phone'] as const).map((part) => (
            <div className="field" key={part}>
              <label htmlFor={idOf(`/contact/${part}`)}>{t(part === 'name' ? 'contactName' : 'contactPhone')}</label>
              <input
                id={idOf(`/contact/${part}`)}
                value={keep.contact[part]}
                maxLength={part === 'name' ? 80 : 20}
                autoComplete="off"
                onChange={(event) => keep.contacted({ ...keep.contact, [part]: event.target.value })}
              />
              {faultOf(`/contact/${part}`) && <p className="field-error">{faultOf(`/contact/${part}`)}</p>}
            </div>
          ))}
        </div>
      </section>
      {keep.problem && <RefusalPanel problem={keep.problem} />}
      <div className="acts">
        <button
          type="button"
          className="primary"
          disabled={ask.busy || draft.next.length > 0}
          onClick={() => void asked()}
        >
          {t('ask')}
        </button>
        <small className="soft">{t('saved')}</small>
      </div>
    </div>
  );
}

/** Where a value comes from (来源). */
function Origin({ field }: { field: DraftField }) {
  const { t } = useCounterTexts();
  const unitName = useUnitName();
  const { origin, verified } = field;
  if (!origin) return null;
  const text = {
    record: () => t('fromRecord', { unit: unitName(origin.from ?? '') }),
    card: () => t('fromCard'),
    earlier: () => t('fromEarlier'),
    clerk: () => t('fromClerk'),
  }[origin.kind]();
  return (
    <small className="desk-origin" data-verified={verified} title={origin.from ?? undefined}>
      {text}
      {verified && ` · ${t('verified')}`}
    </small>
  );
}

function FieldsOf({
  group,
  fields,
  disputes,
  faultOf,
  onChange,
}: {
  group: (typeof GROUPS)[number];
  fields: readonly DraftField[];
  disputes: readonly string[];
  faultOf: (pointer: string) => string | undefined;
  onChange: (element: string, value: Answer | undefined) => void;
}) {
  const { t } = useCounterTexts();
  if (fields.length === 0) return null;
  const must = fields.filter(({ required, element }) => required || disputes.includes(element));
  const rest = fields.filter((field) => !must.includes(field));
  const inputs = (some: readonly DraftField[]) => (
    <div className="desk-fields">
      {some.map((field) => (
        <div key={field.element} data-wrong={disputes.includes(field.element)}>
          <FieldInput
            id={idOf(`/answers/${field.element}`)}
            field={field}
            value={field.value ?? undefined}
            fault={faultOf(`/answers/${field.element}`)}
            onChange={(value) => onChange(field.element, value)}
          />
          {disputes.includes(field.element) && <p className="desk-wrong">{t('wrongHere')}</p>}
        </div>
      ))}
    </div>
  );
  return (
    <>
      <h3>{t(`groups.${group}`)}</h3>
      {must.length > 0 && inputs(must)}
      {rest.length > 0 && (
        <details>
          <summary>{t('optional', { n: rest.length })}</summary>
          {inputs(rest)}
        </details>
      )}
    </>
  );
}

function Materials({
  counter,
  draft,
  keep,
  faultOf,
}: {
  counter: Counter;
  draft: Draft;
  keep: ReturnType<typeof useKept>;
  faultOf: (pointer: string) => string | undefined;
}) {
  const { t, say } = useCounterTexts();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [silent, setSilent] = useState(false);
  if (draft.materials.length === 0) return null;
  const upload = async (material: DraftMaterial, file: File) => {
    setProblem(null);
    try {
      const { id } = await sendFile<Uploaded>({
        address: `/api/document/files?${new URLSearchParams({ kind: 'material', name: file.name })}`,
        file,
        onProgress: () => undefined,
        signal: new AbortController().signal,
      });
      keep.filed(material.id, { document: id, name: file.name, keep: material.keep });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const scan = async (material: DraftMaterial) => {
    setSilent(false);
    try {
      if (counter.device) await upload(material, await scanPage(counter.device.agent));
    } catch {
      setSilent(true);
    }
  };
  return (
    <section className="desk-panel" aria-label={t('materials')}>
      <h2>{t('materials')}</h2>
      {draft.materials.map((material) => {
        const { id, title, source, document, name } = { ...material, ...keep.files[material.id] };
        const stays = keep.files[material.id]?.keep ?? material.keep;
        return (
          <div className="desk-material" key={id} id={idOf(`/materials/${id}`)} tabIndex={-1}>
            <span>
              <b>{say(title)}</b>{' '}
              <span className="soft">
                {source === 'upload' ? (document ? t('scanned', { name }) : '') : t('obtained')}
              </span>
            </span>
            {source === 'upload' && (
              <div className="acts">
                {counter.device && (
                  <button type="button" onClick={() => void scan(material)}>
                    {t('scan')}
                  </button>
                )}
                <label>
                  <span className="soft">{t('choose')} </span>
                  <input
                    type="file"
                    onChange={(event) => event.target.files?.[0] && void upload(material, event.target.files[0])}
                  />
                </label>
                {document && (
                  <label>
                    <input
                      type="checkbox"
                      checked={stays}
                      onChange={(event) => keep.filed(id, { document, name: name ?? '', keep: event.target.checked })}
                    />{' '}
                    {t('keep')}
                  </label>
                )}
              </div>
            )}
            {faultOf(`/materials/${id}`) && <p className="field-error">{faultOf(`/materials/${id}`)}</p>}
          </div>
        );
      })}
      {silent && <p className="field-error">{t('readerAbsent')}</p>}
      {problem && <RefusalPanel problem={problem} />}
    </section>
  );
}

type Filed = { document: string; name: string; keep: boolean };
type Contact = { name: string; phone: string };

/** What is typed here until the server has it: kept after a moment of quiet, so that the second screen follows and a closed tab loses nothing. */
function useKept(session: Session, draft: Draft, reload: () => void) {
  const [answers, setAnswers] = useState<Record<string, Answer | null>>({});
  const [files, setFiles] = useState<Record<string, Filed>>({});
  const [contact, setContact] = useState<Contact>(draft.contact);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  const latest = useRef({ answers, files, contact });
  latest.current = { answers, files, contact };
  const dirty = useRef(false);
  const store = async (): Promise<boolean> => {
    if (!dirty.current) return true;
    dirty.current = false;
    try {
      await call(sessionPath(session.id, 'draft'), { method: 'PUT', body: latest.current });
      setProblem(null);
      reload();
      return true;
    } catch (thrown) {
      dirty.current = true;
      setProblem(asProblem(thrown));
      return false;
    }
  };
  const save = useRef(store);
  save.current = store;
  const [now] = useState(() => inTurn(() => save.current()));
  useEffect(() => {
    if (turn === 0) return undefined;
    const timer = setTimeout(() => void now(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [turn, now]);
  const changed = () => {
    dirty.current = true;
    setTurn((old) => old + 1);
  };
  return {
    files,
    contact,
    problem,
    now,
    over: ({ element }: DraftField): Partial<DraftField> =>
      answers[element] === undefined
        ? {}
        : { value: answers[element], origin: { kind: 'clerk', from: null, at: null } },
    answer: (element: string, value: Answer | undefined) => {
      setAnswers((old) => ({ ...old, [element]: value ?? null }));
      changed();
    },
    filed: (material: string, file: Filed) => {
      setFiles((old) => ({ ...old, [material]: file }));
      changed();
    },
    contacted: (next: Contact) => {
      setContact(next);
      changed();
    },
  };
}
