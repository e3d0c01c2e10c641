//! Meanings of columns of tables, and totals of a prepared area.

use crate::message::texts;

texts! {
    "code of the unit above: prefecture" "上级地级单位代码";
    "name of the province" "省级单位名称";
    "city or county with a seat" "市区，或有县城的县";
    "residents with tertiary education" "大专及以上学历的常住人口";
    "persons at work in farming" "农业就业人数";
    "persons at work in industry and building" "工业和建筑业就业人数";
    "persons at work in services" "服务业就业人数";
    "persons at work in business services" "生产性服务业就业人数";
    "persons at work in local services" "生活性服务业就业人数";
    "persons at work for visitors" "旅游业就业人数";
    "its name under this code" "该代码下的名称";
    "first year in use" "启用年份";
    "year in which it went out of use; empty: in use" "停用年份；空为仍在使用";
    "codes that follow, with [year] where only a part went there" "后继代码；仅部分划入者注明 [年份]";
    "the rules that hold for every row, listed in provenance.md under Rules"
        "适用于每一行的规则，见 provenance.md 的 Rules";
    "the census lacks columns; what stands for them is listed in provenance.md"
        "普查表缺少若干列；替代方法见 provenance.md";
    "persons at work were counted by sector; what their jobs pay is not known"
        "就业人数按部门统计；岗位工资未知";
    "a development zone or other unit without registered people of its own is counted here"
        "无独立户籍人口的开发区等单位计入此处";
    "residents whom the prefecture's row counts and no county row, counted here"
        "地级行计入而各县行未计入的常住人口，计入此处";
    "too few rural residents for a node: they are counted at the seat" "乡村人口过少，不单设节点，计入县城";
    "no registered population found: taken as the stayers over 1 less the least share away"
        "未找到户籍人口：以留居者除以（1 减最低外出比例）代替";
    "registered people hardly exceed or fall below the stayers: least share away set"
        "户籍人口仅略多于或少于留居者：取最低外出比例";
    "people away rescaled so that those away and newcomers agree over the area"
        "外出人口经缩放，使全区域外出者与新来者相符";
    "newcomers from the rest of the own province, outside the area, counted with other provinces"
        "来自本省区域以外部分的新来者计入外省";
    "the printed age groups did not add up to the residents" "原表各年龄组之和与常住人口不符";
    "an impossible count of graduates was taken from what the prefecture's row leaves"
        "不可能的大专以上人数改取地级行的余数";
    "an impossible count of jobs was taken from what the row's total leaves"
        "不可能的就业人数改取该行合计的余数";
    "employment limited to the largest share of residents of 15 and over"
        "就业人数以 15 岁及以上人口的最高比例为限";
    "a sector of the village outside farming with too few workers: they work at the seat"
        "乡村某非农部门从业者过少：计为在县城工作";
    "no jobs in the long form: the province's share of residents employed is used"
        "长表无就业数据：取全省就业比例";
    "county output of a neighbouring year, scaled to the prefecture's sectors of the base year"
        "相邻年份的县级产出，按基年地级分产业产出缩放";
    "output of the prefecture divided by counts of the census, not published (median error 16 %), its sectors by jobs"
        "地级市产出按普查人数分摊，非公布数（误差中位数 16 %），分行业按就业分摊";
    "jobs of the village outside farming would make less than their minimum wage needs: more than the usual part of the seat's"
        "乡村非农岗位的产出不足以支付最低工资：分得的县城产出多于通常份额";
    "hardly anybody at work in the long form (herders): jobs as in the other units of the prefecture"
        "长表中几乎无人就业（牧民）：按同一地级市其他单位的就业比例";
    "output published for units of another boundary, shared by jobs" "按其他边界公布的产出，依就业分摊";
    "no county output: what the prefecture's total leaves, shared by jobs"
        "无县级产出：取地级合计的余数，依就业分摊";
    "no county output: jobs times the prefecture's output per job" "无县级产出：就业人数乘以地级每岗产出";
    "output scaled so that the province adds up to its published output" "产出经缩放，使全省之和等于公布数";
    "no prefecture output: county output brought to the base year and split like the province's"
        "无地级产出：县级产出折算到基年，按全省结构分产业";
    "no output published: national output per job by sector times the wage level of the prefecture"
        "未公布产出：全国分产业每岗产出乘以地级工资水平";
    "as gdp_wage, with the minimum wage as the level" "同 gdp_wage，以最低工资为水平";
    "as gdp_wage, with the province's mean level" "同 gdp_wage，取全省平均水平";
    "published farm output is impossible beside the farm jobs (other borders): the prefecture's mean"
        "公布的农业产出与农业就业不相容（边界不同）：取地级均值";
    "farm jobs without published primary output, at an assumed output a job"
        "有农业就业而未公布第一产业产出：按假设的每岗产出";
    "coordinates of a unit that carries this name under a later code" "坐标取自代码变更后同名的单位";
    "no coordinates: the mean of the units of the same prefecture" "无坐标：取同一地级各单位的均值";
    "moved about 5 km so that no two units share a point" "移动约 5 公里，以免两个单位同点";
    "no minimum wage: the most frequent one of the prefecture, else of the province"
        "无最低工资：取地级或全省最常见者";
    "minimum wage of 2018 scaled to the base year" "2018 年最低工资折算到基年";
    "code of the unit" "单位代码";
    "its name" "名称";
    "registered persons as published" "公布的户籍人口";
    "registered persons that the nodes hold" "节点表采用的户籍人口";
    "base year of the figures" "数字的基年";
    "code of the unit, or of the group of units" "单位或单位组的代码";
    "county codes of the base year, separated by `;`; absent: the unit" "基年的县代码，以 `;` 分隔；缺省即该单位";
    "persons in the base year; absent: as in the model" "基年人口；缺省取模型值";
    "persons in the year to be predicted" "待预测年份的人口";
    "urban persons in the base year" "基年城镇人口";
    "urban persons in the year to be predicted" "待预测年份的城镇人口";
    "remarks" "备注";
    "code of the unit; empty in a heading" "单位代码；标题行留空";
    "year of the census" "普查年份";
    "what the row stands for" "该行代表的级别";
    "name of the unit" "单位名称";
    "residents who went to preschool" "受过学前教育的常住人口";
    "births per 1000 residents" "每千人出生数";
    "ethnic minorities, per cent of residents" "少数民族占常住人口的百分比";
    "persons of the long form at work" "长表在业人口";
    "persons of the long form at work in the industry" "长表中在该行业就业的人口";
    "urban residents" "城镇常住人口";
    "rural residents" "乡村常住人口";
    "residents registered in another township of the county" "户籍在本县其他乡镇的常住人口";
    "residents registered in another county of the province" "户籍在本省其他县的常住人口";
    "residents registered in another province" "户籍在其他省的常住人口";
    "residents under 1" "不满 1 岁的常住人口";
    "residents of 1 to 4" "1 至 4 岁的常住人口";
    "residents of the age group" "该年龄组的常住人口";
    "residents of that education" "该受教育程度的常住人口";
    "code of the prefecture, or of the pool, whose output was divided; empty: published" "产出被分摊的地级市或合并单位的代码；空为已公布";
    "code of the prefecture, or of the pool, whose output it shares" "分享其产出的地级市或合并单位的代码";
    "year of the input-output table" "投入产出表的年份";
    "industry of the census" "普查的行业";
    "persons at work in it" "该行业的就业人数";
    "value added, yuan" "增加值，元";
    "compensation of employees, yuan" "劳动者报酬，元";
    "net taxes on production, yuan" "生产税净额，元";
    "depreciation, yuan" "固定资产折旧，元";
    "operating surplus, yuan" "营业盈余，元";
    "final use by households, yuan" "居民最终消费，元";
    "final use by governments, yuan" "政府最终消费，元";
    "how far to trust the row" "该行的可信程度";
    "where it is from" "来源";
    "year of the figures" "数字的年份";
    "output, 10,000 yuan" "产出，万元";
    "output of farming, 10,000 yuan" "农业产出，万元";
    "code of the prefecture" "地级市代码";
    "output of industry, 10,000 yuan" "工业产出，万元";
    "output of services, 10,000 yuan" "服务业产出，万元";
    "name of the group" "组名";
    "code whose output is shared over the units of the group" "其产出由组内单位分享的代码";
    "code of a unit of the group" "组内单位的代码";
    "code of the unit in the census" "普查中的单位代码";
    "its code in later tables" "后来表格中的代码";
    "`part` where the later unit is larger" "后来的单位更大时写 `part`";
    "its name in pinyin" "名称的拼音";
    "longitude, degrees" "经度，度";
    "latitude, degrees" "纬度，度";
    "area, km2" "面积，平方千米";
    "code of the unit; empty for a zone without one" "单位代码；没有代码的区域留空";
    "minimum wage, yuan a month" "最低工资，元/月";
    "mean wage, yuan a year" "平均工资，元/年";
    "income per urban resident, yuan a year" "城镇居民人均收入，元/年";
    "income per rural resident, yuan a year" "农村居民人均收入，元/年";
    "part of the year that they cover" "数字所覆盖的时期";
    "code of the province" "省代码";
    "code of the province people come from" "来源省的代码";
    "code of the province they live in" "居住省的代码";
    "persons, or anything in proportion to them" "人数，或与之成比例的量";
    "code of the unit, or of the prefecture whose remainder it is" "单位代码，或其余部分所属地级市的代码";
    "code of the unit that it joins" "并入的单位代码";
    "year of the figure" "数字的年份";
    "registered persons in units of 10,000" "户籍人口，万人";
    "unique short name of the node" "节点的唯一简称";
    "what a reader calls it" "读者所用的名称";
    "the same in English or pinyin" "英文或拼音名称";
    "place in the hierarchy" "在层级中的位置";
    "code of the county-level unit" "县级单位代码";
    "degrees" "度";
    "land area of the node, km2" "节点的土地面积，平方千米";
    "words such as mountain, sea, direct, capital" "标签，例如 mountain、sea、direct、capital";
    "persons living here" "常住人口";
    "of these, with tertiary education" "其中受过高等教育者";
    "residents aged 0 to 4" "0 至 4 岁常住人口";
    "residents aged 5 to 9" "5 至 9 岁常住人口";
    "residents aged 10 to 14" "10 至 14 岁常住人口";
    "residents aged 15 to 19" "15 至 19 岁常住人口";
    "residents aged 20 to 24" "20 至 24 岁常住人口";
    "residents aged 25 to 29" "25 至 29 岁常住人口";
    "residents aged 30 to 34" "30 至 34 岁常住人口";
    "residents aged 35 to 39" "35 至 39 岁常住人口";
    "residents aged 40 to 44" "40 至 44 岁常住人口";
    "residents aged 45 to 49" "45 至 49 岁常住人口";
    "residents aged 50 to 54" "50 至 54 岁常住人口";
    "residents aged 55 to 59" "55 至 59 岁常住人口";
    "residents aged 60 to 64" "60 至 64 岁常住人口";
    "residents aged 65 to 69" "65 至 69 岁常住人口";
    "residents aged 70 to 74" "70 至 74 岁常住人口";
    "residents aged 75 to 79" "75 至 79 岁常住人口";
    "residents aged 80 to 84" "80 至 84 岁常住人口";
    "residents aged 85 and over" "85 岁及以上常住人口";
    "residents registered at the urban node of the county" "户籍在本县城镇节点的常住人口";
    "residents registered at the village of the county" "户籍在本县乡村的常住人口";
    "persons registered here, wherever they live" "户籍在此的人口，无论居住何处";
    "villagers working in the seat of the county" "在本县县城工作的村民";
    "what a job of the sector's industries here pays in the nation, yuan a year" "本地该部门各行业的岗位在全国的平均工资，元/年";
    "share of capital in what the sector's industries here make in the nation, 0 to 1" "本地该部门各行业在全国产出中的资本份额，0 至 1";
    "return on capital here over the area's" "本地资本回报与区域平均之比";
    "value of living in homes as the accounts count it, yuan" "按核算口径计的住房服务价值，元";
    "statutory minimum wage, yuan a year" "法定最低工资，元/年";
    "initial ecological state, 0 to 1" "初始生态状态，0 至 1";
    "mining in employment, 0 to 1" "采矿业占就业的比例，0 至 1";
    "mean wage of the prefecture, yuan a year" "所在地级市的平均工资，元/年";
    "ethnic minorities in population, 0 to 1" "少数民族占人口的比例，0 至 1";
    "worth of living here, log points of income" "居住于此的价值，收入对数点";
    "housing stock, units" "住房存量，单位";
    "industrial capital, yuan" "工业资本，元";
    "industrial jobs that there are, persons" "现有工业岗位，人";
    "return as investors see it over the true one" "投资者所见回报与真实回报之比";
    "unique short name" "唯一简称";
    "persons registered outside who live in the area" "户籍在区域外而住在本区域的人口";
    "words that name every assumption behind the row" "说明该行全部假设的词";
    "code of the prefecture, or of a province for the rest of it" "地级市代码，或代表其余部分的省代码";
    "published income per urban resident, yuan a year" "公布的城镇居民人均收入，元/年";
    "published income per rural resident, yuan a year" "公布的农村居民人均收入，元/年";
    "of recipients and pensions" "领取人数与养老金的年份";
    "persons who draw a pension of the employees' scheme" "领取职工养老金的人数";
    "what each gets, yuan a year" "人均领取额，元/年";
    "persons who draw a pension of the residents' scheme" "领取居民养老金的人数";
    "residents of 60 and over of the whole province, persons" "全省 60 岁及以上常住人口";
    "where the row comes from" "该行的来源";
    "id of the home node" "户籍地节点的 id";
    "log points of income" "收入对数点";
    "id of the selling node" "卖方节点的 id";
    "id of the buying node" "买方节点的 id";
    "units sent for one that arrives, 1 or more" "到达一个单位须发出的单位数，不小于 1";
    "initial ecological state" "初始生态状态";
    "words about the node" "关于节点的词";
    "extra `=`" "多余的 `=`";
    "unexpected `=` in array" "数组中不应有 `=`";
    "city nodes" "城区节点";
    "county seat nodes" "县城节点";
    "village nodes" "乡村节点";
    "share of residents at urban nodes" "城镇节点常住人口比例";
    "persons with tertiary education" "受过高等教育的人口";
    "registered in the area" "本区域户籍人口";
    "share of them at village nodes" "其中户籍在乡村节点的比例";
    "share of the village-registered who live at home" "乡村户籍人口中在家居住的比例";
    "registered and living in another county" "户籍在本区域而居住在其他县的人口";
    "newcomers from the own province" "来自本省的外来人口";
    "newcomers from other provinces" "来自其他省的外来人口";
    "of them outside the own province" "其中在本省以外";
    "rows of counted flows that are used" "人口流向表中采用的行数";
    "people in these rows, in the unit of their table" "这些行的人数（按原表单位）";
    "persons at work" "就业人口";
    "output, hundred million yuan" "产出，亿元";
    "of it living in homes" "其中住房服务";
    "registered in another county of the province" "户籍在本省其他县";
    "the same in the year to be predicted" "待预测年份的同一数字";
    "registered in another province" "户籍在其他省";
    "persons below ten" "不满十岁的人口";
    "1: its border changed between the two years" "1 表示其边界在两年之间有变动";
    "name of the moment" "矩的名称";
    "of which area" "所属区域";
    "of which year or years" "所属年份";
    "its unit" "单位";
    "what is known" "已知的数值";
    "least number that meets it" "符合的最小值";
    "greatest number that meets it" "符合的最大值";
    "whether anything was fitted to it" "是否有参数据此拟合";
    "where the fact comes from" "事实的来源";
    "code of the county, if the row is of one county" "县代码（该行属于单个县时）";
    "code of a county, or of a prefecture for its other counties" "县代码；或地级市代码，用于其余各县";
    "weight of a unit of need in transfers, over that of a county that is not listed" "转移支付中一单位需要的权重（未列出的县为 1）";
    "the year of the figure" "数字所属的年份";
    "loans of the county's banks over their deposits" "县内银行的贷存比";
    "name of the place" "地点名称";
    "counties behind the figure" "数字所涵盖的县";
    "how far the figure can be trusted" "数字的可信程度";
    "code of the county, or id of the outside node" "县代码，或区域外节点的 id";
    "change of the log odds that people registered here live away" "户籍在此者外出居住的对数优势变化";
    "change of the log odds to come here from the own province" "自本省前来的对数优势变化";
    "the same from other provinces" "自其他省前来的同类变化";
    "births per young adult relative to the nation" "每名青年的出生数，相对于全国";
    "people registered here who live in another county in the base year; empty: registered people less stayers"
        "基年户籍在此而居住在外县者人数；留空为户籍人口减留居者";
    "code of the place of origin, or id of an outside node" "来源地代码，或区域外节点的 id";
    "code of the place of residence, or id of an outside node" "居住地代码，或区域外节点的 id";
    "code of the place of origin: county, prefecture or province" "来源地代码：县、地级市或省";
    "code of the place of residence, of the same level" "居住地代码，级别相同";
    "people, in any unit" "人口，单位不限";
    "code of the province, 000000 of the nation" "省代码，全国为 000000";
    "of the rates" "比率所属的年份";
    "births per 1,000 residents; empty: unknown" "每千人出生数；留空为未知";
    "deaths per 1,000 residents; empty: unknown" "每千人死亡数；留空为未知";
    "births, persons; not used" "出生人数；未使用";
    "deaths, persons; not used" "死亡人数；未使用";
    "value added of the sector, yuan" "该部门的增加值，元";
    "residents working in the sector here" "在此从事该部门的常住人口";
}
