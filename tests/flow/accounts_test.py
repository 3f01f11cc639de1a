"""Accounts from outside: invited, forgotten passwords by mail, and what a stranger can learn by asking."""
import http.client
import json
import os
import re
import statistics
import time
import unittest

import case
from case import relays


class Accounts(case.DeskCase):
    def setUp(self):
        super().setUp()
        self.relay = relays.Relay()
        self.served = self.desk(relay=self.relay.url)
        self.assertTrue(self.served.start(more=["--public-url", "https://help.desk.example"]))
        self.browser = http.client.HTTPConnection("127.0.0.1", self.served.http, timeout=20)

    def ask(self, method, path, body=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.browser.request(method, path, body and json.dumps(body), {"Content-Type": "application/json", **headers})
        answer = self.browser.getresponse()
        answer.text = answer.read().decode()
        return answer

    def sign_in(self, password, email="bob@desk.example", **headers):
        return self.ask("POST", "/api/v1/session", {"email": email, "password": password}, **headers)

    def cookie(self, answer):
        return answer.getheader("Set-Cookie").split(";")[0]

    def test_a_forgotten_password_is_set_anew_by_a_link_in_a_mail(self):
        before = self.cookie(self.sign_in(case.PASSWORD))
        asked = self.ask("POST", "/api/v1/password-resets", {"email": "bob@desk.example"}, Host="evil.example")
        unknown = self.ask("POST", "/api/v1/password-resets", {"email": "nobody@desk.example"})
        self.assertEqual((asked.status, asked.text), (unknown.status, unknown.text))
        self.wait("the mail", lambda: self.relay.mails)
        mail = self.relay.mails[0][0]
        self.assertEqual(mail["To"], "Bob <bob@desk.example>")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        links = re.findall(r"https?://\S+", mail.get_payload(decode=True).decode())
        self.assertEqual(len(links), 1)
        self.assertTrue(links[0].startswith("https://help.desk.example/reset/"), links)
        token = links[0].rsplit("/", 1)[1]

        # The page and its question change nothing: mail scanners follow links.
        self.assertEqual(self.ask("GET", "/reset/" + token).status, 200)
        self.assertEqual(self.ask("GET", "/api/v1/password-resets/" + token).status, 200)
        self.assertEqual(self.ask("PUT", "/api/v1/password-resets/" + token, {"password": "another long one"}).status, 204)
        self.assertEqual(self.ask("PUT", "/api/v1/password-resets/" + token, {"password": "a third long one"}).status, 410)
        self.assertEqual(self.ask("GET", "/api/v1/session", Cookie=before).status, 401)
        self.assertEqual(self.sign_in(case.PASSWORD).status, 401)
        self.assertEqual(self.sign_in("another long one").status, 200)
        self.assertEqual(len(self.relay.mails), 1, "nobody got a second mail")

    def test_an_invited_agent_sets_her_password_and_loses_all_at_her_deactivation(self):
        mine = {"Authorization": "Bearer " + self.served.token}
        invited = self.ask("POST", "/api/v1/agents", {"email": "eve@desk.example", "name": "Eve", "role": "agent"}, **mine)
        self.assertEqual(invited.status, 201, invited.text)
        eve = json.loads(invited.text)
        self.assertEqual(eve["invite_mail"], "queued")
        self.wait("the mail", lambda: self.relay.mails)
        mail = self.relay.mails[0][0]
        self.assertEqual(mail["To"], "Eve <eve@desk.example>")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        links = re.findall(r"https?://\S+", mail.get_payload(decode=True).decode())
        self.assertEqual(links, [eve["invite_url"]])
        self.assertTrue(links[0].startswith("https://help.desk.example/welcome/"), links)
        token = links[0].rsplit("/", 1)[1]
        self.assertEqual(self.sign_in("anything at all", "eve@desk.example").status, 401, "no password yet")
        self.assertEqual(self.ask("PUT", "/api/v1/password-resets/" + token, {"password": "eve's long password"}).status, 204)
        cookie = self.cookie(self.sign_in("eve's long password", "eve@desk.example"))
        self.assertEqual(self.ask("GET", "/api/v1/tickets", Cookie=cookie).status, 200)
        left = self.ask("PATCH", f"/api/v1/agents/{eve['id']}", {"active": False}, **mine)
        self.assertEqual(left.status, 200, left.text)
        self.assertEqual(self.ask("GET", "/api/v1/tickets", Cookie=cookie).status, 401)
        self.assertEqual(self.sign_in("eve's long password", "eve@desk.example").status, 401)

    def test_signing_in_makes_a_new_session_whatever_cookie_was_there(self):
        planted = "fifteen=" + "A" * 43
        first = self.cookie(self.sign_in(case.PASSWORD, Cookie=planted))
        second = self.cookie(self.sign_in(case.PASSWORD, Cookie=first))
        self.assertEqual(len({planted, first, second}), 3)
        self.assertEqual(self.ask("GET", "/api/v1/session", Cookie=planted).status, 401)
        self.assertEqual(self.ask("GET", "/api/v1/session", Cookie=first).status, 401, "the one it replaces is over")
        self.assertEqual(self.ask("GET", "/api/v1/session", Cookie=second).status, 200)

    def cpu_ms(self):
        """What the server has worked so far, over all of its threads."""
        pid = self.served.process.pid
        total = 0
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/schedstat") as stat:
                total += int(stat.read().split()[0])
        return total / 1_000_000

    def medians(self, ask, names):
        """CPU of the server and time on the wall of one question about each of several names, in turns."""
        measured = {name: [] for name in names}
        for _ in range(9):
            for name in names:
                begin, cpu = time.perf_counter(), self.cpu_ms()
                ask(name)
                measured[name].append((self.cpu_ms() - cpu, (time.perf_counter() - begin) * 1000))
        return [[statistics.median(column) for column in zip(*measured[name])] for name in names]

    def test_time_does_not_tell_whether_an_account_exists(self):
        self.served.stop()
        self.assertTrue(self.served.start(more=["--trusted-proxy", "127.0.0.1"]))
        self.browser = http.client.HTTPConnection("127.0.0.1", self.served.http, timeout=20)
        clients = iter(range(1, 200))

        def sign_in(name):
            client = {"X-Forwarded-For": f"198.51.100.{next(clients)}", "X-Forwarded-Proto": "https"}
            self.assertEqual(self.sign_in("not the password", name + "@desk.example", **client).status, 401)

        sign_in("nobody-else")
        (known, known_wall), (unknown, unknown_wall) = self.medians(sign_in, ("bob", "nobody"))
        print(f"sign-in: known {known:.2f} ms CPU, {known_wall:.2f} ms; unknown {unknown:.2f} ms CPU, {unknown_wall:.2f} ms",
              end=" ", flush=True)
        # Both work through argon2id; without it an unknown account would be told in a fiftieth of the time.
        self.assertLess(abs(known - unknown), 0.25 * max(known, unknown))


if __name__ == "__main__":
    unittest.main()
