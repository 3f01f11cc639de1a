"""Running the program: stopping without losing a word, watching, logs without secrets, commands beside the server."""
import http.client
import json
import re
import signal
import socket
import subprocess
import unittest

import case
from case import desks, relays


class Stopping(case.DeskCase):
    def setUp(self):
        super().setUp()
        self.served = self.desk()
        self.assertTrue(self.served.start())

    def ask_to_stop(self):
        self.served.process.send_signal(signal.SIGTERM)
        self.wait("the draining", lambda: '"draining"' in self.logged(self.served))

    def ended(self):
        return self.served.process.wait(30)

    def test_a_mail_under_way_gets_its_answer(self):
        self.wait("the mailbox", self.served.takes_mail)
        door = self.served.mail_door()
        door.docmd("MAIL FROM:<joe@client.example>")
        door.docmd(f"RCPT TO:<{desks.MAILBOX}>")
        self.assertEqual(door.docmd("DATA")[0], 354)
        door.send(b"Subject: Half\r\nMessage-ID: <half@client.example>\r\n\r\nThe first half,\r\n")
        self.ask_to_stop()

        def is_shut(port):
            try:
                socket.create_connection(("127.0.0.1", port), 5).close()
            except OSError:
                return True

        # Every door, before the mail under way is in.
        for port in (self.served.smtp, self.served.lmtp, self.served.http):
            self.wait("the shut door", lambda: is_shut(port))
        door.send(b"and the second.\r\n.\r\n")
        self.assertEqual(door.getreply()[0], 250)
        self.assertEqual(self.ended(), 0)
        self.assertTrue(self.served.start())
        self.served.wait_until_received(1)
        self.assertEqual([one["subject"] for one in self.served.pages("/tickets?limit=10")], ["Half"])

    def test_a_request_under_way_is_answered(self):
        body = json.dumps({"email": "joe@client.example", "text": "Where is it?"}).encode()
        with socket.create_connection(("127.0.0.1", self.served.http), 20) as client:
            client.sendall((f"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.served.token}\r\n"
                            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n").encode())
            answers = client.makefile("rb")
            self.assertEqual(answers.readline() + answers.readline(), b"HTTP/1.1 100 Continue\r\n\r\n")
            client.sendall(body[:9])
            self.ask_to_stop()
            client.sendall(body[9:])
            answer = answers.read()
        self.assertTrue(answer.startswith(b"HTTP/1.1 201 "), answer)
        self.assertIn(b"connection: close", answer.lower())
        self.assertEqual(self.ended(), 0)

    def test_idle_connections_do_not_hold_it_up(self):
        idle = http.client.HTTPConnection("127.0.0.1", self.served.http)
        idle.request("GET", "/healthz")
        idle.getresponse().read()
        door = self.served.mail_door()
        self.ask_to_stop()
        self.assertEqual(door.getreply()[0], 421)
        self.assertEqual(self.ended(), 0)
        idle.close()

    def test_twice_is_at_once(self):
        door = self.served.mail_door()
        door.docmd("MAIL FROM:<joe@client.example>")
        self.ask_to_stop()
        self.served.process.send_signal(signal.SIGTERM)
        self.served.process.wait(5)


class Watching(case.DeskCase):
    def test_health_readiness_and_metrics(self):
        served = self.desk()
        self.assertTrue(served.start())
        for path, text in (("/healthz", b"ok\n"), ("/readyz", b"ready\n")):
            self.assertEqual(served.ask("GET", path), (200, text))
        self.wait("the mailbox", served.takes_mail)
        with served.mail_door() as door:
            self.hand_over(door, b"Subject: One\r\n\r\nOne.\r\n")
            self.assertEqual(door.docmd("MAIL FROM:<joe@client.example>")[0], 250)
            self.assertEqual(door.docmd("RCPT TO:<nobody@desk.example>")[0], 550)
        figures = served.wait_until_received(1)
        self.assertEqual(figures['fifteen_mail_outcomes_total{outcome="opened"}'], 1)
        status, text = served.ask("GET", "/metrics")
        self.assertEqual(status, 200)
        told = set(re.findall(r"^# TYPE (\S+)", text.decode(), re.M))
        with open(case.root + "/docs/operators.md") as page:
            documented = set(re.findall(r"`(fifteen_\w+)", page.read()))
        self.assertEqual(told, documented, "docs/operators.md names each metric")

    def test_strangers_see_no_metrics(self):
        served = self.desk()
        self.assertTrue(served.start(http=case.ELSEWHERE))
        for path, expected in (("/metrics", 401), ("/healthz", 200), ("/readyz", 200)):
            stranger = http.client.HTTPConnection(case.ELSEWHERE, served.http, timeout=20)
            stranger.request("GET", path)
            self.assertEqual(stranger.getresponse().status, expected, path)
            stranger.close()


class Logs(case.DeskCase):
    def test_are_json_lines_that_name_requests_and_mails_and_tell_no_secret(self):
        relay = relays.Relay(asks_password=True)
        served = self.desk(relay=relay.url.replace("smtp://", "smtp://desk:relay-canary@"))
        self.assertTrue(served.start())
        browser = http.client.HTTPConnection("127.0.0.1", served.http, timeout=20)

        def ask(method, path, body=None, headers=None):
            browser.request(method, path, body and json.dumps(body), {"Content-Type": "application/json", **(headers or {})})
            answer = browser.getresponse()
            answer.text = answer.read().decode()
            return answer

        secrets = [case.PASSWORD, "relay-canary", served.token, "wrong-canary", "body-canary"]
        ask("POST", "/api/v1/session", {"email": "bob@desk.example", "password": "wrong-canary"})
        signed_in = ask("POST", "/api/v1/session", {"email": "bob@desk.example", "password": case.PASSWORD})
        cookie = signed_in.getheader("Set-Cookie").split(";")[0]
        csrf = json.loads(signed_in.text)["csrf"]
        secrets += [cookie.split("=")[1], csrf]
        mine = {"Cookie": cookie, "X-CSRF-Token": csrf}

        ask("POST", "/api/v1/password-resets", {"email": "bob@desk.example"})
        self.wait("the reset mail", lambda: relay.mails)
        link = re.search(r"/reset/([\w-]+)", str(relay.mails[0][0]))[1]
        secrets.append(link)
        self.assertEqual(ask("GET", "/api/v1/password-resets/" + link).status, 200)
        self.assertEqual(ask("PUT", "/api/v1/password-resets/" + link, {"password": "new canary word"}).status, 204)
        secrets.append("new canary word")

        opened = ask("POST", "/api/v1/tickets", {"email": "joe@client.example", "text": "body-canary"},
                     {"Authorization": "Bearer " + served.token})
        self.assertEqual(opened.status, 201, opened.text)
        ask("GET", "/api/v1/tickets?token=query-canary", headers=mine)
        secrets.append("query-canary")
        self.wait("the mailbox", served.takes_mail)
        with served.mail_door() as door:
            self.hand_over(door, b"Subject: subject-canary\r\nMessage-ID: <one@client.example>\r\n\r\nbody-canary\r\n")
        served.wait_until_received(1)
        self.wait("the acknowledgement", lambda: len(relay.mails) > 1)
        self.assertEqual(served.stop(), 0)

        text = self.logged(served)
        lines = [json.loads(line) for line in text.splitlines()]
        for line in lines:
            self.assertEqual(list(line)[:3], ["at", "level", "event"], line)
        for secret in secrets:
            self.assertNotIn(secret, text)
        requests = {line["request"]: line for line in lines if line["event"] == "http_change"}
        self.assertEqual(requests[opened.getheader("X-Request-Id")]["path"], "/api/v1/tickets")
        received = [line for line in lines if line["event"] == "mail_received"]
        self.assertEqual([line["rfc_message_id"] for line in received], ["one@client.example"])
        self.assertTrue(all(line["rfc_message_id"] for line in lines if line["event"] == "mail_tried"))


class Beside(case.DeskCase):
    def test_commands_work_beside_the_server(self):
        served = self.desk()
        self.assertTrue(served.start())
        for number in range(20):
            served.ask("POST", "/api/v1/tickets", {"email": f"c{number}@client.example", "text": f"Question {number}"})
        self.assertEqual(served.command("check"), "all is well\n")
        served.command("reindex")
        served.command("backup", self.folder.name + "/backup")
        self.assertEqual(served.command("check"), "all is well\n")
        self.assertEqual(served.ask("GET", "/readyz")[0], 200)
        self.wait("the index", lambda: served.get("/search?q=Question")["tickets"])
        moved = ["--data", self.folder.name + "/moved"]
        run = lambda *words: subprocess.run([case.BINARY, *words, *moved], check=True, capture_output=True, text=True)
        run("restore", self.folder.name + "/backup")
        self.assertEqual(run("check").stdout, "all is well\n")
        self.assertEqual(run("export").stdout, served.command("export"))

    def refused(self, *words):
        done = subprocess.run([case.BINARY, *words], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        return done.returncode, done.stderr

    def test_a_folder_has_one_server(self):
        served = self.desk()
        self.assertTrue(served.start())
        code, line = self.refused("serve", "--http", "127.0.0.1:0", *served.options)
        self.assertEqual(code, 69)
        self.assertIn("another fifteen serves this folder", line)
        code, line = self.refused("restore", "/dev/null", *served.options)
        self.assertEqual(code, 69, line)
        served.kill()
        self.assertTrue(served.start(), "a server that was killed leaves nothing in the way")

    def test_a_taken_port_is_one_clear_line(self):
        served = self.desk()
        self.assertTrue(served.start())
        for option, port in (("--http", served.http), ("--smtp", served.smtp), ("--lmtp", served.smtp)):
            code, line = self.refused("serve", option, f"127.0.0.1:{port}", "--data", self.folder.name + "/other")
            self.assertEqual(code, 71)
            self.assertIn(f"127.0.0.1:{port}: the port is taken by another program", line)


if __name__ == "__main__":
    unittest.main()
