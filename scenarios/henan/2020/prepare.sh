#!/bin/sh
# The tables of this folder, from the repository's own extracts; run from the repository's root.
shanhai prepare --year 2020 --provinces 410000 --outside 117.0,30.0 \
    --census scenarios/henan/data/census_2020_counties.csv \
    --centroids scenarios/china/data/centroids.csv \
    --gdp scenarios/henan/data/county_gdp.csv \
    --gdp-groups scenarios/henan/data/gdp_groups.csv \
    --prefecture-gdp scenarios/henan/data/prefecture_gdp.csv \
    --registered scenarios/henan/data/registered.csv \
    --prefecture-wage data/prefecture_wage_2020.csv \
    --minimum-wage scenarios/henan/data/minimum_wage_2018.csv \
    --tags scenarios/henan/data/tags_2020.csv \
    --out scenarios/henan/2020
