import i18next from 'i18next';
import { newKey } from './fetch.ts';
import { Problem, problemFrom } from './problem.ts';

/**
 * Sends a file as it is and tells how far it got, in bytes. `fetch` cannot tell, hence XMLHttpRequest. Rejects with a
 * `Problem`; a stopped or cut upload leaves nothing on the server.
 */
export function sendFile<T>(options: {
  address: string;
  file: Blob;
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
  headers?: Record<string, string>;
}): Promise<T> {
  const { address, file, onProgress, signal, headers = {} } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('idempotency-key', newKey());
    request.setRequestHeader('accept-language', i18next.language === 'en' ? 'en' : 'zh-CN');
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onProgress(event.loaded, file.size);
    request.onload = () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // A proxy's page instead of an answer becomes a problem below.
      }
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(problemFrom({ status: request.status, body, traceId: request.getResponseHeader('x-trace-id') }));
    };
    request.onerror = () => reject(new Problem({ code: 'NO_ANSWER', title: '', status: 0 }));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
