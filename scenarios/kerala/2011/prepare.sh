#!/bin/sh
# The tables of this folder, from the repository's own extracts; run from the repository's root.
shanhai prepare --provinces Kerala \
    --mapping docs/your-country.toml \
    --census scenarios/kerala/data/census_2011.csv \
    --centroids scenarios/kerala/data/points.csv \
    --province-gdp scenarios/kerala/data/state_output_2011.csv \
    --outside 78.5,13.5 \
    --out scenarios/kerala/2011
