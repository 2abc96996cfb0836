import type { FastifyReply } from 'fastify';
import type { Services } from '#platform/kernel/app.ts';
import type { Client } from '../oidc/clients.ts';
import { type Call, cardOf, InteractionGone } from '../oidc/interaction.ts';
import { page, PAGE_POLICY } from '../oidc/pages.ts';
import { readSignOn, type SignOn, touchSignOn } from '../oidc/sign-on.ts';
import { type CasRequest, findRequest, keepRequest, takeRequest } from './request.ts';
import { systemOf, withTicket } from './service.ts';
import { issueTicket } from './tickets.ts';

const SIGNED_IN = page(
  '已登录 · Signed in',
  '<h1>您已登录</h1><p>可以从各系统自己的入口打开它们。<a href="/">返回首页</a></p><p lang="en">You are signed in. <a href="/">Home</a></p>',
);
const NOT_REGISTERED = page(
  '无法登录 · Cannot sign in',
  `<h1>这个系统没有登记</h1><p>打开这个页面的系统不在统一登录的登记之中，或它的地址与登记的不同。请联系其管理单位。<a href="/">返回首页</a></p>
<p lang="en">The system that sent you here is not registered, or its address is not the registered one. Tell its owner. <a href="/">Home</a></p><p><code>INVALID_SERVICE</code></p>`,
);

export function showPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-security-policy', PAGE_POLICY)
    .type('text/html; charset=utf-8')
    .send(html);
}

/**
 * A legacy system sends a person (CAS 3.0, 2.1). Whoever has signed in surely enough goes back at once with a ticket; the others
 * are shown the sign-in page of all systems, unless the system wants no page (`gateway`).
 */
export async function casLogin({ kernel, request, reply }: Call): Promise<FastifyReply> {
  const { services } = kernel;
  const { service, renew, gateway } = request.query as Record<string, unknown>;
  const signOn = await readSignOn(services, request.headers.cookie);
  if (service === undefined) return signOn ? showPage(reply, 200, SIGNED_IN) : reply.redirect('/login', 303);
  const system = await systemOf(services, service);
  if (!system || typeof service !== 'string') return showPage(reply, 403, NOT_REGISTERED);
  reply.header('cache-control', 'no-store');
  const again = renew !== undefined;
  if (signOn && !again && signOn.level >= system.least_level) {
    return reply.redirect(await admission({ services, system, signOn, service, fresh: false }), 303);
  }
  if (gateway !== undefined && !again) return reply.redirect(service, 303);
  return reply.redirect(`/login?interaction=${await keepRequest(services, { service, renew: again })}`, 303);
}

/** The person comes from the sign-in page: on to the system, or back to the page if what was proved is not enough. */
export async function takeCasRequest(call: Call): Promise<FastifyReply> {
  const { kernel, request, reply } = call;
  const { services } = kernel;
  const { id, asked, system } = await requestOf(call);
  reply.header('cache-control', 'no-store');
  const signOn = await readSignOn(services, request.headers.cookie);
  if (!signOn || !proves({ signOn, asked, system })) return reply.redirect(`/login?interaction=${id}`, 303);
  if (!(await takeRequest(services, id))) throw InteractionGone.with();
  const { service } = asked;
  const fresh = signOn.proved_at.getTime() > asked.askedAt;
  return reply.redirect(await admission({ services, system, signOn, service, fresh }), 303);
}

/** What the sign-in page must know, as of every other interaction. */
export async function showCasRequest(call: Call): Promise<FastifyReply> {
  const { kernel, request, reply } = call;
  const { services } = kernel;
  const { system } = await requestOf(call);
  const signOn = await readSignOn(services, request.headers.cookie);
  return reply.header('cache-control', 'no-store').send({
    prompt: 'login',
    client: await cardOf(services, system),
    account: signOn?.account ?? null,
    level: system.least_level,
    needs: signOn !== undefined && signOn.level < system.least_level ? 'more' : 'sign-in',
    hint: null,
    scopes: [],
    days: 0,
  });
}

async function requestOf({ kernel, request }: Call): Promise<{ id: string; asked: CasRequest; system: Client }> {
  const { uid: id } = request.params as { uid: string };
  const asked = await findRequest(kernel.services, id);
  const system = asked && (await systemOf(kernel.services, asked.service));
  if (!system) throw InteractionGone.with();
  return { id, asked, system };
}

function proves(options: { signOn: SignOn; asked: CasRequest; system: Client }): boolean {
  const { signOn, asked, system } = options;
  return signOn.level >= system.least_level && (!asked.renew || signOn.proved_at.getTime() > asked.askedAt);
}

async function admission(options: {
  services: Services;
  system: Client;
  signOn: SignOn;
  service: string;
  fresh: boolean;
}): Promise<string> {
  await touchSignOn(options.services, options.signOn.id);
  return withTicket(options.service, await issueTicket(options));
}
