import type { Reply } from '#web/client/reply.ts';

export type Delegations = Reply<'/api/access/delegations'>;
export type Delegation = Delegations['given'][number];
export type Scope = Delegations['scopes'][number];
export type Acts = Reply<'/api/access/delegations/acts'>;
export type Act = Acts['acts'][number];

export const isOpen = ({ state }: Delegation): boolean =>
  state === 'offered' || state === 'accepted' || state === 'active';
