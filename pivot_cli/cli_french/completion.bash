# Complétion de PROG pour bash.
_PROG_completion() {
    local word=${COMP_WORDS[COMP_CWORD]} value
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        case $value in
            :fichiers) compopt -o default 2>/dev/null; return ;;
            :dossiers) compopt -o dirnames 2>/dev/null; return ;;
        esac
        [[ $word == [\"\']* ]] || value=$(printf '%q' "$value")
        COMPREPLY+=("$value")
    done < <(VAR=bash _PIVOT_WORD=$word "$1" "${COMP_WORDS[@]:1:COMP_CWORD-1}" 2>/dev/null)
}
complete -F _PROG_completion PROG
