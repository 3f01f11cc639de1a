import { once } from 'node:events';
import { connect } from 'node:net';

// Many raw mails over one connection to the desk's SMTP door. Resolves with what it said to each.
export async function post(smtp, mails, { from = 'mallory@hostile.example', to }) {
  const [host, port] = smtp.split(':');
  const socket = connect(Number(port), host);
  socket.setEncoding('utf8');
  let heard = '';
  const answer = async () => {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*(\d{3}) .*\r\n/.exec(heard);
      if (whole) { heard = heard.slice(whole[0].length); return whole[1]; }
      heard += (await once(socket, 'data'))[0];
    }
  };
  const say = async (line) => { socket.write(`${line}\r\n`); return answer(); };
  await answer();
  await say('EHLO test');
  const said = [];
  for (const mail of mails) {
    await say(`MAIL FROM:<${from}>`);
    await say(`RCPT TO:<${to}>`);
    await say('DATA');
    said.push(await say(`${mail.replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.`));
  }
  await say('QUIT');
  socket.destroy();
  return said;
}

// RFC 2047 allows 75 characters a word.
const words = (text) => [...text.matchAll(/[\s\S]{1,12}/gu)].map(([part]) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');

// A mail that says the same in its subject, its sender's name, its text and its HTML.
export const mailOf = ({ id, payload, from = 'mallory@hostile.example' }) => [
  `Message-ID: <${id}.${process.pid}@hostile.example>`, `From: ${words(payload.slice(0, 60))} <${from}>`, 'To: help@studio.example',
  `Subject: ${words(`${id} ${payload.slice(0, 120)}`)}`, 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=part', '',
  '--part', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', '', base64(`benign ${id}: ${payload}`),
  '--part', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64', '', base64(`<p>benign ${id}</p><div>${payload}</div>`), '--part--', ''].join('\r\n');

function base64(text) {
  return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
}
