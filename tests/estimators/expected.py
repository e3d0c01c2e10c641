"""Numbers that tests/estimators.rs compares with: `python expected.py` writes panel.csv and expected.csv beside itself.

Written with statsmodels 0.15.0 and pyfixest 0.60.0.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyfixest as pf
import statsmodels.api as sm

here = Path(__file__).parent
rows = []
for unit in range(12):
    first = [0, 2014, 2014, 2016][unit % 4]
    for year in range(2011, 2019):
        t = year - 2011
        treated = int(first > 0 and year >= first)
        price = (5 * unit + 3 * t + unit * t) % 7
        noise = ((7 * unit * unit + 13 * t + 5 * unit * t) % 17) / 10
        since = year - first if first else 0
        y = unit / 2 + 0.1 * t * t + treated * (1 + 0.2 * since) + 0.3 * price + noise
        firms = max(0, ((unit + 2) * (t + 3) + 9 * treated + (7 * unit + 11 * t + 5 * unit * t) % 23 - 14) // 3)
        rows.append([unit, year, unit // 2, first, treated, price, round(y, 6), firms])
panel = pd.DataFrame(rows, columns=["unit", "year", "cluster", "first", "treated", "price", "y", "firms"])
panel.to_csv(here / "panel.csv", index=False)
out = []


def say(what, name, estimate, error):
    out.append([what, name, repr(float(estimate)), repr(float(error))])


# Two-way fixed effects. Small-sample factor of all: G/(G-1) (n-1)/(n-K), K without the unit effects that lie in clusters.
ssc = pf.ssc(k_adj=True, k_fixef="nonnested", G_adj=True, G_df="min")
fit = pf.feols("y ~ treated + price | unit + year", panel, vcov={"CRV1": "cluster"}, ssc=ssc)
for name, row in fit.tidy().iterrows():
    say("two_way", name, row["Estimate"], row["Std. Error"])

# Event study: years since the first one treated, the year before it left out.
panel["since"] = np.where(panel["first"] > 0, panel["year"] - panel["first"], -1)
panel["since"] = panel["since"].clip(-3, 3)
fit = pf.feols("y ~ i(since, ref=-1) | unit + year", panel, vcov={"CRV1": "cluster"}, ssc=ssc)
table = fit.tidy()
for name, row in table.iterrows():
    say("event_study", name.split("::")[-1].rstrip("]"), row["Estimate"], row["Std. Error"])
late = [i for i, name in enumerate(table.index) if int(name.split("::")[-1].rstrip("]")) >= 0]
w = np.zeros(len(table))
w[late] = 1 / len(late)
say("event_study", "mean_after", w @ table["Estimate"].to_numpy(), np.sqrt(w @ fit._vcov @ w))

# Poisson pseudo maximum likelihood with unit and year effects.
fit = pf.fepois("firms ~ treated + price | unit + year", panel, vcov={"CRV1": "cluster"}, ssc=ssc, iwls_tol=1e-12, fixef_tol=1e-12)
for name, row in fit.tidy().iterrows():
    say("ppml", name, row["Estimate"], row["Std. Error"])
say("ppml", "observations", fit._N, 0)

# Long difference 2011 to 2018 on treatment and the base year's price.
wide = panel.pivot(index="unit", columns="year", values="y")
cross = panel[panel.year == 2011].set_index("unit")
change = wide[2018] - wide[2011]
x = sm.add_constant(pd.DataFrame({"treated": (cross["first"] > 0).astype(int), "price": cross["price"]}))
fit = sm.OLS(change, x).fit(cov_type="cluster", cov_kwds={"groups": cross["cluster"], "use_correction": True})
for name in ["const", "treated", "price"]:
    say("long_difference", name, fit.params[name], fit.bse[name])

pd.DataFrame(out, columns=["estimator", "name", "estimate", "standard_error"]).to_csv(here / "expected.csv", index=False)
