"""The customers: who they are in a purchase, how aware of the problem, and which of the six traits they have."""

from typing import cast

from fieldgate.domain.listing import CustomerRow, ListRow, View
from fieldgate.domain.records.journey import Check
from fieldgate.ui.pane import ListPane
from fieldgate.ui.widgets.rows import Row
from fieldgate.ui.widgets.signs import ANSWERS, AWARENESS, COCREATION, CUSTOMER_STATES, ROLES, day_text, sign_of
from fieldgate.words import mark, t
from fieldgate.workspace.state import State


class CustomersPane(ListPane):
    """Customers, by code."""

    VIEW = View.CUSTOMERS
    NAME = mark("Customers")
    EMPTY = mark("No customers yet. A customer is a person or an organisation, counted once.")
    FILLS = (
        ("record.new", mark("writes the first one")),
        ("app.commands", mark("and `import` bring in a table that you have")),
    )

    HELP = mark(
        "Whom we asked and with whom we build. Awareness goes from 0 (unknown) to 5 (has or can get budget). The six "
        "traits are needed of a customer with whom the product is built, in this order: need, goal, date, "
        "communication, power, influence; ✓ yes, ✗ no, · open."
    )

    def row_of(self, row: ListRow, state: State) -> Row:
        """Name and status, then segment, role and awareness, then traits and last contact."""
        customer = cast("CustomerRow", row)
        sign = sign_of(CUSTOMER_STATES, customer.status)
        head = f"{customer.code} {customer.name} · {sign.text}"
        if customer.account_rank is not None:
            head = f"{head} · {t('account {n}', n=customer.account_rank)}"
        who = [customer.segment or t("no segment"), t(ROLES.get(customer.role, customer.role))]
        if 0 <= customer.awareness < len(AWARENESS):
            who.append(f"{customer.awareness} {t(AWARENESS[customer.awareness])}")
        facts = [t("traits {signs} {n} of 6", signs=traits(customer, state), n=customer.traits)]
        if customer.cocreation != "none":
            facts.append(t(COCREATION.get(customer.cocreation, customer.cocreation)))
        last = day_text(customer.last_contact, state.today)
        facts.append(t("last contact {day}", day=last) if last else t("no contact yet"))
        if customer.conflict:
            facts.append(t("! conflict"))
        dropped = customer.status == "dropped"
        return Row(customer.id, (head, " · ".join(who), " · ".join(facts)), strong=not dropped, dim=dropped)


def traits(customer: CustomerRow, state: State) -> str:
    """Return the six traits as signs, in their order; before the rules have run, as many ✓ as there are yes."""
    if state.facts is None:
        return "✓" * customer.traits + "·" * (6 - customer.traits)
    answers = {}
    for check in state.facts.linked("check", "customer_id", customer.id):
        if isinstance(check, Check):
            answers[check.key] = str(check.answer)
    return "".join(sign_of(ANSWERS, answers.get(trait.key, "open")).glyph for trait in state.playbook.traits)
