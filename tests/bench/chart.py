# SPDX-License-Identifier: LGPL-2.1-or-later
"""A bar chart as SVG, whose letters can be read where a README shows it: about 850 pixels wide."""

from xml.sax.saxutils import escape

WIDTH, MARGIN, LEFT, RIGHT = 850, 16, 176, 190
TITLE, HEADING, LABEL = 18, 16, 14  # sizes of letters
TOP, BAR, GAP, BETWEEN = 52, 22, 4, 18
COLOURS = ["#8c959f", "#0969da", "#1f2328"]
FONT = 'font-family="sans-serif"'


def text(x, y, size, content, more=""):
    return f'<text x="{x:g}" y="{y:g}" {FONT} font-size="{size}" fill="#1f2328"{more}>{escape(content)}</text>'


def bar(y, scale, label, value, said, colour):
    """A label, a bar, and what is said beside it. Without a value there is no bar."""
    width = 0 if value is None else max(value * scale, 2)
    middle = y + BAR / 2 + LABEL / 3
    out = [text(LEFT - 8, middle, LABEL, label, ' text-anchor="end"')]
    if width:
        out.append(f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>')
    return out + [text(LEFT + width + 8, middle, LABEL, said)]


def bars(title, groups):
    """GROUPS: (heading, [(label, value or None, what is said beside the bar)])."""
    heights = [HEADING + 8 + len(rows) * (BAR + GAP) + BETWEEN for _, rows in groups]
    height = TOP + sum(heights)
    longest = max(value for _, rows in groups for _, value, _ in rows if value is not None)
    scale = (WIDTH - LEFT - RIGHT) / longest
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        text(MARGIN, 32, TITLE, title, ' font-weight="bold"'),
    ]
    y = TOP
    for (heading, rows), used in zip(groups, heights):
        out.append(text(MARGIN, y + HEADING, HEADING, heading, ' font-weight="bold"'))
        for i, (label, value, said) in enumerate(rows):
            out += bar(y + HEADING + 8 + i * (BAR + GAP), scale, label, value, said, COLOURS[i])
        y += used
    return "\n".join([*out, "</svg>"]) + "\n"
