//! Meanings of the keys of a scenario, as the schema says them.

use crate::message::texts;

texts! {
    "A country in a year, whose facts are taken by name: never in silence." "某国某年：其数据须指名采用，绝不暗中代入。";
    "China at its seventh census." "第七次人口普查时的中国。";
    "Country whose facts stand for what the tables do not say: ages of the outside, and of nodes without them; births and deaths by age; the defaults of fiscal rules and of households. Needed unless the codes of the provinces are those of China and the nodes have ages."
        "以何国数据代替各表未载之事：区域外以及缺少年龄的节点的年龄结构、分年龄生育与死亡率、财政规则与住户行为的默认值。除非各省代码为中国代码且节点有年龄结构，否则必须写明。";
    "state `ceilings` with a place, its residents and `log_odds` instead"
        "请改用 `ceilings`，写明地点、常住人口与 `log_odds`";
    "set `review_rate_18_34`, the level, and `moves_children` to `moves_always`, the schedule by age, instead"
        "请改用水平 `review_rate_18_34` 与年龄模式 `moves_children` 至 `moves_always`";
    "set `business_services` and `local_services`, which grow the productivity of either group, instead"
        "请改设 `business_services` 和 `local_services`，分别提高两类服务业的生产率";
    "A scenario: one run of the model." "一个情景：模型的一次运行。";
    "County industry processes what its farms grow, and shares the risk of prices." "县域工业加工本地农产品，并分担价格风险。";
    "From where choice looks." "从何处比较居住地。";
    "From the registered home: moving costs are a recurring flow." "从户籍地：迁移成本逐年发生。";
    "From the present place: moving costs are sunk (kept for comparison)." "从现居地：迁移成本为沉没成本（保留作比较）。";
    "Where the weights of places in the base year come from." "基年各地权重的来源。";
    "Inverted so that the census of the base year is reproduced." "反推，使基年普查得以重现。";
    "From utility alone: every place has the same place term, every sector and cell the same attraction, so that incomes, amenities, distance and stated costs decide (few nodes, no outside)."
        "只由效用决定：各地的地点项相同，各行业与单元的吸引力相同，因此由收入、环境、距离和给定成本决定（节点少、没有区域外）。";
    "Growth built into the base year." "基年内含的增长。";
    "The base year grows at the rate that the technology drivers imply." "基年按技术驱动所隐含的速度增长。";
    "The base year stands still." "基年没有增长。";
    "A border of the moving cost." "迁移成本的边界。";
    "From the village to the seat of the own county." "从乡村到本县县城。";
    "To another county of the prefecture." "到本地级市的其他县。";
    "To another prefecture of the province." "到本省的其他地级市。";
    "To another province." "到其他省。";
    "How capital is held." "资本的持有形式。";
    "Projects of Pareto size, each drawing its place." "规模服从帕累托分布的项目，各自抽取地点。";
    "One divisible project per owner and cell: expected flows without lumps." "每个所有者与单元一个可分割的项目：期望流量，没有大块。";
    "A leader for each industrial chain, one county one industry." "每条产业链设链长，一县一业。";
    "Sectors as a policy names them: one, or both groups of services at once." "政策所称的行业：单个行业，或两类服务业合称。";
    "Farming, forestry, fishing." "农林牧渔业。";
    "Mining, manufacturing, utilities, construction." "采矿业、制造业、公用事业、建筑业。";
    "Services sold over distance: transport, information, finance, business services, science, wholesale."
        "可远距离销售的服务：运输、信息、金融、商务服务、科研、批发。";
    "Services bought where they are made: retail, catering, schools, health, offices, real estate without homes."
        "就地购买的服务：零售、餐饮、教育、卫生、机关、住宅以外的房地产。";
    "Eco-tourism and specialties." "生态旅游与特产。";
    "Business services and local services." "生产性服务业与本地服务业。";
    "A condition: the value lies between bounds, or in the lowest or highest part of the chosen nodes."
        "条件：数值在界限之间，或处于所选节点的最低或最高部分。";
    "At least this." "不低于此值。";
    "At most this." "不高于此值。";
    "Among the highest part." "处于最高的一部分。";
    "Among the lowest part of the nodes that meet the rest of the selector." "处于满足其余条件的节点中最低的一部分。";
    "What is looked at." "所看的指标。";
    "County commerce and online trade." "县域商业与电子商务。";
    "Delegation to counties and a better business environment." "向县放权，改善营商环境。";
    "A development zone in the seat of a county." "县城的开发区。";
    "Stated paths from outside the model; all off unless given." "模型外给定的路径；不写则全部关闭。";
    "Yearly growth of the probability to enrol at 18, as a rate." "18 岁升学概率的年增长率。";
    "Yearly growth of fertility of every age group, as a rate." "各年龄组生育率的年增长率。";
    "Yearly change of the odds of living across a border, in log odds." "跨边界居住优势的年变化，对数优势。";
    "Changes over a period of the base-year odds of living away from the registered home."
        "基年离开户籍地居住的优势在一段时期内的变化。";
    "Yearly growth of wages outside the area; absent: they follow the mean wage of the area."
        "区域外工资的年增长；缺省时随区域平均工资变化。";
    "Yearly growth of what a recipient of a pension gets, beyond prices." "养老金人均领取额的年增长，扣除物价。";
    "Yearly change of the odds of working in a sector, in log odds." "在某行业就业的优势的年变化，对数优势。";
    "Technology growth a year by sector, as a rate." "各行业技术的年增长率。";
    "The province settles with the county, or, as the counterfactual, the city manages the county."
        "省直管县，或作为反事实，市管县。";
    "Level of origins and destinations of flows." "流量来源地与目的地的级别。";
    "Cleaner industry, ecological compensation, and ecology as a source of income." "更清洁的工业、生态补偿，以及以生态为收入来源。";
    "Services by residence and settling near home." "按居住地提供服务，就近落户。";
    "Transfers to areas in need and to persons with low income." "对困难地区和低收入者的转移支付。";
    "Industrial upgrading: technology grows faster where talent is, and old capital is scrapped."
        "工业升级：技术在人才多的地方增长更快，淘汰旧资本。";
    "Industry moves from cities to counties, and city firms order from county firms."
        "工业由城市转向县域，城市企业向县域企业下单。";
    "Infrastructure that joins town and country." "连接城乡的基础设施。";
    "Place in the hierarchy." "在层级中的位置。";
    "City districts." "城区。";
    "Seats of counties and county-level cities." "县和县级市的县城。";
    "Villages." "乡村。";
    "Cities and county seats." "城市与县城。";
    "County seats and the villages of counties, without the districts of cities." "县城与县的乡村，不含市辖区。";
    "Rural land reform: rights kept while away, a rental market, construction land that may be sold."
        "农村土地改革：离乡保留权益、流转市场、可出让的建设用地。";
    "The levers of the model." "模型的政策变量。";
    "Any lever by hand." "直接设定任一政策变量。";
    "Births and survival by age class, a class being as long as a step. Only ageing, births and deaths know the length of a step: every other rate is per step. What happens at one age (schooling at 18, starting to work) happens only to those who pass through that age."
        "按年龄组的生育与存活，年龄组与步长等长。只有年龄增长、出生和死亡涉及步长：其他比率均按步计。某一年龄发生的事（18 岁升学、开始工作）只发生在经过该年龄的人身上。";
    "Births per person of each class in a step, of those who live at its beginning; empty: the nation's."
        "各年龄组每步人均生育数，按步初存活者计；留空取全国值。";
    "Years of a step and of an age class." "一步和一个年龄组的年数。";
    "Survival from each class to the next in a step; nobody outlives the last class. Empty: the nation's."
        "每步由一组到下一组的存活率；最后一组之后无人存活。留空取全国值。";
    "How goods are sold." "商品的销售方式。";
    "Tradables at fixed prices against the rest of the world." "可贸易品按固定价格与外部交易。";
    "Monopolistic competition with iceberg trade costs between all nodes (few nodes only)."
        "垄断竞争，各节点之间有冰山贸易成本（仅限少量节点）。";
    "What a condition looks at, as published at the end of last year." "条件所看的指标，按上年末公布的数字。";
    "Ecological state of the node, 0 to 1." "节点的生态状态，0 至 1。";
    "Household income per resident, yuan a year." "居民人均收入，元/年。";
    "Output per resident of the county, yuan a year." "全县人均产出，元/年。";
    "Industry in output of the county, share." "工业占全县产出的比例。";
    "Farming in output of the county, share." "农业占全县产出的比例。";
    "Tourism in output of the county, share." "旅游业占全县产出的比例。";
    "Talent in residents of the node, share." "人才占节点常住人口的比例。";
    "Services per user of the node, yuan." "节点每名使用者的服务，元。";
    "Revenue and transfers per resident of the county, yuan a year." "全县人均收入与转移支付，元/年。";
    "Residents of the node, persons." "节点的常住人口，人。";
    "Spillovers of a central city to the counties around it." "中心城市对周边县的溢出。";
    "Yearly change of the odds of living across a border, in log odds (positive: moving gets easier)."
        "跨边界居住优势的年变化，对数优势（正：迁移更容易）。";
    "Years of the decline that the base-year stock has not caught up with: a stock that is reviewed with probability psi lags a steady driver by 1/psi - 1 years."
        "基年存量尚未跟上的下降年数：以概率 psi 重新考虑的存量比稳定的驱动滞后 1/psi - 1 年。";
    "Who manages the county's money." "谁管理县的财政。";
    "The province settles with the county." "省直管县。";
    "The prefecture takes its share of revenue and of transfers." "地级市分享收入和转移支付。";
    "Which parts of the model are on." "模型的哪些部分启用。";
    "Whether choice compares places from the registered home or from the present place." "从户籍地还是从现居地比较居住地。";
    "From pay of jobs by industry: what a job of its industries pays in the nation, at the level of the prefecture's wages, of the county's minimum wage and of the tier, where the table has columns `pay_<sector>_yuan`; without them the share of labour."
        "取自各行业岗位工资：表中有 `pay_<sector>_yuan` 列时，按全国各行业岗位工资乘以地级市工资水平、县最低工资水平和层级；没有时取劳动份额。";
    "Growth that the base year already implies, per year; \"drivers\" takes it from the technology drivers."
        "基年已经隐含的年增长；\"drivers\" 表示取自技术驱动。";
    "Discrete projects, or one pool of capital per cell that is divided in proportion."
        "离散的项目，或每个单元一个按比例分割的资本池。";
    "Conversion of registration by residents from elsewhere." "外来居民落户。";
    "Births, deaths, ageing." "出生、死亡、年龄增长。";
    "Ecology dynamics." "生态变化。";
    "Enrolment at 18." "18 岁升学。";
    "Experience gained away from home." "在外积累的经验。";
    "Failure of projects." "项目失败。";
    "Movers see the wages, prices and services of the base year (the law of the backtest is fitted so)."
        "迁移者看到的是基年的工资、价格和服务（回测的规律即如此拟合）。";
    "Housing stock and rents." "住房存量与房租。";
    "Investment and depreciation." "投资与折旧。";
    "Location review of persons." "人口重新考虑居住地。";
    "Relocation of projects." "项目搬迁。";
    "Sector review of persons." "人口重新考虑就业行业。";
    "How much households spend on local services, and what is made of local output that they cannot have bought."
        "居民在本地服务上的支出，以及不可能由居民购买的本地产出如何处理。";
    "Start-ups by persons." "个人创业。";
    "Coastal units paired with mountain counties (mountain-sea collaboration)." "沿海单位与山区县结对（山海协作）。";
    "Changes over a period of the odds that the base year shows for living away from the registered home: the law of the backtest. A stated change happens evenly over `years` and goes on at that pace after."
        "基年所见离开户籍地居住的优势在一段时期内的变化：回测的规律。给定的变化在 `years` 年内均匀发生，之后按同样速度继续。";
    "Change of the log odds of people of 35 to 54, relative to those of 15 to 34."
        "35 至 54 岁者相对 15 至 34 岁者的对数优势变化。";
    "The same for all others (children and 55 and over)." "其余人口（儿童与 55 岁及以上）的同类变化。";
    "Change of the log odds to go to a place with the tag `capital`." "前往带标签 `capital` 的地点的对数优势变化。";
    "Log of (away and converted over away): people who converted their registration still live away from their first home. The closed form adds them; agents convert one by one."
        "（外出者加已落户者）与外出者之比的对数：已落户者仍居住在最初的户籍地之外。解析解一并加入；主体则逐个落户。";
    "Births follow the home county's births per young adult of the base year, relative to the nation."
        "出生按户籍县基年每名青年的出生数（相对全国）计。";
    "Change of the log odds to go to a place, per log point of density above `crowding_density`."
        "密度每高出 `crowding_density` 一个对数点，前往该地的对数优势变化。";
    "Density that counts as crowded, persons per km2." "视为拥挤的密度，人/平方千米。";
    "Change of the log odds to stay, per standard deviation of mining's share of jobs (at most 4)."
        "采矿业就业比例每一标准差（至多 4 个），留居的对数优势变化。";
    "The same for people in other provinces." "在外省居住者的同类变化。";
    "Growth over the period of the people who live in another county of the own province, end over start: border costs inside provinces are solved in the run to meet it."
        "居住在本省其他县的人口在该时期的增长，期末与期初之比：省内边界成本在运行中求解以与之相符。";
    "Share of the gap between a home's log odds of being away and what its facts of the base year predict (a regression over all units) that closes over the period."
        "户籍地外出的对数优势与其基年特征所预测值（全部单位的回归）之差在该时期内收敛的比例。";
    "Change of the log odds of villagers who stay in their county to live in its seat; it moves nobody in or out of the county."
        "留在本县的村民居住到县城的对数优势变化；不使任何人迁入或迁出本县。";
    "Change of the log odds to stay, per log point of the prefecture's mean wage." "地级市平均工资每高一个对数点，留居的对数优势变化。";
    "Years over which the changes below happen." "以下变化发生的年数。";
    "What is written." "输出的内容。";
    "Level of origins and destinations in flows.csv; absent: node up to 500 nodes, prefecture above."
        "flows.csv 中来源地与目的地的级别；缺省时 500 个节点以内按节点，以上按地级市。";
    "A pair of places has a row of its own in flows.csv where at least this share of all that its factor moves in the year passes between them; what is less is summed by pair of prefectures (of provinces, where flows are by prefecture), so that no total changes. 0 keeps every pair."
        "两地之间的流动至少占该要素全年流动总量的这一份额时，在 flows.csv 中单独成行；更小的按地级市两两汇总（流动按地级市记录时按省汇总），总量不变。取 0 则每一对都单独成行。";
    "Kinds of files of each table. CSV is always one of them: pages, comparisons and resumed runs read it."
        "每张表的文件格式。始终包括 CSV：网页、比较与续算都读取它。";
    "Kind of file of a table." "表格文件的格式。";
    "Text, read by everything." "文本，任何软件都能读取。";
    "Columns with types, compressed; units and sources in the file. Made at the end of a run."
        "带类型的压缩列存文件，内含单位与来源；运行结束时生成。";
    "A checkpoint that this run goes on from, `FOLDER@YEAR`: the years up to then are those of the run in that folder (a path from the folder of the scenario), the later ones are lived under this scenario's policies, drivers, seed and replicate. Absent: the run begins with the base year."
        "本次运行接续的检查点，写作 `目录@年份`：该年及以前取自那个目录中的运行（路径从情景所在目录算起），以后各年按本情景的政策、外生路径、种子与重复序号运行。缺省时从基年开始。";
    "A mountain county and its coastal partner." "一个山区县与其沿海伙伴。";
    "Code of the mountain county." "山区县的代码。";
    "Code of the coastal unit." "沿海单位的代码。";
    "The values of all parameters in a run; what a scenario does not set keeps its default."
        "一次运行中全部参数的取值；情景未设定的取默认值。";
    "Shares of the governments that pay; together one." "各级政府的付款份额；合计为 1。";
    "Share of the centre." "中央的份额。";
    "Share of the city districts of its prefecture, by their revenue." "所在地级市城区的份额，按其财政收入分担。";
    "Share of the county itself." "县自身的份额。";
    "Share of the prefecture." "地级市的份额。";
    "Share of the province." "省的份额。";
    "Yearly growth of what a recipient of a pension gets, beyond prices, as a rate." "养老金人均领取额的年增长率，扣除物价。";
    "Growth of employees' pensions, per year." "职工养老金的年增长。";
    "Growth of both after that year, per year." "该年之后两者的年增长。";
    "Growth of residents' pensions, per year." "居民养老金的年增长。";
    "Last year of this growth; absent: to the end." "此增长的最后一年；缺省到期末。";
    "When a policy holds." "政策何时有效。";
    "First year; absent: from the first simulated year." "第一年；缺省从第一个模拟年开始。";
    "Years until full strength; 1 is at once." "达到全部力度的年数；1 为立即。";
    "Last year; absent: to the end." "最后一年；缺省到期末。";
    "The policies of a scenario, by kind; each kind may occur several times." "情景的政策，按种类；每类可出现多次。";
    "County industry processes what its farms grow (M34, M39)." "县域工业加工本地农产品（M34、M39）。";
    "A leader for each industrial chain (M23, M25)." "每条产业链设链长（M23、M25）。";
    "County commerce and online trade (M13, M14)." "县域商业与电子商务（M13、M14）。";
    "Delegation and a better business environment (M26)." "放权与改善营商环境（M26）。";
    "A development zone in a county (M24)." "县的开发区（M24）。";
    "The province settles with the county (M02)." "省直管县（M02）。";
    "Cleaner industry, ecological compensation, ecology as income (M10 to M12)."
        "更清洁的工业、生态补偿、生态收入（M10 至 M12）。";
    "Services by residence and settling near home (M04, M29)." "按居住地提供服务与就近落户（M04、M29）。";
    "Transfers to areas and persons (M35, M36)." "对地区和个人的转移支付（M35、M36）。";
    "Industrial upgrading (M40)." "工业升级（M40）。";
    "Industry moves from cities to counties (M01, M32)." "工业由城市转向县域（M01、M32）。";
    "Infrastructure that joins town and country (M27)." "连接城乡的基础设施（M27）。";
    "Rural land reform (M07 to M09)." "农村土地改革（M07 至 M09）。";
    "Any lever, for a what-if without Rust." "任一政策变量，无须编程的假设分析。";
    "Spillovers of a central city (M30, M33)." "中心城市的溢出（M30、M33）。";
    "Coastal units paired with mountain counties (M03)." "沿海单位与山区县结对（M03）。";
    "Start-ups of returnees and households (M18, M19)." "返乡与居民创业（M18、M19）。";
    "Capital to the countryside (M20 to M22)." "资本下乡（M20 至 M22）。";
    "Equal public services (M05, M06, M28)." "公共服务均等化（M05、M06、M28）。";
    "Training of workers (M17)." "劳动者培训（M17）。";
    "Talent and technology to the countryside (M15, M16)." "人才与技术下乡（M15、M16）。";
    "Urban renewal and carrying capacity (M31, M41)." "城市更新与承载力（M31、M41）。";
    "Corrections of registered people who are in truth away: registers lag behind moves."
        "对实际已外出的户籍人口的修正：登记滞后于迁移。";
    "Least share of a county's registered people who live away from it; 0 leaves the table as it is."
        "每县户籍人口中居住在外者的最低比例；0 表示保持原表。";
    "Part of the way that every county's share moves to that of its prefecture and province."
        "各县比例向所在地级市和省靠拢的程度。";
    "Start-ups of returnees and of households." "返乡者与居民创业。";
    "When, how long, how many agents, which luck." "起始年、年数、主体规模、随机数。";
    "Whether policies that cannot act in this run are meant to stand in it." "在此次运行中不起作用的政策是否有意保留。";
    "Persons that one agent stands for; 1 makes every person an agent." "一个主体代表的人数；1 表示每个人都是主体。";
    "Replicate number under the master seed; the same number shares its luck across scenarios."
        "主种子下的重复编号；相同编号在各情景中使用相同的随机数。";
    "Master seed: equal seeds give equal bytes." "主种子：种子相同则结果逐字节相同。";
    "Year of the base-year data; the first simulated year is the next one." "基年数据的年份；第一个模拟年为次年。";
    "Years to simulate." "模拟年数。";
    "Capital to the countryside: deposits that stay, guarantees, refinancing, a negative list, and a share for farmers."
        "资本下乡：留住存款、担保、再融资、负面清单，以及农民分享收益。";
    "Sectors of production." "生产行业。";
    "Yearly change of the odds of working in a sector, in log odds, beyond what wages do."
        "在某行业就业的优势在工资作用之外的年变化，对数优势。";
    "Change of the log odds of farming (negative: people leave the farms)." "务农的对数优势变化（负：人们离开农业）。";
    "Years of the change that the base-year stock has not caught up with: a stock that is reviewed with probability psi lags a steady driver by 1/psi - 1 years."
        "基年存量尚未跟上的变化年数：以概率 psi 重新考虑的存量比稳定的驱动滞后 1/psi - 1 年。";
    "Years of the run for which it goes on; absent: to the end." "运行中持续的年数；缺省到期末。";
    "Which nodes: those that meet everything that is given. An empty selector chooses all nodes of the area."
        "选择哪些节点：满足全部给定条件者。空的选择条件选中区域内全部节点。";
    "Codes or names of counties." "县的代码或名称。";
    "Codes or names of counties, or ids of nodes, that are left out." "排除的县代码或名称，或节点 id。";
    "Ids of nodes, or their names where no other node has the name." "节点 id，或没有重名的节点名称。";
    "Codes or names of prefectures." "地级市的代码或名称。";
    "Codes or names of provinces." "省的代码或名称。";
    "A tag of the node, such as mountain or sea." "节点的标签，例如 mountain 或 sea。";
    "A condition on what was published last year." "对上年公布数字的条件。";
    "Equal basic public services." "基本公共服务均等化。";
    "Spending on local services in the base year." "基年的本地服务支出。";
    "Shares of spending are solved by province, and at most `outside_local` of a prefecture's local output is sold beyond it: what its residents cannot have bought counts as business services."
        "支出份额按省求解，一个地级市的本地产出至多有 `outside_local` 销往外地：居民不可能购买的部分计为生产性服务业。";
    "Shares of spending are the parameter `local_spending_share`; output stays as the tables have it, and all that residents do not buy is sold beyond."
        "支出份额为参数 `local_spending_share`；产出与表中一致，居民未购买的全部销往外地。";
    "What a person brings to work." "劳动者的技能。";
    "No tertiary education." "未受高等教育。";
    "Tertiary education." "受过高等教育。";
    "Training of workers who had none." "培训未受训练的劳动者。";
    "Talent and technology to the countryside." "人才与技术下乡。";
    "Technology growth a year by sector." "各行业技术的年增长。";
    "Growth of farm productivity, per year." "农业生产率的年增长。";
    "Growth of productivity in business services, per year." "生产性服务业生产率的年增长。";
    "Growth of industrial productivity, per year." "工业生产率的年增长。";
    "Growth of productivity in local services, per year: it lowers their price." "本地服务业生产率的年增长：使其价格下降。";
    "Urban renewal and carrying capacity." "城市更新与承载力。";
    "The tables of the study area; paths are relative to the scenario file." "研究区域的表格；路径相对于情景文件。";
    "Moving costs in log points of income from a node to a prefecture, every year lived there (columns from, to, cost); only with base = \"utility\"."
        "从节点到地级市的迁移成本，收入对数点，居住期间逐年计（列 from、to、cost）；仅用于 base = \"utility\"。";
    "`nodes.csv`: one row a node." "`nodes.csv`：每个节点一行。";
    "`outside.csv`: the rest of the country as seen from the area." "`outside.csv`：从本区域看全国其余地区。";
    "Recipients of pensions and what they get, by province and year; without it nobody draws a pension."
        "各省各年的养老金领取人数与金额；没有此表则无人领取。";
    "`prefectures.csv`: published income levels; without it there is no outside income."
        "`prefectures.csv`：公布的收入水平；没有此表则不设区域外收入。";
    "Corrections of the registered people of the tables; none unless given." "对各表户籍人口的修正；不写则没有。";
    "Iceberg trade costs between nodes (columns from, to, factor), used by market = \"ces\"; for a pair that is not listed the parameter `ces_trade_cost` holds."
        "节点之间的冰山贸易成本（列 from、to、factor），用于 market = \"ces\"；未列出的取参数 `ces_trade_cost`。";
    "What in it is assumed, not observed." "其中哪些是假设而非观测。";
    "The scenario file that this one changes, relative to this one: tables are merged, all else is replaced."
        "本情景所修改的情景文件，相对于本文件：表合并，其余替换。";
    "What the scenario is for, in a few sentences." "用几句话说明情景的用途。";
    "Stated paths from outside the model." "模型外给定的路径。";
    "Lists of values at paths: a scenario for every combination, or with how = \"zipped\" for the first of all lists, the second of all, and so on."
        "各路径的取值列表：每种组合一个情景；how = \"zipped\" 时各列表逐项对应。";
    "Births and survival by age class of the scenario's own, and the years of a step; absent: those of the nation, a year a step."
        "情景自有的分年龄组生育与存活，以及步长的年数；缺省取全国值，步长一年。";
    "Values of parameters that differ from their defaults; `shanhai parameters` lists them all."
        "与默认值不同的参数；`shanhai parameters` 列出全部。";
    "Policies by kind; each kind may occur several times." "政策，按种类；每类可出现多次。";
    "Where its data come from." "数据来源。";
    "One line that says what this run shows." "一行说明此次运行的内容。";
    "Scenarios that the file makes of itself, each a set of changes; a path with members of lists is a key in quotation marks."
        "文件自身生成的各情景，每个是一组改动；含列表成员的路径是加引号的键。";
    "The study area." "研究区域。";
    "Among the highest part; nodes level with the last are in." "处于最高的一部分；与最后一名并列的节点也在内。";
    "Among the lowest part of the nodes that meet the rest of the selector; nodes level with the last are in."
        "处于满足其余条件的节点中最低的一部分；与最后一名并列的节点也在内。";
    "Births and deaths per 1,000 residents by province and year; without it the nation's rates by age hold everywhere."
        "各省各年每千人出生数与死亡数；没有此表则各地取全国分年龄的比率。";
    "By how much that change is less, per log point of the base-year odds of the seat among those who stay: counties that are urban already become so more slowly."
        "基年留居者中居住县城的优势每高一个对数点，该变化减少的幅度：已较城镇化的县变化较慢。";
    "Carriage in the trade wedge (what is above one without `wedge_online`), times what it was."
        "贸易成本楔子中的运输部分（超出 1 且不含 `wedge_online` 的部分），为原来的倍数。";
    "Change of the log odds of living in another county of the own province, where no growth of these people is stated."
        "在本省其他县居住的对数优势变化（未给定这部分人口的增长时）。";
    "Change of the log odds of those who stay in their county to live in its seat and not in its village; it moves nobody in or out of the county."
        "留在本县者居住县城而非乡村的对数优势变化；不使任何人迁入或迁出本县。";
    "Change of the log odds to go to a district rather than a county, among moves inside the own province."
        "省内迁移中前往市辖区而非县的对数优势变化。";
    "Change over the period of the log odds to go there, as `shanhai backtest --evidence` solves it from `residents`; 0: the ceiling is stated and not kept. People from elsewhere in a province of their own move inside it as before."
        "时期内前往该地的对数优势变化，由 `shanhai backtest --evidence` 按 `residents` 求得；0 表示上限仅作陈述而未执行。省内（直辖市内）迁移不受影响。";
    "Change of the log odds to go to a place, per log point of its residents, among moves inside the own province."
        "省内迁移中，目的地常住人口每高一个对数点，前往该地的对数优势变化。";
    "Change of the log odds to go to a place, per log point of the share of newcomers among its residents in the base year; below zero newcomers spread out."
        "基年外来人口比例每高一个对数点，前往该地的对数优势变化；小于零表示外来人口趋于分散。";
    "Change of the log odds to go to a place, per log point of the share of people with tertiary education among its residents."
        "受高等教育者比例每高一个对数点，前往该地的对数优势变化。";
    "Change of the log odds to go to a place, per standard deviation of mining's share of jobs (at most 4)."
        "采矿业就业比例每一标准差（至多 4 个），前往该地的对数优势变化。";
    "Change of the log odds to stay, per log point of density above `thin_density`: thick places keep their people."
        "密度每高出 `thin_density` 一个对数点，留居的对数优势变化：稠密之地留得住人。";
    "Changes over a period of the odds that the base year shows for living away from the registered home: one law for every scenario, from the one that is scored against a later census to the one that looks ahead. Changes are of the stock of people, in log odds over the whole period; after the period they fade, stop or go on."
        "基年所见离开户籍地居住的优势在一段时期内的变化：从以后一次普查评分的情景到展望未来的情景，同用一条规律。变化针对人口存量，为整个时期的对数优势；时期之后逐渐消失、停止或继续。";
    "Claims on funds follow net movement of people as wallets do." "对基金的份额随人口净流动，与钱包相同。";
    "Ceilings of residents that provinces and prefectures have stated: a policy of these years, not a law." "各省、地级市宣布的常住人口上限：这是当年的政策，而非规律。";
    "Code of the province or prefecture." "省或地级市代码。";
    "Residents that were stated as the most at the end of the period, persons." "宣布的期末常住人口上限，人。";
    "Where the ceiling was stated." "上限的出处。";
    "A ceiling of the residents of a province or prefecture." "一个省或地级市的常住人口上限。";
    "Counted people by place of origin and of residence (columns origin, destination, persons): how many left each province, and where to. Codes of counties, prefectures or provinces, one level a table, or ids of outside nodes. In whatever unit: the counts of newcomers say how many there are."
        "按来源地与居住地计的人口（列 origin、destination、persons）：各省外出多少人、去向何处。代码为县、地级市或省（每张表只含一个级别），或区域外节点的 id。单位不限：总数由外来人口数确定。";
    "Density up to which a place is thin whatever it is, persons per km2." "低于此密度一律视为稀疏，人/平方千米。";
    "Grades by which the province counts the needs of counties in transfers (columns place, grade); a county that is not listed counts in full."
        "省级转移支付计入各县需要的档次（列 place、grade）；未列出的县全额计入。";
    "Loans over deposits of counties by province or county and year (columns province, county, year, loans_over_deposits): what of deposits leaks; where no row is, the parameter `deposit_leakage` holds."
        "各省或各县各年的县域贷存比（列 province、county、year、loans_over_deposits）：存款外流多少；没有行之处取参数 `deposit_leakage`。";
    "Nothing changes any more." "不再变化。";
    "One divisible project per fund and cell: expected flows without lumps." "每个基金与单元一个可分割的项目：期望流量，没有大块。";
    "Part of the county's deposits that leaks to the national pool; absent: what it is without the policy. Like every field of this policy it changes nothing where it is left out."
        "县域存款外流到全国资金池的比例；缺省为无政策时的比例。与此政策的其他字段一样，不写则不作改变。";
    "Return of a project in the partner's county as its owner sees it (tau_oj). Above 1 the partner's land, guarantees and tax refunds make it better than a project at home."
        "所有者眼中在结对县的项目回报（tau_oj）。大于 1 时，对方的土地、担保与退税使其优于本地项目。";
    "Search and delivery in the trade wedge (the part `wedge_online` of what is above one), times what it was."
        "贸易成本楔子中的搜寻与配送部分（超出 1 的部分中的 `wedge_online`），为原来的倍数。";
    "Terms of the law of migration that a national run stated for the places of a part of the country (columns place, home, own_province, other_provinces, births; `shanhai backtest --terms` writes it)."
        "全国运行为部分地区各地点给出的迁移规律各项（列 place、home、own_province、other_provinces、births；由 `shanhai backtest --terms` 写出）。";
    "The same for other provinces." "其他省的同类变化。";
    "The yearly change falls to zero over `fade_years`." "年变化在 `fade_years` 年内降为零。";
    "The yearly change goes on for ever." "年变化一直持续。";
    "What follows the period of a stated change." "给定变化的时期之后如何。";
    "What follows the period." "时期之后如何。";
    "Where the changes come from: data and method, or that they are assumed." "变化的来源：数据与方法，或为假设。";
    "Year in which the period begins; absent: the base year. A period before the base year leaves what comes after it."
        "时期开始的年份；缺省为基年。时期早于基年的，只留其后的部分。";
    "Yearly growth of mortality of every age, as a rate. Where `vital_rates` states births and deaths, both growths begin after its last year."
        "各年龄死亡率的年增长率。`vital_rates` 给出出生与死亡时，两种增长从其最后一年之后开始。";
    "Years in which the yearly change falls to zero, evenly, where `after` is \"fade\"."
        "`after` 为 \"fade\" 时，年变化均匀降为零所需的年数。";
    "Years of the period: the changes below happen evenly over them." "时期的年数：以下变化在其间均匀发生。";
    "Births and survival by age class, a class being as long as a step." "按年龄组的生育与存活，年龄组与步长等长。";
    "Pay in the base year." "基年的报酬。";
    "The share of labour in what each cell makes, whatever the table knows of pay."
        "每个单元产出中的劳动份额，不论表中如何记载报酬。";
    "What a job of its industries pays in the nation, at the level of the prefecture's wages, of the county's minimum wage and of the tier, where the table has columns `pay_<sector>_yuan`; without them the share of labour."
        "表中有 `pay_<sector>_yuan` 列时，取该行业岗位的全国报酬，按地级市工资、县最低工资与层级的水平调整；没有这些列时取劳动份额。";
    "What jobs of the base year pay." "基年岗位的报酬。";
    "Yearly growth of wages outside the area; absent: the growth that the base year implies, the same in every arm."
        "区域外工资的年增长；缺省取基年隐含的增长，各组相同。";
    "Yearly growth of what a unit of industrial output emits; absent: it falls as the balanced path grows, so that ecology stands still on it."
        "单位工业产出排放的年增长；缺省时随平衡路径的增长而下降，使生态在该路径上不变。";
    "From node to node." "逐节点之间。";
    "From county to county; nodes of one county are one place." "逐县之间；同县各节点算作一处。";
    "From prefecture to prefecture." "逐地级市之间。";
    "From tier to tier: city, county seat, village, outside." "逐层级之间：城区、县城、乡村、区域外。";
}
