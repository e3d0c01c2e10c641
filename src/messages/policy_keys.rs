//! Meanings of the fields of policies, as the schema says them.

use crate::message::texts;

texts! {
    // Kinds
    "agri_processing" "农产品加工";
    "chain_leader" "链长制";
    "consumption_upgrade" "消费升级";
    "county_empowerment" "强县扩权";
    "development_zone" "开发区";
    "fiscal_direct" "财政省直管县";
    "green_transition" "绿色转型";
    "hukou_reform" "户籍改革";
    "income_transfer" "转移支付";
    "industrial_upgrading" "产业升级";
    "industry_transfer" "产业转移";
    "land_reform" "土地改革";
    "lever_change" "政策变量调整";
    "metropolitan_circle" "都市圈";
    "mountain_sea_pairing" "山海协作";
    "returnee_entrepreneurship" "返乡创业";
    "rural_finance" "农村金融";
    "service_equalisation" "公共服务均等化";
    "skills_training" "技能培训";
    "talent_to_countryside" "人才下乡";
    "urban_renewal" "城市更新";

    "When it holds." "何时有效。";
    "Counties of the programme; industry of their seats takes part." "实施的县；由其县城的工业参加。";
    "Most that is spent in a year, yuan." "每年最多支出，元。";
    "Equipment, yuan a resident and year." "设备支出，元/人·年。";
    "How much of it is done, 0 to 1." "实施的程度，0 至 1。";
    "What processing adds, part of the price paid to the farm." "加工增值，占农产品价格的比例。";
    "A name of its own, if the kind occurs several times." "自己的名称（同类政策多次出现时）。";
    "Who pays." "谁付款。";
    "Share of the farm price shock that is averaged over the prefecture." "在地级市内分摊的农产品价格冲击比例。";
    "Share of farm output that the county's industry buys." "县域工业收购的农产品比例。";
    "Places with a chain leader." "设链长的地点。";
    "Weight of industry for investors where the county is specialised in it, times what it was."
        "县域专长行业对投资者的权重，为原来的倍数。";
    "The same where it is not." "在非专长行业的权重，为原来的倍数。";
    "Office, fairs and advice, yuan a place and year." "办公、会展与咨询，元/地·年。";
    "Demand elasticity of a chain; its price falls with the share of industrial capital that makes the same." "产业链的需求弹性；同类产业链占工业资本的比重越大，价格越低。";
    "Gain of industrial productivity from capital of the chain (omega_ch), log points."
        "产业链资本带来的工业生产率提升，对数点。";
    "Failure hazard of industry, times what it was." "工业失败风险率，为原来的倍数。";
    "Places of the programme." "实施的地点。";
    "Markets, storage and delivery, yuan a resident and year." "市场、仓储和配送，元/人·年。";
    "Leakage of service spending to higher tiers, times what it was." "服务消费向上级外流，为原来的倍数。";
    "Share of service spending that goes to the hub instead." "转到线上的服务消费比例。";
    "Part of the trade wedge above one, times what it was." "贸易成本楔子超出 1 的部分，为原来的倍数。";
    "Places of the reform." "实施的地点。";
    "Part of a new project's value that procedures cost; absent: what it is without the policy." "办理手续的成本，占新项目价值的比例；未给出时与没有该政策时相同。";
    "Years before a new project works; absent: what it is without the policy." "新项目投产前的年数；未给出时与没有该政策时相同。";
    "Part of what procedures no longer cost investors that is work of officials now, paid on the value founded last year; assumed." "投资者不再承担的手续成本中转为政府人员工作的比例，按上年新建项目价值支付；假设值。";
    "One-stop offices, yuan a resident and year." "一站式办公，元/人·年。";
    "Return that owners from other counties see, times what it was." "外县投资者看到的回报，为原来的倍数。";
    "Nodes with a zone." "设开发区的节点。";
    "Roads, pipes and plants, yuan a resident and year." "道路、管网与厂房，元/人·年。";
    "Construction land, times what it was." "建设用地，为原来的倍数。";
    "Industrial productivity in the zone, times what it was." "园区工业生产率，为原来的倍数。";
    "Profit tax of industry, times what it was." "工业利润税，为原来的倍数。";
    "Part of a new industrial project's value that the payers add." "付款方对新工业项目的补贴比例。";
    "Column of that table: `yes`, or the year in which the county changes; absent: every row."
        "该表中的列：`yes`，或县开始改革的年份；缺省为所有行。";
    "Counties that the rule is for; districts of cities are left out." "规则适用的县。";
    "A table with a column `county`, relative to the scenario: only its counties."
        "含 `county` 列的表格，相对于情景文件：只针对其中的县。";
    "Part of transfers that it keeps where it manages." "市管县时截留转移支付的比例。";
    "Which rule holds for them." "适用哪种规则。";
    "Share of local revenue that the prefecture takes where it manages." "市管县时地级市分享的地方收入比例。";
    "Share of local revenue that the province takes; absent: the parameter." "省级分享的地方收入比例；缺省为参数值。";
    "Loss of supervision for each multiple of the counties that a province can supervise."
        "省级监管幅度超限时每倍数的监管损失。";
    "Share of industry that is cleaned." "治理的工业比例。";
    "Cost of cleaning all of it, part of sales." "全部治理的成本，占销售额的比例。";
    "Places whose industry is cleaned." "治理工业的地点。";
    "Compensation a resident and year where ecology is 1, yuan." "生态指数为 1 时的补偿，元/人·年。";
    "Counties that pay for it, by their revenue." "付费的下游县，按财政收入分担。";
    "Their part; the rest is paid by `payers`." "下游分担的比例；其余由付款方承担。";
    "Industrial capital upstream that is scrapped, part of it a year." "上游每年淘汰的工业资本比例。";
    "Part of it that goes to households; the rest goes to the county." "其中归家庭的比例；其余归县。";
    "Restoration of ecology upstream, per year." "上游生态的年恢复率。";
    "Cost of restoration, yuan a km2 and year." "恢复成本，元/平方千米·年。";
    "Places that are compensated." "获得补偿的地方。";
    "Pull of upstream places on visitors, times what it was." "对游客的吸引力，为原来的倍数。";
    "Access of non-local talent to services." "非本地人才享有公共服务的程度。";
    "Access of non-local workers to services." "非本地劳动者享有公共服务的程度。";
    "Places that open." "放开落户的地点。";
    "The same for talent." "人才的年落户概率。";
    "Hazard that a non-local worker converts registration, per year." "外来劳动者的年落户概率。";
    "Fall of the cost of moving from the village to the seat of the own county, log points of income."
        "村民迁往本县县城成本的下降，收入对数点。";
    "Services bought once for each person who settles, yuan." "为每名落户者一次性购买的服务，元。";
    "Transfer, yuan a resident and year." "对地区的转移支付，元/人·年。";
    "Counties that receive money for their budget." "接受财政转移的县。";
    "Part of the receivers' spending that follows residents." "接受方支出中按常住人口分配的比例。";
    "On top of it, times the share of farming in the county's output, yuan a resident and year."
        "另加，乘以农业占县产出的比例，元/人·年。";
    "Income per resident at which the transfer ends, yuan a year." "转移支付终止的人均收入，元/年。";
    "Transfer at zero income, yuan a resident and year; it falls to nothing at `income_limit`."
        "零收入时的转移支付，元/人·年；到 `income_limit` 降为零。";
    "Places whose households receive money." "家庭接受补助的地点。";
    "Growth of industrial technology at the area's mean share of talent, per year." "在区域平均人才占比下工业技术的年增速。";
    "Research money, part of industrial sales." "研发资金，占工业销售的比例。";
    "Industrial capital scrapped on top of depreciation, per year." "折旧之外每年淘汰的工业资本。";
    "Part of a moved project's value that the payers add to its cash." "付款方补贴的比例（占搬迁项目价值）。";
    "Where projects stand that look elsewhere." "考虑外迁的项目所在地。";
    "Part of its value that a project loses when it moves." "项目搬迁时损失的价值比例。";
    "Share of the sources' industrial sales that is placed as orders with firms of the receivers."
        "来源地工业销售中向接收地企业下单的比例。";
    "Construction land of the receivers, times what it was (demonstration parks)." "接收地建设用地，为原来的倍数（示范园）。";
    "Building of a park, yuan a year for each receiving node." "建园支出，元/年·接收地。";
    "Probability a year that a project reviews its place." "项目每年重新选址的概率。";
    "Sectors that move." "搬迁的行业。";
    "Where they are wanted." "希望迁入的地点。";
    "Places that are joined." "连通的地点。";
    "Building, yuan a resident and year." "建设支出，元/人·年。";
    "Fall of the cost of crossing a county border, everywhere, log points of income." "跨县迁移成本的下降，收入对数点。";
    "Part of county spending that moves from administration to building." "县级支出中由行政转向建设的比例。";
    "Pull on visitors, times what it was." "对游客的吸引力，为原来的倍数。";
    "Villages of the reform." "改革的乡村。";
    "Part of the value of a new industrial or tourism project that buys its land." "新工业或旅游项目价值中用于购地的比例。";
    "Share of farm land that can be rented." "可以流转的农地比例。";
    "Share of the land entitlement that people keep while away." "离乡者保留的土地权益比例。";
    "The village's part of the sale; the rest is the county's." "土地出让收入中归村的比例；其余归县。";
    "On top of the value without policy." "在无政策的数值上增加。";
    "Places, for levers of nodes and counties." "实施的地点。";
    "One border only, for the moving cost." "只针对一种边界（迁移成本）。";
    "Not used: nothing is paid." "不使用：没有支付。";
    "How much of the change is made, 0 to 1." "改变的程度，0 至 1。";
    "The lever." "要改变的政策变量。";
    "Times the value without policy; of the moving cost, times its reference level."
        "为无政策数值的倍数；迁移成本为参考水平的倍数。";
    "One sector only, for levers of a node and sector; `services` stands for both groups."
        "只针对一个行业（节点与行业的政策变量）；`services` 代表两类服务业。";
    "One skill only, for the moving cost." "只针对一种技能（迁移成本）。";
    "The new value." "新的数值。";
    "Places that can be reached." "可以到达的地方。";
    "Central cities." "中心城市。";
    "Elasticity of industrial productivity in market access (th_MA)." "工业生产率对市场可达性（市场潜力）的弹性。";
    "Gain of industrial productivity from contracted services." "生产性服务外包带来的工业生产率提升。";
    "Distance from a centre within which a place belongs to the circle, km." "属于都市圈的最大距离，千米。";
    "What the contracts cost, yuan a resident of the place and year." "外包服务成本，元/人·年。";
    "Return of a project in the partner's county as its owner sees it (tau_oj)." "投资者眼中在结对县的项目回报（与本地之比）。";
    "Diffusion of technology in the mountain seat while people are posted, per year times the share of talent."
        "技术扩散，每年，乘以人才占比。";
    "Part of the distributed profit of the enclave that households of the mountain seat receive."
        "飞地分配利润中归山区县城家庭的比例。";
    "Part of the local taxes of the enclave that the mountain county receives." "飞地地方税收中归山区县的比例。";
    "Value of industry that the mountain county's enclave in the coastal unit may hold, yuan."
        "山区县在沿海的飞地可容纳的工业价值，元。";
    "Pairs in the scenario itself, beside those of the table." "情景中列出的结对。";
    "Table of pairs with columns `mountain_county` and `coastal_county`, relative to the scenario."
        "结对表，含 `mountain_county` 与 `coastal_county` 两列，相对于情景文件。";
    "Part of the local taxes of coastal firms in the mountain county that goes back to the coast."
        "沿海企业在山区县的地方税收返还沿海的比例。";
    "Pay of a posted person on top of the wage, yuan a year, received at home." "派驻人员的费用，元/年，在原籍领取。";
    "Talent posted to each mountain county, persons." "每地派驻人数。";
    "Share of the coastal unit's own revenue that buys specialties of its partners." "沿海单位自有收入中购买结对县特产的比例。";
    "Training seats in each mountain county, persons a year." "每个山区县的培训名额，人/年。";
    "Cost of a seat, yuan." "每个名额的成本，元。";
    "Share of the coastal unit's own revenue that it pays a year, over all its partners together."
        "沿海单位每年自有收入中支付给全部结对县的比例。";
    "Home nodes of the founders." "创业者的户籍地节点。";
    "Part of a start-up's value that the payers add." "付款方对创业项目的补贴比例。";
    "Platform at home, log points of the start-up hazard." "家乡创业平台，创业风险率的对数点。";
    "Cost of the platform, yuan a resident and year." "平台成本，元/人·年。";
    "Part of the county's deposits that leaks to the national pool." "县域存款外流到全国资金池的比例。";
    "What the fund receives, yuan a resident and year." "基金获得的资金，元/人·年。";
    "Part of a failed project's value that the fund pays to its investors." "基金对失败项目投资者的赔付比例。";
    "Sectors in which new projects are refused; `services` stands for both groups."
        "拒绝新项目的行业；`services` 代表两类服务业。";
    "Part of distributed profit that goes to households where the project stands." "分配利润中归项目所在地家庭的比例。";
    "Part of a project's missing cash that the fund lends." "基金借给项目的缺口资金比例。";
    "Fall of the risk premium that investors see, log points." "投资者面对的风险溢价下降，对数点。";
    "Part of county spending that follows residents." "县级支出中按常住人口分配的比例。";
    "Counties that the rule is for." "规则适用的县。";
    "Part of the seat's services that a village can use." "村民可以使用的县城公共服务比例。";
    "Cost of digital services, yuan a villager and year." "数字化公共服务的成本，元/村民·年。";
    "Part of the way from need to gaps that the formula of transfers moves." "转移支付公式由按需求转向补缺口的程度。";
    "Where workers live who are trained." "受训劳动者的居住地。";
    "How far seats follow low income: the rate is times (mean income/income) to this power."
        "名额向低收入倾斜的程度（幂指数）。";
    "Share of workers living there who are trained a year." "每年接受培训的劳动者比例。";
    "Allowance for each talent living there, yuan a year." "对居住在当地的每名人才的津贴，元/年。";
    "Places that want talent." "需要人才的地点。";
    "Diffusion of technology, per year times the share of talent (psi_T)." "技术扩散，每年，乘以人才占比。";
    "Where commissioners come from, by talent there." "特派员的来源地，按当地人才数。";
    "Cost of a commissioner, yuan a year, paid to the household at home." "派驻人员的费用，元/年，在原籍领取。";
    "Commissioners at each place, persons." "每地派驻人数。";
    "Added to the utility of living there, log points of income." "增加的居住效用，收入对数点。";
    "Places that are renewed." "更新的地点。";
    "Loss from crowding, times what it was." "拥挤损失，为原来的倍数。";
    "Growth of the housing stock on top of the market's, per year." "在市场之外住房存量的年增长。";
    "Cost, yuan a resident and year." "更新成本，元/人·年。";
    "Strengthens chains where they are, and discourages duplication." "就地做强产业链，抑制重复建设。";
    "Keeps service spending in the county, lowers the trade wedge, moves part of retail online."
        "把服务消费留在县域，降低贸易成本（冰山成本）楔子，部分零售转到线上。";
    "Money, investment, enclaves, talent, training and purchases between paired units."
        "结对单位之间的资金、投资、飞地、人才、培训与采购。";
    "Moves the prefecture's share of county money to the county and the province, or back."
        "把市级在县级资金中的份额转给县和省，或相反。";
    "Market access and producer services of a city for the counties around it." "中心城市为周边各县带来市场可达性和生产性服务。";
    "Projects of cities look at county seats more often; city firms order from county firms."
        "使城市的项目更多地考虑县城，城市企业向县域企业下单。";
    "Raises start-ups at home and adds to their capital." "促进家乡创业，并增加其资本。";
    "Lower tax, subsidy, infrastructure and land for industry in a zone." "以低税、补贴、基础设施和用地在园区发展工业。";
    "Buys training seats for workers." "为劳动者购买培训名额。";
    "Opens services and registration to newcomers, and the own county's seat to villagers."
        "向外来者开放公共服务和户籍，向村民开放本县县城。";
    "Processes farm goods in the county; pools price risk." "在县域内加工农产品，分担价格风险。";
    "Raises housing, amenity and land of cities at a cost." "以一定成本增加城市的住房、宜居度与用地。";
    "Raises growth of industrial technology where talent is; scraps old capital." "在人才所在地提高工业技术增速，淘汰旧资本。";
    "Allowances for talent, posted commissioners, diffusion of technology." "人才津贴、科技特派员、技术扩散。";
    "Spends by residents, tops up poor counties, lets villages use the seat's services."
        "按常住人口支出，补足困难县，让乡村使用县城的公共服务。";
    "Cheaper and faster entry, doors open to outsiders." "准入更便宜更快，对外来者开放。";
    "Keeps land rights of people away, opens rental and construction land." "保留外出者的土地权益，开放流转和建设用地。";
    "Builds public capital; lowers trade wedge and moving cost." "建设公共资本，降低贸易成本（冰山成本）楔子和迁移成本。";
    "Cleans industry, pays upstream places for their ecology, opens them to visitors."
        "治理工业，补偿上游的生态贡献，并向游客开放。";
    "Sets, scales or shifts one lever at chosen places, for a what-if." "在选定地点设定、缩放或移动一个政策变量，用于假设分析。";
    "Formula transfers to main farm areas, difficult areas and poor households." "按公式向粮食主产区、困难地区和困难家庭转移支付。";
    "Keeps deposits in the county, guarantees and refinances projects, links profit to households."
        "把存款留在县域，为项目担保和再融资，把利润与家庭联系起来。";
    "the county" "县";
    "the county (commercial infrastructure)" "县（商业设施）";
    "the coastal partner" "沿海结对方";
    "nobody: a rule" "无人付款：只改变规则";
    "the city" "城市";
    "receiving county and the cities of its prefecture, in stated shares" "接收县与本地级市城区，按所列比例";
    "county and province, in stated shares" "县与省，按所列比例";
    "named governments" "所列政府";
    "the place of destination; the centre may pay a part for each settled person" "迁入地；中央可为每名落户者承担一部分";
    "the county (equipment)" "县（设备）";
    "the city itself" "城市自身";
    "the province (top-up out of its transfers; digital services by order)" "省（从转移支付中补足；数字化服务由其订购）";
    "nobody; investors pay for construction land" "无人付款；投资者为建设用地付费";
    "county, province and centre, in stated shares" "县、省与中央，按所列比例";
    "downstream counties and named governments; industry pays for cleaning" "下游各县与所列政府；工业承担治理成本";
    "nobody: a what-if moves a rule, not money" "无人付款：假设改变规则而非资金";
    "centre and province" "中央与省";
    "the county's guarantee fund, filled by named governments" "县级担保基金，由所列政府出资";
}
