"""A chart of bars as SVG, readable on light and dark."""

from xml.sax.saxutils import escape

WIDTH, ROW, LABEL, VALUE = 760, 30, 330, 90


def bars(rows):
    """Return the SVG of (name, value) rows, the longest bar being the greatest value."""
    most = max(value for _, value in rows)
    height = ROW * len(rows) + 20
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'aria-label="Answers a second" font-family="system-ui, sans-serif" font-size="13">',
        "<style>text{fill:#1d2329}rect{fill:#b3261e}@media(prefers-color-scheme:dark){text{fill:#e8eaed}}</style>",
    ]
    for number, (name, value) in enumerate(rows):
        y = 10 + number * ROW
        length = max(1, round((WIDTH - LABEL - VALUE) * value / most))
        lines += [
            f'<text x="{LABEL - 10}" y="{y + 18}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{LABEL}" y="{y + 6}" width="{length}" height="{ROW - 12}" rx="2"/>',
            f'<text x="{LABEL + length + 8}" y="{y + 18}">{value:,.0f}</text>',
        ]
    return "\n".join([*lines, "</svg>"]) + "\n"
