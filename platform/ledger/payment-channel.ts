import { port, type Services } from '#platform/kernel/app.ts';
import type { Fen } from '#platform/kernel/money.ts';
import type { Text } from '#platform/kernel/text.ts';

/** What the provider says of a payment, by our number. */
export type Trade =
  /** It does not know the number. */
  | { state: 'absent' }
  /** Not paid yet; it still can be. */
  | { state: 'open' }
  /** Can be paid no more, and was not. */
  | { state: 'closed' }
  | { state: 'paid'; transaction: string; amount: Fen; at: Date };

/** What the provider says of a refund, by our number. */
export type ProviderRefund =
  | { state: 'absent' }
  | { state: 'under-way' }
  | { state: 'refunded'; reference: string; amount: Fen; at: Date }
  /** The provider cannot bring it to the payer's account; a person must see to it there, and it may yet succeed. */
  | { state: 'stuck' }
  /** It was closed: nothing went back, and nothing will under this number. */
  | { state: 'failed' };

/** A notice, proven and opened. */
export type Notice = { id: string } & (
  | { kind: 'payment'; number: string; trade: Trade }
  | { kind: 'refund'; number: string; refund: ProviderRefund }
  | { kind: 'other'; number: string }
);

/** A row of the daily bill: one payment or one refund. */
export type BillRow = {
  kind: 'payment' | 'refund';
  /** Our number. */
  number: string;
  /** The provider's number. */
  reference: string;
  state: string;
  amount: Fen;
  /** What the provider keeps (手续费); negative for what it gives back. */
  fee: Fen;
  at: Date;
};

/** A merchant account that is set up, ready to be asked. Every call may end in `OutcomeUnknown` or `ChannelRefused`. */
export type OpenChannel = {
  /** Asks for a code that the payer scans (Native 下单). Asking twice with one number is harmless. */
  ask(order: { no: string; amount: Fen; title: string; expiresAt: Date }): Promise<{ codeUrl: string }>;
  query(no: string): Promise<Trade>;
  close(no: string): Promise<void>;
  refund(order: { no: string; paymentNo: string; amount: Fen; total: Fen; reason: string }): Promise<ProviderRefund>;
  queryRefund(no: string): Promise<ProviderRefund>;
  /** Undefined while it is not ready. A day without trade has no rows. */
  bill(day: string): Promise<{ rows: BillRow[]; digest: string } | undefined>;
  /** Proves and opens a notice from its bytes; throws `NoticeRefused`. */
  readNotice(notice: { headers: Record<string, string | undefined>; body: Buffer; now: Date }): Notice;
  /** What is answered to a notice. */
  answer(outcome: { taken: true } | { taken: false; why: string }): { status: number; body: string };
};

/** A way to pay (支付渠道). A new provider is an adapter that provides this. */
export type PaymentChannel = {
  id: string;
  title: Text;
  /** Undefined where this installation has no merchant account of it. */
  open(services: Services): Promise<OpenChannel | undefined>;
};
export const paymentChannel = port<PaymentChannel>('ledger.payment-channel');

/** Nobody knows whether it was done: a time-out, a cut connection, a fault there, an answer that is not proven. It is queried. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

/** The provider has said no, with its code. */
export class ChannelRefused extends Error {
  override name = 'ChannelRefused';
  readonly code: string;
  constructor(code: string, message: string) {
    super(`${code}: ${message}`.slice(0, 300));
    this.code = code;
  }
}

/** The notice is not proven, too old, or not for us. */
export class NoticeRefused extends Error {
  override name = 'NoticeRefused';
}

/** The channel of this installation, or undefined where there is none or it is not set up. */
export async function openChannel(services: Services, id: string): Promise<OpenChannel | undefined> {
  return services.registry
    .provided(paymentChannel)
    .find(({ value }) => value.id === id)
    ?.value.open(services);
}
