#!/usr/bin/env python3
"""Draws docs/year.svg, a year of Zhejiang in motion, from the tables of a run, and docs/year-zh.svg, the same in Chinese.

    docs/year.py [PROGRAM [--check]]        (default: target/release/shanhai; --check fails if a picture is another)

The baseline is run for one year, one agent for a hundred persons. Every scene is a phase of the year and shows what moves in it between counties, net
of what comes back: the largest arcs, and what share of the whole they carry. Nothing but Python's standard library is needed.
"""

import collections
import csv
import html
import math
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "target/release/shanhai"
ROOT = pathlib.Path(__file__).resolve().parents[1]
WIDTH, HEIGHT, SECONDS, ARCS = 900, 560, 4.0, 120
MAP = (40, 70, 560, 430)
OUTSIDE = "outside"
TIERS = {"city": "#1f5f8b", "county_seat": "#d1802f"}
# Factor, phase of the year, colour, and of what it is.
SCENES = [
    ("consumption", "spend", "#8a4f9e", "yuan"),
    ("fiscal", "tax", "#a23b3b", "yuan"),
    ("remittance", "distribute", "#2f8a7a", "yuan"),
    ("capital", "invest", "#b07d1f", "yuan"),
    ("labour", "move", "#1f5f8b", "persons"),
    ("talent", "move", "#5a6fc0", "persons"),
]
PHASES = ["rules", "spend", "produce", "tax", "distribute", "invest", "renew", "move", "audit", "observe"]
# Words of the picture by file; a phase without words is shown by its name. Units with their sizes.
WORDS = {
    "year.svg": {
        "about": "A year of Zhejiang in motion: {}", "and": "; ", "model": "Zhejiang, {}, the model",
        "consumption": "Households buy services where they do not live",
        "fiscal": "Tax shares and transfers between governments",
        "remittance": "Migrants send money home",
        "capital": "Savings are invested elsewhere, or lent away",
        "labour": "Workers move",
        "talent": "People with tertiary education move",
        "yuan": ("bn yuan", 1e9), "persons": ("thousand persons", 1e3),
        "net": "net between counties in the year;", "carry": "{} arcs carry {} of it", "area": "area of a dot: residents",
        "outside": "outside", "city": "district of a city", "county_seat": "county",
    },
    "year-zh.svg": {
        "about": "浙江一年之内的流动：{}", "and": "；", "model": "浙江，{} 年，模型结果",
        "consumption": "居民在居住地以外消费服务",
        "fiscal": "各级政府之间的税收分成与转移支付",
        "remittance": "外出者寄钱回家",
        "capital": "储蓄投向外地或借出",
        "labour": "劳动者迁移",
        "talent": "受过高等教育者迁移",
        "yuan": ("亿元", 1e8), "persons": ("万人", 1e4),
        "net": "全年县际净流量；", "carry": "图中 {} 条弧线占其 {}", "area": "圆点面积：常住人口",
        "outside": "区域外", "city": "市辖区", "county_seat": "县（市）",
        "rules": "规则", "spend": "消费", "produce": "生产", "tax": "税收", "distribute": "分配", "invest": "投资",
        "renew": "更新", "move": "迁移", "audit": "核验", "observe": "记录",
    },
}


def rows(folder, name):
    with open(pathlib.Path(folder) / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def net_flows(flows, factor, county):
    """Net amounts between counties, what stays inside a county left out, largest first, and their sum."""
    sums = collections.defaultdict(float)
    for row in flows:
        # What lies outside, be it the rest of the country or of the world, is one place.
        origin, destination = county.get(row["origin"], OUTSIDE), county.get(row["destination"], OUTSIDE)
        if row["factor"] == factor and origin != destination:
            sums[origin, destination] += float(row["amount"])
    net = {pair: amount - sums.get(pair[::-1], 0.0) for pair, amount in sums.items()}
    found = sorted(((amount, pair) for pair, amount in net.items() if amount > 0), key=lambda one: (-one[0], one[1]))
    return found, sum(amount for amount, _ in found)


def project(places):
    """Where a place stands on the map; the rest of the country is a point at its western edge."""
    inside = [place for place in places if place["tier"] != "outside"]
    longitudes = [float(place["longitude"]) for place in inside]
    latitudes = [float(place["latitude"]) for place in inside]
    narrow = math.cos(math.radians(sum(latitudes) / len(latitudes)))
    left, top, width, height = MAP
    wide, high = (max(longitudes) - min(longitudes)) * narrow, max(latitudes) - min(latitudes)
    scale = min((width - 80) / wide, height / high)

    def at(place):
        if place["tier"] == "outside":
            return left, top + height / 2
        x = left + 80 + (float(place["longitude"]) - min(longitudes)) * narrow * scale
        return x, top + (max(latitudes) - float(place["latitude"])) * scale

    return at


def arc(start, end):
    """A bow from one place to another; bows of opposite ways lie on opposite sides."""
    (x0, y0), (x1, y1) = start, end
    bend = 0.18
    middle = ((x0 + x1) / 2 - bend * (y1 - y0), (y0 + y1) / 2 + bend * (x1 - x0))
    return f"M{x0:.0f} {y0:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {x1:.0f} {y1:.0f}"


def scene(number, flows, points, county, words):
    factor, phase, colour, what = SCENES[number]
    unit, size = words[what]
    found, whole = net_flows(flows, factor, county)
    shown = found[:ARCS]
    most = shown[0][0] if shown else 1.0
    share = sum(amount for amount, _ in shown) / whole if whole else 0.0
    lines = [f'<g class="scene" style="animation-delay:{number * SECONDS - SECONDS * len(SCENES):g}s" stroke="{colour}">']
    for amount, (origin, destination) in reversed(shown):
        thick = 0.6 + 5.4 * math.sqrt(amount / most)
        lines.append(f'<path class="way" d="{arc(points[origin], points[destination])}" stroke-width="{thick:.1f}"/>')
    lines.append(f'<g stroke="none"><text class="title" x="40" y="44" style="fill:{colour}">{html.escape(words[factor])}</text>')
    lines.append(f'<text class="note" x="640" y="330" style="fill:{colour}">{whole / size:,.1f} {unit}</text>')
    lines.append(f'<text class="small" x="640" y="350">{words["net"]}</text>')
    lines.append(f'<text class="small" x="640" y="366">{words["carry"].format(len(shown), f"{share:.0%}")}</text>')
    lines.append(f'<rect x="{phase_at(phase):.0f}" y="512" width="72" height="24" rx="4" fill="{colour}" opacity=".25"/></g></g>')
    return "\n".join(lines)


def phase_at(phase):
    return 40 + 82 * PHASES.index(phase)


def picture(folder, words):
    places, nodes, flows = rows(folder, "places.csv"), rows(folder, "nodes.csv"), rows(folder, "flows.csv")
    year = max(row["year"] for row in nodes)
    county = {place["node"]: place["county"] or OUTSIDE for place in places}
    at = project(places)
    residents = {row["node"]: float(row["residents"]) for row in nodes if row["year"] == year}
    points, dots, people = {}, [], collections.Counter()
    for place in places:
        people[county[place["node"]]] += residents.get(place["node"], 0.0)
    for place in places:
        # A county stands where its city or seat stands; counties without one stand where their villages do.
        if place["tier"] != "village" or county[place["node"]] not in points:
            points[county[place["node"]]] = at(place)
    for place in sorted(places, key=lambda one: -people[county[one["node"]]]):
        if place["tier"] in TIERS:
            x, y = points[county[place["node"]]]
            radius = 0.011 * math.sqrt(people[county[place["node"]]])
            dots.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" fill="{TIERS[place["tier"]]}"/>')
    labels = []
    if OUTSIDE in points:
        x, y = points[OUTSIDE]
        labels.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="9" fill="#777"/>')
        labels.append(f'<text class="small" x="{x - 22:.0f}" y="{y + 26:.0f}">{words["outside"]}</text>')
    legend = []
    for i, (tier, colour) in enumerate(TIERS.items()):
        legend.append(f'<circle cx="648" cy="{110 + 24 * i}" r="7" fill="{colour}" opacity=".55"/>')
        legend.append(f'<text class="small" x="664" y="{114 + 24 * i}">{words[tier]}</text>')
    phases = [
        f'<text class="phase" x="{phase_at(phase) + 36:.0f}" y="528">{i + 1} {words.get(phase, phase)}</text>'
        for i, phase in enumerate(PHASES)
    ]
    seen, whole = 100 / len(SCENES), SECONDS * len(SCENES)
    style = f"""
text {{ font-family: system-ui, sans-serif; fill: #333 }}
.title {{ font-size: 22px; font-weight: 600 }} .note {{ font-size: 18px; font-weight: 600 }}
.small {{ font-size: 13px }} .phase {{ font-size: 13px; text-anchor: middle }}
.way {{ fill: none; stroke-linecap: round; opacity: .5; stroke-dasharray: 9 11; animation: run 1.2s linear infinite }}
.scene {{ opacity: 0; animation: show {whole:g}s linear infinite }}
@keyframes run {{ to {{ stroke-dashoffset: -20 }} }}
@keyframes show {{ 0% {{ opacity: 0 }} {0.1 * seen:.2f}%, {0.9 * seen:.2f}% {{ opacity: 1 }} {seen:.2f}%, 100% {{ opacity: 0 }} }}
@media (prefers-reduced-motion: reduce) {{ .way {{ animation: none; stroke-dasharray: none }} }}
"""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{words["about"].format(words["and"].join(words[scene[0]] for scene in SCENES))}">',
        f"<style>{style}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text class="small" x="640" y="74">{words["model"].format(year)}</text>',
        f'<text class="small" x="640" y="168">{words["area"]}</text>',
        *legend,
        *labels,
        '<g opacity=".55">',
        *dots,
        "</g>",
        *(scene(number, flows, points, county, words) for number in range(len(SCENES))),
        *phases,
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "run"
        words = ["run", "scenarios/zhejiang/baseline.toml", "--years", "1", "--persons-per-agent", "100", "--quiet",
                 "--set", "output.flow_share=0"]
        words += ["--set", 'output.flows="node"', "--out", str(out)]
        subprocess.run([PROGRAM, *words], check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
        drawn = {name: picture(out, words) for name, words in WORDS.items()}
    for name, svg in drawn.items():
        path = ROOT / "docs" / name
        if "--check" not in sys.argv:
            path.write_text(svg, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != svg:
            sys.exit(f"docs/{name} is not what the program draws; draw it again with docs/year.py")
        print(f"{path.relative_to(ROOT)}: {len(svg.encode()) / 1000:.0f} kB")


main()
