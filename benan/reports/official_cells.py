"""The form with the cells of an official table that no register has."""

from typing import Any

from django import forms

from benan.reports.official_tables import FilledTable
from benan.ui.forms import Form


class CellsForm(Form):
    """A box for each open cell, named by its row and column; empty where nobody has the number."""

    def __init__(self, *args: Any, filled: FilledTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {row.code: row for row in filled.rows}
        for name, (code, column) in self.names(filled).items():
            label = f"{rows[code].name}, {filled.table.columns[column]}"
            self.fields[name] = forms.DecimalField(
                label=label, required=False, min_value=0, max_digits=12, decimal_places=0 if filled.form.whole else 3,
                localize=True, initial=rows[code].cells[column].value,
                widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}),
            )  # fmt: skip

    @staticmethod
    def names(filled: FilledTable) -> dict[str, tuple[str, str]]:
        """The name of each box, with the row and column of its cell."""
        return {f"c-{row}-{column}": (row, column) for row, column in filled.open_cells}

    def box(self, row: str, column: str) -> Any:
        """The box of a cell; None where it has none."""
        name = f"c-{row}-{column}"
        return self[name] if name in self.fields else None
