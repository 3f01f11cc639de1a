"""A desk for tests that look at it from outside: `fifteen serve` with a folder of its own, its API and its mail door."""
import http.client
import json
import os
import re
import shutil
import signal
import smtplib
import subprocess
import tempfile
import time
import urllib.parse

AGENT = "ana@desk.example"
MAILBOX, OTHER_MAILBOX = "help@desk.example", "sales@desk.example"


def wait_for(what, condition, seconds=60):
    """The first true answer of `condition`, or TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = condition()
        if answer:
            return answer
        time.sleep(0.02)
    raise TimeoutError(f"{what}: not within {seconds} s")


def mariadb_database(name):
    """A new database beside the one that FIFTEEN_TEST_MARIADB names: its URL and what drops it."""
    url = urllib.parse.urlsplit(os.environ["FIFTEEN_TEST_MARIADB"])
    client = ["mariadb", "--no-defaults", "-u", url.username or "root"]
    socket = urllib.parse.parse_qs(url.query).get("socket")
    if url.password:
        client.append("--password=" + urllib.parse.unquote(url.password))
    client += ["--socket=" + socket[0]] if socket else ["--host=" + url.hostname, f"--port={url.port or 3306}"]

    def run(sql):
        subprocess.run(client + ["-e", sql], check=True)

    run(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
    return urllib.parse.urlunsplit(url._replace(path="/" + name)), lambda: run(f"DROP DATABASE `{name}`")


class Desk:
    """One data folder with a mailbox and an agent, and the server on it, as often as it is started."""

    def __init__(self, binary, data=None, database="", relay="", is_new=True):
        self.binary = os.path.abspath(binary)
        self.folder = tempfile.mkdtemp(prefix="fifteen-desk.")
        self.data = data or self.folder + "/data"
        self.relay = relay
        self.options = ["--data", self.data] + (["--database", database] if database else [])
        self.log = open(self.folder + "/log", "ab")
        self.process = None
        if is_new:
            self.command("mailbox", "add", MAILBOX, "--name", "Help")
            self.command("mailbox", "add", OTHER_MAILBOX, "--name", "Sales")
            self.command("agent", "add", AGENT, "--name", "Ana", "--role", "admin")
        self.token = self.command("token", "add", "test", "--scope", "all", "--agent", AGENT).strip()

    def command(self, *words):
        return subprocess.run([self.binary, *words, *self.options], check=True, stdout=subprocess.PIPE, text=True).stdout

    def start(self, before=(), more=(), environment=None, http="127.0.0.1"):
        """Starts the server, behind the words of `before`. False when it ended before its doors were open."""
        words = [*before, self.binary, "serve", "--http", http + ":0", *more, *self.options]
        for door in ("smtp", "lmtp"):
            words += ["--" + door, "127.0.0.1:0"]
        words += ["--relay", self.relay] if self.relay else []
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env={**os.environ, **(environment or {})})
        doors = {}
        while len(doors) < 3 + ("--https" in more):
            line = self.process.stdout.readline().split()
            if not line:
                self.process.wait()
                return False
            doors[line[1]] = int(line[2].rsplit(":", 1)[1])
        self.http, self.smtp, self.lmtp, self.https = (doors.get(door) for door in ("http", "smtp", "lmtp", "https"))
        return True

    def is_running(self):
        return self.process.poll() is None

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """Asks it to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        finally:
            self.kill()

    def remove(self):
        if self.process and self.is_running():
            self.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method, path, body=None, headers=None):
        """The answer's status and bytes. A server that is gone is an OSError or an HTTPException."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=60)
        try:
            headers = {"Authorization": "Bearer " + self.token, **(headers or {})}
            if body is not None:
                headers.setdefault("Content-Type", "application/json")
                body = json.dumps(body)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def get(self, path):
        status, body = self.ask("GET", "/api/v1" + path)
        if status != 200:
            raise ValueError(f"GET {path}: {status} {body[:300]!r}")
        return json.loads(body)

    def pages(self, path):
        """Every item of a list."""
        cursor = ""
        while cursor is not None:
            page = self.get(path + ("&cursor=" + urllib.parse.quote(cursor, safe="") if cursor else ""))
            yield from page["items"]
            cursor = page["next"]

    def metrics(self):
        """Figures by name with labels, as /metrics writes them: for this machine without a token, so without records."""
        status, body = self.ask("GET", "/metrics", headers={"Authorization": ""})
        if status != 200:
            raise ValueError(f"GET /metrics: {status}")
        return {name: float(value) for name, value in re.findall(r"^(fifteen_\S+) (\S+)$", body.decode(), re.M)}

    def wait_until_received(self, accepted, seconds=300):
        """Until this many mails were accepted and none of them waits any more; the figures."""

        def is_done():
            figures = self.metrics()
            return (
                figures
                if figures.get("fifteen_mail_accepted_total") == accepted and figures.get("fifteen_mail_waiting") == 0
                else None
            )

        return wait_for(f"{accepted} mails received", is_done, seconds)

    def subjects(self, accepted=0):
        """Of every ticket, once all mail is one, and at least `accepted` mails are: /metrics is up to a second old."""

        def is_drained():
            figures = self.metrics()
            return figures.get("fifteen_mail_accepted_total", -1) >= accepted and figures["fifteen_mail_waiting"] == 0

        wait_for("the spool empty", is_drained, 300)
        return [t["subject"] for state in ("open", "closed") for t in self.pages(f"/tickets?state={state}&limit=100")]

    def mail_door(self, timeout=60):
        door = smtplib.SMTP("127.0.0.1", self.smtp, local_hostname="sender.example", timeout=timeout)
        door.ehlo()
        return door

    def lmtp_door(self, timeout=60):
        door = smtplib.LMTP("127.0.0.1", self.lmtp, local_hostname="sender.example", timeout=timeout)
        door.ehlo()  # smtplib says LHLO
        return door

    def takes_mail(self):
        """Whether the door knows the mailbox: a fresh server reads it just after its start, and says 450 until then."""
        door = self.mail_door()
        door.docmd("MAIL FROM:<>")
        code, _ = door.docmd(f"RCPT TO:<{MAILBOX}>")
        door.quit()
        return code == 250


def hand_over(door, sender, recipients, raw):
    """One mail over an open connection; the last reply's code and text. By LMTP that is the first recipient's answer:
    the others' are the door's next replies."""
    for word in (f"MAIL FROM:<{sender}>", *(f"RCPT TO:<{recipient}>" for recipient in recipients)):
        code, text = door.docmd(word)
        if code != 250:
            door.rset()
            return code, text
    return door.data(raw)
