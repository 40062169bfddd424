"""Words that say nothing of a plan, or nothing new: notes, totals, what a template says or leaves, « idem »."""

from __future__ import annotations

import re

from pivot_cli.text import fold

IDEM = frozenset(
    {"idem", "id", "ibid", "ibidem", fold("″"), fold("〃"), '"', "''", "“", "”", "»", '-"-', "meme", "pareil"}
)
"""What repeats the cell above, as it is compared."""
NOTE = re.compile(
    r"(?i)\s*(?:\*|n\.?\s?b\.?\s*:?|notes?\s*:|légende|source\s*:|\([0-9*]\)|[¹²³]|page [0-9]"
    r"|(?:dernière )?mise?s? à jour\s*(?::|le\b|[0-9])|(?:adopt|imprim|approuv|révis|produi)(?:é|t)e?s? (?:le|par)\b"
    r"|version (?:du|de|[0-9])|(?-i:\(?[A-Z●■✓✔]{1,3}\)?\s*(?:=|:(?=\s*[a-zà-ü])))\s*\w)"
)
TOTAL = re.compile(r"(?:sous-?\s?|grand )?total\b.*")
EXAMPLE = re.compile(
    r"(?:\(.*\)|(?:ex|exemple)s?\b.*|(?:inscri|indiqu|decri|precis|choisi|nomm|list|entr|saisi|identifi|enumer)"
    r"(?:re|er|r|ez|vez|ssez)\b.*|(?:qui|que|quoi|quand|comment|combien|quels?|quelles?|a quel)\b.*\??"
    r"|[a-z]+ ?/ ?[a-z]+(?: ?/ ?[a-z]+)+|jj.*|aaaa.*)"
)
LETTERED = re.compile(r"\(?[a-z][.)]\s+\S")
TEMPLATE = re.compile(
    r"(?:\.{2,}|…|x{2,}|_+|a completer|n/?d|cliquez (?:ou appuyez )?ici.*|nouvelle? (?:action|mesure|ligne)|"
    r"(?:action|mesure|activite|objectif|moyen|titre|texte)(?: ?[0-9]+| x)?|\[.*\]|<.*>|lorem ipsum.*)"
)
