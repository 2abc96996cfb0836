/** A ticket that waits, as the order of calls sees it. */
export type WaitingTicket = {
  id: string;
  /** Family of items (事项类别) that it is about. */
  family: string;
  /** From when on it waits: when it was taken, or the begin of the slot of an appointment. Kept when it is transferred. */
  since: Date;
  /** Elderly, disabled or pregnant (优先). */
  priority: boolean;
  /** Only this window (transferred there by name). */
  window: number | null;
};

/** A window that calls. */
export type CallingWindow = {
  no: number;
  /** Families that the clerk at it has passed the exam of. */
  families: ReadonlySet<string>;
};

/**
 * Who is called next (叫号顺序). Who has priority is treated as having come `advance` minutes earlier: ahead of nearly everybody, and
 * still nobody is ever overtaken by somebody who came more than that much later, however many with priority come. Only tickets that
 * the window can serve; one that was transferred keeps the time from which it waits, so it comes first at the skilled window.
 */
export function callingOrder(options: {
  waiting: readonly WaitingTicket[];
  window: CallingWindow;
  advanceMinutes: number;
}): WaitingTicket[] {
  const { waiting, window, advanceMinutes } = options;
  const rank = rankOf(advanceMinutes);
  return waiting
    .filter((ticket) => (ticket.window === null ? window.families.has(ticket.family) : ticket.window === window.no))
    .toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

export function nextTicket(options: Parameters<typeof callingOrder>[0]): WaitingTicket | undefined {
  return callingOrder(options)[0];
}

/** How many are called before a ticket, were all windows to serve all families: what somebody who waits is told. */
export function aheadOf(options: {
  waiting: readonly WaitingTicket[];
  ticket: WaitingTicket;
  advanceMinutes: number;
}): number {
  const rank = rankOf(options.advanceMinutes);
  const mine = rank(options.ticket);
  return options.waiting.filter(
    (other) =>
      other.family === options.ticket.family &&
      other.id !== options.ticket.id &&
      (rank(other) < mine || (rank(other) === mine && other.id < options.ticket.id)),
  ).length;
}

const rankOf =
  (advanceMinutes: number) =>
  ({ since, priority }: WaitingTicket): number =>
    since.getTime() - (priority ? advanceMinutes * 60_000 : 0);
