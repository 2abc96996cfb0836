import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import { districtFetch } from '#web/client/fetch.ts';
import type { Reply } from '#web/client/reply.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useHotlineTexts } from './hotline-texts.ts';

type Order = Reply<'/api/grid/hotline/orders/{no}'>;
type File = Order['attachments'][number];
type Orders = Reply<'/api/grid/hotline/orders'>;

/** Files of an order (工单附件): photos are seen at once, recordings and documents for a purpose; what was not taken says why. */
export function OrderFiles({ order }: { order: Pick<Order, 'no' | 'attachments' | 'caseNo'> }) {
  const { t, language } = useHotlineTexts();
  if (order.attachments.length === 0) return null;
  return (
    <section aria-label={t('files')}>
      <h3>{t('files')}</h3>
      <ul className="grid-twins">
        {order.attachments.map((file) => (
          <li key={file.name}>
            <b>{file.name}</b>
            <span>
              <span className="badge">{t(`fileKinds.${file.kind as 'photo'}`)}</span>{' '}
              {file.state === 'kept' && file.kind === 'photo' && order.caseNo
                ? t('fileInCase')
                : t(`fileStates.${file.state as 'kept'}`)}
              {file.error && `：${file.error[language]}`}
              {file.state === 'refused' && ` · ${t('fileTold')}`}
            </span>
            {file.file && file.kind === 'photo' && (
              <span className="grid-photos">
                <a href={`/api/document/files/${file.file}/content`} target="_blank" rel="noreferrer">
                  <img src={`/api/document/files/${file.file}/content`} alt={file.name} loading="lazy" />
                </a>
              </span>
            )}
            {file.file && file.kind !== 'photo' && <PersonalFile no={order.no} file={file} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A recording is played, a document saved; both with a purpose and on record. */
function PersonalFile({ no, file }: { no: string; file: File }) {
  const { t } = useHotlineTexts();
  const [open, setOpen] = useState(false);
  const purpose = usePurpose(`hotline ${no}`, t('callerSubject'));
  const [address, setAddress] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const { code, headers } = purpose;
  const token = headers && JSON.stringify(headers);
  useEffect(() => {
    if (!open || !code || file.file === null || token === undefined) return undefined;
    let made: string | undefined;
    let gone = false;
    const url = new URL(`/api/document/files/${file.file}/content`, location.origin);
    districtFetch(new Request(url, { headers: JSON.parse(token) as Record<string, string> }))
      .then((reply) => reply.blob())
      .then((blob) => {
        if (gone) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      })
      .catch((thrown: unknown) => !gone && setProblem(asProblem(thrown)));
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [open, code, token, file.file]);
  if (!open)
    return (
      <span className="grid-acts">
        <button type="button" onClick={() => setOpen(true)}>
          {t('fileOpen', { name: file.name })}
        </button>
      </span>
    );
  if (!code) return <PurposeGate purpose={purpose} text={t('fileGate')} />;
  return (
    <>
      <PurposeLine purpose={purpose} />
      {problem && <RefusalPanel problem={problem} />}
      {/* eslint-disable-next-line jsx-a11y/media-has-caption -- a call that was recorded has no captions */}
      {address && file.kind === 'recording' && <audio controls src={address} aria-label={file.name} />}
      {address && (
        <a href={address} download={file.name}>
          {t('save', { name: file.name })}
        </a>
      )}
    </>
  );
}

/** The orders that stand in a case, with their files, for the centre. */
export function CaseOrders({ no }: { no: string }) {
  const { t } = useHotlineTexts();
  const list = useApi(`hotline of ${no}`, (signal) => call<Orders>(`/api/grid/hotline/orders?case=${no}`, { signal }));
  const orders = list.data?.orders ?? [];
  if (orders.length === 0) return null;
  return (
    <section aria-label={t('ordersOfCase')}>
      <h2>{t('ordersOfCase')}</h2>
      {orders.map((order) => (
        <CaseOrder key={order.no} no={order.no} title={order.title} />
      ))}
    </section>
  );
}

function CaseOrder({ no, title }: { no: string; title: string }) {
  const order = useApi(`hotline order ${no}`, (signal) => call<Order>(`/api/grid/hotline/orders/${no}`, { signal }));
  return (
    <>
      <p>
        <Link to={`/gov/hotline?show=all&order=${no}`}>{title}</Link> <span className="grid-no soft">{no}</span>
      </p>
      {order.data && <OrderFiles order={order.data} />}
    </>
  );
}
