import type { FieldFault } from '#platform/kernel/errors.ts';
import { isLoopback } from '#platform/kernel/config.ts';
import { placeOfService } from '../cas/service.ts';
import { DECIDE, SCOPE_IDS } from './scopes.ts';

/** What an administrator enters of a system (接入应用). */
export type ClientForm = {
  kind: 'oidc' | 'cas';
  subjectType: 'pairwise' | 'public';
  leastLevel: number;
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
  return [...faults, ...(form.kind === 'cas' ? casFaults(form) : oidcFaults(form))];
}

/** What a system of the other protocol says by itself with each request, the register does not say for it. */
function oidcFaults(form: ClientForm): FieldFault[] {
  const faults: FieldFault[] = [];
  if (form.subjectType !== 'pairwise') {
    const message = { zh: '只有老系统（CAS）可以得到账号', en: 'only legacy systems (CAS) may get the account' };
    faults.push({ pointer: '/subjectType', rule: 'pairwise', message });
  }
  if (form.leastLevel !== 1) {
    const message = { zh: '由系统在请求中用 acr_values 提出', en: 'the system asks for it itself, by acr_values' };
    faults.push({ pointer: '/leastLevel', rule: 'acr', message });
  }
  return faults;
}

/** CAS can neither ask the person nor keep a secret, and sends each page of a system as its service address. */
function casFaults(form: ClientForm): FieldFault[] {
  const faults: FieldFault[] = [];
  const add = (pointer: string, rule: string, zh: string, en: string) =>
    faults.push({ pointer, rule, message: { zh, en } });
  if (form.consent !== 'task')
    add(
      '/consent',
      'task',
      '老系统（CAS）须为本区单位履行职责所用',
      'a legacy system (CAS) must be for a unit’s statutory task',
    );
  if (form.confidential) add('/confidential', 'secret', '老系统（CAS）没有密钥', 'a legacy system (CAS) has no secret');
  if (form.postLogoutRedirectUris.length > 0)
    add(
      '/postLogoutRedirectUris',
      'service',
      '退出后返回已登记的服务地址',
      'after signing out it returns to a service address',
    );
  for (const uri of form.redirectUris) {
    if (placeOfService(uri) !== uri)
      add(
        '/redirectUris',
        'service',
        `服务地址不含参数、编码的点和斜线；以 / 结尾时含其下各页：${uri}`,
        `a service address has no query and no encoded dots or slashes; ending in / it covers the pages below: ${uri}`,
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
