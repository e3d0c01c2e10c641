#!/bin/sh
# Prepares provinces from the data inside the program, checks them, runs their baselines and prints one row each as
# Markdown: docs/provinces.sh PROGRAM YEARS PERSONS [AREA...]; without areas all 31 provinces and the nation. A province
# that cannot be prepared, is not well, or whose accounts do not close in some year ends it with a status that is not
# zero. docs/provinces.md is its output with 5 years and 100 persons an agent.
set -eu
program="$1" years="$2" persons="$3"
shift 3
[ $# -gt 0 ] || set -- beijing tianjin hebei shanxi inner_mongolia liaoning jilin heilongjiang shanghai jiangsu zhejiang \
    anhui fujian jiangxi shandong henan hubei hunan guangdong guangxi hainan chongqing sichuan guizhou yunnan tibet \
    shaanxi gansu qinghai ningxia xinjiang china
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT

cat <<EOF
# Provinces of China on the census of 2020

Printed by \`docs/provinces.sh PROGRAM $years $persons\`: \`shanhai new\` of every area, \`check --strict\`, and the baseline over $years years at one agent for $persons
persons, with the audit of every account in every year. Residents are those of the census and output is the published one;
the other figures are what the model makes of the tables in the base year.

**Output of counties is constructed**: the output of the prefecture divided by counts of the census. Against published output
of 2,560 units in 2021, with the unit's own province left out, the median error is 16 % (districts 20 %, counties 15 %; a tenth of the units are off by
more than 45 %); in Zhejiang it is 12 %, in Henan 14 %. **Registered people of units are estimated** (median error 3 %).

Estimated: units whose output was constructed, and zones without registered people of their own that joined a district.
Scaled: the published output of the prefectures over that of their province.

| area | residents | output, 100 m yuan | a head, yuan | urban, % | income, urban over rural | unemployed, % | farm share of jobs, % | income a head, yuan | wage, yuan | estimated | scaled |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|
EOF

for area; do
    folder="$place/$area"
    "$program" new "$area" --out "$folder" >"$place/new"
    # Levels are right or refused.
    "$program" check --strict --all "$folder/baseline.toml" >"$place/check" 2>&1 || {
        cat "$place/check" >&2
        exit 1
    }
    "$program" run "$folder/baseline.toml" --persons-per-agent "$persons" --set "run.years=$years" --quiet \
        --out "$place/run" --force >/dev/null
    units="$(awk 'END { print NR - 1 }' "$folder/2020/registered.csv")"
    joined="$(grep -c ' joins ' "$folder/2020/provenance.md" || true)"
    scaled="$(sed -n 's/.*units add up to \([0-9.]*\) of the published.*/\1/p' "$folder/2020/provenance.md" | head -n 1)"
    [ "$area" = china ] && scaled="" && joined="$(sed -n 's/^| `joined` | \([0-9]*\) .*/\1/p' "$folder/2020/provenance.md")"
    # Residents, output in 100 million yuan and farming's share of jobs, from the table itself.
    counted="$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) {
            if ($i ~ /^employed_/ || $i == "commuters") jobs[i] = 1
            if ($i ~ /^output_.*_yuan$/) made[i] = 1
            if ($i == "employed_agriculture") a = i
            if ($i == "residents") r = i }
            next }
        { for (i in jobs) all += $i; for (i in made) output += $i; farm += $a; residents += $r; urban += $r * ($1 ~ /u$/) }
        END { printf "%.0f,%.0f,%.0f,%.1f,%.1f", residents, output / 1e8, output / residents, 100 * urban / residents, 100 * farm / all }' \
        "$folder/2020/nodes.csv")"
    awk -F, -v area="$area" -v units="$units" -v joined="$joined" -v scaled="$scaled" -v counted="$counted" '
        $2 == 2020 && $4 == "area" && $5 == "all" { v[$3] = $6 }
        END { split(counted, c, ","); printf "| %s | %s | %s | %s | %s | %.2f | %.1f | %s | %.0f | %.0f | %d units, %d zones | %s |\n", area,
            c[1], c[2], c[3], c[4], v["income_ratio_residence"], 100 * v["unemployment_rate"], c[5], v["income_per_head"],
            v["wage_per_worker"], units, joined, scaled }' \
        "$place/run/indicators.csv"
    rm -rf "$folder" "$place/run"
done
