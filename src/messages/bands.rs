//! What is plausible, and what that rests on.

use crate::message::{messages, texts};

messages! {
    county_seats() "county seats" "县城";
}

texts! {
    "output per resident, yuan" "人均产出，元";
    "output per resident or commuter, yuan" "按常住与通勤人口平均的产出，元";
    "nodes" "节点";
    "counties" "县";
    "nodes and sectors" "节点与行业";
    "nodes of Chinese provinces" "中国各省的节点";
    "prefectures, urban and rural" "地级市，城镇与农村";
    "nodes with output above 1e9 yuan" "产出超过 10 亿元的节点";
    "output per worker, yuan" "劳均产出，元";
    "greatest output per resident over the least (mixed units)" "最高与最低人均产出之比（单位混用）";
    "output of a job on farms, yuan" "农业岗位产出，元";
    "output of a job in industry, yuan" "工业岗位产出，元";
    "output of a job in services, yuan" "服务业岗位产出，元";
    "output of a sector without a job in it, yuan" "没有就业的行业的产出，元";
    "jobs of a sector without output, persons" "没有产出的行业的就业，人";
    "residents at work per resident" "常住人口中的就业比例";
    "persons of tertiary education per resident" "常住人口中受过高等教育者的比例";
    "residents of 60 and over per resident" "常住人口中 60 岁及以上的比例";
    "residents registered elsewhere per resident" "常住人口中户籍在外者的比例";
    "registered persons per resident" "户籍人口与常住人口之比";
    "residents per square kilometre" "人口密度，人/平方千米";
    "kilometres to the nearest other county" "与最近的县的距离，千米";
    "degrees outside 73 to 136 E, 3 to 54 N" "超出东经 73 至 136 度、北纬 3 至 54 度的度数";
    "urban residents per resident" "城镇化率";
    "farm jobs per job" "农业就业比例";
    "output of a farm job over that of another" "农业岗位产出与其他岗位之比";
    "minimum wage over the mean pay of a job outside farming" "最低工资与非农岗位平均报酬之比";
    "jobs outside farming that pay the minimum wage, per job" "按最低工资付酬的非农岗位比例";
    "urban unemployment rate" "城镇失业率";
    "capital over output" "资本产出比";
    "capital of firms over output that governments do not buy" "企业资本与政府不购买的产出之比";
    "household income over output" "居民收入与产出之比";
    "income per head, urban over rural" "城乡人均收入比";
    "county spending per resident, yuan" "县级人均支出，元";
    "greatest county spending per resident over the least" "最高与最低县级人均支出之比";
    "own revenue of counties over their spending" "县级自有收入与支出之比";
    "net lending to the outside over what pools receive" "对区域外净借出与资金池流入之比";
    "outside income (published less modelled) over income" "区域外收入（公布数减模型数）与收入之比";
    "9,700 to 473,000 seen" "实见 9,700 至 473,000";
    "8,800 to 1,300,000 seen; 99.9 %: 476,000" "实见 8,800 至 1,300,000；99.9 % 分位：476,000";
    "3,300 to 151,000 seen" "实见 3,300 至 151,000";
    "30,900 in 2010, 72,000 in 2020; provinces 13,000 to 165,000"
        "2010 年 30,900，2020 年 72,000；各省 13,000 至 165,000";
    "30,000 to 823,000 seen" "实见 30,000 至 823,000";
    "16,000 to 4,460,000 seen; 99.9 %: 1,070,000" "实见 16,000 至 4,460,000；99.9 % 分位：1,070,000";
    "8,100 to 303,000 seen" "实见 8,100 至 303,000";
    "18 in 2010, 16 in 2020" "2010 年 18，2020 年 16";
    "18 in 2010, 115 in 2020" "2010 年 18，2020 年 115";
    "13 in 2010, 29 in 2020" "2010 年 13，2020 年 29";
    "6,800 to 407,000 seen" "实见 6,800 至 407,000";
    "4,500 to 18,700,000 seen; 99.9 %: 4,900,000" "实见 4,500 至 18,700,000；99.9 % 分位：4,900,000";
    "national means of industries from 45,000 to 870,000" "各行业全国均值 45,000 至 870,000";
    "none seen above a hundredth of the node's output and 1 million yuan" "未见超过节点产出百分之一且超过 100 万元者";
    "none seen above a hundredth of the node's jobs and 100 persons" "未见超过节点就业百分之一且超过 100 人者";
    "0.03 to 0.75 seen; below 0.10 in four nodes of 5,350" "实见 0.03 至 0.75；5,350 个节点中有 4 个低于 0.10";
    "0.015 to 0.74 seen" "实见 0.015 至 0.74";
    "0.013 to 0.44 seen" "实见 0.013 至 0.44";
    "0.003 to 0.41 seen" "实见 0.003 至 0.41";
    "0.01 to 0.40 seen" "实见 0.01 至 0.40";
    "0 to 0.92 seen" "实见 0 至 0.92";
    "0.08 to 6.2 seen" "实见 0.08 至 6.2";
    "1.2 to 38,800 seen" "实见 1.2 至 38,800";
    "0.025 in Aksai 2020 (739 on 29,000 km2) to 4,040 seen" "实见 0.025（阿克塞 2020 年，29,000 平方千米 739 人）至 4,040";
    "no two counties lie at one point" "没有两个县位于同一点";
    "where China is, from Zengmu reef to Mohe; Sansha's middle 13.6 N" "中国的范围，自曾母暗沙至漠河；三沙中心位于北纬 13.6 度";
    "0.50 in 2010, 0.64 in 2020; counties 0.014 to 1" "2010 年 0.50，2020 年 0.64；各县 0.014 至 1";
    "0.48 in 2010, 0.21 in 2020; Henan 2010 0.67" "2010 年 0.48，2020 年 0.21；河南 2010 年 0.67";
    "0.08 in Henan 2010, 0.11 and 0.32 in China, 0.59 in Zhejiang 2020"
        "河南 2010 年 0.08，全国 0.11 与 0.32，浙江 2020 年 0.59";
    "medians of 0.32 to 0.42; 99 %: 0.68 to 0.85" "中位数 0.32 至 0.42；99 % 分位 0.68 至 0.85";
    "assumed: few jobs stand at the floor" "假设：少数岗位处于下限";
    "3 to 6 % in the census; surveys find 5.1 to 5.6 %" "普查中 3 至 6 %；调查失业率 5.1 至 5.6 %";
    "2.0 to 2.7 in provinces and the nation" "各省与全国 2.0 至 2.7";
    "0.35 to 3.5 seen of all output" "实见 0.35 至 3.5（对全部产出）";
    "0.30 in Henan 2010 to 0.50; the nation 0.447 in 2020" "河南 2010 年 0.30，高者 0.50；全国 2020 年 0.447";
    "1.85 to 3.7 published" "公布数 1.85 至 3.7";
    "2,800 to 22,300 in 2010, 4,900 to 90,300 in 2020" "2010 年 2,800 至 22,300，2020 年 4,900 至 90,300";
    "8 in 2010, 18 in 2020" "2010 年 8，2020 年 18";
    "0.48 to 0.60 in the model; Zhejiang 0.74 published" "模型中 0.48 至 0.60；浙江公布数 0.74";
    "-0.1 to 0.2 expected" "预期 -0.1 至 0.2";
    "assumed: a residual explains no more" "假设：残差不能解释更多";
}
