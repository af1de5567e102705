"""The completion script for bash."""

from __future__ import annotations

from collections.abc import Sequence

from tools.shell.parser import Command, Option

_HEAD = """\
# Completion of despin for bash, made from its parser by tools/shell: do not edit.
_despin() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word
    COMPREPLY=()
    if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $command/$word in
"""
_TAIL = """\
    esac
}
complete -o default -F _despin despin
"""


def script(commands: Sequence[Command]) -> str:
    """Return the script; what it has no words for is completed as a file name."""
    lines = [_HEAD]
    for command in filter(lambda command: command.names, commands):
        *above, name = command.names
        lines.append(f"            {'-'.join(above)}/{name}) command={'-'.join(command.names)} ;;\n")
    lines.append("        esac\n    done\n    case $command in\n")
    for command in commands:
        lines.append(f"    {'-'.join(command.names) or chr(39) * 2})\n        case $prev in\n")
        lines += [_values(option) for option in command.options if option.metavar]
        lines.append("        esac\n")
        words = " ".join(name for name, _ in command.below)
        names = " ".join(name for option in command.options for name in option.names)
        lines.append(f"        [[ $cur == -* ]] && COMPREPLY=($(compgen -W '{names}' -- \"$cur\"))\n")
        if words:
            lines.append(f"        [[ $cur == -* ]] || COMPREPLY=($(compgen -W '{words}' -- \"$cur\"))\n")
        lines.append("        ;;\n")
    return "".join([*lines, _TAIL])


def _values(option: Option) -> str:
    reply = f"COMPREPLY=($(compgen -W '{' '.join(option.choices)}' -- \"$cur\")); " if option.choices else ""
    return f"        {'|'.join(option.names)}) {reply}return ;;\n"
