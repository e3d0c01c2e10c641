# Makes the tables of 2011/; run from the root of the repository.
shanhai prepare --census scenarios/kerala/data/census_2011.csv --mapping scenarios/kerala/mapping.toml \
    --centroids scenarios/kerala/data/points.csv --province-gdp scenarios/kerala/data/state_output_2011.csv \
    --provinces Kerala --outside 78.5,13.5 --out scenarios/kerala/2011
