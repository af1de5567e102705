# Completion of despin for bash, made from its parser by tools/shell: do not edit.
_despin() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word
    COMPREPLY=()
    if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $command/$word in
            /fix) command=fix ;;
            /check) command=check ;;
            /score) command=score ;;
            /explain) command=explain ;;
            /candidates) command=candidates ;;
            /learn) command=learn ;;
            /evaluate) command=evaluate ;;
            /config) command=config ;;
            /dict) command=dict ;;
            dict/lint) command=dict-lint ;;
            dict/stats) command=dict-stats ;;
            dict/show) command=dict-show ;;
            dict/add) command=dict-add ;;
            dict/examples) command=dict-examples ;;
            dict/compile) command=dict-compile ;;
            /completion) command=completion ;;
        esac
    done
    case $command in
    '')
        case $prev in
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--version -h --help' -- "$cur"))
        [[ $cur == -* ]] || COMPREPLY=($(compgen -W 'fix check score explain candidates learn evaluate config dict completion' -- "$cur"))
        ;;
    fix)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json jsonl diff github sarif m2' -- "$cur")); return ;;
        --min-confidence) return ;;
        --assume) COMPREPLY=($(compgen -W 'auto spun clean' -- "$cur")); return ;;
        --quotes) COMPREPLY=($(compgen -W 'keep repair' -- "$cur")); return ;;
        --dictionary) return ;;
        --allow) return ;;
        --format) COMPREPLY=($(compgen -W 'auto text markdown html jsonl csv' -- "$cur")); return ;;
        --field) return ;;
        --encoding) return ;;
        --stdin-filename) return ;;
        --include) return ;;
        --exclude) return ;;
        --extend-exclude) return ;;
        -j|--jobs) return ;;
        --color) COMPREPLY=($(compgen -W 'auto always never' -- "$cur")); return ;;
        --config) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '-i --in-place --diff --check --word-diff --output-format --min-confidence --assume --quotes --dictionary --allow --format --field --encoding --stdin-filename --include --exclude --extend-exclude --force-exclude -j --jobs --no-cache --color -q --quiet -v --verbose --exit-zero --exit-non-zero-on-fix --isolated --config -h --help' -- "$cur"))
        ;;
    check)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json jsonl diff github sarif m2' -- "$cur")); return ;;
        --min-confidence) return ;;
        --assume) COMPREPLY=($(compgen -W 'auto spun clean' -- "$cur")); return ;;
        --quotes) COMPREPLY=($(compgen -W 'keep repair' -- "$cur")); return ;;
        --dictionary) return ;;
        --allow) return ;;
        --format) COMPREPLY=($(compgen -W 'auto text markdown html jsonl csv' -- "$cur")); return ;;
        --field) return ;;
        --encoding) return ;;
        --stdin-filename) return ;;
        --include) return ;;
        --exclude) return ;;
        --extend-exclude) return ;;
        -j|--jobs) return ;;
        --config) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format --min-confidence --assume --quotes --dictionary --allow --format --field --encoding --stdin-filename --include --exclude --extend-exclude --force-exclude -j --jobs --no-cache -q --quiet -v --verbose --exit-zero --isolated --config -h --help' -- "$cur"))
        ;;
    score)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        --dictionary) return ;;
        --allow) return ;;
        --format) COMPREPLY=($(compgen -W 'auto text markdown html jsonl csv' -- "$cur")); return ;;
        --field) return ;;
        --encoding) return ;;
        --stdin-filename) return ;;
        --include) return ;;
        --exclude) return ;;
        --extend-exclude) return ;;
        -j|--jobs) return ;;
        --config) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format --dictionary --allow --format --field --encoding --stdin-filename --include --exclude --extend-exclude --force-exclude -j --jobs -q --quiet -v --verbose --isolated --config -h --help' -- "$cur"))
        ;;
    explain)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        --min-confidence) return ;;
        --assume) COMPREPLY=($(compgen -W 'auto spun clean' -- "$cur")); return ;;
        --quotes) COMPREPLY=($(compgen -W 'keep repair' -- "$cur")); return ;;
        --dictionary) return ;;
        --allow) return ;;
        --format) COMPREPLY=($(compgen -W 'auto text markdown html jsonl csv' -- "$cur")); return ;;
        --field) return ;;
        --encoding) return ;;
        --stdin-filename) return ;;
        --config) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format --min-confidence --assume --quotes --dictionary --allow --format --field --encoding --stdin-filename --isolated --config -h --help' -- "$cur"))
        ;;
    candidates)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'jsonl' -- "$cur")); return ;;
        --dictionary) return ;;
        --allow) return ;;
        --config) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format --dictionary --allow --isolated --config -h --help' -- "$cur"))
        ;;
    learn)
        case $prev in
        --to) return ;;
        --merge) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--to --merge -h --help' -- "$cur"))
        ;;
    evaluate)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        --min-confidence) return ;;
        --dictionary) return ;;
        --allow) return ;;
        --config) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format --baselines --min-confidence --dictionary --allow --isolated --config -h --help' -- "$cur"))
        ;;
    config)
        case $prev in
        --config) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--show --schema --config -h --help' -- "$cur"))
        ;;
    dict)
        case $prev in
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '-h --help' -- "$cur"))
        [[ $cur == -* ]] || COMPREPLY=($(compgen -W 'lint stats show add examples compile' -- "$cur"))
        ;;
    dict-lint)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format -h --help' -- "$cur"))
        ;;
    dict-stats)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format -h --help' -- "$cur"))
        ;;
    dict-show)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format -h --help' -- "$cur"))
        ;;
    dict-add)
        case $prev in
        --to) return ;;
        --pos) return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--to --pos -h --help' -- "$cur"))
        ;;
    dict-examples)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format -h --help' -- "$cur"))
        ;;
    dict-compile)
        case $prev in
        --output-format) COMPREPLY=($(compgen -W 'text json' -- "$cur")); return ;;
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '--output-format -h --help' -- "$cur"))
        ;;
    completion)
        case $prev in
        esac
        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '-h --help' -- "$cur"))
        ;;
    esac
}
complete -o default -F _despin despin
