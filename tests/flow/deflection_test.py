"""`fifteen report deflection` on what visitors did at the real doors, counted here beside it."""
import json
import os
import unittest
import urllib.parse
import uuid

import case

ARTICLES = [
    {"id": "refunds", "title": "Money back", "body": "We pay a refund back within a week.", "lang": "en"},
    {"id": "parcels", "title": "Where is my parcel?", "body": "Follow the parcel by its number.", "lang": "en"},
]
SITE = "https://app.example.com"
AS_THE_WIDGET = {"Origin": SITE, "Content-Type": "text/plain"}
PERIOD = ["--from", "2020-01-01T00:00:00.000000Z", "--to", "2100-01-01T00:00:00.000000Z"]
FIGURES = {"lists", "solved", "left", "sent", "gross", "withheld_drafts", "withheld_sent", "listed_nothing", "open",
           "lift", "low", "high", "more_needed", "withheld", "list"}


class Deflection(case.DeskCase):
    def start(self, database):
        node = self.desk(database)
        file = self.folder.name + "/articles.jsonl"
        with open(file, "w") as out:
            out.writelines(json.dumps(article) + "\n" for article in ARTICLES)
        node.command("article", "import", file)
        self.assertTrue(node.start())
        case.desks.wait_for("an index", lambda: self.likely(node, "where is my parcel"))
        return node

    def likely(self, node, text, **draft):
        return node.get("/suggestions?" + urllib.parse.urlencode({"q": text, "locale": "en", **draft}))["items"]

    def ask(self, node, method, path, body, expected):
        status, told = node.ask(method, "/api/v1" + path, body)
        self.assertEqual(status, expected, told)
        return json.loads(told) if told else None

    def report(self, node, *more):
        return json.loads(node.command("report", "deflection", *PERIOD, *more))

    def check(self, database=""):
        node = self.start(database)
        empty = self.report(node)
        self.assertIsNone(empty["lift"])
        self.assertIsNone(empty["gross"])
        self.ask(node, "PATCH", "/deflection", {"control_percent": 50}, 200)
        self.key = self.ask(node, "POST", "/widget-keys", {"name": "App", "origins": [SITE]}, 201)["key"]

        # Of each group some stay at their drafts, and some send.
        listed, withheld, nothing = [0, 0], [0, 0], 2
        while min(listed[0], withheld[0]) < 3:
            draft = self.draft()
            group = listed if self.likely(node, "where is my parcel", **draft) else withheld
            group[0] += 1
            sends = group[0] % 2 == 0
            group[1] += sends
            if sends:
                self.send(node, draft, "Where is my parcel?")
            elif group is listed:
                self.open(node, draft)
        for _ in range(nothing):
            draft = self.draft()
            self.assertEqual(self.likely(node, "zeppelin moorings", **draft), [])
            self.send(node, draft, "Zeppelin moorings?")

        told = case.desks.wait_for("all drafts", lambda: self.all_of(node, listed[0] + withheld[0] + nothing))
        self.assertEqual(set(told), FIGURES | {"from", "to", "as_of", "mail"})
        self.assertEqual([told["lists"], told["sent"], told["list"]["visitors"], told["list"]["sent"]],
                         [listed[1]] * 4)
        self.assertEqual([told["withheld_drafts"], told["withheld_sent"]], [withheld[1]] * 2)
        self.assertEqual(told["listed_nothing"], nothing)
        self.assertEqual(told["open"], listed[0] - listed[1] + withheld[0] - withheld[1])
        self.assertEqual([told["solved"], told["left"], told["gross"]], [0, 0, 0])
        self.assertEqual(told["lift"], 0, "all of both groups sent, who are not at it any more")
        self.assertTrue(told["low"] < 0 < told["high"])
        self.assertEqual(told["mail"], {"acknowledged": 0, "listed": 0, "withheld": 0, "solved": 0, "share": None})
        self.assertEqual((told["from"], told["to"]), (PERIOD[1], PERIOD[3]))

        by_channel = self.report(node, "--by", "channel")
        groups = by_channel.pop("groups")
        self.assertEqual(list(groups), ["widget"])
        self.assertEqual(groups["widget"], {key: told[key] for key in FIGURES})
        by_channel["as_of"] = told["as_of"]
        self.assertEqual(by_channel, told)
        parcels = self.report(node, "--by", "article")["groups"][self.article(node, "where is my parcel")]
        self.assertEqual([parcels[key] for key in ("title", "listed", "opened", "missed")],
                         ["Where is my parcel?", listed[0], listed[0] - listed[1], 0])
        queries = self.report(node, "--by", "query")["groups"]
        self.assertEqual(queries["zeppelin moorings"], {"drafts": nothing, "listed_nothing": nothing, "tickets": nothing})
        # Over HTTP the same.
        over = node.get("/reports/deflection?" + urllib.parse.urlencode({"from": PERIOD[1], "to": PERIOD[3]}))
        self.assertEqual({key: over[key] for key in FIGURES}, {key: told[key] for key in FIGURES})
        self.assertEqual(node.command("check"), "all is well\n")

    def all_of(self, node, drafts):
        told = self.report(node)
        known = told["lists"] + told["withheld_drafts"] + told["listed_nothing"] + told["open"]
        return told if known == drafts else None

    def article(self, node, text):
        return self.ask(node, "GET", "/articles?q=" + urllib.parse.quote(text), None, 200)["items"][0]["id"]

    def draft(self):
        return {"visitor": uuid.uuid4().hex[:22], "session": uuid.uuid4().hex[:22], "channel": "widget"}

    def send(self, node, draft, text):
        """As the widget does, from the site that has it."""
        question = {"key": self.key, "email": "joe@x.example", "text": text, "session": draft["session"]}
        status, told = node.ask("POST", "/api/v1/widget/questions", question, AS_THE_WIDGET)
        self.assertEqual(status, 201, told)

    def open(self, node, draft):
        events = [{"kind": "show", "article": self.article(node, "where is my parcel")}]
        said = {**draft, "key": self.key, "locale": "en", "events": events}
        status, told = node.ask("POST", "/api/v1/deflection-events", said, AS_THE_WIDGET)
        self.assertEqual(status, 204, told)

    def test_on_sqlite(self):
        self.check()

    @unittest.skipUnless(os.environ.get("FIFTEEN_TEST_MARIADB"), "no MariaDB")
    def test_on_mariadb(self):
        url, drop = case.desks.mariadb_database("deflection_" + uuid.uuid4().hex[:8])
        self.addCleanup(drop)
        self.check(url)


if __name__ == "__main__":
    unittest.main()
