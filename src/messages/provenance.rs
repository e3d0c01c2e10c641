//! What stands behind prepared tables: `provenance.md`. Lines on single units are written by each step, in English.

use crate::message::{messages, texts};

messages! {
    provenance_head()
        "# What stands behind these tables\n\nWritten by `shanhai prepare` together with the tables; do not edit. The README of the scenario names the publishers.\n\n## Sources"
        "# 这些表格的依据\n\n由 `shanhai prepare` 与表格一同写出，请勿修改。公布者见情景的 README。\n\n## 来源";
    provenance_totals() "## Totals" "## 合计";
    provenance_rules()
        "## Rules\n\nConstants of the construction; `src/prepare/rules.rs` says which are recalled and which assumed.\n\n| rule | value |"
        "## 规则（Rules）\n\n推算所用的常数；哪些凭记忆、哪些为假定，见 `src/prepare/rules.rs`。\n\n| 规则 | 值 |";
    provenance_words()
        "## Words of the provenance column\n\n| word | units | meaning |"
        "## provenance 列的词条\n\n| 词条 | 单位数 | 含义 |";
    provenance_other_tables()
        "In `outside.csv`: `point_given` and `point_middle` say whether its point was given or is the mean of the units outside. In `prefectures.csv`: `published`, `part_year_scaled` (a part of the year, scaled to the published means of the area), `not_found`."
        "`outside.csv` 中的 `point_given` 和 `point_middle` 分别表示区域外的位置由使用者给出，或取区域外各单位的均值。`prefectures.csv` 中：`published` 为公布数，`part_year_scaled` 为部分月份的数、按本区域公布的均值缩放，`not_found` 为未找到。";
    provenance_more_lines(more)
        "and {more} more; the rows carry the word in their provenance"
        "另有 {more} 条；各行的 provenance 列带有相应词条";
    provenance_source(kind, name) "{kind}: {name}" "{kind}：{name}";
    provenance_area(area, year) "area: {area}; base year {year}" "区域：{area}；基年 {year}";
    provenance_census(file, rows) "census: {file} ({rows} county rows)" "普查：{file}（{rows} 行县级数据）";
    area_of_provinces(codes) "provinces {codes}" "省 {codes}";
    area_of_prefectures(codes) "prefectures {codes}" "地级市 {codes}";
}

texts! {
    // Kinds of sources.
    "not given" "未给出";
    "the whole country" "全国";
    "coordinates and area" "坐标与面积";
    "county output" "县级产出";
    "output groups" "产出分组";
    "prefecture output" "地级产出";
    "jobs and value added by industry" "分行业就业与增加值";
    "province output" "省级产出";
    "people by province of origin" "按来源省的人口";
    "counted flows" "人口流向表";
    "minimum wages" "最低工资";
    "prefecture wages" "地级工资";
    "prefecture incomes" "地级收入";
    "later codes" "后来的代码";
    "joined units" "并入的单位";
    "codes that changed" "变动的代码";
    "tags" "标签";
    "preset chosen" "所选预设";
    // Totals.
    "commuters" "通勤者";
    "of it agriculture" "其中农业";
    "of it industry" "其中工业";
    "of it business services" "其中生产性服务业";
    "of it local services" "其中本地服务业";
    "of it tourism" "其中旅游";
    // Values of rules.
    "by province and year" "按省和年份";
    "the nation's by year" "全国逐年数";
    // Topics of what was missing and what stands in its place.
    "Assumed for the census" "普查缺项的假定";
    "Codes that changed" "变动的代码";
    "Coordinates" "坐标";
    "Counted flows" "人口流向表";
    "Incomes" "收入";
    "Minimum wages" "最低工资";
    "Misprints mended" "更正的错印";
    "Output" "产出";
    "Output by wage level" "按工资水平推算的产出";
    "Output of provinces" "省级产出的平衡";
    "Output under another unit's code" "列在其他单位代码下的产出";
    "Part of a province" "只含省的一部分";
    "Participation" "就业参与";
    "Places of counted flows that the census does not have" "流向表中普查没有的地方";
    "Provinces whose county rows do not add up" "各县之和与本省不符的省";
    "Registered people" "户籍人口的推算";
    "Residents outside every county row" "未计入任何县的常住人口";
    "Rows left out" "略去的行";
    "Sectors" "部门";
    "The outside" "区域外";
    "Units that join a district" "并入市辖区的单位";
    "Village nodes that join their seat" "并入县城的乡村节点";
}
