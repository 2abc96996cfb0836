import { app } from '#platform/kernel/app.ts';
import { forgetOld } from './forget-old.ts';
import { listMessages, showEvidence } from './list-messages.ts';
import { listSystems, showCalls } from './list-systems.ts';
import { gatewayMount } from './mount.ts';
import { nodeKeyContext } from './node-keys.ts';
import { addAuthority, addKey, revokeAuthority, revokeKey } from './put-key.ts';
import { addSystem, changeSystem, MANAGE } from './put-system.ts';
import { retireKey } from './retire-key.ts';
import { setGrantLimit } from './set-limit.ts';

const SEEING = ['data-officer', 'system-administrator', 'security-administrator', 'security-auditor'] as const;

/**
 * Gateway (数据网关): systems outside of the platform read granted items and have statements verified, by messages that they sign and
 * that are all written down. A module beside the exchange, which itself knows no keys.
 */
export const gateway = app({
  id: 'gateway',
  kind: 'capability',
  folder: 'platform/exchange/gateway',
  title: { zh: '数据网关', en: 'Gateway' },
  actions: {
    [MANAGE]: {
      title: { zh: '登记外部系统与密钥', en: 'Register outside systems and keys' },
      posts: ['system-administrator'],
    },
    'gateway.key.revoke': {
      title: { zh: '吊销外部系统的密钥', en: 'Revoke keys of outside systems' },
      posts: ['system-administrator', 'security-administrator'],
    },
    'gateway.system.read': { title: { zh: '查看外部系统', en: 'See outside systems' }, posts: SEEING },
    'gateway.message.read': { title: { zh: '查看网关报文日志', en: 'See the log of messages' }, posts: SEEING },
    'gateway.limit.set': {
      title: { zh: '约定本单位数据的调用频次', en: 'Set how often the own unit’s data may be called' },
      posts: ['data-officer'],
    },
  },
  routes: [
    listSystems,
    showCalls,
    listMessages,
    showEvidence,
    setGrantLimit,
    addSystem,
    changeSystem,
    addKey,
    retireKey,
    addAuthority,
    revokeKey,
    revokeAuthority,
  ],
  pages: [
    {
      path: '/data/gateway',
      entrance: 'data',
      section: 'exchange',
      title: { zh: '数据网关', en: 'Gateway' },
      module: '#platform/exchange/gateway/web/gateway-page.tsx',
      order: 45,
      posts: ['data-officer', 'security-auditor'],
    },
    {
      path: '/gov/admin/gateway',
      entrance: 'gov',
      section: 'administration',
      title: { zh: '数据网关', en: 'Gateway' },
      module: '#platform/exchange/gateway/web/gateway-page.tsx',
      order: 92,
      posts: ['system-administrator', 'security-administrator'],
    },
  ],
  mounts: [gatewayMount],
  timers: [forgetOld],
  sealed: [
    {
      table: 'gateway.node_key',
      column: 'private',
      key: { id: 'text' },
      context: ({ id }) => nodeKeyContext(id ?? ''),
    },
  ],
});
