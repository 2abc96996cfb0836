import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Problem, read, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import './feed-texts.ts';

const noErrors: { path: string; message: string }[] = [];
type Ends = { onDone: () => void; onCancel: () => void };

/** A decision about a feed or a batch: what it does, why it is made, and the act itself. */
function Decision(props: {
  title: string;
  help?: string;
  word: string;
  busy: boolean;
  problem: Problem | null;
  choice?: { label: string; value: boolean; onChange: (value: boolean) => void };
  onSend: (reason: string) => Promise<void>;
  onCancel: () => void;
}) {
  const { t } = useTranslation('data-feeds');
  const id = useId();
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState(noErrors);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim().length < 2) return setErrors([{ path: id, message: t('needReason') }]);
    setErrors(noErrors);
    void props.onSend(reason.trim());
  };
  return (
    <form className="dc-form" onSubmit={send} aria-label={props.title}>
      <h3>{props.title}</h3>
      {props.help && <p className="soft">{props.help}</p>}
      <FormErrors errors={errors} />
      {props.problem && <RefusalPanel problem={props.problem} />}
      {props.choice && (
        <label className="choice">
          <input
            type="checkbox"
            checked={props.choice.value}
            onChange={(event) => props.choice?.onChange(event.target.checked)}
          />
          {props.choice.label}
        </label>
      )}
      <div className="field">
        <label htmlFor={id}>{t('reason')}</label>
        <textarea id={id} rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={props.busy}>
          {props.word}
        </button>
        <button type="button" onClick={props.onCancel}>
          {t('cancel', { ns: 'shell' })}
        </button>
      </div>
    </form>
  );
}

/** Lets a feed go on, or pauses it. */
export function FeedAct({ feed, act, onDone, onCancel }: { feed: string; act: 'resume' | 'pause' } & Ends) {
  const { t } = useTranslation('data-feeds');
  const [acceptColumns, setAccept] = useState(false);
  const path = { id: feed };
  const { busy, problem, submit } = useSubmit((reason: string, header) =>
    act === 'resume'
      ? read(api.POST('/api/exchange/feeds/{id}/resume', { params: { path, header }, body: { acceptColumns, reason } }))
      : read(api.POST('/api/exchange/feeds/{id}/pause', { params: { path, header }, body: { reason } })),
  );
  return (
    <Decision
      title={act === 'resume' ? t('resumeTitle') : t('pause')}
      help={act === 'resume' ? t('resumeHelp') : undefined}
      word={t(act)}
      busy={busy}
      problem={problem}
      choice={act === 'resume' ? { label: t('accept'), value: acceptColumns, onChange: setAccept } : undefined}
      onSend={async (reason) => {
        if (await submit(reason)) onDone();
      }}
      onCancel={onCancel}
    />
  );
}

/** A person decides about a batch that waits (放行或拒收). */
export function BatchAct({
  feed,
  seq,
  act,
  onDone,
  onCancel,
}: { feed: string; seq: number; act: 'release' | 'refuse' } & Ends) {
  const { t } = useTranslation('data-feeds');
  const path = { id: feed, seq };
  const { busy, problem, submit } = useSubmit((reason: string, header) =>
    act === 'release'
      ? read(api.POST('/api/exchange/feeds/{id}/batches/{seq}/release', { params: { path, header }, body: { reason } }))
      : read(api.POST('/api/exchange/feeds/{id}/batches/{seq}/refuse', { params: { path, header }, body: { reason } })),
  );
  return (
    <Decision
      title={t(`${act}Title`, { seq })}
      help={t(`${act}Help`)}
      word={t(act)}
      busy={busy}
      problem={problem}
      onSend={async (reason) => {
        if (await submit(reason)) onDone();
      }}
      onCancel={onCancel}
    />
  );
}
