import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useCentreTexts } from './centre-texts.ts';
import type { Centres } from './centres.tsx';
import { useRunTexts } from './run-texts.ts';

type Setup = Reply<'/api/service-hall/own-centres'>['centres'][number];
type Printer = Setup['desk'];
type Made = Reply<'/api/service-hall/kiosks', 'post', 201>;
type Skills = Reply<'/api/service-hall/skills'>['skills'];
const value = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '').trim();

/** How the head has set up the centre (本中心设置): kiosks with their printers, days with other hours, exams of the clerks. */
export function CentreSetup({ families }: { families: Centres['families'] }) {
  const { t, say } = useRunTexts();
  const own = useApi('own centres', (signal) =>
    call<Reply<'/api/service-hall/own-centres'>>('/api/service-hall/own-centres', { signal }),
  );
  if (own.problem) return <RefusalPanel problem={own.problem} onRetry={own.reload} />;
  return own.data?.centres.map((centre) => (
    <section key={centre.code} aria-label={t('setup')} className="hall-setup">
      <h2>
        {t('setup')} · {say(centre.title)}
      </h2>
      <div className="hall-columns">
        <Kiosks centre={centre} onDone={own.reload} />
        <Days centre={centre} onDone={own.reload} />
        <Exams centre={centre.code} families={families} />
      </div>
    </section>
  ));
}

function Kiosks({ centre, onDone }: { centre: Setup; onDone: () => void }) {
  const { t } = useRunTexts();
  const { t: words } = useCentreTexts();
  const [made, setMade] = useState<Made>();
  const { busy, problem, submit } = useSubmit((body: { centre: string; name: string }, key) =>
    call<Made>('/api/service-hall/kiosks', { method: 'POST', body, headers: key }),
  );
  const ending = useSubmit((id: string, key) =>
    call<object>(`/api/service-hall/kiosks/${id}/end`, { method: 'POST', headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const kiosk = await submit({ centre: centre.code, name: value(form, 'name') });
    if (!kiosk) return;
    setMade(kiosk);
    form.reset();
    onDone();
  };
  const end = async (id: string) => {
    if ((await ending.submit(id)) !== undefined) onDone();
  };
  return (
    <section aria-label={t('kiosks')}>
      <h3>{t('kiosks')}</h3>
      {centre.kiosks.length === 0 && <EmptyState title={t('noKiosks')} text={t('noKiosksText')} />}
      <ul className="hall-list">
        {centre.kiosks.map(({ id, name, printer }) => (
          <li key={id}>
            <b>{name}</b>
            <PrinterForm centre={centre.code} place={id} printer={printer} onDone={onDone} />
            <div className="acts">
              <button type="button" className="quiet" disabled={ending.busy} onClick={() => void end(id)}>
                {t('end')} {name}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {words('kioskName')}
          <input name="name" minLength={2} maxLength={60} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        {ending.problem && <RefusalPanel problem={ending.problem} />}
        <button type="submit" disabled={busy}>
          {words('kiosks')}
        </button>
      </form>
      {made && (
        <p role="status" className="hall-saved">
          {words('token')} <code className="hall-code">{made.token}</code>
          <br />
          <small className="soft">{words('kiosksText')}</small>
        </p>
      )}
      <h3>{t('desk')}</h3>
      <PrinterForm centre={centre.code} place="desk" printer={centre.desk} onDone={onDone} />
    </section>
  );
}

/** Where tickets of a place are printed; empty = nowhere. How the last one went stands below. */
function PrinterForm({
  centre,
  place,
  printer,
  onDone,
}: {
  centre: string;
  place: string;
  printer: Printer;
  onDone: () => void;
}) {
  const { t, language } = useRunTexts();
  const { busy, problem, submit } = useSubmit((address: string | null) =>
    call<object>(`/api/service-hall/centres/${centre}/printers/${place}`, { method: 'PUT', body: { address } }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if ((await submit(value(event.currentTarget, 'address') || null)) !== undefined) onDone();
  };
  const when = printer?.lastAt ? formatMoment(printer.lastAt, { language }) : '';
  return (
    <form onSubmit={(event) => void send(event)}>
      <label>
        {t('printer')}
        <input
          name="address"
          defaultValue={printer?.address ?? ''}
          placeholder="ipp://"
          pattern="ipps?://[^\/@\s]+(\/\S*)?"
          maxLength={300}
        />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <small className="soft">
        {!printer && t('printerNone')}
        {printer?.lastState === 'printed' && t('printed', { when })}
        {printer?.lastState === 'failed' && t('failed', { when, why: printer.lastNote })}
      </small>
      <button type="submit" disabled={busy}>
        {t('printerSave')}
      </button>
    </form>
  );
}

function Days({ centre, onDone }: { centre: Setup; onDone: () => void }) {
  const { t } = useRunTexts();
  const [closed, setClosed] = useState(false);
  const { busy, problem, submit } = useSubmit(({ day, body }: { day: string; body: object }) =>
    call<object>(`/api/service-hall/centres/${centre.code}/days/${day}`, { method: 'PUT', body }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const open = closed ? null : { from: value(form, 'from'), to: value(form, 'to') };
    if ((await submit({ day: value(form, 'day'), body: { open, why: value(form, 'why') } })) !== undefined) onDone();
  };
  return (
    <section aria-label={t('days')}>
      <h3>{t('days')}</h3>
      {centre.days.length === 0 && <p className="soft">{t('noDays')}</p>}
      <ul>
        {centre.days.map(({ day, open, why }) => (
          <li key={day}>{open ? t('dayOpen', { day, ...open, why }) : t('dayClosed', { day, why })}</li>
        ))}
      </ul>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('day')}
          <input name="day" type="date" required />
        </label>
        <label className="choice">
          <input type="checkbox" checked={closed} onChange={(event) => setClosed(event.target.checked)} />
          {t('closed')}
        </label>
        {!closed && (
          <div className="acts">
            <label>
              {t('from')}
              <input name="from" type="time" defaultValue="09:00" required />
            </label>
            <label>
              {t('to')}
              <input name="to" type="time" defaultValue="20:00" required />
            </label>
          </div>
        )}
        <label>
          {t('why')}
          <input name="why" minLength={2} maxLength={100} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('daySave')}
        </button>
      </form>
    </section>
  );
}

/** Exams by clerk. Invented clerks of a sample are counted, not listed. */
function Exams({ centre, families }: { centre: string; families: Centres['families'] }) {
  const { t, say } = useRunTexts();
  const list = useApi('skills', (signal) => call<{ skills: Skills }>('/api/service-hall/skills', { signal }));
  const { busy, problem, submit } = useSubmit(
    ({ account, family, body }: { account: string; family: string; body: object }) =>
      call<object>(`/api/service-hall/skills/${encodeURIComponent(account)}/${family}`, { method: 'PUT', body }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = { centre, passedOn: value(form, 'passed'), validTo: value(form, 'valid') || null };
    if ((await submit({ account: value(form, 'account'), family: value(form, 'family'), body })) === undefined) return;
    form.reset();
    list.reload();
  };
  const skills = (list.data?.skills ?? []).filter((skill) => skill.centre === centre);
  const invented = new Set(skills.filter(({ account }) => account.startsWith('sample.')).map(({ account }) => account));
  const accounts = [...new Set(skills.map(({ account }) => account))].filter((account) => !invented.has(account));
  const nameOf = (code: string) => say(families.find((family) => family.code === code)?.title) || code;
  return (
    <section aria-label={t('skills')}>
      <h3>{t('skills')}</h3>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && accounts.length === 0 && <p className="soft">{t('noSkills')}</p>}
      <ul>
        {accounts.map((account) => (
          <li key={account}>
            <b>{account}</b>
            <ul>
              {skills
                .filter((skill) => skill.account === account)
                .map(({ family, passedOn, validTo }) => (
                  <li key={family}>
                    {t('skillRow', {
                      family: nameOf(family),
                      passed: passedOn,
                      until: validTo ? t('skillUntil', { day: validTo }) : '',
                    })}
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
      {invented.size > 0 && <p className="soft">{t('sampleClerks', { n: invented.size })}</p>}
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('account')}
          <input name="account" minLength={3} maxLength={100} autoComplete="off" required />
        </label>
        <label>
          {t('family')}
          <select name="family">
            {families.map(({ code, title }) => (
              <option key={code} value={code}>
                {say(title)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('passed')}
          <input name="passed" type="date" required />
        </label>
        <label>
          {t('validTo')}
          <input name="valid" type="date" />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('skillSave')}
        </button>
      </form>
    </section>
  );
}
