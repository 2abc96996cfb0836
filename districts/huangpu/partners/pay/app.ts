import { app } from '#platform/kernel/app.ts';
import { merchantAccount } from '#platform/ledger/wechat/merchant-account.ts';
import { merchantOf, SECRETS_CONTEXT } from './merchant.ts';
import { BASE, ownAddress, payMount } from './mount.ts';
import { sendNotice } from './notices.ts';

/**
 * The payment platform of the sample district (样例支付平台): what WeChat Pay's public documentation says, written apart from the adapter that is
 * tried against it. It has a schema of its own and forgets nothing at a restart. Not in a real district.
 */
export const paySimulator = app({
  id: 'pay-simulator',
  kind: 'app',
  folder: 'districts/huangpu/partners/pay',
  title: { zh: '样例支付平台', en: 'Sample payment platform' },
  mounts: [payMount],
  jobs: [sendNotice],
  sealed: [
    {
      table: 'pay_simulator.merchant',
      column: 'secrets',
      key: { single: 'bool' },
      context: () => SECRETS_CONTEXT,
    },
  ],
  provides: [
    merchantAccount.provide({
      account: async (services) => {
        if (!services.config.sample) return undefined;
        const { merchant } = await merchantOf(services);
        const own = ownAddress(services);
        return {
          baseUrl: `${own}${BASE}`,
          networks: ['127.0.0.0/8', '::1/128'],
          appId: merchant.appId,
          merchantId: merchant.merchantId,
          serial: merchant.serial,
          privateKey: merchant.merchantPrivateKey,
          apiV3Key: merchant.apiV3Key,
          platformKeys: { [merchant.platformSerial]: merchant.platformPublicKey },
          noticeOrigin: own,
        };
      },
    }),
  ],
});
