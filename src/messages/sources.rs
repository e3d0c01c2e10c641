//! Where defaults of parameters come from, and how far each can be trusted. Citations stay as they are.

use crate::message::texts;

texts! {
    "trust_read" "原文";
    "trust_second-hand" "转引";
    "trust_recalled" "凭记忆";
    "trust_computed" "计算";
    "trust_assumed" "假设";
    "none; off" "无；关闭";
    "the same" "同上";
    "same" "同上";
    "law" "法律规定";
    "Rogers and Castro 1981, fundamental parameters" "Rogers 与 Castro（1981）的基本参数";
    "Tombe and Zhu 2019: 1.5 by instrumental variables; 1.462 in Zhou and Gong 2024"
        "Tombe 与 Zhu（2019）：工具变量法得 1.5；Zhou 与 Gong（2024）为 1.462";
    "set so that 1 - a^th_S is 14.9 % of the wage, near Wu and You's fiscal wedge of 15 %"
        "取值使 1 - a^th_S 为工资的 14.9 %，接近 Wu 与 You 的财政楔子 15 %";
    "commutes of 47 minutes one way in Beijing beside 36 in the mean of large cities (monitoring of 2023, recalled): 22 minutes a day at half the wage of 8 hours are .023"
        "北京单程通勤 47 分钟，大城市平均 36 分钟（2023 年监测，凭记忆）：每天 22 分钟按 8 小时工资的一半计为 .023";
    "none; below one, since commutes grow more slowly than density" "无；小于 1，因为通勤的增长慢于密度";
    "the backtest law: e^1 inside a prefecture" "回测所用迁移规律：地级市之内为 e^1";
    "7th census: 1.41 billion" "第七次人口普查：14.1 亿";
    "near 1,000 yuan a villager, as the item of the household survey 2020 (recalled); .05 to .3 of wages in other surveys"
        "村民人均约 1,000 元，与 2020 年住户调查该项相同（凭记忆）；其他调查为工资的 .05 至 .3";
    "Tombe and Zhu 2019: forfeited; .2 for informal leasing" "Tombe 与 Zhu（2019）：全部放弃；.2 为非正式出租";
    "e^.15 in ten years of the people away" "外出者十年间的 e^.15";
    "quasi-experimental estimates, selection likely" "准实验估计，可能有选择偏差";
    "gross tertiary enrolment 54.4 % in 2020" "2020 年高等教育毛入学率 54.4 %";
    "7th census: total fertility 1.3" "第七次人口普查：总和生育率 1.3";
    "7th census life table" "第七次人口普查生命表";
    "7th census: 1.12 of 1.30" "第七次人口普查：1.30 中的 1.12";
    "7th census: towns 1.40" "第七次人口普查：镇 1.40";
    "7th census: 1.54" "第七次人口普查：1.54";
    ".2 in Zhou and Gong 2024; .15 puts rent at .10 of income" "Zhou 与 Gong（2024）为 .2；取 .15 时房租占收入的 .10";
    "households' final use of the group without dwellings, .33 of all in the input-output table of 2020, and trade margins on goods"
        "2020 年投入产出表中居民对该组（不含住房）的最终使用占全部的 .33，另加商品的贸易差价";
    "one less consumption over income of the household survey 2020: 27,007 of 43,834 yuan"
        "1 减 2020 年住户调查的消费收入比：43,834 元中的 27,007 元";
    "the same survey: 13,713 of 17,131 yuan" "同一调查：17,131 元中的 13,713 元";
    "fixed investment of rural households 2020, 836 bn yuan (all less that without rural households), two thirds of it homes, over their saving, 3,418 yuan a villager or 1,743 bn; 2010: .51"
        "2020 年农户固定资产投资 8,360 亿元（全部减去不含农户者），其三分之二为建房，除以其储蓄人均 3,418 元即 17,430 亿元；2010 年为 .51";
    "property income is 2.5 % of villagers' income in the survey" "调查中财产净收入占农村居民收入的 2.5 %";
    "one less loans over deposits of .548 in 199 formerly poor counties of 2017, over the nation's"
        "1 减 2017 年 199 个脱贫县贷存比 .548 与全国贷存比之比";
    "People's Bank of China, 2010s" "中国人民银行，2010 年代";
    "from code after Tombe and Zhu, renormalised" "取自 Tombe 与 Zhu 之后的程序，经重新归一化";
    ".43 in the same source; .50 meets income over output" "同一来源为 .43；取 .50 与收入产出比相符";
    "input-output table 2020: (depreciation + surplus) over (value added - net taxes), .492 in transport, information, finance, business services and science"
        "2020 年投入产出表：（折旧 + 营业盈余）/（增加值 - 生产税净额），交通、信息、金融、商务服务与科研为 .492";
    "the same of market services without dwellings: .358 (2010: .53, when owners' work counted as surplus)"
        "不含住房的市场服务同一比值：.358（2010 年为 .53，当时业主劳动计入盈余）";
    "the same of education, health and administration: .197 (2010: .142)" "教育、卫生与行政的同一比值：.197（2010 年为 .142）";
    "the same of catering and culture: .382" "餐饮与文化的同一比值：.382";
    "four regions of 2020: staff of urban units 1, with .45 of pay; monthly income of rural migrant workers, where they work, .48 (4,351, 3,866, 3,808 and 3,469 yuan in the east, centre, west and north-east)"
        "2020 年四大地区：城镇单位就业人员为 1，占报酬的 .45；农民工按就业地的月收入为 .48（东部、中部、西部、东北 4,351、3,866、3,808、3,469 元）";
    "over 325 prefectures of 2020: .23" "2020 年 325 个地级市：.23";
    "wages a villager of the household survey of 2020 over villagers' jobs outside farming in the census"
        "2020 年住户调查的村民人均工资除以普查中村民的非农岗位";
    "nation 2020: wages and business income outside farming of the household survey with employers' contributions, 37 trillion yuan, over what the model's jobs would get at the table's compensation, 50 trillion; .84 in 2010"
        "2020 年全国：住户调查的工资与非农经营收入加单位缴费共 37 万亿元，除以模型岗位按投入产出表报酬应得的 50 万亿元；2010 年为 .84";
    "nation 2020: farm income of the household survey over value added" "2020 年全国：住户调查的农业收入除以增加值";
    "meta-analysis; Zhou and Gong's flow elasticity is .006: run both" "荟萃分析；Zhou 与 Gong 的流量弹性为 .006：两者都应运行";
    "surveyed urban rate: 5.6 % in 2020, 5.1 % in 2021, National Bureau of Statistics" "城镇调查失业率：2020 年 5.6 %，2021 年 5.1 %，国家统计局";
    "the usual size of estimates for minimum wages" "最低工资效应估计的常见大小";
    "Chari, Liu, Wang and Wang 2021: output +8 %" "Chari、Liu、Wang 与 Wang（2021）：产出 +8 %";
    "what is lost in all as in Zhang, Wu and Zhang 2004, .096 with discarded capital, less failures of .037 and what scrapping takes"
        "损耗合计同 Zhang、Wu 与 Zhang（2004），含废弃资本为 .096，减去失败 .037 与报废";
    "near the capital-output ratio of 2.5; Bai, Hsieh and Qian 2006 find about .20 for 1978 to 2005 (recalled)"
        "接近资本产出比 2.5；Bai、Hsieh 与 Qian（2006）得 1978—2005 年约 .20（凭记忆）";
    "at most one project per hundred persons" "每百人至多一个项目";
    "five years survived by .83 of new projects; .69 of all new firms from 2000 on (SAIC 2013, recalled), which are smaller"
        "新项目五年存活 .83；2000 年起全部新设企业为 .69（国家工商总局 2013，凭记忆），其规模较小";
    "one less property income of the survey 2020 without imputed rent, near 1,300 yuan, over profit after tax of some 24,000 yuan a head"
        "1 减 2020 年调查财产净收入（不含自有住房折算租金，约 1,300 元）与人均税后利润约 24,000 元之比";
    "10 million founders had returned by 2020, most within eight years, of some 550 million registered in villages: .002 with savings and returnees' odds (recalled)"
        "至 2020 年返乡创业者 1,000 万，多在八年之内，农村户籍约 5.5 亿：计入储蓄与返乡者的几率为 .002（凭记忆）";
    "1,157 bn yuan in 2020 over compensation of 53 trillion" "2020 年 11,570 亿元，除以劳动者报酬 53 万亿元";
    "none; .10 where prefectures manage counties" "无；市管县处为 .10";
    "the Zhejiang way: a fifth of growth since the sharing began in 1994, near a fifth of all by 2020"
        "浙江做法：1994 年分税以来增量的五分之一，至 2020 年约为全部的五分之一";
    "(local spending - local revenue)/take: .35 Zhejiang, near .9 Henan" "（地方支出 - 地方收入）/上解：浙江 .35，河南约 .9";
    "spending of 27 provinces 2020: -.183 (.032); applied to counties" "2020 年 27 省支出：-.183（.032）；用于各县";
    "the same regression: -.118 (.022)" "同一回归：-.118（.022）";
    "sign from Li, Lu and Wang 2016" "符号取自 Li、Lu 与 Wang（2016）";
    "social security and relief were 13 % of budgets in 2020 (recalled), a part of it goes to pension funds"
        "2020 年社会保障与救助占预算的 13 %（凭记忆），其中一部分进入养老基金";
    "spending per pupil, rural over all: .90 to .97, Ministry of Education 2016-17" "生均支出农村与全部之比：.90 至 .97，教育部 2016—2017";
    "a head: county seats 2,190 yuan, villages and towns 420, Ministry of Housing 2016" "人均：县城 2,190 元，村镇 420 元，住房城乡建设部 2016";
    "medical spending of 1.28 trillion yuan beside pensions of 5.13 in 2020" "2020 年医疗支出 1.28 万亿元，养老金 5.13 万亿元";
    "law: 8 of 24 points of pay" "法律规定：缴费率 24 个百分点中的 8 个";
    "with services and tourism near .17 of pay outside farming: business income of 5,460 bn yuan in the survey of 2020 over 32.7 trillion of pay"
        "与服务业、旅游业合计约为非农报酬的 .17：2020 年调查的经营净收入 54,600 亿元除以报酬 32.7 万亿元";
    "none; a home lasts some 33 years" "无；住房寿命约 33 年";
    "land share in housing .64: Wu and You mean" "住房中土地份额 .64：Wu 与 You 的均值";
    "construction permits cost 2.8 % of a warehouse's value, Doing Business 2020" "施工许可费用为仓库价值的 2.8 %，《营商环境报告 2020》";
    "construction permits take 111 days, Doing Business 2020" "施工许可需 111 天，《营商环境报告 2020》";
    "land near 860 yuan a m2 beside a required investment of some 4,500 a m2 in Zhejiang (recalled), less in counties"
        "浙江地价约 860 元/平方米，要求投资约 4,500 元/平方米（凭记忆），各县较低";
    "producer prices of farm goods, nation, 2007 to 2021: sd near .08 (recalled); a county's own is taken for as large"
        "2007—2021 年全国农产品生产者价格：标准差约 .08（凭记忆）；县自身的取同样大小";
}
