//! The page of results.

use crate::message::messages;

messages! {
    it_is_a_file() "it is a file" "这是一个文件";
    no_such_folder() "there is no such folder" "没有这个文件夹";
    name_run_or_compare(found)
        "{found}; name a folder that `shanhai run` or `compare` wrote"
        "{found}；请给出 `shanhai run` 或 `compare` 写出的文件夹";
    no_result_of_run()
        "it holds neither indicators.csv nor compare.csv, so it is no result of a run or a comparison; name the folder that `--out` named"
        "其中既没有 indicators.csv 也没有 compare.csv，因此不是运行或比较的结果；请给出 `--out` 所指的文件夹";
    sessions_of_manifest() "the sessions of a manifest" "清单中的运行记录";
    data_of_report() "the data of a report" "报告的数据";
    sheet_has_no_column(name)
        "it has no column `{name}`; another version of the program wrote it"
        "其中没有列 `{name}`；由程序的另一版本写出";
    row_not_a_number(line, name, text)
        "row {line}, column `{name}`: `{text}` is not a number"
        "第 {line} 行，`{name}` 列：`{text}` 不是数";
    row_not_a_year(line, text) "row {line}: `{text}` is not a year" "第 {line} 行：`{text}` 不是年份";
    report_of_each(found) "{found}; make a report of each" "{found}；请分别作报告";
    has_other_columns(table) "{table} has other columns than in the folder before it" "{table} 的列与前一文件夹不同";
    how_to_read_multiples(first)
        "Grey: {first}. Colour: the variant, mean of its replicates; band: least to greatest of them. A row has one scale, from its least to its greatest value, not from zero."
        "灰线：{first}。彩线：该变体各次重复的均值；色带：其最小至最大值。同一行同一刻度，从最小值到最大值，不从零开始。";
    what_matters_for(of_what) "What matters for {of_what}" "影响{of_what}的参数";
    effect_on(number) "the effect of all policies on {number}" "全部政策对{number}的效应";
    measure_mu_star() "mean absolute elementary effect over the whole range, and its interval" "全范围内基本效应绝对值的均值及其区间";
    measure_total() "total share of variance (Sobol), and its interval" "总方差份额（Sobol）及其区间";
    measure_spearman() "rank correlation, and its interval" "秩相关及其区间";
    sign_holds_for(number) "How often the sign of the effect on {number} holds" "对{number}的效应符号成立的比例";
    sign_of_own_parameters()
        "share of draws in which the effect has the sign that the scenario's own parameters give it, and its interval"
        "各组参数抽样中，效应与情景自身参数下同号的比例及其区间";
}
