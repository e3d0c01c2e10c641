//! Errors: what went wrong with a run, a file or an argument (`error.rs`), and quantities that all rooms name.

use crate::message::messages;

messages! {
    io_failed(what, path, source) "could not {what} {path}: {source}" "无法{what} {path}：{source}";
    accounts_open(identity, account, node, year, amount)
        "the accounts do not close: identity {identity} is broken for {account} at {node} in {year} by {amount}; the run stopped because its numbers could not be trusted"
        "账户不平衡：{year} 年 {node} 的 {account} 违反恒等式 {identity}，差额 {amount}；结果不可信，运行已停止";
    money_overflows(what, node, year, amount)
        "money overflows: {what} at {node} came to {amount} yuan in {year}, more than whole fen can be counted up to; the run stopped before a sum changed its sign. Are all amounts in yuan? Does a driver grow for too many years?"
        "金额溢出：{year} 年 {node} 的{what}达到 {amount} 元，超出以分计数的范围；运行已在数值变号之前停止。请检查金额是否以元为单位，以及外生增长持续的年数";
    checkpoint_unusable(path, reason) "the checkpoint {path} cannot be used: {reason}" "检查点 {path} 无法使用：{reason}";
    results_refused(path, reason) "the result folder {path}: {reason}" "结果文件夹 {path}：{reason}";
    memory_short(needed, available, advice)
        "this run needs about {needed} GiB of memory and {available} GiB are available; {advice}"
        "此次运行约需 {needed} GiB 内存，可用 {available} GiB；{advice}";
    data_unusable(what, found, expected)
        "{what}: found {found}; expected {expected}"
        "{what}：{found}；应为：{expected}";
    usage_wrong(found, expected) "{found}; {expected}" "{found}；{expected}";
    verification_failed()
        "the engine does not reproduce every closed form; the table says which case failed"
        "引擎未能重现全部解析解；表中列出了未通过的算例";
    interrupted(year)
        "interrupted after the year {year}; every complete row was kept, and the manifest says so"
        "在 {year} 年之后中断；所有完整的行都已保留，清单中有记录";
    stopped_of(done, all)
        "interrupted with {done} of {all} done; they are kept in the journal of the folder, and the same command goes on with the rest"
        "已完成 {all} 项中的 {done} 项时中断；已完成的保留在文件夹的日志中，用同一命令可继续其余部分";
    stopped(done)
        "interrupted with {done} done; they are kept in the journal of the folder, and the same command goes on with the rest"
        "已完成 {done} 项时中断；已完成的保留在文件夹的日志中，用同一命令可继续其余部分";
    threads_refused() "ask for fewer threads, or 0 for one a core" "请减少线程数，或用 0 表示每核一个线程";
    io_create_a_folder_in() "create a folder in" "在其中建立文件夹";
    io_create_the_file() "create the file" "建立文件";
    io_create_the_folder() "create the folder" "建立文件夹";
    io_create_the_table() "create the table" "建立表格";
    io_create() "create" "建立";
    io_cut_back() "cut back" "截短";
    io_list() "list" "列出";
    io_lock() "lock" "锁定";
    io_open_the_folder() "open the folder" "打开文件夹";
    io_open_the_checkpoint() "open the checkpoint" "打开检查点";
    io_open_the_table() "open the table" "打开表格";
    io_open() "open" "打开";
    io_put_in_place() "put in place" "放到位";
    io_read_the_folder() "read the folder" "读取文件夹";
    io_read_the_checkpoint() "read the checkpoint" "读取检查点";
    io_read() "read" "读取";
    io_remove() "remove" "删除";
    io_rename() "rename" "改名";
    io_write_rows_to() "write rows to" "写入行";
    io_write_to_disk() "write to disk" "写入磁盘";
    io_write_to() "write to" "写入";
    io_write() "write" "写出";
    and_more(left) "… and {left} more (--all)" "… 另有 {left} 个（--all）";
    could_not_be_read(what, source) "{what} could not be read: {source}" "无法读取 {what}：{source}";
    name_what_can_be_read() "name what is there and can be read" "请给出存在且可读的文件";
    amount_in_yuan(amount) "{amount} yuan" "{amount} 元";
    band_from_to(least, most) "from {least} to {most}" "{least} 至 {most}";
    band_at_most(most) "at most {most}" "不超过 {most}";
    band_at_least(least) "at least {least}" "不低于 {least}";
    plausible_is(quantity, of, range, evidence)
        "{quantity}, of {of}: plausible is {range} ({evidence})"
        "{of}的{quantity}：合理范围为{range}（{evidence}）";
    warnings_counted(warnings) "{warnings} warnings" "{warnings} 条警告";
    warning_counted() "1 warning" "1 条警告";
    warning_line(finding) "warning: {finding}" "警告：{finding}";
    anything() "anything" "任何值";
    word_prefecture() "prefecture" "地级市";
    word_and() "and" "和";
    word_or() "or" "或";
    word_province() "province" "省";
    sign_nul(code) "NUL, {code}" "NUL（{code}）";
    sign_esc(code) "ESC, {code}" "ESC（{code}）";
    sign_turning(code) "a sign that turns the order of letters round, {code}" "改变文字方向的字符（{code}）";
    sign_control(code) "a control character, {code}" "控制字符（{code}）";
}
