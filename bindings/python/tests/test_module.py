"""What the module promises: the program's bytes, Arrow without copies, errors with carets, policies of one's own."""

import concurrent.futures
import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import shanhai_lab as sh

ROOT = Path(__file__).resolve().parents[3]
TEACHING = ROOT / "scenarios/teaching/two_regions.toml"


@pytest.fixture(autouse=True)
def python_answers_ctrl_c():
    """Whoever starts the tests in the background has Python ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def scenario():
    return sh.Scenario.read(TEACHING).with_(years=3, persons_per_agent=100)


@pytest.fixture(scope="module")
def result(scenario):
    return sh.run(scenario, name="two")


def shanhai(*words):
    """The program of the module, as a user runs it."""
    code = "import sys; sys.argv[1:] = %r; from shanhai_lab._command import main; main()" % (list(map(str, words)),)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_a_run_writes_the_bytes_of_the_program(tmp_path):
    out = tmp_path / "teaching-two_regions"
    ran = shanhai("run", TEACHING, "--years", 3, "--persons-per-agent", 100, "--quiet", "--out", out)
    assert ran.returncode == 0, ran.stderr
    ours = sh.run(sh.Scenario.read(TEACHING).with_(years=3, persons_per_agent=100), name="teaching-two_regions")
    assert "nodes" in ours
    for name, table in ours.items():
        assert table.csv == (out / f"{name}.csv").read_bytes(), name


def test_threads_change_no_byte(scenario):
    one, three = (sh.run(scenario, threads=threads) for threads in (1, 3))
    assert {name: table.csv for name, table in one.items()} == {name: table.csv for name, table in three.items()}


def test_tables_are_arrow_for_pandas_polars_duckdb_and_pyarrow(result):
    import duckdb
    import polars
    import pyarrow

    nodes = result.nodes
    frame = nodes.to_pandas()
    assert list(frame.columns) == nodes.columns
    assert len(frame) == len(nodes) > 0
    assert frame["residents"].sum() == polars.DataFrame(nodes)["residents"].sum()
    arrow = pyarrow.table(nodes)
    assert duckdb.sql("select sum(residents) from arrow").fetchall()[0][0] == frame["residents"].sum()
    assert arrow.schema.field("residents").metadata[b"unit"] == b"persons"


def test_codes_are_text_and_missing_values_are_missing(result):
    frame = result.places.to_pandas()
    assert all(isinstance(code, str) for code in frame["county"].dropna())
    assert result.nodes.units["residents"] == "persons"
    assert result.nodes.meanings["residents"]


def test_a_wrong_scenario_is_told_with_a_caret(scenario):
    with pytest.raises(sh.ScenarioError, match=r"persons_per_agnt[\s\S]*\^"):
        scenario.with_({"run.persons_per_agnt": 3})
    with pytest.raises(sh.ScenarioError, match="could not be read"):
        sh.Scenario.read("nowhere.toml")


def test_numbers_of_numpy_are_numbers(scenario):
    import numpy

    changed = scenario.with_({"parameters.review_rate_18_34": numpy.float64(0.2)}, seed=numpy.int64(3))
    assert changed.changes[-2:] == ["parameters.review_rate_18_34=0.2", "run.seed=3"]


def test_a_scenario_from_a_dict_with_a_data_frame():
    import pandas

    nodes = pandas.read_csv(ROOT / "scenarios/teaching/two_regions_nodes.csv", dtype=str)
    made = sh.Scenario.from_dict(
        {
            "title": "From memory",
            "run": {"start_year": 2000, "years": 2, "persons_per_agent": 100},
            "world": {"nodes": "nodes.csv", "base": "utility", "preset": "china_2020"},
        },
        {"nodes.csv": nodes},
    )
    assert sh.run(made).nodes.to_pandas()["year"].max() == 2002


def test_a_scenario_travels_as_text_with_its_tables(scenario, tmp_path, monkeypatch):
    travelled = pickle.loads(pickle.dumps(scenario))
    assert travelled == scenario
    monkeypatch.chdir(tmp_path)
    assert sh.run(travelled, name="two").nodes.csv == sh.run(scenario, name="two").nodes.csv


def test_progress_is_told_every_year(scenario):
    seen = []
    sh.run(scenario, progress=lambda done, years: seen.append((done, years)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_policy_of_ones_own_sees_the_nodes_and_moves_a_lever(scenario):
    years = []

    def cheaper_services(year):
        years.append(year.year)
        nodes = year.nodes.to_pandas()
        assert (nodes["year"] == year.year - 1).all()
        return {"amenity_workers": {nodes["node"].iloc[0]: 0.5}}

    base = sh.run(scenario, name="base").nodes.to_pandas()
    one, three = (
        sh.run(scenario, name="mine", policies={"mine": cheaper_services}, threads=threads) for threads in (1, 3)
    )
    assert years == [2021, 2022, 2023] * 2
    assert one.nodes.csv == three.nodes.csv
    first = base["node"].iloc[0]
    residents = {
        name: frame[(frame["node"] == first) & (frame["year"] == 2023)]["residents"].item()
        for name, frame in {"base": base, "mine": one.nodes.to_pandas()}.items()
    }
    assert residents["mine"] > residents["base"]


def test_a_policy_that_names_no_lever_or_place_is_told(scenario):
    with pytest.raises(KeyError, match="amenity_workers"):
        sh.run(scenario, policies={"mine": lambda year: {"amenity_worker": {"a": 1.0}}})
    with pytest.raises(KeyError, match="no place of this area"):
        sh.run(scenario, policies={"mine": lambda year: {"amenity_workers": {"nowhere": 1.0}}})
    with pytest.raises(ValueError, match="range"):
        sh.run(scenario, policies={"mine": lambda year: {"span_loss": 7.0}})


def test_the_interpreter_is_free_while_a_year_is_lived():
    slow = sh.Session(sh.Scenario.read(TEACHING).with_(years=40, persons_per_agent=1))
    counted, stop = [0], threading.Event()

    def count():
        while not stop.is_set():
            counted[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    before = counted[0]
    for _ in slow:
        pass
    stop.set()
    thread.join()
    assert counted[0] > before


def test_signals_are_given_back_after_a_command_of_the_program(tmp_path):
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    for name in "ab":
        options = dict(parameters="sector_elasticity=1..3", design="lhs", points=2, years=1, persons_per_agent=1000)
        sh.sensitivity(TEACHING, out=tmp_path / name, **options)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
    assert before == [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]


def test_ctrl_c_is_answered_after_the_year_under_way():
    session = sh.Session(sh.Scenario.read(TEACHING).with_(years=30, persons_per_agent=100))
    session.step()
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        session.step()
    assert session.finish().nodes.to_pandas()["year"].max() >= 2021


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_fork_after_threads_is_refused_with_a_sentence(scenario):
    sh.run(scenario)
    context = multiprocessing.get_context("fork")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as pool:
        with pytest.raises(sh.ShanhaiError, match="forked"):
            pool.submit(sh.run, scenario).result(timeout=60)


def test_a_design_in_parts_on_an_executor_is_the_design_in_one_piece(scenario, tmp_path):
    options = dict(parameters="review_rate_18_34=0.05..0.2,sector_elasticity=1..3", design="lhs", points=6)
    whole = sh.sensitivity(scenario, out=tmp_path / "whole", **options)
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=context) as pool:
        parts = sh.sensitivity(scenario, out=tmp_path / "parts", executor=pool, parts=3, **options)
    assert len(whole) > 0
    for name in whole:
        assert whole[name].csv == parts[name].csv, name


def test_a_comparison_dealt_to_workers_is_the_comparison_in_one_piece(tmp_path):
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    file = ROOT / "scenarios/teaching/variants.toml"
    options = dict(replicates=3, persons_per_agent=1000, years=7, threads=1)
    one = sh.compare(file, out=tmp_path / "one", **options)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        dealt = sh.compare(file, out=tmp_path / "dealt", executor=pool, parts=2, **options)
    assert set(one) == set(dealt) and "variants" in one
    for name in one:
        assert one[name].csv == dealt[name].csv, name


def test_tables_of_comparisons_have_types_and_units(tmp_path):
    compared = sh.compare(
        ROOT / "scenarios/teaching/variants.toml", out=tmp_path / "out", replicates=2, persons_per_agent=1000, years=7
    )
    types = {name: str(kind) for name, kind in zip(compared.variants.columns, compared.variants.to_arrow().schema.types)}
    assert (types["mean"], types["replicates"], types["year"], types["variant"]) == ("double", "int64", "int64", "string")
    assert compared.costs.units["demanded_yuan"] == "yuan"
    assert "<td>costs</td><td>What policies cost, and who paid</td>" in compared._repr_html_()
    # The table of runs is that of a comparison, not of a run.
    assert "changes" in compared.runs.columns and compared.runs.meanings["changes"]
    assert compared.runs.to_arrow().schema.field("replicate").type == "int64"


def test_a_variant_and_the_files_below_it_travel(tmp_path):
    late = sh.Scenario.read(f"{ROOT}/scenarios/teaching/variants.toml#late").with_(years=7, persons_per_agent=1000)
    again = pickle.loads(pickle.dumps(late))
    assert again == late and again.value("policy.hukou_reform")[0]["active"]["from"] == late.value("policy.hukou_reform[0].active.from")
    sets = ["--set", "run.years=7", "--set", "run.persons_per_agent=1000"]
    done = shanhai("run", late.write(tmp_path / "s"), *sets, "--quiet", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    program = sh.open_folder(tmp_path / "out").nodes.to_pandas().drop(columns="run")
    assert program.equals(sh.run(again).nodes.to_pandas().drop(columns="run"))


def test_a_number_is_fitted_to_what_the_model_prints(scenario):
    base = scenario.with_({"parameters.review_rate_18_34": 0.05}, years=2)
    truth = sh.run(base.with_({"parameters.review_rate_18_34": 0.3}))

    def value(indicator):
        rows = truth.indicators.rows()
        [row] = [r for r in rows if (r["year"], r["indicator"], r["scope"]) == (str(last), indicator, "area")]
        return float(row["value"])

    last = max(int(row["year"]) for row in truth.indicators.rows())
    where = {"year": last, "scope": "area"}
    targets = [
        sh.Target("indicators", "value", {**where, "indicator": "share_urban"}, value("share_urban"), error=0.001),
        sh.Target("indicators", "value", {**where, "indicator": "moved_in"}, value("moved_in"), error=value("moved_in") / 50),
    ]
    fit = sh.calibrate(base, {"parameters.review_rate_18_34": (0.01, 0.6)}, targets, rounds=6)
    assert fit.loss[-1] < fit.loss[0] / 4, fit
    assert abs(fit.values["parameters.review_rate_18_34"] - 0.3) < 0.1 and fit.errors["parameters.review_rate_18_34"] > 0, fit
    with pytest.raises(sh.ShanhaiError, match="0 rows answer"):
        sh.calibrate(base, {"parameters.review_rate_18_34": (0.01, 0.6)}, [sh.Target("nodes", "residents", {"node": "nowhere"}, 1.0)])


def test_parquet_is_read_by_duckdb_and_polars_with_types_units_and_sources(tmp_path):
    import duckdb
    import polars

    words = ["--set", 'output.format=["csv", "parquet"]', "--set", "run.years=1", "--set", "run.persons_per_agent=5000"]
    scenario = ROOT / "scenarios/zhejiang/baseline.toml"
    done = shanhai("run", scenario, *words, "--quiet", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    folder = sh.open_folder(tmp_path / "out")
    for name, table in folder.items():
        read = polars.read_parquet(tmp_path / "out" / f"{name}.parquet")
        text = [[cell or None for cell in row.values()] for row in table.rows()]
        assert read.columns == table.columns and read.height == len(table), name
        if text:
            assert [value is None for value in read.row(0)] == [cell is None for cell in text[0]], name
    counties = polars.read_parquet(tmp_path / "out/counties.parquet")
    assert counties.schema["county"] == polars.String and counties.schema["output_yuan"] == polars.Float64
    assert counties["residents"].to_list() == [int(row["residents"]) for row in folder.counties.rows()]
    assert counties["output_yuan"].to_list() == [float(row["output_yuan"]) for row in folder.counties.rows()]
    path = str(tmp_path / "out/nodes.parquet")
    [(people,)] = duckdb.sql(f"select sum(residents) from '{path}' where year = 2021 and tier != 'outside'").fetchall()
    rows = [row for row in folder.nodes.rows() if row["year"] == "2021" and row["tier"] != "outside"]
    assert people == sum(int(row["residents"]) for row in rows)
    said = {bytes(k).decode(): bytes(v).decode() for _, k, v in duckdb.sql(f"select * from parquet_kv_metadata('{path}')").fetchall()}
    assert json.loads(said["units"])["income_yuan"] == "yuan" and json.loads(said["meanings"])["residents"]
    assert json.loads(said["sources"]) and said["title"] == "Nodes"


def test_comparisons_and_reports_leave_folders(tmp_path):
    policy = ROOT / "scenarios/zhejiang/common_prosperity.toml"
    folder = sh.compare(policy, out=tmp_path / "compared", replicates=2, persons_per_agent=20000, years=1)
    assert len(folder) > 0 and folder.manifest
    page = sh.report(folder.path, out=tmp_path / "page.html")
    assert page.stat().st_size > 10_000


def test_levers_have_units_and_ranges():
    moving = next(lever for lever in sh.levers() if lever.name == "moving_cost")
    assert moving.set_for == "(border, skill)"
    assert moving.least < 0 < moving.greatest


def test_results_show_themselves(result):
    assert "<table>" in result.nodes._repr_html_()
    assert "<pre>" in result._repr_html_()
    with pytest.raises(AttributeError, match="only"):
        result.nothing


def test_five_figures_are_drawn_from_the_tables(result, tmp_path):
    import matplotlib

    matplotlib.use("Agg")
    from shanhai_lab import plots

    drawn = plots.residents(result)
    nodes = result.nodes.to_pandas()
    city = nodes[nodes["tier"] == "city"].groupby("year")["residents"].sum()
    assert list(drawn.lines[0].get_ydata()) == list(city / city.iloc[0])
    net = plots.flows(result, "labour")
    gains = [line.get_ydata() for line in net.lines[:-1]]
    assert abs(sum(sum(gain) for gain in gains)) < 1e-6
    plots.indicator(result, "residents")
    with pytest.raises(KeyError, match="there are"):
        plots.indicator(result, "nothing")
    plots.places(result)
    plots.summary(result).savefig(tmp_path / "summary.png")
    assert (tmp_path / "summary.png").stat().st_size > 10_000
