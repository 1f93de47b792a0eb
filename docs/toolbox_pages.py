"""The pages of the instruments, made of what the instruments say about themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from iciinsmes.toolbox import api
from iciinsmes.toolbox.instruments.framework import NEEDS, Column, Instrument, Option, Result, show, show_value
from iciinsmes.toolbox.table_import.columns.headings import names_of

_PHASES = {"A": "acquire", "P": "process", "R": "realise"}


def write_pages(folder: Path) -> None:
    """Write a page for each instrument, and take away those of instruments that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {f"{instrument.key}.md": page(instrument) for instrument in api.all_instruments()}
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        path = folder / name
        # Sphinx builds anew what has changed, and goes by the date of the file.
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def page(instrument: Instrument) -> str:
    """Return the page of an instrument."""
    table = api.demo_table(instrument=instrument)
    result = api.run(instrument=instrument, table=table, options=instrument.demo.options)
    return "\n".join(
        [
            f"# {instrument.code} {show(instrument.title)}\n",
            f"{show(instrument.purpose)}\n",
            *(f"{show(text)}\n" for text in instrument.explanation),
            f"Phase: {', '.join(_PHASES[phase] for phase in instrument.phases)}. For those who say: "
            f"{'; '.join(f'“{show(NEEDS[need])}”' for need in instrument.needs)}. "
            f"At least {instrument.minimum} {show(instrument.counted)}.\n",
            f"Key: `{instrument.key}`. Reference: {instrument.reference}\n",
            "## Columns\n",
            *_table(
                ("key", "title", "holds", "range", "needed", "also called"),
                (_column(instrument, column) for column in instrument.columns),
            ),
            *(["## Options\n"] if instrument.options else []),
            *_table(("key", "title", "holds", "range", "default"), map(_option, instrument.options)),
            f"## The demo: {instrument.demo.firm}\n",
            f"{show(result.verdict.text)}\n",
            *_outcome(result),
        ]
    )


def _outcome(result: Result) -> Iterator[str]:
    yield from _table(
        ("figure", "title", "value", "interval"),
        (
            (
                f"`{figure.key}`",
                show(figure.title),
                show_value(figure.value, figure.unit, figure.decimals),
                ""
                if figure.low is None or figure.high is None
                else f"{figure.low:.{figure.decimals}f} to {figure.high:.{figure.decimals}f}",
            )
            for figure in result.figures
        ),
    )
    for chart in result.charts:
        yield f"{show(chart.title)}:\n"
        yield f'<div style="max-width: 30rem">{api.chart_svg(chart=chart, result=result)}</div>\n'
    for table in result.tables:
        yield f"{show(table.title)} (`{table.key}`):\n"
        yield from _table(
            [f"{show(heading.title)}<br>`{heading.key}`" for heading in table.headings],
            (
                [
                    show_value(cell, heading.unit, heading.decimals)
                    for cell, heading in zip(row, table.headings, strict=True)
                ]
                for row in table.rows
            ),
        )


def _column(instrument: Instrument, column: Column) -> tuple[str, ...]:
    names = dict.fromkeys(name for _level, name in names_of(instrument, column) if "*" not in name)
    others = [name for name in names if name not in (column.key, column.key.replace("_", " "))]
    return (
        *(f"`{column.key}`", show(column.title), _holds(column), _range(column)),
        "yes" if column.required else "no",
        ", ".join(others),
    )


def _option(option: Option) -> tuple[str, ...]:
    default = "" if option.default is None else f"`{option.default}`"
    return (f"`{option.key}`", show(option.title), _holds(option), _range(option), default)


def _holds(field: Column | Option) -> str:
    if field.choices:
        return "; ".join(f"`{choice.value}` {show(choice.title)}" for choice in field.choices)
    return field.kind.replace("_", " ")


def _range(field: Column | Option) -> str:
    low = "" if field.minimum is None else f"{field.minimum:g}"
    high = "" if field.maximum is None else f"{field.maximum:g}"
    return f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}" if high else ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield a Markdown table; nothing for no rows."""
    bar = r"\|"
    lines = [f"| {' | '.join(cell.replace('|', bar) for cell in row)} |" for row in rows]
    if lines:
        names = list(head)
        yield "\n".join([f"| {' | '.join(names)} |", f"|{'---|' * len(names)}", *lines, ""])
