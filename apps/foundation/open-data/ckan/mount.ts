import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount } from '#platform/kernel/app.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { KeyRefused } from '../errors.ts';
import { createLimiter } from '../keys/limit.ts';
import { limited } from '../keys/caller.ts';
import { allowEverybody } from '../portal/mount.ts';
import { originOf } from '../portal/origin.ts';
import { ACTIONS, unitsOf } from './actions.ts';
import { CkanError, denied } from './answer.ts';
import type { Given } from './parameters.ts';

const LONGEST = 256 * 1024;

/** CKAN's action API, version 3: every action by GET and POST, its answer in CKAN's envelope, faults with CKAN's words and status. */
export const ckanActions: Mount = {
  path: '/api/3/action',
  summary: { zh: 'CKAN 接口（目录与数据检索）', en: 'CKAN action API' },
  allow: 'public',
  register(server, kernel) {
    const limiter = createLimiter();
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LONGEST },
      (_request, text, done) => done(null, formOf(String(text))),
    );
    server.addHook('onRequest', async (_request, reply) => allowEverybody(reply));
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const { action: name = '' } = request.params as { action: string };
      const help = `${originOf(kernel.services, request)}/api/3/action/help_show?name=${encodeURIComponent(name)}`;
      const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
      if (!action) return reply.code(400).send(JSON.stringify(`Bad request - Action name not known: ${name}`));
      const given: Given = { ...(request.query as Given), ...bodyOf(request) };
      try {
        const units = await unitsOf(kernel);
        const result = await kernel.tx(request, async (db) => {
          const bulk = `${originOf(kernel.services, request)}/open`;
          const key = await limited(db, { request, reply, limiter, now: Date.now(), bulk });
          return action.run({ kernel, request, db, given, key, units });
        });
        return reply.send({ help, success: true, result });
      } catch (error) {
        const fault =
          error instanceof ProblemError && error.spec.code === KeyRefused.code ? denied('the key is not valid') : error;
        if (!(fault instanceof CkanError)) throw fault;
        return reply.code(fault.status).send({ help, success: false, error: fault.body });
      }
    };
    for (const base of ['/api/3/action/:action', '/api/action/:action']) {
      server.get(base, answer);
      server.post(base, answer);
      server.options(base, async (_request, reply) => reply.code(204).send());
    }
    server.get('/api/3', async () => ({ version: 3 }));
  },
};

function bodyOf(request: FastifyRequest): Given {
  const { body } = request;
  return body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as Given) : {};
}

/** A form, or JSON in the place of one, as old clients of CKAN post it. */
function formOf(text: string): Given {
  const plain = text.trim();
  if (plain.startsWith('{') || plain.startsWith('%7B')) {
    try {
      return JSON.parse(
        plain.startsWith('%7B') ? decodeURIComponent(plain.replace(/=1?$/, '').replaceAll('+', ' ')) : plain,
      ) as Given;
    } catch {
      return {};
    }
  }
  return Object.fromEntries(new URLSearchParams(plain));
}
