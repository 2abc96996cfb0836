import { createTransport } from 'nodemailer';
import { resolveAllowed } from '#platform/kernel/outbound.ts';
import type { SmtpAccount } from './accounts.ts';

/** For a whole mail. */
const WAIT_MS = 15_000;

export type Outgoing = { message: string; to: string; title: { zh: string; en: string }; link: string };

/**
 * Sends a mail by SMTP. To the address that was checked, not to the name again; without a content that could hurt if it were read on the way: a title
 * and where to read on. Its Message-ID is that of the message, so a mail that was sent and not noted is the same one when it is sent again.
 */
export async function sendEmail(account: SmtpAccount, { message, to, title, link }: Outgoing): Promise<string> {
  const { host, port, secure, plain, user, password, from, networks } = account;
  const address = await resolveAllowed({ host, networks: networks ?? [] });
  const transport = createTransport({
    host: address,
    port,
    secure,
    requireTLS: !secure && plain !== true,
    ignoreTLS: plain === true,
    tls: { servername: host },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const messageId = `<${message}@${from.split('@')[1] ?? 'local'}>`;
  try {
    await transport.sendMail({
      from,
      to,
      subject: title.zh,
      text: `${title.zh}\n${title.en}\n\n${link}\n`,
      messageId,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } finally {
    transport.close();
  }
  return messageId;
}
