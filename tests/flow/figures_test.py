"""A history through the real commands: imported, reported with figures reckoned by hand, and moved to the other database."""
import datetime
import json
import os
import subprocess
import unittest

import case
from case import desks

MINUTE = 60_000_000

# Monday, 2 March 2026; Rome is an hour ahead of UTC. m1 is always open and promises 15 minutes, m2 has office hours and
# promises 10.
STANDING = [
    {"type": "schedule", "id": "s1", "zone": "Europe/Rome", "from": "2026-01-01T00:00:00Z", "holidays": [],
     "weekly": [{"day": day, "start": "09:00", "end": "18:00"} for day in ("mon", "tue", "wed", "thu", "fri")]},
    {"type": "mailbox", "id": "m1", "address": "help@example.com", "name": "Help"},
    {"type": "mailbox", "id": "m2", "address": "office@example.com", "name": "Office", "target_seconds": 600,
     "schedule": "s1"},
    {"type": "agent", "id": "a1", "email": "ana@example.com", "name": "Ana", "role": "agent"},
    {"type": "agent", "id": "a2", "email": "bob@example.com", "name": "Bob", "role": "agent"},
    {"type": "customer", "id": "c1", "email": "joe@example.net", "name": "Joe", "traits": {"plan": "free"}},
    {"type": "customer", "id": "c2", "email": "eve@example.net", "name": "Eve", "traits": {"plan": "pro"}},
]


def happens(at, kind, ticket, /, **more):
    day, time = ("2026-03-03T", at[1:]) if at.startswith("+") else ("2026-03-02T", at)
    return {"type": kind, "ticket" if kind != "ticket" else "id": ticket, "at": day + time + "Z", **more}


def opens(at, ticket, mailbox, customer, **more):
    return happens(at, "ticket", ticket, mailbox=mailbox, customer=customer, subject=ticket, channel="email", **more)


def says(at, ticket, message, who="customer", kind=None, **more):
    kind = kind or ("reply" if who.startswith("agent") else "message")
    return happens(at, "message", ticket, id=message, kind=kind, body="…", **{"from": who}, **more)


EVENTS = [
    # Answered after 10 minutes; a third party's mail changes nothing; another customer's mail starts the next wait.
    opens("08:00:00", "t1", "m1", "c1"), says("08:00:00", "t1", "x1"),
    says("08:01:00", "t1", "x2", "third_party"),
    says("08:10:00", "t1", "x3", "agent:a1"),
    says("08:30:00", "t1", "x4", "third_party"),
    says("09:00:00", "t1", "x5", "customer:c2"),
    says("09:20:00", "t1", "x6", "agent:a2"),
    # Begun by an agent: the customer's answer starts the first wait, and she solves it herself.
    opens("10:00:00", "t2", "m1", "c2", started_by="agent"), says("10:00:00", "t2", "x7", "agent:a1"),
    says("10:30:00.500000", "t2", "x8"),
    happens("10:31:00", "close", "t2", by="customer"),
    # Spam is nothing.
    opens("11:00:00", "t3", "m1", "c1"), says("11:00:00", "t3", "x9"), happens("11:05:00", "spam", "t3", by="agent:a1"),
    # A reply taken back never was: runs on.
    opens("12:00:00", "t4", "m1", "c2"), says("12:00:00", "t4", "y1"),
    happens("12:01:00", "assign", "t4", by="agent:a2", to="agent:a2"),
    says("12:05:00", "t4", "y2", "agent:a1", close=True), happens("12:05:05", "undo", "t4", message="y2"),
    # Five minutes before closing time, four after the next opening.
    opens("16:55:00", "t5", "m2", "c1"), says("16:55:00", "t5", "y3"),
    # Merged into a ticket of the office: held to its hours and its promise.
    opens("17:50:00", "t7", "m2", "c1", started_by="agent"), says("17:50:00", "t7", "y4", "agent:a2"),
    opens("18:00:00", "t6", "m1", "c1"), says("18:00:00", "t6", "y5"),
    happens("18:10:00", "merge", "t6", into="t7", by="agent:a2"),
    says("+08:04:00", "t5", "y6", "agent:a2"),
    says("+08:12:00", "t7", "y7", "agent:a1"),
]
PERIOD = ["--from", "2026-03-02T00:00:00Z", "--to", "2026-03-03T00:00:00Z", "--as-of", "2026-03-03T09:00:00Z"]


def seconds(*times):
    return dict(zip(("p50", "p75", "p90", "p95", "p99", "max"), [int(time * 1_000_000) for time in times], strict=True))


class Figures(case.DeskCase):
    def run_on(self, options, *words, given=None):
        done = subprocess.run([case.BINARY, *words, *options], input=given, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout

    def imported(self):
        options = ["--data", self.folder.name + "/first"]
        lines = "".join(json.dumps(line) + "\n" for line in [*STANDING, *EVENTS])
        self.run_on(options, "import", "-", given=lines.encode())
        return options

    def test_first_responses(self):
        report = lambda *more: json.loads(self.run_on(options, "report", "first-response", *PERIOD, *more))
        options = self.imported()
        counts = {"answered": 3, "met": 2, "running": 1, "overdue": 1, "closed_unanswered": 0, "self_solved": 1,
                  "off_hours": 0, "share": 2 / 4}
        # 9 and 10 minutes met; 12 not; one waits since 21 hours.
        self.assertEqual(report(), {**counts, **seconds(600, 720, 75600, 75600, 75600, 75600)})
        self.assertEqual(report("--clock", "wall"), {**counts, **seconds(51120, 54540, 75600, 75600, 75600, 75600)})
        following = report("--waits", "next")
        self.assertEqual(following, {**dict.fromkeys(counts, 0), "answered": 1, **seconds(*[1200] * 6)})
        every = report("--waits", "all")
        self.assertEqual((every["answered"], every["met"], every["share"]), (4, 2, 2 / 5))
        groups = {key: (group["answered"], group["running"], group["self_solved"])
                  for key, group in report("--by", "agent")["groups"].items()}
        self.assertEqual(groups, {"a1": (2, 0, 0), "a2": (1, 1, 0), "unassigned": (0, 0, 1)})
        self.assertEqual(list(report("--by", "mailbox")["groups"]), ["m1", "m2"])
        self.assertEqual(list(report("--by", "hour", "--zone", "Europe/Rome")["groups"]),
                         ["mon 09", "mon 11", "mon 13", "mon 17", "mon 19"])

    def test_every_wait(self):
        options = self.imported()
        told = [json.loads(line) for line in self.run_on(options, "report", "waits", *PERIOD).splitlines()]
        brief = [(wait["ticket"], wait["n"], "first" if wait["first"] else "next", wait["started_at"][11:19],
                  wait["due_at"][8:19], wait["ending"], wait["wall"] / MINUTE, wait["business"] / MINUTE, wait["met"],
                  wait["agent"]) for wait in told]
        self.assertEqual(brief, [
            ("t1", 1, "first", "08:00:00", "02T08:15:00", "answered", 10, 10, True, "a1"),
            ("t1", 2, "next", "09:00:00", "02T09:15:00", "answered", 20, 20, False, "a2"),
            ("t2", 1, "first", "10:30:00", "02T10:45:00", "self_solved", 59.5 / 60, 59.5 / 60, None, None),
            ("t3", None, "first", "11:00:00", "02T11:15:00", "void", 5, 5, None, None),
            ("t4", 1, "first", "12:00:00", "02T12:15:00", "running", 1260, 1260, None, None),
            ("t5", 1, "first", "16:55:00", "03T08:05:00", "answered", 909, 9, True, "a2"),
            ("t7", 1, "first", "18:00:00", "03T08:10:00", "answered", 852, 12, False, "a1"),
        ])

    def test_the_clock_is_the_servers_own(self):
        served = self.desk()
        self.assertTrue(served.start())
        self.wait("the mailbox", served.takes_mail)
        begin = datetime.datetime.now(datetime.UTC)
        with served.mail_door() as door:
            self.hand_over(door, b"Date: Mon, 1 Jan 2001 00:00:00 +0000\r\nSubject: Old\r\n\r\nOld.\r\n")
        end = datetime.datetime.now(datetime.UTC)
        served.wait_until_received(1)
        period = ["--from", (begin - datetime.timedelta(hours=1)).strftime("%FT%TZ"),
                  "--to", (end + datetime.timedelta(hours=1)).strftime("%FT%TZ")]
        told = [json.loads(line) for line in served.command("report", "waits", *period).splitlines()]
        self.assertEqual(len(told), 1)
        started = datetime.datetime.fromisoformat(told[0]["started_at"])
        self.assertTrue(begin <= started <= end, (begin, started, end))

    def test_the_other_database_tells_the_same(self):
        options = self.imported()
        url, drop = desks.mariadb_database(f"fifteen_flow_{os.getpid()}")
        self.addCleanup(drop)
        other = ["--data", self.folder.name + "/second", "--database", url]
        back = ["--data", self.folder.name + "/third"]
        self.run_on(other, "import", "-", given=self.run_on(options, "export"))
        self.run_on(back, "import", "-", given=self.run_on(other, "export"))
        questions = [["export"], ["report", "waits", *PERIOD]]
        questions += [["report", "first-response", *PERIOD, "--waits", waits, "--by", by, "--clock", clock]
                      for waits in ("first", "next", "all") for clock in ("business", "wall")
                      for by in ("agent", "channel", "mailbox", "tag", "plan", "hour")]
        for question in questions:
            expected = self.run_on(options, *question)
            self.assertGreater(len(expected), 100)
            self.assertEqual(self.run_on(other, *question), expected, question)
            self.assertEqual(self.run_on(back, *question), expected, question)
        self.assertEqual(self.run_on(other, "check"), b"all is well\n")


if __name__ == "__main__":
    unittest.main()
