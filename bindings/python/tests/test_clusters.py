"""Promise: a design run by somebody else's engine, in parts, with a worker killed on purpose, has the bytes of the run in
one piece. The recipes of docs/clusters.md are these."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
import shanhai_lab as sh

ROOT = Path(__file__).resolve().parents[3]
TEACHING = ROOT / "scenarios/teaching/two_regions.toml"
PROGRAM = Path(sys.executable).parent / "shanhai"
PARTS = 3
DESIGN = ["--parameters", "review_rate_18_34=0.05..0.2,sector_elasticity=1..3", "--design", "lhs", "--points", "200"]
SMALL = ["--persons-per-agent", "1000", "--years", "1", "--threads", "1"]


def command(*more):
    return list(map(str, [PROGRAM, "sensitivity", TEACHING, *DESIGN, *SMALL, *more]))


def hash_of(folder):
    """One hash of all tables of a folder, names and bytes."""
    digest = hashlib.sha256()
    for table in sorted(Path(folder).glob("*.csv")):
        digest.update(table.name.encode() + b"\0" + table.read_bytes())
    return digest.hexdigest()


def merged(parts, out):
    subprocess.run([PROGRAM, "merge", *map(str, parts), "--out", str(out)], check=True, capture_output=True)
    return hash_of(out)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    out = tmp_path_factory.mktemp("whole") / "whole"
    subprocess.run(command("--out", out), check=True, capture_output=True)
    members = (out / "members.csv").read_text().splitlines()
    assert len(members) > 200
    return hash_of(out)


def test_hyperqueue_in_three_parts_with_a_killed_worker(whole, tmp_path):
    from hyperqueue import Job, LocalCluster
    from hyperqueue.cluster import WorkerConfig

    parts = [tmp_path / f"part{i}" for i in range(1, PARTS + 1)]
    with LocalCluster(str(tmp_path / "server"), WorkerConfig(cores=2)) as cluster:
        client = cluster.client()

        def submit(numbers):
            job = Job(tmp_path, max_fails=None)
            for i in numbers:
                words = command("--shard", f"{i}/{PARTS}", "--out", parts[i - 1])
                job.program(words, stdout=None, stderr=None)
            return client.submit(job)

        job = submit(range(1, PARTS + 1))
        victim = killed_in(parts[0])
        assert not client.wait_for_jobs([job], raise_on_error=False), "the killed part is a failed task"
        failed = [task + 1 for task in client.get_failed_tasks(job)]
        assert victim and failed == [1]
        # The same command in the same folder goes on where the killed one stood.
        assert client.wait_for_jobs([submit(failed)], raise_on_error=False)
    assert merged(parts, tmp_path / "merged") == whole


def killed_in(folder):
    """Kills the process that works in a folder once it has entered members into its journal."""
    deadline = time.time() + 120
    while time.time() < deadline:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            # The program runs inside the interpreter that its console script names.
            if str(folder).encode() in words and folder.exists():
                os.kill(int(process.name), 9)
                return int(process.name)
        time.sleep(0.005)
    return None


def test_dask_with_a_killed_worker(whole, tmp_path):
    from distributed import Client, LocalCluster

    scenario = sh.Scenario.read(TEACHING)
    options = dict(parameters=DESIGN[1], design="lhs", points=200, threads=1, years=1, persons_per_agent=1000)
    one = sh.sensitivity(scenario, out=tmp_path / "one", **options)
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            pids = client.run(os.getpid)
            executor = client.get_executor(retries=2)
            victim = next(iter(pids.values()))

            def kill_soon():
                time.sleep(0.3)
                os.kill(victim, 9)

            import threading

            threading.Thread(target=kill_soon).start()
            parts = sh.sensitivity(scenario, out=tmp_path / "parts", executor=executor, parts=PARTS, **options)
            assert victim not in client.run(os.getpid).values()
    for name in one:
        assert one[name].csv == parts[name].csv, name
    assert hash_of(tmp_path / "parts") == whole, "one hash under every engine"


@pytest.mark.skipif(shutil.which("parallel") is None, reason="GNU parallel is not here")
def test_gnu_parallel_in_three_parts(whole, tmp_path):
    words = command("--shard", f"{{}}/{PARTS}", "--out", tmp_path / "part{}")
    numbers = [str(i) for i in range(1, PARTS + 1)]
    subprocess.run(["parallel", "--will-cite", "--retries", "2", *words, ":::", *numbers], check=True, capture_output=True)
    assert merged([tmp_path / f"part{i}" for i in numbers], tmp_path / "merged") == whole
