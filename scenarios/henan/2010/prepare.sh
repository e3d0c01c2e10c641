#!/bin/sh
# The tables of this folder, from the repository's own extracts; run from the repository's root.
shanhai prepare --year 2010 --output-growth 1.17 --provinces 410000 --outside 117.0,30.0 \
    --census scenarios/henan/data/census_2010_counties.csv \
    --centroids scenarios/china/data/centroids.csv \
    --gdp scenarios/henan/data/county_gdp.csv \
    --prefecture-gdp scenarios/henan/data/prefecture_gdp.csv \
    --minimum-wage scenarios/henan/data/minimum_wage_2018.csv --minimum-wage-level 0.445 \
    --prefecture-wage scenarios/henan/data/prefecture_wage_2010.csv \
    --tags scenarios/henan/data/tags_2010.csv \
    --renames scenarios/henan/data/renames_2010.csv \
    --out scenarios/henan/2010
