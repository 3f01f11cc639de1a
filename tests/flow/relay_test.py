"""How mail leaves the program as it ships: which encryption each kind of relay gets, and when a password is told."""
import unittest

import case
from case import relays


class Outgoing(case.DeskCase):
    def send_one(self, url, environment=None):
        """A desk behind the relay, and one reply on its way."""
        served = self.desk(relay=url)
        self.assertTrue(served.start(environment=environment))
        ticket = served.ask("POST", "/api/v1/tickets", {"email": "joe@client.example", "text": "Where is it?"})
        number = case.json.loads(ticket[1])["id"]
        status, body = served.ask("POST", f"/api/v1/tickets/{number}/messages",
                                  {"kind": "reply", "text": "reply 0. Here it is.", "close": False, "undo_seconds": 0})
        self.assertEqual(status, 201, body)
        return served

    def sent(self, relay, url, environment=None):
        """Whether the mail came encrypted."""
        self.send_one(url, environment)
        self.wait("the reply at the relay", lambda: relay.has(1))
        return {is_encrypted for _, is_encrypted in relay.mails}

    def held(self, relay, url, environment=None):
        """Why nothing came, as Settings → Outgoing tells it."""
        served = self.send_one(url, environment)

        def why():
            items = served.get("/outgoing")["items"]
            return [item["error"] for item in items if item.get("error")]

        reasons = self.wait("a failed try", why)
        self.assertEqual(relay.mails, [])
        self.assertEqual(relay.sign_ins, [])
        return reasons[0]

    def trusted(self, certificate):
        return {"SSL_CERT_FILE": certificate.file}

    def url(self, scheme, relay, account=""):
        return f"{scheme}://{account}{relay.address}"

    def test_smtp_encrypts_when_it_is_offered_whoever_it_is(self):
        relay = relays.Relay(tls=self.certificate().server_context())
        self.assertEqual(self.sent(relay, self.url("smtp", relay)), {True})

    def test_smtp_goes_plain_when_it_is_not_offered(self):
        relay = relays.Relay()
        self.assertEqual(self.sent(relay, self.url("smtp", relay)), {False})

    def test_smtp_with_tls_insists(self):
        relay = relays.Relay()
        self.assertIn("no STARTTLS", self.held(relay, self.url("smtp+tls", relay)))

    def test_smtp_with_tls_wants_a_certificate_it_knows(self):
        mine = self.certificate()
        relay = relays.Relay(tls=mine.server_context())
        self.assertIn("no TLS with", self.held(relay, self.url("smtp+tls", relay)))
        self.assertEqual(self.sent(relay, self.url("smtp+tls", relay), self.trusted(mine)), {True})

    def test_smtps_is_encrypted_from_the_first_byte(self):
        mine = self.certificate()
        relay = relays.Relay(tls=mine.server_context(), is_implicit=True)
        self.assertIn("no TLS with", self.held(relay, self.url("smtps", relay)))
        self.assertEqual(self.sent(relay, self.url("smtps", relay), self.trusted(mine)), {True})

    def test_a_password_goes_over_tls(self):
        mine = self.certificate()
        relay = relays.Relay(tls=mine.server_context(), asks_password=True)
        self.assertEqual(self.sent(relay, self.url("smtp+tls", relay, "desk:s%40cret@"), self.trusted(mine)), {True})
        self.assertEqual(set(relay.sign_ins), {("desk", "s@cret", True)})

    def test_a_password_goes_in_the_clear_to_this_machine_alone(self):
        near = relays.Relay(asks_password=True)
        self.assertEqual(self.sent(near, self.url("smtp", near, "desk:secret@")), {False})
        self.assertEqual(set(near.sign_ins), {("desk", "secret", False)})
        far = relays.Relay(asks_password=True, host=case.ELSEWHERE)
        self.assertIn("not sent in the clear", self.held(far, self.url("smtp", far, "desk:secret@")))

    def test_a_password_is_told_to_nobody_unknown(self):
        far = relays.Relay(tls=self.certificate().server_context(), asks_password=True, host=case.ELSEWHERE)
        self.assertIn("no TLS with", self.held(far, self.url("smtp", far, "desk:secret@")))


if __name__ == "__main__":
    unittest.main()
