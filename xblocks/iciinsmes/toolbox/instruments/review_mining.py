"""T06: what do reviews and messages talk about? Themes by the learner's own dictionary, checked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from .kit import (
    Chart,
    ChartKind,
    Column,
    Condition,
    Decision,
    Demo,
    Estimate,
    Figure,
    Firm,
    Heading,
    Instrument,
    Kind,
    Level,
    Need,
    Option,
    Phase,
    Question,
    Result,
    ResultTable,
    Settings,
    Slip,
    Table,
    Text,
    Unit,
    Value,
    Verdict,
    choose_one,
    msg,
    names,
)
from .kit.dictionary import Dictionary, read_dictionary, words_of
from .kit.keyness import keywords_of, typical_words, uncovered, word_table
from .kit.shares import Share, share_figure
from .kit.statistics import Agreement
from .kit.themes import Theme, check_by_hand, codes_of, themes_in
from .kit.words import same

_BY_HAND = msg("Themes by hand")

#: So many texts are coded by hand to check a dictionary.
_ENOUGH_CODED = 30
_MINIMUM_KAPPA = 0.6

#: Nearer to 1, the rounded numbers of the estimate would not lead to kappa any more.
_MOST_CHANCE = 0.9

#: How people write that a text has no theme.
_NONE = frozenset(["none", "no", "nothing", "other", "keine", "kein", "ingen", "nincs", "brak", "-", "0"])


def compute(table: Table, options: Settings) -> Result:
    """Find the themes in texts, their stars, and the words that good and bad texts differ in."""
    dictionary = read_dictionary(options.text("dictionary"))
    texts = [words_of(text) for text in table.texts("text")]
    found = [dictionary.found_in(words) for words in texts]
    stars = table.maybe_numbers("stars")
    themes = themes_in(dictionary, found, stars)
    covered = Share("", sum(map(bool, found)), len(found))
    coded, checked = check_by_hand(dictionary, found, table.texts("hand"))
    keywords = keywords_of(texts, stars)
    known = [number for number in stars if number is not None]
    return Result(
        n=len(texts),
        verdict=_verdict(themes, covered, checked, bool(known)),
        figures=(
            Figure("texts", msg("Texts"), len(texts)),
            share_figure("covered", msg("Texts with a theme"), covered),
            *(
                (Figure("stars", msg("Mean stars"), sum(known) / len(known), n=len(known), decimals=2),)
                if known
                else ()
            ),
            *_kappa_figure(checked, coded),
        ),
        tables=(_theme_table(themes), word_table(keywords), uncovered(texts, found)),
        charts=(
            Chart(
                ChartKind.BARS,
                msg("How many texts speak of a theme; ▲ has clearly fewer stars"),
                table="themes",
                label="theme",
                values=("share",),
                low="low",
                high="high",
                emphasis="weak",
                minimum=0,
                maximum=100,
            ),
        ),
        conditions=_conditions(dictionary, coded),
        notes=_notes(table, dictionary),
        estimates=_estimate(checked),
        questions=(*_fewest_stars(themes), *typical_words(keywords)),
        decision=Decision(msg("Write one idea for each of your themes: what would make the next text a better one?")),
    )


def _mean_figure(stars: Sequence[float]) -> tuple[Figure, ...]:
    if not stars:
        return ()
    return (Figure("stars", msg("Mean stars"), sum(stars) / len(stars), n=len(stars), decimals=2),)


def _kappa_figure(checked: Agreement | None, coded: int) -> tuple[Figure, ...]:
    if checked is None:
        return ()
    return (Figure("kappa", msg("You and your dictionary agree (kappa)"), checked.kappa, n=coded, decimals=2),)


def _theme_table(themes: Sequence[Theme]) -> ResultTable:
    return ResultTable(
        "themes",
        msg("Themes"),
        (
            Heading("theme", msg("Theme")),
            Heading("texts", msg("Texts")),
            Heading("share", msg("Share"), Unit.PERCENT),
            Heading("low", msg("From"), Unit.PERCENT),
            Heading("high", msg("To"), Unit.PERCENT),
            Heading("stars", msg("Mean stars"), decimals=2),
            Heading("weak", msg("Clearly fewer stars")),
        ),
        tuple(
            (theme.name, theme.share.hits, theme.share.percent, theme.share.low, theme.share.high, theme.mean,
             theme.is_weak)
            for theme in themes
        ),
    )  # fmt: skip


def _conditions(dictionary: Dictionary, coded: int) -> tuple[Condition, ...]:
    unread = next(iter(dictionary.unread), "")
    text = msg("Write your dictionary like this: waiting: wait*, queue; price: expensive, cheap*")
    if unread:
        text = msg(
            "“%(entry)s” in your dictionary is no theme. Write it like this: waiting: wait*, queue",
            entry=unread[:40],
        )
    return (
        Condition("dictionary", bool(dictionary.themes) and not unread, text),
        Condition(
            "hand",
            coded >= _ENOUGH_CODED,
            msg(
                "To check your dictionary, read %(enough)s texts and fill in “%(column)s”. Coded so far: %(coded)s.",
                column=_BY_HAND,
                enough=_ENOUGH_CODED,
                coded=coded,
            ),
        ),
    )


def _notes(table: Table, dictionary: Dictionary) -> tuple[Text, ...]:
    notes: list[Text] = []
    missing = sum(number is None for number in table.maybe_numbers("stars"))
    if missing:
        notes.append(msg("Texts without stars, counted for their themes only: %(missing)s.", missing=missing))
    known = {same(name) for name in dictionary.names} | _NONE
    unknown = sorted({code for words in table.texts("hand") for code in codes_of(words)} - known)
    if unknown and dictionary.themes:
        text = msg("Codes by hand that your dictionary does not have, counted as no theme: %(codes)s.",
                   codes=", ".join(unknown)[:200])  # fmt: skip
        notes.append(text)
    languages = {same(lang) for lang in table.texts("lang") if lang}
    if len(languages) > 1:
        text = msg("Your texts are in %(count)s languages: your dictionary needs the words of each.",
                   count=len(languages))  # fmt: skip
        notes.append(text)
    return tuple(notes)


def _verdict(themes: Sequence[Theme], covered: Share, checked: Agreement | None, has_stars: bool) -> Verdict:
    if not themes:
        text = msg("There are no themes yet. Look at the frequent words below, and write your dictionary.")
        return Verdict("no-themes", Level.NEUTRAL, text)
    kappa = checked.kappa if checked else None
    # Compared as it is read: 0.598 is 0.6.
    if kappa is not None and round(kappa, 2) < _MINIMUM_KAPPA:
        text = msg(
            "You and your dictionary agree too little: kappa is %(kappa)s, and should be at least %(least)s. Look at "
            "the texts you coded differently, and change its words.",
            kappa=round(kappa, 2),
            least=_MINIMUM_KAPPA,
        )
        return Verdict("codes-differ", Level.ATTENTION, text)
    if 2 * covered.hits < covered.n:
        text = msg(
            "Your dictionary finds a theme in %(percent)s %% of the texts only. Add words, or a theme.",
            percent=round(covered.percent, 1),
        )
        return Verdict("few-covered", Level.NEUTRAL, text)
    weak = min((theme for theme in themes if theme.is_weak), key=lambda theme: theme.mean or 0, default=None)
    if weak and weak.mean is not None:
        text = msg(
            "Texts about “%(theme)s” have clearly fewer stars than the others: %(stars)s on average. Read those first.",
            theme=weak.name,
            stars=round(weak.mean, 1),
        )
        return Verdict("weak-theme", Level.ATTENTION, text)
    if has_stars:
        text = msg(
            "No theme has clearly fewer stars than the others. Most texts speak of “%(theme)s”.", theme=themes[0].name
        )
        return Verdict("no-weak-theme", Level.GOOD, text)
    text = msg(
        "The most frequent theme is “%(theme)s”. With stars you would see which one annoys.", theme=themes[0].name
    )
    return Verdict("themes", Level.NEUTRAL, text)


def _estimate(checked: Agreement | None) -> tuple[Estimate, ...]:
    if checked is None or checked.kappa is None or checked.expected > _MOST_CHANCE:
        return ()
    observed, expected = round(100 * checked.observed, 1), round(100 * checked.expected, 1)
    text = msg(
        "You and your dictionary agree in %(observed)s %% of the cases, and would by chance in %(expected)s %%. Work "
        "out kappa, with two decimals.",
        observed=observed,
        expected=expected,
    )
    slips = (
        Slip(checked.observed, msg("That is the agreement with chance in it. Take chance off first.")),
        Slip(checked.observed - checked.expected, msg("Now divide by what is left beside chance: 1 minus chance.")),
    )
    return (Estimate("kappa", text, checked.kappa, tolerance=0.02, slips=slips),)


def _fewest_stars(themes: Sequence[Theme]) -> tuple[Question, ...]:
    means = {theme.name: theme.mean for theme in themes if theme.mean is not None}
    lowest = min(means.values(), default=0)
    answers = choose_one([(name, mean == lowest) for name, mean in means.items()])
    text = msg("Which theme comes with the fewest stars?")
    return (Question("fewest_stars", text, answers, several=sum(answer.right for answer in answers) != 1),)


def _demo() -> list[tuple[Value, ...]]:
    """A bakery's 120 reviews: most praise the bread, and the queue costs stars more than anything else."""
    said = (
        ("The bread is always fresh and tastes like at home", 5, "bread", 24),
        ("Friendly staff, they know what I want", 5, "staff", 16),
        ("Good bread, but the queue on Saturday is too long", 3, "bread, waiting", 14),
        ("Best rolls in town and a crisp crust", 5, "bread", 14),
        ("Waited twenty minutes because only one till was open", 2, "waiting", 12),
        ("Prices went up again, still good quality", 4, "prices", 10),
        ("Poppy seed cake as my grandmother made it", 5, "bread", 10),
        ("The queue reached the street, I left without anything", 1, "waiting", 8),
        ("A kind word at the counter every morning", 5, "staff", 6),
        ("Too expensive for two small rolls", 3, "prices, bread", 4),
        ("Nice place", 4, "none", 2),
    )
    reviews = [entry[:3] for entry in said for _each in range(entry[3])]
    ends = (
        "",
        " Back next week.",
        " At the station shop.",
        " As every Friday.",
        " With the children.",
        " So it was today.",
    )
    # Each 37th review, over and over, so that the first thirty hold a bit of everything.
    mixed = [reviews[index * 37 % len(reviews)] for index in range(len(reviews))]
    return [
        (
            date(2026, 1, 5) + timedelta(days=index * 2),
            ("map service", "online shop", "feedback card")[index % 3],
            max(1, stars - (index % 7 == 3)),
            f"{text}.{ends[index * 5 // 3 % len(ends)]}",
            "en",
            # Now and then a person hears something between the lines.
            ("staff" if index % 10 == 6 else codes) if index < _ENOUGH_CODED else None,
        )
        for index, (text, stars, codes) in enumerate(mixed)
    ]


INSTRUMENT = Instrument(
    key="review-mining",
    code="T06",
    title=msg("Review mining"),
    phases=(Phase.ACQUIRE, Phase.PROCESS),
    needs=(Need.COMPLAINTS, Need.UNDERSTAND),
    purpose=msg("Find out what reviews and messages talk about, and which theme annoys."),
    explanation=(
        msg("Collect reviews, mails and notes: one text a row, with its stars if it has any."),
        msg(
            "Write a dictionary: a theme, a colon, its words. “waiting: queue, wait*” finds queue, wait and waited. "
            "The themes are counted, and compared by stars."
        ),
        msg(
            "Check your dictionary: read thirty texts, and write the themes you see into “%(column)s”, with commas, or "
            "“none”. Kappa says how well both agree beyond chance; 0.6 is good.",
            column=_BY_HAND,
        ),
        msg("You also see which words bad texts use more often than good ones. Often that is a theme you forgot."),
    ),
    columns=(
        Column("date", msg("Day of the text"), Kind.DATE, required=False, aliases=names.DATE),
        Column("source", msg("Where it stands"), Kind.WORD, required=False, aliases=names.SOURCE),
        Column(
            "stars",
            msg("Stars, 1 to 5"),
            Kind.INTEGER,
            required=False,
            aliases=("star", "sterne", "stjerner", "csillag", "csillagok", "gwiazdki", *names.SCORE),
            minimum=1,
            maximum=5,
        ),
        Column("text", msg("Text"), Kind.FREE_TEXT, aliases=names.TEXT),
        Column("lang", msg("Language"), Kind.WORD, required=False, aliases=("sprache", "sprog", "nyelv", "język")),
        Column(
            "hand",
            _BY_HAND,
            Kind.WORD,
            required=False,
            aliases=names.CODE,
        ),
    ),
    options=(Option("dictionary", msg("Your dictionary: theme: word, word*; next theme: …"), Kind.FREE_TEXT),),
    minimum=50,
    counted=msg("texts"),
    reference=(
        "Monroe, B., Colaresi, M., Quinn, K. (2008): Fightin' Words. Political Analysis 16(4); Cohen, J. (1960): A "
        "Coefficient of Agreement for Nominal Scales. Educational and Psychological Measurement 20(1)."
    ),
    demo=Demo(
        Firm.POD_DEBEM,
        _demo,
        options=(
            (
                "dictionary",
                "bread: bread, roll*, cake*, fresh; staff: staff, friendly, kind; waiting: wait*, queue; "
                "prices: price*, expensive, cheap*",
            ),
        ),
    ),
    compute=compute,
)
