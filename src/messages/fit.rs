//! Fits of any numbers of a scenario to printed ones.

use crate::message::messages;

messages! {
    form_of_target()
        "a target is share_urban@2030=0.75~0.005 or 'nodes.residents@2030[node=331121v]=500000': an indicator of the area, or a table with a column and the row; the year, the value, and behind ~ its standard error where it is known"
        "目标的写法为 share_urban@2030=0.75~0.005 或 'nodes.residents@2030[node=331121v]=500000'：全区域的一个指标，或表、列与行；年份，目标值，标准误已知时写在 ~ 之后";
    any_key_with_target()
        "a fit to --targets knows these keys; with --target any number of the scenario can be fitted"
        "对 --targets 的拟合只认这些键；用 --target 可拟合情景中的任何数值";
    changes_of_scenario() "changes" "改动（--set）";
    error_above_zero() "a standard error above zero behind ~" "~ 之后的标准误须大于零";
    tables_of_a_run(names) "tables of a run are {names}" "一次运行的表格有 {names}";
    no_such_number(name, table)
        "no number `{name}` in {table}; the heads of the tables of a run name them"
        "{table} 中没有数值 `{name}`；名称见运行所得表格的表头";
    a_year_of_the_run(first, last) "a year of the run, {first} to {last}" "应为运行期内的年份，{first} 至 {last}";
    a_table_of_the_run() "a table that the run writes" "应为运行所写的表格";
    rows_answer(n) "{n} rows answer" "有 {n} 行符合";
    one_row_by(key) "exactly one row, named by columns of {key}" "应恰好一行，由 {key} 各列确定";
    cell_holds_no_number() "its cell holds no number in one of the runs" "某次运行中该单元格没有数值";
    a_cell_always_filled() "a cell that has a number at every value inside the bounds" "应在界限内各取值下都有数值";
    targets_and_parameters(targets, parameters)
        "{targets} target(s) for {parameters} parameter(s)"
        "{targets} 个目标，{parameters} 个参数";
    as_many_targets_as_parameters() "at least as many targets as parameters" "目标数不得少于参数个数";
    fit_step(step, away) "step {step}: {away} errors from the targets" "第 {step} 步：与目标相距 {away} 倍误差";
    fit_head(steps, runs, replicates, before, after)
        "{steps} step(s), {runs} runs, {replicates} replicate(s) a point under the same luck; distance from the targets (root mean square, in errors) {before} at the start, {after} fitted"
        "{steps} 步，{runs} 次运行，每点 {replicates} 次重复，各点共用随机数；与目标的距离（均方根，以误差为单位）起点 {before}，拟合后 {after}";
    fit_key() "number of the scenario" "情景中的数值";
    fit_start() "at the start" "起点";
    fit_error() "s.e." "标准误";
    fit_range() "bounds" "界限";
    fit_at_bound() "at its bound" "在界限上";
    fit_target() "target" "目标";
    fit_wanted() "wanted" "目标值";
    fit_fitted() "fitted" "拟合值";
    fit_distance() "off by, errors" "偏差（误差倍数）";
    fit_without_errors()
        "A target without a standard error (VALUE~ERROR) counts a tenth of its value as one error; estimates then have no standard errors."
        "未给标准误（目标值~标准误）的目标以其值的十分之一作为一倍误差；此时估计值没有标准误。";
    fit_is_no_evidence()
        "A target that is met by fitting is no evidence for the model: say so where these values are used."
        "靠拟合达到的目标不能作为模型可信的证据：使用这些值时请说明。";
}
