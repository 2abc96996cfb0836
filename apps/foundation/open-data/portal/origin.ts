import type { FastifyRequest } from 'fastify';
import type { Services } from '#platform/kernel/app.ts';

/** Where the reader reached us, for addresses in documents that leave the house. */
export const originOf = (services: Services, request: FastifyRequest): string =>
  services.config.publicOrigin ?? `${request.protocol}://${request.host}`;

/** Stable addresses of a set. */
export const filesOf = (origin: string, id: string): string => `${origin}/open/${id}`;
