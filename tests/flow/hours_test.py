"""Business hours and targets changed over HTTP while customers wait: lists, reports and commands move together."""
import datetime
import http.server
import json
import threading
import unittest

import case

CALENDAR = (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20301225\r\n"
            b"SUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")


class Hours(case.DeskCase):
    def setUp(self):
        super().setUp()
        self.served = self.desk()
        self.assertTrue(self.served.start(more=["--may-call", "127.0.0.0/8"]))
        self.mailbox = self.ask("GET", "/mailboxes")["items"][0]["id"]
        self.begin = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)

    def ask(self, method, path, body=None, status=(200, 201, 204)):
        answer, told = self.served.ask(method, "/api/v1" + path, body)
        self.assertIn(answer, status, told)
        return json.loads(told) if told else None

    def reported(self):
        """When each wait is due, as the command tells it."""
        period = ["--from", self.begin.strftime("%FT%TZ"),
                  "--to", (self.begin + datetime.timedelta(hours=1)).strftime("%FT%TZ")]
        return [json.loads(line)["due_at"] for line in self.served.command("report", "waits", *period).splitlines()]

    def listed(self):
        return [ticket["wait"]["due_at"] for ticket in self.ask("GET", "/tickets?view=waiting")["items"]]

    def test_changed_hours_move_the_list_and_the_report_together(self):
        for number in range(3):
            self.ask("POST", "/tickets", {"email": f"c{number}@x.example", "subject": "S", "text": "T"})
        always = self.listed()
        self.assertEqual(always, self.reported())

        # Open from tomorrow's date for one minute a day, so that nothing is due today whenever this runs.
        day = (self.begin + datetime.timedelta(days=2)).strftime("%a").lower()
        made = self.ask("POST", "/schedules", {
            "name": "Rare", "zone": "Europe/Rome", "weekly": [{"day": day, "start": "12:00", "end": "12:30"}],
            "mailboxes": [self.mailbox]})
        rare = self.listed()
        self.assertEqual(rare, self.reported())
        self.assertEqual(len(set(rare)), 1)
        self.assertNotEqual(rare, always)

        due = datetime.datetime.fromisoformat(rare[0])
        self.ask("POST", f"/schedules/{made['id']}/versions", {
            "from": (due - datetime.timedelta(hours=2)).strftime("%FT%TZ"), "zone": "UTC", "weekly": []})
        self.assertEqual(self.listed(), [None] * 3, "closed for good from then on")
        self.assertEqual(self.reported(), [None] * 3)

        self.ask("PATCH", f"/mailboxes/{self.mailbox}", {"schedule": None})
        self.assertEqual(self.listed(), always)
        self.assertEqual(self.reported(), always)
        self.assertEqual(self.served.command("check"), "all is well\n")

    def test_a_new_mailbox_by_command_keeps_a_schedule(self):
        made = self.ask("POST", "/schedules", {"name": "Office", "zone": "UTC", "weekly": []})
        self.served.command("mailbox", "add", "night@desk.example", "--name", "Night", "--schedule", made["id"])
        self.assertEqual(self.ask("GET", f"/schedules/{made['id']}")["mailboxes"],
                         [box["id"] for box in self.ask("GET", "/mailboxes")["items"] if box["address"] == "night@desk.example"])

    def test_a_calendar_on_the_web_is_read_within_seconds(self):
        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Length", str(len(CALENDAR)))
                self.end_headers()
                self.wfile.write(CALENDAR)

            def log_message(self, *_):
                pass

        web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=web.serve_forever, daemon=True).start()
        self.addCleanup(web.server_close)
        self.addCleanup(web.shutdown)
        made = self.ask("POST", "/schedules", {"name": "Office", "zone": "UTC", "weekly": []})
        path = f"/schedules/{made['id']}"
        self.ask("PUT", path + "/calendar", {"url": f"http://127.0.0.1:{web.server_port}/h.ics"})
        self.wait("the calendar", lambda: self.ask("GET", path)["calendar"]["fetched_at"])
        self.assertEqual(self.ask("GET", path)["versions"][-1]["holidays"], [{"date": "2030-12-25", "name": "Christmas"}])


if __name__ == "__main__":
    unittest.main()
