"""Ask and tell: Optuna asks for two numbers, the model answers. The truth must be found again.

python optuna_calibration.py [TRIALS]
"""

import sys

import optuna
from shared_problem import KEYS, TRUTH, distance, moments, seen

trials = int(sys.argv[1]) if len(sys.argv) > 1 else 60
optuna.logging.set_verbosity(optuna.logging.WARNING)
study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=1, multivariate=True))
for _ in range(trials):
    # Many may be asked for before one is told: they can run on a cluster.
    trial = study.ask({key: optuna.distributions.FloatDistribution(*bounds) for key, bounds in KEYS.items()})
    study.tell(trial, distance(moments(trial.params), seen))

for key, (low, high) in KEYS.items():
    found, truth = study.best_params[key], TRUTH[key]
    print(f"{key}: found {found:.4f}, truth {truth:.4f}")
    # Luck of the run that was seen is not the luck of these: exact it cannot be.
    if abs(found - truth) > 0.2 * (high - low):
        sys.exit(f"{key} was not found again")
print(f"distance {study.best_value:.3g} after {trials} trials")
