//! Help of the command line: what `shanhai --help` says of every command and option, paragraph by paragraph.

use crate::message::{messages, texts};

messages! {
    help_usage(usage) "Usage: {usage}" "用法：{usage}";
    help_some_options() "[OPTIONS]" "[选项]";
    help_a_command() "<COMMAND>" "<命令>";
    help_list(before, last) "{before}, {last}" "{before}、{last}";
    help_value(name, meaning) "{name} ({meaning})" "{name}（{meaning}）";
    help_one_of(values) " [possible values: {values}]" "［可取 {values}］";
    help_default(value) " [default: {value}]" "［默认 {value}］";
    error_of_arguments(what) "error: {what}" "错误：{what}";
    no_such_argument(argument) "unexpected argument '{argument}' found" "没有 `{argument}` 这个参数";
    no_such_command(command) "unrecognized subcommand '{command}'" "没有 `{command}` 这个命令";
    argument_missing(arguments) "required arguments were not provided: {arguments}" "缺少必需的参数：{arguments}";
    command_missing() "a subcommand is required" "需要一个命令";
    value_missing(argument) "a value is required for '{argument}' but none was supplied" "`{argument}` 需要一个值，但没有给出";
    value_refused(argument, value) "invalid value '{value}' for '{argument}'" "`{argument}` 的值 `{value}` 无效";
    value_refused_for(argument, value, reason)
        "invalid value '{value}' for '{argument}': {reason}"
        "`{argument}` 的值 `{value}` 无效：{reason}";
    value_not_in_range(value, range) "{value} is not in {range}" "{value} 不在 {range} 之内";
    argument_not_utf8() "invalid UTF-8 was detected in one or more arguments" "参数中有不是 UTF-8 编码的文字";
    arguments_in_conflict(argument, other)
        "the argument '{argument}' cannot be used with {other}"
        "`{argument}` 不能与 {other} 同时使用";
    value_without_equals(argument) "equal sign is needed when assigning values to '{argument}'" "`{argument}` 的值须用等号给出";
    wrong_number_of_values(argument) "'{argument}' was given a wrong number of values" "`{argument}` 的值的个数不对";
    help_possible(values) "[possible values: {values}]" "可取 {values}";
    help_similar(near) "tip: a similar one exists: '{near}'" "是否指 `{near}`？";
    help_for_more() "For more information, try '--help'." "详情请用 `--help`。";
}

texts! {
    // Headings
    "Commands" "命令";
    "Arguments" "参数";
    "Options" "选项";

    // The program
    "An agent-based laboratory for urban-rural factor flows" "城乡要素流动的主体模拟实验室";
    "Workers, talent and capital projects move between cities, county seats and villages; policies change the rules of those flows, never their outcomes. A scenario is a TOML file beside the tables of a study area."
        "劳动者、人才与资本项目在城市、县城和乡村之间流动；政策改变流动的规则，而不直接规定结果。情景是一个 TOML 文件，与研究区域的表格放在一起。";
    "Language of messages and pictures; by the locale unless it is given" "信息与图表的语言；不给出时按系统区域设置";
    "A first hour: shanhai run scenarios/teaching/two_regions.toml a village and a city, in a second shanhai check scenarios/zhejiang/baseline.toml what the scenario holds and will need shanhai run scenarios/zhejiang/baseline.toml fifteen years of Zhejiang shanhai nodes scenarios/zhejiang/baseline.toml --tag mountain shanhai parameters every parameter, its source, how far to trust it shanhai run scenarios/zhejiang/baseline.toml --set parameters.review_rate_18_34=0.1 --out results/slow"
        "第一个小时：
  shanhai run scenarios/teaching/two_regions.toml         一个乡村、一座城市，一秒完成
  shanhai check scenarios/zhejiang/baseline.toml          情景的内容与所需资源
  shanhai run scenarios/zhejiang/baseline.toml            浙江十五年
  shanhai nodes scenarios/zhejiang/baseline.toml --tag mountain
  shanhai parameters                                      全部参数、来源与可信程度
  shanhai run scenarios/zhejiang/baseline.toml --set parameters.review_rate_18_34=0.1 --out results/slow";
    "Exit codes: 0 done, 1 the run failed, 2 the scenario or the arguments are wrong, 130 interrupted."
        "退出码：0 完成，1 运行失败，2 情景或命令行参数有误，130 被中断。";
    "Print help (see a summary with '-h')" "显示帮助（'-h' 为摘要）";
    "Print help (see more with '--help')" "显示帮助（'--help' 为全文）";
    "Print version" "显示版本";
    "Print this message or the help of the given subcommand(s)" "显示本说明或所给子命令的帮助";

    // Shared by many commands
    "Changes to the scenario, checked as if they stood in the file" "对情景的更改，如同写在文件中一样受检查";
    "Master seed (run.seed)" "主种子（run.seed）";
    "Years to simulate (run.years)" "模拟年数（run.years）";
    "Years to simulate" "模拟年数";
    "Persons that one agent stands for; 1 makes every person an agent (run.persons_per_agent)"
        "一个主体所代表的人数；取 1 则每人都是一个主体（run.persons_per_agent）";
    "Persons that one agent stands for" "一个主体所代表的人数";
    "Insist on policies that cannot act: years outside the run, conditions that nothing meets (run.allow_idle)"
        "保留不起作用的政策：年份在运行之外，或条件无处满足（run.allow_idle）";
    "Threads; 0 is one a core. They change no number" "线程数；0 为每核一个。不改变任何数字";
    "No progress and nothing printed; warnings and errors are told all the same" "不显示进度，也不打印结果；警告与错误照常给出";
    "Change any key in every run, by its dotted path, `[0]` for members of arrays, the value in TOML: --set run.years=5, --set 'title=\"A test\"'. Stands over other options; may be given several times"
        "在每次运行中更改任意键：以点号路径给出，数组成员用 `[0]`，取值按 TOML 书写，如 --set run.years=5，--set 'title=\"A test\"'。优先于其他选项；可多次给出";
    "Replace the results of an earlier run in the folder, and files that other options name; a file in the folder that is not ours stays"
        "替换文件夹中以前运行的结果，以及其他选项所指的文件；文件夹中不是本程序写的文件保留";
    "Also keep the results in this folder: the table, what its columns mean, and a manifest" "另把结果存入此文件夹：表格、各列的含义与运行清单";
    "Folder for the tables" "存放表格的文件夹";
    "Replace files that are there" "替换已有的文件";
    "Make warnings errors: levels of the tables and of the first world that are not plausible"
        "把警告当作错误：表格与初始世界中不合常理的水平";
    "Write report.html into the folder at the end: one page that opens without a network"
        "结束时在文件夹中写入 report.html：一个无需联网即可打开的页面";
    "The scenario file" "情景文件";
    "Scenario file" "情景文件";
    "Scenario files" "情景文件";
    "Runs are entered into a journal as they are done: after Ctrl-C or a kill the same command in the same folder goes on to the same bytes."
        "每完成一次运行即记入日志：按 Ctrl-C 或进程被终止后，在同一文件夹中重复同一命令即可继续，结果逐字节相同。";
    "A change that counts as a policy: off in the baseline. Repeatable" "视为政策的更改：在基准情景中关闭。可多次给出";
    "Probability with which an interval covers the truth" "区间覆盖真值的概率";

    // run, resume, check, nodes
    "Run a scenario and write its tables" "运行一个情景并写出表格";
    "Reads the scenario and its tables, says everything that is wrong with them, builds the first world from the base-year data and lives year after year; every identity of people, capital and money is checked in every year. Tables for pandas, R and Stata go to results/FOLDER-FILE (results/zhejiang-baseline for scenarios/zhejiang/baseline.toml); a summary of one screen goes to standard output. Equal scenarios and seeds give equal tables, byte for byte, for any number of threads."
        "读取情景及其表格，指出其中所有错误，由基年数据建立初始世界，然后逐年运行；人口、资本与资金的恒等式每年都受检查。供 pandas、R 与 Stata 使用的表格写入 results/文件夹-文件名（scenarios/zhejiang/baseline.toml 对应 results/zhejiang-baseline）；一屏摘要写到标准输出。情景与种子相同，则无论线程多少，表格逐字节相同。";
    "Ctrl-C finishes the year under way, keeps complete rows and notes the interruption in manifest.json. With --checkpoint-every the run can then be resumed (so can one that was killed) to the same bytes."
        "按 Ctrl-C 会完成当年、保留完整的行，并在 manifest.json 中记下中断。若给出 --checkpoint-every，则中断或被终止的运行可以继续，结果逐字节相同。";
    "The scenario file, or FILE#NAME for a variant that it makes of itself" "情景文件；FILE#NAME 表示该文件自带的一个变体";
    "Write a checkpoint every N years, from which `shanhai resume` goes on; 0 is none. --snapshot-every is its former name"
        "每 N 年写一个检查点，`shanhai resume` 可由此继续；0 为不写。旧名 --snapshot-every";
    "Go on with a run that was killed or interrupted" "继续一次被终止或中断的运行";
    "Takes the newest good checkpoint of the folder (`shanhai run --checkpoint-every N` writes them), cuts every table back to where it stood then, and goes on. The tables become the same bytes as if the run had never stopped. The checkpoint holds the scenario and the study area; a table that was changed since is refused, and so is a checkpoint with a single wrong bit."
        "取文件夹中最新的完好检查点（由 `shanhai run --checkpoint-every N` 写出），把每张表截回当时的位置，然后继续。所得表格与从未停止的运行逐字节相同。检查点内含情景与研究区域；此后改动过的表格会被拒绝，错一个比特的检查点也会被拒绝。";
    "There is no --set, --out or --force: what goes on is what stood in the folder. Another future of the same past is a run of its own (`run.start_from` in a scenario)."
        "没有 --set、--out 与 --force：继续的就是该文件夹中原有的运行。同一过去的另一种未来是另一次运行（情景中的 `run.start_from`）。";
    "The folder of the run" "该运行的文件夹";
    "Validate and explain a scenario without running it" "检查并说明一个情景，但不运行";
    "Reads the scenario and all its tables, reports every problem with file, line and what would be right, and then says what the run will be: nodes and people, what was scaled or could not be matched in the base-year data, and the agents, memory, disk and time to expect. It builds the first world with few agents to find out; nothing is written. The time to expect is that of as many threads as --threads says."
        "读取情景及其全部表格，逐一指出问题所在的文件与行，并说明正确写法；然后说明将要运行的内容：节点与人口，基年数据中哪些被缩放或未能匹配，以及所需的主体数、内存、磁盘与时间。为此只用少量主体建立初始世界；不写任何文件。所估时间按 --threads 给出的线程数计。";
    "List every unit, not only the largest residuals" "列出每个单位，而不只是残差最大者";
    "Find nodes by name, tier or tag" "按名称、层级或标签查找节点";
    "Lists the nodes of a scenario with id, tier, names, county and prefecture codes, residents and tags. All conditions must hold. Ids are what node selectors of policies take; codes of counties and prefectures and tags can be used there too."
        "列出情景的节点：编号、层级、名称、县与地级市代码、常住人口和标签。各条件须同时满足。政策的节点选择使用这里的编号，也可使用县、地级市代码和标签。";
    "Part of the id or of a name of node, county or prefecture, in Chinese or pinyin" "编号的一部分，或节点、县、地级市名称的一部分，中文或拼音";
    "city, county_seat, village or outside" "city（城市）、county_seat（县城）、village（乡村）或 outside（区域外）";
    "A tag, such as mountain; several must all be there" "标签，如 mountain；给出多个时须全部具备";
    "Code or name of a prefecture" "地级市的代码或名称";
    "Only the ids, one a line" "只列编号，每行一个";

    // new
    "Write a study area of China, or a commented scenario to start from" "写出中国的一个研究区域，或一个带注释的起始情景";
    "With an area (福建, fujian, 35, 350000, 厦门市, \"浙江省+江西省\", china) it writes a folder with the tables of the census, a baseline with stated drivers, a policy to start from and a README, all from data inside the program. With the name of a file that ends in .toml it writes a scenario that explains every part, valid as it stands if nodes.csv lies beside it."
        "给出区域（福建、fujian、35、350000、厦门市、\"浙江省+江西省\"、china）时，用程序内置数据写出一个文件夹：普查表格、给定驱动的基准情景、一项起始政策和 README。给出以 .toml 结尾的文件名时，写出一个逐项注释的情景；旁边有 nodes.csv 即可直接使用。";
    "Provinces, prefectures or `china`; or the .toml file to write" "省、地级市或 `china`；或要写出的 .toml 文件";
    "Census year of the area: 2020 or 2010" "区域的普查年份：2020 或 2010";
    "Folder of data to take instead of those inside the program (files of the same names)" "代替内置数据的数据文件夹（文件名相同）";
    "Folder to write into; of an area, its name in pinyin if absent" "写入的文件夹；不给出时，区域以其拼音为名";
    "The table of nodes, relative to the scenario file" "节点表，路径相对于情景文件";
    "Title of the scenario file" "情景文件的标题";

    // prepare
    "Turn county tables into the tables of a study area" "把县级表格整理为研究区域的表格";
    "County table of the census: CSV or workbook, in the layout of 2010 or 2020, or as a mapping says"
        "普查的县级表：CSV 或工作簿，版式同 2010 年或 2020 年，或按映射文件所述";
    "Print every column that can be used, with unit, meaning and what is done without it, and end" "列出可用的各列、单位、含义以及缺少时的做法，然后结束";
    "Mapping files: which columns of the tables hold what (may be given several times; the last one holds), or the name of one that comes with the program"
        "映射文件：表格中哪些列是什么（可多次给出，以最后一个为准），或程序自带映射的名称";
    "Print the mappings that come with the program, and end" "列出程序自带的映射，然后结束";
    "Facts that stand for ages and graduates where the census has none" "普查未载年龄与大学毕业人数时用以代替的数据";
    "Codes of units by year and what followed them (without it: those of China 1981 to 2025 in the program)"
        "各年的单位代码及其沿革（若无：取程序内中国 1981 至 2025 年的代码）";
    "Year the census must be of" "普查须为的年份";
    "Coordinates and area of units" "各单位的坐标与面积";
    "County output (without it, and without prefecture output: jobs times a wage level)" "县级产出（若无，且无地级市产出：就业人数乘以工资水平）";
    "Output published for other boundaries: columns group, published, unit" "按其他边界公布的产出：列 group、published、unit";
    "Prefecture output by sector" "地级市分行业产出";
    "Jobs and value added by industry of the nation (without it: the tables of 2010 and 2020 of the program)"
        "全国分行业就业与增加值（若无：取程序内 2010 年与 2020 年的表）";
    "Province output, to which units are scaled" "省级产出，各单位按此缩放";
    "Persons by province: columns origin_code, destination_code, persons" "分省人数：列 origin_code、destination_code、persons";
    "Counted people by place of origin and of residence, at any one level: columns origin, destination, persons"
        "按来源地与居住地统计的人口，级别不限但须一致：列 origin、destination、persons";
    "Registered population (needed where the census has none: 2020)" "户籍人口（普查未载时需要：2020 年）";
    "Minimum wages of 2018" "2018 年最低工资";
    "Mean wages by prefecture" "各地级市平均工资";
    "Disposable income by prefecture" "各地级市可支配收入";
    "Published urban and rural mean of the area, to which prefecture incomes are scaled" "区域公布的城镇与农村均值，各地级市收入按此缩放";
    "Tags: columns gb_code, tag (may be given several times)" "标签：列 gb_code、tag（可多次给出）";
    "Units that other tables have under a later code: columns gb_code, later_code, kind" "其他表中以后来代码列出的单位：列 gb_code、later_code、kind";
    "Units that join another one: columns from, into" "并入其他单位者：列 from、into";
    "Units whose output per head is believed though it is far from the others'" "人均产出虽与其他单位相差很远但仍予采信的单位";
    "Provinces of the area by code or name, or `all`" "区域所含的省，代码或名称，或 `all`";
    "Prefectures of the area by code or name" "区域所含的地级市，代码或名称";
    "Point that stands for the rest of the country" "代表全国其余地区的点";
    "Folder to write into" "写入的文件夹";
    "Rules of the construction" "构造规则";
    "Employed persons for ten persons of the long form" "长表每十人对应的就业人数";
    "Most employed per resident of 15 and over" "15 岁及以上常住人口中就业的最高比例";
    "Least employed of the long form per resident of 15 and over, relative to the province, that are believed"
        "长表 15 岁及以上人均就业可予采信的最低值，相对于全省";
    "Minimum wages that a village job outside farming makes at least, if the unit's mean is as much"
        "乡村非农岗位产出至少为最低工资的倍数（以单位均值达到者为限）";
    "Share of catering and culture jobs that serve visitors" "餐饮与文化就业中服务游客的份额";
    "Part of trade jobs that is wholesale at the nation's trade jobs a resident" "人均贸易就业为全国水平时，贸易就业中批发的部分";
    "Fall of the retail part of trade jobs with trade jobs a resident" "贸易就业中零售部分随人均贸易就业下降的程度";
    "Part of real estate's value added that is living in homes" "房地产增加值中属于居住的部分";
    "Fewest workers of a sector outside farming in a village" "乡村非农行业的最少就业人数";
    "Share of farm jobs in the village" "农业就业在乡村的份额";
    "Most of a village's workers that farm" "乡村劳动者中务农的最高比例";
    "Share of other village workers who work at the seat" "其余乡村劳动者中在县城工作的份额";
    "Output of a village worker outside farming, relative to the seat's" "乡村非农劳动者的产出，相对于县城";
    "Output of a farm job where none is published, yuan" "未公布时每个农业岗位的产出，元";
    "Factor within which published farm output per job is believed" "公布的每岗位农业产出可予采信的倍数范围";
    "Odds that a newcomer lives in the village, relative to residents" "外来者居住在乡村的优势，相对于常住人口";
    "Share of movers within the county who are villagers at the seat" "县内流动者中居住在县城的乡村户籍者的份额";
    "Most of the seat's stayers who are registered in the village" "县城本县户籍居民中乡村户籍者的最高比例";
    "Share of movers within the county who are townspeople in the village" "县内流动者中居住在乡村的县城户籍者的份额";
    "Most of the village's stayers who are registered at the seat" "乡村本县户籍居民中县城户籍者的最高比例";
    "Least share of registered people living elsewhere" "户籍人口中居住在外者的最低份额";
    "Most of a province's leavers who live inside it" "一省外出者中居住在省内的最高比例";
    "Odds ratio of tertiary education, urban to village" "受高等教育的优势比，城镇对乡村";
    "Fewest residents of a village node" "乡村节点的最少常住人口";
    "Share of a unit from which its village is a node of its own however small" "乡村人口占单位的比例达到此值时，无论多小都自成节点";
    "Fewest residents of a prefecture's remainder that are kept" "地级市剩余部分得以保留的最少常住人口";
    "Density at which the urban node's land is cut out, persons per km2" "划出城镇节点土地所用的人口密度，人/平方公里";
    "Most of a county's land that the urban node takes" "城镇节点所占县域土地的最高比例";
    "Growth of output from the base year to the year of the county figures" "从基年到县级数据年份的产出增长";
    "Elasticity of farm output per job in the wage level" "每岗位农业产出对工资水平的弹性";
    "Minimum wages of the base year over those of 2018" "基年最低工资与 2018 年之比";
    "Share of newcomers from the own province who come from the area" "本省外来者中来自本区域的份额";
    "Spread of the log employment rate of towns around their province; 0 gives towns and countryside one rate"
        "城镇就业率对数围绕本省的离散程度；取 0 则城镇与农村同一就业率";
    "The same of the countryside" "同上，农村";
    "Correlation of the two in a unit" "同一单位内二者的相关系数";
    "Urban residents from which a unit is a city" "城镇人口达到此数的单位为城市";
    "Part of service jobs that are business services where the census has one column" "普查仅列一栏服务业时，其中生产性服务业岗位的份额";

    // parameters, schema, policies
    "Print every parameter: symbol, default, range, unit, meaning, source and how far to trust it"
        "列出全部参数：符号、默认值、范围、单位、含义、来源与可信程度";
    "A scenario sets a parameter under `[parameters]`; on the command line it is --set parameters.KEY=VALUE. The word at the end says how far the default can be trusted: read (in the paper or data release), second-hand, recalled (check before quoting), computed, or assumed (a design choice that waits for calibration)."
        "情景在 `[parameters]` 下设置参数；命令行写 --set parameters.KEY=VALUE。行末的词说明默认值的可信程度：原文（见于论文或数据发布）、转引、凭记忆（引用前请核对）、计算或假设（设计选择，有待校准）；`--csv` 与 `--markdown` 中依次写作 read、second-hand、recalled、computed、assumed。";
    "Only parameters whose key, symbol or meaning contains this word" "只列键、符号或含义中含此词的参数";
    "As a Markdown table" "输出为 Markdown 表格";
    "As CSV" "输出为 CSV";
    "Print the JSON Schema of a scenario file" "输出情景文件的 JSON Schema";
    "Editors that know TOML (Tombi, Even Better TOML) read it from the first line of a scenario, `#:schema ../schema.json`, and then complete keys, show units and ranges, and underline mistakes. The same schema is what `check` and `run` hold a scenario against; scenarios/schema.json is this text."
        "支持 TOML 的编辑器（Tombi、Even Better TOML）从情景首行 `#:schema ../schema.json` 读取它，从而补全键名、显示单位与范围、标出错误。`check` 与 `run` 也按同一模式检查情景；scenarios/schema.json 即此文本。";
    "Print every kind of policy: purpose, fields with unit and range, levers, payer, mechanisms, an example"
        "列出各类政策：目的、字段及单位与范围、政策变量、付款方、机制与示例";
    "A scenario switches a policy on with [[policy.KIND]]; the same kind may occur several times. Fields that are not written keep their default."
        "情景用 [[policy.KIND]] 启用政策；同一类可出现多次。未写出的字段取默认值。";
    "Only this kind, in full; without it, one line a kind" "只列此类，完整列出；不给出时每类一行";
    "All kinds in full" "完整列出所有类别";

    // compare, sensitivity, merge
    "Compare a scenario with itself without its policies, and scenarios with each other." "比较一个情景有无其政策的结果，以及情景之间的结果";
    "The same replicate number draws the same luck in every arm, so differences are paired. The printed page shows winners and losers side by side, the cost and who paid; the folder holds every number."
        "相同的重复编号在各组中抽取相同的随机数，因此差异是配对的。打印的页面并列受益者与受损者、成本及由谁承担；文件夹中有全部数字。";
    "Scenario files. A file with tables `variant.NAME` or `grid` stands for itself and all its variants, FILE#NAME for one"
        "情景文件。含 `variant.NAME` 或 `grid` 表的文件代表自身及其全部变体，FILE#NAME 代表其中一个";
    "Runs of each arm, each with its own luck" "每组的运行次数，各用自己的随机数";
    "Run only this replicate, which gives the same bytes as within the whole" "只运行这一次重复，所得与整体中的逐字节相同";
    "Compare every scenario with every other; without it each is held against the first" "两两比较所有情景；不给出时各与第一个比较";
    "Also run each policy alone, and all others without it" "另外单独运行每项政策，以及去掉它的其余全部";
    "Also share the effect out over the orders in which policies can enter (Shapley)" "另按政策进入的各种次序分摊效应（Shapley）";
    "Orders drawn when there are more than six policies" "政策多于六项时抽取的次序数";
    "Also run baselines with luck of their own, and say how much shared luck narrows the intervals"
        "另用独立随机数运行基准情景，并说明共同随机数使区间缩窄多少";
    "The assumed size of a policy, at which what households gain is to pay what it costs: `--break-even policy.service_equalisation[0].floor_share=0.5..0.9`"
        "某项政策的假设规模，求使住户收益恰好抵补成本的值：`--break-even policy.service_equalisation[0].floor_share=0.5..0.9`";
    "Take over runs of the same comparison that were made elsewhere, by --replicate: one folder. Repeatable"
        "取用在别处以 --replicate 完成的同一比较的运行：一个目录，可重复给出";
    "Kind of interval" "区间的类型";
    "Folder of the results; results/NAME_compare if not given" "结果文件夹；不给出时为 results/NAME_compare";
    "Run a scenario over a design of parameters: which of them matter, and which effects of policies survive them."
        "按参数设计运行情景：哪些参数重要，哪些政策效应仍然成立";
    "Members are entered into a journal as they are done; the same command in the same folder goes on with a run that was killed, and a run that did not finish may go on with more or fewer trajectories or points, because a longer Morris or Sobol design begins with the shorter one. Parts run with --shard or --job are put together with `merge`."
        "每完成一个参数组合即记入日志；在同一文件夹中重复同一命令可继续被终止的运行。未完成的运行可改用更多或更少的轨迹或点继续，因为较长的 Morris 或 Sobol 设计以较短者开头。用 --shard 或 --job 分开运行的部分由 `merge` 合并。";
    "`assumed` for all that the parameter table marks as assumed, keys, or key=low..high, with commas between"
        "`assumed` 为参数表中标为假设的全部参数；也可写键名，或 key=low..high，以逗号分隔";
    "morris, sobol, lhs, or a table of rows FILE.csv" "morris、sobol、lhs，或按行给出的表 FILE.csv";
    "Trajectories of a Morris design" "Morris 设计的轨迹数";
    "Base points of a Sobol design (a power of two), points of a Latin hypercube" "Sobol 设计的基点数（2 的幂），拉丁超立方的点数";
    "Runs of each arm of a member, each with its own luck, the same in all members" "参数组合各组的运行次数，各用自己的随机数，所有参数组合相同";
    "Runs of each arm with the scenario's own parameters, against which the signs of all members are held; as many as --replicates if not given"
        "以情景自身参数运行各组的次数，各参数组合的符号与之比较；不给出时同 --replicates";
    "Seed of the design and of resampling; runs draw from the scenario's own seed" "设计与重抽样的种子；运行本身用情景的种子";
    "Only this member" "只运行此参数组合";
    "Only the i-th of n parts, from 1" "只运行 n 部分中的第 i 部分，从 1 起";
    "Folder of the results; results/NAME_sensitivity if not given" "结果文件夹；不给出时为 results/NAME_sensitivity";
    "Also write the tables that a referee asks for as a page (docs/sensitivity.md is such a page); between the lines begin:sensitivity and end:sensitivity, in comment marks, if the file has them"
        "另把审稿人所需的表格写成页面（如 docs/sensitivity.md）；文件中若有注释形式的 begin:sensitivity 与 end:sensitivity 两行，则写在其间";
    "Put the parts of a sensitivity design together." "合并敏感性设计的各部分";
    "Proves that all parts are of one design and that every member is there exactly once; what is missing or there twice is named. The tables are the same bytes as those of a design run in one piece."
        "确认各部分属于同一设计，且每个参数组合恰好出现一次；缺失或重复者会被指出。所得表格与一次运行整个设计逐字节相同。";
    "Folders of the parts" "各部分的文件夹";
    "Folder of the whole; results/NAME_sensitivity if not given" "合并后的文件夹；不给出时为 results/NAME_sensitivity";
    "Also write the tables that a referee asks for as a page, as `sensitivity --evidence` does" "另把审稿人所需的表格写成页面，同 `sensitivity --evidence`";

    // backtest, calibrate, bench, moments
    "Run the model from a census and score it against a later one" "从一次普查出发运行模型，并以后一次普查评分";
    "Without --targets the predictions of every unit are written all the same, so that anybody can score them. The shipped scenario has 1,000 persons an agent: about a minute and 1 GB a replicate on two cores."
        "不给出 --targets 时仍写出各单位的预测，任何人都可自行评分。随附情景每个主体代表 1,000 人：两核上每次重复约一分钟、1 GB。";
    "The scenario, such as scenarios/china/backtest_2010_2020.toml" "情景，如 scenarios/china/backtest_2010_2020.toml";
    "Births and deaths a head by province and year, which those of the run are scored against (columns as of world.vital_rates, which the scenario then may not name)"
        "分省分年的出生率与死亡率，用以检验运行结果（列同 world.vital_rates，此时情景中不得写该键）";
    "Counts of the later census: columns unit, codes_2010, population_2020 (may be given several times, or separated by commas)"
        "后一次普查的人数：列 unit、codes_2010、population_2020（可多次给出，或以逗号分隔）";
    "Counts of the later census: columns unit, codes_2010, population_2020" "后一次普查的人数：列 unit、codes_2010、population_2020";
    "Runs with luck of their own; predictions are their mean" "各用自己随机数的运行次数；预测为其均值";
    "Folder for backtest.csv" "存放 backtest.csv 的文件夹";
    "Also write the terms of the law as a province of the scenario needs them (`world.migration` of its own scenario), for the province that --of names"
        "另按 --of 所指省份写出迁移规律各项，供该省自己的情景使用（其 `world.migration`）";
    "Code of that province, and the id of the outside node of its scenario" "该省的代码，以及其情景中区域外节点的编号";
    "Also write what the model is fitted on, predicts and misses as a page (docs/evidence.md is such a page)"
        "另把模型的拟合对象、预测与偏差写成页面（如 docs/evidence.md）";
    "Fit numbers of a scenario: any keys to what runs print, or terms of the law of migration to a later census"
        "拟合情景中的数值：使任意键的取值贴合运行结果应有的数，或用后一次普查拟合迁移规律各项";
    "Example, a parameter fitted to an urban share; a target is an indicator of the area or a cell of any table of a run: shanhai calibrate scenarios/zhejiang/baseline.toml --set run.persons_per_agent=2000 --parameters review_rate_18_34=0.05..0.2 --target share_urban@2024=0.755~0.003"
        "示例：按城镇化率拟合一个参数；目标是全区域的一个指标，或一次运行任一表格的一个单元格：
  shanhai calibrate scenarios/zhejiang/baseline.toml --set run.persons_per_agent=2000
    --parameters review_rate_18_34=0.05..0.2 --target share_urban@2024=0.755~0.003";
    "Example, the terms of the shipped law, judged on every province by a fit that has not seen it: shanhai calibrate scenarios/china/backtest_2010_2020.toml --targets scenarios/china/census_2020_robust.csv --leave-one-province-out --parameters reversion=-0.5:1.5,wage=-1.5:1.5,thickness=-1:1,mining=-1:1,crowding=-1.5:1.5, skills=-1:1,size=-1:1,city=-1:2,convergence=-1:0.5"
        "示例：随附迁移规律的各项，每省都由未见过该省的拟合来评判：
  shanhai calibrate scenarios/china/backtest_2010_2020.toml
    --targets scenarios/china/census_2020_robust.csv --leave-one-province-out
    --parameters reversion=-0.5:1.5,wage=-1.5:1.5,thickness=-1:1,mining=-1:1,crowding=-1.5:1.5,
      skills=-1:1,size=-1:1,city=-1:2,convergence=-1:0.5";
    "A target that is met by fitting is no evidence for the model. Runs and predictions are entered into a journal as they are made: after Ctrl-C or a kill the same command in the same folder goes on to the same bytes."
        "靠拟合达到的目标不能作为模型可信的证据。每次运行或预测完成即记入日志：按 Ctrl-C 或进程被终止后，在同一文件夹中重复同一命令即可继续，结果逐字节相同。";
    "What runs should print, such as share_urban@2030=0.75~0.005 or 'nodes.residents@2030[node=331121v]=500000': an indicator of the area or a column of a table, year, row, value, standard error (may be given several times)"
        "运行结果应有的数，如 share_urban@2030=0.75~0.005 或 'nodes.residents@2030[node=331121v]=500000'：全区域的一个指标或表中一列、年份、行、目标值、标准误（可多次给出）";
    "What is free, with bounds. With --target parameters and paths of any number of the scenario, such as `policy.hukou_reform[0].access_workers=0.3..0.9`; with --targets reversion, wage, thickness, mining, crowding, skills, size, city, convergence, age_35_54, age_others, converts"
        "可变的数值及其界限。用 --target 时为参数，或情景中任一数值的路径，如 `policy.hukou_reform[0].access_workers=0.3..0.9`；用 --targets 时为 reversion、wage、thickness、mining、crowding、skills、size、city、convergence、age_35_54、age_others、converts";
    "Most steps of a fit to --target; each makes two runs a parameter and four more" "对 --target 拟合的最多步数；每步对每个参数运行两次，另加四次";
    "Also fit on all provinces but one, for every province, and score what these fits predict of the province that they have not seen (closed form; residents and, where counted, newcomers)"
        "另外逐省留出：用其余各省拟合，并对未见过的该省预测评分（解析解；常住人口，有统计时还有外来人口）";
    "Where predictions of a census come from" "普查人数预测的来源";
    "Runs of a point, or of a prediction with --method agents, each with its own luck, the same at every point"
        "每个取值点的运行次数；以主体模拟作预测时，为每次预测的运行次数；各次用自己的随机数，各点相同";
    "Write the scenario with the fitted values, beside the scenario itself (tables are named relative to it); a fit to --target writes a file on top of the scenario with the values as its variant `fitted`"
        "写出带拟合值的情景，与原情景放在一起（表格路径相对于情景）；对 --target 的拟合写出以原情景为底的文件，拟合值为其变体 `fitted`";
    "Folder of the results; results/NAME_calibrate if not given" "结果文件夹；不给出时为 results/NAME_calibrate";
    "Write report.html into the folder at the end: maps of signed error by unit, and the same in tables"
        "结束时在文件夹中写入 report.html：各单位带符号误差的地图及相应表格";
    "For the page, run agents in full under the terms of so many fits that leave out one province, those first whose terms change most; two replicates each, which are not kept in the journal"
        "为页面所用：按这么多个逐省留出的拟合各项完整运行主体，先取各项变化最大者；每个两次重复，不记入日志";
    "Years" "年数";
    "Measure the pace of this machine" "测量本机的速度";
    "Runs a scenario with about as many agents as asked, at each number of threads, and prints the time of a year by phase, agent-years a second, bytes an agent, and the floor: the time to read and write the same agents once and do nothing. The hash of the last state is the same at every number of threads."
        "以大致所求的主体数、在各线程数下运行情景，输出一年各阶段的时间、每秒主体·年数、每主体字节数，以及下限：把同样的主体读写一遍而什么也不做的时间。末状态的哈希在各线程数下相同。";
    "Agents, about: the weight of an agent is the whole number that comes nearest" "主体数的约数：每个主体的权重取最接近的整数";
    "Numbers of threads, each of them measured: here they are the question, so this is a list without 0" "逐一测量的线程数：此处线程数就是所测的对象，故为列表，不含 0";
    "A file for the table as CSV" "把表格写成 CSV 的文件";
    "A file for a picture: time against agents, cost against nodes" "图的文件：时间对主体数，成本对节点数";
    "Print what the model says beside what is known, row by row" "逐行并列模型结果与已知事实";
    "Each row makes the runs that it needs from the shipped scenarios and judges its numbers by stated bands; what a row misses is measured again with one channel of the model off at a time. All rows take about ten minutes on two cores."
        "每行用随附情景作所需的运行，并按给定的区间评判；未达到者逐一关闭模型的一个渠道后重新测量。全部各行在两核上约需十分钟。";
    "These rows alone, such as services or spending (may be given several times, or separated by commas)"
        "只作这些行，如 services 或 spending（可多次给出，或以逗号分隔）";
    "Folder of the shipped scenarios" "随附情景的文件夹";
    "Write the rows between their marks into this page too (docs/evidence.md is such a page)" "另把各行写入此页面的标记之间（如 docs/evidence.md）";
    "Write the rows as comma-separated values too" "另把各行写成 CSV";
    "Do not measure again with channels off what is not met" "未达到者不再关闭渠道重新测量";

    // verify, mechanisms, replay, report
    "Holds the engine against closed forms of the literature: the same phases, agents and tables as a run, with modules switched off through scenario keys"
        "以文献中的解析解检验模型：阶段、主体与表格同普通运行，通过情景的键关闭部分模块";
    "Cases by name or number; all if none is named" "算例的名称或编号；不给出则为全部";
    "Parameter of a case, such as sigma=5; the closed form is solved anew for it" "算例的参数，如 sigma=5；解析解按此重新求解";
    "Agents of each scenario; tolerances follow" "每个情景的主体数；容差随之而定";
    "Lists the cases, their parameters, and what is not covered" "列出各算例、其参数以及未覆盖的内容";
    "Adds what takes minutes: sixteen times the agents, and how errors fall with them" "增加需时数分钟的部分：主体增至十六倍，以及误差如何随之下降";
    "Runs each case with a wrong parameter instead: every case must fail" "改用错误参数运行各算例：每个算例都必须不通过";
    "Keeps the scenarios in a folder, where plain `run` reproduces them" "把情景保存在文件夹中，可用 `run` 重现";
    "Writes the comparisons as CSV" "把比较写成 CSV";
    "Writes the comparisons as JSON" "把比较写成 JSON";
    "Prints the page of the documentation" "输出文档页面";
    "Switch every mechanism on alone and see whether its own channel moves" "逐一单独启用各机制，看其自身渠道是否变动";
    "Each runs on the shipped tables of Zhejiang at default parameters, against the same years without it and under the same luck. All 41 take about two minutes on two cores. With --page the table of a page such as docs/mechanisms.md is renewed between its marks."
        "各机制以默认参数在随附的浙江表格上运行，与没有它的同样年份、在同样的随机数下比较。全部 41 项在两核上约需两分钟。给出 --page 时更新页面（如 docs/mechanisms.md）标记之间的表格。";
    "The baseline" "基准情景";
    "Only these (commas between): M05,M20" "只作这些（以逗号分隔）：M05,M20";
    "Pairs of runs, each with its own luck" "成对运行的次数，各用自己的随机数";
    "Renew the table of this page" "更新此页面的表格";
    "Run published causal studies on the model and hold what their estimators find against what was published"
        "在模型上重做已发表的因果研究，并把所得估计值与发表结果对照";
    "A study is a TOML file: place, treated and untreated units, the policy with its published size, the estimator, the published estimate. Both worlds run under the same luck, with the policy and without; the estimator is applied to each. All shipped studies take about half an hour on two cores: six of them run all of China."
        "研究是一个 TOML 文件：地点、处理组与对照组单位、政策及其发表的力度、估计量、发表的估计值。两个世界在同样的随机数下运行，有政策与无政策；对各自应用估计量。全部随附研究在两核上约需半小时：其中六项运行全国。";
    "Files of studies; all of the folder `studies` if none is given" "研究文件；不给出则为文件夹 `studies` 中的全部";
    "Only studies whose name holds one of these words (commas between)" "只作名称含其中一词的研究（以逗号分隔）";
    "Runs of each world, in place of what the studies say" "每个世界的运行次数，代替研究所写";
    "Persons that one agent stands for, in place of what the studies say" "一个主体所代表的人数，代替研究所写";
    "Also write the page (docs/replays.md is such a page)" "另写出页面（如 docs/replays.md）";
    "Also write the panels that the estimators read" "另写出估计量所用的面板";
    "Write one offline page that shows results" "写出一个展示结果的离线页面";
    "Takes the folder of a run, of several runs, of a comparison or of a backtest (maps of its errors), and writes one HTML file that opens from disk without a network. Runs of one scenario are drawn as a line with a band; runs of different scenarios as differences from the first."
        "读取一次运行、多次运行、一次比较或一次回测（其误差的地图）的文件夹，写出一个无需联网即可打开的 HTML 文件。同一情景的多次运行画成带区间的线；不同情景的运行画成与第一个的差异。";
    "Result folders, of runs or comparisons, or one of a backtest" "运行或比较的结果文件夹，或一个回测的结果文件夹";
    "Boundaries of counties or prefectures as GeoJSON, to colour them by residents, income and output; none are shipped"
        "县或地级市边界的 GeoJSON，按常住人口、收入与产出着色；程序不附带边界";
    "Property of each area of --map that holds its code" "--map 中各区域存放其代码的属性";
    "The page to write; report.html in the first folder if not given" "要写出的页面；不给出时为第一个文件夹中的 report.html";
    "Write the main figures as SVG files into this folder as well, in the language of --language" "另把主要图形以 SVG 写入此文件夹，语言同 --language";
    "Replace files that are there. The page of a result folder, report.html in it, is replaced anyway"
        "替换已有的文件。结果文件夹自身的页面 report.html 总会被替换";
    "Table with coordinates of the nodes, for results without places.csv" "节点坐标表，用于没有 places.csv 的结果";

    // completions, man
    "Print a script with which a shell completes commands and options" "输出供 shell 补全命令与选项的脚本";
    "For instance `shanhai completions bash > ~/.local/share/bash-completion/completions/shanhai`, or `shanhai completions fish > ~/.config/fish/completions/shanhai.fish`."
        "例如 `shanhai completions bash > ~/.local/share/bash-completion/completions/shanhai`，或 `shanhai completions fish > ~/.config/fish/completions/shanhai.fish`。";
    "The shell" "shell 的名称";
    "Print the manual page, or write a page for each command" "输出手册页，或为每个命令写一页";
    "`shanhai man | man -l -` shows it; `shanhai man --out ~/.local/share/man/man1` makes `man shanhai` and `man shanhai-run` work."
        "`shanhai man | man -l -` 可显示；`shanhai man --out ~/.local/share/man/man1` 之后可用 `man shanhai` 与 `man shanhai-run`。";
    "A folder for all pages, made if it is not there" "存放全部页面的文件夹，没有则新建";

    // Values of options
    "English" "英文";
    "Student's t interval of the mean paired difference" "配对差异均值的 t 置信区间";
    "Percentile interval of 1000 resamples of the replicates" "对重复作 1000 次重抽样的百分位置信区间";
    "The law in closed form: exact expectations, a second a fit" "迁移规律的解析解：精确期望，每次拟合一秒";
    "Full agent runs with common draws: minutes a fit" "用共同随机数的完整主体运行：每次拟合数分钟";
}

/// The English texts of help that have a row.
#[cfg(all(test, feature = "cli"))]
pub(crate) fn help_texts() -> impl Iterator<Item = &'static str> {
    TEXTS.iter().map(|row| row.english)
}
