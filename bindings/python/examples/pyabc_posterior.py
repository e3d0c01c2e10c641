"""Approximate Bayesian computation with pyABC: how sure the two numbers of `shared_problem.py` are.

pip install pyabc==0.13.0        (an example: its version is pinned, and .ci/nightly runs it)
"""

import sys
import tempfile
from pathlib import Path

import pyabc
from shared_problem import KEYS, TRUTH, distance, moments, seen

# pyABC names parameters as Python does.
names = {key.replace(".", "__"): key for key in KEYS}
prior = pyabc.Distribution(
    **{name: pyabc.RV("uniform", KEYS[key][0], KEYS[key][1] - KEYS[key][0]) for name, key in names.items()}
)
# One process: the model has threads of its own, and those do not survive a fork.
abc = pyabc.ABCSMC(
    lambda drawn: moments({names[name]: drawn[name] for name in names}),
    prior,
    distance,
    population_size=60,
    sampler=pyabc.sampler.SingleCoreSampler(),
)
with tempfile.TemporaryDirectory() as folder:
    abc.new("sqlite:///" + str(Path(folder) / "history.db"), seen)
    history = abc.run(max_nr_populations=4)
    drawn, weights = history.get_distribution()
    wrong = []
    for name, key in names.items():
        mean = (drawn[name] * weights).sum()
        spread = (((drawn[name] - mean) ** 2 * weights).sum()) ** 0.5
        print(f"{key}: {mean:.4f} +- {spread:.4f}, truth {TRUTH[key]:.4f}")
        if abs(mean - TRUTH[key]) > 3 * spread:
            wrong.append(key)
if wrong:
    sys.exit(f"the truth lies outside three standard deviations: {', '.join(wrong)}")
