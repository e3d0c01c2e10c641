//! Titles, descriptions, sources and assumptions of the shipped scenarios, and of those that `shanhai new` writes, in Chinese. A sentence stands here once, however many
//! scenarios say it; one that is not here is shown as its author wrote it. Line breaks make no difference.

use crate::message::Language;

/// A sentence of a shipped scenario, and its Chinese.
pub(crate) const SENTENCES: &[(&str, &str)] = &[
    // Titles.
    ("Kerala 2011 to 2026: baseline", "喀拉拉邦 2011—2026 年：基准情景"),
    (
        "newcomers: .05 of residents from another district, .02 from another state, everywhere; 2.8 % more registered people than residents",
        "新来者：各地常住人口的 5 % 来自其他县区、2 % 来自其他邦；户籍人口比常住人口多 2.8 %",
    ),
    ("graduates: .1 of residents everywhere", "人才：各地均为常住人口的一成"),
    (
        "two of five workers outside farming and household industry are in industry",
        "农业与家庭工业以外的从业者中五分之二属于工业",
    ),
    (
        "output of districts is the state's by sector, divided by workers: everybody makes as much as his colleagues in other districts",
        "各县区产出由全邦分部门产出按从业者分摊：每人产出与其他县区同行相同",
    ),
    (
        "budgets, households, pay and the law of migration are those of China 2020, chosen by name: no figure of India was fitted",
        "财政、住户、工资与迁移规律指名取自中国 2020 年：未拟合任何印度数据",
    ),
    (
        "technology grows by .02 a year in every sector; nothing else moves from outside",
        "各部门技术每年增长 2 %；别无外生变化",
    ),
    ("China 2010 to 2020: all counties", "全国 2010—2020 年：全部县级单位"),
    ("China 2010 to 2020: a backtest", "全国 2010—2020 年：回溯检验"),
    ("Henan 2020 to 2035: baseline", "河南 2020—2035 年：基准情景"),
    ("Henan 2010 to 2020: baseline", "河南 2010—2020 年：基准情景"),
    ("Henan: the province settles with all counties from 2022", "河南：2022 年起财政直管推广到全部县（市）"),
    ("Henan: the three ups of county governance (essay E2)", "河南：县域治理“三起来”（文章 E2）"),
    ("Capital clusters (invented): a development zone in the mountains", "资本集聚（虚构）：山区的开发区"),
    (
        "Registration (invented): the coastal city opens its services to everybody",
        "户籍（虚构）：沿海城市的公共服务向所有常住人口开放",
    ),
    (
        "Mountain and coast (invented): one mountain county, one coastal county, one coastal city",
        "山与海（虚构）：一个山区县、一个沿海县、一座沿海城市",
    ),
    (
        "Mountain and sea (invented): a paired transfer with an enclave",
        "山海协作（虚构）：结对转移支付与飞地",
    ),
    (
        "A transfer (invented): money for households of the mountain villages",
        "转移支付（虚构）：给山区农户的收入补助",
    ),
    ("Two regions (invented): a village, a city and a wage floor", "两个地区（虚构）：乡村、城市与最低工资"),
    (
        "Mountain and coast with services by residence: how much, and how soon",
        "山与海：公共服务按常住人口配置，力度多大，何时开始",
    ),
    (
        "Who pays (invented): roads for the mountain county, paid by itself",
        "谁付钱（虚构）：山区县自己出钱修路",
    ),
    ("Zhejiang 2020 to 2035: baseline", "浙江 2020—2035 年：基准情景"),
    (
        "distance exponent, births, deaths, least share away: as in scenarios/china/backtest_2010_2020.toml, whose score is docs/evidence.md",
        "距离指数、出生、死亡与最低外出比例同 scenarios/china/backtest_2010_2020.toml，其得分见 docs/evidence.md",
    ),
    (
        "leavers of a province and where they went: shares of origins in the long form, times the newcomers that the census counts",
        "各省外出人口及其去向：长表中的来源份额乘以普查的外来人口",
    ),
    (
        "terms of migration are the nation's of 2010 to 2020 on the facts of 2020, by county, with the border constants of that run (2020/migration.csv); they fade to nothing by 2030",
        "迁移各项为 2010—2020 年全国规律按 2020 年事实逐县计算，边界常数取自该运行（2020/migration.csv）；到 2030 年逐渐消失",
    ),
    (
        "log odds of those who stay in their county to live in its seat: 0.6 in ten years, fading (assumed; not yet held against urbanisation of 2024)",
        "留在本县者居住在县城的对数几率：十年上升 0.6，逐渐减弱（假定；尚未与 2024 年城镇化率对照）",
    ),
    (
        "log odds of those who stay to live in the city and not in the village rise by .05 a year",
        "留在本县者居住在城区而不在乡村的对数几率每年上升 0.05",
    ),
    (
        "odds of living in the seat of the own county rise as in the nation",
        "居住在本县县城的几率与全国同步上升",
    ),
    (
        "terms of drivers.migration are fitted on all provinces; docs/evidence.md fits them anew without each province and scores these fits",
        "drivers.migration 各项由所有省拟合；docs/evidence.md 逐一留出各省重新拟合并给出得分",
    ),
    ("terms of migration are those of backtest_2010_2020.toml", "迁移各项取自 backtest_2010_2020.toml"),
    (
        "terms of migration are those of the national run (2010/migration.csv)",
        "迁移各项取自全国运行（2010/migration.csv）",
    ),
    (
        "terms of migration are those of the national run (2010/migration.csv); no published incomes, so there is no outside income",
        "迁移各项取自全国运行（2010/migration.csv）；没有公布的收入，因此没有外部收入",
    ),
    (
        "terms of migration are the nation's of 2010 to 2020 on the facts of 2020, by county (2020/migration.csv), fading by 2030; no published incomes, so there is no outside income",
        "迁移各项为 2010—2020 年全国规律按 2020 年事实逐县计算（2020/migration.csv），到 2030 年逐渐消失；没有公布的收入，因此没有外部收入",
    ),
    (
        "those who stay in their county: log odds of its seat as stated, so that the national urban share comes near the 63.9 % of 2020 (worked out with fixed shares of newcomers)",
        "留在本县者居住在县城的对数几率按所述取值，使全国城镇化率接近 2020 年的 63.9%（按外来人口份额不变计算）",
    ),
    (
        "Zhejiang 2010 to 2020: baseline from the census of 2010",
        "浙江 2010—2020 年：以 2010 年人口普查为起点的基准情景",
    ),
    ("Zhejiang: the common prosperity plan (essay E3)", "浙江：共同富裕方案（文章 E3）"),
    (
        "Zhejiang: county seats as carriers of urbanisation (essay E4)",
        "浙江：以县城为重要载体的城镇化（文章 E4）",
    ),
    ("Zhejiang: county industries enrich the people (essay E1)", "浙江：县域富民产业（文章 E1）"),
    ("Zhejiang: the green county (essay E0)", "浙江：绿色县域（文章 E0）"),
    ("Zhejiang: processing farm goods in the county", "浙江：农产品就地加工"),
    ("Zhejiang: chain leaders", "浙江：链长制"),
    ("Zhejiang: county commerce", "浙江：县域商业"),
    ("Zhejiang: delegation to counties", "浙江：强县扩权"),
    ("Zhejiang: development zones in mountain seats", "浙江：山区县城的开发区"),
    ("Zhejiang: what city management of counties would have done", "浙江：假如实行市管县"),
    ("Zhejiang: green transition", "浙江：绿色转型"),
    ("Zhejiang: services by residence", "浙江：公共服务按常住人口提供"),
    ("Zhejiang: transfers to areas and households in need", "浙江：面向困难地区和困难家庭的转移支付"),
    ("Zhejiang: industrial upgrading", "浙江：产业升级"),
    ("Zhejiang: industry moves to mountain counties", "浙江：产业向山区县转移"),
    ("Zhejiang: roads between town and country", "浙江：城乡道路"),
    ("Zhejiang: rural land reform", "浙江：农村土地制度改革"),
    ("Zhejiang: a what-if", "浙江：假设情景"),
    ("Zhejiang: circles around the cities", "浙江：都市圈"),
    ("Zhejiang: mountain-sea pairing", "浙江：山海协作"),
    ("Zhejiang: start-ups of returnees", "浙江：返乡创业"),
    ("Zhejiang: capital to the countryside", "浙江：工商资本下乡"),
    ("Zhejiang: equal public services", "浙江：基本公共服务均等化"),
    ("Zhejiang: training of villagers", "浙江：农民培训"),
    ("Zhejiang: talent to the countryside", "浙江：人才下乡"),
    ("Zhejiang: urban renewal", "浙江：城市更新"),
    // Assumptions.
    (
        "prefectures manage counties everywhere (phi_P .10, phi_p .20, q .10); the centre returns .6 of its take",
        "各地均实行市管县（phi_P 0.10，phi_p 0.20，q 0.10）；中央返还其所得的 60%",
    ),
    (
        "technology growth of .02 a year in industry, .036 in farming (balanced)",
        "工业技术年增长 2%，农业年增长 3.6%（平衡增长）",
    ),
    ("drivers of migration as in Zhejiang", "迁移的驱动因素与浙江相同"),
    (
        "log odds of farming fall by .066 a year beyond what wages do, as between the censuses of 2000 and 2010 (farm share of jobs .644 and .483, recalled), until 2020",
        "除工资的作用外，务农的对数几率每年下降 0.066，与 2000 年和 2010 年两次人口普查之间相同（农业就业比重 64.4% 和 48.3%，凭记忆），至 2020 年为止",
    ),
    (
        "households saved .295 of income in cities and seats and .26 in villages in 2010 (13,471 of 19,109 and 4,382 of 5,919 yuan spent, recalled)",
        "2010 年城镇居民储蓄率为 29.5%，农村居民为 26%（收入 19,109 元和 5,919 元，其中消费 13,471 元和 4,382 元，凭记忆）",
    ),
    (
        "what a recipient of a pension gets grows by .064 (employees) and .087 (residents) a year beyond prices until 2020, as in the nation (recalled; prices 2.6 % a year); who draws stays as in 2010, when the residents' scheme was a pilot",
        "至 2020 年，人均养老金扣除物价后每年增长 6.4%（职工）和 8.7%（居民），与全国相同（凭记忆；物价每年上涨 2.6%）；领取面保持 2010 年的情况，当时居民养老保险尚在试点",
    ),
    (
        "births and deaths a head as published of each province where known, and the nation's path to 2022; after that the rates by age stand",
        "出生率和死亡率采用各省已公布的数据，至 2022 年按全国走势延伸；此后各年龄的比率保持不变",
    ),
    (
        "terms of drivers.odds fitted on the growth of the units of Zhejiang and Henan, 2010 to 2020; how sure they are stands beside them",
        "drivers.odds 各项由浙江和河南各县级单位 2010—2020 年的人口增长拟合；可信程度注在各项旁边",
    ),
    (
        "share away of a county at least 6 %, a quarter of the way to its prefecture and province (registers lag behind moves)",
        "各县外出人口比重不低于 6%，并向所在地市和省的均值靠拢四分之一（户籍登记滞后于迁移）",
    ),
    (
        "distance exponent 1 (gamma_d kappa = 1 for workers), e^1 inside the prefecture",
        "距离指数为 1（对普通劳动者 gamma_d kappa = 1），本地市内为 e^1",
    ),
    (
        "villagers who stay: log odds of the seat +1.8 in ten years, so that the national urban share comes to the 63.9 % of 2020",
        "留在本县的农村户籍人口：十年间迁往县城的对数几率上升 1.8，使全国城镇化率达到 2020 年的 63.9%",
    ),
    (
        "births of the county (per young adult) times 1.06 and deaths times 1.1 of the rates of 2020, so that the nation comes near the 1,409.8 m of 2020",
        "各县出生数（按青年人口计）为 2020 年比率的 1.06 倍，死亡数为 1.1 倍，使全国人口接近 2020 年的 14.098 亿",
    ),
    (
        "movers see the wages, prices and services of 2010 (fixed_prices): the law was fitted without their change",
        "迁移者看到的是 2010 年的工资、价格和公共服务（fixed_prices）：迁移规律拟合时未考虑其变化",
    ),
    (
        "one project per 5,000 persons: capital does not enter the prediction",
        "每 5,000 人一个项目：资本不参与预测",
    ),
    (
        "prefectures manage counties: they take .20 of counties' local revenue and keep .10 of their transfers, the province takes .10",
        "市管县：地市分享县级地方收入的 20%，截留其转移支付的 10%，省分享 10%",
    ),
    (
        "the centre returns .9 of its take (recalled from published totals)",
        "中央返还其所得的 90%（凭记忆，据公布总数）",
    ),
    (
        "drivers of migration as in Zhejiang; no published incomes, so there is no outside income",
        "迁移的驱动因素与浙江相同；没有公布的收入数据，因此没有区域外收入",
    ),
    (
        "log odds of farming fall by .066 a year beyond what wages do, as between the censuses of 2000 and 2010 (farm share of jobs .644 and .483, recalled), until 2030",
        "除工资的作用外，务农的对数几率每年下降 0.066，与 2000 年和 2010 年两次人口普查之间相同（农业就业比重 64.4% 和 48.3%，凭记忆），至 2030 年为止",
    ),
    (
        "what a recipient of a pension gets grows by .026 (employees) and .082 (residents) a year beyond prices until 2024, as in the nation (China Statistical Yearbook 2025; prices .8 % a year), and by .02 after, the adjustment of 2025 (recalled)",
        "至 2024 年，人均养老金扣除物价后每年增长 2.6%（职工）和 8.2%（居民），与全国相同（《中国统计年鉴 2025》；物价每年上涨 0.8%）；此后按 2025 年的调整幅度每年增长 2%（凭记忆）",
    ),
    (
        "births and deaths a head as published of the province until 2020 (births) and 2015 (deaths), and the nation's path from there to 2022; after that the rates by age stand",
        "出生率（至 2020 年）和死亡率（至 2015 年）采用本省公布的数据，至 2022 年按全国走势延伸；此后各年龄的比率保持不变",
    ),
    ("drivers of technology and migration are those of the baseline", "技术和迁移的驱动因素与基准情景相同"),
    (
        "prefectures manage counties before the reform: .20 of revenue, .10 of transfers; the centre returns .9 of its take",
        "改革前实行市管县：地市分享收入的 20%，截留转移支付的 10%；中央返还其所得的 90%",
    ),
    ("the candidates of 2021 are every county and county-level city", "2021 年改革的对象为全部县和县级市"),
    (
        "a province supervises fifty counties without loss, and loses two percent for each multiple beyond",
        "一个省可直管五十个县而无损失，超出后每增加一倍损失 2%",
    ),
    (
        "sizes of the policy are assumed: no budget document was read for them",
        "政策规模为假设：未查阅预算文件",
    ),
    (
        "every number of mountain_and_coast_nodes.csv is invented; nothing here is data about any place",
        "mountain_and_coast_nodes.csv 中的数字全部为虚构，不是任何地方的数据",
    ),
    ("sizes of the zone are invented", "开发区的规模为虚构"),
    (
        "access of workers without registration is that of the parameter before the reform; costs are those of the example",
        "改革前，非户籍劳动者享有公共服务的程度由参数给定；成本取自示例",
    ),
    (
        "technology grows by .02 a year in industry and .036 in farming; odds of living in another county by .04",
        "工业技术每年增长 2%，农业 3.6%；居住在外县的几率每年增长 4%",
    ),
    ("sizes of the pairing are invented", "协作的规模为虚构"),
    ("the size of the transfer is invented", "转移支付的规模为虚构"),
    (
        "every number of two_regions_nodes.csv is invented; nothing here is data about any place",
        "two_regions_nodes.csv 中的数字全部为虚构，不是任何地方的数据",
    ),
    (
        "moving from the village to the city gets easier by .05 a year in log odds",
        "由乡村迁往城市的对数几率每年上升 0.05",
    ),
    ("the size of the programme is invented", "项目的规模为虚构"),
    (
        "technology growth of .02 a year in industry, .036 in farming (balanced: g_a = g_m (1 - aK_a)/(1 - aK_m))",
        "工业技术年增长 2%，农业年增长 3.6%（平衡增长：g_a = g_m (1 - aK_a)/(1 - aK_m)）",
    ),
    (
        "odds of living in another county of the province grow by .043 a year (censuses of 2010 and 2020)",
        "居住在省内外县的几率每年增长 4.3%（2010 年和 2020 年人口普查）",
    ),
    (
        "odds of living in the seat of the own county grow by .12 a year for villagers (chosen to meet urbanisation of 2024)",
        "农村户籍人口居住在本县县城的几率每年增长 12%（按 2024 年城镇化率选定）",
    ),
    (
        "births and deaths a head as published of the province until 2023; after that the rates by age stand",
        "出生率和死亡率至 2023 年采用本省公布的数据；此后各年龄的比率保持不变",
    ),
    (
        "technology growth of .03 a year in industry, .054 in farming (balanced), near the growth of output per head in 2010 to 2020",
        "工业技术年增长 3%，农业年增长 5.4%（平衡增长），接近 2010—2020 年人均产出的增速",
    ),
    (
        "odds of living in the seat of the own county grow by .12 a year for villagers",
        "农村户籍人口居住在本县县城的几率每年增长 12%",
    ),
    (
        "no published incomes for 2010, so there is no outside income",
        "2010 年没有公布的收入数据，因此没有区域外收入",
    ),
    ("the strength of each part is that of its own scenario", "各项政策的力度与其单项情景相同"),
    // Descriptions.
    (
        "1.33 billion residents at the census of 2010 in 2,863 county-level units, 5,410 nodes; there is no outside. Output is a construction from jobs and wage levels (README.md), so levels of single provinces are not to be read as data. One agent stands for 100 persons.",
        "2010 年普查的 13.3 亿常住人口，2,863 个县级单位、5,410 个节点；没有区域外部分。产出由就业与工资水平推算（见 README.md），因此各省的水平不能当作数据使用。一个主体代表 100 人。",
    ),
    (
        "All 1,332.8 million residents of mainland China at the census of 2010, in 2,863 county-level units, run to 2020. The changes of the odds of living away from home are stated in drivers.migration with their sources, and judged on every province beside fits that have not seen it. `shanhai backtest` scores it; docs/evidence.md says how far to trust it.",
        "2010 年普查的中国大陆全部 13.328 亿常住人口，2,863 个县级单位，模拟到 2020 年。在外居住几率的变化连同来源写在 drivers.migration 中，并与未使用该省数据的拟合一起在每个省检验。`shanhai backtest` 给出得分；docs/evidence.md 说明可信到什么程度。",
    ),
    (
        "The 99.4 million residents of Henan at the census of 2020, with the rest of the country as one outside node: a province that people leave, in which prefectures manage counties. No policy; technology grows and moving gets easier as the drivers state.",
        "2020 年普查的河南 9,940 万常住人口，全国其余地区合为一个区域外节点：一个人口流出、实行市管县的省份。没有政策；技术增长、迁移变得容易，均按驱动因素所述。",
    ),
    (
        "The 94.0 million residents of Henan at the census of 2010, with the rest of the country as one outside node: a province that people leave, in which prefectures manage counties. No policy; technology grows and moving gets easier as the drivers state.",
        "2010 年普查的河南 9,400 万常住人口，全国其余地区合为一个区域外节点：一个人口流出、实行市管县的省份。没有政策；技术增长、迁移变得容易，均按驱动因素所述。",
    ),
    (
        "Ten counties have been under the province since 2014; the reform of 2021 extends this to the rest. Prefectures lose their share of county money; their districts lose what it paid for.",
        "2014 年起已有十个县由省直管；2021 年的改革推广到其余各县。地市失去对县级财力的分享，其市辖区随之失去由此负担的支出。",
    ),
    (
        "Direct settlement, delegation, one zone a county, industry transfer within the circles of cities, upgrading, nearby urbanisation, as essay E2 (Li Chenglin) names them.",
        "财政直管、放权赋能、一县一开发区、都市圈内的产业转移、产业升级、就近城镇化，均取自文章 E2（Li Chenglin）。",
    ),
    (
        "The 33.4 million residents of the 14 districts of Kerala at the census of India of 2011, with the rest of India as one outside node. It shows that the tables need not be those of China; what is assumed for it stands below and in README.md. Money columns are called yuan and hold rupees of 2011-12.",
        "2011 年印度普查的喀拉拉邦 14 个县区 3,340 万常住人口，印度其余地区合为一个区域外节点。它说明数据表不限于中国；为此所作的假定见下文和 README.md。金额列名为元，实为 2011—12 年卢比。",
    ),
    (
        "A mountain county grants industry low taxes, land and a subsidy. Capital looks at what it earns: it comes, and it comes from somewhere. Watch capital and output of the mountain seat and of the coast, and what the zone costs the county that pays for it.",
        "一个山区县给工业低税、土地和补贴。资本逐利而来，也总是从别处而来。请看山区县城和沿海的资本与产出，以及开发区让出钱的县付出多少。",
    ),
    (
        "Services of the coastal city are opened to all who live there, and the city pays for half of it. Watch who comes, what happens to wages and services there, and what becomes of the places that people leave.",
        "沿海城市向所有常住人口开放公共服务，所需资金由该市负担一半。请看谁会来、当地的工资和公共服务如何变化，以及人口流出地会怎样。",
    ),
    (
        "Six nodes: a mountain county, a coastal county and the districts of a coastal city, each with its villages. A quarter of those registered in the mountain villages live on the coast. Workers and talent move down to the sea; transfers and remittances flow back. Capital does not follow: seats and city save more than is invested in them, lend a part of it to the villages and most to the outside. The smallest case in which every flow can be watched between all tiers.",
        "六个节点：一个山区县、一个沿海县、一座沿海城市的市辖区，各带自己的乡村。户籍在山区乡村的人四分之一住在沿海。劳动者和人才流向海边，转移支付和汇款流回山里。资本却不跟着走：县城和城市的储蓄多于当地投资，一部分借给乡村，大部分借到区域外。这是各层级之间的每一种流动都能看清的最小案例。",
    ),
    (
        "The coastal city pays a share of its revenue to the mountain county, sends talent, trains workers, and lets the mountain county hold industry in an enclave on the coast. Watch revenue of the mountain county and incomes of its people: they are different tables.",
        "沿海城市把一部分收入付给山区县，派出人才，培训劳动者，并让山区县在沿海的飞地拥有工业。请看山区县的财政收入和当地人的收入：两者在不同的表里。",
    ),
    (
        "The centre pays every household of the mountain villages an income that falls with what it earns. Watch incomes and residents of the villages: does the money bring people back, or does it help those who never left?",
        "中央给山区乡村的每户发放收入补助，户收入越高补助越少。请看这些乡村的收入和常住人口：这笔钱是让人回来了，还是帮了从未离开的人？",
    ),
    (
        "A city and its countryside, after Harris and Todaro (1970). The city has unemployment and a minimum wage near what workers earn, and newcomers weigh the wage with the chance of a job. Watch unemployment and wages of the node `city` in nodes.csv, then take the floor away: --set parameters.floor_scale=0. Workers earn less and a few more of them have a job.",
        "一座城市和它的乡村，依据 Harris 和 Todaro（1970）。城市有失业，最低工资接近劳动者的工资水平；新来者既看工资，也看找到工作的机会。请看 nodes.csv 中节点 `city` 的失业和工资，然后取消最低工资：--set parameters.floor_scale=0。劳动者挣得少一些，有工作的人略多一些。",
    ),
    (
        "The same roads, paid by the county, by the province or by the centre. What is built is equal; what the county can do besides is not. Change the payer: --set 'policy.infrastructure[0].payers={ county = 0.0, centre = 1.0 }'",
        "同样的道路，由县、省或中央出钱。修成的路一样；县还能做别的什么，就不一样了。更换出资方：--set 'policy.infrastructure[0].payers={ county = 0.0, centre = 1.0 }'",
    ),
    (
        "All 64.6 million residents of Zhejiang at the census of 2020, in 90 districts, county seats and their villages, with the rest of the country as one outside node. No policy; technology grows and moving gets easier as the drivers state.",
        "2020 年普查的浙江全部 6,460 万常住人口，分布在 90 个市辖区、县城及其乡村，全国其余地区合为一个区域外节点。没有政策；技术增长、迁移变得容易，均按驱动因素所述。",
    ),
    (
        "The 54.4 million residents of Zhejiang at the census of 2010, with the rest of the country as one outside node, run to 2020: what it gives can be held against the census of 2020 (census_2020.csv). No policy; technology grows and moving gets easier.",
        "2010 年普查的浙江 5,440 万常住人口，全国其余地区合为一个区域外节点，模拟到 2020 年：结果可与 2020 年普查（census_2020.csv）对照。没有政策；技术增长，迁移变得容易。",
    ),
    (
        "Pairing, equal services, land reform, talent, transfers to ecological and farm areas, and characteristic industries together, as essay E3 (Cai Qingzhu, Economic Daily) names them.",
        "山海协作、服务均等化、土地改革、人才下乡、对生态区和农业区的转移支付、特色产业一并实施，均取自文章 E3（Cai Qingzhu，《经济日报》）。",
    ),
    (
        "Industry transfer, chain leaders, zones, equal resources by residents, training, start-ups, capital to the countryside and settling near home, as essay E4 (Li Guozheng) names them.",
        "产业转移、链长制、开发区、公共资源按常住人口配置、培训、创业、资本下乡、就近落户，均取自文章 E4（Li Guozheng）。",
    ),
    (
        "Orderly transfer of industry, city services for county firms, processing, e-commerce, start-ups, interest linkage and medium-term finance, as essay E1 (Xinhua) names them.",
        "有序的产业转移、城市为县域企业提供服务、农产品加工、电子商务、创业、利益联结、中期融资，均取自文章 E1（新华社）。",
    ),
    (
        "Green transition, ecological compensation, tourism, commerce and upgrading, as essay E0 (Su Fang, Economic Daily, 2025-09-18) names them.",
        "绿色转型、生态补偿、旅游、商业、产业升级，均取自文章 E0（Su Fang，《经济日报》2025 年 9 月 18 日）。",
    ),
    (
        "A third of farm output is processed by the county's industry; half of price shocks is pooled (shocks of .08 log points).",
        "县内工业加工三分之一的农产品；价格冲击的一半由统筹分担（冲击为 0.08 个对数点）。",
    ),
    (
        "Seats gain from their chain's capital and lose fewer firms; investors are led to counties that are specialised already.",
        "县城从本地产业链的资本中得益更多，流失的企业更少；投资者被引向已有专业化基础的县。",
    ),
    (
        "A fifth less of service spending leaks to higher tiers, trade gets cheaper, a twentieth of local retail goes online.",
        "流向更高层级的服务消费减少五分之一，贸易成本下降，本地零售的二十分之一转到线上。",
    ),
    (
        "Procedures cost .03 of a project and .3 years; delegation takes most of both away in counties.",
        "审批手续耗去项目价值的 3% 和 0.3 年；放权使县一级免去其中大部分。",
    ),
    (
        "Lower tax, a subsidy and building for industry in the seats of mountain counties; what is not collected is missing in the county.",
        "山区县城的工业享受低税、补贴和基础设施；少收的税由县承担。",
    ),
    (
        "Zhejiang has been province-direct since 1953, so the question can only be asked backwards: prefectures take a fifth of counties' revenue and keep a tenth of their transfers, the province takes a tenth instead of a fifth.",
        "浙江自 1953 年起实行省直管县，这个问题只能反过来问：地市分享县级收入的五分之一，截留其转移支付的十分之一，省分享十分之一而不是五分之一。",
    ),
    (
        "Half of industry is cleaned at its own cost; the places with the best ecology are compensated, half by cities downstream and half by the centre, and become easier to visit.",
        "工业的一半自费治污；生态最好的地方得到补偿，一半由下游城市、一半由中央负担，并更便于游客前往。",
    ),
    (
        "Newcomers get four fifths of the services of the place, talent all of them; conversions rise; the destination pays for who settles, the centre a third of it.",
        "新来者享受当地公共服务的五分之四，人才享受全部；落户增多；落户者的费用由流入地负担，中央分担三分之一。",
    ),
    (
        "The poorest third of county budgets and of villages receive transfers from centre and province.",
        "财力最弱的三分之一的县和收入最低的三分之一的乡村得到中央和省的转移支付。",
    ),
    (
        "Technology of industry grows half a percent a year faster at the mean share of talent, old capital goes sooner; research is paid by county and province.",
        "在人才占比为均值的地方，工业技术每年多增长 0.5%，旧资本更早淘汰；研发费用由县和省负担。",
    ),
    (
        "City projects review their place more often and lose less by moving; twenty-six mountain counties add a twentieth of the value of what moves in and receive city orders. Watch the city's loss beside the counties' gain.",
        "城市项目更频繁地重新选址，搬迁损失更小；二十六个山区县按迁入价值的二十分之一给予补助，并承接城市订单。请把城市的损失与各县的收益放在一起看。",
    ),
    (
        "Five hundred yuan a resident and year for ten years, shared by county, province and centre.",
        "十年间每年按常住人口人均五百元投入，由县、省和中央分担。",
    ),
    (
        "People away keep four fifths of their land income, three fifths of farm land can be rented, construction land may be sold. The gap by residence and the gap by registered home move differently.",
        "外出者保留其土地收入的五分之四，农地的五分之三可以出租，集体建设用地可以出让。按居住地和按户籍地衡量的差距变化不同。",
    ),
    (
        "Crossing a county border costs workers a fifth of a log point of income less from 2025 on. No policy, only a question.",
        "自 2025 年起，劳动者跨县居住的成本减少 0.2 个收入对数点。这不是政策，只是一个设问。",
    ),
    (
        "County seats within a hundred kilometres of a city gain from its market and its producer services, which the city pays.",
        "距城市一百公里以内的县城得益于城市的市场和生产性服务，后者由城市出资。",
    ),
    (
        "The real pairs: coastal units pay half a percent of their own revenue to their mountain partners, see them as near, host enclaves whose taxes are halved between the two, post talent, train workers and buy specialties.",
        "真实的结对关系：沿海单位把自有财政收入的 0.5% 付给山区结对县，视对方如近邻，接纳税收对半分成的飞地，派出人才，培训劳动者，购买特产。",
    ),
    (
        "Platforms in counties and a fifth of the value of each start-up.",
        "各县设创业平台，并资助每个创业项目价值的五分之一。",
    ),
    (
        "Deposits stay, a fund guarantees and refinances projects, a tenth of distributed profit goes to households where projects stand.",
        "存款留在当地，基金为项目担保和再融资，分配利润的十分之一归项目所在地的居民。",
    ),
    (
        "County spending follows residents, transfers close half of the gap of poor counties first, villages use a tenth of the seat's services from afar.",
        "县级支出按常住人口安排，转移支付优先补足财力弱县缺口的一半，乡村远程使用县城服务的十分之一。",
    ),
    (
        "Three in a hundred workers of villages are trained each year, more where incomes are low.",
        "每年培训乡村劳动者的百分之三，收入低的地方更多。",
    ),
    (
        "Six thousand yuan a year for talent in counties, twenty commissioners each, technology that diffuses where talent is; the allowance ends in 2030.",
        "到县工作的人才每年补贴六千元，每县二十名特派员，技术随人才扩散；补贴到 2030 年为止。",
    ),
    (
        "Cities add housing and amenities at their own cost; crowding hurts a tenth less.",
        "城市自费增加住房和宜居设施；拥挤的损害减少十分之一。",
    ),
    // Sources.
    ("6th census of 2010, county tables (NBS)", "第六次全国人口普查（2010 年）分县资料（国家统计局）"),
    ("7th census of 2020, county tables (NBS)", "第七次全国人口普查（2020 年）分县资料（国家统计局）"),
    (
        "mean wages by prefecture 2010, China City Statistical Yearbook",
        "2010 年地级市平均工资，《中国城市统计年鉴》",
    ),
    (
        "6th census of 2010, county tables (NBS): people, registration, birth rate, mining, minorities",
        "第六次全国人口普查（2010 年）分县资料（国家统计局）：人口、户籍、出生率、采矿业、少数民族",
    ),
    (
        "7th census of 2020, national totals: people away from their registered county 179.44 m inside provinces, 124.84 m across (2010: 84.69 and 85.88)",
        "第七次全国人口普查（2020 年）全国合计：离开户籍县者省内 1.7944 亿人，跨省 1.2484 亿人（2010 年为 0.8469 亿和 0.8588 亿）",
    ),
    ("prefecture wages 2010, China City Statistical Yearbook", "2010 年地级市工资，《中国城市统计年鉴》"),
    (
        "people by province of birth and residence 2010, long form of the census (about a tenth of them)",
        "2010 年按出生省和居住省的人口，普查长表（约为十分之一人口）",
    ),
    (
        "GDP by county 2021 and by prefecture 2020, provincial yearbooks",
        "2021 年县级和 2020 年地级生产总值，各省统计年鉴",
    ),
    (
        "GDP by county 2011 and by prefecture 2010, provincial yearbooks",
        "2011 年县级和 2010 年地级生产总值，各省统计年鉴",
    ),
    (
        "direct_counties.csv: the list of 2014 (a copy of a copy); for 2021 the reform names a number, not this list",
        "direct_counties.csv：2014 年的名单（转抄自转抄本）；2021 年的改革只公布数目，没有公布这份名单",
    ),
    (
        "Li Chenglin, Jiaozuo Party School, on county governance",
        "Li Chenglin（焦作市委党校），关于县域治理的文章",
    ),
    (
        "Census of India 2011: Primary Census Abstract, table C-14 (Registrar General of India)",
        "2011 年印度人口普查：Primary Census Abstract，表 C-14（印度注册总署）",
    ),
    (
        "state domestic product 2011-12 (Central Statistics Office; recalled), shares of sectors (Economic Review 2011)",
        "2011—12 年度邦生产总值（印度中央统计局；凭记忆）及各部门比重（Economic Review 2011）",
    ),
    (
        "births and deaths: Sample Registration System (recalled)",
        "出生与死亡：Sample Registration System（抽样登记制度；凭记忆）",
    ),
    ("invented for teaching", "为教学而虚构"),
    (
        "J. R. Harris and M. P. Todaro, Migration, Unemployment and Development, American Economic Review 60 (1970)",
        "J. R. Harris、M. P. Todaro，Migration, Unemployment and Development，American Economic Review 60（1970）",
    ),
    ("disposable income by prefecture 2020, provincial statistics", "2020 年地级市居民可支配收入，省统计局"),
    ("pairing.csv: pairs with their sources in each row", "pairing.csv：结对名单，每行注明来源"),
    ("Cai Qingzhu, Economic Daily", "Cai Qingzhu，《经济日报》"),
    (
        "Li Guozheng and co-author, county seats as carriers of new urbanisation",
        "Li Guozheng 等，关于以县城为新型城镇化载体的文章",
    ),
    ("Xinhua essay, Develop county industries to enrich the people", "新华社文章，关于发展县域富民产业"),
    ("Su Fang, Economic Daily, 2025-09-18", "Su Fang，《经济日报》2025 年 9 月 18 日"),
    // Of the folders that `shanhai new` writes.
    ("output by prefecture and province 2020, statistical yearbooks", "2020 年地级和省级产出，统计年鉴"),
    ("output by county: constructed (README.md)", "县级产出：推算（见 README.md）"),
    (
        "output of units is jobs at the nation's output per job times the wage level of the prefecture",
        "各单位产出为就业乘以全国每岗产出，再乘以所在地级市的工资水平",
    ),
    (
        "output of counties is constructed from that of prefectures (median error 14 to 16 %); registered people are estimated (3 %)",
        "县级产出由地级产出推算（误差中位数 14% 至 16%）；户籍人口为估计（3%）",
    ),
    (
        "technology growth of .02 a year in industry, .0204 in business services, .031 in local services, .036 in farming (balanced)",
        "技术年增长：工业 2%，生产性服务业 2.04%，本地服务业 3.1%，农业 3.6%（平衡增长）",
    ),
    (
        "terms of migration as in the national run of 2010 to 2020, with the borders of the nation; they fade from 2020 to 2030",
        "迁移各项与 2010—2020 年全国运行相同，边界项取全国数值；2020 年至 2030 年逐渐消失",
    ),
    (
        "terms as in scenarios/china/backtest_2010_2020.toml; borders: odds of living in another county or province, China 2010 to 2020; after 2020 an assumption",
        "各项与 scenarios/china/backtest_2010_2020.toml 相同；边界项：2010—2020 年全国居住在外县、外省的几率；2020 年以后为假定",
    ),
    (
        "what a recipient of a pension gets grows beyond prices as in the nation (China Statistical Yearbook), and by .02 a year later (recalled)",
        "人均养老金扣除物价后的增长与全国相同（《中国统计年鉴》），此后每年增长 2%（凭记忆）",
    ),
    (
        "births and deaths a head as published of the province, and after the last year the rates by age",
        "出生率和死亡率采用本省公布的数据，末年之后各年龄的比率保持不变",
    ),
    ("drivers are those of the baseline", "驱动因素与基准情景相同"),
];

/// Code, name and Chinese name of prefectures that a table of a teaching case calls by their English name.
const INVENTED: [(&str, &str, &str); 3] =
    [("M", "Mountains", "山市"), ("C", "Coast", "海市"), ("T", "Two Regions", "两地")];

/// The name of a prefecture in the language of messages.
pub(crate) fn prefecture<'n>(code: &str, name: &'n str) -> &'n str {
    let known = INVENTED.iter().find(|known| (known.0, known.1) == (code, name));
    known.filter(|_| Language::shown() == Language::Zh).map_or(name, |known| known.2)
}

/// The Chinese of a sentence of a shipped scenario.
pub(crate) fn chinese(sentence: &str) -> Option<&'static str> {
    let same = |english: &str| english.split_whitespace().eq(sentence.split_whitespace());
    SENTENCES.iter().find(|(english, _)| same(english)).map(|(_, chinese)| *chinese)
}

/// A sentence of a scenario in Chinese; as its author wrote it where there is none.
pub(crate) fn in_chinese(sentence: &str) -> &str {
    chinese(sentence).unwrap_or(sentence)
}

/// A sentence of a scenario in the language of messages.
pub(crate) fn shown(sentence: &str) -> &str {
    if Language::shown() == Language::Zh { in_chinese(sentence) } else { sentence }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// What every scenario of a folder says in words, with its file.
    fn sentences(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sentences(&path, found);
            } else if path.extension().is_some_and(|end| end == "toml") {
                let text = std::fs::read_to_string(&path).expect("a scenario");
                let scenario: toml::Table = text.parse().expect("TOML");
                let lists =
                    ["sources", "assumptions"].into_iter().filter_map(|key| scenario.get(key)?.as_array());
                let one = ["title", "description"].into_iter().filter_map(|key| scenario.get(key));
                let said = one.chain(lists.flatten()).filter_map(|words| words.as_str());
                found.extend(said.map(|words| (words.to_owned(), path.display().to_string())));
            }
        }
    }

    #[test]
    fn every_sentence_of_the_shipped_scenarios_has_chinese() {
        let mut all = Vec::new();
        sentences(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), &mut all);
        let missing: Vec<_> = all.iter().filter(|(sentence, _)| chinese(sentence).is_none()).collect();
        assert!(all.len() > 300 && missing.is_empty(), "of {} without Chinese: {missing:#?}", all.len());
    }

    #[test]
    fn a_sentence_is_found_however_its_lines_are_broken() {
        let told = "Platforms in counties and a fifth\nof the value of each start-up. ";
        assert_eq!(in_chinese(told), "各县设创业平台，并资助每个创业项目价值的五分之一。");
        assert_eq!(in_chinese("a sentence of somebody else"), "a sentence of somebody else");
    }
}
