"""new: start a workspace in a minute, by options or by answering questions."""

import sys
from datetime import date
from pathlib import Path

import click

from fieldgate.cli.call import Call, command
from fieldgate.cli.output import say, say_json, tell
from fieldgate.domain.moves.starting import Start
from fieldgate.domain.records.people import MarketType
from fieldgate.errors import UsageError
from fieldgate.words import t
from fieldgate.workspace.days import read_day
from fieldgate.workspace.door import found_workspace, inspect, open_workspace
from fieldgate.workspace.handles import founders_named
from fieldgate.workspace.templates import Template, template_of


@click.command(name="new")
@command(path="PATH", writes=True)
@click.option("--name", metavar="TEXT", help=t("What it is called."))
@click.option(
    "--vision", metavar="TEXT", help=t("What the world is like when it works; the first beliefs come from it.")
)
@click.option("--custdev", metavar="NAME", multiple=True, help=t("Who goes out to customers: NAME or HANDLE=NAME."))
@click.option("--proddev", metavar="NAME", multiple=True, help=t("Who builds; the same name may stand in both teams."))
@click.option("--segment", metavar="TEXT", help=t("Whom you look at first."))
@click.option(
    "--market-type", type=click.Choice([each.value for each in MarketType]), help=t("Which market you are in.")
)
@click.option(
    "--decide-by", metavar="DAY", help=t("When the first gate is decided; without it, after the step's days.")
)
@click.option("--stop-if", metavar="TEXT", help=t("The state of the world on that day that means you stop."))
@click.option("--belief", metavar="PROMPT=TEXT", multiple=True, help=t("An answer to a starter prompt, as a draft."))
@click.option("--no-core", is_flag=True, help=t("Leave the core set of the journey out for now."))
@click.option("--from", "old", metavar="PATH", help=t("Take founders, journey, beliefs and numbers of that one along."))
def new_command(
    call: Call, *, no_core: bool, old: str | None, belief: tuple[str, ...], **given: "str | tuple[str, ...] | None"
) -> None:
    """Start a workspace; what is missing is asked. PATH ending in .fieldgate makes a file, any other a shared folder."""
    path = call.path or call.one_word(t("path"))
    told = dict(given)
    template = _template(call, old, told) if old else None
    if sys.stdin.isatty():
        _ask_missing(told)
    decide_by = _day(call, told["decide_by"])
    start = Start(
        name=str(told["name"] or ""),
        vision=str(told["vision"] or ""),
        founders=tuple(founders_named(told["custdev"] or (), told["proddev"] or ())),
        lead_segment=str(told["segment"]) if told["segment"] else None,
        market_type=MarketType(str(told["market_type"])) if told["market_type"] else None,
        decide_by=decide_by,
        stop_if=str(told["stop_if"] or ""),
        beliefs=dict(_split(each) for each in belief),
        core=not no_core,
    )
    target = found_workspace(path, start, call.locations, call.clock, call.author)
    if template is not None:
        opened = open_workspace(target, call.locations, call.clock, call.author)
        try:
            template.put_into(opened)
        finally:
            opened.close()
    if call.as_json:
        say_json({"workspace": {"id": target.workspace_id, "name": target.name, "path": str(target.path)}})
        return
    say(str(target.path))
    tell(t("{name} is started. `fieldgate` opens it, `fieldgate status` says what is next.", name=target.name))


def _template(call: Call, old: str, told: dict[str, "str | tuple[str, ...] | None"]) -> Template:
    """Read what an old workspace gives to a new one; what was not said is taken from there."""
    opened = open_workspace(inspect(Path(old), call.locations), call.locations, call.clock, call.author)
    try:
        template = template_of(opened.facts, opened.playbook)
    finally:
        opened.close(give_out=False)
    usual: dict[str, str | tuple[str, ...] | None] = {
        "vision": template.vision,
        "segment": template.segment,
        "custdev": tuple(each for each in template.custdev.split(", ") if each),
        "proddev": tuple(each for each in template.proddev.split(", ") if each),
    }
    told.update({name: value for name, value in usual.items() if not told[name]})
    return template


def _ask_missing(told: dict[str, "str | tuple[str, ...] | None"]) -> None:
    """Ask for what was not said; only where a person can answer."""
    questions = {
        "name": t("What is it called?"),
        "vision": t("What is the world like when it works?"),
        "custdev": t("Who goes out to customers?"),
        "proddev": t("Who builds? One founder may be both"),
        "stop_if": t("Which state of the world on the day of the gate means you stop? (may wait)"),
    }
    for name, question in questions.items():
        if told[name]:
            continue
        usual = _first(told["custdev"]) if name == "proddev" else "" if name == "stop_if" else None
        answer = str(click.prompt(question, default=usual, show_default=bool(usual), err=True))
        told[name] = tuple(each.strip() for each in answer.split(",")) if name in {"custdev", "proddev"} else answer


def _first(names: object) -> str:
    return str(names[0]) if isinstance(names, tuple) and names else ""


def _split(word: str) -> tuple[str, str]:
    prompt, equals, text = word.partition("=")
    if not equals:
        raise UsageError(t("{word} answers no prompt.", word=word), t("Write --belief PROMPT=TEXT."), "--belief")
    return prompt, text


def _day(call: Call, text: object) -> date | None:
    if not text:
        return None
    day = read_day(str(text), call.clock.today())
    if day is None:
        raise UsageError(t("{text} is no day.", text=text), t("Write it as 2026-12-01, +90 or fri."), "--decide-by")
    return day
