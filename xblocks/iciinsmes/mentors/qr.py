"""A link as a QR code, for a mentor who stands beside the learner."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_svg(*, link: str) -> SafeString:
    """Return the address as a QR code in a piece of SVG, dark on light in every colour scheme, and with a name.

    Args:
        link: `RequestData.link`.
    """
    code = segno.make(link, error="m", micro=False)
    # The library writes numbers only; the address itself is nowhere in the drawing.
    drawing = mark_safe(
        code.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None)
    )
    return format_html('<div class="mentor-qr" role="img" aria-label="{}">{}</div>', _("QR code of the link"), drawing)
