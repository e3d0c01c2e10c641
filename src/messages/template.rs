//! The commented scenario that `shanhai new FILE.toml` writes, in both languages: the same keys and values.

/// With comments in English.
pub(crate) const ENGLISH: &str = r#"#:schema ./schema.json
# A scenario: one run of the model. `shanhai check` explains it, `shanhai run` runs it.
# Lines that begin with # are comments; keys that are left out keep their defaults.

title = {title}
description = "What the scenario is for, in a few sentences."
sources = ["where the tables come from"]
assumptions = ["what is assumed and not observed"]

[run]
start_year = {year}         # the year of the tables; the first simulated year is the next one
years = 15
seed = 1                  # equal seeds give equal bytes
persons_per_agent = 10    # 1 makes every person an agent

[world]                   # paths are relative to this file
nodes = {nodes}
# People registered elsewhere who live in the area; needed if newcomers_other is not all 0:
{outside}
# Published incomes per head, if they are to be matched:
{prefectures}
# Counted people by place of origin and of residence, if there are any:
{flows}
# What the tables do not say (ages where there are none, births and deaths by age, fiscal rules, households) is that of:
preset = "china_2020"

# Parts of the model can be switched off, to see what each does.
[model]
# demography = false      # births, deaths, ageing
# education = false       # enrolment at 18
# conversion = false      # conversion of registration
# startups = false
# market = "hub"          # or "ces": few nodes, with a known answer

# `shanhai parameters` lists all with source and range; a few that matter:
[parameters]
# location_elasticity_workers = 1.5 # income elasticity of location choice
# access_workers = 0.2    # access to services without local registration
# prefecture_share = 0.2   # where prefectures manage counties; 0 where counties are under the province

# Stated paths from outside the model, per year; all off unless given.
[drivers.technology]
# industry = 0.02
# agriculture = 0.036

[drivers.migration]       # changes of log odds over `years`; then they fade
# source = "assumed"
# years = 10
# border_own_province = 0.4
# village_to_seat = 0.5
"#;

/// With comments in Chinese.
pub(crate) const CHINESE: &str = r#"#:schema ./schema.json
# 情景文件：模型的一次运行。`shanhai check` 解释它，`shanhai run` 运行它。
# 以 # 开头的行是注释；不写的键取默认值。

title = {title}
description = "用几句话说明这个情景的用途。"
sources = ["各张表从哪里来"]
assumptions = ["哪些是假设的，不是观测到的"]

[run]
start_year = {year}         # 表格所属的年份；从下一年开始模拟
years = 15
seed = 1                  # 种子相同，结果逐字节相同
persons_per_agent = 10    # 取 1 则每个人都是一个主体

[world]                   # 路径相对于本文件
nodes = {nodes}
# 户籍在区域外而住在本区域的人；newcomers_other 不全为 0 时必须给出：
{outside}
# 公布的人均收入，如果要与之一致：
{prefectures}
# 按户籍地和居住地统计的人数，如果有：
{flows}
# 表中没有的内容（缺少的年龄结构、分年龄的出生和死亡、财政规则、住户）取自：
preset = "china_2020"

# 模型的各部分可以关闭，以便看清各自的作用。
[model]
# demography = false      # 出生、死亡、年龄增长
# education = false       # 18 岁升学
# conversion = false      # 户籍迁移（落户）
# startups = false        # 创业
# market = "hub"          # 或 "ces"：适用于节点很少、答案已知的情形

# `shanhai parameters` 列出全部参数及其来源和范围；其中几个重要的：
[parameters]
# location_elasticity_workers = 1.5 # 劳动者选择居住地的收入弹性
# access_workers = 0.2    # 没有当地户籍者享有公共服务的程度
# prefecture_share = 0.2   # 实行市管县时地市的分成；省直管县时为 0

# 由模型外部给定的逐年变化；不写则没有。
[drivers.technology]
# industry = 0.02
# agriculture = 0.036

[drivers.migration]       # 对数几率在 `years` 年内的变化；此后逐渐消失
# source = "假设"
# years = 10
# border_own_province = 0.4
# village_to_seat = 0.5
"#;

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys with their values, also those that stand as comments, without what is said of them.
    fn keys(template: &str) -> Vec<String> {
        let lines = template.lines().map(|line| line.trim_start_matches("# "));
        let bare =
            lines.map(|line| line.split_once(" #").map_or(line, |(before, _)| before).trim_end().to_owned());
        bare.filter(|line| line.starts_with(['[', '{']) || line.contains(" = ")).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_no_chinese_comment_is_english() {
        let said = |key: &str| ["title", "description", "sources", "assumptions", "source"].contains(&key);
        let plain = |template: &str| -> Vec<String> {
            let known = |line: String| match line.split_once(" = ") {
                Some((key, _)) if said(key) => key.to_owned(),
                _ => line,
            };
            keys(template).into_iter().map(known).collect()
        };
        assert_eq!(plain(ENGLISH), plain(CHINESE));
        assert!(keys(ENGLISH).len() > 25, "{:?}", keys(ENGLISH));
        let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for line in CHINESE.lines().filter(|line| line.starts_with("# ") && !line.contains(" = ")) {
            assert!(han(line), "{line}");
        }
    }
}
