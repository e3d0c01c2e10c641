//! The first world, its policies and the model that runs on it.

use crate::message::messages;

messages! {
    the_first_world() "the first world" "初始世界";
    residents_of_table(world, table)
        "{world} of the {table} residents that the table of nodes counts"
        "节点表计有 {table} 名常住人口，其中只有 {world} 名";
    all_of_them()
        "all of them: newcomers need a county, province or outside to be registered in"
        "全部人口：外来人口须有可登记户籍的县、省或区域外";
    its_own_province() "its own province" "本省";
    other_provinces() "other provinces" "其他省";
    table_of_nodes() "the table of nodes" "节点表";
    newcomers_found(target, skill, node, from, found, rounds, counted, left)
        "{target} {skill} at `{node}` who are registered in {from}, of whom {found} are found in {rounds} rounds ({counted} newcomers are counted in all, and {left} people left the counties where they are registered)"
        "`{node}` 有 {target} 名户籍在{from}的{skill}，{rounds} 轮后只找到 {found} 名（外来人口共计 {counted} 名，离开户籍县的共 {left} 名）";
    newcomers_as_leavers()
        "as many newcomers as people who left the counties that they can come from; name `outside` for those who live or are registered outside the study area"
        "外来人口应与离开可能来源县的人口相等；居住或户籍在研究区域外的人口，请用 `outside` 给出";
    weight_would_fit(weight) "--persons-per-agent {weight} would fit" "--persons-per-agent {weight} 可以放下";
    area_too_large()
        "the study area itself is too large for this machine; take fewer provinces"
        "研究区域本身超出本机能力；请减少省份";
    state_of_run(name) "the state `{name}` of the run" "运行的状态 `{name}`";
    fields_a_checkpoint_keeps() "fields that a checkpoint can keep" "检查点能保存的字段";
    section_not_understood(name, reason)
        "its section `{name}` cannot be understood: {reason}"
        "分段 `{name}` 无法理解：{reason}";
    projects_differ_in_length() "its columns of projects differ in length" "其中项目各列长度不一";
    nodes_it_does_not_have() "its people or projects are at nodes that it does not have" "其中的人口或项目位于不存在的节点";
    other_persons_an_agent()
        "its agents stand for another number of persons than the scenario says"
        "其中每个主体代表的人数与情景不同";
    other_policies() "its policies are not those of the scenario" "其中的政策与情景不同";
    fen_counted(fen) "{fen} fen" "{fen} 分";
    persons_counted(persons) "{persons} persons" "{persons} 人";
    agents_counted(agents) "{agents} agents" "{agents} 个主体";
    from_class_to_class(payer, receiver) "{payer} to {receiver}" "{payer} 至 {receiver}";
    purpose_of_class(purpose, class) "{purpose} of {class}" "{class}的{purpose}";
}
