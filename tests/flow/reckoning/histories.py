"""Random histories in the import format: odd zones, odd hours, everything that can happen to a ticket, in wild order."""
import datetime
import random

from reckoning import hours

ZONES = ("Europe/Rome", "Europe/Dublin", "Australia/Lord_Howe", "Antarctica/Troll", "Africa/Casablanca", "Pacific/Apia",
         "Atlantic/Azores", "Pacific/Chatham", "Asia/Kathmandu", "America/St_Johns", "Asia/Gaza", "America/New_York",
         "Asia/Tehran", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kolkata", "Pacific/Kiritimati", "America/Scoresbysund",
         "UTC", "Europe/Moscow", "America/Havana", "Asia/Pyongyang", "America/Caracas", "Europe/London", "Asia/Beirut",
         "America/Godthab", "Antarctica/Casey", "Africa/Juba", "Europe/Volgograd", "Asia/Amman")
# Years of clock changes worth meeting: Apia's lost day, Pyongyang's half hour, Casablanca's Ramadan, Troll's two hours.
BEGINS = ("2011-12-26", "2011-03-24", "2015-08-12", "2016-03-24", "2018-05-02", "2018-10-25", "2019-05-02", "2021-03-25",
          "2021-10-28", "2022-10-26", "2023-03-20", "2023-04-20", "2024-02-26", "2024-03-28", "2024-10-24", "2025-02-20",
          "2025-03-27", "2025-04-03", "2025-10-02", "2025-10-23", "2026-03-05", "2026-03-26", "2026-10-01", "2026-10-22",
          "1973-03-20", "1985-09-20", "1996-10-24", "2038-03-20", "2047-10-20", "2051-03-20")
STEPS = (0, 0, 1, 1_000, 999_983, 60_000_000, 300_000_000, 899_999_999, 900_000_000, 3_600_000_000, 4 * 3_600_000_000)


class History:
    def __init__(self, seed, tickets):
        self.chance = random.Random(seed)
        self.since = hours.DAY * ((datetime.date.fromisoformat(self.chance.choice(BEGINS)) - datetime.date(1970, 1, 1)).days)
        self.at = self.since + self.chance.randrange(hours.DAY)
        self.zones = self.chance.sample(ZONES, 3)
        self.serial = 0
        self.lines, self.tickets, self.replies, self.asked, self.merged = [], [], [], {}, set()
        self.mailboxes, self.agents = [f"m{n}" for n in range(1, 5)], [f"a{n}" for n in range(1, 5)]
        self.customers = [f"c{n}" for n in range(1, max(4, tickets // 4))]
        self.grid = self.chance.choice((1, 1, 1_000_000, 60_000_000, 900_000_000))
        self.at -= self.at % self.grid
        self.pace = self.chance.choice((1, 3, 12))
        self.stand()
        while len(self.tickets) < tickets:
            self.happen()
        for _ in range(tickets):
            self.happen()
        self.end = self.at

    # What stands.
    def stand(self):
        one, some = self.chance.choice, self.chance.random
        for name in ("s1", "s2", "s3"):
            for version in range(one((1, 1, 2, 3, 4))):
                line = {"type": "schedule", "id": name, "zone": one(self.zones), "weekly": self.week(),
                        "holidays": self.holidays()}
                if version or some() < 0.5:
                    line["from"] = self.time(self.since + self.chance.randrange(-3 * hours.DAY, 21 * hours.DAY))
                self.lines.append(line)
        for place, name in enumerate(self.mailboxes):
            line = {"type": "mailbox", "id": name, "address": name + "@example.com", "name": name}
            if place:
                line["schedule"] = f"s{place}"
            self.lines.append({**line, **self.promise(some() < 0.5)})
            while some() < 0.4:
                self.lines.append({"type": "mailbox", "id": name, **self.promise(True)})
        while some() < 0.7:
            line = {"type": "target", "target_seconds": self.seconds()}
            if some() < 0.6:
                line["mailbox"] = one(self.mailboxes)
            if some() < 0.7:
                line["when"] = one(({"plan": "pro"}, {"plan": "free"}, {"plan": "pro", "vip": True}, {"mrr": 120}))
            if some() < 0.7:
                line["from"] = self.time(self.since + self.chance.randrange(14 * hours.DAY))
            self.lines.append(line)
        for name in self.agents:
            self.lines.append({"type": "agent", "id": name, "email": name + "@example.com", "name": name, "role": "agent"})
        for name in self.customers:
            line = {"type": "customer", "id": name, "email": name + "@example.net", "name": name, "traits": {}}
            if some() < 0.7:
                line["traits"]["plan"] = one(("pro", "free", "größer", 7, None))
            if some() < 0.3:
                line["vip"] = True
            if some() < 0.3:
                line["traits"]["mrr"] = 120
            self.lines.append(line)
            if some() < 0.1:
                self.lines.append({"type": "customer", "id": name, "traits": {"plan": one(("pro", "team"))}})
        self.chance.shuffle(self.lines)
        self.lines.sort(key=lambda line: line["type"] == "target" or line["type"] == "mailbox" and "address" not in line)

    def seconds(self):
        return self.chance.choice((1, 60, 300, 600, 900, 900, 1800, 3600, 14_400, 86_400))

    def promise(self, dated):
        since = {"from": self.time(self.since + self.chance.randrange(14 * hours.DAY))} if dated else {}
        return {"target_seconds": self.seconds(), **since}

    def clock(self, last=1439):
        grid = self.chance.choice((1, 15, 30, 60))
        return f"{(minutes := self.chance.randrange(last // grid + 1) * grid) // 60:02}:{minutes % 60:02}"

    def week(self):
        one, some = self.chance.choice, self.chance.random
        kind = some()
        if kind < 0.05:
            return []
        if kind < 0.25:  # office hours, split at noon
            return [{"day": day, "start": a, "end": b} for day in hours.DAYS[:5]
                    for a, b in (("09:00", "13:00"), ("14:00", "18:00"))]
        if kind < 0.35:  # the hours of clock changes, every day
            return [{"day": day, "start": one(("00:00", "01:30", "02:00", "02:15", "23:30")),
                     "end": one(("00:30", "02:30", "03:00", "24:00"))} for day in hours.DAYS]
        spans = []
        for _ in range(one((1, 3, 7, 12))):
            start = self.clock()
            end = one((self.clock(), self.clock(), "24:00", "00:00", start))
            spans.append({"day": one(hours.DAYS), "start": start, "end": end})
        return spans

    def holidays(self):
        first = datetime.date(1970, 1, 1) + datetime.timedelta(days=self.since // hours.DAY)
        return [(first + datetime.timedelta(days=self.chance.randrange(-2, 25))).isoformat()
                for _ in range(self.chance.choice((0, 0, 1, 4)))]

    # What happens.
    def time(self, at):
        """As the world writes instants: with any offset, with as many digits as are needed or more."""
        offset = self.chance.choice((0, 0, 0, 0, 60, 345, -210, 840))
        text = (hours.EPOCH + datetime.timedelta(microseconds=at, minutes=offset)).isoformat(
            timespec=self.chance.choice(("auto", "microseconds")))
        text += self.chance.choice(("", "", "999")) if "." in text else ""
        if offset == 0:
            return text + self.chance.choice(("Z", "+00:00"))
        return f"{text}{'+' if offset > 0 else '-'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"

    def add(self, kind, ticket, /, **more):
        line = {"type": kind, "id" if kind == "ticket" else "ticket": ticket, "at": self.time(self.at), **more}
        self.lines.append(line)
        step = self.chance.choice(STEPS)
        self.at += step if self.chance.random() < 0.5 else self.chance.randrange(step * 2 // self.pace + 1)
        self.at -= self.at % self.grid

    def name(self, kind):
        self.serial += 1
        return f"{kind}{self.serial}"

    def agent(self):
        return "agent:" + self.chance.choice(self.agents)

    def ticket(self):
        """Most often one of the latest."""
        return self.tickets[-min(len(self.tickets), 1 + int(self.chance.expovariate(0.3)))]

    def happen(self):
        kinds = {"open": 12, "ask": 24, "reply": 18, "machine": 6, "note": 4, "close": 8, "reopen": 2, "assign": 5, "tag": 4,
                 "mark": 5, "unmark": 4, "merge": 5, "unmerge": 3, "split": 3, "bounce": 7, "undo": 3, "rate": 2}
        kind = self.chance.choices(list(kinds), kinds.values())[0] if self.tickets else "open"
        getattr(self, kind)()

    def begin_ticket(self, started_by):
        name = self.name(self.chance.choice("tTäu"))
        self.tickets.append(name)
        self.asked[name] = []
        self.add("ticket", name, mailbox=self.chance.choice(self.mailboxes),
                 customer=self.chance.choice(self.customers), subject="About " + name,
                 channel=self.chance.choice(("email", "form", "widget", "api", "phone")),
                 tags=self.chance.choice(([], [], ["billing"], ["billing", "ähnlich"], ["z"])), started_by=started_by)
        return name

    def open(self):
        self.begin_ticket("agent" if self.chance.random() < 0.2 else "customer")
        if self.lines[-1]["started_by"] == "agent":
            self.reply(self.tickets[-1])
        elif self.chance.random() < 0.9:
            self.ask(self.tickets[-1])

    def say(self, ticket, kind, who, named=True, **more):
        name = self.name("x")
        id = {"id": name} if named else {}
        self.add("message", ticket, **id, **{"from": who}, kind=kind, body=name if named else "Well.", **more)
        return id.get("id")

    def ask(self, ticket=None):
        ticket = ticket or self.ticket()
        who = "customer" if self.chance.random() < 0.9 else "customer:" + self.chance.choice(self.customers)
        if name := self.say(ticket, "message", who, self.chance.random() < 0.95):
            self.asked[ticket].append(name)

    def reply(self, ticket=None):
        ticket, more = ticket or self.ticket(), {"close": True} if self.chance.random() < 0.3 else {}
        who = self.agent() if self.chance.random() < 0.95 else "system"
        name = self.say(ticket, "reply", who, **more)
        if who != "system":
            self.replies.append((ticket, name))
            self.asked[ticket].append(name)

    def machine(self):
        who = self.chance.choice(("customer", "third_party"))
        kinds = ("auto", "bounce", "spam", "rating") if who == "customer" else ("message", "auto", "spam")
        if self.chance.random() < 0.2:
            self.say(self.ticket(), "ack", "system")
        else:
            self.say(self.ticket(), self.chance.choice(kinds), who)

    def note(self):
        self.say(self.ticket(), "note", self.agent(), **({"close": True} if self.chance.random() < 0.1 else {}))

    def close(self):
        self.add("close", self.ticket(), by=self.chance.choice((self.agent(), self.agent(), "customer")))

    def reopen(self):
        self.add("reopen", self.ticket(), by=self.agent())

    def assign(self):
        self.add("assign", self.ticket(), to=self.chance.choice((self.agent(), self.agent(), None)), by=self.agent())

    def tag(self):
        own = [ticket for ticket in self.tickets[-8:] if ticket not in self.merged]
        if own:
            self.add("tag", self.chance.choice(own), **self.chance.choice((
                {"add": ["vip"]}, {"add": ["billing", "vip"], "remove": ["z"]}, {"remove": ["billing"]},
                {"add": ["z", "z"], "remove": ["z"]})), by=self.agent())

    def mark(self):
        self.add("spam", self.ticket(), by=self.agent())

    def unmark(self):
        marked = [line["ticket"] for line in self.lines[-60:] if line["type"] == "spam"]
        self.add("unspam", self.chance.choice(marked) if marked else self.ticket(), by=self.agent())

    def merge(self):
        ticket, into = self.ticket(), self.ticket()
        if into != ticket:
            self.merged.add(ticket)
            self.add("merge", ticket, into=into, by=self.agent())

    def unmerge(self):
        merged = [line["ticket"] for line in self.lines[-80:] if line["type"] == "merge"]
        ticket = self.chance.choice(merged) if merged else self.ticket()
        self.merged.discard(ticket)
        self.add("unmerge", ticket, by=self.agent())

    def split(self):
        ticket = self.ticket()
        if not self.asked[ticket]:
            return
        moved = self.chance.sample(self.asked[ticket], self.chance.randrange(1, len(self.asked[ticket]) + 1))
        into = self.begin_ticket("customer") if self.chance.random() < 0.9 else self.ticket()
        if into != ticket:
            self.add("split", ticket, into=into, messages=moved, by=self.agent())
            self.asked[ticket] = [name for name in self.asked[ticket] if name not in moved]
            self.asked[into] += moved

    def bounce(self):
        if self.replies:
            ticket, name = self.replies[-min(len(self.replies), 1 + int(self.chance.expovariate(0.3)))]
            self.add("bounced", ticket, message=name)

    def undo(self):
        if self.replies:
            ticket, name = self.replies[-min(len(self.replies), 1 + int(self.chance.expovariate(1)))]
            self.add("undo", ticket, message=name)

    def rate(self):
        if self.replies:
            ticket, name = self.chance.choice(self.replies[-5:])
            self.add("rating", ticket, message=name, score=self.chance.choice(("kudos", "good", "bad")), comment="Thanks.")
