"""How the address of an asset becomes one that can be read: other addresses for buckets, tokens, keys.

Shared access signatures of the Planetary Computer: one token for a collection, with its expiry, from the catalogue's
token service. S3 with keys is left to GDAL, which reads them from ``AWS_ACCESS_KEY_ID`` and
``AWS_SECRET_ACCESS_KEY``.
"""

from __future__ import annotations

import json
import math
import os
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Mapping
from urllib.parse import quote, urljoin, urlsplit

from cropsample_plugin.engine.errors import InputError, WebError
from cropsample_plugin.engine.timeseries.stac.catalogue_list import Catalogue
from cropsample_plugin.engine.timeseries.stac.web_client import WebClient, check_address, without_query

_RENEW_BEFORE_S = 300.0
# Where GDAL itself (3.5.2 or later) gets tokens for files that a stack refers to, and the option that changes it.
_GDAL_TOKEN_URL = "https://planetarycomputer.microsoft.com/api/sas/v1/token/"  # noqa: S105 # nosec B105 - an address
_GDAL_TOKEN_OPTION = "VSICURL_PC_SAS_TOKEN_URL"  # noqa: S105 # nosec B105 - a name
_RETRY_DELAY_S = 1
_S3_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


@dataclass(frozen=True)
class _Token:
    text: str
    expires: float


class AssetAccess:
    """Makes addresses of assets readable; any thread may ask.

    Raises:
        InputError: the catalogue needs keys that are not there.
    """

    def __init__(self, catalogue: Catalogue, collection: str, web: WebClient) -> None:
        self._catalogue = catalogue
        self._collection = collection
        self._web = web
        self._token: _Token | None = None
        self._lock = threading.Lock()
        if catalogue.access == "s3" and not all(os.environ.get(name) for name in _S3_KEYS):
            raise InputError(
                f"The images of {catalogue.name} need S3 keys.",
                "Get them from the provider, store them in QGIS as a basic authentication (user: access key, password: "
                "secret key), and choose it as AUTHENTICATION.",
            )
        if catalogue.access == "headers" and not web.rules.headers:
            raise InputError(f"{catalogue.name} needs a key.", "Give it by AUTHENTICATION or HEADERS.")

    def plain(self, href: str, base: str) -> str:
        """Return the absolute address of an asset, without token.

        Raises:
            InputError: it is no http, https or known S3 address.
        """
        address = urljoin(base, href) if base else href
        for beginning, other in self._catalogue.replace:
            if address.startswith(beginning):
                address = other + address[len(beginning) :]
        if not (self._catalogue.access == "s3" and address.startswith("s3://")):
            check_address(address)
        return address

    def readable(self, address: str) -> str:
        """Return the address that can be read now."""
        if self._needs_token(address):
            return f"{address}{'&' if urlsplit(address).query else '?'}{self._current_token()}"
        return address

    def can_be_referred_to(self) -> bool:
        """Return whether a stack may name the files: they are open to all, or GDAL gets the tokens itself."""
        if self._web.rules.headers:
            return False
        if self._catalogue.access == "planetary_computer":
            token_url = os.environ.get(_GDAL_TOKEN_OPTION, _GDAL_TOKEN_URL) + "{collection}"
            return str(self._catalogue.settings["token_url"]) == token_url
        return self._catalogue.access == "open"

    def lasting_path(self, address: str) -> str:
        """Return what a stack names a file by: whoever reads it is as patient as we are, and gets a token himself."""
        rules = self._web.rules
        options: dict[str, object] = {
            "max_retry": rules.retries,
            "retry_delay": _RETRY_DELAY_S,
            "connecttimeout": math.ceil(rules.timeout_s),
            "low_speed_time": math.ceil(rules.timeout_s),
            "low_speed_limit": 1,
        }
        if self._needs_token(address):
            options |= {"pc_url_signing": "yes", "pc_collection": quote(self._collection, safe="")}
        return _vsicurl(address, options)

    def _needs_token(self, address: str) -> bool:
        hosts = tuple(self._catalogue.settings.get("hosts", ()))
        return self._catalogue.access == "planetary_computer" and (urlsplit(address).hostname or "").endswith(hosts)

    def gdal_path(self, address: str, header_file: str) -> str:
        """Return what GDAL opens for a readable address.

        Args:
            address: the address.
            header_file: file with request headers, "" for none.
        """
        if address.startswith("s3://"):
            return f"/vsis3/{address[len('s3://') :]}"
        return _vsicurl(address, {"header_file": quote(header_file, safe="")} if header_file else {})

    def gdal_options(self) -> dict[str, str]:
        """Return GDAL's configuration for this access."""
        if self._catalogue.access != "s3":
            return {}
        endpoint = urlsplit(str(self._catalogue.settings["endpoint"]))
        return {
            "AWS_S3_ENDPOINT": endpoint.netloc,
            "AWS_HTTPS": "NO" if endpoint.scheme == "http" else "YES",
            "AWS_VIRTUAL_HOSTING": "FALSE",
            "AWS_REGION": str(self._catalogue.settings.get("region", "default")),
        }

    def probe_address(self, address: str) -> str:
        """Return a readable address over http for asking how a server answers."""
        if address.startswith("s3://"):
            return f"{str(self._catalogue.settings['endpoint']).rstrip('/')}/{address[len('s3://') :]}"
        return address

    def forget_token(self) -> None:
        """Get a new token next time: the current one is refused."""
        with self._lock:
            self._token = None

    def _current_token(self) -> str:
        with self._lock:
            if self._token is None or time.time() > self._token.expires - _RENEW_BEFORE_S:
                self._token = self._new_token()
            return self._token.text

    def _new_token(self) -> _Token:
        url = str(self._catalogue.settings["token_url"]).format(collection=quote(self._collection, safe=""))
        try:
            document = json.loads(self._web.get(url).body)
            text, expiry = str(document["token"]), str(document["msft:expiry"])
            expires = datetime.fromisoformat(expiry.replace("Z", "+00:00")).timestamp()
        except (ValueError, KeyError, TypeError) as error:
            raise WebError(
                f"{without_query(url)} gives no token for the images.", "Try again later, or choose another catalogue."
            ) from error
        return _Token(text.lstrip("?"), expires)


def _vsicurl(address: str, options: Mapping[str, object]) -> str:
    """Return GDAL's path of an address, with options of this file alone."""
    listed = "".join(f"&{name}={value}" for name, value in options.items())
    return f"/vsicurl?list_dir=no&empty_dir=yes{listed}&url={quote(address, safe='')}"
