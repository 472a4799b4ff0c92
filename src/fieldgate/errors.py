"""The failures that a founder can do something about.

```
FieldgateError            message, hint, exit status, kind
├── RefusedError      1   a rule of the method refuses it; says what is missing
├── UsageError        2   the call's words are off, or there is no terminal
├── NotFoundError     3   no such record, path or file
├── FormatError       4   not a workspace, or damaged
├── NewerFormatError  5   written by a newer fieldgate
├── BusyError         6   busy, read-only or no room on the disk
└── UndecidedError    7   needs a decision of a person first
```

Everything else is a bug of ours: it crashes loudly and exits with 70.
"""


class FieldgateError(Exception):
    """A failure with words for the person it happened to.

    Args:
        message: One sentence: what is wrong, and where.
        hint: What to do about it.
        where: The file, record code or field it is about; empty where the message says all.
    """

    exit_status = 70
    kind = "bug"

    def __init__(self, message: str, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where


class RefusedError(FieldgateError):
    """A rule refuses what was asked; `missing` names each thing it lacks, one sentence each."""

    exit_status = 1
    kind = "refused"

    def __init__(self, message: str, hint: str = "", where: str = "", missing: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint, where)
        self.missing = missing


class UsageError(FieldgateError):
    """The words of the call are off, or it needs a terminal and there is none."""

    exit_status = 2
    kind = "usage"


class NotFoundError(FieldgateError):
    """There is no such record, path or file."""

    exit_status = 3
    kind = "not_found"


class FormatError(FieldgateError):
    """What was opened is not a workspace, or it is damaged."""

    exit_status = 4
    kind = "not_a_workspace"


class NewerFormatError(FieldgateError):
    """It was written by a newer fieldgate than this one."""

    exit_status = 5
    kind = "newer"


class BusyError(FieldgateError):
    """The store is busy or read-only, or the disk is full."""

    exit_status = 6
    kind = "busy"


class UndecidedError(FieldgateError):
    """A person has to decide first: a conflict, missing files, another workspace; `choices` names what can be said."""

    exit_status = 7
    kind = "undecided"

    def __init__(self, message: str, hint: str = "", where: str = "", choices: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint, where)
        self.choices = choices
