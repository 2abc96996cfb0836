import '#web/entrances/entrances.css';
import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useClinicTexts } from './texts.ts';

type Department = 'internal' | 'eyes' | 'bones' | 'teeth';
type Booking = { id: string; department: Department; visitOn: string; madeBy: string };
const DEPARTMENTS: readonly Department[] = ['internal', 'eyes', 'bones', 'teeth'];

/** Tomorrow in the district, for the first day that can be chosen. */
const tomorrow = (): string => new Date(Date.now() + (24 + 8) * 3_600_000).toISOString().slice(0, 10);

/** Books a medical visit (预约就诊) for oneself, or for the one in whose name one acts; the page says for whom. */
export default function ClinicPage() {
  const t = useClinicTexts();
  const { me } = useSession();
  const booked = useApi('bookings', (signal) => call<{ bookings: Booking[] }>('/api/clinic/bookings', { signal }));
  const [made, setMade] = useState<Booking>();
  const { busy, problem, submit } = useSubmit((body: { department: string; visitOn: string }, key) =>
    call<Booking>('/api/clinic/bookings', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const booking = await submit({
      department: String(form.get('department') ?? ''),
      visitOn: String(form.get('visitOn') ?? ''),
    });
    setMade(booking);
    booked.reload();
  };
  const fields = problem?.details.fields ?? [];
  const name = me.acting?.name;
  return (
    <article className="citizen-page">
      <h1>
        {name ? t('forOther', { name }) : t('title')} {me.sample && <SampleBadge />}
      </h1>
      <p className="soft">{t('lead')}</p>
      {problem && fields.length === 0 && <RefusalPanel problem={problem} />}
      <FormErrors errors={fields.map(({ pointer, message }) => ({ path: pointer.slice(1), message }))} />
      <form onSubmit={send}>
        <div className="field">
          <label htmlFor="department">{t('department')}</label>
          <select id="department" name="department" required>
            {DEPARTMENTS.map((id) => (
              <option key={id} value={id}>
                {t(`departments.${id}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="visitOn">{t('on')}</label>
          <input
            id="visitOn"
            name="visitOn"
            type="date"
            defaultValue={tomorrow()}
            required
            aria-invalid={fields.some(({ pointer }) => pointer === '/visitOn')}
          />
        </div>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('busy') : t('act')}
        </button>
        <p role="status">
          {made && !problem && t('done', { department: t(`departments.${made.department}`), on: made.visitOn })}
        </p>
      </form>
      <section>
        <h2>{t('booked')}</h2>
        {booked.problem && booked.problem.code !== problem?.code && <RefusalPanel problem={booked.problem} />}
        {booked.data?.bookings.length === 0 && <p className="soft">{t('none')}</p>}
        <ul className="accesses">
          {booked.data?.bookings.map((booking) => (
            <li key={booking.id}>
              <b>{t(`departments.${booking.department}`)}</b> {booking.visitOn}
              <p className="soft">{t('by', { name: booking.madeBy })}</p>
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}
