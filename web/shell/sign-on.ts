import { useTranslation } from 'react-i18next';
import { type ApiState, call, useApi } from '#web/client/index.ts';
import { addTexts } from '#web/i18n/index.ts';

type Words = { zh: string; en: string };

/** What the provider asks of the person, for whom. */
export type Interaction = {
  prompt: string;
  client: { id: string; name: string; nameEn: string; unit: string; unitEn: string; own: boolean };
  account: string | null;
  level: number;
  needs: 'sign-in' | 'more';
  hint: string | null;
  scopes: { id: string; title: Words; text: Words; needed: boolean }[];
  days: number;
};

const zh = {
  toOpen: '登录后将打开：{{system}}',
  needMore: '这个系统要求更可靠的身份确认。请重新登录，并输入动态码或使用通行密钥。',
  needMoreAgain: '这个系统要求更可靠的身份确认。登录时请输入动态码或使用通行密钥。',
  upstream: '用{{name}}登录',
  again: '重新登录',
  consentTitle: '是否允许“{{name}}”使用您的信息？',
  consentOwner: '由{{unit}}负责',
  consentAs: '您正以 {{account}} 的身份登录',
  consentSees: '它将看到或得到',
  consentNeeded: '必需',
  consentRemember: '{{days}} 天内不再询问',
  consentRememberHelp: '不勾选则只对这次登录有效。随时可在“我的账号与设备”中撤销。',
  consentAllow: '允许并继续',
  consentDeny: '不允许',
  consentActing: '正在处理…',
  consentNever: '无论是否允许，它都得不到您的密码和身份证号。',
  problems: {
    expired: '这次登录请求已过期，请重新登录。',
    refused: '登录没有完成，请重新登录。',
    'upstream-down': '市级统一身份认证暂时无法连接。您可以用本区账号登录，不影响办理。',
    'upstream-refused': '市级统一身份认证返回的结果没有通过校验，未登录。请再试一次，或用本区账号登录。',
    'upstream-denied': '您在市级统一身份认证中取消了登录。',
    'upstream-no-number': '您的市级账号尚未实名。请先在市级平台完成实名认证，或持身份证到街道事务受理中心办理。',
    'upstream-other-person':
      '这个市级账号的身份证号与本区已登记的账号不一致，为保护您未予登录。请持身份证到街道事务受理中心当面核验。',
    'upstream-unknown': '本区没有查到您的居民信息。请持身份证到居住地街道事务受理中心登记。',
    'upstream-disabled': '您在本区的账号已停用。请联系街道事务受理中心。',
  },
};
const en: typeof zh = {
  toOpen: 'After signing in this opens: {{system}}',
  needMore: 'This system must be surer that it is you. Sign in again with a code or a passkey.',
  needMoreAgain: 'This system must be surer that it is you. Sign in with a code or a passkey.',
  upstream: 'Sign in with {{name}}',
  again: 'Sign in again',
  consentTitle: 'May “{{name}}” use your information?',
  consentOwner: 'Run by {{unit}}',
  consentAs: 'You are signed in as {{account}}',
  consentSees: 'It will see or get',
  consentNeeded: 'needed',
  consentRemember: 'Do not ask again for {{days}} days',
  consentRememberHelp:
    'Otherwise it holds for this sign-in only. Take it back at any time under “My account and devices”.',
  consentAllow: 'Allow and go on',
  consentDeny: 'Do not allow',
  consentActing: 'Working…',
  consentNever: 'Whatever you choose, it never gets your password or identity number.',
  problems: {
    expired: 'This sign-in request has expired. Sign in again.',
    refused: 'The sign-in was not completed. Sign in again.',
    'upstream-down':
      'The city’s sign-in cannot be reached for now. Sign in with your district account; everything else goes on.',
    'upstream-refused':
      'What the city’s sign-in sent did not pass the checks. Try again, or use your district account.',
    'upstream-denied': 'You cancelled at the city’s sign-in.',
    'upstream-no-number':
      'Your city account has no verified identity number. Verify it with the city first, or bring your identity card to the service centre of your street.',
    'upstream-other-person':
      'The identity number of this city account is not the one of the account registered here. To protect you nobody was signed in. Bring your identity card to the service centre of your street.',
    'upstream-unknown':
      'The district has no record of you as a resident. Bring your identity card to the service centre of your street.',
    'upstream-disabled': 'Your account here is disabled. Ask the service centre of your street.',
  },
};
addTexts('signOn', { zh, en });

/** Texts of the provider's pages. */
export function useSignOnTexts() {
  const { t, i18n } = useTranslation('signOn');
  return {
    t,
    language: i18n.language === 'en' ? ('en' as const) : ('zh' as const),
    problem: (code: string) => t(`problems.${Object.hasOwn(zh.problems, code) ? code : 'refused'}`),
  };
}

/** What an interaction asks; the page holds its cookie, so that nobody else can answer for the person. */
export function useInteraction(uid: string | null): ApiState<Interaction> {
  const safe = uid !== null && /^[\w-]{20,64}$/.test(uid) ? uid : null;
  return useApi(safe, (signal) => call<Interaction>(`/oidc/interaction/${safe}/details`, { signal }));
}

/** Name of a system and of its unit. */
export function wordsOf(client: Interaction['client'], language: 'zh' | 'en'): string {
  return language === 'en' ? `${client.nameEn} (${client.unitEn})` : `${client.name}（${client.unit}）`;
}

/** The web signs in as every other system does: at the provider. */
export function startSignOn(next: string | null): void {
  const back = `/login?done&next=${encodeURIComponent(next ?? '/')}`;
  location.replace(`/oidc/web/start?next=${encodeURIComponent(back)}`);
}
