import { once } from 'node:events';
import { connect } from 'node:net';

// Sends a mail through the door at HOST:PORT; when its 250 came, in ms since 1970. swaks can't tell: a process takes
// longer to start and end than the whole mail.
export async function acceptedAt(door, { from, to, subject, body }) {
  const [host, port] = door.split(':');
  const socket = connect(Number(port), host).setEncoding('latin1');
  const answer = async (want) => {
    const [text] = await once(socket, 'data');
    if (!text.startsWith(want)) throw new Error(`the door said ${text}`);
    return Date.now();
  };
  await answer('220');
  const say = (line, want) => { socket.write(`${line}\r\n`); return answer(want); };
  await say('EHLO client.example', '250');
  await say(`MAIL FROM:<${from}>`, '250');
  await say(`RCPT TO:<${to}>`, '250');
  await say('DATA', '354');
  const at = await say(`From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\n\r\n${body}\r\n.`, '250');
  socket.end('QUIT\r\n');
  return at;
}
