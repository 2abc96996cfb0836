import { sendFile } from '#web/client/send-file.ts';

export { formatBytes } from '#web/design/format.ts';

export type Uploaded = { id: string; state: string; duplicateOf?: string };

/** Sends a department file; see `sendFile`. */
export function uploadFile(options: {
  file: File;
  dataset: string;
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
}): Promise<Uploaded> {
  const { dataset, ...rest } = options;
  const query = new URLSearchParams({ dataset, fileName: rest.file.name });
  return sendFile<Uploaded>({ ...rest, address: `/api/exchange/imports?${query.toString()}` });
}
