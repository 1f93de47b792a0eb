"""All instruments of the toolbox, in the order of the catalogue. Adding one is a module and a line here."""

from __future__ import annotations

from . import (
    ab_test,
    analytic_hierarchy_process,
    business_model_canvas,
    co_creation_workshop,
    complaint_pareto,
    conjoint_analysis,
    customer_advisory_board,
    customer_funnel,
    customer_journey_map,
    customer_satisfaction,
    customer_value,
    digital_maturity,
    house_of_quality,
    idea_competition,
    idea_scoring,
    kano_analysis,
    lead_user_screening,
    net_promoter_score,
    opportunity_score,
    persona_empathy_map,
    price_sensitivity_meter,
    prototype_test,
    recency_frequency_money,
    service_gap,
    stage_gate,
    value_proposition_canvas,
)
from .kit import Instrument

INSTRUMENTS: tuple[Instrument, ...] = (
    net_promoter_score.INSTRUMENT,
    customer_satisfaction.INSTRUMENT,
    complaint_pareto.INSTRUMENT,
    customer_journey_map.INSTRUMENT,
    persona_empathy_map.INSTRUMENT,
    lead_user_screening.INSTRUMENT,
    opportunity_score.INSTRUMENT,
    kano_analysis.INSTRUMENT,
    recency_frequency_money.INSTRUMENT,
    customer_value.INSTRUMENT,
    service_gap.INSTRUMENT,
    customer_advisory_board.INSTRUMENT,
    co_creation_workshop.INSTRUMENT,
    idea_competition.INSTRUMENT,
    idea_scoring.INSTRUMENT,
    analytic_hierarchy_process.INSTRUMENT,
    value_proposition_canvas.INSTRUMENT,
    business_model_canvas.INSTRUMENT,
    house_of_quality.INSTRUMENT,
    conjoint_analysis.INSTRUMENT,
    price_sensitivity_meter.INSTRUMENT,
    prototype_test.INSTRUMENT,
    ab_test.INSTRUMENT,
    customer_funnel.INSTRUMENT,
    stage_gate.INSTRUMENT,
    digital_maturity.INSTRUMENT,
)

__all__ = ["INSTRUMENTS"]
