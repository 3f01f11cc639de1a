"""What `report waits` and `report first-response` must print, to the byte."""
import datetime
import json
import zoneinfo

from reckoning import hours, waits

EVENTS = {"ticket", "message", "close", "reopen", "assign", "tag", "spam", "unspam", "merge", "unmerge", "split", "bounced",
          "undo", "rating"}
ALWAYS = hours.Hours()


def instant(text):
    utc = datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)
    return (utc.replace(tzinfo=None) - hours.EPOCH) // hours.MICROSECOND


def rfc3339(at):
    return None if at is None else (hours.EPOCH + datetime.timedelta(microseconds=at)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Desk:
    """A history file: what stands whatever the time, and what happened."""

    def __init__(self, lines):
        self.versions, self.mailboxes, self.targets, self.traits = {}, {}, {}, {}
        self.tickets, self.events = {}, []
        for line in lines:
            if line["type"] in EVENTS:
                event = {**line, "at": instant(line["at"])}
                if line["type"] == "ticket":
                    event["ticket"] = line["id"]
                    self.tickets[line["id"]] = event
                self.events.append(event)
            else:
                getattr(self, line["type"])(line)
        self.hours = {name: hours.Hours(versions.values()) for name, versions in self.versions.items()}

    def schedule(self, line):
        since = instant(line["from"]) if "from" in line else 0
        self.versions.setdefault(line["id"], {})[since] = hours.Version(
            since, line["zone"], line["weekly"], line.get("holidays", []))

    def mailbox(self, line):
        kept = self.mailboxes.setdefault(line["id"], {})
        kept.update({key: line[key] for key in ("schedule",) if key in line})
        if "target_seconds" in line:
            self.target({"mailbox": line["id"], **{k: line[k] for k in ("from", "target_seconds") if k in line}})

    def target(self, line):
        when = {name: json.dumps(value) for name, value in line.get("when", {}).items()}
        since = instant(line["from"]) if "from" in line else None
        key = (since, line.get("mailbox"), json.dumps(when, sort_keys=True))
        self.targets.pop(key, None)
        self.targets[key] = (since, line.get("mailbox"), when, line["target_seconds"] * 1_000_000)

    def agent(self, line):
        pass

    def customer(self, line):
        known = {"type", "id", "email", "name", "traits"}
        traits = {**line.get("traits", {}), **{key: line[key] for key in line if key not in known}}
        self.traits.setdefault(line["id"], {}).update(traits)

    def hours_of(self, ticket):
        return self.hours.get(self.mailboxes[self.tickets[ticket]["mailbox"]].get("schedule"), ALWAYS)

    def target_of(self, ticket, start):
        mailbox = self.tickets[ticket]["mailbox"]
        traits = {k: json.dumps(v) for k, v in self.traits[self.tickets[ticket]["customer"]].items()}
        fit = [(len(when), box is not None, -1 if since is None else since, place, target)
               for place, (since, box, when, target) in enumerate(self.targets.values())
               if box in (None, mailbox) and when.items() <= traits.items() and (since is None or since <= start)]
        return max(fit)[-1] if fit else 900_000_000

    def told(self, now):
        """Every wait, measured, in the order in which it is told."""
        counted = [event for event in self.events if event["at"] <= now]
        tags = {}
        for event in counted:
            mine = tags.setdefault(event["ticket"], [])
            if event["type"] in ("ticket", "tag"):
                mine[:] = [tag for tag in mine if tag not in event.get("remove", [])]
                mine += dict.fromkeys(tag for tag in event.get("tags", []) + event.get("add", []) if tag not in mine)
        told = []
        for wait, assignee in waits.waits_of(counted):
            book, end = self.hours_of(wait.ticket), now if wait.end is None else wait.end
            target, business = self.target_of(wait.ticket, wait.start), book.between(wait.start, end)
            line = {"ticket": wait.ticket, "n": wait.n, "first": wait.first, "started_at": rfc3339(wait.start),
                    "due_at": rfc3339(book.due(wait.start, target)), "ended_at": rfc3339(wait.end), "ending": wait.ending,
                    "wall": end - wait.start, "business": business,
                    "met": business <= target if wait.ending == "answered" else None, "agent": wait.agent}
            told.append((wait, line, {"target": target, "assignee": assignee, "tags": tags[wait.ticket]}))
        told.sort(key=lambda one: (one[0].start, one[0].ticket.encode(), one[0].n or 2**62, compact(one[1]).encode()))
        return told

    def report_waits(self, begin, end, now):
        return "".join(compact(line) + "\n" for wait, line, _ in self.told(now) if begin <= wait.start < end)

    def report_responses(self, begin, end, now, which="first", by=None, clock="business", zone="UTC"):
        chosen = [one for one in self.told(now) if begin <= one[0].start < end and one[0].ending != "void"
                  and (which == "all" or one[0].first == (which == "first"))]
        report = figures(chosen, clock)
        if by:
            groups = {}
            for one in chosen:
                for key in self.keys(one, by, zoneinfo.ZoneInfo(zone)):
                    groups.setdefault(key, []).append(one)
            report["groups"] = {key: figures(groups[key], clock) for key in sorted(groups, key=str.encode)}
        return compact(report) + "\n"

    def keys(self, one, by, zone):
        wait, _, more = one
        ticket = self.tickets[wait.ticket]
        if by == "agent":
            return [(wait.agent if wait.ending == "answered" else more["assignee"]) or "unassigned"]
        if by in ("channel", "mailbox"):
            return [ticket[by]]
        if by == "tag":
            return more["tags"] or ["untagged"]
        if by == "plan":
            plan = self.traits[ticket["customer"]].get("plan")
            return ["none" if plan is None else plan if isinstance(plan, str) else json.dumps(plan)]
        local = (hours.EPOCH + datetime.timedelta(microseconds=wait.start)).replace(tzinfo=datetime.UTC).astimezone(zone)
        return [f"{hours.DAYS[local.weekday()]} {local.hour:02}"]


def figures(chosen, clock):
    count = lambda *endings: sum(line["ending"] in endings for _, line, _ in chosen)
    met = sum(line["met"] is True for _, line, _ in chosen)
    overdue = sum(line["ending"] == "running" and line["business"] > more["target"] for _, line, more in chosen)
    times = sorted(line[clock] for _, line, _ in chosen if line["ending"] in ("answered", "running"))
    share = met / (count("answered") + overdue) if count("answered") + overdue else None
    rank = lambda percent: times[-(-percent * len(times) // 100) - 1] if times else None
    return {"answered": count("answered"), "met": met, "running": count("running"), "overdue": overdue,
            "closed_unanswered": count("closed_unanswered"), "self_solved": count("self_solved"),
            "off_hours": sum(line["ending"] == "answered" and line["business"] == 0 for _, line, _ in chosen),
            "share": int(share) if share in (0, 1) else share,
            **{f"p{percent}": rank(percent) for percent in (50, 75, 90, 95, 99)}, "max": rank(100)}


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
