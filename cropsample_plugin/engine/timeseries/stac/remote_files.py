"""Read remote rasters with patience: repeat what may pass, tell missing from damaged, keep keys where they belong."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Callable, Iterable, Iterator, TypeVar
from urllib.parse import urlsplit

import rasterio
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile

from cropsample_plugin.engine.errors import InputError, WebError, error_chain
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.timeseries.stac.asset_access import AssetAccess
from cropsample_plugin.engine.timeseries.stac.web_client import (
    CERTIFICATES_VARIABLE,
    PASSING_STATUSES,
    WebClient,
    host_of,
    retry_after_s,
    without_query,
)

T = TypeVar("T")
R = TypeVar("R")
_DENIED = (401, 403)
_SOUND_ANSWERS = (200, 206)
# A file that the server delivers but GDAL cannot read is tried once more: the first answer may have been cut.
_READS_OF_DAMAGED = 2
_CACHE_BYTES = 64 * 1024 * 1024
_POLL_S = 0.2


class MissingFileError(Exception):
    """The server says that a file is not there."""


class DeniedFileError(InputError):
    """The server gives a file only to who has a key."""


class DamagedFileError(Exception):
    """A file is there but no raster that can be read, or not where it says."""


class RemoteFiles:
    """Opens rasters over http; close it to let go of the headers."""

    def __init__(self, web: WebClient, access: AssetAccess) -> None:
        self._web = web
        self._access = access
        lines = "".join(f"{name}: {value}\n" for name, value in web.rules.headers.items())
        # Headers stay in memory: GDAL reads them from there for each file that may have them.
        self._headers = MemoryFile(lines.encode(), filename="headers.txt") if lines else None

    def close(self) -> None:
        """Forget the headers."""
        if self._headers is not None:
            self._headers.close()

    def options(self) -> dict[str, Any]:
        """Return GDAL's configuration for reading; GDAL itself repeats nothing."""
        timeout_s = self._web.rules.timeout_s
        return {
            "GDAL_HTTP_TIMEOUT": timeout_s * 4,
            "GDAL_HTTP_CONNECTTIMEOUT": timeout_s,
            "GDAL_HTTP_LOW_SPEED_TIME": timeout_s,
            "GDAL_HTTP_LOW_SPEED_LIMIT": 1,
            "GDAL_HTTP_MAX_RETRY": 0,
            "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
            "GDAL_HTTP_MERGE_CONSECUTIVE_RANGES": "YES",
            "CPL_VSIL_CURL_NON_CACHED": "/vsicurl:/vsis3",
            "GDAL_CACHEMAX": _CACHE_BYTES,
            **_certificates(),
            **self._access.gdal_options(),
        }

    def read(self, address: str, action: Callable[[rasterio.DatasetReader], T]) -> T:
        """Open a raster and do something with it, again when the reason of a failure may pass.

        Raises:
            MissingFileError: the server says that it is not there.
            DamagedFileError: it cannot be read although the server delivers it.
            WebError: the server cannot be reached, or is busy for too long.
            DeniedFileError: it needs a key.
            CanceledError: the user cancelled.
        """
        attempt = n_sound = 0
        while True:
            raise_if_canceled(self._web.progress)
            try:
                with rasterio.Env(**self.options()), self._opened(address) as dataset:
                    return action(dataset)
            except RasterioError as error:
                said = self._web.rules.redacted(error_chain(error))
            problem, wait_s = self._diagnose(address, said)
            attempt += 1
            n_sound += problem is None
            if problem is None and n_sound >= _READS_OF_DAMAGED:
                raise DamagedFileError(_short(said))
            if problem is not None and attempt > self._web.rules.retries:
                raise problem
            self._web.wait(attempt, wait_s, address)

    def _opened(self, address: str) -> rasterio.DatasetReader:
        readable = self._access.readable(address)
        header_file = ""
        if self._headers is not None and self._web.rules.headers_for(readable):
            # GDAL would send the headers to wherever it is redirected: it gets the last address instead.
            final = self._web.probe(readable).url
            if self._web.rules.headers_for(final):
                header_file = self._headers.name
            readable = final
        is_jp2 = urlsplit(address).path.lower().endswith((".jp2", ".j2k"))
        # Only image formats: a file in a format that refers to others could name files of this computer.
        return rasterio.open(self._access.gdal_path(readable, header_file), driver="JP2OpenJPEG" if is_jp2 else "GTiff")

    def _diagnose(self, address: str, said: str) -> tuple[WebError | None, float]:
        """Ask the server itself why a file cannot be read; None when it delivers it, and how long to wait."""
        if address.startswith("s3://"):
            return self._diagnose_s3(address, said), 0.0
        try:
            answer = self._web.probe(self._access.probe_address(self._access.readable(address)))
        except WebError as error:
            if error.is_passing:
                return error, 0.0
            raise MissingFileError(error.message) from error
        except InputError as error:
            # A redirection to what is no web address.
            raise MissingFileError(error.message) from error
        if answer.status in _SOUND_ANSWERS:
            return None, 0.0
        problem = WebError(
            f"{without_query(address)} cannot be read: the server answers {answer.status}.",
            "Try again later: what is finished is kept.",
            status=answer.status,
            is_passing=True,
        )
        if answer.status in PASSING_STATUSES:
            return problem, retry_after_s(answer.headers)
        if answer.status in _DENIED:
            self._access.forget_token()
            if self._access.readable(address) != address:
                return problem, 0.0
            raise _denied(address, answer.status)
        raise MissingFileError(f"the server answers {answer.status}")

    def _diagnose_s3(self, address: str, said: str) -> WebError | None:
        """Tell by GDAL's words, since a request without signature is refused anyway."""
        if any(word in said for word in ("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", " 403")):
            raise _denied(self._access.probe_address(address), 403)
        if any(word in said for word in ("does not exist", "NoSuchKey", " 404")):
            raise MissingFileError("the server does not have it")
        return WebError(f"{address} cannot be read: {_short(said)}.", "Try again later.", is_passing=True)


def in_threads(action: Callable[[T], R], items: Iterable[T], threads: int, progress: Progress) -> Iterator[tuple[T, R]]:
    """Do something with items in threads and yield each with its result as it comes; asks for cancelling meanwhile."""
    pool = ThreadPoolExecutor(threads, "remote")
    pending: dict[Future[R], T] = {}
    try:
        source = iter(items)
        is_over = False
        while pending or not is_over:
            while not is_over and len(pending) < 2 * threads:
                try:
                    item = next(source)
                except StopIteration:
                    is_over = True
                    break
                pending[pool.submit(action, item)] = item
            done, _ = wait(pending, _POLL_S, FIRST_COMPLETED)
            raise_if_canceled(progress)
            for future in done:
                yield pending.pop(future), future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _certificates() -> dict[str, str]:
    """Return GDAL's option for the certificates that our own requests trust; empty where the user names none."""
    path = os.environ.get(CERTIFICATES_VARIABLE, "")
    return {"GDAL_CURL_CA_BUNDLE": path} if path else {}


def _denied(address: str, status: int) -> DeniedFileError:
    return DeniedFileError(
        f"{host_of(address)} does not give out the images: it answers {status}.",
        "They need a key: give AUTHENTICATION or HEADERS, and check that the key is still valid.",
    )


def _short(text: str) -> str:
    return text.splitlines()[0][:200] if text else "no reason given"
