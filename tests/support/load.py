"""Customers that write to a desk all the time."""
import contextlib
import random
import smtplib
import threading
import time

from desk import MAILBOX, hand_over


class Load:
    """Senders that hand in mail until the server is gone or they are told to stop."""

    def __init__(self, desk, name, senders=3, pause=0):
        self.desk, self.name, self.pause = desk, name, pause
        self.is_over = False
        self.answers = []  # of DATA: (when, the mail, the code); list.append is atomic
        self.threads = [threading.Thread(target=self.send, args=(number,)) for number in range(senders)]
        for thread in self.threads:
            thread.start()

    def send(self, sender):
        with contextlib.suppress(OSError, smtplib.SMTPException):
            door = self.desk.mail_door(timeout=10)
            number = 0
            while not self.is_over:
                number += 1
                name = f"mail {self.name}.{sender}.{number}."
                address = f"c{sender}.{number}@load.example"
                raw = (f"From: <{address}>\r\nSubject: {name}\r\nMessage-ID: <{name.replace(' ', '')}{address}>\r\n\r\n"
                       + "Please help.\r\n" * random.randint(1, 200))
                code, _ = hand_over(door, address, [MAILBOX], raw.encode())
                self.answers.append((time.monotonic(), name, code))
                time.sleep(self.pause)

    def stop(self):
        self.is_over = True
        return self.acknowledged()

    def acknowledged(self):
        """Mails with a 250, once the last answer was given."""
        for thread in self.threads:
            thread.join()
        return [name for _, name, code in self.answers if code == 250]
