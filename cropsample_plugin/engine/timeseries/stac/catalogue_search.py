"""Ask a STAC API for the items of a collection: landing page, collection, pages of items."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Iterator, Mapping

import pystac.errors
from pystac_client import Client
from pystac_client.conformance import ConformanceClasses
from pystac_client.errors import ClientTypeError
from pystac_client.exceptions import APIError
from pystac_client.stac_api_io import StacApiIO

from cropsample_plugin.engine.errors import InputError, WebError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.timeseries.stac.catalogue_list import Catalogue
from cropsample_plugin.engine.timeseries.stac.web_client import WebClient, without_query

PAGE_ITEMS = 100
MOST_ITEMS = 20_000
_MOST_COLLECTIONS = 2000
_MOST_NAMED = 20
_NOT_STAC = (
    pystac.errors.STACError,
    ClientTypeError,
    APIError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    NotImplementedError,
)
_NOT_FOUND = (400, 404, 422)

Item = dict[str, Any]


@dataclass(frozen=True)
class Query:
    """What to search for.

    Attributes:
        collection: id of the collection.
        bbox: west, south, east, north in degrees.
        start, end: first and last moment, UTC.
    """

    collection: str
    bbox: tuple[float, float, float, float]
    start: datetime
    end: datetime


class _PoliteIO(StacApiIO):
    """Lets pystac-client make its requests through our client, and none to files."""

    def __init__(self, web: WebClient) -> None:
        super().__init__(max_retries=None)
        self._web = web

    def request(
        self,
        href: str,
        method: str | None = None,
        headers: dict[str, str] | None = None,  # noqa: ARG002 - a catalogue has no say in our headers
        parameters: dict[str, Any] | None = None,
    ) -> str:
        """Return the body of the answer as text."""
        if (method or "GET").upper() == "POST":
            answer = self._web.request("POST", href, body=parameters)
        else:
            answer = self._web.request("GET", href, query=parameters or None)
        return answer.body.decode("utf-8")

    def read_text(self, source: Any, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - as pystac declares it
        """Read an address; the original would open local files too."""
        if isinstance(source, pystac.Link):
            return super().read_text(source, *args, **kwargs)
        return self.request(str(source), *args, **kwargs)


class CatalogueSearch:
    """An opened catalogue.

    Raises:
        WebError: it cannot be reached.
        InputError: what answers is no STAC API with a search.
    """

    def __init__(self, catalogue: Catalogue, web: WebClient) -> None:
        self._catalogue = catalogue
        try:
            self._client = Client.open(catalogue.url, stac_io=_PoliteIO(web))
            can_search = self._client.conforms_to(ConformanceClasses.ITEM_SEARCH) or self._search_methods()
        except _NOT_STAC as error:
            raise _no_stac(catalogue, error) from error
        if not can_search:
            raise InputError(
                f"The catalogue {without_query(catalogue.url)} cannot be searched: it is a static one.",
                "Give the landing page of a STAC API that offers item search.",
            )
        if not self._client.conforms_to(ConformanceClasses.ITEM_SEARCH):
            self._client.add_conforms_to("ITEM_SEARCH")

    def collection(self, collection_id: str) -> Mapping[str, Any]:
        """Return the document of a collection.

        Raises:
            InputError: there is none of that name; suggests the nearest.
        """
        try:
            found = self._client.get_collection(collection_id)
            if found is None:
                raise self._unknown_collection(collection_id)
            return found.to_dict(include_self_link=False, transform_hrefs=False)
        except WebError as error:
            if error.status not in _NOT_FOUND:
                raise
            raise self._unknown_collection(collection_id) from error
        except pystac.errors.STACError as error:
            raise self._unknown_collection(collection_id) from error
        except _NOT_STAC as error:
            raise _no_stac(self._catalogue, error) from error

    def items(self, query: Query, progress: Progress) -> list[Item]:
        """Return all items of a query, page by page.

        Raises:
            InputError: more items than can be handled, or the catalogue answers nonsense.
            WebError: a page cannot be had.
        """
        found: dict[str, Item] = {}
        matched = 0
        for page in self._pages(query):
            raise_if_canceled(progress)
            features = page.get("features")
            if not isinstance(features, list):
                raise _no_stac(self._catalogue, ValueError("a page of items without a list of features"))
            before = len(found)
            found.update({str(item.get("id")): item for item in features if isinstance(item, dict)})
            matched = _matched(page) or matched
            if len(found) == before:
                break
            if len(found) > MOST_ITEMS or matched > MOST_ITEMS:
                raise InputError(
                    f"The catalogue has {max(matched, len(found))} images for this area and time, more than "
                    f"{MOST_ITEMS}.",
                    "Choose a smaller area or a shorter time.",
                )
            progress.report(min(0.9, len(found) / max(matched, len(found) + PAGE_ITEMS)), f"{len(found)} images found")
        if matched > len(found):
            progress.log(f"The catalogue says {matched} images match but lists {len(found)}.", "warning")
        return list(found.values())

    def _pages(self, query: Query) -> Iterator[dict[str, Any]]:
        methods = self._search_methods()
        try:
            search = self._client.search(
                method="GET" if methods and "POST" not in methods else "POST",
                collections=[query.collection],
                bbox=query.bbox,
                datetime=f"{query.start:%Y-%m-%dT%H:%M:%SZ}/{query.end:%Y-%m-%dT%H:%M:%SZ}",
                limit=PAGE_ITEMS,
            )
            yield from search.pages_as_dicts()
        except _NOT_STAC as error:
            raise _no_stac(self._catalogue, error) from error

    def _search_methods(self) -> set[str]:
        links = [link for link in self._client.links if link.rel == "search"]
        return {str(link.extra_fields.get("method", "GET")).upper() for link in links}

    def _unknown_collection(self, collection_id: str) -> InputError:
        names: list[str] = []
        try:
            for collection in self._client.get_collections():
                names.append(collection.id)
                if len(names) >= _MOST_COLLECTIONS:
                    break
        except (*_NOT_STAC, WebError):
            names = names or list(self._catalogue.collections)
        near = difflib.get_close_matches(collection_id, names, n=3, cutoff=0.4)
        listed = ", ".join(sorted(names)[:_MOST_NAMED]) + (", ..." if len(names) > _MOST_NAMED else "")
        hint = f"Do you mean {' or '.join(near)}? " if near else ""
        return InputError(
            f"The catalogue {self._catalogue.name} has no collection '{collection_id}'.",
            f"{hint}It has: {listed or 'none that it lists'}.",
        )


def _matched(page: Mapping[str, Any]) -> int:
    context = page.get("context")
    value = page.get("numberMatched", context.get("matched") if isinstance(context, dict) else None)
    return value if isinstance(value, int) else 0


def _no_stac(catalogue: Catalogue, error: Exception) -> InputError:
    reason = "its answer is no JSON" if isinstance(error, (json.JSONDecodeError, UnicodeDecodeError)) else str(error)
    return InputError(
        f"{without_query(catalogue.url)} does not answer as a STAC catalogue: {reason.splitlines()[0][:200]}.",
        "Give the address of the landing page of a STAC API, such as https://earth-search.aws.element84.com/v1.",
    )
