import { createServer } from 'node:net';
import { once } from 'node:events';

// The mail server behind the desk: takes every mail and keeps it. Deliberately no program's code but this test's own.
export class Sink {
  #mails = [];
  #waiting = [];
  #sockets = new Set();

  static async start() {
    const sink = new Sink();
    sink.server = createServer((socket) => sink.#talk(socket)).listen(0, '127.0.0.1');
    await once(sink.server, 'listening');
    sink.port = sink.server.address().port;
    return sink;
  }

  get count() { return this.#mails.length; }
  to(address) { return this.#mails.filter((mail) => mail.to.includes(address)); }

  // The n-th mail that came (to an address), counted from 0, once it is there.
  mail(n, address = null) {
    const came = () => (address ? this.to(address) : this.#mails)[n];
    if (came()) return Promise.resolve(came());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`mail ${n} did not come; ${this.#mails.length} did`)), 20_000);
      this.#waiting.push({ came, resolve: (mail) => { clearTimeout(late); resolve(mail); } });
    });
  }

  async stop() {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  #talk(socket) {
    this.#sockets.add(socket);
    let rest = '';
    let mail = null;
    const say = (line) => socket.write(`${line}\r\n`);
    const take = (line) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO' || verb === 'HELO') say('250 sink');
      else if (verb === 'MAIL') { mail = { from: line, to: [], raw: null }; say('250 go on'); }
      else if (verb === 'RCPT') { mail.to.push(/<([^>]*)>/.exec(line)[1]); say('250 known'); }
      else if (verb === 'DATA') { mail.raw = ''; say('354 go on'); }
      else if (verb === 'QUIT') { say('221 bye'); socket.end(); }
      else if (verb === 'RSET' || verb === 'NOOP') say('250 so be it');
      else say('502 not here');
    };
    const keep = (line) => {
      if (line !== '.') { mail.raw += `${line.startsWith('.') ? line.slice(1) : line}\r\n`; return; }
      this.#keep({ ...mail, ...read(mail.raw) });
      mail = null;
      say('250 kept');
    };
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (data) => {
      const lines = (rest + data).split('\r\n');
      rest = lines.pop();
      for (const line of lines) mail?.raw != null ? keep(line) : take(line);
    });
    say('220 sink');
  }

  #keep(mail) {
    this.#mails.push(mail);
    this.#waiting = this.#waiting.filter(({ came, resolve }) => {
      if (came()) resolve(came());
      return !came();
    });
  }
}

// Header names in small letters, folded lines joined.
function read(raw) {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  return { headers, body: raw.slice(end + 4) };
}
