# Complétion de PROG pour PowerShell.
Register-ArgumentCompleter -Native -CommandName PROG -ScriptBlock {
    param($word, $ast, $cursor)
    $words = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursor } |
        ForEach-Object { if ($_.Value) { $_.Value } else { $_.ToString() } })
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [Text.Encoding]::UTF8
    $Env:VAR = 'powershell'
    $Env:_PIVOT_WORD = $word.Trim("'", '"')
    try {
        PROG @words 2>$null | Where-Object { $_ -and -not $_.StartsWith(':') } | ForEach-Object {
            $value, $said = $_ -split "`t", 2
            if (-not $said) { $said = $value }
            $typed = if ($value -match '[\s'']') { "'" + $value.Replace("'", "''") + "'" } else { $value }
            [Management.Automation.CompletionResult]::new($typed, $value, 'ParameterValue', $said)
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item -Path 'Env:VAR', 'Env:_PIVOT_WORD' -ErrorAction SilentlyContinue
    }
}
