import { generateKeyPairSync } from 'node:crypto';
import { Wechatpay } from 'wechatpay-axios-plugin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FeeHouse, openFeeHouse } from '#platform/ledger/fixtures/house.ts';
import { merchantOf } from './merchant.ts';
import { BASE, ownAddress } from './mount.ts';
import { payTrade } from './trades.ts';

/*
 * The sample's payment platform against a client that others wrote (wechatpay-axios-plugin): it signs each request, and believes no answer whose
 * signature it cannot verify.
 */
let house: FeeHouse;
beforeAll(async () => {
  house = await openFeeHouse();
}, 300_000);
afterAll(() => house?.close());

async function client(privateKey?: string) {
  const { merchant } = await merchantOf(house.services);
  const pay = new Wechatpay({
    mchid: merchant.merchantId,
    serial: merchant.serial,
    privateKey: privateKey ?? merchant.merchantPrivateKey,
    certs: { [merchant.platformSerial]: merchant.platformPublicKey },
    baseURL: `${ownAddress(house.services)}${BASE}/`,
  });
  const http = pay.client.v3;
  const order = (no: string, total = 100) => ({
    appid: merchant.appId,
    mchid: merchant.merchantId,
    description: '样例收费',
    out_trade_no: no,
    notify_url: `${ownAddress(house.services)}/api/ledger/notices/wechat`,
    amount: { total, currency: 'CNY' },
  });
  const trade = (no: string) =>
    http.get(`v3/pay/transactions/out-trade-no/${no}`, { params: { mchid: merchant.merchantId } });
  return { http, order, trade, merchant };
}

describe('a client of others', () => {
  it('orders, asks, refunds and asks again, and finds every answer signed', async () => {
    const { http, order, trade } = await client();
    const placed = await http.post('v3/pay/transactions/native', order('FOREIGN-0001'));
    expect(placed.data.code_url).toMatch(/\/cashier\/[0-9a-f-]{36}$/);
    const again = await http.post('v3/pay/transactions/native', order('FOREIGN-0001'));
    expect(again.data).toEqual(placed.data);
    expect((await trade('FOREIGN-0001')).data).toMatchObject({ trade_state: 'NOTPAY', amount: { total: 100 } });
    await payTrade(house.services, { token: placed.data.code_url.split('/').at(-1), fault: 'drop' });
    expect((await trade('FOREIGN-0001')).data).toMatchObject({ trade_state: 'SUCCESS', trade_type: 'NATIVE' });
    const refund = {
      out_trade_no: 'FOREIGN-0001',
      out_refund_no: 'R-1',
      amount: { refund: 40, total: 100, currency: 'CNY' },
    };
    expect((await http.post('v3/refund/domestic/refunds', refund)).data).toMatchObject({ status: 'PROCESSING' });
    expect((await http.get('v3/refund/domestic/refunds/R-1')).data).toMatchObject({
      status: 'SUCCESS',
      amount: { refund: 40 },
    });
    expect((await trade('FOREIGN-0001')).data).toMatchObject({ trade_state: 'REFUND' });
  });

  it('closes an order and is refused with the codes of the documentation', async () => {
    const { http, order, trade, merchant } = await client();
    await http.post('v3/pay/transactions/native', order('FOREIGN-0002'));
    const closed = await http.post('v3/pay/transactions/out-trade-no/FOREIGN-0002/close', {
      mchid: merchant.merchantId,
    });
    expect(closed.status).toBe(204);
    expect((await trade('FOREIGN-0002')).data).toMatchObject({ trade_state: 'CLOSED' });
    const refusals: [() => Promise<unknown>, number, string][] = [
      [() => trade('FOREIGN-none'), 404, 'ORDER_NOT_EXIST'],
      [() => http.get('v3/refund/domestic/refunds/none'), 404, 'RESOURCE_NOT_EXISTS'],
      [() => http.post('v3/pay/transactions/native', order('FOREIGN-0002')), 400, 'ORDER_CLOSED'],
      [() => http.post('v3/pay/transactions/native', order('x')), 400, 'PARAM_ERROR'],
      [() => http.get('v3/bill/tradebill', { params: { bill_date: '2020-01-01' } }), 400, 'NO_STATEMENT_EXIST'],
    ];
    for (const [ask, status, code] of refusals)
      await expect(ask()).rejects.toMatchObject({ response: { status, data: { code } } });
  });

  it('with another key than the merchant’s is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { trade } = await client(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    await expect(trade('FOREIGN-0001')).rejects.toMatchObject({
      response: { status: 401, data: { code: 'SIGN_ERROR' } },
    });
  });
});
