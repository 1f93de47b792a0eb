"""From which address a request comes, and as which one it is counted."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

#: One household or one machine has so many bits of an IPv6 address to choose from.
_IPV6_PREFIX = 64


class ProxyMiddleware:
    """Put the client's address into ``REMOTE_ADDR`` where the setting says that proxies stand in front.

    Each trusted proxy adds the address it was called from at the end of ``X-Forwarded-For``; what stands further left
    is whatever the client wrote. Without proxies the header is not looked at. Everything behind this, such as the
    throttle of passwords and of mentors' links, then sees the same address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep what comes next."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if settings.PROXIES:
            forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            # With fewer addresses than proxies, somebody has called past the first ones.
            if len(forwarded) >= settings.PROXIES and (address := _plain(forwarded[-settings.PROXIES])):
                request.META["REMOTE_ADDR"] = address
        return self._get_response(request)


def counted_address(request: HttpRequest) -> str:
    """Return the address under which tries of this client are counted: of IPv6 the network, which is one customer."""
    return counted(request.META.get("REMOTE_ADDR", ""))


def counted(given: str) -> str:
    """Return what an address is counted as; see `counted_address`."""
    address = _plain(given)
    if address and ":" in address:
        return str(ipaddress.ip_network(f"{address}/{_IPV6_PREFIX}", strict=False).network_address)
    return address or "0.0.0.0"  # noqa: S104 - counted, not listened to


def _plain(text: str) -> str:
    """Return an address without port, brackets and zone, IPv4 within IPv6 as IPv4; empty for what is none."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)
