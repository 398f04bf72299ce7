"""A STAC API with files on loopback, as well-behaved or as bad as a test wants; standard library only."""

from __future__ import annotations

import http.client
import http.server
import json
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

CONFORMANCE = [
    "https://api.stacspec.org/v1.0.0/core",
    "https://api.stacspec.org/v1.0.0/collections",
    "https://api.stacspec.org/v1.0.0/item-search",
    "https://api.stacspec.org/v1.0.0/ogcapi-features",
]


@dataclass
class Fault:
    """What goes wrong with requests whose path begins so.

    Attributes:
        times: how often; the requests after that are answered well.
        status, headers, body: the answer.
        delay_s: silence before the answer, which is a good one when status is 0.
        cut_bytes: announce the whole answer but send only so many bytes of it.
        drip_s: time between two bytes of the answer; 0 sends them at once.
        only_ranges: whether requests for whole files are spared.
        after: how many matching requests are answered well first.
    """

    path: str
    times: int = 10**9
    status: int = 0
    headers: dict = field(default_factory=dict)
    body: bytes = b"out of order"
    delay_s: float = 0.0
    cut_bytes: int = -1
    drip_s: float = 0.0
    only_ranges: bool = False
    after: int = 0


@dataclass
class Request:
    method: str
    path: str
    headers: dict
    body: bytes
    at: float


class StacServer:
    """Holds collections, items and files, answers requests, and remembers them."""

    def __init__(self, certificate: tuple[str, str] | None = None) -> None:
        """Start; with the files of a certificate and its key it answers by https."""
        self.collections = {}
        self.items = []
        self.files = {}
        self.faults = []
        self.requests = []
        self.page_size = 100
        self.claimed_matches = None
        self.is_get_only = False
        self.landing = None
        self.bytes_sent = 0
        self._lock = threading.Lock()
        self._httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._httpd.app = self
        self._httpd.daemon_threads = True
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._httpd.socket = context.wrap_socket(self._httpd.socket, server_side=True)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self._httpd.server_port}"
        threading.Thread(target=self._httpd.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def api(self) -> str:
        return f"{self.url}/stac"

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def close(self) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()

    def add_collection(self, name: str) -> None:
        self.collections[name] = {
            "type": "Collection",
            "stac_version": "1.0.0",
            "id": name,
            "description": name,
            "license": "CC0-1.0",
            "extent": {
                "spatial": {"bbox": [[-180, -90, 180, 90]]},
                "temporal": {"interval": [["2015-06-27T00:00:00Z", None]]},
            },
            "links": [],
        }

    def asked(self, beginning: str) -> list:
        """Return the requests whose path begins so."""
        return [request for request in self.requests if request.path.startswith(beginning)]

    def take_fault(self, path: str, headers):
        """Return what goes wrong with a request, None when nothing does."""
        is_range = "Range" in headers
        with self._lock:
            for fault in self.faults:
                if not path.startswith(fault.path) or (fault.only_ranges and not is_range):
                    continue
                if fault.after > 0:
                    fault.after -= 1
                    continue
                if fault.times > 0:
                    fault.times -= 1
                    return fault
        return None

    def answer(self, method: str, target: str, body: bytes):
        """Return status and document, or the bytes of a file."""
        parts = urlsplit(target)
        path = parts.path.rstrip("/")
        if path in self.files:
            return 200, self.files[path]
        if path == "/stac":
            return 200, self.landing if self.landing is not None else self._landing()
        if path == "/stac/collections":
            return 200, {"collections": list(self.collections.values()), "links": []}
        if path.startswith("/stac/collections/"):
            found = self.collections.get(path.rsplit("/", 1)[1])
            return (200, found) if found else (404, {"code": "NotFound", "description": "no such collection"})
        if path == "/stac/search":
            return 200, self._search(method, parse_qs(parts.query), body)
        return 404, {"description": "no such file"}

    def _landing(self):
        search = [{"rel": "search", "href": f"{self.api}/search", "type": "application/geo+json", "method": "GET"}]
        if not self.is_get_only:
            search.append({**search[0], "method": "POST"})
        return {
            "type": "Catalog",
            "stac_version": "1.0.0",
            "id": "loopback",
            "description": "a test",
            "conformsTo": CONFORMANCE,
            "links": [
                {"rel": "self", "href": self.api},
                {"rel": "root", "href": self.api},
                {"rel": "data", "href": f"{self.api}/collections"},
                *search,
            ],
        }

    def _search(self, method: str, query: dict, body: bytes):
        if method == "POST":
            wanted = json.loads(body)
            collections, bbox, when = wanted["collections"], wanted["bbox"], wanted["datetime"]
            start = int(wanted.get("token", 0))
        else:
            collections = query["collections"][0].split(",")
            bbox = [float(value) for value in query["bbox"][0].split(",")]
            when, start = query["datetime"][0], int(query.get("token", ["0"])[0])
        found = [item for item in self.items if item["collection"] in collections and _fits(item, bbox, when)]
        page = found[start : start + self.page_size]
        links = []
        if start + self.page_size < len(found):
            token = start + self.page_size
            link = {"rel": "next", "href": f"{self.api}/search", "method": method}
            if method == "POST":
                link["body"] = {**json.loads(body), "token": token}
            else:
                link["href"] += f"?collections={','.join(collections)}&bbox={','.join(map(str, bbox))}"
                link["href"] += f"&datetime={when}&token={token}"
            links.append(link)
        matched = len(found) if self.claimed_matches is None else self.claimed_matches
        return {"type": "FeatureCollection", "features": page, "links": links, "numberMatched": matched}


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self):
        with suppress(ConnectionError):
            self._do()

    do_POST = do_HEAD = do_GET  # noqa: N815 - the library's names

    def _do(self):
        app = self.server.app
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        app.requests.append(Request(self.command, self.path, dict(self.headers), body, time.monotonic()))
        fault = app.take_fault(self.path, self.headers)
        if fault and fault.delay_s:
            time.sleep(fault.delay_s)
        if fault and fault.status:
            self._send(fault.status, fault.body, fault.headers)
            return
        status, content = app.answer(self.command, self.path, body)
        headers = {"Content-Type": "application/json"}
        if isinstance(content, bytes):
            headers = {"Content-Type": "image/tiff", "Accept-Ranges": "bytes"}
            status, content = self._part(content, headers)
        else:
            content = json.dumps(content).encode()
        self._send(status, content, headers, fault)

    def _part(self, content, headers):
        if "Range" not in self.headers:
            return 200, content
        first, _, last = self.headers["Range"].partition("=")[2].partition("-")
        start, end = int(first), min(int(last or len(content) - 1), len(content) - 1)
        headers["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
        return 206, content[start : end + 1]

    def _send(self, status, payload, headers, fault=None):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        if self.command == "HEAD":
            return
        is_cut = fault is not None and fault.cut_bytes >= 0
        sent = payload[: fault.cut_bytes] if is_cut else payload
        self.server.app.bytes_sent += len(sent)
        if fault is not None and fault.drip_s:
            for position in range(len(sent)):
                self.wfile.write(sent[position : position + 1])
                time.sleep(fault.drip_s)
        else:
            self.wfile.write(sent)
        self.close_connection = self.close_connection or is_cut

    def log_message(self, *arguments):
        pass


class TinyProxy:
    """An HTTP proxy that passes requests on and remembers the addresses."""

    def __init__(self) -> None:
        self.passed = []
        self.authorizations = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                proxy.passed.append(self.path)
                proxy.authorizations.append(self.headers.get("Proxy-Authorization"))
                parts = urlsplit(self.path)
                # Whatever name is asked for, the server of the test answers: names need not exist.
                there = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=20)
                path = parts.path + (f"?{parts.query}" if parts.query else "")
                there.request(self.command, path, body or None, {**dict(self.headers), "Host": parts.netloc})
                answer = there.getresponse()
                content = answer.read()
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                        self.send_header(name, value)
                length = answer.getheader("Content-Length") if self.command == "HEAD" else len(content)
                self.send_header("Content-Length", str(length))
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(content)
                there.close()

            do_POST = do_HEAD = do_GET  # noqa: N815 - the library's names

            def log_message(self, *arguments):
                pass

        self._httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._httpd.daemon_threads = True
        self.port = self._httpd.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._httpd.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._httpd.shutdown()
        self._httpd.server_close()


@contextmanager
def running(thing):
    """Close a server at the end."""
    try:
        yield thing
    finally:
        thing.close()


def _fits(item: dict, bbox: list, when: str) -> bool:
    west, south, east, north = item["bbox"]
    start, _, end = when.partition("/")
    moment = str(item["properties"].get("datetime"))
    is_near = west <= bbox[2] and east >= bbox[0] and south <= bbox[3] and north >= bbox[1]
    return is_near and start[:19] <= moment[:19] <= end[:19]
