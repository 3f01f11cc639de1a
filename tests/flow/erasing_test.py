"""An erased customer, looked for in every file: what she wrote by mail and in forms, what was answered, learned and found."""
import base64
import email.message
import glob
import json
import os
import sqlite3
import time
import unittest
import urllib.parse
import uuid

import case
from case import desks

# Words that nothing else says. The other customer's must stay, as the same look finds them.
HERS, HIS = "quokkavera", "wombatjoe"
VERA, JOE = f"{HERS}@numbat.example", f"{HIS}@numbat.example"
MINUTE = 60
PERIOD = ("--from", "2020-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z")


def mail_of(address, name, files):
    mail = email.message.EmailMessage()
    mail["From"] = f"{name} Surname <{address}>"
    mail["To"] = desks.MAILBOX
    mail["Subject"] = f"{name}subject of a question"
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@client.example>"
    mail.set_content(f"Where is the {name}parcel that I posted in {name}march?")
    mail.add_alternative(f"<p>Where is the {name}parcel that I posted in {name}march?</p>", subtype="html")
    for text in files:
        mail.add_attachment(text.encode(), maintype="application", subtype="x-test", cte="8bit" if text.isascii() else None,
                            filename=f"{name}.bin")
    return mail.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


class Erasing(case.DeskCase):
    def start(self, database=""):
        node = self.desk(database)
        file = self.folder.name + "/articles.jsonl"
        with open(file, "w") as out:
            for article in ({"id": "refunds", "title": "Money back", "body": "We pay back within a week.", "lang": "en"},
                            {"id": "hours", "title": "When we are here", "body": "From nine to five.", "lang": "en"}):
                out.write(json.dumps(article) + "\n")
        node.command("article", "import", file)
        self.assertTrue(node.start())
        self.wait("the mailbox", node.takes_mail)
        return node

    def ask(self, node, method, path, body=None, headers=None):
        status, told = node.ask(method, "/api/v1" + path, body, headers)
        self.assertIn(status, (200, 201, 202, 204), told)
        return json.loads(told) if told else None

    def leave_traces(self, node, address, name):
        """By mail with files, by the API, answered with a link that teaches, with a note and a vote."""
        door = node.mail_door()
        answer = desks.hand_over(door, address, [desks.MAILBOX], mail_of(address, name, [f"{name}file", "the same bytes"]))
        self.assertEqual(answer[0], 250, answer)
        door.quit()
        ticket = self.wait("the ticket", lambda: next(
            (t for t in node.pages("/tickets?limit=100") if t["subject"].startswith(name)), None))
        self.ask(node, "PUT", f"/customers/{name}-id",
                 {"email": address, "name": f"{name} Surname", "traits": {"plan": "pro", "likes": name}})
        self.ask(node, "POST", f"/customers/{name}-id/events", {"name": f"{name}.clicked"})
        second = self.ask_again(node, address, name)
        for one in (ticket["id"], second["id"]):
            self.ask(node, "POST", f"/tickets/{one}/messages",
                     {"kind": "reply", "text": f"Dear {name}, see [this](/help/refunds).", "undo_seconds": 0})
        self.ask(node, "POST", f"/tickets/{second['id']}/messages", {"kind": "note", "text": f"{name} is @Bob's friend"})
        idea = self.ask(node, "POST", "/ideas", {"title": "Dark mode", "text": "At night", "locale": "en"})
        self.ask(node, "POST", f"/ideas/{idea['id']}/votes", {"email": address, "tell": True})
        return self.ask(node, "GET", f"/tickets/{ticket['id']}")

    def ask_again(self, node, address, name):
        """However often, it is one question."""
        return self.ask(node, "POST", "/tickets", {"email": address, "subject": f"{name} asks again",
                                                   "text": f"I posted the {name}trousers and wait for my {name}cash"},
                        {"Idempotency-Key": "once for " + address[0]})

    def found_in(self, folder, word):
        """The files that hold it, in whatever case or as base64 may have it."""
        wanted = [word.encode()] + [base64.b64encode(b" " * shift + word.encode())[4:-4] for shift in range(3)]
        files = []
        for path in glob.glob(folder + "/**", recursive=True):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    data = file.read()
                if any(one in data or one in data.lower() for one in wanted):
                    files.append(os.path.relpath(path, folder))
        return sorted(files)

    def until_indexed(self, node, word):
        self.wait(f"{word} found", lambda: self.tickets_found(node, word), MINUTE)

    def tickets_found(self, node, word):
        return [t["id"] for t in node.get("/search?q=" + word)["tickets"]]

    def first(self, node, text):
        items = node.get("/suggestions?" + urllib.parse.urlencode({"q": text, "locale": "en"}))["items"]
        return items[0]["url"] if items else None

    def figures(self, node):
        return (node.command("report", "first-response", *PERIOD), node.command("report", "waits", *PERIOD))

    def customer_id(self, ticket):
        return ticket["customer"]["id"]

    def erase(self, node, customer):
        self.ask(node, "DELETE", f"/customers/{customer}")
        self.wait("erased", lambda: self.ask(node, "DELETE", f"/customers/{customer}")["finished_at"], MINUTE)

    def test_no_file_of_the_data_folder_names_her(self):
        node = self.start()
        hers, his = self.leave_traces(node, VERA, HERS), self.leave_traces(node, JOE, HIS)
        self.until_indexed(node, HERS + "trousers")
        self.until_indexed(node, HIS + "trousers")
        self.wait("learned", lambda: self.first(node, HERS + "trousers") == "/help/refunds", MINUTE)
        self.assertIn("fifteen.sqlite", " ".join(self.found_in(node.data, HERS)), "the control")
        self.assertIn("index/tickets", " ".join(self.found_in(node.data, HERS)), "the control")
        self.assertIn("spool.sqlite", " ".join(self.found_in(node.data, HERS)), "the control")
        before = self.figures(node)
        status, _ = node.ask("DELETE", f"/api/v1/customers/{self.customer_id(hers)}", headers={"Authorization": ""})
        self.assertEqual(status, 401)

        began = time.monotonic()
        self.erase(node, self.customer_id(hers))
        self.assertEqual(node.ask("GET", f"/api/v1/tickets/{hers['id']}")[0], 404)
        self.assertEqual(node.ask("GET", f"/api/v1/customers/{self.customer_id(hers)}")[0], 404)
        self.assertEqual(self.tickets_found(node, HERS + "trousers"), [])
        self.wait("no file that names her: " + str(self.found_in(node.data, HERS)),
                  lambda: not self.found_in(node.data, HERS), MINUTE)
        print(f"out of every file after {time.monotonic() - began:.1f} s", flush=True)
        self.wait("unlearned", lambda: self.first(node, HERS + "trousers") != "/help/refunds", MINUTE)
        self.assertNotIn(HERS, self.logged(node))

        self.assertEqual(self.figures(node), before)
        self.assertEqual(node.command("check"), "all is well\n")
        self.assertTrue(self.found_in(node.data, HIS))
        self.assertEqual(len(self.tickets_found(node, HIS + "trousers")), 1)
        tickets = list(node.pages("/tickets?limit=100"))
        self.ask_again(node, JOE, HIS)
        self.assertEqual(list(node.pages("/tickets?limit=100")), tickets, "a repeated request did it twice")
        message = self.ask(node, "GET", f"/tickets/{his['id']}/messages")["items"][0]
        files = [node.ask("GET", f"/api/v1/attachments/{file['id']}") for file in message["attachments"]]
        self.assertEqual([file[0] for file in files], [200, 200])
        self.assertIn(b"the same bytes", files[1][1])

        # Stopped and started she does not come back, nor does an index built anew bring her.
        self.assertEqual(node.stop(), 0)
        node.command("reindex")
        self.assertTrue(node.start())
        self.until_indexed(node, HIS + "trousers")
        self.assertEqual(self.found_in(node.data, HERS), [])
        exported = node.command("export")
        self.assertNotIn(HERS, exported)
        self.assertIn(HIS, exported)

    def test_a_server_that_dies_goes_on_where_it_was(self):
        node = self.start()
        hers = self.leave_traces(node, VERA, HERS)
        self.assertEqual(node.stop(), 0)
        many = 20_000
        records = sqlite3.connect(node.data + "/fifteen.sqlite")
        records.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO messages (ticket_id, "
            "kind, author_kind, author_id, author_name, author_email, at, subject, to_json, cc_json, rfc_message_id, why, "
            "text, quoted, html) SELECT ?, 'message', 'customer', ?, ?, ?, 1780000000000000 + i, '', '[]', '[]', '', '', "
            "? || i, '', '' FROM n", (many, hers["id"], self.customer_id(hers), HERS, VERA, HERS + "filler "))
        records.commit()
        count = lambda: records.execute("SELECT COUNT(*) FROM messages WHERE text LIKE ?", (HERS + "filler%",)).fetchone()[0]
        self.assertEqual(count(), many)
        self.assertTrue(node.start())
        self.ask(node, "DELETE", f"/customers/{self.customer_id(hers)}")
        # Meanwhile mail is taken, and becomes tickets.
        self.wait("the mailbox", node.takes_mail)
        slowest = 0.0
        for i in range(20):
            began = time.monotonic()
            door = node.mail_door()
            self.assertEqual(desks.hand_over(door, JOE, [desks.MAILBOX], mail_of(JOE, HIS, []))[0], 250)
            door.quit()
            slowest = max(slowest, time.monotonic() - began)
        self.wait("half of it", lambda: count() < many / 2, MINUTE)
        print(f"the slowest of 20 mails meanwhile: {slowest * 1000:.0f} ms", flush=True)
        node.kill()
        self.assertGreater(count(), 0, "killed too late")
        left = count()
        self.assertTrue(node.start())
        self.assertEqual(node.ask("GET", f"/api/v1/tickets/{hers['id']}")[0], 404)
        self.wait("erased", lambda: self.ask(node, "DELETE", f"/customers/{self.customer_id(hers)}")["finished_at"], 2 * MINUTE)
        self.assertLess(left, many)
        records.close()
        self.wait("no file that names her", lambda: not self.found_in(node.data, HERS), MINUTE)
        self.assertEqual(node.command("check"), "all is well\n")

    @unittest.skipUnless(os.environ.get("FIFTEEN_TEST_MARIADB"), "no MariaDB: scripts/with_mariadb")
    def test_every_node_forgets_her(self):
        database, drop = desks.mariadb_database("erasing" + uuid.uuid4().hex[:12])
        self.addCleanup(drop)
        here = self.start(database)
        there = desks.Desk(case.BINARY, database=database, is_new=False)
        self.addCleanup(there.remove)
        self.assertTrue(there.start())
        self.wait("the mailbox", there.takes_mail)
        hers = self.leave_traces(there, VERA, HERS)
        for node in (here, there):
            self.until_indexed(node, HERS + "trousers")
            self.wait("learned", lambda: self.first(node, HERS + "trousers") == "/help/refunds", MINUTE)
            self.assertTrue(self.found_in(node.data, HERS), "the control")
        self.erase(here, self.customer_id(hers))
        for node in (here, there):
            self.wait("unlearned", lambda: self.first(node, HERS + "trousers") != "/help/refunds", MINUTE)
            self.wait("no file that names her", lambda: not self.found_in(node.data, HERS), MINUTE)
            self.assertEqual(node.command("check"), "all is well\n")


if __name__ == "__main__":
    unittest.main()
