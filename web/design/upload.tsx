import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, type Problem } from '#web/client/index.ts';
import { sendFile } from '#web/client/send-file.ts';
import { addTexts } from '#web/i18n/index.ts';
import { formatBytes } from './format.ts';

const zh = {
  drop: '把文件拖到这里，或者',
  choose: '选择文件',
  again: '换一个文件',
  sending: '正在传送 {{name}}',
  bytes: '{{done}}，共 {{total}}',
  stop: '停止',
  done: '已收到 {{name}}（{{size}}）',
  tooLarge: '“{{name}}”有 {{size}}，超过上限 {{most}}。请压缩或拆分后再选。',
  one: '请一次放一个文件。',
  empty: '“{{name}}”是空文件，请另选一个。',
  noAnswer: '没有送达：网络中断或服务没有应答。文件没有保存，请再试一次。',
};
const en: typeof zh = {
  drop: 'Drop a file here, or',
  choose: 'Choose a file',
  again: 'Choose another file',
  sending: 'Sending {{name}}',
  bytes: '{{done}} of {{total}}',
  stop: 'Stop',
  done: '{{name}} has arrived ({{size}})',
  tooLarge: '“{{name}}” has {{size}}; at most {{most}} are taken. Reduce or split it, then choose again.',
  one: 'One file at a time, please.',
  empty: '“{{name}}” is empty; choose another.',
  noAnswer: 'It did not arrive: the connection broke or nobody answered. Nothing was kept; try again.',
};
addTexts('upload', { zh, en });

type Sending = { name: string; done: number; total: number; abort: AbortController };

/**
 * Upload of one file (上传): dragged, chosen or by keyboard; sent at once, with progress; what was refused and why stands at the field. `onDone` gets what the
 * server answered. The parent keeps the answers; this part forgets them when another file is chosen.
 */
export function Upload<T>({
  id,
  label,
  hint,
  accept,
  maxBytes,
  addressOf,
  headers,
  onDone,
  onBegin,
}: {
  id: string;
  label: string;
  hint?: string;
  /** As of the attribute `accept`; a help for choosing, the server looks at the bytes. */
  accept?: string;
  maxBytes?: number;
  addressOf: (file: File) => string;
  headers?: Record<string, string>;
  onDone: (answer: T, file: File) => void;
  /** Another file is on its way: what the last one said is out of date. */
  onBegin?: () => void;
}) {
  const { t } = useTranslation('upload');
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [sent, setSent] = useState<File | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const send = async (file: File) => {
    setSent(null);
    setRefused(null);
    onBegin?.();
    if (file.size === 0) return setRefused(t('empty', { name: file.name }));
    if (maxBytes !== undefined && file.size > maxBytes)
      return setRefused(t('tooLarge', { name: file.name, size: formatBytes(file.size), most: formatBytes(maxBytes) }));
    const abort = new AbortController();
    const progress = (done: number, total: number) => setSending({ name: file.name, done, total, abort });
    progress(0, file.size);
    try {
      const answer = await sendFile<T>({
        address: addressOf(file),
        file,
        headers,
        onProgress: progress,
        signal: abort.signal,
      });
      setSent(file);
      onDone(answer, file);
    } catch (thrown) {
      if (!abort.signal.aborted) setRefused(reasonOf(asProblem(thrown)) || t('noAnswer'));
    } finally {
      setSending(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file, second] = event.dataTransfer.files;
    if (second) setRefused(t('one'));
    else if (file && !sending) void send(file);
  };
  return (
    <div className="upload" role="group" aria-labelledby={`${id}-label`}>
      <b id={`${id}-label`}>{label}</b>
      <div
        className="upload-drop"
        data-over={over}
        aria-busy={sending !== null}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          id={id}
          ref={input}
          type="file"
          accept={accept}
          className="hidden"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            const file = event.target.files?.[0];
            // The same file chosen again is a new wish.
            event.target.value = '';
            if (file) void send(file);
          }}
        />
        {sending ? (
          <div className="progress">
            <p>{t('sending', { name: sending.name })}</p>
            <progress aria-label={t('sending', { name: sending.name })} value={sending.done} max={sending.total} />
            <p className="soft">
              {t('bytes', { done: formatBytes(sending.done), total: formatBytes(sending.total) })}{' '}
              <button type="button" className="quiet" onClick={() => sending.abort.abort()}>
                {t('stop')}
              </button>
            </p>
          </div>
        ) : (
          <>
            <p className="soft">{sent ? t('done', { name: sent.name, size: formatBytes(sent.size) }) : t('drop')}</p>
            <button
              type="button"
              id={`${id}-choose`}
              className={sent ? undefined : 'primary'}
              aria-describedby={`${id}-label ${id}-state`}
              onClick={() => input.current?.click()}
            >
              {sent ? t('again') : t('choose')}
            </button>
          </>
        )}
        {hint && (
          <p className="soft">
            <small>{hint}</small>
          </p>
        )}
      </div>
      <p id={`${id}-state`} className="field-error" role="status">
        {refused}
      </p>
    </div>
  );
}

/** What happened and what to do, in the server's words; nothing where the server said nothing. */
function reasonOf({ details }: Problem): string {
  return [details.title, details.action].filter(Boolean).join(' ');
}
