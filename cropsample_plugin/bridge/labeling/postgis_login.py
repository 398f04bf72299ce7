"""Where a session in PostGIS is and as whom one gets in: references without passwords, logins that QGIS keeps."""

from __future__ import annotations

from typing import Callable, Dict, List, Optional, Tuple

from qgis.core import QgsCredentials, QgsDataSourceUri, QgsProviderRegistry

PREFIX = "postgres:"
# Failures to connect bear no code, and servers may tell them in their own language.
_REFUSALS = (
    *("passw", "authentication failed", "no pg_hba.conf entry", 'role "', "mot de passe", "contraseña", "senha"),
    *("парол", "密码", "パスワード", "비밀번호", "hasł", "lösen"),
)

Ask = Callable[[str], Optional[Tuple[str, str]]]


def connection_uri(reference: str) -> str:
    """Return the QGIS connection URI in a session file's reference, or the URI as it is."""
    return reference.removeprefix(PREFIX)


def store_reference(uri: str) -> str:
    """Return what a session file may say of a store: the URI without password, marked as PostGIS."""
    parts = QgsDataSourceUri(connection_uri(uri))
    parts.setPassword("")
    parts.removeParam("sslpassword")
    return PREFIX + str(parts.uri(expandAuthConfig=False))


def ask_login(uri: str) -> Optional[Tuple[str, str]]:
    """Ask for user and password through QGIS, which remembers what let in until it is closed; None when declined."""
    parts = QgsDataSourceUri(uri)
    is_given, user, password = QgsCredentials.instance().get(_realm(uri), parts.username(), parts.password())
    return (str(user), str(password)) if is_given else None


def remember_login(uri: str, login: Dict[str, str]) -> None:
    """Let QGIS know what let in, so that nobody is asked again before it is closed."""
    QgsCredentials.instance().put(_realm(uri), login["user"], login["password"])


def _realm(uri: str) -> str:
    return str(QgsDataSourceUri(uri).connectionInfo(expandAuthConfig=False))


def _place(parts: QgsDataSourceUri) -> Tuple[str, str, str, str]:
    return (parts.service(), parts.host(), parts.port() or "5432", parts.database())


def saved_logins(uri: str) -> List[Dict[str, str]]:
    """Return the logins of connections saved in QGIS to this database, the URI's own user first.

    Another user's count too: the session file names the one who made the session.
    """
    wanted = QgsDataSourceUri(uri)
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    connections = metadata.connections().values() if metadata is not None else ()
    all_saved = [QgsDataSourceUri(item.uri()) for item in connections]
    found = [saved for saved in all_saved if _place(saved) == _place(wanted)]
    return [
        {"authcfg": saved.authConfigId(), "user": saved.username(), "password": saved.password()}
        for saved in sorted(found, key=lambda saved: saved.username() != wanted.username())
        if saved.authConfigId() or saved.password()
    ]


def is_refusal(error: Exception) -> bool:
    """Return whether the server was there and wanted another user or password."""
    text = str(error).casefold()
    return any(sign in text for sign in _REFUSALS)
