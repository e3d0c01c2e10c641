//! Titles and assumptions of the shipped scenarios in Chinese. A sentence stands here once, however many scenarios say it; one
//! that is not here is shown as its author wrote it.

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
];

/// The Chinese of a sentence of a shipped scenario.
pub(crate) fn chinese(sentence: &str) -> Option<&'static str> {
    SENTENCES.iter().find(|(english, _)| *english == sentence.trim()).map(|(_, chinese)| *chinese)
}

/// A sentence of a scenario in Chinese; as its author wrote it where there is none.
pub(crate) fn in_chinese(sentence: &str) -> &str {
    chinese(sentence).unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Titles and assumptions of every scenario in a folder.
    fn sentences(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sentences(&path, found);
            } else if path.extension().is_some_and(|end| end == "toml") {
                let text = std::fs::read_to_string(&path).expect("a scenario");
                let scenario: toml::Table = text.parse().expect("TOML");
                found.extend(scenario.get("title").and_then(|title| title.as_str()).map(str::to_owned));
                let assumed = scenario.get("assumptions").and_then(|list| list.as_array());
                found.extend(assumed.into_iter().flatten().filter_map(|one| one.as_str()).map(str::to_owned));
            }
        }
    }

    /// A new sentence may wait for its Chinese, a tenth of them may not.
    #[test]
    fn nine_of_ten_sentences_of_the_shipped_scenarios_have_chinese() {
        let mut all = Vec::new();
        sentences(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), &mut all);
        all.sort();
        all.dedup();
        let missing: Vec<&String> = all.iter().filter(|sentence| chinese(sentence).is_none()).collect();
        assert!(all.len() > 60 && missing.len() * 10 <= all.len(), "without Chinese: {missing:#?}");
    }
}
