"""Every wait of a history as of an instant, read off docs/clock.md by acting the history out.

What reaches back (undo, bounce, un-merge, un-spam) is settled first: it strikes out lines of the history. What is left
is acted out from the first line to the last."""
import dataclasses


@dataclasses.dataclass(eq=False)
class Wait:
    ticket: str
    message: int  # the place of the line that started it
    message_id: str | None
    first: bool
    start: int
    end: int | None = None
    ending: str = "running"
    agent: str | None = None
    n: int | None = None

    def void(self, at):
        if self.ending != "void":
            self.end = at if self.end is None else min(self.end, at)
            self.ending, self.agent = "void", None


class Ticket:
    def __init__(self):
        self.open, self.had_first, self.spam_since, self.assignee, self.waits = True, False, None, None, []

    def running(self):
        return next((wait for wait in self.waits if wait.ending == "running"), None)


class Merged:
    """Who is merged into whom."""

    def __init__(self):
        self.into, self.line = {}, {}

    def root(self, ticket):
        while ticket in self.into:
            ticket = self.into[ticket]
        return ticket

    def follow(self, place, event):
        """What the event changes; for an un-merge the place of the merge it takes back, False for nonsense."""
        ticket = event["ticket"]
        if event["type"] == "merge":
            if ticket in self.into or self.root(event["into"]) == ticket:
                return False
            self.into[ticket], self.line[ticket] = self.root(event["into"]), place
        if event["type"] == "unmerge":
            if ticket not in self.into:
                return False
            del self.into[ticket]
            return self.line.pop(ticket)
        return None


def is_agents(event):
    who = event.get("from") or event.get("by") or ""
    return who.startswith("agent:")


def agent_of(event):
    return (event.get("from") or event["by"]).removeprefix("agent:")


def families(events):
    """The events of each group of tickets that merges and splits tie together, with their places in the file."""
    parent = {}

    def head(ticket):
        while parent.setdefault(ticket, ticket) != ticket:
            ticket = parent[ticket]
        return ticket

    for event in events:
        head(event["ticket"])
        if event["type"] in ("merge", "split") and "into" in event:
            parent[head(event["ticket"])] = head(event["into"])
    grouped = {}
    for place, event in enumerate(events):
        grouped.setdefault(head(event["ticket"]), []).append((place, event))
    return grouped.values()


class Family:
    def __init__(self, lines):
        self.places, self.events = [place for place, _ in lines], [event for _, event in lines]
        self.struck, self.home_at_report, self.reports = set(), {}, set()
        self.address()
        self.strike_undone()
        self.strike_bounced()
        self.strike_spam()
        self.tickets = {}
        for k, event in enumerate(self.events):
            if k not in self.struck:
                self.act(k, event)
        for ticket in self.tickets.values():
            if ticket.spam_since is not None:
                for wait in ticket.waits:
                    wait.void(max(wait.start, ticket.spam_since))

    def ticket(self, name):
        return self.tickets.setdefault(name, Ticket())

    # Which ticket a line is about: of a merged one the ticket it went into, at that moment.
    def address(self):
        merged = Merged()
        self.roots, self.to, self.other = [], [], []
        for k, event in enumerate(self.events):
            self.roots.append(dict(merged.into))
            self.to.append(event["ticket"] if event["type"] == "merge" else merged.root(event["ticket"]))
            self.other.append(merged.root(event["into"]) if "into" in event and event["type"] != "unmerge" else None)
            done = merged.follow(k, event)
            if done is False:
                self.struck.add(k)
            elif done is not None:
                self.struck.add(done)

    def root(self, ticket, k):
        while ticket in self.roots[k]:
            ticket = self.roots[k][ticket]
        return ticket

    def written(self, k):
        """The agent's message that line k speaks of."""
        wanted = self.events[k]["message"]
        for j in range(k):
            if self.events[j]["type"] == "message" and self.events[j].get("id") == wanted:
                return j if is_agents(self.events[j]) else None
        return None

    def strike_undone(self):
        for k, event in enumerate(self.events):
            if event["type"] == "undo" and (j := self.written(k)) is not None:
                self.struck.add(j)

    def strike_bounced(self):
        for k, event in enumerate(self.events):
            if event["type"] != "bounced":
                continue
            reply = self.written(k)
            if reply is None or reply in self.struck or self.events[reply]["kind"] != "reply":
                continue
            self.struck.add(reply)
            home = self.to[reply]
            for j in range(reply + 1, k):
                between = self.events[j]
                if between["type"] == "split" and event["message"] in between["messages"]:
                    home = self.root(between["into"], j)
                closes = between["type"] == "close" or between.get("close") and between["kind"] != "reply"
                if closes and is_agents(between) and self.to[j] == self.root(home, j):
                    self.struck.add(j)
            self.reports.add(k)
            self.to[k] = self.root(home, k)

    def strike_spam(self):
        marks = {}
        for k, event in enumerate(self.events):
            if event["type"] == "spam":
                if self.to[k] in marks:
                    self.struck.add(k)
                else:
                    marks[self.to[k]] = k
            if event["type"] == "unspam":
                own = event["ticket"] if event["ticket"] in marks else self.to[k]
                if own in marks:
                    self.struck.add(marks.pop(own))

    def act(self, k, event):
        kind, at, ticket = event["type"], event["at"], self.ticket(self.to[k])
        if kind == "message":
            self.say(k, event, ticket)
        elif kind == "close":
            self.close(ticket, at, event["by"])
        elif kind == "reopen" and not ticket.open:
            ticket.open, ticket.had_first = True, False
        elif kind == "assign":
            ticket.assignee = event["to"] and event["to"].removeprefix("agent:")
        elif kind == "spam":
            ticket.spam_since = at
        elif kind == "bounced" and k in self.reports:
            ticket.open = True
        elif kind == "merge":
            self.merge(ticket, self.ticket(self.other[k]), self.other[k], at)
        elif kind == "split" and self.other[k] != self.to[k]:
            self.split(ticket, self.ticket(self.other[k]), self.other[k], at, set(event["messages"]))

    def say(self, k, event, ticket):
        who, what, at = event["from"], event["kind"], event["at"]
        running = ticket.running()
        if what == "message" and (who == "customer" or who.startswith("customer:")):
            if running:
                return
            if not ticket.open:
                ticket.open, ticket.had_first = True, False
            ticket.waits.append(Wait(self.to[k], self.places[k], event.get("id"), not ticket.had_first, at))
            ticket.had_first = True
        if what == "reply" and is_agents(event) and running:
            running.end, running.ending, running.agent = at, "answered", agent_of(event)
        if event.get("close"):
            self.close(ticket, at, who)

    def close(self, ticket, at, who):
        running = ticket.running()
        if running:
            if who == "system":
                return
            running.end = at
            running.ending = "self_solved" if who.startswith("customer") else "closed_unanswered"
            running.agent = None if who.startswith("customer") else who.removeprefix("agent:")
        ticket.open = False

    def take(self, into, name, at, coming, spam_since):
        """The waits that move to a ticket: one running wait stays, the one that started earlier."""
        for wait in coming:
            wait.ticket = name
            if spam_since is not None:
                wait.void(max(wait.start, spam_since))
            if into.spam_since is not None:
                wait.void(max(wait.start, at))
            running = into.running()
            if running and wait.ending == "running":
                max(running, wait, key=lambda w: (w.start, w.message)).void(at)
            into.waits.append(wait)

    def merge(self, ticket, into, name, at):
        coming, ticket.waits = ticket.waits, []
        had = ticket.had_first and ticket.spam_since is None and into.spam_since is None
        self.take(into, name, at, coming, ticket.spam_since)
        if ticket.open:
            into.had_first = had or into.open and into.had_first
            into.open = True

    def split(self, ticket, into, name, at, moved):
        coming = [wait for wait in ticket.waits if wait.message_id in moved]
        ticket.waits = [wait for wait in ticket.waits if wait.message_id not in moved]
        self.take(into, name, at, coming, ticket.spam_since)
        if into.running():
            into.open = True
        if any(wait.ending != "void" for wait in coming):
            into.had_first = True

    def told(self):
        for name, ticket in self.tickets.items():
            ticket.waits.sort(key=lambda wait: (wait.start, wait.message))
            count = 0
            for wait in ticket.waits:
                assert wait.ticket == name
                if wait.ending != "void":
                    wait.n = count = count + 1
                yield wait, ticket.assignee


def waits_of(events):
    """(wait, the assignee of its ticket) of every wait, from the events that count."""
    for lines in families(events):
        yield from Family(lines).told()
