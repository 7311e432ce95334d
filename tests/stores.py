"""Real triple stores on loopback, each in a folder of its own, on free ports: started, killed, started again."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

__all__ = ["OxigraphServer", "Server", "VirtuosoServer"]

USER = PASSWORD = "dba"
"""Of a fresh Virtuoso."""

_INI = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
CaseMode = 2
AllowOSCalls = 0
DirsAllowed = .
SchedulerInterval = 10
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
ThreadsPerQuery = 1
AsyncQueueMaxThreads = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
MaxClientConnections = 10
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 4000
MaxQueryExecutionTime = 120
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


class Server(ABC):
    """A store in ``folder``. Its data outlives `kill`; `stop` ends it."""

    ready_after = 60.0

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    @abstractmethod
    def endpoint(self) -> str:
        """Where it takes queries; ``url`` is what `kg load` wants."""

    @staticmethod
    @abstractmethod
    def missing() -> str:
        """Why it cannot be started here; empty where it can."""

    @abstractmethod
    def command(self) -> list[str]: ...

    def start(self) -> None:
        with (self.folder / "output").open("ab") as output:
            self._process = subprocess.Popen(self.command(), cwd=self.folder, stdout=output, stderr=output)
        end = time.monotonic() + self.ready_after
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the store did not start: {(self.folder / 'output').read_text()[-2000:]}")
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            urlopen(self.url, timeout=5).close()
        except HTTPError:
            return True
        except (URLError, OSError):
            return False
        return True

    def kill(self) -> None:
        """As kill -9 does: nothing is put in order first."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    stop = kill


class OxigraphServer(Server):
    """Of the package ``oxigraph``; its default graph shows all named ones."""

    @property
    def endpoint(self) -> str:
        return f"{self.url}/query"

    @staticmethod
    def binary() -> str | None:
        beside = Path(sys.executable).with_name("oxigraph")
        return str(beside) if beside.is_file() else shutil.which("oxigraph")

    @staticmethod
    def missing() -> str:
        return "" if OxigraphServer.binary() else "no Oxigraph server here (pip install oxigraph)"

    def command(self) -> list[str]:
        binary = self.binary()
        assert binary
        bind = f"127.0.0.1:{self.port}"
        return [binary, "serve", "--union-default-graph", "--location", str(self.folder / "data"), "--bind", bind]


class VirtuosoServer(Server):
    """Of Debian's package ``virtuoso-opensource-7-bin``; its default graph is the union of the named ones."""

    @property
    def endpoint(self) -> str:
        return f"{self.url}/sparql"

    @staticmethod
    def missing() -> str:
        return "" if shutil.which("virtuoso-t") else "no Virtuoso here (apt-get install virtuoso-opensource-7-bin)"

    def command(self) -> list[str]:
        binary = shutil.which("virtuoso-t")
        assert binary
        ini = self.folder / "virtuoso.ini"
        if not ini.exists():
            ini.write_text(_INI.format(sql=free_port(), http=self.port))
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)  # left by a killed one
        return [binary, "+foreground", "+configfile", str(ini)]
