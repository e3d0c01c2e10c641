# Named stages with their times and a table of them at the end, for the scripts of this folder: source it, then
# `step NAME COMMAND...`. Gives a folder `$scratch` that is removed at the end.
# The first command that fails ends the script; the table then names its stage.

scratch="$(mktemp -d)"
stages=()
stage=""
stage_begun=0

step() {
    stage="$1"
    stage_begun=$SECONDS
    shift
    echo "==> $stage: $*"
    "$@"
    echo "<== $stage: $((SECONDS - stage_begun)) s"
    stages+=("$(printf '%6d s  %s' $((SECONDS - stage_begun)) "$stage")")
    stage=""
}

# The table of stages, also after a failure.
tell() {
    local status=$?
    rm -rf "$scratch"
    [ -z "$stage" ] || stages+=("$(printf '%6d s  %s: FAILED' $((SECONDS - stage_begun)) "$stage")")
    echo "stages:"
    printf '%s\n' "${stages[@]}"
    printf '%6d s  in all, of %d s\n' "$SECONDS" $((60 * limit_minutes))
    [ "$SECONDS" -le $((60 * limit_minutes)) ] || echo "over the limit of $limit_minutes minutes"
    return "$status"
}
trap tell EXIT
