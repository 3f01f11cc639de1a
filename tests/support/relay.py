"""A relay that takes every mail and remembers it, for tests of what a desk sends."""
import base64
import collections
import email
import re
import socketserver
import threading


class Relay:
    """Listens on a free port, in threads of its own. With `tls`, an ssl.SSLContext, it offers STARTTLS, or speaks TLS from
    the first byte where `is_implicit`; with `asks_password` it takes mail from nobody who has not signed in."""

    def __init__(self, tls=None, is_implicit=False, asks_password=False, host="127.0.0.1"):
        self.tls = tls
        self.is_implicit = is_implicit
        self.asks_password = asks_password
        self.mails = []  # what came, whole, and whether it came encrypted
        self.sign_ins = []  # (user, password, whether they came encrypted)
        self.lock = threading.Lock()
        self.open = threading.Event()
        self.open.set()
        self.taken = []  # (Message-ID, recipients, the words "reply N." of its text or "")
        relay = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self):
                try:
                    if relay.is_implicit:
                        self.encrypt()
                    relay.talk(self)
                except OSError:
                    pass  # the desk was killed, or refuses our certificate

            def encrypt(self):
                self.request = relay.tls.wrap_socket(self.request, server_side=True)
                self.setup()

            def is_encrypted(self):
                return hasattr(self.request, "cipher")

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Server((host, 0), Session)
        self.address = f"{host}:{self.server.server_address[1]}"
        self.url = f"smtp://{self.address}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hold(self):
        """Who connects now waits for the greeting until go_on()."""
        self.open.clear()

    def go_on(self):
        self.open.set()

    def talk(self, session):
        def say(text):
            session.wfile.write(text + b"\r\n")

        recipients = []
        is_known = not self.asks_password
        self.open.wait()
        say(b"220 relay.example")
        while line := session.rfile.readline():
            verb = line[:4].upper()
            if verb in (b"MAIL", b"RSET"):
                recipients = []
            if verb == b"RCPT":
                recipients.append(line.split(b"<")[1].split(b">")[0].decode())
            if verb == b"EHLO":
                offers = [b"relay.example", b"8BITMIME"]
                offers += [b"STARTTLS"] if self.tls and not session.is_encrypted() else []
                offers += [b"AUTH PLAIN"] if self.asks_password else []
                say(b"\r\n".join([b"250-" + offer for offer in offers[:-1]] + [b"250 " + offers[-1]]))
            elif verb == b"STAR":
                say(b"220 go on")
                session.encrypt()
            elif verb == b"AUTH":
                _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
                with self.lock:
                    self.sign_ins.append((user, password, session.is_encrypted()))
                is_known = True
                say(b"235 welcome")
            elif not is_known and verb != b"QUIT":
                say(b"530 5.7.0 sign in first")
            elif verb == b"DATA":
                say(b"354 go on")
                text = []
                while (line := session.rfile.readline()) != b".\r\n":
                    if not line:
                        return
                    text.append(line[1:] if line.startswith(b".") else line)
                self.remember(b"".join(text), recipients, session.is_encrypted())
                say(b"250 taken")
            elif verb == b"QUIT":
                return say(b"221 bye")
            else:
                say(b"250 fine")

    def remember(self, raw, recipients, is_encrypted):
        mail = email.message_from_bytes(raw)
        text = next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
        named = re.match(rb"\s*(reply \d+\.)", text)
        with self.lock:
            self.taken.append((mail["Message-ID"], recipients, named[1].decode() if named else ""))
            self.mails.append((mail, is_encrypted))

    def copies(self):
        """The Message-IDs that each named reply came with, a copy each."""
        found = collections.defaultdict(list)
        with self.lock:
            for message_id, recipients, name in self.taken:
                if name:
                    found[name].append((message_id, *recipients))
        return found

    def has(self, replies):
        found = self.copies()
        return all(f"reply {number}." in found for number in range(replies))
