"""Requests to catalogues: bounded in time, size, redirects and repeats, and careful with keys.

Waiting follows RFC 9110: ``Retry-After`` in seconds or as a date; otherwise the wait doubles with each attempt.
"""

from __future__ import annotations

import email.utils
import re
import time
from dataclasses import dataclass, field
from typing import Any, Mapping
from urllib.parse import urljoin, urlsplit, urlunsplit

import requests
import requests.auth
import urllib3

from cropsample_plugin.about import plugin_version
from cropsample_plugin.engine.errors import CropSampleError, InputError, MissingPackageError, WebError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

SCHEMES = ("http", "https")
PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
MOST_REDIRECTS = 5
LONGEST_WAIT_S = 120.0
CERTIFICATES_VARIABLE = "REQUESTS_CA_BUNDLE"
LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
_SLOWEST_FACTOR = 10
_FIRST_WAIT_S = 0.5
_POLL_S = 0.1
_CHUNK_BYTES = 65536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SEE_OTHER = 303
_SIGNED_QUERY = re.compile(r"\?[^\s'\"<>]*")
_REASON = re.compile(
    r"\[Errno [^\]]*\] ([^'\")]+)"
    r"|(IncompleteRead|Connection refused|timed out|reset by peer|certificate verify failed[^(]*)"
)
_SERVER_ERRORS = range(500, 600)
_DENIED = (401, 403)


@dataclass(frozen=True)
class WebRules:
    """How requests are made.

    Attributes:
        timeout_s: longest silence of a server; an answer may take ten times that.
        retries: how often a request that failed for a passing reason is repeated.
        headers: sent to `header_hosts` alone; their values are secret.
        header_hosts: host names, with port where the address has one.
    """

    timeout_s: float = 30.0
    retries: int = 4
    headers: Mapping[str, str] = field(default_factory=dict)
    header_hosts: frozenset[str] = frozenset()

    def headers_for(self, url: str) -> dict[str, str]:
        """Return the headers that a request to this address carries."""
        return dict(self.headers) if urlsplit(url).netloc in self.header_hosts else {}

    def redacted(self, text: str) -> str:
        """Return a text without the values of headers and without the queries of addresses."""
        for value in self.headers.values():
            text = text.replace(value, "***") if value else text
        return _SIGNED_QUERY.sub("?***", text)


@dataclass(frozen=True)
class Answer:
    """What a server answered: status, headers, body, and the address after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class WebClient:
    """Makes requests by the rules; used by one thread at a time or by several."""

    def __init__(self, rules: WebRules, progress: Progress) -> None:
        self.rules = rules
        self.progress = progress
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"CropSample/{plugin_version()}"

    def get(self, url: str) -> Answer:
        """Return the answer to a GET request; see `request`."""
        return self.request("GET", url)

    def request(self, method: str, url: str, *, body: Any = None, query: Mapping[str, Any] | None = None) -> Answer:  # noqa: ANN401 - JSON value
        """Send a request, again when the reason of its failure may pass, and return the answer.

        Raises:
            InputError: the address is no http or https address.
            WebError: no answer, or one that is no success.
            CanceledError: the user cancelled while waiting.
        """
        attempt = 0
        while True:
            raise_if_canceled(self.progress)
            wait_s = 0.0
            try:
                answer = self._once(method, url, body, query, {})
                if answer.status < 300:  # noqa: PLR2004 - the class of successes
                    return answer
                problem = self._refusal(answer)
                wait_s = retry_after_s(answer.headers)
            except WebError as error:
                problem = error
            attempt += 1
            if not problem.is_passing or attempt > self.rules.retries:
                raise problem
            self.wait(attempt, wait_s, url)

    def probe(self, url: str) -> Answer:
        """Ask for the first bytes of a file once and return whatever is answered; `WebError` when nothing is."""
        return self._once("GET", url, None, None, {"Range": "bytes=0-1023"}, most_bytes=1024)

    def wait(self, attempt: int, wanted_s: float, url: str) -> None:
        """Wait before an attempt: as long as the server asks for, or half a second, one, two, ...

        Raises:
            WebError: the server asks for more than two minutes.
            CanceledError: the user cancelled.
        """
        if wanted_s > LONGEST_WAIT_S:
            raise WebError(
                f"{host_of(url)} asks to wait {wanted_s:.0f} seconds before the next request.",
                "Start again then: what is finished is kept.",
                is_passing=True,
            )
        due = time.monotonic() + max(wanted_s, min(_FIRST_WAIT_S * 2 ** (attempt - 1), LONGEST_WAIT_S))
        while time.monotonic() < due:
            raise_if_canceled(self.progress)
            time.sleep(min(_POLL_S, max(0.0, due - time.monotonic())))

    def _once(
        self,
        method: str,
        url: str,
        body: Any,  # noqa: ANN401 - JSON value
        query: Mapping[str, Any] | None,
        extra: Mapping[str, str],
        most_bytes: int = 0,
    ) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            check_address(url)
            answer = self._send(method, url, body, query, {**self.rules.headers_for(url), **extra}, most_bytes)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not target:
                return answer
            url, query = urljoin(url, target), None
            if answer.status == _SEE_OTHER:
                method, body = "GET", None
        raise WebError(
            f"{host_of(url)} redirects more than {MOST_REDIRECTS} times.", "Check the address of the catalogue."
        )

    def _send(self, method: str, url: str, body: Any, query: Any, headers: dict[str, str], most_bytes: int) -> Answer:  # noqa: ANN401 - JSON values
        try:
            with self._session.request(
                method, url, params=query, json=body, headers=headers, timeout=self.rules.timeout_s,
                allow_redirects=False, stream=True, auth=_as_it_is,
            ) as response:  # fmt: skip
                content = self._content(response, most_bytes)
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise self._failure(url, error) from None
        return Answer(response.status_code, response.headers, content, url)

    def _content(self, response: requests.Response, most_bytes: int) -> bytes:
        deadline = time.monotonic() + _SLOWEST_FACTOR * self.rules.timeout_s
        parts: list[bytes] = []
        size = 0
        # What is there, not whole chunks: a server that drips must not keep us from looking at the clock.
        while part := response.raw.read1(most_bytes or _CHUNK_BYTES, decode_content=True):
            parts.append(part)
            size += len(part)
            if most_bytes and size >= most_bytes:
                break
            if size > LARGEST_ANSWER_BYTES:
                raise WebError(f"{host_of(response.url)} answers more than {LARGEST_ANSWER_BYTES >> 20} MiB.")
            if time.monotonic() > deadline:
                raise requests.exceptions.ReadTimeout
            raise_if_canceled(self.progress)
        return b"".join(parts)

    def _failure(self, url: str, error: Exception) -> CropSampleError:
        """Return what is wrong when there is no answer at all."""
        reason = self.rules.redacted(_innermost(error))
        if isinstance(error, requests.exceptions.InvalidSchema):
            return MissingPackageError(
                f"The proxy cannot be used: {reason}",
                "Set an HTTP proxy in QGIS (Settings > Options > Network), or none.",
            )
        if isinstance(error, (requests.exceptions.Timeout, urllib3.exceptions.ReadTimeoutError)):
            return WebError(
                f"{host_of(url)} did not answer within {self.rules.timeout_s:g} seconds.",
                "Try again later, or allow a longer time-out.",
                is_passing=True,
            )
        if isinstance(error, requests.exceptions.SSLError):
            return WebError(
                f"There is no secure connection to {host_of(url)}: {reason}.",
                "Check the address. Behind a proxy that opens connections, let the variable "
                f"{CERTIFICATES_VARIABLE} name your organisation's certificates before QGIS is started.",
            )
        return WebError(
            f"{host_of(url)} cannot be reached: {reason}.",
            "Check the address, the network and QGIS's proxy settings.",
            is_passing=not isinstance(error, requests.exceptions.InvalidURL),
        )

    def _refusal(self, answer: Answer) -> WebError:
        said = self.rules.redacted(" ".join(answer.body[:300].decode("utf-8", errors="replace").split()))
        remedy = "Check the address of the catalogue and the name of the collection."
        if answer.status in _DENIED:
            remedy = "It needs a key: give AUTHENTICATION or HEADERS, and check that the key is still valid."
        elif answer.status in PASSING_STATUSES:
            remedy = "The server is busy or out of order: try again later."
        return WebError(
            f"{without_query(answer.url)} answers {answer.status}: {said or 'nothing more'}.",
            remedy,
            status=answer.status,
            is_passing=answer.status in PASSING_STATUSES or answer.status in _SERVER_ERRORS,
        )


def check_address(url: str) -> None:
    """Raise `InputError` when an address is not one of http or https with a host."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in SCHEMES or not parts.netloc:
        raise InputError(
            f"'{without_query(url)}' is not an address that begins with https:// or http://.",
            "Local files and other protocols are not read through a catalogue.",
        )


def host_of(url: str) -> str:
    """Return the host of an address, with its port, without user and password."""
    return urlsplit(url).netloc.rpartition("@")[2]


def without_query(url: str) -> str:
    """Return an address without what may hold a key: query, user and password."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, host_of(url), parts.path, "", ""))


def retry_after_s(headers: Mapping[str, str]) -> float:
    """Return the seconds that a ``Retry-After`` header asks to wait; 0 when there is none or it cannot be read."""
    text = headers.get("retry-after", headers.get("Retry-After", "")).strip()
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0.0


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep the headers as they are: without this a ``.netrc`` file would replace them."""
    return request


def _innermost(error: BaseException) -> str:
    """Return the reason in few words: requests wraps it in object descriptions."""
    text = str(error)
    reason = _REASON.search(text)
    if reason:
        return (reason.group(1) or reason.group(2)).strip()
    return type(error).__name__ if not text or "object at 0x" in text else text.splitlines()[0][:200]
