"""The pages of the toolbox: catalogue, instruments, templates, and trying one with the data of an invented firm.

They are public, so none asks a permission function: they show what ships with the package and the visitor's own
answers, which are in the request and stored nowhere. Nothing of a company or a person is known here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from iciinsmes.lib import dates
from iciinsmes.lib.spreadsheet_file import Cell
from iciinsmes.lib.templating import render

from . import api
from .catalogue import card, catalogue, firm_words
from .data import Instrument, Language, Result
from .downloads.columns import explained, foreign_words, is_words, table_rows, titles
from .errors import UnknownInstrument
from .instruments.framework import show
from .language import reader_language
from .option_form import option_form
from .page import result_page
from .quiz_form import QuizAnswers, read_answers
from .quiz_view import ask_after, ask_before

View = Callable[..., HttpResponse]

#: Rows of the invented firm that a page shows; the template has all of them.
_ROWS = 8

# The frame around a page names who is signed in: the visitor's own browser may keep it, and asks anew each time.
_page_cache = cache_control(private=True, no_cache=True)


def _instrument_page(view: View) -> View:
    """Give the page an instrument instead of its key; 404 where there is none."""

    @wraps(view)
    def opened(request: HttpRequest, key: str, **values: Any) -> HttpResponse:
        try:
            found = api.find_instrument(name=key)
        except UnknownInstrument as error:
            raise Http404(key) from error
        return view(request, found, **values)

    return opened


@_page_cache
@require_safe
def toolbox(request: HttpRequest) -> HttpResponse:
    """Show the catalogue, narrowed by ``phase`` and ``need`` of the address."""
    phase, need = (request.GET.get(name, "") for name in ("phase", "need"))
    return render(request, "iciinsmes/toolbox/toolbox.html", {"catalogue": catalogue(phase, need, reader_language())})


@_page_cache
@require_safe
@_instrument_page
def instrument(request: HttpRequest, found: Instrument) -> HttpResponse:
    """Explain an instrument in a minute, with what its table holds and a worked example."""
    language = reader_language()
    result = _demo_result(found, api.demo_options(instrument=found, language=language), language)
    context = {
        **_about(found),
        "explanation": [show(text, language) for text in found.explanation],
        "columns": explained(found, language),
        "reference": found.reference,
        "has_canvas": found.canvas is not None,
        "result": result_page(result, language),
    }
    return render(request, "iciinsmes/toolbox/instrument.html", context)


@require_safe
@_instrument_page
def template_csv(request: HttpRequest, found: Instrument) -> HttpResponse:
    """Send the table to fill in as CSV; with the rows of the invented firm for ``rows=demo``."""
    content = api.template_csv(instrument=found, language=reader_language(), with_demo=_wants_demo(request))
    return _download(request, found, content, "csv", "text/csv; charset=utf-8")


@require_safe
@_instrument_page
def template_xlsx(request: HttpRequest, found: Instrument) -> HttpResponse:
    """Send the table to fill in as an Excel file; with the rows of the invented firm for ``rows=demo``."""
    content = api.template_xlsx(instrument=found, language=reader_language(), with_demo=_wants_demo(request))
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(request, found, content, "xlsx", kind)


@_page_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_instrument_page
def try_it(request: HttpRequest, found: Instrument) -> HttpResponse:
    """Run an instrument on the invented firm's rows with options of the address, and judge what a POST answers.

    The result stands below the first questions once they were sent, or where ``show`` in the address asks for it.
    """
    language = reader_language()
    options = option_form(found, request.GET, api.demo_options(instrument=found, language=language), language)
    context = {**_about(found), "options": options, "query": request.GET.urlencode()}
    if not options.is_valid:
        return render(request, "iciinsmes/toolbox/try.html", context, status=422)
    result = _demo_result(found, options.values, language)
    is_sent = request.method == "POST"
    answers = read_answers(result, request.POST, language) if is_sent else QuizAnswers()
    before = ask_before(result, language, answers, answers.errors, with_feedback=is_sent)
    is_open = not before or "show" in request.GET or "opened" in request.POST or (is_sent and not answers.errors)
    context |= {
        "before": before,
        "after": ask_after(result, language, answers, answers.errors, with_feedback=is_sent),
        "errors": answers.errors,
        "is_open": is_open,
        "result": result_page(result, language) if is_open else None,
    }
    return render(request, "iciinsmes/toolbox/try.html", context, status=422 if answers.errors else 200)


def _about(found: Instrument) -> dict[str, object]:
    language = reader_language()
    rows = table_rows(found, api.demo_table(instrument=found, language=language), language)
    return {
        "card": card(found, language),
        "firm": found.demo.firm.value,
        "firm_words": firm_words(found.demo.firm, language),
        "titles": titles(found, language),
        "rows": [
            [(_in_page(cell, language), is_words(column)) for column, cell in zip(found.columns, row, strict=True)]
            for row in rows[:_ROWS]
        ],
        "foreign": foreign_words(found, language),
        "row_count": len(rows),
    }


def _in_page(cell: Cell, language: Language) -> Cell:
    """Return a cell as it stands in the learner's own tables, days as people read them."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return dates.short(cell)
    return language.typed(cell) if isinstance(cell, int | float) else cell


def _demo_result(found: Instrument, options: Any, language: Language) -> Result:
    return api.run(instrument=found, table=api.demo_table(instrument=found, language=language), options=options)


def _wants_demo(request: HttpRequest) -> bool:
    return request.GET.get("rows") == "demo"


def _download(request: HttpRequest, found: Instrument, content: bytes, ending: str, kind: str) -> HttpResponse:
    """Send a file that depends on nothing but its address and the language."""
    if not found.columns:
        raise Http404
    name = f"{found.key}-{'demo' if _wants_demo(request) else 'template'}.{ending}"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, max-age=3600"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
