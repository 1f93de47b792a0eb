"""Parts of a canvas page: one card, its form, moving it, and what others changed meanwhile."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from iciinsmes.lib.templating import render
from iciinsmes.lib.untrusted import whole_number
from iciinsmes.toolbox.api import reader_language, typed_row

from . import api
from .data import CanvasData, CardData
from .errors import StaleCard, TooManyCards, UnknownCanvas, UnknownCard, WrongCard
from .page import CardForm, card_form, card_views, instrument_of, newest_of_others, place_titles
from .page_access import canvas_page, user_id_of


@canvas_page
@require_safe
def changes(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Return the cards that changed after ``since`` with the order of all; 204 if none did."""
    user_id = user_id_of(request)
    told = api.changes_since(canvas_id=canvas_id, reader_id=user_id, change=whole_number(request.GET.get("since")) or 0)
    if told is None:
        return HttpResponse(status=204)
    found = api.find_canvas(canvas_id=canvas_id, reader_id=user_id)
    views = card_views(instrument_of(found), told.cards, user_id)
    context = {
        **_about(found),
        "cards": views,
        "change": told.change,
        "order": told.order,
        "newest": newest_of_others(views),
    }
    return render(request, "iciinsmes/canvases/changes.html", context)


@canvas_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, canvas_id: UUID) -> HttpResponse:
    """Return the form of a new card, and take it; 422 with what is wrong at its place. Then the form is empty again."""
    found = _editable(request, canvas_id)
    instrument = instrument_of(found)
    if request.method != "POST":
        return _form(request, found, card_form(instrument), place=request.GET.get("place", ""))
    place = request.POST.get("place", "")
    typed = typed_row(instrument.columns, request.POST)
    try:
        _add(request, canvas_id, place, typed)
    except WrongCard as wrong:
        return _form(request, found, card_form(instrument, typed=typed, errors=wrong.errors), place=place, status=422)
    except TooManyCards:
        error = _("This canvas is full. Remove a card first.")
        return _form(request, found, card_form(instrument, typed=typed, error=error), place=place, status=409)
    response = _form(request, found, card_form(instrument), place=place, message=_("The card is added."))
    return trigger_client_event(response, "canvas-changed")


@canvas_page
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, canvas_id: UUID, card_id: int) -> HttpResponse:
    """Return the form of a card, and take it: 422 with what is wrong, 409 with what somebody else wrote meanwhile."""
    found = _editable(request, canvas_id)
    instrument = instrument_of(found)
    user_id = user_id_of(request)
    if request.method != "POST":
        stands = api.find_card(canvas_id=canvas_id, reader_id=user_id, card_id=card_id)
        return _form(request, found, card_form(instrument, stands), card=stands)
    typed = typed_row(instrument.columns, request.POST)
    place = request.POST.get("place", "")
    try:
        saved = api.change_card(
            canvas_id=canvas_id,
            user_id=user_id,
            card_id=card_id,
            revision=whole_number(request.POST.get("revision")) or 0,
            cells=typed,
            language=reader_language(),
        )
    except StaleCard as stale:
        (theirs,) = card_views(instrument, [stale.card], user_id)
        form = card_form(instrument, typed=typed)
        return _form(request, found, form, card=stale.card, theirs=theirs, status=409)
    except WrongCard as wrong:
        stands = api.find_card(canvas_id=canvas_id, reader_id=user_id, card_id=card_id)
        return _form(request, found, card_form(instrument, typed=typed, errors=wrong.errors), card=stands, status=422)
    except UnknownCard:
        error = _("Somebody has removed this card meanwhile. Save it as a new one, or leave it.")
        return _form(request, found, card_form(instrument, typed=typed, error=error), place=place, status=409)
    (view,) = card_views(instrument, [saved], user_id)
    response = render(request, "iciinsmes/canvases/card.html", {**_about(found), "card": view, "is_fresh": True})
    response = reswap(retarget(response, f"#card-{saved.id}"), "outerHTML")
    return trigger_client_event(response, "canvas-changed")


@canvas_page
@require_POST
def move(request: HttpRequest, canvas_id: UUID, card_id: int) -> HttpResponse:
    """Move a card one ``step`` (-1, 1), or to a ``place`` and there ``before`` a card; say where it is then."""
    user_id = user_id_of(request)
    if "step" in request.POST:
        by = -1 if request.POST["step"] == "-1" else 1
        moved = api.step_card(canvas_id=canvas_id, user_id=user_id, card_id=card_id, by=by)
    else:
        before = whole_number(request.POST.get("before")) or None
        place = request.POST.get("place", "")
        try:
            moved = api.move_card(canvas_id=canvas_id, user_id=user_id, card_id=card_id, place=place, before=before)
        except WrongCard as error:
            raise UnknownCard from error
    found = api.find_canvas(canvas_id=canvas_id, reader_id=user_id)
    everything = api.changes_since(canvas_id=canvas_id, reader_id=user_id, change=0)
    mates = [each.id for each in everything.cards if each.place == moved.place] if everything else []
    title = place_titles(instrument_of(found), reader_language())[moved.place]
    words = _("Moved: %(place)s, %(number)s of %(count)s.") % {
        "place": title,
        "number": mates.index(moved.id) + 1 if moved.id in mates else len(mates),
        "count": len(mates),
    }
    return trigger_client_event(HttpResponse(words, content_type="text/plain"), "canvas-changed")


@canvas_page
@require_POST
def remove(request: HttpRequest, canvas_id: UUID, card_id: int) -> HttpResponse:
    """Remove a card, and offer the way back."""
    api.remove_card(canvas_id=canvas_id, user_id=user_id_of(request), card_id=card_id)
    response = render(request, "iciinsmes/canvases/removed.html", {"canvas_id": canvas_id, "card_id": card_id})
    return trigger_client_event(response, "canvas-changed")


@canvas_page
@require_POST
def back(request: HttpRequest, canvas_id: UUID, card_id: int) -> HttpResponse:
    """Bring a removed card back."""
    try:
        api.bring_back_card(canvas_id=canvas_id, user_id=user_id_of(request), card_id=card_id)
    except TooManyCards:
        return HttpResponse(_("This canvas is full. Remove a card first."), status=409, content_type="text/plain")
    words = HttpResponse(_("The card is back."), content_type="text/plain")
    return trigger_client_event(words, "canvas-changed")


def _editable(request: HttpRequest, canvas_id: UUID) -> CanvasData:
    found = api.find_canvas(canvas_id=canvas_id, reader_id=user_id_of(request))
    if not found.may_edit:
        raise UnknownCanvas
    return found


def _add(request: HttpRequest, canvas_id: UUID, place: str, typed: dict[str, str]) -> CardData:
    return api.add_card(
        canvas_id=canvas_id, user_id=user_id_of(request), place=place, cells=typed, language=reader_language()
    )


def _about(found: CanvasData) -> dict[str, object]:
    return {"canvas": found, "place_titles": place_titles(instrument_of(found), reader_language())}


def _form(
    request: HttpRequest,
    found: CanvasData,
    form: CardForm,
    *,
    place: str = "",
    card: CardData | None = None,
    theirs: object = None,
    message: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "canvas": found,
        "form": form,
        "place": card.place if card else place,
        "card": card,
        "theirs": theirs,
        "message": message,
        "prefix": f"card-{card.id}" if card else f"new-{place}",
    }
    return render(request, "iciinsmes/canvases/form.html", context, status=status)
