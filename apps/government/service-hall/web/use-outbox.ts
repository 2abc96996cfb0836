import { useRef, useState } from 'react';
import { asProblem, call } from '#web/client/index.ts';
import { recall, remember } from '#web/shell/memory.ts';
import {
  addCodes,
  type Answer,
  emptyOutbox,
  forgetFiled,
  type Intake,
  type Outbox,
  takeIn,
  upload,
  withTold,
} from './offline-outbox.ts';
import { keyOf, newSalt, type Sealed, seal, unseal } from './offline-seal.ts';
import type { Form } from './shapes.ts';

/** What lies in the browser, sealed: what was taken in, and the forms that were fetched while there was a network. */
type Kept = { outbox: Outbox; forms: Record<string, Form> };
type Open = Kept & { key: CryptoKey; salt: Uint8Array<ArrayBuffer> };

const nameOf = (account: string) => `hall-outbox ${account}`;

/** The sealed outbox of a clerk at this window (断网收件箱). Each change is sealed and kept before the next one begins. */
export function useOutbox(account: string) {
  const [open, setOpen] = useState<Open>();
  const latest = useRef<Open>(undefined);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const put = (next: Open): void => {
    latest.current = next;
    setOpen(next);
    const { key, salt, outbox, forms } = next;
    queue.current = queue.current.then(async () =>
      remember(nameOf(account), JSON.stringify(await seal(key, salt, { outbox, forms }))),
    );
  };
  const change = (part: (kept: Kept) => Partial<Kept>): void => {
    if (latest.current) put({ ...latest.current, ...part(latest.current) });
  };
  return {
    open,
    /** Opens with the PIN of the shift, or begins a new store under it. False = wrong PIN. */
    async unlock(pin: string): Promise<boolean> {
      const text = recall(nameOf(account));
      if (text === null || text === '') {
        const salt = newSalt();
        put({ key: await keyOf(pin, salt), salt, outbox: emptyOutbox(''), forms: {} });
        return true;
      }
      const found = await unseal<Kept>(pin, JSON.parse(text) as Sealed);
      if (found) put({ ...found.value, key: found.key, salt: found.salt });
      return found !== undefined;
    },
    lock: () => {
      latest.current = undefined;
      setOpen(undefined);
    },
    addBlock: (block: { id: string; codes: string[]; centre: string }) =>
      change(({ outbox }) => ({ outbox: addCodes(outbox, block) })),
    addForm: (form: Form) => change(({ forms }) => ({ forms: { ...forms, [form.items[0]?.code ?? '']: form } })),
    take: (given: Pick<Intake, 'id' | 'takenAt' | 'item' | 'answers' | 'contact' | 'idNumber'>) =>
      change(({ outbox }) => ({ outbox: takeIn(outbox, given) })),
    async send(): Promise<void> {
      if (!latest.current) return;
      await upload(
        latest.current.outbox,
        submit,
        (sent) => change(({ outbox }) => ({ outbox: withTold(outbox, sent) })),
        record,
      );
    },
    clean: () => change(({ outbox }) => ({ outbox: forgetFiled(outbox) })),
  };
}

async function submit(body: object, key: string): Promise<Answer> {
  try {
    const { code } = await call<{ code: string }>('/api/service/cases', {
      method: 'POST',
      body,
      headers: { 'Idempotency-Key': key },
    });
    return { filed: code };
  } catch (thrown) {
    const problem = asProblem(thrown);
    // No network, a busy or a broken server: later. Anything else is about this intake.
    if (problem.status === 0 || problem.status === 401 || problem.status === 429 || problem.status >= 500)
      return 'away';
    return { refused: { code: problem.code, title: problem.details.title } };
  }
}

/** Both are the same however often they are told; what is refused stays to be told again, and the page says so. */
async function record(of: { centre: string; case: string; receipt: string | null }): Promise<boolean> {
  const post = (url: string, body: object, key: string) =>
    call<object>(url, { method: 'POST', body, headers: { 'Idempotency-Key': key } });
  try {
    const { centre, case: code, receipt } = of;
    await post('/api/service-hall/intakes', { centre, case: code, card: 'manual', places: {} }, `intake ${code}`);
    if (receipt !== null)
      await post('/api/service-hall/receipts', { centre, receipt, case: code }, `receipt ${receipt}`);
    return true;
  } catch {
    return false;
  }
}
