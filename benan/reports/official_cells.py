"""The form with the cells of an official table that no register has."""

from decimal import Decimal
from typing import Any

from django import forms

from benan.reports.actions.official import Typed
from benan.reports.forms import ChangesForm
from benan.reports.official_tables import FilledTable, box


class CellField(forms.DecimalField):
    """A number as people write it, 3,5 or 18.960; None where nothing is typed."""

    widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """Without the places that say nothing; what was typed stays as it was typed."""
        if not isinstance(value, Decimal):
            return value
        whole, _point, parts = f"{value:f}".partition(".")
        return f"{whole},{parts.rstrip('0')}" if parts.strip("0") else whole


class CellsForm(ChangesForm):
    """A box for each open cell, named by its row and column; empty where nobody has the number."""

    def __init__(self, *args: Any, filled: FilledTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {row.code: row for row in filled.rows}
        self.cells = {box(*cell): cell for cell in filled.open_cells}
        for name, (code, column) in self.cells.items():
            label = f"{rows[code].name}, {filled.table.columns[column]}"
            self.fields[name] = CellField(
                label=label, required=False, min_value=0, max_digits=12, decimal_places=0 if filled.form.whole else 3,
                localize=True, initial=rows[code].cells[column].value, show_hidden_initial=True,
            )  # fmt: skip

    def told(self) -> dict[str, Any]:
        """The cells that were changed, by row and column."""
        return {
            "cells": {self.cells[name]: Typed(self.cleaned_data[name], self._seen(name)) for name in self.changed_data}
        }

    def box(self, row: str, column: str) -> Any:
        """The box of a cell; None where it has none."""
        name = box(row, column)
        return self[name] if name in self.fields else None
