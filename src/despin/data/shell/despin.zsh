#compdef despin
# Completion of despin for zsh, made from its parser by tools/shell: do not edit.
_despin() {
    local line state
    local -a commands=(
        'fix:Restore the original wording.'
        'check:Tell what would be restored, and write nothing; the same as fix --check.'
        'score:Tell spun texts from clean ones; exit 0 whatever the answer.'
        'explain:Say why each edit and suggestion, or what a word may stand for and is spun to.'
        'candidates:List what every slot may stand for, whatever the context and the document say.'
        'learn:Learn what a spinner writes for what, from pairs of texts.'
        'evaluate:Measure precision, recall, F0.5 and the harm to clean copy.'
        'config:Show the configuration that counts in this folder, as TOML.'
        'dict:Look after dictionary packs.'
        'completion:Print the completion script of a shell.'
    )
    _arguments -C \
        --version'[Print the version.]' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '1:command:->command' '*::argument:->argument'
    case $state in
    command) _describe command commands ;;
    argument)
        case $line[1] in
        fix) _despin_fix ;;
        check) _despin_check ;;
        score) _despin_score ;;
        explain) _despin_explain ;;
        candidates) _despin_candidates ;;
        learn) _despin_learn ;;
        evaluate) _despin_evaluate ;;
        config) _despin_config ;;
        dict) _despin_dict ;;
        completion) _despin_completion ;;
        esac ;;
    esac
}
_despin_fix() {
    _arguments -s \
        '(-i --in-place)'{-i,--in-place}'[Write the repaired text back.]' \
        --diff'[Print a patch for git apply; write nothing.]' \
        --check'[Exit 1 if something would change; write nothing.]' \
        --word-diff'[Print the text with \[-spun-\]{+original+} marks.]' \
        --output-format'[How the edits are reported; all but text write nothing.]:value:(text json jsonl diff github sarif m2)' \
        --min-confidence'[Make only edits this sure.]:number:' \
        --assume'[What you know of the text.]:value:(auto spun clean)' \
        --quotes'[Leave quoted speech alone, or repair it too.]:value:(keep repair)' \
        '*'--dictionary'[A dictionary of your own; goes before the packs.]:path:_files' \
        '*'--allow'[A word or phrase that stays, in any case; repeatable.]:words:' \
        --format'[How files are read; auto goes by their names.]:value:(auto text markdown html jsonl csv)' \
        '*'--field'[A JSON key or CSV column that holds prose; repeatable.]:name:' \
        --encoding'[How files without a byte order mark are written\: cp1252, latin-1 …]:str:' \
        --stdin-filename'[Take stdin for the contents of this file.]:name:' \
        '*'--include'[Take these files of a folder instead of .txt, .md …]:glob:' \
        '*'--exclude'[Leave these out, instead of node_modules/ and its like.]:glob:' \
        '*'--extend-exclude'[Leave these out as well.]:glob:' \
        --force-exclude'[Leave out named files, too, where a folder would.]' \
        '(-j --jobs)'{-j,--jobs}'[How many processes; 0\: one a core.]:number:' \
        --no-cache'[Repair anew what an earlier run has seen; keep nothing.]' \
        --color'[Colour the word diff.]:value:(auto always never)' \
        '(-q --quiet)'{-q,--quiet}'[Say nothing but what went wrong.]' \
        '(-v --verbose)'{-v,--verbose}'[Say more\: every edit, every file left out.]' \
        --exit-zero'[Exit 0 whatever is found; errors still exit 2.]' \
        --exit-non-zero-on-fix'[Exit 1 when something was restored.]' \
        --isolated'[Read no configuration file.]' \
        --config'[The configuration; none\: the nearest despin.toml, or pyproject.toml with \[tool.despin\].]:file:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_check() {
    _arguments -s \
        --output-format'[How the edits are reported; all but text write nothing.]:value:(text json jsonl diff github sarif m2)' \
        --min-confidence'[Make only edits this sure.]:number:' \
        --assume'[What you know of the text.]:value:(auto spun clean)' \
        --quotes'[Leave quoted speech alone, or repair it too.]:value:(keep repair)' \
        '*'--dictionary'[A dictionary of your own; goes before the packs.]:path:_files' \
        '*'--allow'[A word or phrase that stays, in any case; repeatable.]:words:' \
        --format'[How files are read; auto goes by their names.]:value:(auto text markdown html jsonl csv)' \
        '*'--field'[A JSON key or CSV column that holds prose; repeatable.]:name:' \
        --encoding'[How files without a byte order mark are written\: cp1252, latin-1 …]:str:' \
        --stdin-filename'[Take stdin for the contents of this file.]:name:' \
        '*'--include'[Take these files of a folder instead of .txt, .md …]:glob:' \
        '*'--exclude'[Leave these out, instead of node_modules/ and its like.]:glob:' \
        '*'--extend-exclude'[Leave these out as well.]:glob:' \
        --force-exclude'[Leave out named files, too, where a folder would.]' \
        '(-j --jobs)'{-j,--jobs}'[How many processes; 0\: one a core.]:number:' \
        --no-cache'[Repair anew what an earlier run has seen; keep nothing.]' \
        '(-q --quiet)'{-q,--quiet}'[Say nothing but what went wrong.]' \
        '(-v --verbose)'{-v,--verbose}'[Say more\: every edit, every file left out.]' \
        --exit-zero'[Exit 0 whatever is found; errors still exit 2.]' \
        --isolated'[Read no configuration file.]' \
        --config'[The configuration; none\: the nearest despin.toml, or pyproject.toml with \[tool.despin\].]:file:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_score() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        '*'--dictionary'[A dictionary of your own; goes before the packs.]:path:_files' \
        '*'--allow'[A word or phrase that stays, in any case; repeatable.]:words:' \
        --format'[How files are read; auto goes by their names.]:value:(auto text markdown html jsonl csv)' \
        '*'--field'[A JSON key or CSV column that holds prose; repeatable.]:name:' \
        --encoding'[How files without a byte order mark are written\: cp1252, latin-1 …]:str:' \
        --stdin-filename'[Take stdin for the contents of this file.]:name:' \
        '*'--include'[Take these files of a folder instead of .txt, .md …]:glob:' \
        '*'--exclude'[Leave these out, instead of node_modules/ and its like.]:glob:' \
        '*'--extend-exclude'[Leave these out as well.]:glob:' \
        --force-exclude'[Leave out named files, too, where a folder would.]' \
        '(-j --jobs)'{-j,--jobs}'[How many processes; 0\: one a core.]:number:' \
        '(-q --quiet)'{-q,--quiet}'[Say nothing but what went wrong.]' \
        '(-v --verbose)'{-v,--verbose}'[Say more\: every edit, every file left out.]' \
        --isolated'[Read no configuration file.]' \
        --config'[The configuration; none\: the nearest despin.toml, or pyproject.toml with \[tool.despin\].]:file:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_explain() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        --min-confidence'[Make only edits this sure.]:number:' \
        --assume'[What you know of the text.]:value:(auto spun clean)' \
        --quotes'[Leave quoted speech alone, or repair it too.]:value:(keep repair)' \
        '*'--dictionary'[A dictionary of your own; goes before the packs.]:path:_files' \
        '*'--allow'[A word or phrase that stays, in any case; repeatable.]:words:' \
        --format'[How files are read; auto goes by their names.]:value:(auto text markdown html jsonl csv)' \
        '*'--field'[A JSON key or CSV column that holds prose; repeatable.]:name:' \
        --encoding'[How files without a byte order mark are written\: cp1252, latin-1 …]:str:' \
        --stdin-filename'[Take stdin for the contents of this file.]:name:' \
        --isolated'[Read no configuration file.]' \
        --config'[The configuration; none\: the nearest despin.toml, or pyproject.toml with \[tool.despin\].]:file:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_candidates() {
    _arguments -s \
        --output-format'[One slot a line.]:value:(jsonl)' \
        '*'--dictionary'[A dictionary of your own; goes before the packs.]:path:_files' \
        '*'--allow'[A word or phrase that stays, in any case; repeatable.]:words:' \
        --isolated'[Read no configuration file.]' \
        --config'[The configuration; none\: the nearest despin.toml, or pyproject.toml with \[tool.despin\].]:file:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_learn() {
    _arguments -s \
        --to'[A new file to write; with --merge\: the one to merge into.]:path:_files' \
        --merge'[Take a reviewed candidate pack into --to FILE.]:path:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_evaluate() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        --baselines'[Also measure identity and the lexicon without context.]' \
        --min-confidence'[Make only edits this sure.]:number:' \
        '*'--dictionary'[A dictionary of your own; goes before the packs.]:path:_files' \
        '*'--allow'[A word or phrase that stays, in any case; repeatable.]:words:' \
        --isolated'[Read no configuration file.]' \
        --config'[The configuration; none\: the nearest despin.toml, or pyproject.toml with \[tool.despin\].]:file:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_config() {
    _arguments -s \
        --show'[Print every value and where it comes from; the default.]' \
        --schema'[Print the JSON schema of the keys.]' \
        --config'[Look at this file, not for the nearest.]:file:_files' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_dict() {
    local line state
    local -a commands=(
        'lint:Say what is wrong with packs, as FILE:LINE: messages; exit 1 if anything is.'
        'stats:Count entries, in all and in each pack, and pairs by evidence.'
        'show:Show what a word may stand for, and what it is spun to, with the evidence.'
        'add:Add a pair to a dictionary of your own.'
        'examples:Run the examples of all entries; exit 1 if one fails that is not known to, or the other way round.'
        'compile:Compile packs now, and say where the compiled form lies.'
    )
    _arguments -C \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '1:command:->command' '*::argument:->argument'
    case $state in
    command) _describe command commands ;;
    argument)
        case $line[1] in
        lint) _despin_dict_lint ;;
        stats) _despin_dict_stats ;;
        show) _despin_dict_show ;;
        add) _despin_dict_add ;;
        examples) _despin_dict_examples ;;
        compile) _despin_dict_compile ;;
        esac ;;
    esac
}
_despin_dict_lint() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_dict_stats() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_dict_show() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_dict_add() {
    _arguments -s \
        --to'[The dictionary (YAML) to add it to; made if missing.]:path:_files' \
        --pos'[verb or noun\: base forms, inflected for you.]:str:' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_dict_examples() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_dict_compile() {
    _arguments -s \
        --output-format'[For people, or json.]:value:(text json)' \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
_despin_completion() {
    _arguments -s \
        '(-h --help)'{-h,--help}'[Show this message and exit.]' \
        '*:file:_files'
}
if [[ ${funcstack[1]} == _despin ]]; then _despin "$@"; else compdef _despin despin; fi
