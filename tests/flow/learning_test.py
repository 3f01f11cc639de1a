"""Answers that teach: an agent's link in a reply changes what is suggested within a minute, on every node, and what is
taken back or spam is as if it had never been."""
import json
import os
import time
import unittest
import urllib.parse
import uuid

import case

ARTICLES = [
    {"id": "refunds", "title": "Money back", "body": "We pay back within a week.", "lang": "en"},
    {"id": "parcels", "title": "Where is my parcel?", "body": "Follow it by its number.", "lang": "en"},
    {"id": "hours", "title": "When we are here", "body": "Every day from nine to five.", "lang": "en"},
]
QUESTION = "I posted the trousers in March and still wait for my cash"
LIKE_IT = "the trousers are posted, when comes my cash?"
MINUTE = 60


class Learning(case.DeskCase):
    def start(self, database=""):
        node = self.desk(database)
        file = self.folder.name + "/articles.jsonl"
        with open(file, "w") as out:
            out.writelines(json.dumps(article) + "\n" for article in ARTICLES)
        node.command("article", "import", file)
        self.assertTrue(node.start())
        return node

    def first(self, node, text=LIKE_IT):
        items = node.get("/suggestions?" + urllib.parse.urlencode({"q": text, "locale": "en"}))["items"]
        return items[0]["url"] if items else None

    def until_first(self, node, url):
        """How long it took."""
        began = time.monotonic()
        case.desks.wait_for(f"{url} first", lambda: self.first(node) == url, MINUTE)
        return time.monotonic() - began

    def until_unlearned(self, node):
        case.desks.wait_for("unlearned", lambda: self.first(node) != "/help/refunds", MINUTE)

    def ask(self, node, method, path, body=None):
        status, told = node.ask(method, "/api/v1" + path, body)
        self.assertIn(status, (200, 201, 204), told)
        return json.loads(told) if told else None

    def question(self, node):
        return self.ask(node, "POST", "/tickets", {"email": "joe@x.example", "subject": "S", "text": QUESTION})["id"]

    def answer(self, node, ticket, undo=0):
        return self.ask(node, "POST", f"/tickets/{ticket}/messages",
                        {"kind": "reply", "text": "See [this](/help/refunds).", "undo_seconds": undo})["id"]

    def lessons(self, node):
        article = self.ask(node, "GET", "/articles?q=money+back")["items"][0]["id"]
        return self.ask(node, "GET", f"/articles/{article}/lessons")["items"]

    def test_a_link_in_a_reply_teaches_and_what_is_wrong_is_unlearned(self):
        node = self.start()
        case.desks.wait_for("an index", lambda: self.first(node, "where is my parcel") == "/help/parcels")
        self.assertNotEqual(self.first(node), "/help/refunds", "the control: no article says so")
        ticket = self.question(node)
        self.answer(node, ticket)
        self.until_first(node, "/help/refunds")

        self.ask(node, "PUT", f"/tickets/{ticket}/spam")
        self.until_unlearned(node)
        self.ask(node, "DELETE", f"/tickets/{ticket}/spam")
        self.until_first(node, "/help/refunds")

        lesson = self.lessons(node)[0]
        self.assertEqual((lesson["source"], lesson["question"]), ("reply", "S\n" + QUESTION))
        self.ask(node, "PUT", f"/lessons/{lesson['id']}/withdrawal")
        self.until_unlearned(node)
        self.ask(node, "DELETE", f"/lessons/{lesson['id']}/withdrawal")
        self.until_first(node, "/help/refunds")

        # A restart begins with what the records say.
        self.assertEqual(node.stop(), 0)
        self.assertTrue(node.start())
        self.until_first(node, "/help/refunds")

    def test_a_reply_taken_back_is_unlearned(self):
        node = self.start()
        ticket = self.question(node)
        reply = self.answer(node, ticket, undo=60)
        self.until_first(node, "/help/refunds")
        self.ask(node, "DELETE", f"/messages/{reply}")
        self.until_unlearned(node)

    @unittest.skipUnless(os.environ.get("FIFTEEN_TEST_MARIADB"), "no MariaDB: scripts/with_mariadb")
    def test_every_node_learns(self):
        database, drop = case.desks.mariadb_database("learning" + uuid.uuid4().hex[:12])
        self.addCleanup(drop)
        here = self.start(database)
        there = case.desks.Desk(case.BINARY, database=database, is_new=False)
        self.addCleanup(there.remove)
        self.assertTrue(there.start())
        case.desks.wait_for("two indexes", lambda: self.first(here, "where is my parcel") and
                            self.first(there, "where is my parcel"))
        self.assertNotEqual(self.first(there), "/help/refunds")
        ticket = self.question(here)
        self.answer(here, ticket)
        took = max(self.until_first(here, "/help/refunds"), self.until_first(there, "/help/refunds"))
        print(f"learned on both nodes after {took:.1f} s", flush=True)
        self.ask(there, "PUT", f"/tickets/{ticket}/spam")
        self.until_unlearned(here)
        self.until_unlearned(there)


if __name__ == "__main__":
    unittest.main()
