#!/bin/sh
# Measures what `shanhai new` takes: seconds and peak of memory for a province and for the nation. docs/areas.sh PROGRAM
set -eu
program="$1"
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
echo "| area | seconds | peak of memory, MiB |"
echo "|---|---:|---:|"
for area in zhejiang sichuan china; do
    python3 - "$program" "$area" "$place/$area" <<'PY'
import resource, subprocess, sys, time
program, area, out = sys.argv[1:]
start = time.monotonic()
subprocess.run([program, "new", area, "--out", out], check=True, stdout=subprocess.DEVNULL)
seconds = time.monotonic() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"| {area} | {seconds:.1f} | {peak:.0f} |")
limit = 60 if area == "china" else 5
if seconds > 2 * limit or peak > 2048:
    sys.exit(f"{area}: {seconds:.1f} s and {peak:.0f} MiB, where about {limit} s and less than 2,048 MiB are meant")
PY
done
