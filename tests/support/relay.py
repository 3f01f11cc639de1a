"""A relay that takes every mail and remembers it, for tests of what a desk sends."""
import collections
import email
import re
import socketserver
import threading


class Relay:
    """Listens on a free port, in threads of its own."""

    def __init__(self):
        self.lock = threading.Lock()
        self.open = threading.Event()
        self.open.set()
        self.taken = []  # (Message-ID, recipients, the words "reply N." of its text or "")
        relay = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self):
                try:
                    relay.talk(self.rfile, self.wfile)
                except OSError:
                    pass  # the desk was killed

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.server = Server(("127.0.0.1", 0), Session)
        self.url = f"smtp://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hold(self):
        """Who connects now waits for the greeting until go_on()."""
        self.open.clear()

    def go_on(self):
        self.open.set()

    def talk(self, lines, answers):
        def say(text):
            answers.write(text + b"\r\n")

        recipients = []
        self.open.wait()
        say(b"220 relay.example")
        while line := lines.readline():
            verb = line[:4].upper()
            if verb in (b"MAIL", b"RSET"):
                recipients = []
            if verb == b"RCPT":
                recipients.append(line.split(b"<")[1].split(b">")[0].decode())
            if verb == b"EHLO":
                say(b"250-relay.example\r\n250 8BITMIME")
            elif verb == b"DATA":
                say(b"354 go on")
                text = []
                while (line := lines.readline()) != b".\r\n":
                    if not line:
                        return
                    text.append(line[1:] if line.startswith(b".") else line)
                self.remember(b"".join(text), recipients)
                say(b"250 taken")
            elif verb == b"QUIT":
                return say(b"221 bye")
            else:
                say(b"250 fine")

    def remember(self, raw, recipients):
        mail = email.message_from_bytes(raw)
        text = next(part for part in mail.walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
        named = re.match(rb"\s*(reply \d+\.)", text)
        with self.lock:
            self.taken.append((mail["Message-ID"], recipients, named[1].decode() if named else ""))

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
