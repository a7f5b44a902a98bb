// E-mail out, by the server that the configuration names; without one nothing leaves.
import type { Transporter } from 'nodemailer';
import type { Config } from './config.ts';

export interface Letter {
  to: string;
  subject: string;
  text: string;
  /** The same for the same letter, so that one sent twice is seen as one. */
  id: string;
}

export interface Mailer {
  /** @throws Error where the mail server does not take it */
  send(letter: Letter): Promise<void>;
  close(): void;
}

const patienceMs = 20_000;

/** Null where e-mail is off. */
export function openMailer(config: Config): Mailer | null {
  if (!config.KHUEVAN_SMTP_URL) return null;
  const options = {
    url: config.KHUEVAN_SMTP_URL,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  // Loaded with the first letter: most installations send none.
  let transport: Transporter | undefined;
  const host = new URL(config.KHUEVAN_PUBLIC_URL ?? 'http://localhost').hostname;
  return {
    async send({ to, subject, text, id }) {
      transport ??= (await import('nodemailer')).createTransport(options);
      await transport.sendMail({
        from: config.KHUEVAN_MAIL_FROM,
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transport?.close(),
  };
}
