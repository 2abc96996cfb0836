import type { Db } from '#platform/kernel/db.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { addWorkingDays } from '#platform/calendar/working-days.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import type { Kind, PushedOrder } from './order.ts';

export type Limits = { contactDue: Date | null; finishDue: Date; returnDue: Date };

/**
 * The city's limits of an order (市热线时限): first contact, end, and until when it may be handed back, in working days from its receipt by the
 * rulebook. What the order itself names goes before. They run beside the clocks of the case and stop for nothing.
 */
export async function limitsFor(
  db: Db,
  order: Pick<PushedOrder, 'kind' | 'receivedAt' | 'contactBy' | 'finishBy' | 'confidential'>,
): Promise<Limits> {
  const from = new Date(order.receivedAt);
  const days = await amountsAt(
    db,
    {
      contact: { id: 'grid.hotline.contact', unit: 'working-day' },
      finish: { id: 'grid.hotline.finish', unit: 'working-day' },
      answer: { id: 'grid.hotline.answer', unit: 'working-day' },
      back: { id: 'grid.hotline.return', unit: 'working-day' },
    },
    from,
  );
  const { calendar } = await readCalendar(db);
  const after = (n: number): Date => addWorkingDays({ from, days: n, calendar }).dueAt;
  const contactBy = order.contactBy === undefined ? after(days.contact) : new Date(order.contactBy);
  return {
    // Whoever wants to stay unnamed is reached by the city only.
    contactDue: order.confidential ? null : contactBy,
    finishDue:
      order.finishBy === undefined
        ? after(ANSWERED.has(order.kind) ? days.answer : days.finish)
        : new Date(order.finishBy),
    returnDue: after(days.back),
  };
}
const ANSWERED: ReadonlySet<Kind> = new Set(['consultation', 'praise']);
