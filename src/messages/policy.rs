//! Configuration and policies.

use crate::message::messages;

messages! {
    study_area_has_counties(counties) "the study area has {counties} counties" "研究区域有 {counties} 个县";
    no_county(code) "there is no county `{code}`" "没有县 `{code}`";
    write_value_scale_or_add() "write `value`, `scale` or `add`" "请写 `value`、`scale` 或 `add`";
    nothing_said_about(lever) "nothing is said about `{lever}`" "没有说明如何改变 `{lever}`";
    lies_outside_range_of(value, lever)
        "{value} lies outside the range of `{lever}`"
        "{value} 超出 `{lever}` 的范围";
    range_with_unit(least, most, unit) "from {least} to {most} ({unit})" "{least} 至 {most}（{unit}）";
    paired_with_itself(county) "`{county}` is paired with itself" "`{county}` 与自己结对";
    two_different_counties() "a pair is two different counties" "结对须是两个不同的县";
    write_pairs()
        "write `pairs_file` or `pairs = [{ mountain = \"...\", sea = \"...\" }]`"
        "请写 `pairs_file` 或 `pairs = [{ mountain = \"...\", sea = \"...\" }]`";
    pairing_has_no_pair() "the pairing has no pair" "结对政策没有任何一对";
    chooses_places_by(field, now, all, year)
        "`{field}` chooses {now} of {all} places by what {year} published"
        "`{field}` 按 {year} 年公布的数字在 {all} 个地点中选出 {now} 个";
    nothing_it_would_do(year, why) "nothing that it would do in {year}{why}" "在 {year} 年什么也不会做{why}";
    the_policy(policy) "the policy `{policy}`" "政策 `{policy}`";
    a_policy_that_acts()
        "a policy that acts; --allow-idle insists on one that does not"
        "能起作用的政策；如确要保留不起作用的政策，请加 --allow-idle";
    policies_of_run() "the policies of the run" "此次运行的政策";
    policies_against_checkpoint(policies, checkpoint)
        "{policies}, and a checkpoint of a run with {checkpoint}"
        "{policies} 项，而检查点来自含 {checkpoint} 项政策的运行";
    policies_in_same_order()
        "the policies that were added to the run, added again in the same order"
        "当初加入运行的政策，按相同次序再次加入";
    lever_of_place(lever, place) "the lever `{lever}` of {place}" "{place} 的政策变量 `{lever}`";
    two_policies_in(year, one, other)
        "two policies in {year}: `{one}` and `{other}`"
        "{year} 年有两项政策：`{one}` 与 `{other}`";
    one_because_of_rule() "one, because this rule cannot be two things at once" "只能有一项，因为这条规则不能同时有两种取值";
    does_nothing_in_tourism(lever)
        "`{lever}` does nothing in tourism, which lives of what visitors spend"
        "`{lever}` 对旅游业不起作用，旅游业取决于游客的消费";
    name_a_producing_sector()
        "name a sector that produces, or move `visitor_access` instead"
        "请改用有生产的行业，或改用 `visitor_access`";
    change_fades(year) "the yearly change fades to nothing in {year}" "年变化到 {year} 年逐渐消失";
    change_stops() "nothing changes any more" "不再变化";
    change_goes_on() "the change goes on at its pace, an assumption" "变化按原速度继续（假设）";
    stated_for_years(since, until, first, end, how)
        "stated for {since} to {until}; {first} to {end} is beyond it: {how}"
        "给定 {since} 至 {until} 年；{first} 至 {end} 年超出该时期：{how}";
}
