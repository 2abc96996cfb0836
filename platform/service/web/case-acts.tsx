import { type FormEvent, type ReactNode, useState } from 'react';
import { call, type Problem, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import type { CaseItem } from './case-parts.tsx';
import { useCaseTexts } from './case-texts.ts';

type Body = Record<string, unknown>;
type Sent = { waitsFor?: string[] };
const REASONS = [
  'hearing',
  'tender',
  'auction',
  'inspection',
  'test',
  'quarantine',
  'appraisal',
  'expert-review',
] as const;

/** What may be done with an item now, by this person: the main act as a button, the rarer ones below. */
export function NextActs({ code, item, onDone }: { code: string; item: CaseItem; onDone: () => void }) {
  const { t } = useCaseTexts();
  const { me } = useSession();
  const unitName = useUnitName();
  const [told, setTold] = useState<string>();
  const { busy, problem, submit } = useSubmit(({ act, body }: { act: string; body: Body }, key) =>
    call<Sent>(`/api/service/cases/${code}/items/${item.no}/${act}`, { method: 'POST', body, headers: key }),
  );
  const send = async (act: string, body: Body = {}) => {
    const done = await submit({ act, body });
    if (done === undefined) return;
    if (done.waitsFor)
      setTold(
        done.waitsFor.length > 0
          ? t('acts.waitsFor', { units: done.waitsFor.map(unitName).join('、') })
          : t('acts.told'),
      );
    onDone();
  };
  const approves = me.kind === 'unit-head';
  const acts = (approves ? approverActs : handlerActs)({ item, busy, send });
  return (
    <>
      {told && <p role="status">{told}</p>}
      {acts ?? <p className="soft">{t('acts.notYours')}</p>}
      {problem && <RefusalPanel problem={problem as Problem} />}
    </>
  );
}

type Props = { item: CaseItem; busy: boolean; send: (act: string, body?: Body) => Promise<void> };

function approverActs(props: Props): ReactNode {
  const { item } = props;
  if (item.state === 'review' && item.draft)
    return (
      <>
        <Simple {...props} act="decide" />
        <Words {...props} act="return" name="why" label="returnWhy" />
        {!item.extended && <Extend {...props} />}
      </>
    );
  if (item.verified === 'false' && item.outcome === 'granted' && item.heard) return <Revoke {...props} />;
  if (item.state === 'review' && !item.extended) return <Extend {...props} />;
  if (item.state === 'submitted' && item.corrections > 0 && !item.furtherCorrection)
    return <Words {...props} act="allow-correction" name="reason" label="reason" />;
  return undefined;
}

function handlerActs(props: Props): ReactNode {
  const next = nextActs(props);
  const check = commitmentActs(props);
  return next || check ? (
    <>
      {check}
      {next}
    </>
  ) : undefined;
}

/** A commitment (告知承诺) is looked at after the grant; one that does not hold is heard before it is revoked. */
function commitmentActs(props: Props): ReactNode {
  const { item } = props;
  if (!item.committed || item.outcome !== 'granted') return undefined;
  if (item.verified === null && item.check) return <Verify {...props} />;
  if (item.verified === 'false' && !item.heard && HEARABLE.has(item.state)) return <Hear {...props} />;
  return undefined;
}
const HEARABLE: ReadonlySet<string> = new Set(['issued', 'delivered', 'rated', 'archived']);

function nextActs(props: Props): ReactNode {
  switch (props.item.state) {
    case 'submitted':
      if (props.item.waits) return undefined;
      return (
        <>
          <Simple {...props} act="accept" />
          <DefectsForm {...props} />
          <NotAccept {...props} />
        </>
      );
    case 'accepted':
      return <Simple {...props} act="begin" />;
    case 'review':
      return (
        <>
          <DraftForm {...props} />
          <StopForm {...props} />
        </>
      );
    case 'stopped':
      return <Simple {...props} act="resume" />;
    case 'decided':
      if (props.item.next.what === 'pay') return undefined;
      return <Simple {...props} act="issue" />;
    case 'issued':
      return <Simple {...props} act="deliver" body={{ way: 'electronic' }} />;
    case 'rated':
      return <Simple {...props} act="archive" />;
    default:
      return undefined;
  }
}

type ActName = 'accept' | 'begin' | 'resume' | 'decide' | 'issue' | 'deliver' | 'archive';

function Simple({ act, body, busy, send }: Props & { act: ActName; body?: Body }) {
  const { t } = useCaseTexts();
  return (
    <div className="acts">
      <button type="button" className="primary" disabled={busy} onClick={() => void send(act, body)}>
        {t(`acts.${act}`)}
      </button>
    </div>
  );
}

/** A rarer act behind its name; what was typed stays when the server refuses. */
function Folded(props: { label: string; busy: boolean; onSend: (form: FormData) => void; children: ReactNode }) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSend(new FormData(event.currentTarget));
  };
  return (
    <details>
      <summary>{props.label}</summary>
      <form onSubmit={send}>
        {props.children}
        <button type="submit" disabled={props.busy}>
          {props.label}
        </button>
      </form>
    </details>
  );
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

function Words(props: Props & { act: 'return' | 'allow-correction'; name: string; label: 'returnWhy' | 'reason' }) {
  const { t } = useCaseTexts();
  const { act, name, label, busy, send } = props;
  return (
    <Folded label={t(`acts.${act}`)} busy={busy} onSend={(form) => void send(act, { [name]: text(form, name) })}>
      <label>
        {t(`acts.${label}`)}
        <textarea name={name} rows={2} minLength={4} required />
      </label>
    </Folded>
  );
}

function Extend({ busy, send }: Props) {
  const { t } = useCaseTexts();
  return (
    <Folded
      label={t('acts.extend')}
      busy={busy}
      onSend={(form) => void send('extend', { reason: text(form, 'reason'), document: text(form, 'document') })}
    >
      <label>
        {t('acts.reason')}
        <textarea name="reason" rows={2} minLength={4} required />
      </label>
      <label>
        {t('acts.document')}
        <input name="document" minLength={2} required />
      </label>
    </Folded>
  );
}

/** The time of the whole is lengthened once, on the document of the head of the government (行政许可法 art. 42 II). */
export function ExtendJoint({ code, onDone }: { code: string; onDone: () => void }) {
  const { t } = useCaseTexts();
  const { me } = useSession();
  const { busy, problem, submit } = useSubmit((body: Body, key) =>
    call(`/api/service/cases/${code}/extend-joint`, { method: 'POST', body, headers: key }),
  );
  if (me.kind !== 'unit-head') return null;
  const send = async (form: FormData) => {
    if ((await submit({ reason: text(form, 'reason'), document: text(form, 'document') })) !== undefined) onDone();
  };
  return (
    <>
      <Folded label={t('acts.extendJoint')} busy={busy} onSend={(form) => void send(form)}>
        <label>
          {t('acts.reason')}
          <textarea name="reason" rows={2} minLength={4} required />
        </label>
        <label>
          {t('acts.document')}
          <input name="document" minLength={2} required />
        </label>
      </Folded>
      {problem && <RefusalPanel problem={problem} />}
    </>
  );
}

function DefectsForm({ busy, send }: Props) {
  const { t } = useCaseTexts();
  const [count, setCount] = useState(1);
  const sendAll = (form: FormData) => {
    const whats = form.getAll('what').map(String);
    const hows = form.getAll('how').map(String);
    void send('defects', { defects: whats.map((what, i) => ({ what, how: hows[i] ?? '' })) });
  };
  return (
    <Folded label={t('acts.defects')} busy={busy} onSend={sendAll}>
      <p className="soft">{t('acts.defectsHelp')}</p>
      {Array.from({ length: count }, (_, i) => (
        <fieldset key={i}>
          <label>
            {t('acts.what')}
            <input name="what" minLength={2} required />
          </label>
          <label>
            {t('acts.how')}
            <textarea name="how" rows={2} minLength={4} required />
          </label>
        </fieldset>
      ))}
      <button type="button" onClick={() => setCount((n) => n + 1)}>
        {t('acts.another')}
      </button>
    </Folded>
  );
}

function Remedy() {
  const { t } = useCaseTexts();
  return (
    <>
      <label>
        {t('acts.reason')}
        <textarea name="reason" rows={3} minLength={4} required />
      </label>
      <label>
        {t('acts.remedy')}
        <textarea name="remedy" rows={2} minLength={4} defaultValue={t('acts.remedyText')} required />
      </label>
    </>
  );
}
const remedyOf = (form: FormData) => ({ reason: text(form, 'reason'), remedy: text(form, 'remedy') });

function NotAccept({ busy, send }: Props) {
  const { t } = useCaseTexts();
  return (
    <Folded label={t('acts.not-accept')} busy={busy} onSend={(form) => void send('not-accept', remedyOf(form))}>
      <Remedy />
    </Folded>
  );
}

function Verify({ busy, send }: Props) {
  const { t } = useCaseTexts();
  const onSend = (form: FormData) =>
    void send('verify', { holds: text(form, 'holds') === 'yes', finding: text(form, 'finding') });
  return (
    <Folded label={t('acts.verify')} busy={busy} onSend={onSend}>
      <fieldset>
        <legend>{t('acts.finding')}</legend>
        {(['yes', 'no'] as const).map((each) => (
          <label key={each} className="choice">
            <input type="radio" name="holds" value={each} required />
            {t(each === 'yes' ? 'acts.holds' : 'acts.false')}
          </label>
        ))}
      </fieldset>
      <label>
        {t('acts.finding')}
        <textarea name="finding" rows={2} minLength={4} required />
      </label>
    </Folded>
  );
}

function Hear({ busy, send }: Props) {
  const { t } = useCaseTexts();
  return (
    <>
      <p className="notice">{t('acts.hearFirst')}</p>
      <Folded
        label={t('acts.hear')}
        busy={busy}
        onSend={(form) => void send('hear', { statement: text(form, 'statement') })}
      >
        <label>
          {t('acts.statement')}
          <textarea name="statement" rows={3} minLength={4} required />
        </label>
      </Folded>
    </>
  );
}

function Revoke({ busy, send }: Props) {
  const { t } = useCaseTexts();
  return (
    <>
      <p className="notice">{t('acts.heardNow')}</p>
      <Folded label={t('acts.revoke')} busy={busy} onSend={(form) => void send('revoke', remedyOf(form))}>
        <Remedy />
      </Folded>
    </>
  );
}

function DraftForm({ busy, send }: Props) {
  const { t } = useCaseTexts();
  const [outcome, setOutcome] = useState<'granted' | 'refused'>();
  const onSend = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void send('draft', { outcome, ...(outcome === 'refused' && remedyOf(form)) });
  };
  return (
    <form onSubmit={onSend}>
      <fieldset>
        <legend>{t('decision')}</legend>
        {(['granted', 'refused'] as const).map((each) => (
          <label key={each} className="choice">
            <input type="radio" name="outcome" required onChange={() => setOutcome(each)} />
            {t(each === 'granted' ? 'acts.grant' : 'acts.refuse')}
          </label>
        ))}
      </fieldset>
      {outcome === 'refused' && <Remedy />}
      <button type="submit" className="primary" disabled={busy}>
        {t('acts.draft')}
      </button>
    </form>
  );
}

function StopForm({ busy, send }: Props) {
  const { t } = useCaseTexts();
  const onSend = (form: FormData) =>
    void send('stop', {
      reason: text(form, 'reason'),
      document: text(form, 'document'),
      expectedEnd: text(form, 'expectedEnd'),
    });
  return (
    <Folded label={t('acts.stop')} busy={busy} onSend={onSend}>
      <label>
        {t('acts.stopWhy')}
        <select name="reason" required>
          {REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {t(`stops.${reason}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('acts.document')}
        <input name="document" minLength={2} required />
      </label>
      <label>
        {t('acts.until')}
        <input name="expectedEnd" type="date" required />
      </label>
    </Folded>
  );
}
