# SPDX-License-Identifier: LGPL-2.1-or-later
"""A bar chart as SVG."""

from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP = 900, 190, 60, 64
BAR, GAP = 9, 12
FONT = 'font-family="sans-serif" font-size="11"'


def bars(title, groups, colours, unit):
    """GROUPS: (label, {series: value or None}); COLOURS: {series: colour} in the order of the bars."""
    group_height = BAR * len(colours) + GAP
    height = TOP + group_height * len(groups) + 10
    scale = (WIDTH - LEFT - RIGHT) / max(v for _, values in groups for v in values.values() if v is not None)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        f'<text x="10" y="20" {FONT} font-weight="bold">{escape(title)}</text>',
    ]
    for i, (series, colour) in enumerate(colours.items()):
        x = LEFT + i * 140
        out.append(f'<rect x="{x}" y="34" width="10" height="10" fill="{colour}"/>')
        out.append(f'<text x="{x + 14}" y="43" {FONT}>{escape(series)}</text>')
    y = TOP
    for label, values in groups:
        out.append(f'<text x="{LEFT - 8}" y="{y + group_height / 2}" {FONT} text-anchor="end">{escape(label)}</text>')
        for i, (series, colour) in enumerate(colours.items()):
            value = values.get(series)
            if value is None:
                continue
            width = max(value * scale, 1)
            out.append(f'<rect x="{LEFT}" y="{y + i * BAR}" width="{width:.1f}" height="{BAR - 1}" fill="{colour}"/>')
            out.append(
                f'<text x="{LEFT + width + 4:.1f}" y="{y + i * BAR + BAR - 1}" font-family="sans-serif" font-size="8">'
                f"{value:.2f} {escape(unit)}</text>"
            )
        y += group_height
    out.append("</svg>")
    return "\n".join(out) + "\n"
