"""The encrypted doors of the program as it ships: HTTPS, STARTTLS, and certificates that change while it serves."""
import http.client
import json
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import unittest
import warnings

import case

SIGN_IN = json.dumps({"email": "bob@desk.example", "password": case.PASSWORD})
JSON = {"Content-Type": "application/json"}


class Https(case.DeskCase):
    def setUp(self):
        super().setUp()
        self.mine = self.certificate()
        self.served = self.desk()
        self.assertTrue(self.served.start(more=["--https", "127.0.0.1:0", *self.files(self.mine)]))

    def files(self, certificate):
        return ["--tls-cert", certificate.file, "--tls-key", certificate.key]

    def https(self, context=None):
        return http.client.HTTPSConnection("localhost", self.served.https, timeout=20,
                                           context=context or self.mine.client_context())

    def ask(self, connection, method, path, body=None, headers=None):
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        return answer

    def test_a_session_over_https_has_a_host_cookie(self):
        connection = self.https()
        answer = self.ask(connection, "POST", "/api/v1/session", SIGN_IN, JSON)
        self.assertEqual(answer.status, 200, answer.text)
        cookie = answer.getheader("Set-Cookie")
        self.assertRegex(cookie, r"^__Host-fifteen=[\w-]{20,}; Path=/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$")
        self.assertRegex(answer.getheader("Strict-Transport-Security"), r"^max-age=\d+")
        pair = cookie.split(";")[0]
        self.assertEqual(self.ask(connection, "GET", "/api/v1/session", headers={"Cookie": pair}).status, 200)
        # The same token under the name that plain http uses is no session here, nor the other way round.
        plain = self.ask(connection, "GET", "/api/v1/session", headers={"Cookie": pair.removeprefix("__Host-")})
        self.assertEqual(plain.status, 401)
        loopback = http.client.HTTPConnection("127.0.0.1", self.served.http, timeout=20)
        self.assertEqual(self.ask(loopback, "GET", "/api/v1/session", headers={"Cookie": pair}).status, 401)

    def test_plain_http_on_loopback_has_a_plain_cookie(self):
        loopback = http.client.HTTPConnection("127.0.0.1", self.served.http, timeout=20)
        answer = self.ask(loopback, "POST", "/api/v1/session", SIGN_IN, JSON)
        self.assertRegex(answer.getheader("Set-Cookie"), r"^fifteen=")
        self.assertNotIn("Secure", answer.getheader("Set-Cookie"))
        self.assertIsNone(answer.getheader("Strict-Transport-Security"))

    def test_speaks_tls_1_2_and_1_3_and_nothing_older(self):
        def version(highest, ciphers):
            context = self.mine.client_context()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.minimum_version = ssl.TLSVersion.TLSv1
                context.maximum_version = highest
            context.set_ciphers(ciphers)
            with socket.create_connection(("127.0.0.1", self.served.https), 20) as plain:
                with context.wrap_socket(plain, server_hostname="localhost") as encrypted:
                    return encrypted.version()

        self.assertEqual(version(ssl.TLSVersion.TLSv1_3, "DEFAULT"), "TLSv1.3")
        self.assertEqual(version(ssl.TLSVersion.TLSv1_2, "DEFAULT"), "TLSv1.2")
        for highest, ciphers in ((ssl.TLSVersion.TLSv1_1, "ALL:@SECLEVEL=0"), (ssl.TLSVersion.TLSv1, "ALL:@SECLEVEL=0"),
                                 (ssl.TLSVersion.TLSv1_2, "AES128-SHA:@SECLEVEL=0"),
                                 (ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-SHA256:@SECLEVEL=0")):
            with self.assertRaises((ssl.SSLError, ConnectionError), msg=f"{highest} {ciphers}"):
                version(highest, ciphers)

    def test_takes_no_key_exchange_that_costs_much(self):
        def agrees_on(group):
            shaken = subprocess.run(
                ["openssl", "s_client", "-connect", f"127.0.0.1:{self.served.https}", "-tls1_3", "-groups", group],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20)
            return "Cipher is TLS_" in shaken.stdout

        groups = ("X25519", "P-256", "P-384", "P-521", "X448", "ffdhe2048", "ffdhe8192")
        self.assertEqual([group for group in groups if agrees_on(group)], ["X25519", "P-256", "P-384"])

    def test_resumes_a_session_without_a_ticket(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = self.mine.client_context()
            context.minimum_version = context.maximum_version = version

            def session(before=None):
                with socket.create_connection(("127.0.0.1", self.served.https), 20) as plain:
                    with context.wrap_socket(plain, server_hostname="localhost", session=before) as encrypted:
                        encrypted.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                        while encrypted.recv(4096):
                            pass
                        return encrypted.session, encrypted.session_reused

            first, reused = session()
            self.assertFalse(reused)
            if version == ssl.TLSVersion.TLSv1_2:
                self.assertFalse(first.has_ticket)
            self.assertTrue(session(first)[1], version)

    def test_says_that_it_ends(self):
        """By close_notify, so that nobody can pass a cut for an end; and who still sends then is not cut off."""
        def read_to_the_end(port, ahead, last, late=b""):
            with socket.create_connection(("127.0.0.1", port), 20) as plain:
                for words in ahead:
                    plain.recv(4096), plain.sendall(words)
                if ahead:
                    plain.recv(4096)
                context = self.mine.client_context()
                with context.wrap_socket(plain, server_hostname="localhost", suppress_ragged_eofs=False) as encrypted:
                    encrypted.sendall(last)
                    said = b""
                    while more := encrypted.recv(4096):
                        said += more
                    encrypted.sendall(late)
                    return said

        self.assertIn(b"200 OK", read_to_the_end(self.served.https, [], b"GET /healthz HTTP/1.0\r\n\r\n"))
        large = b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n" + bytes(10_000)
        self.assertIn(b"HTTP/1.1 413 ", read_to_the_end(self.served.https, [], large, bytes(100_000)))
        self.assertIn(b"221 ", read_to_the_end(self.served.smtp, [b"EHLO x.example\r\n", b"STARTTLS\r\n"], b"QUIT\r\n"))

    def test_a_handshake_that_never_ends_holds_up_nobody(self):
        silent = socket.create_connection(("127.0.0.1", self.served.https), 20)
        rubbish = socket.create_connection(("127.0.0.1", self.served.https), 20)
        rubbish.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertEqual(self.ask(self.https(), "GET", "/healthz").status, 200)
        silent.close(), rubbish.close()

    def test_a_new_certificate_is_taken_while_old_connections_live_on(self):
        before = self.https()
        self.assertEqual(self.ask(before, "GET", "/healthz").status, 200)
        mail_before = smtplib.SMTP("127.0.0.1", self.served.smtp, timeout=20)
        mail_before.starttls(context=ssl._create_unverified_context())
        old = self.mine.der
        next_one = self.certificate("next")

        def seen_by_https():
            context = ssl._create_unverified_context()
            with socket.create_connection(("127.0.0.1", self.served.https), 20) as plain:
                with context.wrap_socket(plain) as encrypted:
                    return encrypted.getpeercert(True)

        def seen_by_smtp():
            with smtplib.SMTP("127.0.0.1", self.served.smtp, timeout=20) as door:
                door.starttls(context=ssl._create_unverified_context())
                return door.sock.getpeercert(True)

        self.assertEqual((seen_by_https(), seen_by_smtp()), (old, old))
        shutil.copy(next_one.file, self.mine.file), shutil.copy(next_one.key, self.mine.key)
        self.assertEqual(seen_by_https(), old, "nothing is read before it is asked for")
        self.served.process.send_signal(signal.SIGHUP)
        self.wait("the new certificate", lambda: seen_by_https() == next_one.der)
        self.assertEqual(seen_by_smtp(), next_one.der)
        self.assertEqual(self.ask(before, "GET", "/healthz").status, 200, "the old connection lives on")
        self.assertEqual(mail_before.ehlo("client.example")[0], 250, "here, too")
        mail_before.quit()

        with open(self.mine.file, "w") as broken:
            broken.write("not a certificate")
        self.served.process.send_signal(signal.SIGHUP)
        self.wait("the complaint", lambda: "certificate_kept" in self.logged(self.served))
        self.assertEqual(seen_by_https(), next_one.der)
        self.assertEqual(self.ask(before, "GET", "/healthz").status, 200)
        self.assertEqual(self.served.stop(), 0)

    def test_a_live_stream_over_https(self):
        answer = self.ask(self.https(), "POST", "/api/v1/session", SIGN_IN, JSON)
        pair = answer.getheader("Set-Cookie").split(";")[0]
        with socket.create_connection(("127.0.0.1", self.served.https), 20) as plain:
            with self.mine.client_context().wrap_socket(plain, server_hostname="localhost") as encrypted:
                encrypted.sendall((f"GET /api/v1/live HTTP/1.1\r\nHost: localhost:{self.served.https}\r\n"
                                   f"Origin: https://localhost:{self.served.https}\r\nConnection: Upgrade\r\n"
                                   "Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                   f"Sec-WebSocket-Version: 13\r\nCookie: {pair}\r\n\r\n").encode())
                seen = b""
                while b'"hello"' not in seen:
                    more = encrypted.recv(4096)
                    self.assertTrue(more, seen)
                    seen += more
                self.assertTrue(seen.startswith(b"HTTP/1.1 101 "), seen)


class PlainHttp(case.DeskCase):
    def test_from_elsewhere_shows_the_page_that_says_why(self):
        served = self.desk()
        self.assertTrue(served.start(http=case.ELSEWHERE))
        elsewhere = http.client.HTTPConnection(case.ELSEWHERE, served.http, timeout=20)
        for path in ("/", "/signin", "/t/1", "/reset"):
            elsewhere.request("GET", path)
            answer = elsewhere.getresponse()
            page = answer.read().decode()
            self.assertEqual(answer.status, 403, path)
            self.assertIn("https", page, path)
            self.assertIsNone(answer.getheader("Set-Cookie"))
        elsewhere.request("POST", "/api/v1/session", SIGN_IN, JSON)
        answer = elsewhere.getresponse()
        self.assertEqual((answer.status, answer.getheader("Set-Cookie")), (403, None))
        answer.read()
        # Customers' pages ask for no password.
        elsewhere.request("GET", "/help/contact")
        self.assertEqual(elsewhere.getresponse().status, 200)


class StartTls(case.DeskCase):
    def setUp(self):
        super().setUp()
        self.mine = self.certificate()
        self.served = self.desk()
        self.assertTrue(self.served.start(more=["--tls-cert", self.mine.file, "--tls-key", self.mine.key]))
        self.wait("the mailbox", self.served.takes_mail)

    def test_swaks_hands_over_a_mail(self):
        sent = subprocess.run(
            ["swaks", "--server", f"127.0.0.1:{self.served.smtp}", "--tls", "--tls-verify", "--tls-ca-path",
             self.mine.file, "--from", "joe@client.example", "--to", case.desks.MAILBOX,
             "--header", "Subject: Encrypted", "--hide-all"], capture_output=True, text=True)
        self.assertEqual(sent.returncode, 0, sent.stdout + sent.stderr)
        self.served.wait_until_received(1)
        self.assertEqual([one["subject"] for one in self.served.pages("/tickets?limit=10")], ["Encrypted"])

    def test_what_was_said_ahead_of_the_handshake_is_forgotten(self):
        with socket.create_connection(("127.0.0.1", self.served.smtp), 20) as plain:
            lines = plain.makefile("rb")
            lines.readline()
            plain.sendall(b"EHLO evil.example\r\n")
            while not lines.readline().startswith(b"250 "):
                pass
            # The words of a man in the middle, in one packet with STARTTLS (CVE-2011-0411).
            plain.sendall(b"STARTTLS\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\n")
            self.assertTrue(lines.readline().startswith(b"220 "))
            context = self.mine.client_context()
            try:
                encrypted = context.wrap_socket(plain, server_hostname="localhost")
            except (ssl.SSLError, OSError):
                return  # it would rather end than go on
            answers = encrypted.makefile("rb")
            encrypted.sendall(b"DATA\r\n")
            self.assertRegex(answers.readline(), rb"^503 ", "neither greeting nor sender is known")
            encrypted.sendall(b"EHLO client.example\r\n")
            offers = []
            while not offers or not offers[-1].startswith(b"250 "):
                offers.append(answers.readline())
            self.assertFalse([one for one in offers if b"STARTTLS" in one], offers)
            encrypted.sendall(b"DATA\r\n")
            self.assertRegex(answers.readline(), rb"^503 ", "no sender is known")

    def test_is_not_offered_without_a_certificate(self):
        other = self.desk()
        self.assertTrue(other.start())
        with other.mail_door() as door:
            self.assertFalse(door.has_extn("starttls"))
            self.assertEqual(door.docmd("STARTTLS")[0], 502)


if __name__ == "__main__":
    unittest.main()
