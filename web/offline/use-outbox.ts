import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSession } from '#web/shell/session.tsx';
import { amend, discard, enqueue, flush, type Outgoing, retry, watchOutbox } from './outbox.ts';
import { type OutboxRecord, recordsOf } from './outbox-store.ts';

/** Waits between two tries, longer each time nobody answers. */
const FIRST_MS = 3_000;
const LONGEST_MS = 60_000;

export type Outbox = {
  /** Records of who is signed in, in order; of others nothing. Null until they are read. */
  records: OutboxRecord[] | null;
  waiting: number;
  refused: number;
  /** Id of what is on its way at this moment. */
  sending: string | null;
  /** The store of this browser cannot be used (private window, policy of the device). */
  unusable: boolean;
  enqueue: (given: Outgoing) => Promise<string>;
  amend: typeof amend;
  retry: (record: OutboxRecord) => Promise<void>;
  discard: (record: OutboxRecord) => Promise<void>;
  /** Tries now instead of after the wait. */
  sendNow: () => void;
};

/**
 * The outbox of who is signed in (待发箱), for a page: keeps what is handed in, sends it when there is a network, also when the page was
 * closed meanwhile, and says where each record stands. `kinds` limits the list, never what is sent.
 */
export function useOutbox(kinds?: readonly string[]): Outbox {
  const { me } = useSession();
  const owner = me.account;
  const [records, setRecords] = useState<OutboxRecord[] | null>(null);
  const [sending, setSending] = useState<string | null>(null);
  const [unusable, setUnusable] = useState(false);
  const [turn, setTurn] = useState(0);
  const sendNow = useCallback(() => setTurn((old) => old + 1), []);

  useEffect(() => {
    setRecords(null);
    if (owner === null) return;
    let live = true;
    const read = () =>
      recordsOf(owner).then(
        (found) => live && setRecords(found),
        () => live && setUnusable(true),
      );
    void read();
    const stop = watchOutbox((told) => {
      setSending(told.sending);
      void read();
    });
    return () => {
      live = false;
      stop();
    };
  }, [owner]);

  useEffect(() => {
    if (owner === null) return;
    let live = true;
    let wait = FIRST_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const go = async (): Promise<void> => {
      clearTimeout(timer);
      const more = await flush(owner).catch(() => false);
      if (!live || !more) return;
      timer = setTimeout(() => void go(), wait);
      wait = Math.min(wait * 2, LONGEST_MS);
    };
    const again = () => {
      wait = FIRST_MS;
      void go();
    };
    const whenSeen = () => document.visibilityState === 'visible' && again();
    void go();
    addEventListener('online', again);
    document.addEventListener('visibilitychange', whenSeen);
    return () => {
      live = false;
      clearTimeout(timer);
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [owner, turn]);

  const shown = useMemo(
    () => records && (kinds ? records.filter(({ kind }) => kinds.includes(kind)) : records),
    [records, kinds],
  );
  return {
    records: shown,
    waiting: shown?.filter(({ state }) => state === 'waiting').length ?? 0,
    refused: shown?.filter(({ state }) => state === 'refused').length ?? 0,
    sending,
    unusable,
    enqueue: async (given) => {
      const id = await enqueue(owner ?? '', given);
      sendNow();
      return id;
    },
    amend: async (record, change) => {
      await amend(record, change);
      sendNow();
    },
    retry: async (record) => {
      await retry(record);
      sendNow();
    },
    discard,
    sendNow,
  };
}
