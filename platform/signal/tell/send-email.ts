import { createTransport } from 'nodemailer';
import { resolveAllowed } from '#platform/kernel/outbound.ts';
import type { SmtpAccount } from './accounts.ts';

/** For a whole mail. */
const WAIT_MS = 15_000;

/** `message` is its stable name: the same at every attempt. `unsubscribe` stands where one may unsubscribe from its kind. */
export type Outgoing = {
  message: string;
  to: string;
  title: { zh: string; en: string };
  link: string;
  unsubscribe?: string;
};

/**
 * Sends a mail by SMTP. To the address that was checked, not to the name again; without a content that could hurt if it were read on the way: a title
 * and where to read on. Its Message-ID is that of the message, so a mail that was sent and not noted is the same one when it is sent again; SMTP itself knows no
 * repeat, so the server may take it twice (at least once). One that may be unsubscribed from carries the two headers of RFC 8058; the relay has to sign them
 * with DKIM (RFC 8058, 4), which mail programs ask for before they show the button.
 */
export async function sendEmail(
  account: SmtpAccount,
  { message, to, title, link, unsubscribe }: Outgoing,
): Promise<string> {
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
      text: `${title.zh}\n${title.en}\n\n${link}\n\n${footOf(unsubscribe)}\n`,
      messageId,
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(unsubscribe === undefined
          ? {}
          : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
    });
  } finally {
    transport.close();
  }
  return messageId;
}

const footOf = (unsubscribe: string | undefined): string =>
  unsubscribe === undefined
    ? '这一类通知按规定必须送达，不能退订。\nThis kind of notice has to reach you and cannot be unsubscribed from.'
    : `不再用邮件接收这一类通知 / No more mails of this kind:\n${unsubscribe}`;
