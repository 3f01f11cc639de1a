"""Large random histories, through `import` and `report`, against a reckoning of its own (reckoning/): byte for byte.

FIFTEEN_SEED replays a run, FIFTEEN_HISTORIES and FIFTEEN_TICKETS make it longer."""
import json
import os
import random
import subprocess
import unittest

import case
from case import desks
from reckoning import figures, histories, hours

SEED = int(os.environ.get("FIFTEEN_SEED") or random.SystemRandom().randrange(10**9))
HISTORIES = int(os.environ.get("FIFTEEN_HISTORIES", 4))
TICKETS = int(os.environ.get("FIFTEEN_TICKETS", 150))
QUESTIONS = 12


class Reckoning(case.DeskCase):
    def told(self, options, *words, given=None):
        done = subprocess.run([case.BINARY, *words, *options], input=given, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def held_against(self, seed, options):
        chance = random.Random(seed)
        history = histories.History(seed, TICKETS)
        file = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in history.lines)
        self.told(options, "import", "-", given=file.encode())
        desk = figures.Desk(history.lines)
        instants = sorted(event["at"] for event in desk.events)
        for question in range(QUESTIONS):
            now = history.end + 40 * hours.DAY if question == 0 else chance.choice(instants) + chance.choice((-1, 0, 0, 1))
            begin, end = instants[0], now + 1
            if chance.random() < 0.4:
                begin, end = sorted((chance.choice(instants), chance.choice(instants)))
            period = ["--from", figures.rfc3339(begin), "--to", figures.rfc3339(end), "--as-of", figures.rfc3339(now)]
            where = f"seed {seed}: {' '.join(period)}"
            self.assertEqual(self.told(options, "report", "waits", *period), desk.report_waits(begin, end, now), where)
            which, clock = chance.choice(("first", "next", "all")), chance.choice(("business", "wall"))
            by = chance.choice((None, "agent", "channel", "mailbox", "tag", "plan", "hour"))
            zone = chance.choice(histories.ZONES)
            words = ["--waits", which, "--clock", clock, "--zone", zone, *(["--by", by] if by else [])]
            self.assertEqual(self.told(options, "report", "first-response", *period, *words),
                             desk.report_responses(begin, end, now, which, by, clock, zone), f"{where} {' '.join(words)}")

    def test_random_histories_on_sqlite(self):
        print(f"FIFTEEN_SEED={SEED}")
        for seed in range(SEED, SEED + HISTORIES):
            self.held_against(seed, ["--data", f"{self.folder.name}/{seed}"])

    def test_a_difference_of_a_microsecond_is_seen(self):
        history = histories.History(SEED, 20)
        options = ["--data", self.folder.name + "/data"]
        self.told(options, "import", "-", given="".join(json.dumps(line) + "\n" for line in history.lines).encode())
        now = history.end + hours.DAY
        period = ["--from", "1970-01-01T00:00:00Z", "--to", figures.rfc3339(now), "--as-of", figures.rfc3339(now)]
        told = self.told(options, "report", "waits", *period)
        desk = figures.Desk(history.lines)
        self.assertEqual(told, desk.report_waits(0, now, now))
        asked = next(json.loads(line)["started_at"] for line in told.splitlines())
        for event in desk.events:
            if figures.rfc3339(event["at"]) == asked:
                event["at"] += 1
        self.assertNotEqual(told, desk.report_waits(0, now, now))

    def test_random_histories_on_mariadb(self):
        print(f"FIFTEEN_SEED={SEED}")
        for seed in range(SEED, SEED + max(1, HISTORIES // 4)):
            url, drop = desks.mariadb_database(f"fifteen_reckoning_{os.getpid()}_{seed}")
            self.addCleanup(drop)
            self.held_against(seed, ["--data", f"{self.folder.name}/{seed}", "--database", url])


if __name__ == "__main__":
    unittest.main()
