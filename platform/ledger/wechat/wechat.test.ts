import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutcomeUnknown } from '../payment-channel.ts';
import { accountFaults, type MerchantAccount, publicKeyOf } from './merchant-account.ts';
import { refundOf, tradeOf } from './messages.ts';
import { readWechatNotice } from './notice.ts';
import { authorization, openResource, replyMessage, requestMessage, sign, verified } from './signature.ts';
import { BillBroken, readTradeBill } from './trade-bill.ts';

/*
 * Published vectors: certificate and signature from wechatpay-go (core/auth/verifiers), cipher text from wechatpay-java (AeadAesCipherTest); both
 * Apache-2.0, © Tencent.
 */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIDVzCCAj+gAwIBAgIJAPV2V1YAL913MA0GCSqGSIb3DQEBCwUAMEIxCzAJBgNV
BAYTAlhYMRUwEwYDVQQHDAxEZWZhdWx0IENpdHkxHDAaBgNVBAoME0RlZmF1bHQg
Q29tcGFueSBMdGQwHhcNMjEwNDI3MDg0MDMyWhcNMzEwNDI1MDg0MDMyWjBCMQsw
CQYDVQQGEwJYWDEVMBMGA1UEBwwMRGVmYXVsdCBDaXR5MRwwGgYDVQQKDBNEZWZh
dWx0IENvbXBhbnkgTHRkMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA
2VCTd91fnUn73Xy9DLvt/V62TVxRTEEstVdeRaZ3B3leO0pldE806mXO4RwdHXag
HQ4vGeZN0yqm++rDsGK+U3AH7kejyD2pXshNP9Cq5YwbptiLGtjcquw4HNxJQUOm
DeJf2vg6byms9RUipiq4SzbJKqJFlUpbuIPDpSpWz10PYmyCNeDGUUK65E5h2B83
4uxl1zNLYQCrkdBzb8oUxwYeP5a2DNxmjL5lsJML7DGr5znsevnoqGRwTm9fxCGf
y8wus7hwKz6clt3Whmmda7UAdb1c08hEQFVRbF14AR73xbnd8N0obCWJPCbzMCtk
aSef4FdEEgEXJiw0VAJT8wIDAQABo1AwTjAdBgNVHQ4EFgQUT1c7nd/SUO76HSoZ
umNUJv1R5PwwHwYDVR0jBBgwFoAUT1c7nd/SUO76HSoZumNUJv1R5PwwDAYDVR0T
BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAM+tslqBxYwqL9fdvGG6hfy69sjfX
UhBtBLWYugKKQCOWWLeq5dDWm3i5Cx2Rgiy9uc7RfmJNxQfIKlcoCNP85BjDoG1B
YnVc6znlcrT9uHgseha3987WwZsFAQbcy8TLUYHzVB8gmDgq8O08xdIe0eczatI8
t3Rg8WXO6Gs66JJ4JR+rD01o3FiSOQCRWhn19NSyDydsgPlOR2t9B9L+MkJwlsMG
Krn85TnwL3qcInzRnU8X86faXXJrI0IJi44tECKw8ftngCl6vyNwNNKPDwdkcuuV
8y3iBixO5IuKxEKEp2wGPV/4W1AXO73Z3Gb7z/1oxdgeO0hVqz1hBasTCQ==
-----END CERTIFICATE-----`;
const SIGNATURE =
  'BKyAfU4iMCuvXMXS0Wzam3V/cnxZ+JaqigPM5OhljS2iOT95OO6Fsuml2JkFANJU9K6q9bLlDhPXuoVz+pp4hAm6pHU4ld815U4jsKu1RkyaII+1CYBUYC8TK0XtJ8FwUXXz8vZHh58rrAVN1XwNyvD1' +
  'vfpxrMT4SL536GLwvpUHlCqIMzoZUguLli/K8V29QiOhuH6IEqLNJn8e9b3nwNcQ7be3CzYGpDAKBfDGPCqCv8Rw5zndhlffk2FEA70G4hvMwe51qMN/RAJbknXG23bSlObuTCN7Ndj1aJGH6/L+hdwf' +
  'LpUtJm4QYVazzW7DFD27EpSQEqA8bX9+8m1rLg==';

describe('signatures', () => {
  it('are those of the published vector, and of no other text', () => {
    const key = publicKeyOf(CERTIFICATE);
    expect(verified({ message: 'source', signature: SIGNATURE, key })).toBe(true);
    expect(verified({ message: 'wrong source', signature: SIGNATURE, key })).toBe(false);
  });

  it('cover method, path with query, time, nonce and body, each line ended', () => {
    const request = {
      method: 'GET',
      path: '/v3/certificates',
      timestamp: '1554208460',
      nonce: '593BEC0C930BF1AFEB40B4A08C8FB242',
      body: '',
    };
    expect(requestMessage(request)).toBe('GET\n/v3/certificates\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n');
    expect(replyMessage({ timestamp: '1', nonce: 'n', body: Buffer.from('{}') }).toString()).toBe('1\nn\n{}\n');
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const header = authorization({ ...request, merchantId: '1900009191', serial: '1DDE', privateKey });
    expect(header).toMatch(
      /^WECHATPAY2-SHA256-RSA2048 mchid="1900009191",nonce_str="593B[^"]+",signature="[A-Za-z0-9+/=]{344}",timestamp="1554208460",serial_no="1DDE"$/,
    );
    const signature = /signature="([^"]+)"/.exec(header)?.[1] ?? '';
    expect(verified({ message: requestMessage(request), signature, key: publicKey })).toBe(true);
  });

  it('opens the published cipher text and nothing that was changed', () => {
    const sealed = {
      apiV3Key: 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb',
      nonce: 'uluk4a9R25RW',
      associatedData: 'associatedData',
      ciphertext: 'ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=',
    };
    expect(openResource(sealed)).toBe('message');
    for (const change of [
      { associatedData: 'other' },
      { nonce: 'uluk4a9R25RX' },
      { apiV3Key: `b${sealed.apiV3Key.slice(1)}` },
      { ciphertext: 'vlwSiIajGClcvcOYvOQ7+l+0PAbzzwI=' },
      { ciphertext: 'AAAA' },
    ])
      expect(() => openResource({ ...sealed, ...change })).toThrow();
  });
});

describe('an account', () => {
  it('that is not whole is refused by name, without a value of it', () => {
    expect(accountFaults({ baseUrl: 'x', apiV3Key: 'secret' })).toEqual([
      'appId is missing',
      'merchantId is missing',
      'serial is missing',
      'privateKey is missing',
      'noticeOrigin is missing',
      'baseUrl is no address',
      'apiV3Key must have 32 bytes',
      'platformKeys has no key',
    ]);
  });
});

describe('an answer', () => {
  const of = { appId: 'wx1', merchantId: 'm1', no: 'n1' };
  const trade = (more: object) => ({ appid: 'wx1', mchid: 'm1', out_trade_no: 'n1', ...more });
  const paid = {
    trade_state: 'SUCCESS',
    transaction_id: '42',
    success_time: '2026-11-26T18:00:00+08:00',
    amount: { total: 5, currency: 'CNY' },
  };

  it('says what became of a payment', () => {
    const at = new Date('2026-11-26T10:00:00Z');
    expect(tradeOf(trade(paid), of)).toEqual({ state: 'paid', transaction: '42', amount: 5n, at });
    expect(tradeOf(trade({ ...paid, trade_state: 'REFUND' }), of)).toMatchObject({ state: 'paid' });
    for (const [said, state] of [
      ['NOTPAY', 'open'],
      ['USERPAYING', 'open'],
      ['CLOSED', 'closed'],
      ['PAYERROR', 'closed'],
    ])
      expect(tradeOf(trade({ trade_state: said }), of)).toEqual({ state });
  });

  it('that is about something else, or says what is not known, leaves the outcome unknown', () => {
    for (const wrong of [
      { ...paid, mchid: 'm2' },
      { ...paid, appid: 'wx2' },
      { ...paid, out_trade_no: 'n2' },
      { ...paid, trade_state: 'NEW' },
      { ...paid, transaction_id: undefined },
      { ...paid, amount: { total: 1.5 } },
      { ...paid, amount: { total: 5, currency: 'USD' } },
      { ...paid, success_time: 'soon' },
    ])
      expect(() => tradeOf(trade(wrong), of)).toThrow(OutcomeUnknown);
  });

  it('says what became of a refund', () => {
    const refund = {
      out_refund_no: 'r',
      refund_id: '50',
      success_time: '2026-11-26T18:00:00+08:00',
      amount: { refund: 3 },
    };
    expect(refundOf({ ...refund, status: 'SUCCESS' }, { no: 'r' })).toMatchObject({ state: 'refunded', amount: 3n });
    expect(refundOf({ ...refund, refund_status: 'ABNORMAL' }, {})).toEqual({ state: 'stuck' });
    expect(refundOf({ ...refund, status: 'PROCESSING' }, {})).toEqual({ state: 'under-way' });
    expect(refundOf({ ...refund, status: 'CLOSED' }, {})).toEqual({ state: 'failed' });
    expect(() => refundOf({ ...refund, status: 'SUCCESS' }, { no: 'other' })).toThrow(OutcomeUnknown);
  });
});

describe('a notice', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const account: MerchantAccount = {
    baseUrl: 'https://pay.example',
    appId: 'wx1',
    merchantId: 'm1',
    serial: 's',
    privateKey: '',
    apiV3Key: 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb',
    platformKeys: { P1: publicKey.export({ type: 'spki', format: 'pem' }) as string },
    noticeOrigin: 'https://city.example',
  };
  const now = new Date('2026-11-26T10:00:00Z');
  const read = (text: string, more: object = {}) => {
    const timestamp = String(now.getTime() / 1000);
    const body = Buffer.from(text);
    const headers = {
      'wechatpay-serial': 'P1',
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': 'n',
      'wechatpay-signature': sign(replyMessage({ timestamp, nonce: 'n', body }).toString('utf8'), privateKey),
      ...more,
    };
    return readWechatNotice({ account, headers, body, now });
  };

  it('is refused in whatever form it is not one, signed or not', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(() => read(text)).toThrow('');
      }),
      { numRuns: 100, seed: 4 },
    );
    for (const missing of ['serial', 'timestamp', 'nonce', 'signature'])
      expect(() => read('{}', { [`wechatpay-${missing}`]: undefined })).toThrow('signature');
  });
});

describe('a bill', () => {
  const HEAD =
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,' +
    '退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
  const FOOT = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
  const PAID =
    '`2026-11-25 10:00:01,`wx1,`m1,`0,`,`4200001,`a1,`o,`NATIVE,`SUCCESS,`OTHERS,`CNY,`125.00,`0.00,`0,`0,`0.00,`0.00,`,`,`费用,`,`0.00000,`0.00%,`125.00,`0.00,`';
  const BACK =
    '`2026-11-25 11:00:00,`wx1,`m1,`0,`,`4200001,`a1,`o,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`5000001,`r1,`1.00,`0.00,`ORIGINAL,`SUCCESS,`费用,`,`0.00000,`0.00%,`0.00,`1.00,`';
  const bill = (rows: string[], sums: string) => `\ufeff${[HEAD, ...rows, FOOT, sums].join('\r\n')}\r\n`;
  const good = bill([PAID, BACK], '`2,`125.00,`1.00,`0.00,`0.00000,`125.00,`1.00');

  it('has a row for each payment and refund, by the names of its columns', () => {
    expect(readTradeBill(good)).toEqual([
      {
        kind: 'payment',
        number: 'a1',
        reference: '4200001',
        state: 'SUCCESS',
        amount: 12_500n,
        fee: 0n,
        at: new Date('2026-11-25T02:00:01Z'),
      },
      {
        kind: 'refund',
        number: 'r1',
        reference: '5000001',
        state: 'SUCCESS',
        amount: 100n,
        fee: 0n,
        at: new Date('2026-11-25T03:00:00Z'),
      },
    ]);
  });

  it('is not believed if a column is missing, a row is cut off or the totals do not fit', () => {
    for (const wrong of [
      '',
      'no bill',
      good.replace('商户退款单号', '其他'),
      bill([PAID], '`2,`125.00,`1.00,`0.00,`0.00000,`125.00,`1.00'),
      bill([PAID, BACK], '`2,`125.00,`1.00,`0.00,`0.00000,`126.00,`1.00'),
      bill([PAID, BACK], '`2,`125.00,`1.00,`0.00,`0.00000,`125.00,`2.00'),
      good.replace('`SUCCESS,`OTHERS', '`STRANGE,`OTHERS'),
      good.replace('`125.00,`0.00,`\r', '`12x,`0.00,`\r'),
      good.split(FOOT)[0] ?? '',
    ])
      expect(() => readTradeBill(wrong)).toThrow(BillBroken);
  });
});
