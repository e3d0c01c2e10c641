#!/bin/sh
# The tables of this folder, from the repository's own extracts; run from the repository's root.
shanhai prepare --year 2010 --provinces all \
    --census scenarios/china/data/census_2010_counties.csv \
    --centroids scenarios/china/data/centroids.csv \
    --minimum-wage scenarios/china/data/minimum_wage_2018.csv \
    --prefecture-wage scenarios/china/data/prefecture_wage_2010.csv \
    --renames scenarios/china/data/renames_2010.csv \
    --out scenarios/china/2010
