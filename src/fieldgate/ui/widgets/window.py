"""A window on a long list: which rows are visible and which one the cursor is on. Numbers only, no drawing."""


class Window:
    """Keeps the cursor within the list and within sight.

    Args:
        count: Rows of the list.
        fitting: Rows that are wholly visible; 0 while nobody knows.
    """

    def __init__(self, count: int, fitting: int = 0) -> None:
        self.count = count
        self.fitting = fitting
        self.cursor = 0
        self.first = 0

    def move_to(self, number: int) -> bool:
        """Put the cursor on a row; says whether the window had to scroll for it."""
        self.cursor = max(0, min(self.count - 1, number))
        before = self.first
        if self.fitting:
            self.first = min(max(before, self.cursor - self.fitting + 1), self.cursor)
        return self.first != before

    def scroll(self, by: int) -> bool:
        """Show rows further on or back and leave the cursor on its row; says whether anything moved."""
        before = self.first
        self.first = max(0, min(before + by, self.count - self.fitting))
        return self.first != before

    def settle(self, count: int, cursor: int, first: int) -> None:
        """Take another list: cursor on a row, `first` the row wished for at the top."""
        self.count = count
        last_first = max(0, count - self.fitting)
        self.first = max(0, min(first, last_first))
        self.move_to(cursor)

    def fit(self, fitting: int) -> bool:
        """Have room for so many rows; says whether other rows are shown now."""
        before = self.first
        if fitting != self.fitting:
            self.fitting = fitting
            self.settle(self.count, self.cursor, before)
        return self.first != before
