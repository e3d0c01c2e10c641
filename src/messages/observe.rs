//! The one-screen summary and what is not plausible.

use crate::message::messages;

messages! {
    living_in_towns() "Living in cities and county seats" "居住在城市和县城的比例";
    ratio_by_residence() "Urban-rural income ratio, by residence" "城乡收入比，按常住地";
    ratio_by_home() "Urban-rural income ratio, by registered home" "城乡收入比，按户籍地";
    income_by_source() "Income by source, %" "收入来源，%";
    urban_and_rural_of(year) "{year}, urban | rural" "{year} 年，城镇 | 乡村";
    net_flows_between_tiers(from, to)
        "Net flows between tiers, {from} to {to}; a minus is against the arrow"
        "{from} 至 {to} 年各层级之间的净流动；负数表示反向流动";
    population_persons() "Population, persons" "常住人口，人";
    output_per_head_cities() "Output per head, yuan: cities" "人均产出，元：城市";
    output_per_head_seats() "                       county seats" "              县城";
    output_per_head_villages() "                       villages" "              乡村";
    header_change() "change" "变化";
    header_from_to() "from -> to" "流出 -> 流入";
    header_labour() "labour, persons" "劳动力，人";
    header_talent() "talent, persons" "人才，人";
    header_capital() "capital, m yuan" "资本，亿元";
    points_changed(points) "{points} pt" "{points} 个百分点";
    unemployment() "Unemployment" "失业率";
    terms_of_migration(said) "Terms of migration: {said}" "迁移项：{said}";
    capital_by_saver()
        "Capital: money put into projects, from the tier that saved it. Over these years"
        "资本：投入项目的资金，从储蓄所在层级流向投资所在层级\n储蓄净流出（储蓄减本地投资），累计";
    large_money() "m yuan" "亿元";
    lent_outside() "lent outside" "借出区域外";
    saved_less_invested() "saved less invested" "储蓄净流出";
    source_residual() "residual" "残差";
    residual_explained()
        "residual: published income per head of the base year less the model's"
        "残差：基年公布的人均收入减去模型的人均收入";
}
