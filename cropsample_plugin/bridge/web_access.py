"""What QGIS knows of the network, for the engine: proxy, authentication; all as variables of its environment."""

from __future__ import annotations

import base64
import logging
from dataclasses import dataclass, field
from typing import Dict, List, Tuple
from urllib.parse import quote, urlsplit

from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery, QNetworkRequest

from cropsample_plugin.bridge.engine_errors import EngineError

LOGGER = logging.getLogger(__name__)

# What the system is asked about where the address is not known yet.
_ANY_ADDRESS = "https://qgis.org"
_SYSTEM_PROXY = "DefaultProxy"
_SCHEMES = {"Socks5Proxy": "socks5h"}
_HEADER_VARIABLE = "CROPSAMPLE_HEADER_{}"


@dataclass
class WebSecrets:
    """Request headers for the engine.

    Attributes:
        headers: lines ``Name: ${VARIABLE}``, which may be written to files.
        environment: the variables, which must not.
    """

    headers: List[str] = field(default_factory=list)
    environment: Dict[str, str] = field(default_factory=dict)

    def add(self, name: str, value: str) -> None:
        """Add a header; a value that is a reference to the environment already stays as it is."""
        if value.startswith("${") and value.endswith("}"):
            self.headers.append(f"{name}: {value}")
            return
        variable = _HEADER_VARIABLE.format(len(self.headers) + 1)
        self.headers.append(f"{name}: ${{{variable}}}")
        self.environment[variable] = value


def web_secrets(header_text: str, authentication: str) -> WebSecrets:
    """Return the headers of a text with one ``Name: value`` a line, and those of a QGIS authentication.

    Raises:
        EngineError: kind ``input``: a line is no header, or the authentication cannot be used.
    """
    secrets = WebSecrets()
    for line in filter(None, (part.strip() for part in header_text.replace("\\n", "\n").splitlines())):
        name, separator, value = line.partition(":")
        if not separator or not name.strip() or not value.strip():
            raise EngineError(
                "input",
                _tr("The request header '{}' cannot be read.").format(name[:40]),
                _tr("Write one on each line, such as 'X-Api-Key: ${MY_KEY}'."),
            )
        secrets.add(name.strip(), value.strip())
    if authentication:
        _add_authentication(secrets, authentication)
    return secrets


def proxy_environment(address: str) -> Dict[str, str]:
    """Return the variables that make the engine use QGIS's proxy; empty where QGIS has none.

    Args:
        address: an address to ask the system about, where QGIS takes the system's proxy.
    """
    settings = QgsSettings()
    if not settings.value("proxy/proxyEnabled", defaultValue=False, type=bool):
        return {}
    kind = str(settings.value("proxy/proxyType", "") or "")
    if kind == _SYSTEM_PROXY:
        return _variables(_system_proxy(address), "")
    host = str(settings.value("proxy/proxyHost", "") or "").strip()
    if not host:
        return {}
    user, password = _proxy_login(settings)
    port = str(settings.value("proxy/proxyPort", "") or "").strip()
    login = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    url = f"{_SCHEMES.get(kind, 'http')}://{login}{host}{':' + port if port else ''}"
    return _variables(url, ",".join(_excluded_hosts(settings)))


def reading_environment() -> Dict[str, str]:
    """Return QGIS's proxy for a job that may read a stack that refers to files on servers.

    Most jobs do not: a proxy whose login cannot be had must not keep them from running.
    """
    try:
        return proxy_environment(_ANY_ADDRESS)
    except EngineError as error:
        LOGGER.warning("%s %s", error.message, error.remedy)
        return {}


def _proxy_login(settings: QgsSettings) -> Tuple[str, str]:
    authentication = str(settings.value("proxy/authcfg", "") or "")
    if authentication:
        config = _loaded(authentication)
        return config.config("username"), config.config("password")
    return str(settings.value("proxy/proxyUser", "") or ""), str(settings.value("proxy/proxyPassword", "") or "")


def _excluded_hosts(settings: QgsSettings) -> List[str]:
    hosts: List[str] = []
    for key in ("proxy/proxyExcludedUrls", "proxy/noProxyUrls"):
        found = settings.value(key, [])
        texts = found.split("|") if isinstance(found, str) else found or []
        hosts += [urlsplit(text if "//" in text else f"//{text}").hostname or "" for text in texts]
    return [host for host in dict.fromkeys(hosts) if host]


def _system_proxy(address: str) -> str:
    query = QNetworkProxyQuery(QUrl(address))
    for proxy in QNetworkProxyFactory.systemProxyForQuery(query):
        if proxy.type() in (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy):
            return f"http://{proxy.hostName()}:{proxy.port()}"
    return ""


def _variables(url: str, excluded: str) -> Dict[str, str]:
    """Return both spellings: some libraries read one, some the other."""
    if not url:
        return {}
    values = {"HTTP_PROXY": url, "HTTPS_PROXY": url, "ALL_PROXY": url, "NO_PROXY": excluded}
    return {**values, **{name.lower(): value for name, value in values.items()}}


def _add_authentication(secrets: WebSecrets, authentication: str) -> None:
    config = _loaded(authentication)
    user, password = config.config("username"), config.config("password")
    if config.method() == "Basic":
        encoded = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        secrets.add("Authorization", f"Basic {encoded}")
        # Catalogues whose images lie in S3 buckets want the same pair as access key and secret key.
        secrets.environment.update({"AWS_ACCESS_KEY_ID": user, "AWS_SECRET_ACCESS_KEY": password})
        return
    request = QNetworkRequest(QUrl("https://localhost"))
    accepted, request = QgsApplication.authManager().updateNetworkRequest(request, authentication)
    names = [bytes(name).decode("latin-1") for name in request.rawHeaderList()]
    if not accepted or not names:
        raise _unusable(authentication)
    for name in names:
        secrets.add(name, bytes(request.rawHeader(name.encode("latin-1"))).decode("latin-1"))


def _loaded(authentication: str) -> QgsAuthMethodConfig:
    config = QgsAuthMethodConfig()
    accepted, config = QgsApplication.authManager().loadAuthenticationConfig(authentication, config, True)  # noqa: FBT003 - QGIS takes it by position
    if not accepted:
        raise _unusable(authentication)
    return config


def _unusable(authentication: str) -> EngineError:
    return EngineError(
        "input",
        _tr("The authentication '{}' cannot be used.").format(authentication),
        _tr("Check it in QGIS (Settings > Options > Authentication), and the master password."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("WebAccess", text)
