"""Business time by brute force: each day's spans as UTC intervals, version by version, cut, united, added up.

Integers throughout: microseconds since 1970, so that nothing is rounded."""
import datetime
import zoneinfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EPOCH = datetime.datetime(1970, 1, 1)
MICROSECOND = datetime.timedelta(microseconds=1)
DAY = 86_400_000_000


def local_to_utc(date, minutes, zone):
    """Temporal's `compatible`: fold=0 takes the offset before a gap (so moves forward) and the earlier of two."""
    local = datetime.datetime.combine(date, datetime.time()) + datetime.timedelta(minutes=minutes)
    return (local - EPOCH) // MICROSECOND - local.replace(tzinfo=zone).utcoffset() // MICROSECOND


def minutes_of(clock):
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


class Version:
    def __init__(self, since, zone, weekly, holidays):
        self.since, self.zone = since, zoneinfo.ZoneInfo(zone)
        self.spans = [[] for _ in DAYS]
        self.holidays = {datetime.date.fromisoformat(day) for day in holidays}
        for span in weekly:
            start, end = minutes_of(span["start"]), minutes_of(span["end"])
            self.spans[DAYS.index(span["day"])].append((start, end if end > start else end + 1440))
        self.known = {}

    def of_day(self, date):
        if date not in self.known:
            spans = [] if date in self.holidays else self.spans[date.weekday()]
            self.known[date] = [(local_to_utc(date, start, self.zone), local_to_utc(date, end, self.zone))
                                for start, end in spans]
        return self.known[date]


class Hours:
    """A schedule with all its versions; without any it is always open."""

    def __init__(self, versions=()):
        self.versions = sorted(versions, key=lambda version: version.since)

    def open_between(self, begin, end):
        """Disjoint intervals in order."""
        if not self.versions:
            return [(begin, end)]
        found = []
        for place, version in enumerate(self.versions):
            low = begin if place == 0 else max(begin, version.since)
            high = end if place + 1 == len(self.versions) else min(end, self.versions[place + 1].since)
            if low >= high:
                continue
            date = (EPOCH + datetime.timedelta(microseconds=low)).date() - datetime.timedelta(days=3)
            last = (EPOCH + datetime.timedelta(microseconds=high)).date() + datetime.timedelta(days=3)
            while date <= last:
                found += [(max(a, low), min(b, high)) for a, b in version.of_day(date) if max(a, low) < min(b, high)]
                date += datetime.timedelta(days=1)
        united = []
        for a, b in sorted(found):
            if united and a <= united[-1][1]:
                united[-1] = (united[-1][0], max(b, united[-1][1]))
            else:
                united.append((a, b))
        return united

    def between(self, begin, end):
        return sum(b - a for a, b in self.open_between(begin, end))

    def due(self, begin, target):
        """The first instant at which the time since `begin` reaches the target, or None."""
        if not self.versions or target == 0:
            return begin + target
        last = self.versions[-1]
        while True:
            for a, b in self.open_between(begin, begin + 14 * DAY):
                if b - a >= target:
                    return a + target
                target -= b - a
            begin += 14 * DAY
            if (begin > last.since or len(self.versions) == 1) and not any(last.spans):
                return None
