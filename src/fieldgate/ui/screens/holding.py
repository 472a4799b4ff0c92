"""Holding: shows a screen that the workspace has to be asked for; keys wait for it, so none falls on the desk."""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App

from fieldgate.errors import FieldgateError
from fieldgate.ui.messages import Done, JobRequested

T = TypeVar("T")


def hold(
    app: App[Any],
    job: Callable[[Any], Done],
    then: Callable[[Any], None],
    refused: Callable[[FieldgateError], None],
) -> None:
    """Do a job of the workspace; all keys wait until what comes of it is on the screen.

    Args:
        app: The app.
        job: Gets the workspace, in its thread.
        then: Gets what the job returned; shows the screen.
        refused: Gets the failure.
    """
    # On the app: what is shown is on the way from the key on, whatever else its screen has to do.
    app.post_message(JobRequested(job, then, refused))
