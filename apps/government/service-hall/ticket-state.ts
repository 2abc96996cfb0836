/**
 * The life of a ticket (排队号). waiting → called → serving → done; who does not come is set aside (过号) and may come back until the
 * time for it is over, then it is a no-show; who is sent to another window waits on from the time from which they waited before.
 */
export const TICKET_STATES = ['waiting', 'called', 'passed', 'serving', 'done', 'no-show', 'left'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export type TicketFacts = {
  state: TicketState;
  family: string;
  window: number | null;
  onlyWindow: number | null;
  calledAt: Date | null;
  calls: number;
  servedAt: Date | null;
  endedAt: Date | null;
};

export type TicketAct =
  | { act: 'call'; window: number }
  | { act: 'recall' }
  | { act: 'pass' }
  | { act: 'back' }
  | { act: 'serve' }
  | { act: 'transfer'; family: string; window: number | null }
  | { act: 'finish' }
  | { act: 'leave' }
  | { act: 'expire' };

export type TicketMove = { ok: true; next: TicketFacts } | { ok: false };

/** From which states an act is possible. */
const FROM: Readonly<Record<TicketAct['act'], readonly TicketState[]>> = {
  call: ['waiting'],
  recall: ['called'],
  pass: ['called'],
  back: ['passed'],
  serve: ['called'],
  transfer: ['called', 'serving'],
  finish: ['serving'],
  leave: ['waiting', 'called', 'passed'],
  expire: ['called', 'passed'],
};

/** What becomes of a ticket. `since`, from when on it waits, is in no act's hands: a place in the line is never lost. */
export function moveTicket(
  ticket: TicketFacts,
  act: TicketAct,
  { now, noShowMinutes }: { now: Date; noShowMinutes: number },
): TicketMove {
  if (!FROM[act.act].includes(ticket.state)) return { ok: false };
  const to = (more: Partial<TicketFacts>): TicketMove => ({ ok: true, next: { ...ticket, ...more } });
  switch (act.act) {
    case 'call':
      return to({ state: 'called', window: act.window, calledAt: now, calls: 1 });
    case 'recall':
      return to({ calls: ticket.calls + 1 });
    case 'pass':
      return to({ state: 'passed' });
    case 'back':
      return isOver(ticket, { now, noShowMinutes }) ? { ok: false } : to({ ...WAITING, onlyWindow: ticket.onlyWindow });
    case 'serve':
      return to({ state: 'serving', servedAt: now });
    case 'transfer':
      return to({ ...WAITING, family: act.family, onlyWindow: act.window });
    case 'finish':
      return to({ state: 'done', endedAt: now });
    case 'leave':
      return to({ state: 'left', endedAt: now });
    case 'expire':
      return isOver(ticket, { now, noShowMinutes }) ? to({ state: 'no-show', endedAt: now }) : { ok: false };
  }
}

const WAITING = { state: 'waiting', window: null, calledAt: null, calls: 0, servedAt: null } as const;

function isOver({ calledAt }: TicketFacts, { now, noShowMinutes }: { now: Date; noShowMinutes: number }): boolean {
  return calledAt !== null && now.getTime() - calledAt.getTime() >= noShowMinutes * 60_000;
}
