"""T07: what do people say about us and our trade among themselves? A log of posts, and whether enough were read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from . import framework as fw
from .framework import msg

_OWN, _COMPETITOR = "own", "competitor"

#: So many posts at the end are looked at for new codes.
_LAST = 10

#: Enough was read if the last posts bring at most so many new codes.
_MOST_NEW = 1

_WEEK = 7
_WEEKS_SHOWN = 20
_CHART_POINTS = 20


@dataclass(frozen=True)
class Post:
    """One post with all that was logged about it; ``sides`` are whom it speaks of."""

    day: date
    key: str
    codes: frozenset[str]
    sides: frozenset[str]


def growth(posts: Sequence[Post]) -> list[int]:
    """Return how many different codes were seen after each post, in the order of the posts."""
    seen: set[str] = set()
    counts = []
    for post in posts:
        seen |= post.codes
        counts.append(len(seen))
    return counts


def new_in_last(posts: Sequence[Post]) -> int | None:
    """Return how many codes the last ten posts brought; None if there are no posts before them."""
    counts = growth(posts)
    return counts[-1] - counts[-_LAST - 1] if len(counts) > _LAST else None


def posts_of(table: fw.Table) -> list[Post]:
    """Join the rows of a post, and put posts in the order of their days, those of one day as they were logged.

    Args:
        table: with the columns date, code, and if known post and side; a log with the latest post on top is read from
            below.
    """
    spelling = fw.spelled(table.texts("code"))
    members: dict[str, list[int]] = {}
    for row, key in enumerate(table.texts("post")):
        # A row without a number is a post of its own.
        members.setdefault(fw.same(key) or f"\n{row}", []).append(row)
    days, sides = table.dates("date"), table.texts("side")
    posts = [
        Post(
            min(days[row] for row in rows),
            key.partition("\n")[0],
            frozenset(spelling[row] for row in rows),
            frozenset(sides[row] for row in rows if sides[row] in (_OWN, _COMPETITOR)),
        )
        for key, rows in members.items()
    ]
    if posts[0].day > posts[-1].day and all(one.day >= other.day for one, other in pairwise(posts)):
        posts.reverse()
    return sorted(posts, key=lambda post: post.day)


def compute(table: fw.Table, options: fw.Settings) -> fw.Result:
    """Count what posts say and whom they name, and find out whether new ones still bring something new."""
    posts = posts_of(table)
    codes = _codes(posts)
    voice = _voice(posts)
    new = new_in_last(posts)
    communities = len(fw.grouped(table.texts("community")))
    weeks = _weeks(posts)
    title = msg("Different codes after so many posts: a flat end means that you read enough")
    begin = fw.Mark("x", len(posts) - _LAST, msg("The last ten posts come after number"))
    marks = (begin,) if new is not None else ()
    return fw.Result(
        n=len(posts),
        verdict=_verdict(new, communities),
        figures=(
            fw.Figure("posts", msg("Posts"), len(posts)),
            fw.Figure("communities", msg("Communities"), communities),
            fw.Figure("codes", msg("Different codes"), len(codes)),
            fw.Figure("per_week", msg("Posts per week"), len(posts) / weeks, n=weeks),
            fw.Figure("new_codes", msg("New codes in the last ten posts"), new),
            *((fw.share_figure("voice", msg("Your share of voice"), voice),) if voice else ()),
        ),
        tables=(_code_table(codes), _growth_table(posts), _week_table(posts)),
        charts=(
            fw.bars(msg("How many posts speak of it"), "codes", "code", "share", interval=True, highest=100),
            fw.curves(title, "growth", "posts", ("codes",), marks),
        ),
        conditions=_conditions(options),
        notes=tuple(_notes(posts)),
        estimates=tuple(_estimate(posts, voice)),
        questions=(*_is_saturated(new), *_who_is_named(voice)),
        decision=fw.Decision(msg("Which need do you follow up first?"), tuple(str(share.name) for share in codes)),
    )


def _codes(posts: Sequence[Post]) -> list[fw.GroupShare]:
    """Return the share of posts with each code, the most frequent first."""
    counts = Counter(code for post in posts for code in post.codes)
    shares = [fw.GroupShare(code, count, len(posts)) for code, count in counts.items()]
    return sorted(shares, key=lambda share: (-share.hits, str(share.name)))


def _voice(posts: Sequence[Post]) -> fw.GroupShare | None:
    """Return own mentions of all mentions of firms, None without any; a post that names both counts for both."""
    own = sum(_OWN in post.sides for post in posts)
    mentions = own + sum(_COMPETITOR in post.sides for post in posts)
    return fw.GroupShare("", own, mentions) if mentions else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(posts: Sequence[Post]) -> int:
    return (_monday(posts[-1].day) - _monday(posts[0].day)).days // _WEEK + 1


def _code_table(codes: Sequence[fw.GroupShare]) -> fw.ResultTable:
    return fw.Rows("codes", msg("Codes"), codes).shown(
        fw.Shown("code", msg("Code"), lambda share: share.name),
        fw.Shown("posts", msg("Posts"), lambda share: share.hits),
        fw.Shown("share", msg("Share"), lambda share: share.percent, fw.Unit.PERCENT),
        fw.Shown("low", msg("From"), lambda share: share.low, fw.Unit.PERCENT),
        fw.Shown("high", msg("To"), lambda share: share.high, fw.Unit.PERCENT),
    )


def _growth_table(posts: Sequence[Post]) -> fw.ResultTable:
    counts = growth(posts)
    shown = {max(1, round(len(posts) * step / _CHART_POINTS)) for step in range(1, _CHART_POINTS + 1)}
    if len(posts) > _LAST:
        shown.add(len(posts) - _LAST)
    return fw.Rows("growth", msg("Different codes after so many posts"), sorted(shown)).shown(
        fw.Shown("posts", msg("Posts"), lambda number: number),
        fw.Shown("codes", msg("Different codes"), lambda number: counts[number - 1]),
    )


def _week_table(posts: Sequence[Post]) -> fw.ResultTable:
    last = _monday(posts[-1].day)
    shown = [last - timedelta(days=_WEEK * back) for back in reversed(range(min(_weeks(posts), _WEEKS_SHOWN)))]
    of_week: dict[date, list[Post]] = defaultdict(list)
    for post in posts:
        of_week[_monday(post.day)].append(post)
    return fw.Rows("weeks", msg("Posts per week"), shown).shown(
        fw.Shown("week", msg("Week from"), fw.day_text),
        fw.Shown("posts", msg("Posts"), lambda monday: len(of_week[monday])),
        fw.Shown("own", msg("Name you"), lambda monday: sum(_OWN in post.sides for post in of_week[monday])),
        fw.Shown(
            "competitor",
            msg("Name a competitor"),
            lambda monday: sum(_COMPETITOR in post.sides for post in of_week[monday]),
        ),
    )


def _conditions(options: fw.Settings) -> tuple[fw.Condition, ...]:
    texts = {
        "public": msg("Use only posts that everybody may read, or that their group opened for you. Then tick the box."),
        "consent": msg("Ask the group or the writer where people write among themselves. Then tick the box."),
        "anonymous": msg("Take names, pictures and nicknames out of your quotes. Then tick the box."),
    }
    return tuple(fw.Condition(key, options.yes(key), text) for key, text in texts.items())


def _notes(posts: Sequence[Post]) -> Iterator[fw.Text]:
    if _weeks(posts) > _WEEKS_SHOWN:
        yield msg("Posts per week are shown for the last %(weeks)s weeks.", weeks=_WEEKS_SHOWN)


def _verdict(new: int | None, communities: int) -> fw.Verdict:
    if new is None or new > _MOST_NEW:
        text = msg(
            "The last ten posts still brought new codes: %(new)s. Read on, there is more to learn.", new=new or 0
        )
        return fw.Verdict("not-saturated", fw.Level.ATTENTION, text)
    if communities < 2:
        text = msg("In this community you have read enough. Look into a second one: others may need other things.")
        return fw.Verdict("one-community", fw.Level.NEUTRAL, text)
    text = msg("You have read enough: the last ten posts brought hardly anything new. Choose the need you follow up.")
    return fw.Verdict("saturated", fw.Level.GOOD, text)


def _estimate(posts: Sequence[Post], voice: fw.GroupShare | None) -> Iterator[fw.Estimate]:
    if voice is None:
        return
    others = voice.n - voice.hits
    slips = [fw.Slip(100 * voice.hits / len(posts), msg("Divide by the mentions of all firms, not by all posts."))]
    if others:
        text = msg("Divide by your mentions and those of competitors together.")
        slips.insert(0, fw.Slip(100 * voice.hits / others, text))
    text = msg("Work out your share of voice: your mentions in percent of the mentions of all firms.")
    yield fw.Estimate("voice", text, voice.percent, tolerance=1, unit=fw.Unit.PERCENT, slips=tuple(slips))


def _is_saturated(new: int | None) -> Iterator[fw.Question]:
    if new is None:
        return
    is_enough = new <= _MOST_NEW
    because = msg("New codes in the last ten posts: %(new)s. Up to one means that you have read enough.", new=new)
    answers = fw.choose_one([(msg("Yes"), is_enough), (msg("No, read on"), not is_enough)], because)
    yield fw.Question("saturated", msg("Have you read enough posts?"), answers)


def _who_is_named(voice: fw.GroupShare | None) -> Iterator[fw.Question]:
    if voice is None:
        return
    half = 50.0
    is_more, is_less = voice.low > half, voice.high < half
    answers = fw.choose_one(
        [(msg("Yes, you"), is_more), (msg("No, they"), is_less), (msg("We cannot know yet"), not (is_more or is_less))]
    )
    yield fw.Question("named_more", msg("Are you named more often than all competitors together?"), answers)


INSTRUMENT = fw.Instrument(
    key="netnography",
    code="T07",
    title=msg("Listening in communities"),
    phases=(fw.Phase.ACQUIRE,),
    needs=(fw.Need.UNDERSTAND, fw.Need.IDEAS),
    purpose=msg("Hear what people need when they speak among themselves, and know when you have read enough."),
    explanation=(
        msg("People write about your trade in forums, groups and comments, also those who never write to you."),
        msg("Log each post: the day, where it stands, and a code, a few words for what it is about. One row a code."),
        msg(
            "New posts soon repeat what others said. If the last ten bring at most one new code, you have read enough "
            "and can count: what is voiced most, and who is named more often, you or your competitors?"
        ),
        msg(
            "Those who write are not all your customers. Read what is open, ask where it is not, and quote nobody so "
            "that others know who it was."
        ),
    ),
    columns=(
        fw.Column("date", msg("Day of the post"), fw.ValueKind.DATE),
        fw.Column("community", msg("Community"), fw.ValueKind.WORD),
        fw.Column("post", msg("Number or link of the post"), fw.ValueKind.KEY, required=False),
        fw.Column("code", msg("Code"), fw.ValueKind.WORD),
        fw.Column("quote", msg("Quote"), fw.ValueKind.FREE_TEXT, required=False),
        fw.choice_column(
            "side",
            msg("Whom it names"),
            {_OWN: msg("us"), _COMPETITOR: msg("a competitor"), "none": msg("no firm")},
            required=False,
        ),
    ),
    options=(
        fw.switch_option("public", msg("Everybody may read these posts, or their group opened them to me")),
        fw.switch_option("consent", msg("I asked for consent where people write among themselves")),
        fw.switch_option("anonymous", msg("There are no names, pictures or nicknames in my quotes")),
    ),
    minimum=30,
    counted=msg("posts"),
    reference="Kozinets, R. (2002): The Field Behind the Screen. Journal of Marketing Research 39(1).",
    # Twelve weeks of posts about heat pumps: noise is what people fear, and competitors are named more often.
    demo=fw.Demo(fw.Firm.EL_SERVICE, options={"public": True, "consent": True, "anonymous": True}),
    compute=compute,
)
