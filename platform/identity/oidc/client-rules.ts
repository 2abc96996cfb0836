import type { FieldFault } from '#platform/kernel/errors.ts';
import { isLoopback } from '#platform/kernel/config.ts';
import { DECIDE, SCOPE_IDS } from './scopes.ts';

/** What an administrator enters of a system (接入应用). */
export type ClientForm = {
  redirectUris: readonly string[];
  postLogoutRedirectUris: readonly string[];
  backchannelLogoutUri: string | null;
  scopes: readonly string[];
  unit: string | null;
  owner: string | null;
  consent: 'ask' | 'task';
  /** It keeps a secret, or a key of its own. */
  confidential: boolean;
};

/** What a unit's system may see, and ask, for its task without asking the person. */
const TASK_SCOPES = ['openid', 'profile', 'post', DECIDE];

/**
 * The rules of registration (RFC 9700, 2.1 and 4.1): addresses are compared as they stand, so each is whole and exact; codes
 * travel by TLS or stay on the machine.
 */
export function clientFaults(form: ClientForm): FieldFault[] {
  const faults: FieldFault[] = [];
  const add = (pointer: string, rule: string, zh: string, en: string) =>
    faults.push({ pointer, rule, message: { zh, en } });
  for (const [name, uris] of [
    ['redirectUris', form.redirectUris],
    ['postLogoutRedirectUris', form.postLogoutRedirectUris],
    ['backchannelLogoutUri', form.backchannelLogoutUri === null ? [] : [form.backchannelLogoutUri]],
  ] as const) {
    for (const uri of uris) {
      if (!exactAddress(uri))
        add(
          `/${name}`,
          'address',
          `须是完整的 https 地址，不含通配符、# 和账号：${uri}`,
          `must be a whole https address without wildcard, # or credentials: ${uri}`,
        );
    }
  }
  if (form.redirectUris.length === 0)
    add('/redirectUris', 'minItems', '至少填写一个回调地址', 'name at least one address');
  const hosts = new Set(form.redirectUris.map((uri) => URL.parse(uri)?.host));
  if (hosts.size > 1) add('/redirectUris', 'host', '回调地址须在同一主机', 'all addresses must be of one host');
  for (const scope of form.scopes) {
    if (!SCOPE_IDS.includes(scope)) add('/scopes', 'scope', `没有这个授权范围：${scope}`, `there is no scope ${scope}`);
  }
  if (!form.scopes.includes('openid')) add('/scopes', 'openid', '必须包含 openid', 'openid must be among them');
  if (form.scopes.includes(DECIDE) && !form.confidential)
    add('/scopes', 'secret', '没有密钥的应用不能询问权限', 'a system without a secret cannot ask what somebody may do');
  if (form.unit === null && form.owner === null) add('/unit', 'owner', '须写明负责单位', 'say who answers for it');
  if (form.consent === 'task') {
    if (form.unit === null)
      add('/consent', 'unit', '免同意仅限本区单位', 'only units of the district go without consent');
    if (form.scopes.some((scope) => !TASK_SCOPES.includes(scope)))
      add(
        '/consent',
        'scopes',
        '免同意时只能使用姓名、岗位和询问权限',
        'without consent it may see name and post, and ask what somebody may do',
      );
  }
  return faults;
}

function exactAddress(uri: string): boolean {
  const url = URL.parse(uri);
  if (!url || url.href !== uri || uri.includes('*') || uri.includes('#')) return false;
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')));
}
