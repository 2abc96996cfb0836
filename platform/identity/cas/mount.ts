import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount } from '#platform/kernel/app.ts';
import type { Call } from '../oidc/interaction.ts';
import { casLogin, showCasRequest, takeCasRequest } from './login.ts';
import { casLogout } from './logout.ts';
import { CAS_REQUEST } from './request.ts';
import { casServiceValidate, casValidate } from './validate.ts';

/**
 * Sign-in of legacy systems (老系统) by the CAS protocol 3.0, on the same sessions, register and sign-in page as OpenID Connect.
 * Proxy tickets are not issued: with them a system would act for people who do not see it.
 */
export const cas: Mount = {
  path: '/cas',
  summary: { zh: '老系统统一登录（CAS 3.0）', en: 'One sign-on for legacy systems (CAS 3.0)' },
  allow: 'public',
  register(server, kernel) {
    const on = (path: string, answer: (call: Call) => Promise<FastifyReply>) =>
      server.route({
        method: 'GET',
        url: path,
        exposeHeadRoute: false,
        handler: (request: FastifyRequest, reply: FastifyReply) => answer({ kernel, request, reply }),
      });
    on('/cas/login', casLogin);
    on('/cas/logout', casLogout);
    on('/cas/validate', casValidate);
    on('/cas/serviceValidate', casServiceValidate({ attributes: false }));
    on('/cas/p3/serviceValidate', casServiceValidate({ attributes: true }));
    on(`/oidc/interaction/:uid(^${CAS_REQUEST}$)`, takeCasRequest);
    on(`/oidc/interaction/:uid(^${CAS_REQUEST}$)/details`, showCasRequest);
  },
};
