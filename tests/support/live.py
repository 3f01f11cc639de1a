"""A signed-in browser as far as the live stream goes: a session, and a WebSocket that keeps what it is told and when."""
import base64
import http.client
import json
import os
import socket
import struct
import threading
import time


def sign_in(port, email, password):
    """The session's cookie."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = json.dumps({"email": email, "password": password})
        connection.request("POST", "/api/v1/session", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise ValueError(f"signing in: {answer.status} {answer.read()[:300]!r}")
        return answer.getheader("Set-Cookie").split(";")[0]
    finally:
        connection.close()


class Live:
    """Listens until the server is gone or close(). `frames`: (when by the wall clock, the frame)."""

    def __init__(self, port, cookie, after=""):
        self.frames = []
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        key = base64.b64encode(os.urandom(16)).decode()
        path = "/api/v1/live" + (f"?after={after}" if after else "")
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                            f"Cookie: {cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode())
        self.stream = self.socket.makefile("rb")
        status = self.stream.readline().split()[1]
        while self.stream.readline() != b"\r\n":
            pass
        if status != b"101":
            raise ValueError(f"the live stream answers {status}")
        self.socket.settimeout(None)
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self):
        message = b""
        try:
            while head := self.stream.read(2):
                size = head[1] & 127
                if size >= 126:
                    size = struct.unpack(">H" if size == 126 else ">Q", self.stream.read(2 if size == 126 else 8))[0]
                part = self.stream.read(size)
                now = time.time()
                if head[0] & 15 == 9:  # a ping; a key of zeros masks nothing
                    self.socket.sendall(bytes((0x8A, 0x80 | len(part))) + b"\0\0\0\0" + part)
                elif head[0] & 15 < 8:
                    message += part
                    if head[0] & 0x80:
                        self.frames.append((now, json.loads(message)))
                        message = b""
        except (OSError, ValueError, struct.error):
            pass

    def notices(self):
        """(when, the frame's event, the notice)"""
        return [(at, frame["event"], notice) for at, frame in list(self.frames) if frame["type"] == "notices"
                for notice in frame["items"]]

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join(10)
