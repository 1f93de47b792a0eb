"""T06: what do reviews and messages talk about? Themes by the learner's own dictionary, checked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import framework as fw
from .framework import msg
from .methods.reviews.dictionary import Dictionary, Theme, check_by_hand, codes_of, read_dictionary, themes_in, words_of
from .methods.reviews.keyness import keywords_of, typical_words, uncovered, word_table

_BY_HAND = msg("Themes by hand")

#: So many texts are coded by hand to check a dictionary.
_ENOUGH_CODED = 30
_MINIMUM_KAPPA = 0.6

#: Nearer to 1, the rounded numbers of the estimate would not lead to kappa any more.
_MOST_CHANCE = 0.9

#: How people write that a text has no theme.
_NONE = frozenset(["none", "no", "nothing", "other", "keine", "kein", "ingen", "nincs", "brak", "-", "0"])


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Find the themes in texts, their stars, and the words that good and bad texts differ in."""
    dictionary = read_dictionary(options.text("dictionary"))
    texts = [words_of(text) for text in table.texts("text")]
    found = [dictionary.found_in(words) for words in texts]
    stars = table.maybe_numbers("stars")
    themes = themes_in(dictionary, found, stars)
    covered = fw.GroupShare("", sum(map(bool, found)), len(found))
    coded, checked = check_by_hand(dictionary, found, table.texts("hand"))
    keywords = keywords_of(texts, stars)
    known = [number for number in stars if number is not None]
    title = msg("How many texts speak of a theme; ▲ has clearly fewer stars")
    return fw.Result(
        n=len(texts),
        verdict=_verdict(themes, covered, checked),
        figures=(
            fw.Figure("texts", msg("Texts"), len(texts)),
            fw.share_figure("covered", msg("Texts with a theme"), covered),
            *_more_figures(known, checked, coded),
        ),
        tables=(_theme_table(themes), word_table(keywords), uncovered(texts, found)),
        charts=(fw.bars(title, "themes", "theme", "share", interval=True, emphasis="weak", highest=100),),
        conditions=tuple(_conditions(dictionary, coded)),
        notes=_notes(table, dictionary),
        estimates=tuple(_estimate(checked)),
        questions=(*_fewest_stars(themes), *typical_words(keywords)),
        decision=fw.Decision(
            msg("Write one idea for each of your themes: what would make the next text a better one?")
        ),
    )


def _more_figures(stars: Sequence[float], checked: fw.Agreement | None, coded: int) -> Iterator[fw.Figure]:
    if stars:
        yield fw.Figure("stars", msg("Mean stars"), fw.mean(stars), n=len(stars), decimals=2)
    if checked is not None:
        yield fw.Figure("kappa", msg("You and your dictionary agree (kappa)"), checked.kappa, n=coded, decimals=2)


def _theme_table(themes: Sequence[Theme]) -> fw.ResultTable:
    return fw.Rows("themes", msg("Themes"), themes).shown(
        fw.Shown("theme", msg("Theme"), lambda theme: theme.name),
        fw.Shown("texts", msg("Texts"), lambda theme: theme.share.hits),
        fw.Shown("share", msg("Share"), lambda theme: theme.share.percent, fw.Unit.PERCENT),
        fw.Shown("low", msg("From"), lambda theme: theme.share.low, fw.Unit.PERCENT),
        fw.Shown("high", msg("To"), lambda theme: theme.share.high, fw.Unit.PERCENT),
        fw.Shown("stars", msg("Mean stars"), lambda theme: theme.mean, decimals=2),
        fw.Shown("weak", msg("Clearly fewer stars"), lambda theme: theme.is_weak),
    )


def _conditions(dictionary: Dictionary, coded: int) -> Iterator[fw.Condition]:
    unread = next(iter(dictionary.unread), "")
    text = msg("Write your dictionary like this: waiting: wait*, queue; price: expensive, cheap*")
    if unread:
        text = msg(
            "“%(entry)s” in your dictionary is no theme. Write it like this: waiting: wait*, queue", entry=unread[:40]
        )
    yield fw.Condition("dictionary", bool(dictionary.themes) and not unread, text)
    text = msg(
        "To check your dictionary, read %(enough)s texts and fill in “%(column)s”. Coded so far: %(coded)s.",
        column=_BY_HAND,
        enough=_ENOUGH_CODED,
        coded=coded,
    )
    yield fw.Condition("hand", coded >= _ENOUGH_CODED, text)


def _notes(table: fw.Table, dictionary: Dictionary) -> tuple[fw.Text, ...]:
    known = {fw.same(name) for name in dictionary.names} | _NONE
    unknown = sorted({code for words in table.texts("hand") for code in codes_of(words)} - known)
    languages = len({fw.same(lang) for lang in table.texts("lang") if lang})
    return fw.noted(
        msg(
            "Texts without stars, counted for their themes only: %(missing)s.",
            missing=sum(number is None for number in table.maybe_numbers("stars")),
        ),
        msg(
            "Codes by hand that your dictionary does not have, counted as no theme: %(codes)s.",
            codes=", ".join(unknown)[:200],
        )
        if unknown and dictionary.themes
        else None,
        msg("Your texts are in %(count)s languages: your dictionary needs the words of each.", count=languages)
        if languages > 1
        else None,
    )


def _verdict(themes: Sequence[Theme], covered: fw.GroupShare, checked: fw.Agreement | None) -> fw.Verdict:
    if not themes:
        text = msg("There are no themes yet. Look at the frequent words below, and write your dictionary.")
        return fw.Verdict("no-themes", fw.Level.NEUTRAL, text)
    kappa = checked.kappa if checked else None
    # Compared as it is read: 0.598 is 0.6.
    if kappa is not None and round(kappa, 2) < _MINIMUM_KAPPA:
        text = msg(
            "You and your dictionary agree too little: kappa is %(kappa)s, and should be at least %(least)s. Look at "
            "the texts you coded differently, and change its words.",
            kappa=round(kappa, 2),
            least=_MINIMUM_KAPPA,
        )
        return fw.Verdict("codes-differ", fw.Level.ATTENTION, text)
    if 2 * covered.hits < covered.n:
        text = msg(
            "Your dictionary finds a theme in %(percent)s %% of the texts only. Add words, or a theme.",
            percent=fw.rounded(covered.percent, 50),
        )
        return fw.Verdict("few-covered", fw.Level.NEUTRAL, text)
    weak = min((theme for theme in themes if theme.is_weak), key=lambda theme: theme.mean or 0, default=None)
    if weak and weak.mean is not None:
        text = msg(
            "Texts about “%(theme)s” have clearly fewer stars than the others: %(stars)s on average. Read those first.",
            theme=weak.name,
            stars=round(weak.mean, 1),
        )
        return fw.Verdict("weak-theme", fw.Level.ATTENTION, text)
    frequent = fw.named([theme.name for theme in themes if theme.share.hits == themes[0].share.hits])
    compared = [theme.is_comparable for theme in themes]
    if all(compared):
        text = msg("No theme has clearly fewer stars than the others. The most frequent: %(themes)s.", themes=frequent)
        return fw.Verdict("no-weak-theme", fw.Level.GOOD, text)
    if any(compared):
        text = msg(
            "Of the themes with enough stars none has clearly fewer than the others. The most frequent: %(themes)s.",
            themes=frequent,
        )
        return fw.Verdict("no-weak-theme", fw.Level.NEUTRAL, text)
    text = msg("The most frequent: %(themes)s. With more stars you would see which theme annoys.", themes=frequent)
    return fw.Verdict("themes", fw.Level.NEUTRAL, text)


def _estimate(checked: fw.Agreement | None) -> Iterator[fw.Estimate]:
    if checked is None or checked.kappa is None or checked.expected > _MOST_CHANCE:
        return
    observed, expected = round(100 * checked.observed, 1), round(100 * checked.expected, 1)
    text = msg(
        "You and your dictionary agree in %(observed)s %% of the cases, and would by chance in %(expected)s %%. Work "
        "out kappa, with two decimals.",
        observed=observed,
        expected=expected,
    )
    slips = (
        fw.Slip(checked.observed, msg("That is the agreement with chance in it. Take chance off first.")),
        fw.Slip(checked.observed - checked.expected, msg("Now divide by what is left beside chance: 1 minus chance.")),
    )
    yield fw.Estimate("kappa", text, checked.kappa, tolerance=0.02, slips=slips)


def _fewest_stars(themes: Sequence[Theme]) -> Iterator[fw.Question]:
    means = {theme.name: theme.mean for theme in themes if theme.mean is not None}
    lowest = min(means.values(), default=0)
    answers = fw.choose_one([(name, mean == lowest) for name, mean in means.items()])
    text = msg("Which theme comes with the fewest stars?")
    yield fw.Question("fewest_stars", text, answers, several=sum(answer.right for answer in answers) != 1)


INSTRUMENT = fw.Instrument(
    key="review-mining",
    code="T06",
    title=msg("Review mining"),
    phases=(fw.Phase.ACQUIRE, fw.Phase.PROCESS),
    needs=(fw.Need.COMPLAINTS, fw.Need.UNDERSTAND),
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
        fw.Column("date", msg("Day of the text"), fw.ValueKind.DATE, required=False),
        fw.Column("source", msg("Where it stands"), fw.ValueKind.WORD, required=False),
        fw.number_column("stars", msg("Stars, 1 to 5"), 1, 5, whole=True, required=False),
        fw.Column("text", msg("Text"), fw.ValueKind.FREE_TEXT),
        fw.Column("lang", msg("Language"), fw.ValueKind.WORD, required=False),
        fw.Column("hand", _BY_HAND, fw.ValueKind.WORD, required=False),
    ),
    options=(
        fw.Option("dictionary", msg("Your dictionary: theme: word, word*; next theme: …"), fw.ValueKind.FREE_TEXT),
    ),
    minimum=50,
    counted=msg("texts"),
    reference=(
        "Monroe, B., Colaresi, M., Quinn, K. (2008): Fightin' Words. Political Analysis 16(4); Cohen, J. (1960): A "
        "Coefficient of Agreement for Nominal Scales. Educational and Psychological Measurement 20(1)."
    ),
    # A bakery's 120 reviews: most praise the bread, and the queue costs stars more than anything else.
    demo=fw.Demo(
        fw.Firm.POD_DEBEM,
        options={
            "dictionary": "bread: bread, roll*, cake*, fresh; staff: staff, friendly, kind; waiting: wait*, queue; "
            "prices: price*, expensive, cheap*"
        },
        options_in={
            "de": {
                "dictionary": "Brot: Brot, Brötchen*, Kuchen*, frisch; Team: Team, freundlich, nett; "
                "Warten: wart*, gewartet, Schlange; Preise: Preis*, teuer, billig*"
            }
        },
    ),
    compute=compute,
)
