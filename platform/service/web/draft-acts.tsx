import { useState } from 'react';
import { useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useServiceTexts } from './texts.ts';

type Header = { 'Idempotency-Key': string };

/** What can be done with a draft (起草、提交、审核发布): of an item or of a bundle. What stands in the way is listed with its place in words. */
export function DraftActs(props: {
  of: { mayEdit: boolean; mayPublish: boolean; draftState: string | null };
  drawn: boolean;
  place: (pointer: string) => string;
  onEdit: () => void;
  onChanged: () => void;
  submit: (header: Header) => Promise<unknown>;
  publish: (header: Header) => Promise<unknown>;
  drop: () => Promise<unknown>;
  giveBack: (reason: string, header: Header) => Promise<unknown>;
}) {
  const { t } = useServiceTexts();
  const { of, drawn, place } = props;
  const [reason, setReason] = useState<string | null>(null);
  const submit = useSubmit((_: null, header) => props.submit(header));
  const publish = useSubmit((_: null, header) => props.publish(header));
  const drop = useSubmit<null, unknown>(() => props.drop());
  const giveBack = useSubmit((text: string, header) => props.giveBack(text, header));
  const problem = submit.problem ?? publish.problem ?? drop.problem ?? giveBack.problem;
  const busy = submit.busy || publish.busy || drop.busy || giveBack.busy;
  const after = (done: unknown) => {
    if (!done) return;
    setReason(null);
    props.onChanged();
  };
  if (!of.mayEdit && !of.mayPublish) return null;
  return (
    <section aria-label={t('edit')} className="svc-column">
      <div className="svc-acts">
        {of.mayEdit && of.draftState !== 'submitted' && (
          <button type="button" onClick={props.onEdit} className={drawn ? '' : 'primary'}>
            {t('edit')}
          </button>
        )}
        {of.mayEdit && of.draftState === 'drawn' && (
          <>
            <button
              type="button"
              className="primary"
              disabled={busy}
              onClick={() => void submit.submit(null).then(after)}
            >
              {t('submit')}
            </button>
            <button type="button" disabled={busy} onClick={() => void drop.submit(null).then(after)}>
              {t('drop')}
            </button>
          </>
        )}
        {of.mayPublish && (
          <>
            <button
              type="button"
              className="primary"
              disabled={busy}
              onClick={() => void publish.submit(null).then(after)}
            >
              {t('publish')}
            </button>
            <button type="button" onClick={() => setReason('')}>
              {t('giveBack')}
            </button>
          </>
        )}
      </div>
      {reason !== null && (
        <form
          className="svc-row"
          onSubmit={(event) => {
            event.preventDefault();
            void giveBack.submit(reason).then(after);
          }}
        >
          <label className="svc-wide">
            <span>{t('giveBackReason')}</span>
            <input required minLength={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          <button type="submit" disabled={busy}>
            {t('giveBack')}
          </button>
        </form>
      )}
      {problem && <RefusalPanel problem={problem} />}
      {problem?.details.fields && (
        <ul className="svc-lines">
          {problem.details.fields.map(({ pointer, message }) => (
            <li key={pointer + message}>
              <b>{place(pointer)}</b> {message}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
