import { readFile } from 'node:fs/promises';
import { port, type Services } from '#platform/kernel/app.ts';

/** A mail server of this installation (RFC 5321). */
export type SmtpAccount = {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS is asked for, and needed unless `plain`. */
  secure: boolean;
  /** A relay inside the house without TLS. */
  plain?: boolean;
  user?: string;
  password?: string;
  from: string;
  /** Networks inside the building that the name may lie in (CIDR). */
  networks?: readonly string[];
};
/** An account for short messages (短信), by the public documentation of Alibaba Cloud's SendSms (2017-05-25). */
export type SmsAccount = {
  baseUrl: string;
  accessKeyId: string;
  accessKeySecret: string;
  signName: string;
  templateCode: string;
  networks?: readonly string[];
};
/** An official account (微信服务号), by the public documentation of template messages. */
export type WechatAccount = {
  baseUrl: string;
  appId: string;
  secret: string;
  templateId: string;
  networks?: readonly string[];
};
export type MessagingAccounts = { smtp?: SmtpAccount; sms?: SmsAccount; wechat?: WechatAccount };

/** Where accounts come from if no file is configured: a sample district simulates some. */
export const messagingAccounts = port<{ accounts(services: Services): Promise<MessagingAccounts> }>(
  'signal.messaging-accounts',
);

/** The accounts of this installation: of its file, else those that modules provide. */
export async function accountsOf(services: Services): Promise<MessagingAccounts> {
  const file = services.config.messagingFile;
  if (file !== undefined) return JSON.parse(await readFile(file, 'utf8')) as MessagingAccounts;
  const parts = await Promise.all(
    services.registry.provided(messagingAccounts).map(({ value }) => value.accounts(services)),
  );
  return Object.assign({}, ...parts) as MessagingAccounts;
}
