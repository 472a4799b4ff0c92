import click
import pytest

from fieldgate.cli.completing import complete_words
from fieldgate.cli.giving import EXPORTS
from fieldgate.cli.program import program


def offered(words, incomplete):
    name, *rest = words
    context = click.Context(program.get_command(click.Context(program), name), info_name=name)
    context.params["words"] = tuple(rest)
    return [item.value for item in complete_words(context, context.command.params[0], incomplete)]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("words", "incomplete", "wanted"),
    [
        (("show",), "H", ["H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8", "H9", "H10"]),
        (("show",), "h1", ["H1", "H10"]),
        (("move",), "BY-PM-0", ["BY-PM-01", "BY-PM-02", "BY-PM-03", "BY-PM-04", "BY-PM-05"]),
        (("link",), "N8", ["N8", "N80", "N81", "N82"]),
        (("link", "N8"), "H1", ["H1", "H10"]),
        (("link", "N8", "H1"), "", ["yes", "no", "maybe"]),
        (("rule", "H4"), "s", ["supported"]),
        (("list",), "m", ["members", "meetings"]),
        (("gate",), "re", ["redate", "reopen"]),
        (("export",), "m", ["md", "minutes"]),
        (("export", "minutes"), "m1", ["M1", "M10"]),
        (("prompt",), "", ["C1", "C2"]),
        (("forget",), "c1", ["C1", "C10"]),
        (("status",), "./co", ["./co"]),
        (("search",), "x", []),
    ],
)
def test_codes_and_words_are_offered(words, incomplete, wanted):
    assert offered(words, incomplete)[: len(wanted)] == wanted
    assert len(offered(words, incomplete)) >= len(wanted)


def test_a_shell_is_never_told_that_something_is_wrong():
    assert offered(("show", "nowhere.fieldgate"), "H") == []
    assert offered(("show",), "H") == []


def test_everything_that_can_be_written_out_is_offered():
    assert offered(("export",), "") == list(EXPORTS)
