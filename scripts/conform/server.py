"""A fresh server of its own for one run: free port, empty data folder."""

import contextlib
import json
import pathlib
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

START_SECONDS = 60


def call(url, method="GET", body=None, token=""):
    """Sends JSON and returns the answer's; an error answer raises."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("X-Forensic-Access-Token", token)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


class Server:
    """A running server, with the administrator's credentials."""

    def __init__(self, url, data):
        self.url = url
        self.email, self.password = (data / "admin-password").read_text().split()

    def sign_in(self):
        """A new session of the administrator."""
        credentials = {"email": self.email, "password": self.password}
        return call(self.url + "/api/authorize/auth", "POST", {"credentials": credentials})


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def started(binary, assets, *flags):
    """Starts a server and ends it. Its log goes to standard error when it does not start."""
    with tempfile.TemporaryDirectory(prefix="bonafide-") as folder:
        data = pathlib.Path(folder) / "data"
        data.mkdir()
        url = f"http://127.0.0.1:{free_port()}"
        log = pathlib.Path(folder) / "log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [binary, "serve", "--data", data, "--assets", assets, "--listen", url.removeprefix("http://"), *flags],
                stdout=out, stderr=subprocess.STDOUT)
            try:
                wait(process, url, log)
                yield Server(url, data)
                if process.poll() is not None:
                    raise SystemExit(f"the server has ended by itself\n{log.read_text()[-4000:]}")
            finally:
                process.terminate()
                process.wait(timeout=60)


def wait(process, url, log):
    for _ in range(START_SECONDS * 10):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            call(url + "/healthz")
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(f"the server does not start\n{log.read_text()}")
