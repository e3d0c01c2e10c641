//! What `shanhai new AREA` writes into the folder of an area: titles, descriptions, the page that says what is counted. Sentences
//! without arguments (sources, assumptions) stand with those of the shipped scenarios.

use crate::message::messages;

messages! {
    area_and_more(first, more) "{first} and {more}" "{first}及另外 {more} 个地区";
    area_baseline_title(name, year, last) "{name} {year} to {last}: baseline" "{name} {year}—{last} 年：基准情景";
    area_policy_title(name) "{name}: equal public services" "{name}：基本公共服务均等化";
    area_people(number) "{number} million" "{number} 万";
    area_no_outside() "there is no outside" "没有区域外部分";
    area_one_outside() "the rest of the country is one outside node" "全国其余地区合为一个区域外节点";
    area_baseline_about(people, year, outside)
        "All {people} residents at the census of {year}; {outside}. No policy; technology grows and moving gets easier as the\ndrivers state."
        "{year} 年普查的全部 {people}常住人口；{outside}。没有政策；技术增长、迁移变得容易，均按驱动因素所述。";
    area_policy_about()
        "A policy to start from: county spending follows residents, transfers close half of the gap of poor counties first,\nvillages use a tenth of the seat's services from afar. `shanhai policies` lists the kinds with their fields."
        "作为起点的一项政策：县级支出按常住人口安排，转移支付优先补足财力弱县缺口的一半，乡村远程使用县城服务的十分之一。\n`shanhai policies` 列出各类政策及其字段。";
    area_direct() "counties settle their budget with the province" "各县与省直接结算财政";
    area_city_managed()
        "prefectures manage counties: they take .20 of counties' local revenue and keep .10 of their transfers, the province takes .10"
        "市管县：地市分享县级地方收入的 20%，截留其转移支付的 10%，省分享 10%";
    area_fiscal(who, back)
        "{who}; the centre returns {back} of its take (.35 where a province pays more than it gets, .9 elsewhere)"
        "{who}；中央返还其所得的 {back}（净上缴的省为 0.35，其他省为 0.9）";
    area_counted(residents, urban, output, a_resident)
        "{residents} residents, {urban} % of them at urban nodes; output {output} hundred million yuan, {a_resident} a resident"
        "常住人口 {residents} 人，其中 {urban}% 在城镇节点；产出 {output} 亿元，人均 {a_resident} 元";
    area_output_by_wage()
        "**Output is not published here.** Units have their jobs at the nation's output per job and sector, times the wage level of the\nprefecture: levels of single provinces are not to be read as data."
        "**这里的产出不是公布数。** 各单位的产出为分部门就业乘以全国每岗产出，再乘以所在地级市的工资水平：各省的水平不能当作数据使用。";
    area_output_constructed()
        "**Output of counties is constructed, not published**: the output of the prefecture is divided by jobs, cars, schooling and other\ncounts of the census. Against published output of 2,560 units in 2021 the median error is 16 % (districts 20 %, counties 15 %; Zhejiang\n12 %, Henan 14 %), a tenth of the units are off by more than 45 %. Prefectures and provinces add up to what is published; sectors of a county\nfollow from its total, its jobs and the sectors of the prefecture. Where you\nhave published county output, `shanhai prepare --gdp` takes it."
        "**县级产出是推算的，不是公布数**：地级产出按就业、汽车、受教育程度和普查的其他计数分摊到县。与 2021 年 2,560 个单位的公布产出相比，误差中位数为 16%（市辖区 20%，县 15%；浙江 12%，河南 14%），十分之一的单位误差超过 45%。地级和省级合计等于公布数；县的分部门产出由其总量、就业和所在地级市的部门结构得出。如有公布的县级产出，可用 `shanhai prepare --gdp` 代入。";
    area_registered_counted() "Registered people are those of the census." "户籍人口为普查数。";
    area_registered_estimated()
        "**Registered people of counties are estimated** from the census of 2010, the growth of their province and residents (median error 3 %,\na tenth off by more than 11 %). They are closed over the nation: as many live away from home as newcomers are counted."
        "**各县户籍人口是估计的**：依据 2010 年普查、所在省的增长和常住人口（误差中位数 3%，十分之一的单位误差超过 11%）。全国合计平衡：在外居住的人数等于普查的外来人口数。";
    area_readme(name, year, call, counted, output, registered)
        "# {name}, {year}\n\nWritten by `{call}`. {counted}.\n\n| file | what |\n|---|---|\n| `baseline.toml` | the area without a policy: `shanhai run baseline.toml` |\n| `equal_services.toml` | a policy to start from: `shanhai compare baseline.toml equal_services.toml` |\n| `pensions.csv`, `vital_rates.csv` | recipients of pensions and what they get; births and deaths a head: of all provinces |\n| `{year}/nodes.csv` and the other tables | what the model reads; `docs/data-format.md` of the program has the columns |\n| `{year}/provenance.md` | sources, totals, constants, what was missing and what stands in its place, unit by unit |\n| `{year}/registered.csv` | registered people of each unit as estimated and as used |\n\n## What is counted and what is not\n\nResidents, ages, schooling, newcomers by origin and jobs are counts of the census; the sums of counties are exact.\n\n{output}\n\n{registered}\n\nNo income of counties is published. Who among the stayers is registered in the village, and what a village worker produces, follows the\nrules in `{year}/provenance.md`, most of them assumed. Births, deaths and pensions are those of its provinces (`vital_rates.csv`, `pensions.csv`). The drivers of the baseline and the rules\nbetween levels of government are listed in its `assumptions`; change them before you believe them.\n\n## Sources\n\nNational Bureau of Statistics, county volume of the census, as transcribed by leiii/census (MIT); statistical yearbooks of the provinces\nthrough compiled extracts; China City Statistical Yearbook; minimum wages of 2018: Ouyang (2026); coordinates: thebamboogrove/tudigong\n(MIT), after CTAmap 1.30. `data/README.md` of the program's repository lists every file with its grade."
        "# {name}，{year} 年\n\n由 `{call}` 写出。{counted}。\n\n| 文件 | 内容 |\n|---|---|\n| `baseline.toml` | 没有政策的本区域：`shanhai run baseline.toml` |\n| `equal_services.toml` | 作为起点的一项政策：`shanhai compare baseline.toml equal_services.toml` |\n| `pensions.csv`、`vital_rates.csv` | 养老金领取人数与人均金额；人均出生与死亡：含所有省份 |\n| `{year}/nodes.csv` 等表格 | 模型读取的数据；各列见程序的 `docs/data-format.md` |\n| `{year}/provenance.md` | 来源、合计、常数，缺少什么、以什么代替，逐个单位列出 |\n| `{year}/registered.csv` | 各单位户籍人口的估计值与采用值 |\n\n## 哪些是实数，哪些不是\n\n常住人口、年龄、受教育程度、按来源分的外来人口和就业都是普查的计数；各县之和与普查完全相等。\n\n{output}\n\n{registered}\n\n没有公布的县级收入。留在本地的人中谁的户籍在乡村、乡村劳动者产出多少，按 `{year}/provenance.md` 中的规则得出，其中多数为假定。出生、死亡和养老金取自所在省（`vital_rates.csv`、`pensions.csv`）。基准情景的驱动因素和各级政府之间的规则列在其 `assumptions` 中；采信之前请先核对、修改。\n\n## 来源\n\n国家统计局人口普查分县资料，由 leiii/census 转录（MIT）；各省统计年鉴，取自汇编摘录；《中国城市统计年鉴》；2018 年最低工资：Ouyang（2026）；坐标：thebamboogrove/tudigong（MIT），依据 CTAmap 1.30。程序仓库的 `data/README.md` 逐一列出各文件及其等级。";
    scenario_title_asked() "What this run shows, in one line" "用一行说明本次运行要看什么";
}
