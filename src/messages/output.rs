//! Result folders, tables, checkpoints and manifests; runs begun and resumed.

use crate::message::messages;

messages! {
    resume_with_its_build() "resume with the build that wrote it, or begin a new run" "请用写出它的版本继续，或重新开始";
    another_version_wrote(wrote, here, advice)
        "version {wrote} wrote it and this is version {here}; {advice}"
        "它由版本 {wrote} 写出，当前为版本 {here}；{advice}";
    another_commit_wrote(wrote, here, advice)
        "commit {wrote} wrote it and this is commit {here}; {advice}"
        "它由提交 {wrote} 写出，当前为提交 {here}；{advice}";
    other_columns(columns)
        "its columns are not those this version writes; expected `{columns}`"
        "其列与本版本写出的不同；应为 `{columns}`";
    ends_inside_a_row() "it ends in the middle of a row" "它在一行中间结束";
    no_table_to_describe() "there is no table in it to describe" "其中没有可描述的表格";
    name_a_file() "name a file, not a folder" "请给出文件名，而不是文件夹";
    named_for_two_files(path) "{path} is named for two files" "{path} 被指定给两个文件";
    name_each_file_once() "name each file once" "每个文件只能指定一次";
    a_file_not_a_folder() "it is a file; name a folder" "这是一个文件；请给出文件夹";
    not_made_by_program()
        "it is not empty and was not made by this program; name a new folder, or add --force to write beside what is there"
        "文件夹不为空，且不是本程序建立的；请换一个新文件夹，或加 --force 写在已有内容旁";
    holds_finished_run()
        "it holds the results of a finished run; name another folder, or add --force to replace them"
        "其中是已完成运行的结果；请换一个文件夹，或加 --force 替换";
    holds_unfinished_run(status)
        "it holds the results of a run that did not finish (status: {status}); resume that run, or add --force to replace them"
        "其中是未完成运行的结果（状态：{status}）；请继续该运行，或加 --force 替换";
    no_run_to_resume() "there is no run of this program in it that could be resumed" "其中没有可继续的运行";
    nothing_to_resume() "its run is finished; there is nothing to resume" "其中的运行已经完成，无需继续";
    no_name_for_results(name) "`{name}` is not a name for a file of results" "`{name}` 不能用作结果文件名";
    not_written_by_program(name)
        "`{name}` is there and was not written by this program; move it or name another folder"
        "`{name}` 已经存在且不是本程序写出的；请移走它，或换一个文件夹";
    no_run_in_it() "there is no run of this program in it" "其中没有本程序的运行";
    another_run_writes()
        "another run is writing into it; wait for it or name another folder"
        "另一运行正在写入；请等它结束，或换一个文件夹";
    checkpoint_remembers_table(name)
        "the checkpoint remembers the table `{name}`, which this run has not written"
        "检查点记有表格 `{name}`，而此运行没有写出它";
    rows_are_missing(name, length, position)
        "`{name}` has {length} bytes, but the checkpoint remembers {position}; rows are missing"
        "`{name}` 有 {length} 字节，而检查点记有 {position} 字节；缺少若干行";
    changed_since_checkpoint(name)
        "`{name}` has no end of a row where the checkpoint remembers one; it was changed since"
        "检查点记录的位置上 `{name}` 不是行尾；它已被改动";
    journal_not_understood(journal, line)
        "its journal {journal} has the line `{line}`, which this version does not understand"
        "日志 {journal} 中有本版本不认识的一行 `{line}`";
    link_to_elsewhere(name)
        "`{name}` is a link to elsewhere; remove it or name another folder"
        "`{name}` 是指向别处的链接；请删除它，或换一个文件夹";
    values_of_scenario(name) "the values of scenario `{name}`" "情景 `{name}` 的取值";
    values_json_holds() "values that JSON can hold" "JSON 能表示的值";
    manifest_unreadable(file, reason)
        "its {file} is not one this version can read: {reason}"
        "其中的 {file} 不是本版本能读的：{reason}";
    table_of_resumed_run(name) "the table {name} of the run that is resumed" "被继续的运行的表格 {name}";
    no_table_or_rows_missing() "no table, or one with rows missing" "没有该表格，或缺少若干行";
    bytes_of_checkpoint(bytes) "the first {bytes} bytes, which the checkpoint remembers" "检查点所记的前 {bytes} 字节";
    its_first_bytes() "its first bytes" "开头几个字节";
    no_checkpoint_of_program() "it is not a checkpoint of this program" "它不是本程序的检查点";
    checkpoint_of_another_format(format, here)
        "it has format {format} and this version reads format {here}; use the version of the program that wrote it"
        "其格式为 {format}，本版本读格式 {here}；请用写出它的程序版本";
    its_header() "its header" "文件头";
    its_list_of_sections() "its list of sections" "分段目录";
    its_end() "its end" "结尾";
    checkpoint_header_damaged()
        "its header or its list of sections is damaged (sha256 does not match)"
        "文件头或分段目录已损坏（sha256 不符）";
    bytes_follow_its_end(bytes) "{bytes} bytes follow its end" "结尾之后还有 {bytes} 字节";
    checkpoint_header_unknown(reason)
        "its header is not one that this version understands: {reason}"
        "其文件头不是本版本能读的：{reason}";
    section_exceeds_memory(name)
        "its section `{name}` does not fit into the memory of this machine"
        "分段 `{name}` 超出本机内存";
    no_section(name) "it has no section `{name}`" "没有分段 `{name}`";
    section_of_another_kind(name, found, kind)
        "its section `{name}` holds {found} and not {kind}"
        "分段 `{name}` 为 {found}，应为 {kind}";
    cut_short_in_section(name) "it is cut short in its section `{name}`" "它在分段 `{name}` 中被截断";
    section_damaged(name)
        "its section `{name}` is damaged (its checksum does not match)"
        "分段 `{name}` 已损坏（校验和不符）";
    list_of_sections_damaged() "its list of sections is damaged" "分段目录已损坏";
    its_section(name) "its section `{name}`" "分段 `{name}`";
    damaged_or_cut_short(length, what)
        "it is damaged or cut short: it has {length} bytes and ends within {what}"
        "它已损坏或被截断：共 {length} 字节，在{what}处结束";
    words_left_over(left) "{left} words are left over" "多出 {left} 个字";
    sequence_of_unknown_length() "a sequence of unknown length" "长度未知的序列";
    words_end_too_early() "the words end too early" "数据过早结束";
    word_out_of_range(word) "{word} is out of range" "{word} 超出范围";
    word_no_length(length) "{length} cannot be a length" "{length} 不能作长度";
    word_no_character() "not a character" "不是字符";
    words_carry_no_types() "words carry no types" "数据不带类型";
    word_not_utf8() "text that is not UTF-8" "文本不是 UTF-8";
    word_no_option(other)
        "{other} says neither that a value is there nor that it is not"
        "{other} 既不表示有值也不表示无值";
    building_first_world() "building the first world" "正在建立初始世界";
    going_on_after(year) "going on after {year}" "从 {year} 年之后继续";
    no_checkpoint_to_resume()
        "its run left no checkpoint to go on from; run it again with --force, and with --checkpoint-every 1 to be able to resume"
        "该运行没有留下可继续的检查点；请加 --force 重新运行，并用 --checkpoint-every 1 以便日后继续";
    going_on_from(error, name) "{error}; going on from {name}" "{error}；改从 {name} 继续";
    left_no_checkpoint() "its run left no checkpoint" "该运行没有留下检查点";
    put_old_table_back(reason) "{reason}; put the old table back, or begin a new run" "{reason}；请恢复原表格，或重新开始";
    table_was_deleted(path) "{path} was deleted since the run began" "{path} 在运行开始后被删除";
    table_was_changed(path, then, now)
        "{path} was changed since the run began (sha256 {then} then, {now} now)"
        "{path} 在运行开始后被改动（sha256 原为 {then}，现为 {now}）";
    tables_of_the_old_one(reason)
        "{reason}; the tables are of the old one, which is no longer there"
        "{reason}；结果表格对应的是已不存在的旧表格";
    the_past_of(checkpoint) "the past of {checkpoint}" "{checkpoint} 的既往";
    past_with_other(key)
        "it was lived under another `{key}`"
        "其 `{key}` 与本情景不同";
    what_a_branch_may_change()
        "the study area, parameters and model of the run that goes on from it; policies, drivers, `run.seed`, `run.replicate` and `run.years` may differ"
        "研究区域、参数与模型须与接续的运行相同；政策、外生路径、`run.seed`、`run.replicate` 与 `run.years` 可以不同";
    start_from_where_no_past() "`run.start_from`" "`run.start_from`";
    commands_with_a_past()
        "a run that begins with its base year: only `run`, `compare`, `sensitivity` and the Python module go on from a checkpoint"
        "从基年开始的运行：只有 `run`、`compare`、`sensitivity` 与 Python 模块可以从检查点接续";
}
