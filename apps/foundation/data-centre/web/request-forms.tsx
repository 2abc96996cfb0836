import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, type Problem, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useFieldErrors } from './field-errors.ts';
import { Reason } from './grant-forms.tsx';
import type { DataRequest } from './shapes.ts';
import './request-texts.ts';

const noErrors: { path: string; message: string }[] = [];
const LEAST = 2;
const short = (text: string): boolean => text.trim().length < LEAST;
const inTenDays = (): string => new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);

/** What every form of a request has: its title, what it does, its faults, the act and the way back. */
function ActForm(props: {
  title: string;
  help: string;
  word: string;
  busy: boolean;
  problem: Problem | null;
  errors: { path: string; message: string }[];
  idOf: (pointer: string) => string;
  onSend: () => Promise<void> | void;
  onCancel?: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('data-requests');
  const refused = useFieldErrors(props.problem, props.idOf);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void props.onSend();
  };
  return (
    <form className="dc-form" onSubmit={send} aria-label={props.title}>
      <h3>{props.title}</h3>
      <p className="soft">{props.help}</p>
      <FormErrors errors={props.errors.length > 0 ? props.errors : refused} />
      {props.problem && !props.problem.details.fields && <RefusalPanel problem={props.problem} />}
      {props.children}
      <div className="acts">
        <button type="submit" className="primary" disabled={props.busy}>
          {props.word}
        </button>
        {props.onCancel && (
          <button type="button" onClick={props.onCancel}>
            {t('cancel', { ns: 'shell' })}
          </button>
        )}
      </div>
    </form>
  );
}

function Line(props: { id: string; label: string; value: string; onChange: (text: string) => void; type?: string }) {
  return (
    <div className="field">
      <label htmlFor={props.id}>{props.label}</label>
      <input
        id={props.id}
        type={props.type ?? 'text'}
        maxLength={300}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}

/** Asks for all that is missing (一次性告知), once. */
export function SupplementForm({
  request,
  onDone,
  onCancel,
}: {
  request: DataRequest;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-requests');
  const id = useId();
  const [points, setPoints] = useState(['']);
  const [document, setDocument] = useState('');
  const [expectedEnd, setExpectedEnd] = useState(inTenDays);
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit(
    (body: { points: string[]; document: string; expectedEnd: string }, header) =>
      read(api.POST('/api/catalog/requests/{id}/supplement', { params: { path: { id: request.id }, header }, body })),
  );
  const send = async () => {
    const empty = points.findIndex(short);
    if (empty >= 0 || short(document))
      return setErrors([{ path: empty >= 0 ? `${id}/points/${empty}` : `${id}/document`, message: t('needText') }]);
    setErrors(noErrors);
    if (await submit({ points: points.map((each) => each.trim()), document: document.trim(), expectedEnd })) onDone();
  };
  return (
    <ActForm
      title={t('askMore')}
      help={t('askMoreHelp')}
      word={t('sendPoints')}
      busy={busy}
      problem={problem}
      errors={errors}
      idOf={(pointer) => `${id}${pointer}`}
      onSend={send}
      onCancel={onCancel}
    >
      {points.map((point, at) => (
        <Line
          key={at}
          id={`${id}/points/${at}`}
          label={t('point', { n: at + 1 })}
          value={point}
          onChange={(text) => setPoints(points.map((each, place) => (place === at ? text : each)))}
        />
      ))}
      <div className="acts">
        <button type="button" onClick={() => setPoints([...points, ''])} disabled={points.length >= 20}>
          {t('addPoint')}
        </button>
      </div>
      <Line id={`${id}/document`} label={t('document')} value={document} onChange={setDocument} />
      <Line
        id={`${id}/expectedEnd`}
        type="date"
        label={t('expectedEnd')}
        value={expectedEnd}
        onChange={setExpectedEnd}
      />
    </ActForm>
  );
}

/** The asking unit answers every point (补充材料). */
export function AnswerForm({ request, onDone }: { request: DataRequest; onDone: () => void }) {
  const { t } = useTranslation('data-requests');
  const id = useId();
  const points = request.supplement?.points ?? [];
  const [answers, setAnswers] = useState(() => points.map(() => ''));
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit((body: { answers: string[] }, header) =>
    read(api.POST('/api/catalog/requests/{id}/answer', { params: { path: { id: request.id }, header }, body })),
  );
  const send = async () => {
    const empty = answers.findIndex(short);
    if (empty >= 0) return setErrors([{ path: `${id}/answers/${empty}`, message: t('needText') }]);
    setErrors(noErrors);
    if (await submit({ answers: answers.map((each) => each.trim()) })) onDone();
  };
  return (
    <ActForm
      title={t('supplement')}
      help={t('answerHelp')}
      word={t('sendAnswers')}
      busy={busy}
      problem={problem}
      errors={errors}
      idOf={(pointer) => `${id}${pointer}`}
      onSend={send}
    >
      {points.map((point, at) => (
        <div className="field" key={at}>
          <label htmlFor={`${id}/answers/${at}`}>
            {at + 1}. {point}
          </label>
          <textarea
            id={`${id}/answers/${at}`}
            rows={2}
            maxLength={2000}
            value={answers[at] ?? ''}
            onChange={(event) => setAnswers(answers.map((each, place) => (place === at ? event.target.value : each)))}
          />
        </div>
      ))}
    </ActForm>
  );
}

/** The asking unit takes its request back. */
export function TakeBackForm({
  request,
  onDone,
  onCancel,
}: {
  request: DataRequest;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-requests');
  const id = useId();
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit((body: { reason: string }, header) =>
    read(api.POST('/api/catalog/requests/{id}/take-back', { params: { path: { id: request.id }, header }, body })),
  );
  const send = async () => {
    if (short(reason)) return setErrors([{ path: `${id}/reason`, message: t('needText') }]);
    setErrors(noErrors);
    if (await submit({ reason: reason.trim() })) onDone();
  };
  return (
    <ActForm
      title={t('takeBack')}
      help={t('takeBackHelp')}
      word={t('takeBack')}
      busy={busy}
      problem={problem}
      errors={errors}
      idOf={(pointer) => `${id}${pointer}`}
      onSend={send}
      onCancel={onCancel}
    >
      <Line id={`${id}/reason`} label={t('takeBackReason')} value={reason} onChange={setReason} />
    </ActForm>
  );
}

/** The supplier says that the data are there. */
export function DeliverForm({ request, onDone }: { request: DataRequest; onDone: () => void }) {
  const { t } = useTranslation('data-requests');
  const id = useId();
  const [note, setNote] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const { busy, problem, submit } = useSubmit((body: { note: string }, header) =>
    read(api.POST('/api/catalog/requests/{id}/deliver', { params: { path: { id: request.id }, header }, body })),
  );
  const send = async () => {
    if (short(note)) return setErrors([{ path: `${id}/note`, message: t('needText') }]);
    setErrors(noErrors);
    if (await submit({ note: note.trim() })) onDone();
  };
  return (
    <ActForm
      title={t('deliver')}
      help={t('deliverHelp')}
      word={t('deliver')}
      busy={busy}
      problem={problem}
      errors={errors}
      idOf={(pointer) => `${id}${pointer}`}
      onSend={send}
    >
      <Reason id={`${id}/note`} label={t('deliverNote')} value={note} onChange={setNote} invalid={errors.length > 0} />
    </ActForm>
  );
}
