import i18next from 'i18next';
import { newKey } from '#web/client/index.ts';
import { Problem, problemFrom } from '#web/client/problem.ts';

export type Uploaded = { id: string; state: string; duplicateOf?: string };

/**
 * Sends a file as it is and tells how far it got, in bytes. `fetch` cannot tell, hence XMLHttpRequest. Rejects with a
 * `Problem`; a stopped or cut upload leaves nothing on the server.
 */
export function uploadFile(options: {
  file: File;
  dataset: string;
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
}): Promise<Uploaded> {
  const { file, dataset, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/exchange/imports?${new URLSearchParams({ dataset, fileName: file.name })}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('idempotency-key', newKey());
    request.setRequestHeader('accept-language', i18next.language === 'en' ? 'en' : 'zh-CN');
    request.upload.onprogress = (event) => onProgress(event.loaded, file.size);
    request.onload = () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // A proxy's page instead of an answer becomes a problem below.
      }
      if (request.status >= 200 && request.status < 300) resolve(body as Uploaded);
      else reject(problemFrom({ status: request.status, body, traceId: request.getResponseHeader('x-trace-id') }));
    };
    request.onerror = () => reject(new Problem({ code: 'NO_ANSWER', title: '', status: 0 }));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

/** 1536 → `1.5 KB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log(bytes) / Math.log(1024)));
  return `${(bytes / 1024 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`;
}
