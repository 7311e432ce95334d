"""HTTP with a store: who we are, what is tried again and when, and one line for each way in which it ends.

Tried again, after 1, 2, 4 ... seconds or what ``Retry-After`` says: a connection that is refused or breaks, the answers
408, 425, 429, 502, 503, 504, and Virtuoso's 500 for a deadlock. Not tried again: what was refused, and what ran out of
time (the store may still be at it).
"""

from __future__ import annotations

import contextlib
import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from kg.errors import ConfigError, MissingExtraError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import ModuleType

    import httpx

__all__ = ["AGAIN", "Answer", "BrokenError", "Client", "Credentials", "split_credentials"]

AGAIN: Final = frozenset({408, 425, 429, 502, 503, 504})
"""What a store that is busy or just starting says: worth asking again."""
_MET = re.compile(r"Virtuoso (?:40001|S1T00) ")
_LONGEST = 600.0
_CONNECT = 10.0
_WORDS = 240


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who we are to the store; never shown, not even by ``repr``."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "Credentials(...)"

    @property
    def given(self) -> bool:
        return bool(self.user or self.token)


@dataclass(frozen=True, slots=True)
class Answer:
    """A store's answer. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class BrokenError(StoreError):
    """No answer came: the connection was refused or broke, or time ran out. What the store did is not known."""

    late = False


def split_credentials(url: str) -> tuple[str, str, str]:
    """The address without user and password, and these. Raises `ConfigError` for what is no address of a store."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    bare = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    with contextlib.suppress(ValueError):
        if parts.scheme.lower() in ("http", "https") and parts.hostname and parts.port != 0:
            return bare, unquote(parts.username or ""), unquote(parts.password or "")
    raise ConfigError("no address of a store", where=bare, remedy="give it as http://host:port/...")


class Client:
    """A connection to one store. ``timeout``: seconds to wait for an answer. ``sleep`` waits between tries."""

    def __init__(
        self,
        credentials: Credentials,
        *,
        digest: bool,
        timeout: float,
        retries: int,
        sleep: Callable[[float], None],
    ) -> None:
        self._httpx = _httpx()
        self._credentials = credentials
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep
        self._client = self._httpx.Client(
            auth=self._auth(digest=digest),
            timeout=self._httpx.Timeout(timeout, connect=min(_CONNECT, timeout)),
            headers={"User-Agent": "kg-load"},
        )

    def close(self) -> None:
        self._client.close()

    def hurry(self) -> None:
        """From now on nothing is tried again or waited for long: the work has failed, only its end is told."""
        self._retries = 0
        self._timeout = min(self._timeout, _CONNECT)
        self._client.timeout = self._httpx.Timeout(self._timeout)

    def use_digest(self, *, digest: bool) -> None:
        """Digest or Basic for a user and password."""
        self._client.auth = self._auth(digest=digest)

    def _auth(self, *, digest: bool) -> Any:
        who = self._credentials
        if who.token:
            return _bearer(who.token)
        if who.user:
            return (self._httpx.DigestAuth if digest else self._httpx.BasicAuth)(who.user, who.password)
        return None

    def send(
        self,
        method: str,
        url: str,
        *,
        doing: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: Iterable[bytes] | None = None,
        accept: frozenset[int] = frozenset(),
        once: bool = False,
    ) -> Answer:
        """The answer, where its status is 2xx or in ``accept``. ``once``: nothing is tried again.

        Raises `BrokenError` where none came, `StoreError` for any other answer; both say what we were ``doing``.
        """
        tries = 0 if once else self._retries
        for number in range(tries + 1):
            last = number == tries
            try:
                answer = self._once(method, url, doing, params, headers, form, body)
            except BrokenError as error:
                if last or error.late:
                    raise
                self._sleep(float(2**number))
                continue
            if answer.status in accept or 200 <= answer.status < 300:
                return answer
            if last or not _busy(answer):
                raise self._refused(answer, url, doing)
            self._sleep(_pause(answer.headers.get("retry-after", ""), number))
        raise AssertionError("unreachable")

    def _once(
        self,
        method: str,
        url: str,
        doing: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        form: Mapping[str, str] | None,
        body: Iterable[bytes] | None,
    ) -> Answer:
        httpx = self._httpx

        def ask() -> Any:
            address = httpx.URL(url).copy_merge_params(params) if params else url
            return self._client.request(method, address, headers=headers, data=form, content=body)

        try:
            response = ask()
            if response.status_code == 401 and "digest" in response.headers.get("www-authenticate", "").lower():
                basic = isinstance(self._client.auth, httpx.BasicAuth)
                if basic:  # the store wants the other way of telling the same
                    self.use_digest(digest=True)
                    response = ask()
        except httpx.TimeoutException as error:
            if isinstance(error, httpx.ConnectTimeout):
                raise BrokenError("does not answer", where=url, remedy="is the store running?") from None
            late = BrokenError(
                f"{doing}: no answer within {self._timeout:g} s", where=url, remedy="give it more: --timeout"
            )
            late.late = True
            raise late from None
        except httpx.ConnectError as error:
            raise BrokenError(f"no connection: {_reason(error)}", where=url, remedy="is the store running?") from None
        except httpx.TransportError as error:
            raise BrokenError(f"{doing}: the connection broke ({_reason(error)})", where=url) from None
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise ConfigError(f"no address of a store: {_reason(error)}", where=url) from None
        return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, response.content)

    def _refused(self, answer: Answer, url: str, doing: str) -> StoreError:
        words = self._words(answer)
        said = f": {words}" if words else ""
        no_right = "SR186" in words or "no permission" in words.lower()
        match answer.status:
            case 401 if self._credentials.given:
                return StoreError("the password or token is refused (401)", where=url)
            case 401:
                remedy = "--user and --password, or KG_STORE_USER and KG_STORE_PASSWORD"
                return StoreError("asks for a user and a password (401)", where=url, remedy=remedy)
            case 404:
                what = f"{doing}: nothing at this address (404){said}"
                return StoreError(what, where=url, remedy="is the repository or dataset there, and the profile right?")
            case 403 | 405 | 501:
                what = f"{doing}: not allowed ({answer.status}){said}"
                return StoreError(what, where=url, remedy="is the store read only, or is this user?")
            case _ if no_right:
                return StoreError(f"{doing}: not allowed{said}", where=url, remedy="a user who may write: --user")
            case status if 300 <= status < 400:
                elsewhere = split_credentials(answer.headers.get("location") or url)[0]
                return StoreError(f"the store is elsewhere ({status})", where=url, remedy=f"--to {elsewhere}")
            case 413:
                return StoreError(f"{doing}: too big for the store (413){said}", where=url)
            case status:
                return StoreError(f"{doing}: the store says {status}{said}", where=url)

    def _words(self, answer: Answer) -> str:
        """What the store says, on one line, without markup and without our secrets."""
        text = re.sub(r"<(?:style|title).*?</(?:style|title)>|<[!/a-zA-Z][^>]*>", " ", answer.text, flags=re.DOTALL)
        text = " ".join(html.unescape(text).split())
        for secret in (self._credentials.password, self._credentials.token):
            if secret:
                text = text.replace(secret, "***")
        return text if len(text) <= _WORDS else text[: _WORDS - 3] + "..."


def _busy(answer: Answer) -> bool:
    """Whether it is worth asking again. Virtuoso says 500 to a transaction that met another one."""
    return answer.status in AGAIN or (answer.status == 500 and bool(_MET.search(answer.text[:_WORDS])))


def _httpx() -> ModuleType:
    try:
        import httpx
    except ImportError:
        raise MissingExtraError("httpx is not installed", remedy="pip install 'unsc-kg[load]'") from None
    return httpx


def _bearer(token: str) -> Callable[[httpx.Request], httpx.Request]:
    def sign(request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return sign


def _pause(retry_after: str, number: int) -> float:
    """Seconds to wait: what the store says (a number or a date), else twice as long every time."""
    seconds = float(2**number)
    if retry_after.strip().isdigit():
        seconds = float(retry_after)
    elif retry_after:
        with contextlib.suppress(ValueError, TypeError):
            seconds = (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), _LONGEST)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).lower() or type(error).__name__
