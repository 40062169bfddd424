#compdef PROG
# Complétion de PROG pour zsh.
_PROG() {
    local -a described
    local value said
    while IFS=$'\t' read -r value said; do
        case $value in
            :fichiers) _files; return ;;
            :dossiers) _files -/; return ;;
            *) described+=("${value//:/\\:}${said:+:$said}") ;;
        esac
    done < <(VAR=zsh _PIVOT_WORD=${(Q)PREFIX} ${(Q)words[1]} "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)
    # -U: what is proposed was matched already, whatever the case and the accents.
    (( ${#described} )) && _describe -V PROG described -U
}
if [[ ${funcstack[1]} == _PROG ]]; then
    _PROG "$@"
else
    (( ${+functions[compdef]} )) || { autoload -Uz compinit; compinit; }
    compdef _PROG PROG
fi
