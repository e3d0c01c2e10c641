//! What the commands print beside their tables.

use crate::message::messages;

messages! {
    replicate_has_reached(replicate, replicates, year)
        "replicate {replicate} of {replicates} has reached {year}"
        "第 {replicate} 次重复（共 {replicates} 次）已到 {year} 年";
    fold_has_reached(province, replicate, year)
        "terms without {province}: replicate {replicate} has reached {year}"
        "未用{province}的各项：第 {replicate} 次重复已到 {year} 年";
    a_number_from_one() "a number from 1, such as 1e6" "从 1 起的数，例如 1e6";
    bench_legend()
        "Phases: wall time of one year. agents/s: agent-years of phase move. floor: read and write 8 bytes an agent."
        "阶段：一年所用的时间。agents/s：迁移阶段每秒的主体·年。floor：读写每个主体 8 字节所需的时间。";
    in_another_folder_than_scenario(path) "{path} is in another folder than the scenario" "{path} 与情景不在同一文件夹";
    write_beside_scenario()
        "a scenario names its tables relative to itself; write it beside the old one"
        "情景按自身位置查找表格；请写在原情景旁边";
    is_there_already(path) "{path} is there already" "{path} 已经存在";
    another_file_or_force() "name another file, or add --force to replace it" "请换一个文件名，或加 --force 替换";
    calibration_fit(units, rounds, predictions, r, r2, centred_r2, mae)
        "{units} units, {rounds} rounds, {predictions} predictions; in sample r {r}, R2 {r2}, centred R2 {centred_r2}, MAE {mae}"
        "{units} 个单位，{rounds} 轮，{predictions} 次预测；样本内 r {r}，R2 {r2}，中心化 R2 {centred_r2}，MAE {mae}";
    at_its_bound(key, value)
        "{key} {value}  at its bound: the targets would go further"
        "{key} {value}  已到边界：目标数据要求更远";
    moves_no_target(key, value) "{key} {value}  moves no target" "{key} {value}  不影响任何目标";
    no_step_fits_better()
        "no step from the scenario's own values made the fit better: they are the best that was found"
        "从情景自身取值出发，没有一步能改善拟合：这些值就是找到的最优值";
    every_direction_identified(weak)
        "every direction is identified (no eigenvalue below {weak} of the largest)"
        "每个方向都可识别（没有小于最大特征值 {weak} 倍的特征值）";
    direction_not_identified(parts, value)
        "not identified: {parts} (eigenvalue {value} of the largest)"
        "无法识别：{parts}（特征值为最大者的 {value}）";
    unit_not_matched(unit, reason) "not matched: {unit} ({reason})" "未匹配：{unit}（{reason}）";
    counties_against_table(counties, differ)
        "{counties} counties: residents of the table against the first world differ by more than .5 % and rounding in {differ}"
        "{counties} 个县：基年表与初始世界的常住人口相差超过 .5 % 且超出取整误差者 {differ} 个";
    behind_the_rows() "Behind the rows of the table, counties by word: what was assumed, what was estimated" "表中各行的依据（按词条列出县数）：何者为假设，何者为估计";
    check_note(note) "Note       {note}" "说明       {note}";
    few_agents_do_not_fit() "First world: not even one of few agents fits into memory" "初始世界：即使主体很少也放不进内存";
    run_would_write_to(found, name)
        "{found}The run would write to results/{name}."
        "{found}运行结果将写入 results/{name}。";
    check_nodes(nodes, counties, prefectures, provinces)
        "Nodes      {nodes} in {counties} counties, {prefectures} prefectures, {provinces} provinces"
        "节点       {nodes} 个，分属 {counties} 个县级单位、{prefectures} 个地级市、{provinces} 个省";
    registered_there_live_here(people) "{people} registered there live in the area" "户籍在区域外、现居本区域者 {people} 人";
    check_residents(residents) "{residents} residents" "常住人口 {residents} 人";
    check_run(start, end, seed, replicate)
        "Run        {start} to {end}, seed {seed}, replicate {replicate}"
        "运行       {start} 至 {end} 年，种子 {seed}，重复 {replicate}";
    check_agents(agents, persons)
        "Agents     {agents} of {persons} person(s) each, people registered in or moving from outside included"
        "主体       {agents} 个，每个代表 {persons} 人，含户籍在区域外或由外迁入者";
    memory_available(there) "; {there} are available" "；可用 {there}";
    check_memory(peak, there) "Memory     {peak} at the peak{there}" "内存       峰值 {peak}{there}";
    check_disk(tables, checkpoint)
        "Disk       {tables} of tables; {checkpoint} a checkpoint (--checkpoint-every)"
        "磁盘       表格 {tables}；每个检查点 {checkpoint}（--checkpoint-every）";
    check_time(seconds, threads)
        "Time       about {seconds} s on {threads} threads"
        "时间       约 {seconds} 秒，{threads} 个线程";
    raise_persons_per_agent() "this does not fit: raise --persons-per-agent" "内存不足：请提高 --persons-per-agent";
    no_registered_table()
        "Registered people: no registered.csv beside the nodes; nothing is known of residuals."
        "户籍人口：节点表旁没有 registered.csv，无从得知残差。";
    check_registered(published, used, difference, units)
        "Registered people: {published} published, {used} used after closing ({difference}); {units} units differ"
        "户籍人口：公布 {published}，平衡后采用 {used}（{difference}）；{units} 个单位有差异";
    without_published_figure(units) "without a published figure: {units}" "没有公布数字的：{units}";
    no_table_of_pensions()
        "no table of pensions (world.pensions): nobody draws one, and nothing is contributed"
        "没有养老金表（world.pensions）：无人领取，也无人缴费";
    pensions_in(province, employees, residents, contribution)
        "pensions in {province}: {employees} of employees and {residents} of residents draw; contributions of {contribution} % of covered pay"
        "{province}养老金：职工 {employees} 人、居民 {residents} 人领取；缴费为缴费工资的 {contribution} %";
    pensions_stated(recipients, name)
        "the table states {recipients} of {name}: more or fewer than can draw here"
        "表中{name}为 {recipients} 人：与此处可领取人数不符";
    contribution_not_plausible(most) "more than {most} % is not plausible" "超过 {most} % 不合理";
    one_ecology(value, same, nodes)
        "Note: ecology is {value} in {same} of {nodes} nodes; policies that choose places by it choose by nothing"
        "说明：{nodes} 个节点中有 {same} 个的生态值为 {value}；按生态选择地点的政策等于没有选择";
    check_policies(year, policies)
        "Policies, with places, people and prices of {year}: {policies}"
        "政策（按 {year} 年的地点、人口与价格）：{policies} 项";
    years_to(first, last) "{first} to {last}" "{first} 至 {last} 年";
    no_year_of_run() "no year of the run" "运行期间无一年有效";
    growing_over(n) ", growing over {n} years" "，{n} 年内逐步实施";
    selects_all_nodes(field, all) "`{field}` {all} nodes" "`{field}` {all} 个节点";
    selects_of_nodes(field, now, all) "`{field}` {now} of {all} nodes" "`{field}` {now} 个节点（共 {all} 个）";
    paid_by(payers, first, from, last, until)
        "paid by {payers}: {first} m yuan in {from}, {last} m in {until}"
        "由{payers}支付：{from} 年 {first} 亿元，{until} 年 {last} 亿元";
    check_policy(policy, years, growing, places) "{policy}: {years}{growing}; {places}" "{policy}：{years}{growing}；{places}";
    no_payments_by_order() "no payments by order" "没有按规定的支付";
    adds_to_projects(cells)
        "; adds to the value of projects in {cells} cells, as investors come"
        "；提高 {cells} 个单元中项目的价值，随投资者到来而兑现";
    intensity_zero() "; intensity 0, it does nothing" "；力度为 0，不起作用";
    cannot_act() "; it cannot act" "；无法起作用";
    first_world_fitted(fit_rounds, gap, circuit_rounds, fen)
        "First world: homes and places fitted in {fit_rounds} rounds (largest gap {gap}); circuit of money closed in {circuit_rounds} rounds ({fen} fen a person)"
        "初始世界：户籍地与居住地经 {fit_rounds} 轮拟合（最大差距 {gap}）；资金循环经 {circuit_rounds} 轮平衡（人均差 {fen} 分）";
    first_world_residents(table, there, persons)
        "{table} residents in the table, {there} in the world, by {persons} persons an agent"
        "表中常住人口 {table}，模型世界中 {there}，每个主体代表 {persons} 人";
    skills_mixed()
        "the skills of those who left each home follow what places take: no fit with the skills of residents"
        "外出者的技能构成随各地吸纳情况而定：无法与居民技能构成同时拟合";
    first_world_capital(ratio, gross, lent)
        "capital over output {ratio}, gross return {gross}; {lent} % of what reaches pools is lent outside"
        "资本产出比 {ratio}，毛回报率 {gross}；进入资金池的资金有 {lent} % 借出区域外";
    stranded_people(people)
        "{people} people registered in units whose leavers fit no place stay uncounted"
        "有 {people} 名户籍人口所在单位的外出者无处安置，未计入";
    everybody_was_placed() "everybody registered was found a place" "所有户籍人口均已分配到居住地";
    demand_met_everywhere()
        "local demand for services is met by local supply in every node"
        "各节点的本地服务需求均由本地供给满足";
    demand_exceeds_supply(nodes)
        "local demand for services exceeds supply in {nodes} nodes; the part met at home:"
        "{nodes} 个节点的本地服务需求超过供给；当地满足的比例：";
    outside_income_head()
        "outside income a head, yuan a year (a residual: published less modelled): urban, rural"
        "人均区域外收入，元/年（残差：公布数减模型数）：城镇、农村";
    no_published_incomes() "no published incomes: no outside income" "没有公布的收入：不设区域外收入";
    runs_done_so_far(done, all, outcome)
        "{done} of {all} runs:\n{outcome}"
        "已完成 {done} / {all} 次运行：\n{outcome}";
    finishing_under_way() "finishing what is under way; once more to stop at once" "正在完成手头的工作；再按一次立即停止";
    part_and_whole(out) "{out} is a part and the folder of the whole" "{out} 既是分片又是合并的目标文件夹";
    whole_elsewhere() "name another folder for the whole: what is put together stays" "请为合并结果另选文件夹：分片保持原样";
    file_in_a_folder_that_is_there() "name a file in a folder that is there" "请给出已有文件夹中的文件名";
    #[cfg_attr(feature = "china", allow(dead_code))]
    built_without_china() "this program was built without the data of China" "此程序编译时未包含中国数据";
    #[cfg_attr(feature = "china", allow(dead_code))]
    data_or_feature_china()
        "name a folder with --data, or build it with the feature `china`"
        "请用 --data 指定文件夹，或以 `china` 特性重新编译";
    wrote_scenario(file)
        "wrote {file}; next: shanhai check {file}, then shanhai run {file}"
        "已写出 {file}；接下来：shanhai check {file}，然后 shanhai run {file}";
    tiers_are(tiers) "the tiers are {tiers}" "层级有：{tiers}";
    no_node_has_a_tag() "no node has a tag" "没有节点带标签";
    tags_are(tags) "the tags are {tags}" "标签有：{tags}";
    prefectures_such_as(prefectures, known)
        "there are {prefectures} prefectures, such as {known}"
        "共有 {prefectures} 个地级市，例如 {known}";
    found_of_nodes(found, nodes) "{found} of {nodes} nodes" "{nodes} 个节点中的 {found} 个";
    trusted(trust, source) "[{trust}: {source}]" "［{trust}：{source}］";
    no_parameter_mentions() "no parameter mentions that word" "没有参数提到这个词";
    did_you_mean(right) "did you mean `{right}`?" "是否指 `{right}`？";
    policies_lists_them() "`shanhai policies` lists them" "`shanhai policies` 会列出全部";
    no_such_policy(kind) "there is no policy `{kind}`" "没有政策 `{kind}`";
    policies_prints()
        "shanhai policies KIND prints fields, payer and an example"
        "shanhai policies KIND 会列出字段、付款方和示例";
    flag_with_numbers(flag, numbers) "{flag} with {numbers} numbers" "{flag} 给出了 {numbers} 个数";
    give_two_numbers() "give two, with a comma between them" "请给出两个，中间用逗号隔开";
    year_done(year, done, years, seconds)
        "{year}: year {done} of {years}, {seconds} s"
        "{year} 年：第 {done} 年，共 {years} 年，{seconds} 秒";
    io_read_map() "read the map" "读取地图";
    geojson_expected() "GeoJSON: a FeatureCollection of polygons" "GeoJSON：由多边形组成的 FeatureCollection";
    no_features() "it has no features" "其中没有 features";
    no_map_key(key) "no feature with a code in the property `{key}`" "没有要素在属性 `{key}` 中给出代码";
    map_keys_are(names) "one of its properties for --map-key: {names}" "以其某一属性作为 --map-key：{names}";
    map_codes() "the codes of the map" "地图的代码";
    codes_of_report(codes) "codes of the counties of the results, as text, such as {codes}" "结果中各县的代码（文本），例如 {codes}";
    open_in_browser(megabytes) "({megabytes} MB); open it in a browser" "（{megabytes} MB）；请在浏览器中打开";
    no_result_folder() "no result folder" "没有结果文件夹";
    name_what_run_wrote() "name one that `shanhai run` wrote" "请给出 `shanhai run` 写出的文件夹";
    pictures_in(pictures, folder) "{pictures} pictures in {folder}" "{folder} 中有 {pictures} 幅图";
    run_note(note) "note: {note}" "说明：{note}";
    strict_makes_errors(warnings, scenario)
        "{warnings} about {scenario}, which --strict makes errors"
        "{scenario}有{warnings}，--strict 将其视为错误";
    at_the_peak(gigabytes) ", {gigabytes} GB at the peak" "，峰值 {gigabytes} GB";
    shard_asked(text) "--shard {text}" "--shard {text}";
    shard_of_parts()
        "a part and the number of parts, such as 2/8; parts count from 1"
        "应为分片号与分片总数，例如 2/8；从 1 起计";
    job_asked(job) "--job {job}" "--job {job}";
    design_has_members(last) "the design has members 0 to {last}" "该设计的参数组合编号为 0 至 {last}";
    part_of_another_design(differences)
        "it holds part of another design: they differ in {differences}; name another folder, or add --force to replace it"
        "其中是另一设计的一部分：{differences}不同；请换一个文件夹，或加 --force 替换";
    page_waits(page) "{page} waits for the whole design" "{page} 要等整个设计完成后才写出";
    based_on(base) "Based on   {base}" "基于       {base}";
    check_variants(variants)
        "Variants   {variants} beside the file's own; `compare` runs them all, FILE#NAME is one of them"
        "变体       除文件本身外有 {variants} 个；`compare` 全部运行，FILE#NAME 表示其中之一";
    and_rest_more(rest) "; and {rest} more" "；另有 {rest} 项";
    no_policy() "no policy" "没有政策";
    no_such_case(name) "there is no case `{name}`" "没有算例 `{name}`";
    cases_are(cases) "the cases are {cases}" "算例有：{cases}";
    set_asked(text) "--set {text}" "--set {text}";
    parameter_and_number() "write a parameter and a number, such as --set sigma=5" "请写参数和数值，例如 --set sigma=5";
    another_folder_or_write_into()
        "name another folder, or add --force to write into it"
        "请换一个文件夹，或加 --force 写入其中";
    control_fails(number, key, wrong, failed, found)
        "{number} {key} with {wrong}: {failed} of {found} fail"
        "{number} {key}，取 {wrong}：{found} 项中有 {failed} 项未通过";
    no_problem_found() "No problem found." "未发现问题。";
    page_written(path, said) "{path} {said}" "{path}{said}";
    area_written(folder, baseline)
        "wrote {folder}; what is counted, constructed or assumed is in its README.md\nnext: shanhai check {baseline}, then shanhai run {baseline}"
        "已写出 {folder}；哪些是公布数、推算数或假设，见其中的 README.md\n接下来：shanhai check {baseline}，然后 shanhai run {baseline}";
    tables_prepared(folder)
        "wrote {folder}; what was missing or assumed is in provenance.md there"
        "已写出 {folder}；缺失或假设之处见其中的 provenance.md";
    is_a_folder(path) "{path} is a folder" "{path} 是文件夹";
    in_no_folder(path) "{path} is in a folder that is not there" "{path} 所在的文件夹不存在";
    written(path) "written: {path}" "已写出：{path}";
    tables_in(folder) "tables: {folder}" "表格：{folder}";
    did_you_mean_of(near, there) "did you mean `{near}`? {there}" "是否指 `{near}`？{there}";
    no_such_word(what, found) "there is no {what} `{found}`" "没有{what} `{found}`";
    word_tier() "tier" "层级";
    word_tag() "tag" "标签";
    node_line(id, tier, county, prefecture, residents, name, english, tags)
        "{id} {tier} county {county} prefecture {prefecture} {residents} residents  {name} {english} [{tags}]"
        "{id} {tier} 县 {county} 地级市 {prefecture} 常住人口 {residents}  {name} {english} [{tags}]";
    run_pace(agent_years, seconds, pace, threads, peak, folder)
        "{agent_years} agent-years in {seconds} s: {pace} million a second on {threads} threads{peak}; tables in {folder}"
        "{agent_years} 主体·年，用时 {seconds} 秒：{threads} 个线程，每秒 {pace} 百万主体·年{peak}；表格在 {folder}";
    word_employees() "employees" "职工养老金领取者";
    word_residents() "residents on a pension" "居民养老金领取者";
    everywhere() "everywhere" "各地";
    progress_jobs()
        "{msg} {wide_bar} {pos}/{len}, {elapsed} so far, {eta} left"
        "{msg} {wide_bar} {pos}/{len}，已用 {elapsed}，尚需 {eta}";
    progress_years()
        "{msg:>28} [{bar:40}] {pos}/{len} years, {eta} left"
        "{msg:>28} [{bar:40}] {pos}/{len} 年，尚需 {eta}";
    bar_members() "members" "参数组合";
    first_line_pays() "paid by" "付款方";
    policy_mechanisms() "mechanisms" "机制";
    policy_essays() "essays" "文章";
    policy_levers() "levers" "政策变量";
    policy_numbers()
        "M01 to M41 are mechanisms of five policy essays, E0 to E4 (docs/mechanisms.md)"
        "M01—M41 为五篇政策文章（E0—E4）中各机制的编号，见 docs/mechanisms.md";
    policy_fields() "fields" "字段";
    policy_example() "example" "示例";
    range_from_to(least, most) "[{least} to {most}]" "[{least} 至 {most}]";
    range_from(least) "[from {least}]" "[不低于 {least}]";
    bar_runs() "runs" "运行";
    bar_worlds() "worlds" "情景";
    page_has_no_place(path) "{path} has no place for the table" "{path} 中没有放表格的位置";
    write_marks_into_it(begin, end) "write {begin} and {end} into it" "请在其中写入 {begin} 与 {end}";
    no_study_answers(only) "no study answers to --only {only}" "没有研究符合 --only {only}";
    studies_are(names) "studies: {names}" "研究有：{names}";
    services_moved(billions)
        "local services of the tables that count as business services, because nobody here can have bought them (below zero: the other way round): {billions} bn yuan"
        "表中的本地服务业有一部分计为生产性服务业，因为当地不可能有人购买（负数表示相反）：{billions} 亿元";
    services_moved_of(name, billions, share)
        "{name} {billions} bn yuan, {share} % of its local services"
        "{name} {billions} 亿元，占其本地服务业的 {share} %";
    driver_off_balance(sector, driver, grows, base)
        "Warning: drivers.technology of {sector} is {driver}, which lets it grow by {grows} a year at given labour; the base year is built for {base}, so shares of sectors drift from the first year"
        "警告：drivers.technology 中 {sector} 为 {driver}，在劳动给定时使其每年增长 {grows}；基年按 {base} 建立，因此行业份额从第一年起漂移";
    check_migration(said) "Migration  {said}" "迁移       {said}";
}
