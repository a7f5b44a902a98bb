// A mail server that really receives: enough of SMTP (RFC 5321) for what a client says when it delivers.
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ReceivedLetter {
  from: string;
  to: string[];
  /** As it came, headers and body. */
  source: string;
}

export interface MailServer {
  url: string;
  letters: ReceivedLetter[];
  /** Addresses that are refused, as unknown. */
  unknown: Set<string>;
  close(): Promise<void>;
}

export async function openMailServer(): Promise<MailServer> {
  const letters: ReceivedLetter[] = [];
  const unknown = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, letters, unknown);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    unknown,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, letters: ReceivedLetter[], unknown: Set<string>): void {
  let letter: ReceivedLetter = { from: '', to: [], source: '' };
  let isReceiving = false;
  let pending = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  const hear = (line: string) => {
    const address = /<([^>]*)>/.exec(line)?.[1] ?? '';
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
      case 'HELO':
        return say('250 mail.example');
      case 'MAIL':
        letter = { from: address, to: [], source: '' };
        return say('250 ok');
      case 'RCPT':
        if (unknown.has(address)) return say('550 5.1.1 no such mailbox');
        letter.to.push(address);
        return say('250 ok');
      case 'DATA':
        isReceiving = true;
        return say('354 go on');
      case 'QUIT':
        say('221 bye');
        return socket.end();
      default:
        return say('250 ok');
    }
  };
  say('220 mail.example');
  socket.on('data', (chunk) => {
    pending += chunk.toString('utf8');
    for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (!isReceiving) hear(line);
      else if (line === '.') {
        isReceiving = false;
        letters.push(letter);
        say('250 taken');
      } else letter.source += `${line.replace(/^\.\./, '.')}\n`;
    }
  });
}

/** The readable text of a plain letter. */
export function textOf({ source }: ReceivedLetter): string {
  const [head = '', ...rest] = source.split('\n\n');
  const body = rest.join('\n\n');
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
  const bytes = body
    .replaceAll(/=\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** What the link of a letter that asks to confirm an address proves it by. */
export function tokenIn(letter: ReceivedLetter): string {
  const token = /\/confirm-mail#(\S+)/.exec(textOf(letter))?.[1];
  if (!token) throw new Error('there is no link in the letter');
  return token;
}
