import type { KoaContextWithOIDC } from 'oidc-provider';

/** The provider's own pages load nothing; their one form posts to this site, their one script is named by its digest. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** One of the provider's own few pages, for when there is no system to go back to. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title><style>body{font:18px/1.7 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1.25rem}
h1{font-size:1.5rem}button{font:inherit;padding:.6rem 1.4rem;margin:.25rem .75rem .25rem 0}p[lang=en]{opacity:.75}</style></head><body><main>${body}</main></body></html>`;
}

/** Asks whether to sign out everywhere; the form was made by the provider. */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  // Browsers hold the policy of a form against the redirect that follows it: the registered address is named.
  const back = URL.parse(String(ctx.oidc.params?.post_logout_redirect_uri ?? ''));
  if (back) {
    const policy = ctx.response.get('content-security-policy');
    ctx.set('content-security-policy', policy.replace("form-action 'self'", `form-action 'self' ${back.origin}`));
  }
  ctx.body = page(
    '退出登录 · Sign out',
    `<h1>退出统一登录？</h1><p>您从本次登录打开的所有系统都会退出。</p><p lang="en">You will be signed out of every system that you opened with this sign-in.</p>${form}
<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>全部退出 Sign out</button>
<button type="submit" form="op.logoutForm">保持登录 Stay signed in</button>`,
  );
}

/** Said once nobody is signed in any more. */
export const SIGNED_OUT = page(
  '已退出 · Signed out',
  '<h1>已退出登录</h1><p>公共电脑请关闭浏览器。<a href="/">返回首页</a></p><p lang="en">You are signed out. <a href="/">Home</a></p>',
);

export function signedOutPage(ctx: KoaContextWithOIDC): void {
  ctx.body = SIGNED_OUT;
}

/** A request that cannot be answered by a redirect: said here, without a word that the request brought. */
export function problemPage(ctx: KoaContextWithOIDC, out: { error: string }): void {
  ctx.type = 'html';
  const code = /^[a-z_]{1,60}$/.test(out.error) ? out.error : 'invalid_request';
  ctx.body = page(
    '无法登录 · Cannot sign in',
    `<h1>无法完成登录</h1><p>打开这个页面的系统发来的请求不正确或已经过期。请回到该系统重新登录；再次出现请联系其管理单位。<a href="/">返回首页</a></p>
<p lang="en">The request of the system that sent you here is not right or has expired. Go back and sign in again; if it lasts, tell its owner.</p><p><code>${code}</code></p>`,
  );
}
