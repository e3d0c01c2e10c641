"""shanhai (mountains and seas): an agent-based laboratory for urban-rural factor flows, from Python.

    import shanhai_lab as sh

    base = sh.Scenario.read("scenarios/zhejiang/baseline.toml").with_({"run.years": 5, "run.persons_per_agent": 1000})
    result = sh.run(base, progress=True)
    result.nodes.to_pandas()

Scenarios, units and columns are those of the program; `results/README.md` describes every column. Equal scenarios and
seeds give the program's bytes on any number of threads.
"""

from ._lib import ScenarioError, ShanhaiError, __version__
from .calibration import Fit, Target, calibrate
from .experiments import backtest, compare, report, sensitivity
from .policies import Year, levers
from .results import Folder, Results, Table, open_folder
from .runs import Session, run
from .scenario import Scenario

__all__ = [
    "Fit",
    "Folder",
    "Results",
    "Scenario",
    "ScenarioError",
    "Session",
    "ShanhaiError",
    "Table",
    "Target",
    "Year",
    "__version__",
    "backtest",
    "calibrate",
    "compare",
    "levers",
    "open_folder",
    "report",
    "run",
    "sensitivity",
]
