#!/usr/bin/env bash
# Kills runs with stateful policies, and each experiment, at random moments, resumes them, kills them again, and compares
# every table with that of a run that was left alone: .ci/kills.sh PROGRAM [SEED]. The seed is printed; a minute at most.
# The moments lie within the time that the whole run took here, so that fast and slow machines are both hit in the middle.
set -euo pipefail
program="$(realpath "$1")"
seed="${2:-$(date +%s)}"
RANDOM=$((seed % 32768))
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
echo "seed $seed"

cp scenarios/teaching/mountain_and_coast.toml scenarios/teaching/mountain_and_coast_nodes.csv "$scratch"

# Policies whose year rests on what they asked for, promised or built before.
body() {
    case "$1" in
    chain_leader) echo 'at = { tier = "county_seat" }
productivity = 0.03
bonus = 1.1
office_yuan = 2000000' ;;
    development_zone) echo 'active = { from = 2022, until = 2028 }
at = { tier = "county_seat" }
subsidy = 0.05
building_yuan = 200
payers = { county = 0.5, province = 0.5 }' ;;
    hukou_reform) echo 'active = { from = 2021, phase_in = 5 }
at = { tier = "urban" }
access_workers = 0.8
payers = { county = 0.7, centre = 0.3 }' ;;
    industry_transfer) echo 'active = { from = 2021, until = 2029, phase_in = 3 }
from = { tier = "city" }
to = { tier = "county_seat" }
review = 0.06
payers = { county = 0.5, city = 0.5 }' ;;
    esac
}

deadline=$((SECONDS + 25))
kills=0
resumed=0
for policy in chain_leader development_zone hukou_reform industry_transfer; do
    [ "$SECONDS" -lt "$deadline" ] || break
    case="$scratch/$policy.toml"
    { cat "$scratch/mountain_and_coast.toml"; printf '\n[[policy.%s]]\n' "$policy"; body "$policy"; } >"$case"
    options=(--years 12 --persons-per-agent 5 --checkpoint-every 1 --quiet)
    begun=$(date +%s%3N)
    "$program" run "$case" "${options[@]}" --out "$scratch/whole" --force
    milliseconds=$(($(date +%s%3N) - begun))
    rm -rf "$scratch/killed"
    for attempt in $(seq 1 40); do
        if compgen -G "$scratch/killed/checkpoint_*.shanhai" >/dev/null; then
            "$program" resume "$scratch/killed" --quiet >/dev/null 2>&1 &
            resumed=$((resumed + 1))
        else
            "$program" run "$case" "${options[@]}" --out "$scratch/killed" --force >/dev/null 2>&1 &
        fi
        child=$!
        # The last attempts are left alone, and so is everything after the time is up.
        if [ "$attempt" -lt 12 ] && [ "$SECONDS" -lt "$deadline" ]; then
            moment=$((RANDOM % (milliseconds + 1)))
            sleep "$((moment / 1000)).$(printf '%03d' $((moment % 1000)))"
            kill -KILL "$child" 2>/dev/null && kills=$((kills + 1))
        fi
        wait "$child" 2>/dev/null && break
    done
    for table in "$scratch"/whole/*.csv; do
        cmp "$table" "$scratch/killed/$(basename "$table")" || { echo "$policy, seed $seed: $(basename "$table") differs"; exit 1; }
    done
done
echo "$kills kills of runs, $resumed times resumed: every table the same bytes"
[ "$kills" -gt 0 ] && [ "$resumed" -gt 0 ]

# Experiments keep a journal: the same command goes on.
cat >"$scratch/targets.csv" <<'END'
unit,population_2020
M1,300000
C1,700000
C2,500000
END
case="$scratch/mountain_and_coast.toml"
small=(--set run.years=6 --set run.persons_per_agent=20)
deadline=$((SECONDS + 40))
for experiment in compare backtest calibrate sensitivity; do
    case "$experiment" in
    compare) words=(compare "$case" "${small[@]}" --treat parameters.relocation_review=0.04 --replicates 4) ;;
    backtest) words=(backtest "$case" "${small[@]}" --replicates 6) ;;
    calibrate) words=(calibrate "$case" "${small[@]}" --targets "$scratch/targets.csv" --parameters crowding=-2:2 --method agents) ;;
    sensitivity) words=(sensitivity "$case" "${small[@]}" --parameters relocation_review,saving_rate_urban --trajectories 2) ;;
    esac
    begun=$(date +%s%3N)
    "$program" "${words[@]}" --out "$scratch/whole_$experiment" >/dev/null 2>&1
    milliseconds=$(($(date +%s%3N) - begun))
    killed="$scratch/killed_$experiment"
    kills=0
    for attempt in $(seq 1 12); do
        "$program" "${words[@]}" --out "$killed" >/dev/null 2>&1 &
        child=$!
        if [ "$attempt" -lt 8 ] && [ "$SECONDS" -lt "$deadline" ]; then
            moment=$((RANDOM % (milliseconds * 2 / 3 + 1)))
            sleep "$((moment / 1000)).$(printf '%03d' $((moment % 1000)))"
            kill -KILL "$child" 2>/dev/null && kills=$((kills + 1))
        fi
        wait "$child" 2>/dev/null && break
    done
    for table in "$scratch/whole_$experiment"/*.csv; do
        cmp "$table" "$killed/$(basename "$table")" || { echo "$experiment, seed $seed: $(basename "$table") differs"; exit 1; }
    done
    echo "$experiment: $kills kills, every table the same bytes"
    [ "$kills" -gt 0 ]
done
