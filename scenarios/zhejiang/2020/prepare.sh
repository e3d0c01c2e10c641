#!/bin/sh
# The tables of this folder, from the repository's own extracts; run from the repository's root.
shanhai prepare --year 2020 --provinces 330000 \
    --census scenarios/zhejiang/data/census_2020_counties.csv \
    --centroids scenarios/china/data/centroids.csv \
    --gdp scenarios/zhejiang/data/county_gdp.csv \
    --gdp-groups scenarios/zhejiang/data/gdp_groups.csv \
    --prefecture-gdp scenarios/zhejiang/data/prefecture_gdp.csv \
    --registered scenarios/zhejiang/data/registered.csv \
    --prefecture-wage data/prefecture_wage_2020.csv \
    --minimum-wage scenarios/zhejiang/data/minimum_wage_2018.csv \
    --income scenarios/zhejiang/data/prefecture_income.csv --income-means 62699,31930 \
    --tags scenarios/zhejiang/data/tags_2020.csv \
    --joins scenarios/zhejiang/data/joins_2020.csv \
    --out scenarios/zhejiang/2020
