# Complétion de PROG pour fish.
function __PROG_completion
    set -lx VAR fish
    set -lx _PIVOT_WORD (string unescape -- (commandline -ct))
    set -l words (commandline -opc)
    set -e words[1]
    set -l lines (PROG (string unescape -- $words) 2>/dev/null)
    switch "$lines[1]"
        case :fichiers
            __fish_complete_path (commandline -ct)
        case :dossiers
            __fish_complete_directories (commandline -ct) ''
        case '*'
            printf '%s\n' $lines
    end
end
complete -c PROG -f -k -a '(__PROG_completion)'
