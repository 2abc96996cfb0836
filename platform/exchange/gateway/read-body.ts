import type { FastifyRequest } from 'fastify';
import { Aborted, TooLarge, TooSlow } from './errors.ts';

/** Reads the content of a message: exactly as long as it said, within the time, or not at all. */
export function readBody(
  request: FastifyRequest['raw'],
  options: { length: number; withinMs: number },
): Promise<Buffer> {
  const { length, withinMs } = options;
  if (length === 0) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (error: Error | undefined): void => {
      clearTimeout(timer);
      request.removeAllListeners('data');
      if (error) {
        request.pause();
        reject(error);
      } else resolve(Buffer.concat(chunks));
    };
    const timer = setTimeout(() => end(TooSlow.with()), withinMs);
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > length) return end(TooLarge.with());
      chunks.push(chunk);
    });
    request.on('end', () => end(request.complete && size === length ? undefined : Aborted.with()));
    request.on('aborted', () => end(Aborted.with()));
    request.on('error', () => end(Aborted.with()));
    request.on('close', () => !request.complete && end(Aborted.with()));
  });
}
