"""What the flow tests share: a desk that is taken down again, certificates, and a place beside the loopback."""
import json
import os
import ssl
import subprocess
import sys
import tempfile
import unittest

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(root, "tests"))

from support import desk as desks  # noqa: E402
from support import relay as relays  # noqa: E402

BINARY = os.environ.get("FIFTEEN_BINARY", os.path.join(root, "build/release/fifteen"))
# An address that is not loopback: scripts/flow_tests gives it to a network that nobody else sees.
ELSEWHERE = "192.0.2.1"
PASSWORD = "correct horse battery"


class Certificate:
    """Self-signed, for localhost and the addresses that tests listen on."""

    def __init__(self, folder, name):
        self.file, self.key = f"{folder}/{name}.crt", f"{folder}/{name}.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:localhost,IP:127.0.0.1,IP:{ELSEWHERE}",
             "-keyout", self.key, "-out", self.file],
            check=True, stderr=subprocess.DEVNULL)
        with open(self.file) as file:
            self.der = ssl.PEM_cert_to_DER_cert(file.read())

    def server_context(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context

    def client_context(self):
        """Trusts this certificate alone."""
        return ssl.create_default_context(cafile=self.file)


class DeskCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="fifteen-flow.")
        self.addCleanup(self.folder.cleanup)

    def desk(self, database="", relay=""):
        made = desks.Desk(BINARY, database=database, relay=relay)
        self.addCleanup(made.remove)
        subprocess.run([BINARY, "agent", "add", "bob@desk.example", "--name", "Bob", "--role", "agent",
                        "--password-stdin", *made.options],
                       input=PASSWORD, text=True, check=True, stdout=subprocess.DEVNULL)
        return made

    def certificate(self, name="desk"):
        return Certificate(self.folder.name, name)

    def hand_over(self, door, raw):
        answer = desks.hand_over(door, "joe@client.example", [desks.MAILBOX], raw)
        self.assertEqual(answer[0], 250, answer)

    def logged(self, desk):
        """What the server has logged so far."""
        with open(desk.folder + "/log", encoding="utf-8", errors="surrogateescape") as log:
            return log.read()

    def wait(self, what, condition, seconds=30):
        return desks.wait_for(what, condition, seconds)

