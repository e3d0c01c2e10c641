//! What the model is held against: closed forms, mechanisms, moments, the pace of a machine. The pages of the documentation
//! are printed from the same words, in English.

use crate::message::{messages, texts};

messages! {
    head_case() "case" "算例";
    head_what() "what" "比较项";
    head_expected() "expected" "解析解";
    head_obtained() "obtained" "模型值";
    head_tolerance() "tolerance" "容差";
    head_result() "result" "结果";
    passes() "pass" "通过";
    fails() "FAIL" "未通过";
    comparisons_made(rows, failed) "{rows} comparisons, {failed} failed" "比较 {rows} 项，未通过 {failed} 项";
    not_covered_here() "Not covered here:" "此处未覆盖：";
    case_not_covered(what, why) "{what}: {why}" "{what}：{why}";
    head_scenario() "scenario" "情景";
    head_threads() "threads" "线程";
    head_agents_a_second() "agents/s" "主体/秒";
    head_floor() "floor" "下限";
    head_times_floor() "x floor" "下限倍数";
    head_bytes() "bytes" "字节";
    head_hash() "hash" "哈希";
    mechanisms_head(command)
        "Printed by `{command}`. Each mechanism is switched on alone, with the size of its scenario file, on the shipped tables at default parameters. The channel is the mean over the years; noise is the larger of the standard error of the paired difference over replicates and of what a policy of nothing adds. **Acts**: the channel moves in its direction beyond three times the noise; **dead**: it does not. Output (of the area, last year) may have either sign and is no criterion. Cost is what the policy pays. Where the channel is an assumed gain, **break-even** is the part of it that pays the cost: the cost of a year over the output that it adds in the last; without a cost or a gain in output it says that the gain is assumed."
        "由 `{command}` 输出。各机制以其情景文件中的力度、在随附表格与默认参数下单独启用。渠道为各年均值；噪声取重复间配对差异的标准误与空政策所致变化二者中较大者。**起作用**：渠道沿所称方向的变动超过噪声的三倍；**不起作用**：未超过。产出（全区域，末年）可正可负，不作判据。成本为政策的支出。渠道为假设收益者，**盈亏平衡**为抵补成本所需的收益份额：一年的成本除以末年增加的产出；没有成本或产出没有增加者注明收益为假设。";
    mechanisms_counted(acts, dead, reversed)
        "{acts} act, {dead} dead, {reversed} reversed."
        "{acts} 项起作用，{dead} 项不起作用，{reversed} 项方向相反。";
    mechanisms_columns()
        "| id | mechanism | lever or hook | channel | without | with the policy | noise | state | output, bn yuan | cost, yuan a head | break-even |"
        "| 编号 | 机制 | 政策变量或入口 | 渠道 | 无政策 | 政策所致变化 | 噪声 | 状态 | 产出，亿元 | 成本，元/人 | 盈亏平衡 |";
    in_billions(number) "{number} bn" "{number} 亿";
    in_small_millions(number) "{number} m" "{number} 万";
    gain_assumed() "assumed gain" "收益为假设";
    channel_moves(channel, way) "{channel} ({way})" "{channel}（{way}）";
    moments_head(command)
        "## Moments\n\nPrinted by `{command}`; do not edit. What the model says beside what is known, with the band in which a number is met. *Fitted* says whether anything was set with the number in view. Numbers without a band are reported. `shanhai moments --only ROW` prints one row."
        "## 矩\n\n由 `{command}` 输出，请勿修改。模型结果与已知事实并列，并给出视为相符的区间。“曾拟合”一栏说明是否有参数参照该数设定。没有区间的数字只作报告。`shanhai moments --only ROW` 只输出一行。";
    moments_met(rows, met) "Of {rows} rows with a verdict {met} are met." "{rows} 行有判定，其中 {met} 行相符。";
    moments_columns() "| row | question | moments met | verdict |" "| 行 | 问题 | 相符的矩 | 判定 |";
    met_of(met, judged) "{met} of {judged}" "{met}/{judged}";
    moment_columns()
        "| quantity | area | year | unit | model | fact | band | verdict | fitted |"
        "| 量 | 区域 | 年份 | 单位 | 模型 | 事实 | 区间 | 判定 | 曾拟合 |";
    sources_are(sources) "Sources: {sources}." "来源：{sources}。";
    why_not_met(why) "Why: {why}" "原因：{why}";
    channels_off() "Not met; with one channel off at a time:" "不相符；逐一关闭一个渠道：";
    head_off() "off" "关闭";
}

texts! {
    "needs policies; the hook is `overrides` of a bench" "需要政策；入口为测试台的 `overrides`";
    "tested with the checkpoints themselves" "随检查点一同测试";
    "C13 zero-intensity policy" "C13 力度为零的政策";
    "C13 checkpoint at t, resume" "C13 在 t 年写检查点并继续";

    // Closed forms
    "Core and periphery: break and sustain points, replicator dynamics" "核心与边缘：突破点与维持点，复制者动态";
    "A service that does not travel" "不可贸易的服务";
    "Solow: the path to balanced growth" "Solow：趋向平衡增长的路径";
    "Capital logit and equalisation of returns" "资本的 logit 配置与回报均等化";
    "A wage curve around a norm: three cells of one province" "围绕基准的工资曲线：一省三个单元";
    "Pay that is known: a town, its village, a refinery and a poor town of one prefecture"
        "已知报酬：同一地级市的一座城镇、其乡村、一家炼油厂和一座贫困城镇";
    "Flow of funds: who holds capital, and what leakage moves" "资金流量：资本由谁持有，存款外流改变什么";
    "Harris and Todaro: urban unemployment" "Harris-Todaro：城镇失业";
    "Markov chains of migration, entry barriers, one-off costs, networks" "迁移的马尔可夫链：进入门槛、一次性成本、网络";
    "The coefficient of distance by PPML with origin and destination effects" "含来源地与目的地效应的 PPML 距离系数";
    "Exact hat algebra on inverted base shares" "反推基年份额后的精确帽子代数";
    "Rosen and Roback with a finite elasticity" "有限弹性的 Rosen-Roback";
    "Nested logit: probabilities and elasticities" "嵌套 logit：概率与弹性";
    "Pay as you go: workers and elders whose ages never change" "现收现付：年龄不变的劳动者与老人";
    "Two-sector labour: farm and industry" "两部门劳动：农业与工业";
    "Fiscal sharing under three systems, exact in fen" "三种体制下的财政分成，精确到分";
    "Size distributions: random growth with a barrier, Pareto projects" "规模分布：有下界的随机增长，帕累托项目";
    "Cohort-component projection without migration" "无迁移的队列要素人口预测";
    "Nulls and symmetries" "零效应与对称性";
    "On: market \"ces\", and for dynamics migration with a network of elasticity 1/kappa, which is the replicator dynamics (share ~ share x real wage^kappa); housing, services, finance, taxes off."
        "启用：`ces` 市场；动态部分另启用迁移，网络弹性为 1/kappa，即复制者动态（份额 ~ 份额 × 实际工资^kappa）；关闭住房、服务、金融与税收。";
    "On: migration, until people are at rest. Two prefectures with industry (labour only, sold at the hub) and local services; shares of work, capital and b stand; no government, tax, saving, housing. x multiplies industry's productivity in one."
        "启用：迁移，直至人口静止。两个地级市各有工业（只用劳动，在外部出售）与本地服务；就业份额、资本与 b 不变；没有政府、税收、储蓄与住房。x 为其中一市工业生产率的倍数。";
    "On: investment of deposits in one place, capital deterministic. Labour and technology grow as efficiency units, (1+n)(1+g) together, through the technology driver."
        "启用：一地存款的投资，资本为确定性。劳动与技术合为效率单位，按 (1+n)(1+g) 由技术驱动增长。";
    "On: investment of retained profits, every cell with the same constant; no home share, no distance wedge."
        "启用：留存利润的投资，各单元常数相同；没有本地份额，没有距离楔子。";
    "On: industry of three places, half of value added to capital; technology of each place is multiplied by a number."
        "启用：三地的工业，增加值的一半归资本；各地技术乘以一个数。";
    "On: industry of four places with capital at one return; nobody saves or moves."
        "启用：四地的工业，资本回报相同；无人储蓄或迁移。";
    "On: investment of deposits and retained profits in two places, capital deterministic; county funds at home only, no growth, no taxes, no building. Farms of A need no capital."
        "启用：两地存款与留存利润的投资，资本为确定性；县级资金只投本地，没有增长、税收与建房。甲地农业不需要资本。";
    "On: migration. Urban jobs fixed (column jobs_industry), technology labour-only or Cobb-Douglas in land; demography, capital, rents, services, home bias off."
        "启用：迁移。城镇岗位固定（列 jobs_industry），技术只用劳动或为含土地的柯布—道格拉斯；关闭人口变动、资本、房租、服务与恋家。";
    "On: migration, anchored at the present place (a, c) or at home (b, d); wages from labour-only technology."
        "启用：迁移，以现居地（a、c）或户籍地（b、d）为锚；工资来自只用劳动的技术。";
    "On: migration from home with distance (gamma_d = beta/kappa); 20 places in a square of 1000 km."
        "启用：从户籍地出发、受距离影响的迁移（gamma_d = beta/kappa）；边长 1000 千米的方形内有 20 个地点。";
    "On: migration; base year inverted from the census; one sector's technology grows, wages follow it."
        "启用：迁移；基年由普查反推；一个行业的技术增长，工资随之变动。";
    "On: migration, housing (supply fixed); amenity and housing stock are columns; rents return to residents."
        "启用：迁移、住房（供给固定）；宜居度与住房存量为列；房租返还居民。";
    "On: migration from home; the home county is one nest, a prefecture of two counties the other."
        "启用：从户籍地出发的迁移；户籍县为一个巢，含两县的一个地级市为另一个巢。";
    "On: industry of one place without capital; three quarters of its people work, a quarter is of 70 to 74."
        "启用：一地无资本的工业；四分之三的人工作，四分之一为 70 至 74 岁。";
    "On: sector review in one place; the farm is Cobb-Douglas in land, industry is labour-only."
        "启用：一地的行业重新选择；农业为含土地的柯布—道格拉斯，工业只用劳动。";
    "On: taxes and transfers of one county, and of two; no investment, no migration. Amounts in millions of yuan."
        "启用：一个县以及两个县的税收与转移支付；没有投资与迁移。金额单位为百万元。";
    "On: investment with neither saving nor depreciation, project growth; Hill's estimator, 4 standard errors."
        "启用：没有储蓄与折旧的投资、项目增长；Hill 估计量，4 个标准误。";
    "On: demography with a life table of the scenario: five classes of 15 years, 15 years a step."
        "启用：按情景生命表的人口变动：五个 15 岁组，每步 15 年。";
    "A small country with all modules on, and three places with migration only. Zero-intensity policies and checkpoints are tested elsewhere."
        "启用全部模块的一个小国，以及只有迁移的三个地点。力度为零的政策与检查点另行测试。";

    // Mechanisms
    "acts" "起作用";
    "dead" "不起作用";
    "reversed" "方向相反";
    "up" "上升";
    "down" "下降";
    "either way" "方向不定";
    "industry transfer from city to county" "产业由城市向县转移";
    "province-direct fiscal administration (here its reverse)" "财政省直管县（此处为其反向）";
    "mountain-sea pairing, enclaves" "山海协作与飞地";
    "hukou reform, services by residence" "户籍改革，按常住地提供服务";
    "equal public services" "公共服务均等化";
    "resources matched to residents" "公共资源与常住人口相匹配";
    "land rights kept when away" "外出者保留土地权益";
    "land rental market" "土地流转市场";
    "construction land: the cap" "建设用地：限额";
    "construction land: the sale" "建设用地：出让";
    "green transformation of industry" "工业绿色转型";
    "ecology to economy" "生态产业化";
    "consumption upgrade, county commerce" "消费升级与县域商业";
    "e-commerce" "电子商务";
    "urban talent to the countryside" "城市人才下乡";
    "technology commissioners" "科技特派员制度";
    "skills training" "技能培训";
    "returnee entrepreneurship" "返乡创业";
    "household start-ups, workshops" "家庭创业与工坊";
    "capital to the countryside" "资本下乡";
    "long-term finance" "长期融资";
    "interest linkage with farmers" "与农户的利益联结";
    "chain leaders" "链长制";
    "one county one industry, no duplication" "一县一业，避免重复建设";
    "business environment: procedures" "营商环境：审批手续";
    "business environment: outsiders" "营商环境：外来投资者";
    "digitised services" "公共服务数字化";
    "nearby urbanisation" "就近城镇化";
    "city spillover, metropolitan circle" "中心城市外溢与都市圈";
    "big-city disease" "大城市病";
    "big firm and small firm chain links" "大企业与小企业的产业链联系";
    "city services for county firms" "城市为县域企业提供服务";
    "leading firms and cooperatives, risk" "龙头企业与合作社，风险分担";
    "transfers to farm and difficult areas" "对粮食主产区和困难地区的转移支付";
    "income distribution, social security" "收入分配与社会保障";
    "coupling of reforms: rented land and farm processing" "改革联动：土地流转与农产品加工";
    "adapt to place" "因地制宜";
    "farm processing" "农产品加工";
    "industrial upgrading" "产业升级";
    "urban renewal, carrying capacity" "城市更新与承载力";
    "industry moved into mountain seats, yuan" "迁入山区县城的工业，元";
    "taken by prefectures, yuan" "地级市所得，元";
    "projects founded in mountain places by counties outside them, yuan" "区外各县在山区创办的项目，元";
    "conversions of registration, persons" "落户，人";
    "spread over counties of money over need, log points" "各县财力与需求之比的离散程度，对数点";
    "spending on services a villager, yuan" "村民人均公共服务支出，元";
    "people registered in villages who live elsewhere, persons" "户籍在乡村而居住他处者，人";
    "farm output of villages, yuan" "乡村农业产出，元";
    "industrial capital in villages, yuan" "乡村工业资本，元";
    "money of village collectives, yuan" "村集体资金，元";
    "policy money of mountain households, yuan" "山区家庭所得政策资金，元";
    "ecology, mean index" "生态，平均指数";
    "tourism in mountain places, yuan" "山区旅游，元";
    "part of counties' spending on services that stays there" "各县服务消费留在本县的份额";
    "cost of living in villages, index" "乡村生活费用，指数";
    "talent in counties, persons" "各县人才，人";
    "industrial technology of seats, mean log" "县城工业技术，对数均值";
    "trained in the year, persons" "当年受训者，人";
    "start-ups at county seats, yuan" "县城创业，元";
    "start-ups in villages, yuan" "乡村创业，元";
    "investment in counties, yuan" "各县投资，元";
    "part of the industrial capital of counties that is expected to fail, per year" "各县工业资本中预期失败的份额，每年";
    "dividends of villagers, yuan" "村民分红，元";
    "return on industrial capital of seats, per year" "县城工业资本回报，每年";
    "industrial capital of mountain seats, yuan" "山区县城工业资本，元";
    "part of the seats' new industrial projects where industry is at home" "县城新工业项目中位于优势产业所在地的份额";
    "public capital of counties, yuan" "各县公共资本，元";
    "effective services of villages, mean index" "乡村实际可用服务，平均指数";
    "villagers in the seat of their county, persons" "住在本县县城的村民，人";
    "utility of workers in cities, mean log points" "城市劳动者的效用，对数点均值";
    "orders received at mountain seats, yuan" "山区县城所得订单，元";
    "size of farm price shocks, log points" "农产品价格冲击幅度，对数点";
    "programme money of counties, yuan" "各县项目资金，元";
    "policy money of village households, yuan" "乡村家庭所得政策资金，元";
    "farm goods that industry at seats buys, both beyond each alone, yuan" "县城工业购买的农产品（两项并行超出各自单独之和的部分），元";
    "part of the seats' industrial capital where industry is at home" "县城工业资本中位于优势产业所在地的份额";
    "wage bill of industry at seats, yuan" "县城工业的工资总额，元";
    "industrial technology, mean log" "工业技术，对数均值";
    "rent in cities, mean index" "城市房租，平均指数";

    // Moments
    "met" "相符";
    "not met" "不相符";
    "reported" "仅报告";
    "not measured" "未测量";
    "no" "否";
    "China" "全国";
    "Henan" "河南";
    "Zhejiang" "浙江";
    "steps" "步";
    "standard errors" "标准误";
    "No gain from refusing services" "拒绝服务业项目没有好处";
    "Where leaked deposits go" "外流存款的去向";
    "Unemployment and farm jobs" "失业与农业就业";
    "Spread of income over counties" "县际收入差异";
    "Income and output of counties" "各县收入与产出";
    "Levels in formerly poor counties" "脱贫县的收入水平";
    "Urban over rural income" "城乡收入比";
    "Income by source" "收入来源";
    "Growth of income and output of counties" "各县收入与产出的增长";
    "Nothing moves where nothing is to move" "不应变动者没有变动";
    "Projects are as many as they were" "项目数量不变";
    "Births, deaths and net migration" "出生、死亡与净迁移";
    "Persons an agent make no difference" "每个主体代表的人数不影响结果";
    "Who lives elsewhere than five years before" "现居地不同于五年前者";
    "The nation by ten, a hundred and a thousand persons an agent" "全国：每个主体代表十人、百人与千人";
    "Public spending a head" "人均财政支出";
    "Levels and the growth that is stated" "水平与给定的增长";
    "Speed" "速度";
    "payments of counties to households" "县级对居民的支付";
    "outside income (the residual)" "区域外收入（残差）";
    "the self-employed" "自营就业";
    "what pay has in common (each cell its own product)" "工资的共同部分（改为各单元自身产品）";
    "pay by cell (one labour share instead)" "分单元的报酬（改为统一劳动份额）";
    "the minimum wage" "最低工资";
    "the weight of the prefecture in thin groups" "小样本组中地级市的权重";
    "drivers of migration" "迁移驱动";
    "moving" "迁移";
    "the table of births and deaths" "出生与死亡表";
    "the driver out of farming" "离农驱动";
    "growth of pensions" "养老金增长";
    "failure of projects" "项目失败";
    "relocation of projects" "项目搬迁";
    "what residents cannot have bought (local services as stated)" "居民不可能购买的部分（按所列本地服务）";
    "need of small and sparse counties" "小县与地广人稀县的需求";
    "transfers that fill gaps" "补缺口的转移支付";
}
