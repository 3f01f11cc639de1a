"""A help desk's past in the history format: the same for the same seed."""
import datetime
import json
import random

START = datetime.datetime(2026, 3, 2, 8, tzinfo=datetime.timezone.utc)


def lines(tickets, seed=7):
    chance = random.Random(seed)
    agents = ["a1", "a2", "a3"]
    yield {"type": "schedule", "id": "s1", "zone": "Europe/Rome", "from": "2026-01-01T00:00:00Z",
           "weekly": [{"day": day, "start": "09:00", "end": "17:30"} for day in ("mon", "tue", "wed", "thu", "fri")],
           "holidays": ["2026-04-06"]}
    yield {"type": "mailbox", "id": "m1", "address": "help@history.example", "name": "Help", "target_seconds": 900,
           "schedule": "s1", "from": "2026-01-01T00:00:00Z"}
    yield {"type": "mailbox", "id": "m2", "address": "billing@history.example", "name": "Billing", "target_seconds": 1800}
    for agent in agents:
        yield {"type": "agent", "id": agent, "email": agent + "@history.example", "name": agent.upper(), "role": "agent"}
    for customer in range(tickets // 5 + 1):
        yield {"type": "customer", "id": f"c{customer}", "email": f"c{customer}@customer.example", "name": f"Customer {customer}",
               "traits": {"plan": chance.choice(["pro", "free"])}}
    events = []
    for number in range(tickets):
        events += ticket(chance, f"t{number}", f"c{chance.randrange(tickets // 5 + 1)}", agents)
    for _, event in sorted(events, key=lambda one: one[0]):
        yield event


def ticket(chance, name, customer, agents):
    """Its events, each with its instant, later ones later."""
    at = START + datetime.timedelta(microseconds=chance.randrange(60 * 86400 * 10**6))
    events = []

    def add(event, longest_hours):
        nonlocal at
        event["at"] = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        events.append((at, event))
        at += datetime.timedelta(microseconds=1 + chance.randrange(int(longest_hours * 3600 * 10**6)))

    add({"type": "ticket", "id": name, "mailbox": chance.choice(["m1", "m2"]), "customer": customer, "subject": f"About {name}",
         "channel": chance.choice(["email", "form", "widget", "api"]), "tags": chance.choice([[], ["billing"]]),
         "started_by": "customer"}, 0.001)
    for turn in range(chance.randrange(1, 5)):
        agent = "agent:" + chance.choice(agents)
        add({"type": "message", "id": f"{name}q{turn}", "ticket": name, "from": "customer", "kind": "message",
             "body": f"Question {turn} of {name}, with an umlaut: ü."}, 1)
        if chance.random() < 0.2:
            add({"type": "assign", "ticket": name, "to": agent, "by": agent}, 0.2)
        if chance.random() < 0.2:
            add({"type": "message", "id": f"{name}n{turn}", "ticket": name, "from": agent, "kind": "note", "body": "Looking."}, 0.5)
        if chance.random() < 0.85:
            add({"type": "message", "id": f"{name}r{turn}", "ticket": name, "from": agent, "kind": "reply", "body": "Like this.",
                 "close": chance.random() < 0.5}, 20)
    if chance.random() < 0.3:
        add({"type": "close", "ticket": name, "by": chance.choice(["customer", "agent:" + agents[0]])}, 20)
    return events


def write(file, tickets, seed=7):
    """The number of lines."""
    count = 0
    with open(file, "w", encoding="utf-8") as out:
        for line in lines(tickets, seed):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count
