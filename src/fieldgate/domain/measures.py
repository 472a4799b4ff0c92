"""MEASURES: what a criterion of a gate can ask for, by the name that the playbook uses.

A measure is a pure function of the facts, its arguments, the gate, the playbook with the policy in force, and the day.
Every criterion's id comes along as the argument `criterion`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from fieldgate.domain import measures_beliefs, measures_customers, measures_gate, measures_journey
from fieldgate.domain.findings import Finding
from fieldgate.domain.playbook import Playbook
from fieldgate.domain.records.history import Gate
from fieldgate.domain.snapshot import Snapshot

Measure = Callable[[Snapshot, Mapping[str, Any], Gate, Playbook, date], Finding]

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "customers_heard": measures_customers.customers_heard,
        "supported": measures_beliefs.supported,
        "settled": measures_beliefs.settled,
        "lead_awareness": measures_customers.lead_awareness,
        "supported_with_yes": measures_beliefs.supported_with_yes,
        "features_braked": measures_gate.features_braked,
        "orders": measures_customers.orders,
        "kpi_known": measures_journey.kpi_known,
        "market_type_set": measures_gate.market_type_set,
        "cards_in": measures_journey.cards_in,
        "cards_not_in": measures_journey.cards_not_in,
        "owners": measures_journey.owners,
        "field_visits": measures_customers.field_visits,
        "cocreation_sound": measures_customers.cocreation_sound,
        "demand_repeats": measures_beliefs.demand_repeats,
        "attested": measures_gate.attested,
        "beliefs_settled": measures_beliefs.beliefs_settled,
        "maybes_treated": measures_beliefs.maybes_treated,
        "teams_agree": measures_gate.teams_agree,
    }
)
"""Every measure by its name."""
