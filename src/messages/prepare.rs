//! Tables of a study area from a census.

use crate::message::messages;

messages! {
    option_named(kind) "--{kind}" "--{kind}";
    no_code() "no code" "没有代码";
    codes_or_names() "codes or names with commas between them" "用逗号分隔的代码或名称";
    country_and_part(text) "`{text}` names the country and a part of it" "`{text}` 既指全国又指其一部分";
    country_or_parts() "name the country, or parts of it" "请写全国，或写各部分";
    no_area_named() "no area is named" "没有指定区域";
    name_an_area() "name provinces or prefectures, or china" "请写省或地级市，或写 china";
    stands_for_several(word, list) "`{word}` stands for {list}" "`{word}` 可指 {list}";
    write_the_code() "write the code" "请写代码";
    perhaps(near) "perhaps `{near}`" "可能是 `{near}`";
    no_such_area(word) "no province or prefecture is called \"{word}\"" "没有名为“{word}”的省或地级市";
    such_as(examples) "for example {examples}" "例：{examples}";
    codes_in_it(kind, some) "codes or names of {kind}s in it, such as {some}" "其中的{kind}代码或名称，例如 {some}";
    a_county_not_an_area(prefectures)
        "it is a county; an area is made of whole prefectures: {prefectures}"
        "这是一个县；区域由整个地级市组成：{prefectures}";
    the_unit_of_kind(kind, word) "the {kind} {word}" "{kind} {word}";
    not_in_the_file(file) "not in {file}" "不在 {file} 中";
    one_year_a_table(year) "{year}, one year a table" "{year}，每张表只含一个年份";
    census_lacks(what, need) "the census has no {what}; nothing stands for it without {need}" "普查表缺少 {what}；须给出 {need} 方可代替";
    see_explain()
        "`shanhai prepare --explain` lists every column and what is done without it; a mapping file names yours (docs/your-country.md)"
        "`shanhai prepare --explain` 列出所有可用的列及缺少时的处理；映射文件可指明您的列名（docs/your-country.md）";
    census_without_year() "the census says no year" "普查表未注明年份";
    give_year() "give --year, or year = { value = 2020 } in a mapping" "请用 --year 给出，或在映射文件中写 year = { value = 2020 }";
    no_output_of_province(province) "no output by sector of the province {province} either" "省级单位 {province} 也没有分产业的产出";
    output_of_units_or_province()
        "--gdp with output of units, or --province-gdp with output by three sectors"
        "用 --gdp 给出各单位产出，或用 --province-gdp 给出省级三次产业产出";
    unit_occurs_twice(unit) "the unit {unit} occurs twice" "单位 {unit} 出现两次";
    first_here() "first here" "首次出现在这里";
    one_row_a_unit() "one row a unit; rows of groups have another level" "每个单位一行；分组的行属于另一级别";
    a_gb_code() "a six-digit GB/T 2260 code, such as 330102" "六位 GB/T 2260 代码，例如 330102";
    urban_and_rural(residents)
        "urban and rural residents that add up to {residents}"
        "城乡常住人口之和等于 {residents}";
    no_more_newcomers(residents)
        "no more newcomers than the {residents} residents"
        "外来人口不多于 {residents} 名常住人口";
    no_more_graduates(residents)
        "no more graduates than the {residents} residents"
        "大学毕业者不多于 {residents} 名常住人口";
    a_count_of_persons() "a count of persons, 0 or more" "人数，不小于 0";
    data_inside_program() "the data inside the program" "程序内置的数据";
    undamaged_archive() "a compressed file without damage" "未损坏的压缩文件";
    no_data_of(year) "there are no data of {year}" "没有 {year} 年的数据";
    censuses_are_of() "the censuses are of 2020 and 2010" "普查年份为 2020 和 2010";
    people_away_from_home() "people away from their registered county" "离开户籍县的人口";
    more_newcomers_than_all()
        "more newcomers inside provinces than all newcomers allow"
        "省内外来人口多于全部外来人口所允许的数目";
    census_that_agrees()
        "a census whose newcomers by origin agree with its registered population"
        "按来源的外来人口与户籍人口一致的普查数据";
    nearest_year_is(year, nearest) "the year nearest to {year} is {nearest}" "最接近 {year} 的年份是 {nearest}";
    input_output_table_needed()
        "an input-output table within five years of the census is needed"
        "需要普查前后五年内的投入产出表";
    occurs_twice_in(name, nearest) "`{name}` occurs twice in {nearest}" "`{name}` 在 {nearest} 年出现两次";
    one_row_an_industry_and_year() "one row an industry and year" "每个行业每年一行";
    has_no_row_of(nearest, missing) "{nearest} has no row of {missing}" "{nearest} 年没有 {missing} 的行";
    one_row_an_industry() "one row an industry of the census" "普查的每个行业一行";
    output_of_all_units() "the output of all units" "全部单位的产出";
    output_found(all, most, yuan) "{all} yuan, of which `{most}` makes {yuan}" "{all} 元，其中 `{most}` 占 {yuan}";
    output_at_most(most)
        "at most {most} yuan; the tables of output count in units of 10,000 yuan"
        "不超过 {most} 元；产出表以万元为单位";
    units_without_output(year) "units without published output in {year}" "{year} 年没有公布产出的单位";
    no_national_output() "no national output and jobs stated for that year" "没有该年的全国产出与就业";
    output_or_year(years)
        "output of every unit or prefecture (--gdp, --prefecture-gdp), or one of the years {years}"
        "每个单位或地级市的产出（--gdp、--prefecture-gdp），或以下年份之一：{years}";
    a_table_to_be_written() "a table to be written" "待写出的表格";
    rows_of_one_length() "rows of one length" "长度一致的行";
    memory_for_it() "memory for it" "足够的内存";
    county_output_needed() "county output within two years of the base year is needed" "需要基年前后两年内的县级产出";
    from_zero_to_whole() "from 0 to the county's whole output" "0 至该县全部产出之间";
    coordinates_of(file, code, name) "{file}, coordinates of {code} {name}" "{file}，{code} {name} 的坐标";
    no_row_of_its_code() "no row of its code, name, prefecture or province" "没有该代码、名称、地级市或省的行";
    centroids_that_cover() "a table of centroids that covers the area" "覆盖该区域的中心点表";
    a_wage_above_zero() "a wage above 0" "大于 0 的工资";
    one_small_word() "one word of small letters, digits and _" "一个由小写字母、数字和 _ 组成的词";
    output_of_counties_of(prefecture) "output of the counties of {prefecture}" "{prefecture} 各县的产出";
    counties_against_prefecture(counties, ratio)
        "{counties} yuan outside farming, {ratio} of what the prefecture's figure says"
        "农业以外 {counties} 元，为地级市数字的 {ratio} 倍";
    between_of_prefecture(least, most)
        "between {least} and {most} of it; county tables count in 10,000 yuan, and so do prefecture tables"
        "应在其 {least} 至 {most} 倍之间；县级表与地级市表都以万元为单位";
    the_nations() "the nation's" "全国平均";
    median_of_all_units() "the median of all units" "各单位中位数";
    output_in_yuan_per_head() "output per head, yuan" "人均产出，元";
    between_a_fifth_and_five(whose, usual)
        "between a fifth and five times {whose}, {usual}; if it is right, name the units with --believe"
        "{whose}（{usual}）的五分之一至五倍；如确实无误，请用 --believe 列出这些单位";
    output_of_units_in(file) "output of all units of {file}" "{file} 中全部单位的产出";
    yuan_summed(sum) "{sum} yuan" "{sum} 元";
    about_the_nations(total, year) "about {total}, the nation's of {year}" "约 {total} 元，即 {year} 年全国产出";
    rule_is(name, value) "--{name} is {value}" "--{name} 为 {value}";
    it_must_be(expected) "it must be {expected}" "应为{expected}";
    a_share() "a share from 0 to 1" "0 至 1 之间的比例";
    above_zero() "above 0" "大于 0";
    one_or_more() "1 or more" "不小于 1";
    above_zero_to_one() "above 0 and at most 1" "大于 0 且不超过 1";
    a_share_below_one() "a share from 0 to below 1" "0 至 1（不含）之间的比例";
    zero_or_more() "0 or more" "不小于 0";
    point_of_the_outside() "the point of the outside" "区域外的位置";
    no_unit_outside() "no unit outside the area in the table of centroids" "中心点表中没有区域外的单位";
    point_or_whole_country()
        "--outside LONGITUDE,LATITUDE, or a table of the whole country"
        "--outside 经度,纬度，或覆盖全国的表";
    no_row_of_year(year) "the table has no row of {year}" "表中没有 {year} 年的行";
    registered_of_census_year() "registered population of the census year is needed" "需要普查年份的户籍人口";
    no_county_row() "no county row" "没有县级的行";
    at_least_one() "at least one" "至少一个";
    registered_population() "registered population" "户籍人口";
    none_for_any_unit() "none for any unit of the area" "区域内没有任何单位的数字";
    registered_or_census()
        "a census with `hukou_pop` (2010), or --registered with rows of the census year"
        "含 `hukou_pop` 的普查表（2010 年），或 --registered 给出普查年份的行";
    unit_that_joins(code) "the unit that {code} joins" "{code} 并入的单位";
    another_unit_of_area() "another unit of the area" "区域内的另一个单位";
}
