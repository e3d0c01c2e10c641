//! Every column that `prepare` can use: which table it stands in, in which unit, what it means, what is done without it.

use crate::message::Language;
use crate::messages;
use crate::scenario::mapping::Word;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::table::{Kind, Table};
use crate::world::SECTORS;

use super::preset::Preset;
use super::rules::Rules;

/// Groups of columns of the census: all or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Residents by age.
    Ages,
    /// Residents by schooling.
    Graduates,
    /// Persons at work.
    Jobs,
}

/// Columns of the census that stand for a group of its own layout.
pub(super) fn in_place_of(group: Group) -> &'static [&'static str] {
    match group {
        Group::Ages => &[],
        Group::Graduates => &["graduates"],
        Group::Jobs => &SECTOR_COLUMNS,
    }
}

/// Persons at work by sector, of which services may stand in one column.
const SECTOR_COLUMNS: [&str; 6] = [
    "jobs_agriculture",
    "jobs_industry",
    "jobs_services",
    "jobs_business_services",
    "jobs_local_services",
    "jobs_tourism",
];

/// Columns of the census that no census of China has.
pub(super) const OTHERS: [(&str, Kind, &str); 7] = [
    ("graduates", Kind::Count, "residents with tertiary education"),
    ("jobs_agriculture", Kind::Count, "persons at work in farming"),
    ("jobs_industry", Kind::Count, "persons at work in industry and building"),
    ("jobs_services", Kind::Count, "persons at work in services"),
    ("jobs_business_services", Kind::Count, "persons at work in business services"),
    ("jobs_local_services", Kind::Count, "persons at work in local services"),
    ("jobs_tourism", Kind::Count, "persons at work for visitors"),
];

/// Whether a group is there in the layout of the census of China.
pub(super) fn has(table: &Table, group: Group) -> bool {
    match group {
        Group::Ages => table.has("age_0"),
        Group::Graduates => table.has("edu_college"),
        Group::Jobs => table.has("emp10pct_agri"),
    }
}

/// Persons at work by sector, where they were counted so.
pub(super) fn sectors(table: &Table, row: usize, rules: &Rules) -> Option<[f64; SECTORS]> {
    if !SECTOR_COLUMNS.iter().any(|column| table.has(column)) {
        return None;
    }
    let of = |column: &str| table.number(row, column).unwrap_or(0.0);
    let services = of("jobs_services");
    Some([
        of("jobs_agriculture"),
        of("jobs_industry"),
        of("jobs_business_services") + rules.business_services * services,
        of("jobs_local_services") + (1.0 - rules.business_services) * services,
        of("jobs_tourism"),
    ])
}

/// What the census does not have: named as assumed where something stands for it, reported where nothing does.
pub(super) fn missing(
    table: &Table,
    moved_within: &str,
    preset: Option<Preset>,
    text_codes: bool,
    rules: &Rules,
    assumed: &mut Vec<String>,
    problems: &mut Problems,
) {
    let mut lacks = |what: &str, need: &str| {
        problems.push(
            Problem::new(table.whole(), messages::census_lacks(what, need)).help(messages::see_explain()),
        );
    };
    let preset_of = |preset: Preset| preset.name();
    if !has(table, Group::Ages) {
        match preset {
            Some(preset) => assumed.push(format!("no ages: those of {} everywhere", preset_of(preset))),
            None => lacks("age_0, age_1_4, ..., age_85p", "--preset china_2020"),
        }
    }
    if !has(table, Group::Graduates) && !table.has("graduates") {
        match preset {
            Some(preset) => assumed.push(format!(
                "no graduates: {:.4} of residents, as in {}",
                preset.graduates(),
                preset_of(preset)
            )),
            None => lacks("graduates", "--preset china_2020"),
        }
    }
    if sectors(table, 0, rules).is_none() && !has(table, Group::Jobs) {
        lacks("jobs_agriculture, jobs_industry, jobs_services", "emp10pct_agri ...");
    }
    if table.has("jobs_services") {
        assumed.push(format!(
            "services in one column: {} of them are business services",
            rules.business_services
        ));
    }
    if !table.has(moved_within) {
        assumed.push("nobody moved within the unit: villagers at the seat are not told apart".into());
    }
    if !table.has("level") {
        assumed.push("no level: every row with a code is a unit".into());
    }
    if text_codes && rules.city_urban_residents.is_none() && !table.has("tier") {
        lacks("tier", "--city-urban-residents, city_urban_residents");
    }
    if text_codes && !table.has("province") {
        lacks("province", "province = { value = \"...\" }");
    }
}

/// One column that can be used.
#[derive(Clone, Copy, Debug)]
pub struct Usable {
    /// The option that names its table, without dashes.
    pub table: &'static str,
    /// A short word for it in mapping files.
    pub word: &'static str,
    /// Its name in the table.
    pub column: &'static str,
    /// Its unit; empty of texts.
    pub unit: &'static str,
    /// What it means, English and Chinese.
    pub meaning: [&'static str; 2],
    /// What is done without it, English and Chinese.
    pub without: [&'static str; 2],
}

/// Declares the columns, one row each.
macro_rules! usable {
    ($($table:literal $word:literal $column:literal $unit:literal [$en:literal $zh:literal] [$no:literal $wu:literal];)*) => {
        /// Every column, in the order of the tables.
        pub const COLUMNS: &[Usable] = &[$(Usable {
            table: $table, word: $word, column: $column, unit: $unit, meaning: [$en, $zh], without: [$no, $wu],
        },)*];
    };
}

usable! {
    "census" "code" "gb_code" "" ["code of the unit; empty in a heading" "单位代码；标题行为空"] ["refused" "报错"];
    "census" "name" "county_cn" "" ["name (2010: name_cn)" "名称（2010 年为 name_cn）"] ["refused" "报错"];
    "census" "year" "year" "" ["year of the census" "普查年份"] ["--year" "用 --year 给出"];
    "census" "level" "level" "" ["county, prefecture, province, country, other" "级别：县、地、省、全国、其他"] ["every row with a code is a unit" "凡有代码的行均作为县级单位"];
    "census" "province" "province" "" ["code of the province; states the hierarchy and makes codes any text" "省级代码；给出层级关系，代码可为任意文本"] ["first two digits of the code (GB/T 2260)" "取代码前两位（GB/T 2260）"];
    "census" "province_name" "province_name" "" ["its name" "省级名称"] ["its row, or the code" "取其所在行的名称，否则用代码"];
    "census" "prefecture" "prefecture" "" ["code of the level between" "地级代码"] ["first four digits; with a province column each unit is its own" "取代码前四位；有 province 列时各单位自成一地级"];
    "census" "prefecture_name" "prefecture_name" "" ["its name" "地级名称"] ["its row, or the code" "取其所在行的名称，否则用代码"];
    "census" "tier" "tier" "" ["city or county_seat" "city（市区）或 county_seat（县城）"] ["by the code, or --city-urban-residents" "按代码判断，或用 --city-urban-residents"];
    "census" "population" "pop_total" "persons" ["residents" "常住人口"] ["refused" "报错"];
    "census" "urban" "pop_urban" "persons" ["residents of cities and towns" "城镇人口"] ["refused" "报错"];
    "census" "rural" "pop_rural" "persons" ["residents of the countryside" "乡村人口"] ["residents less the urban ones" "常住人口减城镇人口"];
    "census" "moved_within" "reg_other_township_same_county" "persons" ["registered in another township of the unit" "户籍在本县其他乡镇"] ["nobody moved within the unit" "视为县内无人户分离"];
    "census" "newcomers_province" "reg_other_county_same_province" "persons" ["registered in another unit of the province" "户籍在本省其他县"] ["refused; { value = 0 } says that there are none" "报错；可写 { value = 0 } 表示没有"];
    "census" "newcomers_other" "reg_other_province" "persons" ["registered in another province" "户籍在外省"] ["refused; { value = 0 } says that there are none" "报错；可写 { value = 0 } 表示没有"];
    "census" "registered" "hukou_pop" "persons" ["people registered in the unit" "户籍人口"] ["the table of --registered" "由 --registered 的表给出"];
    "census" "age_0" "age_0" "persons" ["residents under 1" "不满 1 岁"] ["with all ages: --preset" "连同各年龄组：用 --preset"];
    "census" "age_1_4" "age_1_4" "persons" ["residents of 1 to 4" "1 至 4 岁"] ["--preset" "用 --preset"];
    "census" "age_5_9" "age_5_9" "persons" ["residents of 5 to 9" "5 至 9 岁"] ["--preset" "用 --preset"];
    "census" "age_10_14" "age_10_14" "persons" ["residents of 10 to 14" "10 至 14 岁"] ["--preset" "用 --preset"];
    "census" "age_15_19" "age_15_19" "persons" ["residents of 15 to 19" "15 至 19 岁"] ["--preset" "用 --preset"];
    "census" "age_20_24" "age_20_24" "persons" ["residents of 20 to 24" "20 至 24 岁"] ["--preset" "用 --preset"];
    "census" "age_25_29" "age_25_29" "persons" ["residents of 25 to 29" "25 至 29 岁"] ["--preset" "用 --preset"];
    "census" "age_30_34" "age_30_34" "persons" ["residents of 30 to 34" "30 至 34 岁"] ["--preset" "用 --preset"];
    "census" "age_35_39" "age_35_39" "persons" ["residents of 35 to 39" "35 至 39 岁"] ["--preset" "用 --preset"];
    "census" "age_40_44" "age_40_44" "persons" ["residents of 40 to 44" "40 至 44 岁"] ["--preset" "用 --preset"];
    "census" "age_45_49" "age_45_49" "persons" ["residents of 45 to 49" "45 至 49 岁"] ["--preset" "用 --preset"];
    "census" "age_50_54" "age_50_54" "persons" ["residents of 50 to 54" "50 至 54 岁"] ["--preset" "用 --preset"];
    "census" "age_55_59" "age_55_59" "persons" ["residents of 55 to 59" "55 至 59 岁"] ["--preset" "用 --preset"];
    "census" "age_60_64" "age_60_64" "persons" ["residents of 60 to 64" "60 至 64 岁"] ["--preset" "用 --preset"];
    "census" "age_65_69" "age_65_69" "persons" ["residents of 65 to 69" "65 至 69 岁"] ["--preset" "用 --preset"];
    "census" "age_70_74" "age_70_74" "persons" ["residents of 70 to 74" "70 至 74 岁"] ["--preset" "用 --preset"];
    "census" "age_75_79" "age_75_79" "persons" ["residents of 75 to 79" "75 至 79 岁"] ["--preset" "用 --preset"];
    "census" "age_80_84" "age_80_84" "persons" ["residents of 80 to 84" "80 至 84 岁"] ["--preset" "用 --preset"];
    "census" "age_85" "age_85p" "persons" ["residents of 85 and over" "85 岁及以上"] ["--preset" "用 --preset"];
    "census" "graduates" "graduates" "persons" ["residents with tertiary education" "大专及以上学历人口"] ["edu_college and edu_university_plus, or --preset" "取 edu_college 与 edu_university_plus，或用 --preset"];
    "census" "edu_none" "edu_none" "persons" ["residents without schooling" "未上过学"] ["with all schooling: graduates" "连同各教育程度：用 graduates"];
    "census" "edu_primary" "edu_primary" "persons" ["primary school" "小学"] ["graduates" "用 graduates"];
    "census" "edu_junior_high" "edu_junior_high" "persons" ["junior high school" "初中"] ["graduates" "用 graduates"];
    "census" "edu_senior_high" "edu_senior_high" "persons" ["senior high school" "高中"] ["graduates" "用 graduates"];
    "census" "edu_college" "edu_college" "persons" ["college" "大专"] ["graduates" "用 graduates"];
    "census" "edu_university_plus" "edu_university_plus" "persons" ["university and above" "本科及以上"] ["graduates" "用 graduates"];
    "census" "jobs_agriculture" "jobs_agriculture" "persons" ["persons at work in farming" "农业就业人数"] ["the twenty industries emp10pct_*" "取二十个行业 emp10pct_*"];
    "census" "jobs_industry" "jobs_industry" "persons" ["persons at work in industry and building" "工业和建筑业就业人数"] ["the twenty industries" "取二十个行业"];
    "census" "jobs_services" "jobs_services" "persons" ["persons at work in services" "服务业就业人数"] ["jobs_business_services and jobs_local_services" "取 jobs_business_services 与 jobs_local_services"];
    "census" "jobs_business_services" "jobs_business_services" "persons" ["of them in trade, transport, finance, business" "其中生产性服务业"] ["a part of jobs_services (--business-services)" "取 jobs_services 的一部分（--business-services）"];
    "census" "jobs_local_services" "jobs_local_services" "persons" ["of them for residents" "其中生活性服务业"] ["the rest of jobs_services" "jobs_services 的其余部分"];
    "census" "jobs_tourism" "jobs_tourism" "persons" ["of them for visitors" "其中旅游业"] ["none" "视为没有"];
    "census" "emp10pct_agri" "emp10pct_agri" "persons of the long form" ["at work by industry, twenty columns" "长表各行业就业人数，共二十列"] ["jobs_agriculture and so on" "用 jobs_agriculture 等"];
    "census" "birth_rate" "birth_rate_permille" "per 1,000" ["births per 1,000 residents" "出生率（‰）"] ["not used" "不使用"];
    "census" "minority" "ethnic_minority_pct" "percent" ["ethnic minorities" "少数民族人口比重"] ["not used" "不使用"];
    "centroids" "code" "gb_code" "" ["code of the unit" "单位代码"] ["refused" "报错"];
    "centroids" "name" "county_cn" "" ["its name, in whose place a later code is found" "名称，代码变更时据此查找"] ["refused; may be empty" "报错；可为空"];
    "centroids" "name_en" "name_en" "" ["its name in pinyin" "拼音名称"] ["no English names" "没有英文名称"];
    "centroids" "longitude" "centroid_lon" "degrees" ["longitude" "经度"] ["refused" "报错"];
    "centroids" "latitude" "centroid_lat" "degrees" ["latitude" "纬度"] ["refused" "报错"];
    "centroids" "area" "area_km2" "km2" ["area" "面积"] ["refused" "报错"];
    "gdp" "code" "gb_code" "" ["code of the unit" "单位代码"] ["refused" "报错"];
    "gdp" "name" "county_cn" "" ["its name" "名称"] ["refused; may be empty" "报错；可为空"];
    "gdp" "year" "year" "" ["year of the figure" "数据年份"] ["refused" "报错"];
    "gdp" "output" "gdp_10k_yuan" "10,000 yuan" ["output" "地区生产总值"] ["without the table: prefecture or province output by jobs" "没有该表时按就业分摊地级或省级产出"];
    "gdp" "output_agriculture" "gdp_primary_10k_yuan" "10,000 yuan" ["output of farming" "第一产业增加值"] ["farm jobs at the mean of the others" "按农业就业和其他单位的均值"];
    "prefecture-gdp" "code" "gb_code" "" ["code of the prefecture" "地级代码"] ["refused" "报错"];
    "prefecture-gdp" "year" "year" "" ["year of the figure" "数据年份"] ["refused" "报错"];
    "prefecture-gdp" "output_agriculture" "gdp_primary_10k_yuan" "10,000 yuan" ["output of farming" "第一产业增加值"] ["refused" "报错"];
    "prefecture-gdp" "output_industry" "gdp_secondary_10k_yuan" "10,000 yuan" ["output of industry and building" "第二产业增加值"] ["refused" "报错"];
    "prefecture-gdp" "output_services" "gdp_tertiary_10k_yuan" "10,000 yuan" ["output of services" "第三产业增加值"] ["refused" "报错"];
    "province-gdp" "code" "gb_code" "" ["code of the province" "省级代码"] ["refused" "报错"];
    "province-gdp" "year" "year" "" ["year of the figure" "数据年份"] ["refused" "报错"];
    "province-gdp" "output" "gdp_10k_yuan" "10,000 yuan" ["output, to which units are scaled" "地区生产总值，各单位按此调整"] ["refused" "报错"];
    "province-gdp" "output_agriculture" "gdp_primary_10k_yuan" "10,000 yuan" ["output of farming" "第一产业增加值"] ["sectors keep their proportions" "各产业保持比例"];
    "province-gdp" "output_industry" "gdp_secondary_10k_yuan" "10,000 yuan" ["output of industry and building" "第二产业增加值"] ["sectors keep their proportions" "各产业保持比例"];
    "province-gdp" "output_services" "gdp_tertiary_10k_yuan" "10,000 yuan" ["output of services" "第三产业增加值"] ["sectors keep their proportions" "各产业保持比例"];
    "flows" "origin" "origin" "" ["code of the place of origin: county, prefecture or province, one level a table" "来源地代码：县、地级市或省，每张表只含一个级别"] ["without the table: leavers by the register, destinations by distance" "没有该表时外出人数按户籍、去向按距离推算"];
    "flows" "destination" "destination" "" ["code of the place of residence" "居住地代码"] ["refused" "报错"];
    "flows" "persons" "persons" "persons" ["people, any part of them (a sample): shares of origins count" "人数，可为其中任一部分（抽样）：只用各来源地的份额"] ["refused; an empty field counts nobody" "报错；空格不计人数"];
    "registered" "code" "gb_code" "" ["code of the unit" "单位代码"] ["refused" "报错"];
    "registered" "year" "year" "" ["year of the figure" "数据年份"] ["refused" "报错"];
    "registered" "registered" "hukou_pop_10k" "10,000 persons" ["registered people" "户籍人口"] ["the unit joins a district of its prefecture" "该单位并入所在地级的市辖区"];
    "minimum-wage" "code" "gb_code_2020" "" ["code of the unit" "单位代码"] ["refused" "报错"];
    "minimum-wage" "name" "county_cn" "" ["its name" "名称"] ["refused; may be empty" "报错；可为空"];
    "minimum-wage" "wage" "monthly_mw_yuan" "yuan a month" ["minimum wage of 2018" "2018 年最低工资"] ["no minimum wage" "没有最低工资"];
    "prefecture-wage" "code" "gb_code" "" ["code of the prefecture" "地级代码"] ["refused" "报错"];
    "prefecture-wage" "wage" "average_wage_yuan" "yuan a year" ["mean wage" "平均工资"] ["minimum wages, or the mean of the province" "取最低工资或全省均值"];
    "income" "code" "gb_code" "" ["code of the prefecture" "地级代码"] ["refused" "报错"];
    "income" "year" "year" "" ["year of the figure" "数据年份"] ["refused" "报错"];
    "income" "income_urban" "urban_income_yuan" "yuan a year" ["disposable income of an urban resident" "城镇居民人均可支配收入"] ["incomes are what the model makes" "收入由模型得出"];
    "income" "income_rural" "rural_income_yuan" "yuan a year" ["disposable income of a rural resident" "农村居民人均可支配收入"] ["incomes are what the model makes" "收入由模型得出"];
}

impl Usable {
    /// The column as mapping files know it.
    pub(crate) fn as_word(&self) -> Word {
        Word { table: self.table, word: self.word, column: self.column }
    }
}

/// The columns as mapping files know them, with the nineteen industries that one row of the list stands for.
pub fn words() -> Vec<Word> {
    let industries = super::industries::COLUMNS.iter().skip(1);
    let more = industries.map(|column| Word { table: "census", word: column, column });
    let preschool =
        ["edu_preschool", "emp10pct_total"].map(|column| Word { table: "census", word: column, column });
    COLUMNS.iter().map(Usable::as_word).chain(more).chain(preschool).collect()
}

/// The list as a table of Markdown in the language that is shown.
pub fn explained() -> String {
    let at = usize::from(Language::shown() == Language::Zh);
    let head = [
        "| table | column | in a mapping | unit | meaning | without it |",
        "| 表 | 列 | 映射文件中的名称 | 单位 | 含义 | 缺少时 |",
    ][at];
    let mut text = format!("{head}\n|---|---|---|---|---|---|\n");
    for column in COLUMNS {
        text += &format!(
            "| `--{}` | `{}` | `{}` | {} | {} | {} |\n",
            column.table, column.column, column.word, column.unit, column.meaning[at], column.without[at]
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_for_one_column_of_its_table() {
        for (i, a) in COLUMNS.iter().enumerate() {
            for b in &COLUMNS[..i] {
                assert!(
                    a.table != b.table || a.word != b.word && a.column != b.column,
                    "{} {}",
                    a.table,
                    a.word
                );
            }
            assert!(a.meaning.iter().chain(&a.without).all(|text| !text.is_empty()));
        }
        assert_eq!(explained().lines().count(), COLUMNS.len() + 2);
    }
}
