//! The engine against closed forms.

use crate::message::messages;

messages! {
    case_has_no_parameter(case, key) "{case} has no parameter `{key}`" "{case} 没有参数 `{key}`";
    rate_of(case) "rate of {case}" "{case} 的收敛速度";
    no_comparison(what) "no comparison `{what}`" "没有比较项 `{what}`";
    one_of_comparisons() "one of its comparisons" "其比较项之一";
    core_and_periphery() "core and periphery" "核心与边缘";
    no_finite_wages() "no finite wages" "没有有限的工资";
    smaller_sigma_or_cost() "a smaller sigma or trade cost" "更小的 sigma 或贸易成本";
    values_and_distances(n, rows) "{n} values, {rows} rows of distances" "{n} 个值，{rows} 行距离";
    agents_by_origin() "agents by origin" "各来源地的主体";
    a_number_an_origin() "a number of at least 0 an origin" "每个来源地一个不小于 0 的数";
    layout_without_distance() "a layout without information on distance" "不含距离信息的布局";
    four_scattered_places() "four or more scattered places" "四个或更多分散的地点";
    fiscal_shares() "fiscal shares" "财政分成";
    millionths(given) "{given} millionths" "百万分之 {given}";
    at_most_a_million() "at most 1000000 together" "合计不超过 1000000";
    no_equilibrium() "no equilibrium" "没有均衡";
    wages_and_jobs_in_range() "wages and jobs within floating range" "浮点范围内的工资与就业";
    moving_costs() "moving costs" "迁移成本";
    there_and_back(there, i, j, back)
        "{there} from {i} to {j} and {back} back"
        "从 {i} 到 {j} 为 {there}，返回为 {back}";
    symmetric_costs()
        "symmetric costs; take `solve::stationary` of the chain otherwise"
        "对称的成本；否则请用该链的 `solve::stationary`";
    migration_chain() "migration chain" "迁移链";
    values_barriers_costs(n, barriers, rows)
        "{n} values, {barriers} barriers, {rows} rows of costs"
        "{n} 个值，{barriers} 个门槛，{rows} 行成本";
    as_many_of_each() "as many of each, and square costs" "三者数目相同，成本为方阵";
    nested_logit() "nested logit" "嵌套 Logit";
    values_nests_dissimilarities(n, nests, dissimilarities)
        "{n} values, nests {nests}, {dissimilarities} dissimilarities"
        "{n} 个值，巢 {nests}，{dissimilarities} 个相异参数";
    a_nest_for_each() "a nest for each value and a dissimilarity for each nest" "每个值一个巢，每个巢一个相异参数";
    life_table() "life table" "生命表";
    fertilities_and_survivals(classes, steps)
        "{classes} fertilities and {steps} survivals"
        "{classes} 个生育率，{steps} 个存活率";
    one_survival_less_than_classes() "one survival less than classes" "存活率比年龄组少一个";
    classes_counted(classes) "{classes} classes" "{classes} 个年龄组";
    as_many_as_fertilities() "as many as fertilities" "与生育率个数相同";
    values_counted(values) "{values} values" "{values} 个值";
    vectors_of_one_length() "vectors of one length, at least 1" "长度相同且至少为 1 的向量";
    base_shares() "base shares" "基年份额";
    one_a_wage() "one a wage, that sum to 1" "每个工资一个，合计为 1";
    values_at_ends(at_low, low, at_high, high)
        "{at_low} at {low} and {at_high} at {high}"
        "{low} 处为 {at_low}，{high} 处为 {at_high}";
    of_different_sign() "values of different sign at the ends" "两端异号的值";
    linear_system() "linear system" "线性方程组";
    singular_matrix() "a singular matrix" "奇异矩阵";
    independent_equations() "independent equations" "相互独立的方程";
    transition_row(i) "transition matrix, row {i}" "转移矩阵，第 {i} 行";
    row_and_sum(row, sum) "{row}, sum {sum}" "{row}，合计 {sum}";
    probabilities_to_one() "probabilities that sum to 1" "合计为 1 的概率";
    transition_matrix() "transition matrix" "转移矩阵";
    no_way_from(last) "no way from state {last} to the states before it" "状态 {last} 无法到达其之前的状态";
    irreducible_chain() "an irreducible chain" "不可约的链";
    rows_of_wrong_length(rows) "{rows} rows of unequal or wrong length" "{rows} 行，长度不一或不对";
    the_threads() "threads" "线程";
    threads_counted(threads) "{threads} threads" "{threads} 个线程";
}
