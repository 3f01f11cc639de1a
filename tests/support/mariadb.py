"""A MariaDB of a test's own, that can die and come back; unlike that of scripts/with_mariadb it keeps what it commits."""
import getpass
import os
import shutil
import signal
import subprocess
import tempfile

from desk import wait_for


class MariaDb:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="fifteen-mariadb.")
        self.socket = self.folder + "/s"
        self.url = f"mysql://root@localhost/desk?socket={self.socket}"
        self.log = open(self.folder + "/log", "ab")
        subprocess.run(["mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db",
                        f"--datadir={self.folder}/data", f"--user={getpass.getuser()}"],
                       check=True, stdout=self.log, stderr=self.log)
        self.start()
        subprocess.run([*self.client("mariadb"), "-e", "CREATE DATABASE desk CHARACTER SET utf8mb4"], check=True)

    def client(self, program):
        return [program, "--no-defaults", "--socket=" + self.socket, "-u", "root"]

    def start(self):
        program = shutil.which("mariadbd") or "/usr/sbin/mariadbd"
        self.process = subprocess.Popen([program, "--no-defaults", f"--user={getpass.getuser()}", f"--datadir={self.folder}/data",
                                         "--socket=" + self.socket, "--skip-networking", "--innodb-buffer-pool-size=64M"],
                                        stdout=self.log, stderr=self.log)
        ping = [*self.client("mariadb-admin"), "--silent", "ping"]
        wait_for("MariaDB up", lambda: subprocess.run(ping, stdout=self.log, stderr=self.log).returncode == 0)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def hang(self):
        """It answers nothing more; its connections stay open, and further ones can be opened."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def remove(self):
        self.kill()
        self.log.close()
        shutil.rmtree(self.folder)
