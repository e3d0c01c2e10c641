//! Counted flows of people: what a table of them may hold, what of it is used, what the first world misses.

use crate::message::messages;

messages! {
    code_of_another_level(code, level, before)
        "`{code}` is of the level {level}, the codes before it are of {before}"
        "`{code}` 属于{level}一级，而此前的代码属于{before}一级";
    level_told_here() "told here" "由此处的代码确定";
    one_level_a_table()
        "one level a table: leave out the rows that add up others, or add up the finer ones"
        "每张表只含一个级别：请删去汇总的行，或将较细的行加总";
    leave_flows_out()
        "leave `flows` out of [world]: the register then says how many left, and distance where to"
        "请从 [world] 删去 `flows`：外出人数便按户籍、去向按距离推算";
    no_flow_from(outside, people)
        "no row has the origin `{outside}`, where {people} people of the area are registered"
        "没有来源地为 `{outside}` 的行，而区域内有 {people} 人户籍在那里";
    add_flows_from(outside)
        "add up the people from everywhere else in rows with the origin `{outside}`, as `shanhai prepare --flows` does"
        "请将来自区域以外各地的人加总为来源地是 `{outside}` 的行；`shanhai prepare --flows` 会写出这些行";
    no_flow_into_the_area(newcomers)
        "no row comes from beyond the area, whose {newcomers} newcomers from other provinces come from somewhere"
        "没有来自区域以外的行，而区域内有 {newcomers} 名来自其他省的外来人口";
    flows_of_the_whole_country()
        "a table of the whole country, or with the other provinces as origins"
        "覆盖全国的表，或含有以其他省为来源地的行";
    flows_of_the_census()
        "codes of counties, prefectures or provinces as the census has them"
        "与普查一致的县、地级市或省代码";
    check_flows(table, level, rows, people, used, among)
        "Counted flows: {table}, by {level}: {rows} row(s), {people} people; of these {used} row(s), {among} people are used, summed up by province"
        "人口流向表：{table}，按{level}：共 {rows} 行、{people} 人；采用 {used} 行、{among} 人，按省汇总";
    flows_within(rows, people)
        "inside one province, for which the law has no weight: {rows} row(s), {people} people"
        "起讫在同一省内，迁移规律没有相应的权重：{rows} 行、{people} 人";
    flows_outside(rows, people)
        "from outside to outside: {rows} row(s), {people} people"
        "起讫都在区域以外：{rows} 行、{people} 人";
    flows_elsewhere(rows, people, code)
        "with an end that is neither in the area nor an outside node, `{code}` the first: {rows} row(s), {people} people"
        "起点或终点既不在区域内、也不是区域外节点（首先是 `{code}`）：{rows} 行、{people} 人";
    flows_met(pairs)
        "the first world has the counted flows of all {pairs} pairs of provinces to a hundredth"
        "初始世界与全部 {pairs} 对省际流量相差均不到百分之一";
    flows_missed(off, pairs)
        "the first world misses the counted flows of {off} of {pairs} pairs of provinces by more than a hundredth (counts of places are met first); people, in the first world, difference:"
        "初始世界与 {pairs} 对省际流量中的 {off} 对相差超过百分之一（先满足各地的人数）；人数、初始世界中的人数、差额：";
    leavers_raised(people)
        "{people} people more have left than register and flows say: a province counts so many newcomers from itself"
        "外出人口比户籍与流向表所示多 {people} 人：某省统计的省内外来人口需要这么多";
}
