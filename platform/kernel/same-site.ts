import type { FastifyRequest } from 'fastify';

/**
 * A browser on another site cannot write: its Origin is not ours. Clients without Origin carry no ambient cookie to abuse. Ours is
 * PUBLIC_ORIGIN; without it the Host that was asked. What proxies say of the host is never looked at.
 */
export function sameSite(request: FastifyRequest, publicOrigin: string | undefined): boolean {
  const origin = request.headers.origin;
  if (!origin) return true;
  if (publicOrigin !== undefined) return origin === publicOrigin;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}
