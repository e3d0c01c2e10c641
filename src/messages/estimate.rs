//! Estimators.

use crate::message::messages;

messages! {
    rows_and_outcomes(rows, outcomes) "{rows} rows and {outcomes} outcomes" "{rows} 行，{outcomes} 个结果值";
    one_outcome_a_row() "one outcome a row" "每行一个结果值";
    no_regressor() "no regressor" "没有解释变量";
    the_treatment_at_least() "the treatment, at least" "至少要有处理变量";
    unit_twice_in(unit, period) "unit {unit} twice in {period}" "单位 {unit} 在 {period} 出现两次";
    one_row_a_unit_and_period() "one row a unit and period" "每个单位每期一行";
    clusters_counted(clusters) "{clusters} clusters" "{clusters} 个聚类";
    two_clusters() "at least two clusters of rows" "至少两个聚类";
    rows_regressors_effects(n, k, effects)
        "{n} rows for {k} regressors and {effects} effects"
        "{n} 行，{k} 个解释变量，{effects} 个固定效应";
    more_rows_than_coefficients() "more rows than coefficients" "行数多于系数";
    groups_for_values(groups, values) "{groups} for {values} values" "{groups} 个组对 {values} 个值";
    one_group_a_value() "one group a value" "每个值一个组";
    values_and_weights(values, weights) "{values} values and {weights} weights" "{values} 个值，{weights} 个权重";
    one_weight_a_value() "one weight a value" "每个值一个权重";
    what_in_row(what, row) "{what}, row {row}" "{what}，第 {row} 行";
    finite_from_zero() "a finite number of at least 0" "不小于 0 的有限数";
    weight_and_income(weight, income)
        "total weight {weight} and total income {income}"
        "总权重 {weight}，总收入 {income}";
    both_above_zero() "both above 0" "两者均大于 0";
    least_squares() "least squares" "最小二乘";
    rows_and_regressors(rows, k) "{rows} rows of positive weight and {k} regressors" "{rows} 行有正权重，{k} 个解释变量";
    more_rows_than_regressors() "at least one regressor and more rows than regressors" "至少一个解释变量，且行数多于解释变量";
    values_given(given) "{given} values, or one negative or not finite" "{given} 个值，或有负数、非有限数";
    finite_values_from_zero(length) "{length} finite values of at least 0" "{length} 个不小于 0 的有限数";
    column_named(name) "column `{name}`" "`{name}` 列";
    rows_counted(rows) "{rows} rows" "{rows} 行";
    rows_as_outcome(rows) "{rows} rows, as many as the outcome has" "{rows} 行，与结果变量相同";
    column_in_row(name, row) "column `{name}`, row {row}" "`{name}` 列，第 {row} 行";
    regressor_named(name) "regressor `{name}`" "解释变量 `{name}`";
    no_variation_of_its_own()
        "no variation beyond that of the other regressors and fixed effects"
        "除去其他解释变量与固定效应后没有变异";
    regressor_of_its_own() "a regressor that is not a combination of the others" "不是其他解释变量线性组合的解释变量";
    one_bilateral_regressor() "at least one bilateral regressor" "至少一个双边解释变量";
    flows_in_row(row) "flows, row {row}" "流量，第 {row} 行";
    amount_from_zero() "an amount of at least 0" "不小于 0 的数量";
    no_convergence(steps, deviance)
        "no convergence in {steps} steps, deviance {deviance}"
        "{steps} 步内未收敛，偏差 {deviance}";
    flows_that_determine() "flows and regressors that determine the coefficients" "足以确定系数的流量与解释变量";
    no_positive_amount() "no positive amount" "没有正的数量";
    some_positive_flows() "some positive flows" "若干正的流量";
    rows_and_replicates(rows, replicates)
        "{rows} rows and {replicates} replicates"
        "{rows} 行，{replicates} 次重复";
    at_least_two_of_each() "at least two of each" "两者各至少两个";
    statistic_undefined() "a statistic that is not a number in some resample" "某次重抽样中统计量不是数";
    statistic_for_every_resample() "a statistic defined for every resample" "每次重抽样都有定义的统计量";
    interval_of_a_mean() "interval of a mean" "均值的区间";
    values_not_finite(values) "{values} values, or one that is not finite" "{values} 个值，或其中有非有限数";
    two_finite_values() "at least two finite values" "至少两个有限数";
    values_and_probability(values, probability)
        "{values} values and probability {probability}"
        "{values} 个值，概率 {probability}";
    numbers_and_probability() "numbers, at least one, and a probability from 0 to 1" "至少一个数，概率在 0 与 1 之间";
    level_of_interval() "level of an interval" "区间的置信水平";
    k_of_values(k, values) "k = {k} of {values} values" "{values} 个值中取 k = {k}";
    k_within() "k of at least 2 and below the number of values" "k 至少为 2 且小于值的个数";
    sizes_in_row(row) "sizes, row {row}" "规模，第 {row} 行";
    threshold_of(threshold) "a threshold of {threshold}" "阈值 {threshold}";
    largest_above_zero() "the k + 1 largest values above 0" "最大的 k + 1 个值均大于 0";
    equal_values_in_tail() "equal values in the tail" "尾部的值相等";
    values_that_differ() "values that differ" "互不相同的值";
    fixed_effects() "fixed effects" "固定效应";
    levels_for_weights(first, second, n)
        "{first} and {second} levels for {n} weights, or one not above 0"
        "{first} 与 {second} 个水平对 {n} 个权重，或有权重不大于 0";
    two_levels_and_weight() "two levels and a positive weight for each observation" "每个观测两个水平和一个正权重";
    level_without_weight(level)
        "a level (number {level}) whose observations have hardly any weight"
        "第 {level} 个水平的观测几乎没有权重";
    levels_with_weight() "levels with observations of positive weight" "观测权重为正的水平";
    about_groups() "groups" "组";
    about_gravity() "gravity" "引力方程";
    about_bootstrap() "bootstrap" "自助法";
    about_population() "population" "人口";
    about_panel() "panel" "面板";
    about_quantile() "quantile" "分位数";
    about_hill_s_estimator() "Hill's estimator" "Hill 估计量";
    about_a_square() "a square" "方阵";
    about_flows() "flows" "流量";
    about_calibration() "calibration" "拟合";
    about_incomes() "incomes" "收入";
    about_harris_todaro() "Harris-Todaro" "Harris-Todaro";
    about_design() "design" "设计";
    about_bisection() "bisection" "二分法";
    event_study() "event study" "事件研究";
    rows_and_starts(rows, starts) "{rows} rows and {starts} starts" "{rows} 行，{starts} 个起始年";
    first_treated_year() "the first treated year of the unit of each row, or none" "每行所属单位的首个处理年份，或无";
    no_treated_year() "no treated year, or none just before the treatment" "没有处理年份，或处理前一年没有数据";
    rows_from_year_before() "rows of treated units from the year before their treatment on" "处理单位自处理前一年起的行";
    long_difference() "long difference" "长期差分";
    changes_in_clusters(changes, groups, rows)
        "{changes} changes in {groups} clusters of {rows} rows"
        "{changes} 个变化，{rows} 行属于 {groups} 个聚类";
    a_cluster_for_each() "a cluster for each unit, at least two of them" "每个单位一个聚类，至少两个聚类";
}
