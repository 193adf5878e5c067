"""Charts, drawn on the server as SVG by leather; whoever shows one gives its table too."""

from collections.abc import Sequence

import leather
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251 - leather writes the markup, of numbers alone

WIDTH, HEIGHT = 720, 240
FONT, INK, LINE, FILL = "Inter, sans-serif", "#3a4a50", "#d9d3c6", "#1f6f82"
for name in ("tick_font_family", "axis_title_font_family", "title_font_family", "legend_font_family"):
    setattr(leather.theme, name, FONT)
leather.theme.background_color, leather.theme.margin = "#ffffff", 0.03  # a share of the width
leather.theme.label_color, leather.theme.tick_color, leather.theme.zero_color = INK, LINE, INK
leather.theme.tick_font_size = "13"


def shares(years: Sequence[tuple[int, int, int]]) -> SafeString:
    """Shares in percent by year, from (year, numerator, denominator); a year without a denominator has no column."""
    chart = leather.Chart()
    values = [(str(year), 100 * part / whole if whole else 0) for year, part, whole in years]
    chart.add_columns(values, fill_color=FILL)
    chart.add_x_axis(ticks=[year for year, _share in values])
    chart.add_y_scale(0, 100)
    chart.add_y_axis(ticks=[0, 50, 100], tick_formatter=lambda value, _n, _all: f"{value}%")
    drawn = chart.to_svg(width=WIDTH, height=HEIGHT)
    # As wide as its place; those who hear the page have the table.
    fitting = f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false"'
    return mark_safe(drawn.replace(f'<svg width="{WIDTH}" height="{HEIGHT}"', fitting, 1))  # noqa: S308
