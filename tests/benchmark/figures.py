"""A firm that has entered its figures for five years, for the page that people open each month.

Its bar is 10 statements, which a test holds, and 40 ms, at which somebody has to look.
"""

from __future__ import annotations

from decimal import Decimal

from opaque_keys.edx.keys import CourseKey

_MONTHS = 60


def five_years(user_id: int, course_key: CourseKey) -> int:
    """Let somebody's new firm keep the usual indicators for five years, and return the firm.

    Args:
        user_id: a learner without a firm.
        course_key: the run.

    Raises:
        RuntimeError: the figures are not there.
    """
    from iciinsmes.companies import api as companies
    from iciinsmes.early_warning import api
    from iciinsmes.early_warning.data import MonthCell
    from iciinsmes.early_warning.indicators import INDICATORS, USUAL

    firm = companies.create_company(name="Five years", country="de")
    companies.join_company(company_id=firm.id, user_id=user_id, course_key=course_key)
    first = api.running_month() - _MONTHS
    cells = [
        MonthCell(
            key,
            first + place,
            Decimal(5 + place % 4),
            Decimal(200 + place % 9) if INDICATORS[key].denominator else None,
        )
        for key in USUAL
        for place in range(_MONTHS)
        if key != "E11"
    ]
    api.save_figures(company_id=firm.id, user_id=user_id, course_key=course_key, cells=cells)
    if len(api.figures_of(company_id=firm.id)) < len(cells):
        raise RuntimeError("the firm has not its figures of five years")
    return firm.id
