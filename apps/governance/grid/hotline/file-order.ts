import type { Services } from '#platform/kernel/app.ts';
import { askAround } from '#platform/case/ask-around.ts';
import { fileForCaller, keepOutsideForCaller } from '#platform/case/caller-report.ts';
import { OTHER_EVENT } from '#platform/case/classes.ts';
import type { PushedOrder } from './order.ts';
import { accountOf, clientIdOf } from './order-row.ts';
import type { Place } from './place.ts';

/** What an order has become: a case, or a receipt for the neighbour. */
export type Filed = {
  report: string | null;
  caseId: string | null;
  caseNo: string | null;
  caseState: string | null;
  twin: string | null;
  receipt: string | null;
};
export const NOT_FILED: Filed = {
  report: null,
  caseId: null,
  caseNo: null,
  caseState: null,
  twin: null,
  receipt: null,
};

type Matter = Pick<PushedOrder, 'no' | 'title' | 'content' | 'class' | 'address' | 'caller'>;

/**
 * Files an order as a report with the source `hotline` (转案件), in the ways of every report: class by its words where it names none, masked words, number,
 * clocks. The caller is its reporter. Asked twice for the same push it is one case. Opens transactions of its own.
 */
export async function fileOrder(
  services: Services,
  of: { order: Matter; push: number; place: Place; caller: NonNullable<PushedOrder['caller']> | null },
): Promise<Filed> {
  const { order, push, place, caller } = of;
  const { where, lon, lat } = place;
  if (!where || lon === null || lat === null) throw new Error(`${order.no} has no place in the district`);
  const text = `${order.title}。${order.content}`.slice(0, 2000);
  const known = await askAround(services, { class: order.class, text, lon, lat });
  const code = order.class ?? known.proposed ?? OTHER_EVENT;
  const made = await fileForCaller(services, {
    where,
    report: {
      clientId: clientIdOf(order.no, push),
      source: 'hotline',
      class: code,
      text,
      lon,
      lat,
      address: order.address,
      flags: code === OTHER_EVENT && order.class === undefined ? ['class-open'] : [],
      reporter: { account: accountOf(order.no), person: null, entity: null, contact: caller },
    },
  });
  return {
    ...NOT_FILED,
    report: made.report,
    caseId: made.case,
    caseNo: made.no,
    caseState: made.state,
    twin: made.twin,
  };
}

/** A receipt for the district where it lies (区外回执). */
export async function keepOrderOutside(
  services: Services,
  of: { order: Matter; push: number; place: Place },
): Promise<Filed> {
  const { order, push, place } = of;
  const kept = await keepOutsideForCaller(services, {
    report: {
      clientId: clientIdOf(order.no, push),
      source: 'hotline',
      class: order.class ?? OTHER_EVENT,
      reporter: { account: accountOf(order.no), person: null, entity: null, contact: null },
      text: `${order.title}。${order.content}`.slice(0, 2000),
      lon: place.lon,
      lat: place.lat,
      address: order.address,
    },
  });
  return { ...NOT_FILED, receipt: kept.no };
}
