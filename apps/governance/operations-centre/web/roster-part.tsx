import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useOpsTexts } from './ops-texts.ts';

type Shift = Reply<'/api/ops/shift'>['roster'][number];
const SHIFTS = ['night', 'day', 'evening'] as const;
const DAY_MS = 86_400_000;
/** The day in Shanghai, so many days from now. */
const dayOf = (days: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(Date.now() + days * DAY_MS);

const shanghai = (moment: string): Date => new Date(Date.parse(moment) + 8 * 3_600_000);
/** Night, day or evening, by the hour in Shanghai at which it begins. */
const shiftOf = ({ fromAt }: Shift) => SHIFTS[Math.floor(shanghai(fromAt).getUTCHours() / 8)];
function byDay(roster: readonly Shift[]): [string, Shift[]][] {
  const days = new Map<string, Shift[]>();
  for (const shift of roster) {
    const day = shanghai(shift.fromAt).toISOString().slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), shift]);
  }
  return [...days];
}

/** The roster (排班): who stands on which shift, and for those who keep it, who shall. */
export function RosterPart({
  roster,
  keeps,
  onDone,
}: {
  roster: readonly Shift[];
  keeps: boolean;
  onDone: () => void;
}) {
  const { t, language } = useOpsTexts();
  return (
    <section aria-label={t('roster')}>
      <h2>
        {t('roster')} {roster.some(({ sample }) => sample) && <SampleBadge />}
      </h2>
      {roster.length === 0 && <p className="soft">{t('noRoster')}</p>}
      {roster.length > 0 && (
        <table className="ops-roster">
          <thead>
            <tr>
              <th scope="col">{t('planDay')}</th>
              {SHIFTS.map((shift) => (
                <th key={shift} scope="col">
                  {t(`shifts.${shift}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byDay(roster).map(([day, shifts]) => (
              <tr key={day}>
                <th scope="row">{formatMoment(`${day}T12:00:00+08:00`, { language, time: false })}</th>
                {SHIFTS.map((shift) => (
                  <td key={shift}>
                    {shifts
                      .filter((each) => shiftOf(each) === shift)
                      .map((each) => (
                        <span key={each.id}>
                          <b>{each.leaderName}</b>{' '}
                          <span className="soft">{each.officers.map(({ name }) => name).join('、')}</span>
                        </span>
                      ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {keeps && <PlanForm onDone={onDone} />}
    </section>
  );
}

function PlanForm({ onDone }: { onDone: () => void }) {
  const { t } = useOpsTexts();
  const people = useApi('ops officers', (signal) =>
    call<Reply<'/api/ops/shift/officers'>>('/api/ops/shift/officers', { signal }),
  );
  const [said, say] = useState('');
  const [leader, lead] = useState('');
  const plan = useSubmit((body: object) => call('/api/ops/shift/roster', { method: 'PUT', body }));
  const repeat = useSubmit((body: object) =>
    call<Reply<'/api/ops/shift/roster/week', 'post'>>('/api/ops/shift/roster/week', { method: 'POST', body }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = {
      day: form.get('day'),
      shift: form.get('shift'),
      leader,
      officers: form.getAll('officers').filter((account) => account !== leader),
    };
    say('');
    if ((await plan.submit(body)) === undefined) return;
    say(t('planned'));
    onDone();
  };
  const again = async () => {
    say('');
    const done = await repeat.submit({});
    if (done === undefined) return;
    say(t(done.planned + done.left === 0 ? 'nothingToRepeat' : 'repeated', { ...done, n: done.planned }));
    onDone();
  };
  const officers = people.data?.officers ?? [];
  const problem = plan.problem ?? repeat.problem ?? people.problem;
  return (
    <form onSubmit={send} className="ops-card">
      <p className="soft">{t('planLead')}</p>
      <label>
        {t('planDay')}
        <input type="date" name="day" min={dayOf(0)} max={dayOf(60)} defaultValue={dayOf(1)} required />
      </label>
      <label>
        {t('planShift')}
        <select name="shift" required>
          {SHIFTS.map((shift) => (
            <option key={shift} value={shift}>
              {t(`shifts.${shift}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('planLeader')}
        <select name="leader" required value={leader} onChange={({ target }) => lead(target.value)}>
          <option value="">{t('choosePerson')}</option>
          {officers.map(({ account, name }) => (
            <option key={account} value={account}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend>{t('planOfficers')}</legend>
        {officers
          .filter(({ account }) => account !== leader)
          .map(({ account, name }) => (
            <label key={account} className="choice">
              <input type="checkbox" name="officers" value={account} />
              {name}
            </label>
          ))}
      </fieldset>
      {problem && <RefusalPanel problem={problem} />}
      <div className="ops-row">
        <button type="submit" className="primary" disabled={plan.busy}>
          {t('plan')}
        </button>
        <button type="button" disabled={repeat.busy} onClick={() => void again()}>
          {t('repeat')}
        </button>
      </div>
      <p role="status">{said}</p>
    </form>
  );
}
