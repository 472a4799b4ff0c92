"""The command that writes an interview prompt: prompt CUSTOMER."""

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.layout import say_wrapped
from fieldgate.cli.output import say_json
from fieldgate.cli.reading import open_call
from fieldgate.domain.records.people import Customer
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.asking import InterviewPrompt, interview_prompt, prompt_lines
from fieldgate.workspace.naming import find_record


@click.command(name="prompt")
@command(words="CUSTOMER")
def prompt_command(call: Call) -> None:
    """What to learn from a customer next, and how to ask: half a page to take along."""
    code = call.one_word(t("customer"))
    with open_call(call) as reading:
        found = find_record(reading.reader, reading.facts, code)
        customer = reading.facts.get(found.kind, found.id)
        if not isinstance(customer, Customer):
            raise UsageError(t("{code} is no customer.", code=code), t("`fieldgate list customers` names them."), code)
        prompt = interview_prompt(reading.facts, reading.playbook, customer)
    if call.as_json:
        say_json(prompt_data(prompt))
        return
    for line in prompt_lines(prompt):
        # What goes on stands under the words, not under the dash or the number before them.
        before = len(line) - len(line.lstrip(" -0123456789."))
        say_wrapped(line[before:], line[:before])


def prompt_data(prompt: InterviewPrompt) -> dict[str, object]:
    """Return a prompt as JSON has it."""
    return {
        "customer": {"code": prompt.code, "name": prompt.name},
        "learn": [
            {
                "hypothesis": each.code,
                "statement": each.statement,
                "key": each.key,
                "area": each.area,
                "maybe_since": each.maybe,
                "ask": list(each.openers),
            }
            for each in prompt.lessons
        ],
        "sale_path": list(prompt.sale_path),
        "advice": list(prompt.asking.advice),
        "never_ask": list(prompt.asking.bad),
        "habits": list(prompt.asking.habits),
    }
