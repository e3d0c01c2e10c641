//! Scenarios and tables: problems with a caret, and how they were read.

use crate::message::messages;

messages! {
    services_together(table)
        "{table} tells services in one column: .30 of jobs and .42 of output in cities and seats, .20 and .30 in villages are read as business services, the rest as local services (means of China 2020); `shanhai prepare` writes both"
        "{table} 的服务业只有一列：城区和县城按就业的 .30、产出的 .42，乡村按 .20 和 .30 计为生产性服务业，其余为本地服务业（2020 年全国均值）；`shanhai prepare` 会分别写出两列";
    budget_shares(budget)
        "housing, services and tourism take {budget} of household spending"
        "住房、服务和旅游占居民支出的 {budget}";
    label_budget() "housing, local and tourism spending" "住房、本地服务与旅游支出";
    budget_at_most_one()
        "housing_spending_share + local_spending_share + tourism_spending_share is at most 1; the rest buys tradables"
        "housing_spending_share + local_spending_share + tourism_spending_share 不超过 1；其余用于购买可贸易品";
    farm_shares(farm) "land and capital take {farm} of farm value added" "土地与资本占农业增加值的 {farm}";
    farm_shares_below_one()
        "farm_land_share + farm_capital_share is below 1; the rest is labour's share"
        "farm_land_share + farm_capital_share 小于 1；其余为劳动份额";
    county_spending_shares(spending)
        "services, infrastructure and payments to households take {spending} of county spending"
        "服务、基础设施和对居民支付占县级支出的 {spending}";
    county_spending_at_most_one()
        "spend_services + spend_infrastructure + spend_transfers is at most 1; the rest is administration"
        "spend_services + spend_infrastructure + spend_transfers 不超过 1；其余为行政支出";
    local_revenue_shares(local) "province and prefecture take {local} of local revenue" "省与地级市分走地方收入的 {local}";
    local_shares_at_most_one()
        "province_share + prefecture_share is at most 1; the rest is the county's"
        "province_share + prefecture_share 不超过 1；其余归县";
    title_of_several_lines() "the title has more than one line" "标题超过一行";
    one_line_title()
        "one line that says what this run shows; the rest belongs into `description`"
        "用一行说明此次运行的内容；其余写入 `description`";
    utility_without_outside() "base = \"utility\" has no outside nodes" "base = \"utility\" 没有区域外节点";
    leave_outside_away()
        "leave `outside` away, or take the base year from the census"
        "请删去 `outside`，或以普查为基年";
    moving_costs_need_utility() "stated moving costs need base = \"utility\"" "给定迁移成本需要 base = \"utility\"";
    costs_by_inversion() "a base year from the census finds its costs by inversion" "以普查为基年时，成本由反推得到";
    step_needs_rates() "a step of several years needs births and survival" "多年一步需要 births 和 survival";
    rates_by_class() "give both by age class, or step_years = 1" "请按年龄组给出两者，或 step_years = 1";
    survival_for_classes(survival, classes)
        "{survival} survival rates for {classes} age classes"
        "{classes} 个年龄组有 {survival} 个存活率";
    one_survival_less()
        "one survival rate less than births: nobody outlives the last class"
        "存活率比 births 少一个：最后一组之后无人存活";
    classes_pass_oldest(classes) "{classes} classes pass the oldest age" "{classes} 个年龄组超过最高年龄";
    ages_up_to(oldest) "ages are told apart up to {oldest}" "年龄最多区分到 {oldest} 岁";
    survival_of(survival) "survival of {survival}" "存活率为 {survival}";
    probability_from_zero() "a probability from 0 to 1" "0 至 1 的概率";
    births_with_survival(births, class, survival)
        "{births} births a head in class {class} with survival {survival}"
        "第 {class} 组人均生育 {births}，存活率 {survival}";
    births_at_most_survival()
        "from 0 to the survival of the class: a person has at most one birth a step"
        "0 至该组存活率之间：一人每步至多生育一次";
    market_access_unstable(value)
        "an elasticity of {value} in market access makes industry grow without end"
        "工业生产率对市场可达性的弹性为 {value}，使工业无限增长";
    market_access_bound(bound)
        "below 1 - industry_capital_share - public_capital_elasticity = {bound} the path stays finite"
        "小于 1 - industry_capital_share - public_capital_elasticity = {bound} 时路径有界";
    decline_beyond_wear(growth, key, wear)
        "this makes the base year grow by {growth} a year, and {key} = {wear}: no stock that wears so slowly can have been built"
        "由此基年每年增长 {growth}，而 {key} = {wear}：折旧如此之慢的存量不可能已经建成";
    decline_at_most_wear(technology)
        "at {technology} or more it holds; or set model.base_growth = \"none\""
        "取 {technology} 或更大即可；或设 model.base_growth = \"none\"";
    review_overshoots(key, psi) "{key} = {psi} makes places overshoot every year" "{key} = {psi} 使各地逐年超调";
    review_bound(bound)
        "below 2/(1 + .6 kappa/lambda) = {bound} the path is stable"
        "小于 2/(1 + .6 kappa/lambda) = {bound} 时路径稳定";
    sectors_overshoot(psi) "sector_review_rate = {psi} makes sectors overshoot every year" "sector_review_rate = {psi} 使各行业逐年超调";
    sectors_bound(bound)
        "below 2/(1 + sector_elasticity) = {bound} the path is stable"
        "小于 2/(1 + sector_elasticity) = {bound} 时路径稳定";
    whole_number_of_persons() "a whole number of persons, 0 or more" "整数人数，不小于 0";
    a_year() "a year, such as 2020" "年份，例如 2020";
    number_at_least(least) "a number of at least {least}" "不小于 {least} 的数";
    number_at_most(most) "a number of at most {most}" "不大于 {most} 的数";
    number_from_to(least, most) "a number from {least} to {most}" "{least} 至 {most} 之间的数";
    words_by_semicolons() "words separated by `;`" "以 `;` 分隔的词";
    column_holds_sign(column, sign) "`{column}` holds {sign}" "`{column}` 含有{sign}";
    sign_not_printable() "a sign that cannot be printed" "无法显示的字符";
    delete_the_sign()
        "delete it; it steers a terminal and is no part of any name or number"
        "请删除；它会控制终端，不属于任何名称或数字";
    column_is_empty(column) "`{column}` is empty" "`{column}` 为空";
    needs_expected(expected) "needs {expected}" "需要{expected}";
    not_a_year() "not a year" "不是年份";
    not_a_code() "not a code" "不是代码";
    not_one_of_words() "not one of these words" "不在可选词中";
    column_must_be(column, found, expected)
        "`{column}` is `{found}`, but must be {expected}"
        "`{column}` 为 `{found}`，应为{expected}";
    more_than_all_people() "more than all people" "超过全部人口";
    below_zero() "below 0" "小于 0";
    not_a_number() "not a number" "不是数";
    not_a_whole_number() "not a whole number" "不是整数";
    persons_one_by_one() "persons are counted one by one" "人数按整数计";
    out_of_range() "out of range" "超出范围";
    not_finite() "not a finite number" "不是有限的数";
    below_least(least) "below {least}" "小于 {least}";
    above_most(most) "above {most}" "大于 {most}";
    more_than_world_makes() "it is more than the world makes in a year; the unit is yuan" "这超过全世界一年的产出；单位是元";
    code_from_spreadsheet(digits)
        "write {digits}: a spreadsheet took the code for a number"
        "请写 {digits}：电子表格把代码当作数字了";
    leave_empty_if_unknown() "leave the field empty where the value is not known" "数值未知时请留空";
    write_the_share(share) "write the share, {share}" "请写成比例，{share}";
    without_separators(digits) "write {digits}, without separators" "请写 {digits}，不加分隔符";
    table_is_empty() "the table is empty" "表格为空";
    first_line_names(columns) "its first line names the columns: {columns}" "第一行写各列名称：{columns}";
    fields_divided_by(name) "the fields are divided by {name}" "各字段以{name}分隔";
    a_comma_is_expected() "a comma is expected" "应为逗号";
    save_with_commas()
        "save the table as CSV with commas; a spreadsheet calls it \"CSV UTF-8 (comma delimited)\""
        "请把表格另存为以逗号分隔的 CSV；电子表格称之为“CSV UTF-8（逗号分隔）”";
    quoted_field_runs_over(line)
        "a quoted field of line {line} runs over the end of the line"
        "第 {line} 行有一个加引号的字段越过行尾";
    opened_here() "opened here" "从这里开始";
    close_the_quote()
        "close it with a second \" on the same line; a \" that belongs to the text is written twice"
        "请在同一行用第二个 \" 结束；属于文本的 \" 要写两次";
    fields_and_header(line, n, width)
        "line {line} has {n} fields, the header row has {width}"
        "第 {line} 行有 {n} 个字段，表头有 {width} 个";
    fields_missing(n) "{n} missing" "缺 {n} 个";
    empty_between_commas() "leave a field empty by writing nothing between two commas" "字段留空时，两个逗号之间什么也不写";
    first_field_too_many() "the first field too many" "多出的第一个字段";
    comma_inside_a_field()
        "a comma inside a field is read as the start of the next one: put such a field in double quotes, and write numbers without commas"
        "字段内的逗号会被当作下一个字段的开始：请给这样的字段加双引号，数字中不写逗号";
    line_begins_with_remark(line, width)
        "line {line} begins with `#` and has {width} fields"
        "第 {line} 行以 `#` 开头，且有 {width} 个字段";
    remark_or_row() "a remark, or a row?" "是注释还是一行数据？";
    quote_or_delete()
        "put its first field in double quotes if it is a row; delete the line if it is not"
        "如是一行数据，请给第一个字段加双引号；如不是，请删去该行";
    file_in_utf16() "the file is in UTF-16, not in UTF-8" "文件编码为 UTF-16，不是 UTF-8";
    save_as_utf8()
        "save it as UTF-8; a spreadsheet calls UTF-16 \"Unicode text\" and the right one \"CSV UTF-8\""
        "请另存为 UTF-8；电子表格把 UTF-16 叫作“Unicode 文本”，正确的是“CSV UTF-8”";
    line_not_utf8(line, byte, value)
        "line {line} is not UTF-8: its byte {byte} is 0x{value}"
        "第 {line} 行不是 UTF-8：第 {byte} 字节为 0x{value}";
    not_utf8_from_here() "not UTF-8 from here on" "从这里起不是 UTF-8";
    no_sheet(sheet) "the workbook has no sheet `{sheet}`" "工作簿中没有名为 `{sheet}` 的工作表";
    sheets_are(names) "its sheets are {names}" "现有工作表：{names}";
    workbook_unreadable(why) "the workbook could not be read: {why}" "无法读取工作簿：{why}";
    save_sheet_as_csv() "save the sheet as CSV" "请将工作表另存为 CSV";
    built_without_workbooks() "this program was built without the reader of workbooks" "本程序编译时未包含工作簿读取功能";
    mapping_is_not_toml(why) "the mapping is not TOML here: {why}" "映射文件此处不是合法的 TOML：{why}";
    mapping_unknown(word) "a mapping has no `{word}` here" "映射文件此处不能写 `{word}`";
    mapping_may_say(words) "it may say {words}" "可以写 {words}";
    mapping_text_expected() "a text in quotation marks is expected" "应为引号中的文本";
    mapping_number_expected() "a number above 0 is expected" "应为大于 0 的数";
    mapping_table_expected() "a table of keys is expected" "应为键值表";
    mapping_column_expected()
        "a column is expected: \"name\", { column = \"name\", unit = \"10,000 persons\" }, { sum = [\"a\", \"b\"] } or { value = 0 }"
        "应为列：\"列名\"、{ column = \"列名\", unit = \"万人\" }、{ sum = [\"甲\", \"乙\"] } 或 { value = 0 }";
    columns_that_are_there() "its columns" "表中的列";
    often_gbk()
        "save the file as UTF-8; Chinese files are often saved as GBK or GB 18030"
        "请将文件保存为 UTF-8；中文文件常以 GBK 或 GB 18030 保存";
    holds_more_than(name, most) "{name} holds more than {most} MiB" "{name} 超过 {most} MiB";
    name_another_file() "no table or scenario is that long; name another file" "表格或情景不会有这么长；请换一个文件";
    file_could_not_be_read(name, error) "{name} could not be read: {error}" "无法读取 {name}：{error}";
    near_file_in_folder(near) "there is a file `{near}` in the same folder" "同一文件夹中有文件 `{near}`";
    path_from_its_folder() "a path is read from the folder of the file that names it" "路径相对于写有它的文件所在的文件夹";
    path_from_here() "a path on the command line is read from the current folder" "命令行中的路径相对于当前文件夹";
    not_in_memory(name)
        "{name} could not be read: it is not among the files in memory"
        "无法读取 {name}：内存中没有这个文件";
    near_file(near) "there is a file `{near}`" "有文件 `{near}`";
    base_of(who, why) "`base` of {who} {why}" "{who} 的 `base` {why}";
    not_in_list_of_inputs(name) "{name} is not in the scenario's list of inputs" "{name} 不在情景的输入清单中";
    variant_no_table() "`variant` is not a table of variants" "`variant` 不是变体的表";
    write_variant() "write [variant.NAME], and its changes under it" "请写 [variant.NAME]，其下写改动";
    no_name_for_variant(name) "`{name}` is no name for a variant" "`{name}` 不能作变体名";
    name_of_letters() "a name has letters, digits, and any of . _ - between them" "名称由字母、数字以及其间的 . _ - 组成";
    variant_is_no_table(name) "the variant `{name}` is not a table" "变体 `{name}` 不是表";
    write_changes_under() "write its changes under a line [variant.NAME]" "请在 [variant.NAME] 行下写改动";
    grid_no_table() "`grid` is not a table of lists" "`grid` 不是由列表组成的表";
    write_grid()
        "write [grid], and a line key = [value, value] for each axis"
        "请写 [grid]，每个维度一行 key = [值, 值]";
    grid_made_otherwise() "a grid is made in another way" "网格的组合方式不对";
    how_full_or_zipped() "how = \"full\" or how = \"zipped\"" "how = \"full\" 或 how = \"zipped\"";
    axis_no_list(key) "`{key}` of the grid is not a list of values" "网格的 `{key}` 不是值的列表";
    write_values() "write [value, value], one at least" "请写 [值, 值]，至少一个";
    zipped_lists_long(lengths) "the lists of a zipped grid are {lengths} long" "逐项组合的各列表长度为 {lengths}";
    make_equally_long() "make them equally long" "请使其长度相等";
    grid_has_points(points) "the grid has {points} points" "网格有 {points} 个点";
    grid_at_most(most)
        "at most {most}; a design belongs to `sensitivity`"
        "不超过 {most} 个；更大的设计请用 `sensitivity`";
    no_such_variant(name) "there is no variant `{name}`" "没有变体 `{name}`";
    neither_variant_nor_grid()
        "the file has neither [variant.NAME] nor [grid]"
        "文件中既没有 [variant.NAME] 也没有 [grid]";
    there_are(names) "there are {names}" "有 {names}";
    no_mapped_column(columns)
        "none of the {columns} columns that the mapping names is in the table"
        "表中没有映射所列 {columns} 列中的任何一列";
    say_header_and_sheet()
        "`header_row = 3` under the table's name in the mapping says which line holds the names, `sheet = \"...\"` which sheet of a workbook; without them it is the first"
        "映射文件中该表名下的 `header_row = 3` 指明列名所在行，`sheet = \"...\"` 指明工作簿中的工作表；不写则取第一个";
    table_has_no_column(name) "the table has no column `{name}`" "表中没有列 `{name}`";
    needed_here() "it is needed here" "这里需要它";
    it_has(known) "it has {known}" "其中有 {known}";
    field_holds_sign(sign) "the field holds {sign}" "字段含有{sign}";
    leads_in_a_circle() "leads in a circle, or through more than 8 files" "形成循环，或经过超过 8 个文件";
    start_year_differs(start, nodes, year)
        "start_year is {start}, but {nodes} is of {year}"
        "start_year 为 {start}，但 {nodes} 的年份是 {year}";
    write_start_year(year, start)
        "write start_year = {year}, or name a table of {start}"
        "请写 start_year = {year}，或换用 {start} 年的表";
    provinces_without_preset(nodes)
        "the provinces of {nodes} are not those of China, and no preset is chosen for what the tables do not say"
        "{nodes} 中的省代码并非中国代码，而表中未给出的内容尚未选择预设";
    ages_without_preset(nodes)
        "{nodes} has no ages, and no preset is chosen for what the tables do not say"
        "{nodes} 没有年龄结构，而表中未给出的内容尚未选择预设";
    choose_preset()
        "`preset = \"china_2020\"` takes from China 2020: ages where there are none and of the outside, births and deaths by age, fiscal rules, what households do; world.vital_rates and [parameters] then say other"
        "写 `preset = \"china_2020\"` 即取自中国 2020 年：缺少的和区域外的年龄结构、分年龄生育和死亡率、财政规则与住户行为；随后可用 world.vital_rates 和 [parameters] 另行给出";
    ends_before_equals() "ends before its `=`" "在 `=` 之前就结束";
    something_for_equals() "has something else where `=` should be" "在应为 `=` 处是别的内容";
    the_override(found) "the override {found}" "改动{found}";
    expected_equals() "expected `=`" "应为 `=`";
    override_reads(key)
        "an override reads key=value, such as --set {key}=…"
        "改动写成 key=value，例如 --set {key}=…";
    key_takes(key, expected) "`{key}` takes {expected}" "`{key}` 取{expected}";
    override_without_value(key) "the override of `{key}` has no value" "对 `{key}` 的改动没有值";
    nothing_after_equals() "nothing after `=`" "`=` 之后没有内容";
    value_not_toml(key, what) "the value of `{key}` is not TOML: {what}" "`{key}` 的值不是 TOML：{what}";
    write_key_is(key, right) "write {key}={right}" "请写 {key}={right}";
    text_needs_quotes(key, bare)
        "text needs quotation marks, and the shell takes one pair away: --set '{key}=\"{bare}\"'"
        "文本需要引号，而命令行会去掉一层：--set '{key}=\"{bare}\"'";
    no_member_of(key) "the scenario has no `{key}` to change a member of" "情景没有可改动其成员的 `{key}`";
    no_members() "no members" "没有成员";
    one_member() "one member, [0]" "一个成员 [0]";
    members_from_to(n, last) "{n} members, [0] to [{last}]" "{n} 个成员，[0] 至 [{last}]";
    so_no_member(path, has, member) "`{path}` has {has}, so no [{member}]" "`{path}` 有{has}，因此没有 [{member}]";
    say_which_one(key) "say which one: {key}" "请指明是哪一个：{key}";
    array_members_have_keys(path)
        "`{path}` is an array, and only its members have keys"
        "`{path}` 是数组，只有其成员才有键";
    type_has_no_key(path, kind, key)
        "`{path}` is of type {kind}, so it has no key `{key}`"
        "`{path}` 是{kind}，因此没有键 `{key}`";
    type_is_no_array(path, kind, member)
        "`{path}` is of type {kind}, not an array, so it has no [{member}]"
        "`{path}` 是{kind}，不是数组，因此没有 [{member}]";
    member_number_missing() "the number of a member is missing or not a whole number" "缺少成员编号，或它不是整数";
    first_member_is_zero() "the first member of an array is [0], the second [1]" "数组的第一个成员是 [0]，第二个是 [1]";
    key_missing_here() "a key is missing here" "这里缺少一个键";
    path_is_keys_and_dots()
        "a path is keys joined by dots, such as policy.industry_transfer[0].payer; a key with other signs than letters, digits, _ and - goes in quotation marks"
        "路径由点号连接的键组成，例如 policy.industry_transfer[0].payer；含有字母、数字、_ 和 - 以外字符的键须加引号";
    until_before_from(until, from)
        "`until` is {until}, before `from` {from}"
        "`until` 为 {until}，早于 `from` {from}";
    last_year_not_before_first() "the last year of a policy is not before its first" "政策的最后一年不早于第一年";
    payer_shares(sum) "the shares of the payers add up to {sum}" "各付款方的份额合计为 {sum}";
    payer_shares_are_one()
        "county + city + prefecture + province + centre is 1"
        "county + city + prefecture + province + centre 等于 1";
    policy_begins_after_run(kind, from, last)
        "`{kind}` begins in {from}, and the run ends in {last}"
        "`{kind}` 从 {from} 年开始，而运行到 {last} 年结束";
    policy_ends_before_run(kind, until, first)
        "`{kind}` ends in {until}, before the first year that is run, {first}"
        "`{kind}` 到 {until} 年结束，早于运行的第一年 {first}";
    years_of_run_or_idle(first, last)
        "years from {first} to {last}; --allow-idle insists on a policy that cannot act"
        "{first} 至 {last} 年；如确要保留不起作用的政策，请加 --allow-idle";
    bounds_a_place_can_meet()
        "give bounds that a place can meet; --allow-idle insists on a policy that cannot act"
        "请给出有地点能满足的界限；如确要保留不起作用的政策，请加 --allow-idle";
    condition_asks_nothing() "the condition asks nothing of a place" "条件对地点没有任何要求";
    nothing_between(above, below)
        "nothing is at least {above} and at most {below}"
        "没有数既不小于 {above} 又不大于 {below}";
    share_of_places_is_none(share, nodes)
        "a share of {share} of {nodes} places is none"
        "{nodes} 个地点的 {share} 不足一个";
    several_are_called(codes, what, name) "{codes} {what}s are called `{name}`" "有 {codes} 个{what}叫 `{name}`";
    write_the_codes(codes) "write the code: {codes}" "请写代码：{codes}";
    no_node_has_the_tag(tag) "no node of the study area has the tag `{tag}`" "研究区域中没有节点带标签 `{tag}`";
    selector_chooses_none() "the selector chooses no node" "选择条件没有选中任何节点";
    node_meets_everything() "a node has to meet everything that the selector gives" "节点须满足选择条件给出的全部要求";
    there_are_such_as(known, some) "there are {known}, such as {some}" "共有 {known} 个，例如 {some}";
    both_set_lever(kind, i, other_kind, other_i, lever, place)
        "`{kind}[{i}]` and `{other_kind}[{other_i}]` both set `{lever}` of {place}"
        "`{kind}[{i}]` 与 `{other_kind}[{other_i}]` 都设定 {place} 的政策变量 `{lever}`";
    the_other_one() "the other one" "另一项";
    only_one_may_set()
        "only one policy may set this lever at a place; choose other places or years"
        "同一地点的这个政策变量只能由一项政策设定；请换地点或年份";
    more_not_shown(left, name) "... and {left} more in {name}, not shown" "... {name} 中另有 {left} 个，未显示";
    no_problems() "no problems" "没有问题";
    problems_counted(n) "{n} problems" "{n} 个问题";
    problems_in(count, name) "{count} in {name}" "{name} 中有 {count}";
    exactly_length(least) "exactly {least}" "恰好 {least}";
    length_from_to(least, most) "{least} to {most}" "{least} 至 {most}";
    length_at_least(least) "at least {least}" "至少 {least}";
    length_at_most(most) "at most {most}" "至多 {most}";
    not_above_least(least) "not above {least}" "不大于 {least}";
    not_below_most(most) "not below {most}" "不小于 {most}";
    words_or(start, end) "{start} or {end}" "{start} 或 {end}";
    one_of_words(words) "one of {words} words" "{words} 个词之一";
    true_or_false() "`true` or `false`" "`true` 或 `false`";
    array_of_tables() "an array of tables" "表的数组";
    array_of_arrays() "an array of arrays" "数组的数组";
    array_of(kind) "an array of {kind}s" "{kind}的数组";
    an_array() "an array" "数组";
    value_of_type(kind) "a value of type {kind}" "{kind}类型的值";
    services_twice() "services stand in the table twice" "表中的服务业出现两次";
    and_here() "and here" "以及这里";
    services_either_or()
        "either `employed_services` and `output_services_yuan`, or the same of business_services and local_services"
        "要么用 `employed_services` 和 `output_services_yuan`，要么用 business_services 与 local_services 的对应列";
    node_occurs_twice(id) "the node `{id}` occurs twice" "节点 `{id}` 出现两次";
    node_needs_own_id() "every node needs an id of its own" "每个节点须有自己的 id";
    table_has_no_node() "the table has no node" "表中没有节点";
    one_node_at_least() "a study area needs at least one node" "研究区域至少需要一个节点";
    table_has_nodes(nodes) "the table has {nodes} nodes" "表中有 {nodes} 个节点";
    run_holds_nodes(most)
        "a run holds at most {most} nodes, outside nodes included"
        "一次运行最多 {most} 个节点，含区域外节点";
    one_base_year_a_table(year) "{year}, one base year a table" "{year}，每张表只含一个基年";
    no_node_in_unit(code) "no node lies in a prefecture or province `{code}`" "没有节点位于地级市或省 `{code}`";
    remove_row_or_add_nodes() "remove the row, or add the nodes of the place" "请删去该行，或加入该地的节点";
    code_occurs_twice(code) "the code `{code}` occurs twice" "代码 `{code}` 出现两次";
    one_row_a_place() "one row a prefecture or province" "每个地级市或省一行";
    code_twice_in_year(code, year) "`{code}` occurs twice in {year}" "`{code}` 在 {year} 年出现两次";
    one_row_a_province_and_year() "one row a province and year" "每个省每年一行";
    no_row_of_province(province, year)
        "no row of the province `{province}` in {year}, the year of the census"
        "没有省 `{province}` 在普查年份 {year} 年的行";
    add_row_of_province() "add a row of the province and year" "请加入该省该年的行";
    origins_differ(residents, origins)
        "{residents} residents, but stayers and newcomers add up to {origins}"
        "常住人口 {residents}，而留居者与外来人口合计 {origins}";
    origins_add_up()
        "stayers_from_seat + stayers_from_village + newcomers_province + newcomers_other = residents"
        "stayers_from_seat + stayers_from_village + newcomers_province + newcomers_other = residents";
    more_talent_than_residents() "more talent than residents" "人才多于常住人口";
    at_most_residents(residents) "at most {residents}" "不超过 {residents}";
    residents_at_work(employed) "{employed} residents at work" "{employed} 名常住人口在业";
    node_has_residents(residents) "the node has {residents} residents" "该节点有 {residents} 名常住人口";
    ages_differ(residents, ages)
        "{residents} residents, but the age groups add up to {ages}"
        "常住人口 {residents}，而各年龄组合计 {ages}";
    all_ages_or_none() "give all 18 age columns, or none" "18 个年龄列要么全给，要么全不给";
    commuters_in_villages() "commuters live in villages" "通勤者居住在乡村";
    no_commuters_of_cities() "0 for a city or county seat" "城市或县城应为 0";
    lies_in_two(child, code, parent, one, other)
        "the {child} `{code}` lies in two {parent}s, `{one}` and `{other}`"
        "{child} `{code}` 属于两个{parent}：`{one}` 与 `{other}`";
    lies_in_one(child, parent) "a {child} lies in one {parent}" "一个{child}只属于一个{parent}";
    county_without_seat(county) "the county `{county}` has no city or county seat" "县 `{county}` 没有城区或县城";
    village_needs_seat() "every village needs the urban node of its county" "每个乡村都需要本县的城镇节点";
    two_nodes_of_a_kind(county) "the county `{county}` has two nodes of one kind" "县 `{county}` 有两个同类节点";
    finer_units()
        "one urban node and at most one village a county; give finer units codes of their own"
        "每县一个城镇节点，至多一个乡村节点；更细的单位请用自己的代码";
    fewer_registered_than_stay(registered, stayers)
        "{registered} persons are registered here, but {stayers} of them stay in the county"
        "户籍人口 {registered}，而其中留在本县的有 {stayers}";
    registered_at_least(column)
        "registered is at least the sum of {column} over the county"
        "registered 不小于全县 {column} 之和";
    province_without_outside(others)
        "{others} residents are registered in another province, but the study area has one province and nothing outside"
        "有 {others} 名常住人口户籍在其他省，而研究区域只有一个省，也没有区域外";
    name_outside()
        "name `outside = \"outside.csv\"` under [world], or add the provinces that they come from"
        "请在 [world] 下写 `outside = \"outside.csv\"`，或加入他们来自的省";
    county_without_others(newcomers, province)
        "{newcomers} residents are registered in another county of the province `{province}`, which has no other county here"
        "有 {newcomers} 名常住人口户籍在 `{province}` 省的其他县，而这里没有该省的其他县";
    count_as_newcomers_other()
        "count them as newcomers_other, with an outside to come from, or add the counties"
        "请计入 newcomers_other 并给出区域外，或加入那些县";
    nodes_have_yuan(yuan, what) "the nodes have {yuan} yuan of {what} together" "各节点的{what}合计 {yuan} 元";
    more_than_the_world(most)
        "at most {most}, more than the world makes in a year; is it in yuan?"
        "不超过 {most}，即全世界一年的产出；单位是元吗？";
    outside_adds_up_to(listed, found)
        "{listed} persons registered outside live in the area, but nodes.csv counts {found}"
        "户籍在区域外而住在本区域的有 {listed} 人，而 nodes.csv 计有 {found} 人";
    registered_in_area_adds_up()
        "registered_in_area adds up to the newcomers_other of nodes.csv, less those from other provinces of the area"
        "registered_in_area 之和等于 nodes.csv 的 newcomers_other，减去来自区域内其他省的人";
    outside_needs_own_id() "every node needs an id of its own, outside nodes too" "每个节点须有自己的 id，区域外节点也一样";
    reading_needs(table, gigabytes) "reading {table} needs {gigabytes} GB" "读取 {table} 需要 {gigabytes} GB";
    fewer_pairs(gigabytes) "{gigabytes} GB are available; state fewer pairs" "可用 {gigabytes} GB；请减少所列的对数";
    named_in_nodes(what) "every {what} named here stands in the table of nodes" "这里写到的每个{what}都在节点表中";
    pair_occurs_twice() "this pair occurs twice" "这一对出现两次";
    one_row_a_pair() "one row a pair" "每对一行";
    not_toml(what) "this is not TOML: {what}" "这不是 TOML：{what}";
    not_toml_open(what)
        "this is not TOML: the {what} that begins here does not end"
        "这不是 TOML：从这里开始的{what}没有结束";
    close_is_missing(close) "its `{close}` is missing" "缺少 `{close}`";
    key_without_value() "a key without a value" "有键而没有值";
    number_with_percent() "a number with a percent sign" "带百分号的数";
    shares_are_decimal() "shares are decimal numbers" "比例写成小数";
    write_this(what) "write {what}" "请写 {what}";
    comma_or_quote_missing() "a comma or a quotation mark is missing" "缺少逗号或引号";
    commas_and_quotes()
        "values in an array or inline table are separated by commas, and text goes in quotation marks"
        "数组或内联表中的值以逗号分隔，文本加引号";
    text_without_quotes() "text without quotation marks" "文本没有加引号";
    text_goes_in_quotes() "text goes in quotation marks" "文本须加引号";
    expected_this(what) "expected {what}" "应为{what}";
    half_width_sign(plain, wide)
        "outside of text, write `{plain}` instead of the full-width `{wide}`"
        "在文本之外，请用 `{plain}` 代替全角的 `{wide}`";
    write_or_code(right, value)
        "write {right}, or \"{value}\" if it is a code"
        "请写 {right}；如果是代码，请写 \"{value}\"";
    write_in_quotes(value) "write \"{value}\"" "请写 \"{value}\"";
    set_twice(what, name) "the {what} `{name}` is set twice" "{what} `{name}` 设定了两次";
    set_again_here() "set again here" "在这里再次设定";
    set_here_first() "set here first" "先在这里设定";
    keys_under_one_header()
        "put all keys of a table under one header; a table that may occur several times has double brackets, `[[…]]`"
        "同一个表的键都写在一个表头之下；可以多次出现的表用双方括号 `[[…]]`";
    keep_one_of_two() "keep one of the two" "两者保留其一";
    column_occurs_twice(name) "the column `{name}` occurs twice" "列 `{name}` 出现两次";
    second_time() "second time" "第二次";
    first_time() "first time" "第一次";
    column_once() "a column may occur once; rename or delete one of the two" "一列只能出现一次；请改名或删去其一";
    nothing_stands_here() "nothing stands here" "这里没有内容";
    unknown_column(name) "unknown column `{name}`" "未知的列 `{name}`";
    columns_of_table(columns) "the columns of this table are {columns}" "此表的列有 {columns}";
    columns_among(columns, more)
        "columns of this table with similar names are {columns}; it has {more} more"
        "此表中名称相近的列有 {columns}；另有 {more} 列";
    column_is_missing(column) "the column `{column}` is missing" "缺少列 `{column}`";
    header_has_no(column) "this header row has no `{column}`" "表头中没有 `{column}`";
    column_holds(column, expected) "`{column}` holds {expected}" "`{column}` 的内容为{expected}";
    means(name, meaning) "`{name}`: {meaning}" "`{name}`：{meaning}";
    nearest_column(near) "the nearest column there is `{near}`" "最接近的列是 `{near}`";
    lacks_the_key(table, key) "{table} lacks the key `{key}`" "{table}缺少键 `{key}`";
    missing_from_table(key) "`{key}` is missing from this table" "此表缺少 `{key}`";
    key_says_what(key, names) "`{key}` says what it is: {names}" "`{key}` 说明它是什么：{names}";
    no_key() "no key" "没有键";
    keys_counted(n) "{n} keys" "{n} 个键";
    needs_exactly_one(table, count) "{table} has {count}, but needs exactly one" "{table}有{count}，应恰好有一个";
    its_key_says_what(names) "its key says what it is: {names}" "其键说明它是什么：{names}";
    path_is_empty(path) "`{path}` is empty" "`{path}` 为空";
    has_characters(path, n) "`{path}` has {n} characters" "`{path}` 有 {n} 个字符";
    needs_characters(needed) "needs {needed} characters" "需要 {needed} 个字符";
    members_counted(n) "{n} members" "{n} 个成员";
    has_count_needs(path, count, needed)
        "`{path}` has {count}, but needs {needed}"
        "`{path}` 有{count}，应为 {needed}";
    needs_count(needed) "needs {needed}" "需要{needed}";
    path_holds_sign(path, sign) "`{path}` holds {sign}" "`{path}` 含有{sign}";
    delete_sign_of_text() "delete it; it steers a terminal and is no part of any text" "请删除；它会控制终端，不属于任何文本";
    too_large() "too large" "过大";
    path_must_be(path, found, expected)
        "`{path}` is {found}, but must be {expected}"
        "`{path}` 为 {found}，应为{expected}";
    cannot_be(path, word) "`{path}` cannot be \"{word}\"" "`{path}` 不能是 \"{word}\"";
    did_you_mean_text(near) "did you mean \"{near}\"?" "是否指 \"{near}\"？";
    not_one_of_its_words() "not one of its words" "不在可选词中";
    choose_one_of(words) "choose one of{words}" "可选：{words}";
    choose(names) "choose {names}" "可选 {names}";
    must_be_but_is(path, expected, found)
        "`{path}` must be {expected}, but is {found}"
        "`{path}` 应为{expected}，现为{found}";
    this_is(found) "this is {found}" "这是{found}";
    shell_takes_quotes()
        "the shell takes quotation marks away: put the override in single ones, --set '…'"
        "命令行会去掉引号：请给改动加单引号，--set '…'";
    at_top_level() "at the top level of the file" "在文件顶层";
    in_table(path) "in `{path}`" "在 `{path}` 中";
    unknown_key(what, key, place) "unknown {what} `{key}` {place}" "{place}有未知的{what} `{key}`";
    no_longer_parameter() "no longer a parameter" "已不再是参数";
    parameter_is_called(new) "it is called `{new}` now" "现名 `{new}`";
    no_longer_driver() "no longer a driver" "已不再是外生驱动";
    takes_no_keys() "it takes no keys" "它不含键";
    takes(keys) "it takes {keys}" "可用的键有 {keys}";
    takes_among(n, keys) "it takes {n} keys, among them {keys}" "可用的键有 {n} 个，其中有 {keys}";
    did_you_mean_any(near) "did you mean {near}?" "是否指 {near}？";
    not_here() "not here" "不在这里";
    belongs_to_top(key)
        "`{key}` belongs to the top level of the file, above the first header in brackets"
        "`{key}` 属于文件顶层，应写在第一个方括号表头之前";
    belongs_to(key, home)
        "`{key}` belongs to `{home}`; a key is read as part of the table whose header stands last above it"
        "`{key}` 属于 `{home}`；键归入其上最近一个表头的表";
    not_known_here() "not known here" "这里没有这个键";
    lacks(table, what, key) "{table} lacks the {what} `{key}`" "{table}缺少{what} `{key}`";
    add_a_table(full) "add a table `[{full}]`" "请加入表 `[{full}]`";
    add_inline_table(key) "add `{key} = { … }`" "请加入 `{key} = { … }`";
    add_key_taking(key, expected) "add `{key} = …`; it takes {expected}" "请加入 `{key} = …`；取{expected}";
    add_key(key) "add `{key} = …`" "请加入 `{key} = …`";
    the_file() "the file" "文件";
    write_unquoted(text) "write {text} without quotation marks" "请写 {text}，不加引号";
    put_in_brackets(written) "put it in brackets: [{written}]" "请放进方括号：[{written}]";
    write_whole(number) "write {number} without a decimal point" "请写 {number}，不带小数点";
    put_in_quotes(written) "put it in quotation marks: \"{written}\"" "请放进引号：\"{written}\"";
    double_brackets(path)
        "write `[[{path}]]` with double brackets: this table may occur several times"
        "请写双方括号 `[[{path}]]`：此表可以多次出现";
    single_brackets(path)
        "write `[{path}]` with single brackets: this table occurs once"
        "请写单方括号 `[{path}]`：此表只出现一次";
    one_field_and_header(line, width)
        "line {line} has 1 field, the header row has {width}"
        "第 {line} 行有 1 个字段，表头有 {width} 个";
    one_member_counted() "1 member" "1 个成员";
    one_problem() "1 problem" "1 个问题";
    problems_in_files(all, files) "{all}: {files}" "{all}：{files}";
    count_in(count, name) "{count} in {name}" "{name} 中有 {count} 个";
    integer_of(range) "an integer{range}" "整数{range}";
    number_of(range) "a number{range}" "数{range}";
    range_between(least, most) " from {least} to {most}" "（{least} 至 {most}）";
    range_one(limit) " {limit}" "（{limit}）";
    range_two(one, other) " {one} and {other}" "（{one}，{other}）";
    limit_above(limit) "above {limit}" "大于 {limit}";
    limit_below(limit) "below {limit}" "小于 {limit}";
    limit_of_at_least(limit) "of at least {limit}" "不小于 {limit}";
    word_or_option(one, other) "{one}, or {other}" "{one}，或{other}";
    level_error() "error" "错误";
    level_help() "help" "建议";
    level_note() "note" "说明";
    rates_stated_twice() "births and deaths are stated twice" "出生与死亡给定了两次";
    life_table_or_rates() "a life table of the scenario's own, or rates of provinces" "情景自有的生命表，或各省的比率";
    place_and_year_twice() "this place and year occur twice" "该地点与年份出现两次";
    one_row_a_place_and_year() "one row a place and year" "每个地点每年一行";
    no_row_of_the_area() "no row is of a province or county of the study area" "没有属于研究区域的省或县的行";
    leave_grades_out()
        "leave `transfer_grades` out of [world]: all counties then count in full"
        "请从 [world] 删去 `transfer_grades`：各县的需要便全额计入";
    place_has_two_grades()
        "this place has a grade already"
        "该地的档次已经给出";
    leave_leakage_out()
        "leave `deposit_leakage` out of [world]: `parameters.deposit_leakage` then holds everywhere"
        "请从 [world] 删去 `deposit_leakage`：各地便取 `parameters.deposit_leakage`";
    no_county_or_outside(place) "there is no county or outside node `{place}`" "没有县或区域外节点 `{place}`";
    place_in_nodes_or_outside()
        "every place named here stands in the table of nodes or of outside nodes"
        "这里写到的每个地点都在节点表或区域外表中";
    place_occurs_twice(place) "the place `{place}` occurs twice" "地点 `{place}` 出现两次";
    one_row_a_named_place() "one row a place" "每个地点一行";
    nodes_without_row(missing, first)
        "{missing} nodes have no row, `{first}` the first"
        "{missing} 个节点没有行，首先是 `{first}`";
    row_for_every_county() "one row for every county of the area and every outside node" "区域内每个县、每个区域外节点各一行";
    selector_is_empty(field) "`{field}` is empty: it says nothing of a place" "`{field}` 为空：没有指明地点";
    say_which_places(field, kind)
        "say which places, or leave `{field}` out for the usual places of `{kind}`"
        "请写明哪些地点，或删去 `{field}` 取 `{kind}` 的通常地点";
    no_rate_of_province(column, province)
        "no `{column}` of the province `{province}`, nor of the nation"
        "没有省 `{province}` 的 `{column}`，也没有全国的";
    add_row_or_nation(nation)
        "add a row of the province, or of the nation as `{nation}`"
        "请加入该省的行，或以 `{nation}` 表示全国的行";
    format_without_csv() "CSV is always written" "始终要写 CSV";
    write_both_formats()
        "write `format = [\"csv\", \"parquet\"]`: pages, comparisons and resumed runs read the CSV"
        "请写 `format = [\"csv\", \"parquet\"]`：网页、比较与续算都读取 CSV";
    no_parquet_in_build() "this build of the program does not write Parquet" "本程序构建时未包含 Parquet 输出";
    how_to_get_parquet()
        "build it with `cargo run --release --features parquet`; the Python module and the program of `scripts/dist.sh` have it"
        "请用 `cargo run --release --features parquet` 构建；Python 模块与 `scripts/dist.sh` 生成的程序已包含";
    no_checkpoint_named(said) "`{said}` names no checkpoint" "`{said}` 没有指明检查点";
    write_folder_and_year()
        "write the folder of a run and a year of it: `start_from = \"results/x@2028\"`"
        "请写运行的目录与其中的年份：`start_from = \"results/x@2028\"`";
    checkpoint_outside_run(year, start, years)
        "{year} is not a year before the end of a run of {years} years from {start}"
        "{year} 年不在从 {start} 年起 {years} 年运行的结束年份之前";
    years_count_from_start()
        "`run.years` counts from `run.start_year`, the years of the past included"
        "`run.years` 从 `run.start_year` 起算，包括既往年份";
    no_such_checkpoint(path) "there is no checkpoint {path}" "没有检查点 {path}";
    how_to_leave_checkpoints(years)
        "`shanhai run ... --checkpoint-every {years}` leaves one after {years} years"
        "`shanhai run ... --checkpoint-every {years}` 会在 {years} 年后留下检查点";
}
