//! Comparisons, designs of parameters, journals, backtests and calibrations.

use crate::message::messages;

messages! {
    tables_of_study_area() "the tables of the study area" "研究区域的表格";
    how_base_year_reads() "how the base year reads its tables" "基年读取表格的方式";
    changed_since_command(what)
        "{what} since the command began; put the old one back, and the same command goes on, or begin anew"
        "命令开始后，{what}；恢复原内容后用同一命令可继续，或重新开始";
    runs_for_no_years(path) "{path} runs for 0 years" "{path} 运行 0 年";
    at_least_one_year() "an experiment needs at least one year; say --years 15" "实验至少需要一年；请写 --years 15";
    no_key_low_high(text)
        "`{text}` is not key=low..high, such as reversion=0..1"
        "`{text}` 不是 key=low..high，例如 reversion=0..1";
    cannot_be_fitted(key, keys) "`{key}` cannot be fitted; one of {keys}" "`{key}` 不能拟合；可选 {keys}";
    low_below_high(text) "`{text}`: the low end must be below the high end" "`{text}`：下限必须小于上限";
    units_and_parameters(n, k) "{n} units and {k} parameters" "{n} 个单位，{k} 个参数";
    more_units_than_parameters() "more units than parameters" "单位多于参数";
    input_was_changed(path)
        "{path} was changed since the command began; put the old one back, and the same command goes on, or begin anew"
        "{path} 在命令开始后被改动；恢复原内容后用同一命令可继续，或重新开始";
    build_of_program() "the build of the program" "程序版本";
    scenario_file() "the scenario file" "情景文件";
    what_is_fitted() "what is fitted, by which method" "拟合的内容与方法";
    the_journal(path) "the journal {path}" "日志 {path}";
    prediction_at_other_parameters()
        "a prediction at other parameters than this fit asks for"
        "所记预测的参数与本次拟合所求不同";
    journal_of_this_fit() "the journal of this fit; add --force to begin anew" "本次拟合的日志；加 --force 重新开始";
    the_closed_form() "the closed form" "解析解";
    area_with_outside(nodes) "an area with {nodes} outside node(s)" "含 {nodes} 个区域外节点的区域";
    a_national_scenario()
        "a national scenario, such as scenarios/china/backtest_2010_2020.toml"
        "全国情景，例如 scenarios/china/backtest_2010_2020.toml";
    backtest_years(years, replicates, millions)
        "{years} years, {replicates} replicate(s): {millions} million residents at the end"
        "{years} 年，{replicates} 次重复：期末 {millions} 百万常住人口";
    people_away_growth(own, others)
        "people away from their registered county, end over start: {own} in the own province, {others} in others"
        "离开户籍县的人口，期末与期初之比：本省 {own}，外省 {others}";
    closed_form_costs(own, others, misplaced, millions)
        "closed form: border costs fall by {own} (own province) and {others} (others) in log odds; home x place fit leaves {misplaced} newcomers of {millions} million misplaced"
        "解析解：迁移边界成本（对数优势）下降 {own}（本省）、{others}（外省）；户籍地×居住地拟合后，{millions} 百万外来人口中有 {misplaced} 人位置不符";
    no_target_was_given() "no target was given: predictions only" "未给目标数据：仅有预测";
    vital_rates_score(provinces, births, births_error, deaths, deaths_error)
        "births and deaths a year per 1,000 residents, {provinces} provinces: births r {births}, mean absolute error {births_error}; deaths r {deaths}, {deaths_error}"
        "{provinces} 个省的年出生率与死亡率（‰）：出生率 r {births}，平均绝对误差 {births_error}；死亡率 r {deaths}，{deaths_error}";
    rates_are_stated(table)
        "the scenario takes births and deaths from {table}, so that they agree with a table whatever the model says"
        "情景的出生与死亡取自 {table}，无论模型如何都与该表一致";
    rates_not_stated()
        "a scenario without `world.vital_rates`, or no --vital-rates"
        "不含 `world.vital_rates` 的情景，或不用 --vital-rates";
    urban_share_error(points, units)
        "urban share of a unit: mean absolute error {points} points over {units} units"
        "各单位城镇化率：平均绝对误差 {points} 个百分点，共 {units} 个单位";
    no_county_in_base_year(missing) "no county {missing} in the base year" "基年没有县 {missing}";
    county_already_part(county, unit) "county {county} is already part of {unit}" "县 {county} 已属于 {unit}";
    no_persons_counted() "no persons counted" "没有人口数";
    level_asked(level) "--level {level}" "--level {level}";
    a_probability_such_as() "a probability between 0 and 1, such as 0.95" "0 与 1 之间的概率，例如 0.95";
    bootstrap_asked(replicates)
        "--interval bootstrap with --replicates {replicates}"
        "--interval bootstrap 配 --replicates {replicates}";
    replicates_for_level(least, level)
        "at least {least} replicates for {level} %: no resample lies beyond the least and the greatest of them; or --interval t"
        "置信水平 {level} % 至少需要 {least} 次重复：重抽样不会超出已有的最小与最大值；或用 --interval t";
    no_policy_to_compare(path)
        "{path} has no policy that could be compared with its absence"
        "{path} 没有可与“无政策”比较的政策";
    name_what_to_compare()
        "name a scenario with a [[policy.…]] table, several scenarios, or a change that counts as a policy, such as --treat parameters.relocation_review=0.04"
        "请给出含 [[policy.…]] 表的情景、多个情景，或作为政策的改动，例如 --treat parameters.relocation_review=0.04";
    of_different_areas(policy, baseline)
        "{policy} and {baseline} are of different study areas"
        "{policy} 与 {baseline} 属于不同的研究区域";
    scenarios_of_same_places()
        "scenarios of the same places; compare each with its own baseline, one command each, and show both with `shanhai report`"
        "同一地区的情景；请各用一条命令与自己的基准比较，再用 `shanhai report` 一并显示";
    values_of_program(program) "the values of {program}" "{program} 的取值";
    file_of(scenario) "the file of {scenario}" "{scenario} 的文件";
    scenarios_changes_policies() "scenarios, changes or policies" "情景、改动或政策";
    scenarios_side_by_side(scenarios, year, replicates)
        "{scenarios} scenarios side by side, {year}; {replicates}"
        "{scenarios} 个情景并列，{year} 年；{replicates}";
    monte_carlo_error(n)
        "; +- is the Monte Carlo error of a mean, and {n} replicates would halve it"
        "；± 后为均值的蒙特卡罗误差，{n} 次重复可将其减半";
    second_lines(first)
        "second lines: difference from {first}, ~ where its interval holds zero"
        "第二行：与 {first} 之差，~ 表示区间包含零";
    luck_of_its_own(variant, why)
        "{variant} has luck of its own ({why} differs): not paired"
        "{variant} 使用各自的随机数（{why}不同）：不配对";
    in_places(names) "in {names}" "地点 {names}";
    against_same_file() "against the same file without its policies" "有政策与无政策之比";
    comparison_head(comparison, against, year, policies, replicates, intervals)
        "{comparison}{against}, {year}\n  policies: {policies}\n  {replicates}; {intervals}; ~ marks an interval that holds zero"
        "{comparison}{against}，{year} 年\n  政策：{policies}\n  {replicates}；{intervals}；~ 表示区间包含零";
    replicate_alone(one) "replicate {one} alone, so no interval" "仅第 {one} 次重复，因此没有区间";
    replicates_counted(replicates) "{replicates} replicates" "{replicates} 次重复";
    intervals_paired(level, method)
        "{level} % {method} intervals of paired differences under the same luck (common random numbers)"
        "共同随机数下配对差异的 {level} % {method} 置信区间";
    intervals_welch(level, why)
        "{level} % Welch intervals of two samples, each under luck of its own, because {why} differs: wider than paired ones"
        "两个独立样本的 {level} % Welch 置信区间，因{why}不同而各用自己的随机数：比配对区间宽";
    winners_of(indicator, unit) "{indicator} ({unit}): winners" "{indicator}（{unit}）：受益者";
    programme_money(unit) "programme money over all years, and who paid ({unit})" "各年项目资金合计及付款方（{unit}）";
    more_was_cut(cut) "; {cut} more was cut for want of means" "；另有 {cut} 因资金不足被削减";
    public_money(unit)
        "public money received less paid, change ({unit}); of the centre, before what it returns to the rest of the nation"
        "各级政府收支差额的变化（{unit}；中央为返还外省之前）";
    who_paid_for(policy, payer, purpose) "{policy}: {payer}, {purpose}" "{policy}：{payer}，{purpose}";
    no_programme_paid()
        "no programme paid anything, so there is no effect per 100 yuan; rules and taxes moved the rest"
        "没有项目支付，因此没有每百元效果；其余变化来自规则与税收";
    per_hundred_yuan() "per 100 yuan of programme money, over all years" "每 100 元项目资金的效果，各年合计";
    output_of_area() "output of the area" "区域产出";
    income_of_area() "household income of the area" "区域居民收入";
    income_in_cities() "household income in cities" "城市居民收入";
    income_in_seats() "household income in county seats" "县城居民收入";
    income_in_villages() "household income in villages" "乡村居民收入";
    the_area() "the area" "全区域";
    orders_add(error) "; orders add +-{error}" "；次序抽样另加 ±{error}";
    worth_of_shared_luck()
        "what shared luck is worth: intervals are so many times narrower than with luck of their own"
        "共同随机数的作用：区间比各用独立随机数时窄多少倍";
    median_over_numbers(numbers, middle) "median over {numbers} numbers: {middle}" "{numbers} 项的中位数：{middle}";
    comparison_of_runs() "a comparison of as many runs as" "比较的运行次数";
    names_of_another_scenario() "names of a scenario that is not compared" "未参与比较的情景的名称";
    run_with_other_numbers() "a run with other numbers than the names before it" "与名称不符的指标数";
    run_under_other_tables() "a run under other tables" "使用了其他表格的运行";
    runs_of_this_comparison() "runs of this comparison; add --force to begin anew" "本次比较的运行；加 --force 重新开始";
    runs_of(program) "runs of {program}" "{program} 的运行";
    different_years_or_places() "different years or places in different arms" "不同组的年份或地点不同";
    policies_that_leave_years() "policies and changes that leave years and nodes alone" "不改变年份和节点的政策与改动";
    line_of_file(path, line) "{path}, line {line}" "{path}，第 {line} 行";
    journal_unchanged() "the journal of this command and version, unchanged" "由本命令与本版本写出且未改动的日志";
    a_second_plan() "a second plan" "第二个计划";
    no_plan() "no plan" "没有计划";
    part_of_other_work(differences)
        "it holds part of other work: they differ in {differences}; name another folder, or add --force to replace it"
        "其中是另一工作的一部分：{differences}不同；请换一个文件夹，或加 --force 替换";
    is_not_read() "is not read" "未读取";
    has_sha256(sha256) "has sha256 {sha256}" "sha256 为 {sha256}";
    table_that_differs(path, here, there)
        "the table {path}, which {here} in the one and {there} in the other"
        "表格 {path}（一方{here}，另一方{there}）";
    option_asked(option, asked) "{option} {asked}" "{option} {asked}";
    option_zero(option) "{option} 0" "{option} 0";
    one_run_an_arm() "at least one run an arm, and two for an interval" "每组至少一次运行，要有区间则至少两次";
    more_persons_an_agent()
        "let an agent stand for more persons (--persons-per-agent)"
        "让每个主体代表更多人（--persons-per-agent）";
    no_interval() "no interval" "无区间";
    value_and_error(value, error) "{value} +- {error}" "{value} ± {error}";
    outside_income_residual(lines)
        "Outside income, a residual: published less modelled income per head in the base year, yuan, urban and rural\n{lines}"
        "区域外收入，为残差：基年公布的人均收入减模型收入，元，城镇与农村\n{lines}";
    range_of_factor(name) "range of factor `{name}`" "因子 `{name}` 的范围";
    from_low_to_high(low, high) "{low} to {high}" "{low} 至 {high}";
    lower_below_upper()
        "a lower end below the upper, and above 0 on a logarithmic scale"
        "下限小于上限；对数尺度下还须大于 0";
    columns_counted(columns) "{columns} columns" "{columns} 列";
    one_a_factor(factors) "{factors}, one a factor" "{factors} 列，每个因子一列";
    column_without_name() "a column without a name" "没有名称的列";
    factor_twice(factor) "the factor `{factor}` occurs twice" "因子 `{factor}` 出现两次";
    every_column_a_factor() "every column has a factor of its own" "每列是一个不同的因子";
    table_has_no_rows() "the table has no rows" "表中没有行";
    nothing_follows_header() "nothing follows this header row" "表头之后没有内容";
    one_row_a_run() "one row a run" "每次运行一行";
    finite_number_wanted(factor, found)
        "`{factor}` is `{found}`, but must be a finite number"
        "`{factor}` 为 `{found}`，应为有限的数";
    latin_hypercube() "Latin hypercube" "拉丁超立方";
    runs_of_factors(runs, factors) "{runs} runs of {factors} factors" "{factors} 个因子的 {runs} 次运行";
    at_least_one_of_each() "at least one of each" "两者各至少一个";
    morris_design() "Morris design" "Morris 设计";
    trajectories_factors_levels(trajectories, factors, levels)
        "{trajectories} trajectories, {factors} factors, {levels} levels"
        "{trajectories} 条轨迹，{factors} 个因子，{levels} 个水平";
    trajectory_and_even_levels()
        "at least one trajectory and factor, and an even number of levels (4 is usual)"
        "至少一条轨迹和一个因子，水平数为偶数（通常为 4）";
    sobol_sequence() "Sobol sequence" "Sobol 序列";
    points_in_dimensions(points, dimensions)
        "{points} points in {dimensions} dimensions"
        "{dimensions} 维中的 {points} 个点";
    points_within(points, dimensions)
        "1 to {points} points in 1 to {dimensions} dimensions"
        "1 至 {dimensions} 维中的 1 至 {points} 个点";
    sobol_indices() "Sobol indices" "Sobol 指数";
    output_never_changes() "an output that never changes" "始终不变的输出";
    output_with_variance() "an output with variance" "有方差的输出";
    outputs_of_design() "outputs of a design" "设计的输出";
    outputs_counted(outputs) "{outputs} outputs" "{outputs} 个输出";
    one_a_row(rows) "{rows}, one a row" "{rows} 个，每行一个";
    outputs_of_design_row(row) "outputs of a design, row {row}" "设计的输出，第 {row} 行";
    a_finite_number() "a finite number" "有限的数";
    plan_without_its_sha256() "a plan that does not have its sha256" "与其 sha256 不符的计划";
    member_with_other_numbers() "a member with other numbers than the names before it" "与名称不符的参数组合指标数";
    first_and_other(first, other) "{first} and {other}" "{first} 与 {other}";
    two_designs(one, other, differences)
        "two designs, {one} and {other}: they differ in {differences}"
        "两个设计，{one} 与 {other}：{differences}不同";
    parts_of_one_design_same()
        "parts of one design: the same scenario, tables, changes, parameters and seed"
        "同一设计的分片：情景、表格、改动、参数与种子都相同";
    different_numbers_in_members() "different numbers in their members" "参数组合的指标不同";
    parts_of_one_design() "parts of one design" "同一设计的分片";
    no_folder_to_merge() "no folder to merge" "没有要合并的文件夹";
    name_the_folders() "name the folders" "请给出文件夹";
    members_in_both(name, members, one, other)
        "{name} {members} in {one} and in {other}"
        "{name} {members} 同时在 {one} 与 {other} 中";
    parts_of_the_design() "the parts of the design" "设计的各分片";
    every_member_once() "every member once" "每个参数组合恰好一次";
    members_missing(missing, members, list)
        "{missing} of {members} members are missing: {list}"
        "{members} 个参数组合中缺 {missing} 个：{list}";
    every_member_once_run()
        "every member once; run the missing ones with --shard or --job"
        "每个参数组合恰好一次；请用 --shard 或 --job 运行缺少的参数组合";
    a_probability() "a probability between 0 and 1" "0 与 1 之间的概率";
    the_design(design) "the design `{design}`" "设计 `{design}`";
    designs_are() "morris, sobol, lhs, or a table FILE.csv" "morris、sobol、lhs，或表格 FILE.csv";
    parameters_changes_design() "parameters, changes, design or seed" "参数、改动、设计或种子";
    plan_of_design() "the plan of the design" "设计的计划";
    numbers_json_holds() "numbers that JSON can hold" "JSON 能表示的数";
    members_ended(scenario, parameters, ended, members, done)
        "{scenario}: {parameters} parameters, {ended} of {members} members ended, {done} of them done"
        "{scenario}：{parameters} 个参数，{members} 个参数组合中 {ended} 个已结束，其中 {done} 个完成";
    not_varied_keys(keys) "not varied (reasons in factors.csv): {keys}" "未变动的参数（理由见 factors.csv）：{keys}";
    part_of_the_design()
        "a part of the design: merge the parts for indices and signs"
        "这是设计的一部分：合并各分片后才有指数与符号";
    which_parameters_matter(main, measure)
        "which parameters matter for the {main} ({measure})"
        "哪些参数影响{main}（{measure}）";
    level_without_policies() "level without policies" "无政策时的水平";
    in_large_unit(number) "{number} m" "{number} 亿";
    indicator_of(indicator, place) "{indicator} of {place}" "{place}的{indicator}";
    does_sign_hold()
        "does the sign of the effect hold over parameter draws, and the rank among policies?"
        "在参数抽样下，效果的符号是否不变，政策的排名是否不变？";
    one_replicate_is_luck()
        "one replicate: the sign of an effect near zero is luck; --own-replicates 20 tells"
        "只有一次重复：接近零的效果，其符号取决于随机波动；用 --own-replicates 20 可判断";
    signs_of(indicator, place, columns)
        "{indicator} of {place}\n    {columns}   5 % .. 95 % of draws"
        "{place}的{indicator}\n    {columns}   抽样的 5 % 至 95 %";
    no_number_of_scenario(key) "`{key}` is no number of the scenario" "`{key}` 不是情景中的数值";
    a_path_to_number()
        "a path to a number that it holds, such as drivers.technology.industry=0.01..0.03 or policy.hukou_reform[0].access_workers=0.3..0.9"
        "指向其中某个数值的路径，例如 drivers.technology.industry=0.01..0.03 或 policy.hukou_reform[0].access_workers=0.3..0.9";
    a_range_such_as(key) "a range, such as {key}=0..1" "一个范围，例如 {key}=0..1";
    has_no_range(key) "`{key}` has no range of its own" "`{key}` 没有自己的范围";
    range_of_value(low, high, key, value)
        "the range {low} to {high} of `{key}`, whose value is {value}"
        "`{key}` 的范围 {low} 至 {high}（其值为 {value}）";
    no_parameter_in(list) "no parameter in `{list}`" "`{list}` 中没有参数";
    give_assumed_or_keys()
        "give `assumed`, keys, or key=low..high, separated by commas"
        "请写 `assumed`、参数名，或 key=low..high，以逗号分隔";
    no_such_parameter(key) "there is no parameter `{key}`" "没有参数 `{key}`";
    parameters_lists_them() "`shanhai parameters` lists them" "`shanhai parameters` 会列出全部";
    range_of_key(range, key) "the range `{range}` of `{key}`" "`{key}` 的范围 `{range}`";
    two_numbers_such_as(key) "two numbers, such as {key}=0.1..0.3" "两个数，例如 {key}=0.1..0.3";
    range_low_high(low, high, key) "the range {low} to {high} of `{key}`" "`{key}` 的范围 {low} 至 {high}";
    lies_inside(least, most) "it lies inside {least} to {most}" "应在 {least} 至 {most} 之内";
    low_below_high_such_as(key) "a low end below the high one, such as {key}=0..1" "下限小于上限，例如 {key}=0..1";
    the_member(member) "member {member}" "参数组合 {member}";
    other_years_or_places() "other years or places than in the members before" "与先前参数组合不同的年份或地点";
    parameters_that_leave_years() "parameters that leave years and nodes alone" "不改变年份和节点的参数";
    path_was_changed(path) "{path} was changed" "{path} 已被改动";
    path_is_gone(path) "{path} cannot be read any more" "{path} 已无法读取";
    header_policy() "policy" "政策";
    header_interval_of_share() "interval of the share" "份额的区间";
    row_of_shares(program, indicator, place, unit, year)
        "{program}: {indicator} of {place} ({unit}), {year}"
        "{program}：{year} 年{place}的{indicator}（{unit}）";
    losers() "losers" "受损者";
    word_member() "member" "参数组合";
    word_members() "members" "参数组合";
    leaving_out_one_province() "leaving out one province" "留一省法";
    provinces_and_rows(provinces, rows) "{provinces} provinces and {rows} rows" "{provinces} 个省，{rows} 行";
    three_provinces() "three provinces or more, and more rows than terms" "三个或更多省，且行数多于项数";
    a_table_of_terms() "a table of terms" "迁移项的表";
    run_of_a_part() "a run of a part of the country" "全国一部分的运行";
    a_national_backtest() "a national backtest" "全国的回测";
    no_province(province) "no province `{province}`" "没有省 `{province}`";
    a_code_such_as() "a code such as 330000" "代码，例如 330000";
    study_claims_nothing() "the study claims nothing" "研究没有任何结论";
    claim_says() "[[claim]] says what the paper finds" "[[claim]] 写明论文的结论";
    study_has_no_policy() "the study has no policy" "研究没有政策";
    policy_kind_is() "[[policy.KIND]] is what the treated world has" "[[policy.KIND]] 写明处理世界所施行的政策";
    no_policy_says_when() "no policy of the study says when it begins" "研究的政策都没有写明何时开始";
    active_from_year() "active = { from = YEAR }" "active = { from = 年份 }";
    two_groups_are_called(name) "two groups are called `{name}`" "有两个组叫 `{name}`";
    give_each_its_name() "give each its name" "请各取名称";
    there_is_none() "there is none" "没有";
    no_group_of_name(name) "there is no group `{name}`" "没有组 `{name}`";
    no_unit_is_treated()
        "the estimator holds treated against other units, and no unit is treated"
        "该估计量比较处理单位与其他单位，而没有单位受到处理";
    name_a_group()
        "name a [[group]], or estimator = \"counterfactual\""
        "请给出 [[group]]，或 estimator = \"counterfactual\"";
    groups_against_each_other()
        "two groups are held against each other only by two_way and long_difference"
        "只有 two_way 与 long_difference 才把两个组相互比较";
    leave_over_out() "leave `over` out, or change the estimator" "请删去 `over`，或换用其他估计量";
    only_long_difference_controls() "only the long difference has controls" "只有长期差分才有控制变量";
    leave_controls_out()
        "leave `controls` out; unit effects hold what does not change"
        "请删去 `controls`；单位效应已包含不变的因素";
    only_panels_have_trends()
        "two-way effects and Poisson alone have a trend of the treated"
        "只有双向固定效应和泊松估计才有处理组趋势";
    leave_trend_out()
        "leave `trend` out, or estimate by `two_way` or `ppml`"
        "请删去 `trend`，或改用 `two_way` 或 `ppml` 估计";
    outcome_in_this_form() "the estimator does not take the outcome in this form" "该估计量不接受这种形式的结果变量";
    forms_of_outcome()
        "ppml takes transform = \"level\" and gives log points; long_difference takes \"log\" or \"level\""
        "ppml 取 transform = \"level\"，给出对数点；long_difference 取 \"log\" 或 \"level\"";
    interval_begins_and_ends(low, high)
        "the interval begins at {low} and ends at {high}"
        "区间从 {low} 到 {high}";
    low_not_above_high() "low is not above high" "low 不大于 high";
    window_ends_before(until)
        "the window ends {until} years after the start, before it begins"
        "窗口在起始后 {until} 年结束，早于其开始";
    until_not_before_from() "until is not before from" "until 不早于 from";
    sign_and_estimate(sign, estimate)
        "the sign is {sign}, and the estimate {estimate}"
        "符号为 {sign}，而估计值为 {estimate}";
    sign_of_the_estimate()
        "the sign is that of the estimate, or zero where it is not told apart from 0"
        "符号与估计值一致；与 0 无法区分时为零";
    group_has_no_unit(group) "group `{group}` has no unit" "组 `{group}` 没有单位";
    a_treated_unit()
        "a treated unit lies in `units.among`, is chosen by `units`, and in no group before"
        "处理单位须在 `units.among` 之内，由 `units` 选中，且不属于前面的组";
    no_node_in_units() "no node is in its units" "其单位中没有节点";
    node_meets_among() "a node has to meet everything that `among` gives" "节点须满足 `among` 的全部要求";
    every_unit_is_treated() "every unit is treated, none is left to hold them against" "全部单位都受到处理，没有可供比较者";
    leave_units_untreated()
        "leave units untreated, or estimator = \"counterfactual\""
        "请留下未处理的单位，或 estimator = \"counterfactual\"";
    window_begins_in(year) "the window of this claim begins in {year}" "该结论的时间窗始于 {year} 年";
    window_within_the_run(last)
        "the last simulated year is {last}: an earlier start of the treatment, a window nearer to it, or more years"
        "最后一个模拟年份为 {last}：请提前处理开始年份、缩短时间窗的间隔，或增加年数";
    treatment_begins_in(first) "the treatment begins in {first}" "处理从 {first} 年开始";
    years_and_one_before(base_year, last)
        "years are from {base_year} to {last}, and one before the treatment is needed"
        "年份为 {base_year} 至 {last}，且需要处理前的一年";
    policies_without_places() "policies that cannot be given places" "无法确定地点的政策";
    policies_that_sets_names() "policies whose selectors `sets` names" "`sets` 所指选择条件的政策";
    names_no_selector(target) "`{target}` names no selector" "`{target}` 不是任何选择条件";
    kind_and_field() "KIND.FIELD, or KIND[1].FIELD of the second" "KIND.FIELD，第二项政策写 KIND[1].FIELD";
    study_without_policy(kind, entry) "the study has no policy `{kind}[{entry}]`" "研究没有政策 `{kind}[{entry}]`";
    has_no_selector(kind, field) "`{kind}` has no selector `{field}`" "`{kind}` 没有选择条件 `{field}`";
    groups_are(known) "groups: {known}" "组有：{known}";
    replicates_asked(replicates) "--replicates {replicates}" "--replicates {replicates}";
    two_runs_for_noise() "at least two runs, or there is no noise to compare with" "至少两次运行，否则没有可比较的随机波动";
    only_asked(id) "--only {id}" "--only {id}";
    mechanisms_from_to() "mechanisms from M01 to M41" "机制编号为 M01 至 M41";
    outcome_of_unit(outcome, code, name, year)
        "`{outcome}` of {code} {name} in {year}"
        "{year} 年 {code} {name} 的 `{outcome}`";
    value_above_zero()
        "a value above 0 in every unit and year; choose transform = \"level\", another outcome, or units that have one"
        "每个单位每年都大于 0 的值；请选 transform = \"level\"、其他结果变量，或有此值的单位";
    ridge_chosen(ridge, province, errors)
        "ridge chosen without the province left out: median {ridge}; true refit without {province}: {errors} standard errors off the small solve"
        "不含所留省份而选定的岭参数：中位数 {ridge}；不含{province}的完整重估：与简化求解相差 {errors} 个标准误";
    as_urban_as_targets(term, share, convergence)
        "village_to_seat {term} makes the area as urban as the targets, {share}; seat_convergence {convergence} has the least error"
        "village_to_seat 取 {term} 时区域城镇化率与目标一致，为 {share}；seat_convergence 取 {convergence} 时误差最小";
    without_one_province() "without one province" "留一省的范围";
    header_term() "term" "项";
    header_estimate() "estimate" "估计值";
    at_bound() "bound" "边界";
    held_out() "held out" "样本外";
    in_sample() "in sample" "样本内";
    header_prediction() "prediction" "预测";
    header_level() "level" "级别";

    // Moments
    no_row_is_called(key) "no row is called `{key}`" "没有名为 `{key}` 的行";
    break_even_of_scenarios(n) "--break-even with {n} scenarios" "--break-even 配 {n} 个情景";
    break_even_of_one() "one scenario without variants" "一个没有变体的情景";
    break_even_one_key()
        "one number of one of its policies, such as --break-even policy.service_equalisation[0].floor_share=0.5..0.9"
        "其某项政策的一个数值，例如 --break-even policy.service_equalisation[0].floor_share=0.5..0.9";
    break_even_head(key, replicates)
        "Break-even of {key}: sums over the years of the run without discounting, against the scenario without this policy, {replicates}"
        "{key} 的盈亏平衡：运行各年之和，不贴现，与没有该政策的同一情景相比，{replicates}";
    break_even_of(yardstick) "{yardstick} of the area less programme money" "区域{yardstick}减去项目资金";
    pays_at_every_size() "the gain exceeds the cost at every size that was run" "在所运行的各规模下收益均超过成本";
    pays_at_no_size() "the gain falls short of the cost at every size that was run" "在所运行的各规模下收益均低于成本";
    breaks_even_at(sizes, range) "the gain pays the cost at {sizes} ({range})" "收益在规模 {sizes} 处恰好抵补成本（{range}）";
}
