"""Which terminal driver the app gets: the one that sleeps until a key comes, where the platform allows it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.driver import Driver


def quick_driver(*, already_open: bool = False, attributes: list[Any] | None = None) -> "type[Driver] | None":
    """Return the driver class for the app; None, which is Textual's own choice, where ours cannot be had.

    Args:
        already_open: The last picture is on the alternate screen already; opening that again would blank it.
        attributes: Settings of the terminal from before the picture (`Picture.hand_over`), restored at the end.
    """
    try:
        from fieldgate.ui.quick_driver import QuickDriver  # names of Textual that another version may lack
    except ImportError:
        return None
    QuickDriver.already_open = already_open
    QuickDriver.attributes_before = attributes
    return QuickDriver
