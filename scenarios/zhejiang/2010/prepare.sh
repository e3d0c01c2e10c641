#!/bin/sh
# The tables of this folder, from the repository's own extracts; run from the repository's root.
shanhai prepare --year 2010 --output-growth 1.17 --provinces 330000 \
    --census scenarios/zhejiang/data/census_2010_counties.csv \
    --centroids scenarios/china/data/centroids.csv \
    --gdp scenarios/zhejiang/data/county_gdp.csv \
    --prefecture-gdp scenarios/zhejiang/data/prefecture_gdp.csv \
    --minimum-wage scenarios/zhejiang/data/minimum_wage_2018.csv \
    --prefecture-wage scenarios/zhejiang/data/prefecture_wage_2010.csv \
    --tags scenarios/zhejiang/data/tags_2010.csv \
    --renames scenarios/zhejiang/data/renames_2010.csv \
    --out scenarios/zhejiang/2010
