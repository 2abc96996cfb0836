import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount, Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { issuerOf } from '#platform/identity/oidc/issuer.ts';
import { announceBill, billOf } from './bill.ts';
import { CASHIER_POLICY, cashierPage, chosenFault } from './cashier.ts';
import { befallen, within } from './faults.ts';
import { faultOfCaller, proofOf } from './proof.ts';
import { placeRefund, queryRefund } from './refunds.ts';
import { type Answer, closeTrade, payTrade, placeNative, queryTrade, refusal, TRADE, type Trade } from './trades.ts';

export const BASE = '/simulator/pay';

/** Where this process reaches itself, whatever name it has outside. */
export function ownAddress(services: Services): string {
  const { config } = services;
  const own = new URL(config.publicOrigin === undefined ? issuerOf(services) : `http://${config.host}:${config.port}`);
  if (/^(0\.0\.0\.0|\[::\])$/.test(own.hostname)) own.hostname = '127.0.0.1';
  return own.origin;
}

/** The payment platform of the sample district, by the public documentation of WeChat Pay API v3. Elsewhere it is not there. */
export const payMount: Mount = {
  path: BASE,
  summary: { zh: '样例支付平台', en: 'Sample payment platform' },
  allow: 'public',
  register(server, kernel) {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 64 * 1024 }, (_request, body, done) =>
      done(null, body),
    );
    server.addHook('onRequest', async (_request, reply) => {
      if (!kernel.services.config.sample) return reply.callNotFound();
    });
    const api = (
      method: 'GET' | 'POST',
      path: string,
      answer: (asked: {
        services: Services;
        number: string;
        query: Record<string, string>;
        body: object;
      }) => Promise<Answer>,
    ) =>
      server.route<{ Params: { number?: string }; Querystring: Record<string, string> }>({
        method,
        url: `${BASE}${path}`,
        handler: async (request, reply) => {
          const { services } = kernel;
          const refused = await faultOfCaller(services, incoming(request));
          if (refused !== undefined) return send(services, reply, refusal(401, 'SIGN_ERROR', refused));
          const body = bodyOf(request);
          const number = request.params.number ?? '';
          const result = await answer({ services, number, query: request.query, body });
          const named =
            (body as { out_refund_no?: string; out_trade_no?: string }).out_refund_no ??
            (body as { out_trade_no?: string }).out_trade_no;
          const cut = await within(services, (db) => befallen(db, { number: named ?? number, kinds: ['timeout'] }));
          // It is done, and nobody hears of it.
          if (cut) return reply.hijack().raw.destroy();
          return send(services, reply, result);
        },
      });
    api('POST', '/v3/pay/transactions/native', ({ services, body }) =>
      placeNative(services, body, (token) => `${issuerOf(services)}${BASE}/cashier/${token}`),
    );
    api('GET', '/v3/pay/transactions/out-trade-no/:number', ({ services, number }) => queryTrade(services, number));
    api('POST', '/v3/pay/transactions/out-trade-no/:number/close', ({ services, number }) =>
      closeTrade(services, number),
    );
    api('POST', '/v3/refund/domestic/refunds', ({ services, body }) => placeRefund(services, body));
    api('GET', '/v3/refund/domestic/refunds/:number', ({ services, number }) => queryRefund(services, number));
    api('GET', '/v3/bill/tradebill', ({ services, query }) =>
      announceBill(
        services,
        query.bill_date ?? '',
        (day) => `${ownAddress(services)}${BASE}/v3/billdownload/file?token=${day}`,
      ),
    );
    server.get<{ Querystring: { token?: string } }>(`${BASE}/v3/billdownload/file`, async (request, reply) => {
      const { services } = kernel;
      if ((await faultOfCaller(services, incoming(request))) !== undefined) return reply.code(401).send();
      const csv = await billOf(services, request.query.token ?? '');
      return csv === undefined ? sendMissing(reply) : reply.type('text/plain').send(csv);
    });
    cashier(server, () => kernel.services);
  },
};

function cashier(server: Parameters<Mount['register']>[0], services: () => Services): void {
  const page = `${BASE}/cashier/:token`;
  const uuid = /^[0-9a-f-]{36}$/;
  type Params = { Params: { token: string } };
  const show = async (token: string, reply: FastifyReply): Promise<FastifyReply> => {
    const trade = uuid.test(token)
      ? await within(services(), (db) =>
          db.first<Trade>(sql`select ${TRADE} from pay_simulator.trade where token = ${token}::uuid`),
        )
      : undefined;
    if (!trade) return sendMissing(reply);
    return reply
      .header('content-security-policy', CASHIER_POLICY)
      .type('text/html; charset=utf-8')
      .send(cashierPage(trade, services().clock.now()));
  };
  server.get<Params>(page, (request, reply) => show(request.params.token, reply));
  server.post<Params>(`${page}/pay`, async (request, reply) => {
    const { token } = request.params;
    const form = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    if (uuid.test(token)) await payTrade(services(), { token, fault: chosenFault(form.get('fault')) });
    return reply.redirect(`${BASE}/cashier/${encodeURIComponent(token)}`, 303);
  });
  server.post<Params>(`${page}/cancel`, async (request, reply) =>
    reply.redirect(`${BASE}/cashier/${encodeURIComponent(request.params.token)}`, 303),
  );
}

function sendMissing(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

function incoming(request: FastifyRequest): Parameters<typeof faultOfCaller>[1] {
  return {
    method: request.method,
    url: request.raw.url ?? '',
    authorization: request.headers.authorization,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}

function bodyOf(request: FastifyRequest): object {
  try {
    const body: unknown = Buffer.isBuffer(request.body) ? JSON.parse(request.body.toString('utf8')) : {};
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

async function send(services: Services, reply: FastifyReply, { status, body }: Answer): Promise<FastifyReply> {
  const text = body === undefined ? '' : JSON.stringify(body);
  return reply
    .code(status)
    .headers({ ...(await proofOf(services, text)), 'request-id': reply.request.id })
    .type('application/json; charset=utf-8')
    .send(text);
}
