"""A disk of a test's own, that can be too small and lose its power; as root."""
import os
import subprocess
import time


class Disk:
    """An ext4 file system in a file."""

    def __init__(self, folder, mebibytes=512):
        self.image, self.path = folder + "/image", folder + "/disk"
        os.mkdir(self.path)
        with open(self.image, "wb") as image:
            image.truncate(mebibytes << 20)
        subprocess.run(["mkfs.ext4", "-q", self.image], check=True)
        self.mount()

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.image, self.path], check=True)

    def unmount(self):
        subprocess.run(["umount", self.path], check=True)

    def shut_down(self):
        """Cuts the power: what was not synced is gone. When it began."""
        began = time.monotonic()
        subprocess.run(["xfs_io", "-x", "-c", "shutdown", self.path], check=True)
        return began

    def come_back(self):
        self.unmount()
        self.mount()

    def cut(self):
        self.shut_down()
        self.come_back()
