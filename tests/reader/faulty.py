"""Faulty files, each with the faults that its reader should be told: code, line, column, part of the message."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A file and its faults; `read` when the rest of the file is read all the same."""

    name: str
    text: str
    faults: tuple[tuple[str, int, int, str], ...]
    remedy: str = ""
    read: bool = False


def one(name: str, text: str, place: str, message: str, remedy: str = "", code: str = "PIV005") -> Case:
    line, column = place.split(":")
    return Case(name, text, ((code, int(line), int(column), message),), remedy, code in _GO_ON)


_GO_ON = ("PIV004", "PIV008", "PIV102")
KEY = "k" * 1100

COLONS = [
    one("colon in text", "titre: Plan : volet\n", "1:13", "deux-points au milieu du texte", '"Plan : volet"'),
    one("colon attached", "a: b: c\n", "1:5", "deux-points au milieu du texte", '"b: c"'),
    one("two fields on a line", "numero: 1 titre: x\n", "1:16", "deux-points", "« titre » est un autre champ"),
    one("colon in an item", "l:\n  - Le plan : le volet : x\n", "2:24", "deux-points", '"Le plan : le volet : x"'),
    one("colon and comment", "t: a : b # c\n", "1:6", "deux-points", '"a : b"'),
    one("colon and both quotes", 't: l\'un : "b" : c\n', "1:9", "deux-points", 'comme "ceci"'),
    one(
        "two fields and both quotes",
        "numero: x \"y' b: z\n",
        "1:16",
        "deux-points",
        'comme "ceci"; ou, si « b » est un',
    ),
    one("colon in a long text", f"t: {'mot ' * 20}: c\n", "1:84", "deux-points", 'comme "ceci"'),
    one("colon after quotes", 'a: "b": c\n', "1:7", "deux-points", "'\"b\": c'"),
    one("colon in the second line", "d: Former un\n  comité de : x\n", "2:13", "commencé à la ligne 1", "du début"),
    one("colon in a list", "a: [b: c: d]", "1:9", "deux-points n'est pas à sa place", "guillemets"),
    one("no space, first field", "titre:x\nnumero: 1\n", "1:6", "manque un espace", "titre: x"),
    one("no space, further field", "- numero: 1\n  titre:x\n  echeance: y\n", "2:8", "manque un espace", "titre: x"),
    one("no space, nested field", "a:\n  titre:x\n  numero: 1\n", "2:8", "manque un espace", "titre: x"),
    one("no colon, one word", "a: 1\ntitre\nb: 2\n", "2:1", "manque un deux-points à cette ligne : « titre »"),
    one("no colon, first line", "titre\nb: 1\n", "1:1", "manque un deux-points à cette ligne : « titre »"),
    one(
        "no colon, a text",
        "a: 1\ntitre du plan\nb: 2\n",
        "2:1",
        "ni un champ, ni la suite",
        "texte de la ligne 1",
    ),
    one("no colon, quoted name", 'a: 1\n"b" 2\n', "2:1", "manque un deux-points"),
    one("equals sign", "a: 1\ntitre = x\nb: 2\n", "2:1", "manque un deux-points", "« titre: » au lieu de « titre = »"),
    one("no name", "a: 1\n: x\n", "2:1", "manque le nom du champ"),
    one("no name, first line", ": x\n", "1:1", "manque le nom du champ"),
    one("no name in braces", "a: {: x}\n", "1:5", "commencer par « : »", "guillemets"),
    one("long name", f"a: 1\n{KEY}: x\n", "2:1", "démesuré"),
    one("long first name", f"{KEY}: x\n", "1:1", "démesuré"),
    one("colon after a comment line", "a: 1\n# c\n\n  b: 2\n", "4:3", "plus à droite que la ligne 1"),
    one("web address above", "- http://x\n  b: 1\n", "2:3", "plus à droite que la ligne 1"),
]

SPACES = [
    one("nbsp after colon", "x: 1\na:\u00a0b\nc: 1\n", "2:3", "pas un espace ordinaire (U+00A0", "barre d'espace"),
    one("nbsp indent, text", "a: 1\n  \u00a0b: 2\n", "2:3", "Le retrait de cette ligne contient un espace"),
    one("nbsp indent, keys", "a:\n\u00a0\u00a0b: 2\n\u00a0\u00a0c: 1\n", "2:1", "Le retrait de cette ligne"),
    one("nbsp indent, dedent", "a:\n    b: 1\n  \u00a0c: 2\n", "3:3", "Le retrait de cette ligne"),
    one("nbsp indent, bare", "a: 1\n\u00a0b\nc: 1\n", "2:1", "Le retrait de cette ligne"),
    one("narrow nbsp before colon", "titre\u202f: x\n", "1:6", "« titre » et le deux-points", "Effacez", "PIV004"),
    one("zero width before colon", "titre\u200b: x\n", "1:6", "invisible ou spécial", "Effacez", "PIV004"),
    one("tab indent", "a:\n\tb: 1\n", "2:1", "tabulation sert de retrait", "espaces"),
    one("tab after spaces", "a:\n  \tb: 1\n", "2:3", "tabulation sert de retrait"),
    one("tab first", "\ta: 1\n", "1:1", "tabulation sert de retrait"),
    one("tab after a text", "a:\n  b: 1\n\tc: 2\n", "3:1", "tabulation sert de retrait"),
    one("tab in a list", "key: [x\n\ty]\n", "2:1", "tabulation sert de retrait"),
    one("tab in a block", "a: |\n\tx\n", "2:1", "tabulation sert de retrait"),
]

ALIGNMENT = [
    one("too far right", "a: b\n  c: d\n", "2:3", "plus à droite que la ligne 1", "colonne 1"),
    one("too far right in an item", "- numero: 1\n    d: x\n", "2:5", "plus à droite que la ligne 1", "colonne 3"),
    one("one space too many", "- n: 1\n   d: x\n  e: y\n", "2:4", "plus à droite que la ligne 1", "colonne 3"),
    one("too far right under a comment", "a: x #c\n  y: 1\n", "2:3", "plus à droite que la ligne 1"),
    one("too far left", "a:\n    b: 1\n  c: 2\nd: 1\n", "3:3", "alignée sur aucun", "colonne 5, comme la ligne 2"),
    one("too far left in an item", "- a: 1\n b: 2\n", "2:2", "alignée sur aucun", "colonne 3, comme la ligne 1"),
    one("text too far left", "a: |\n  x\n y\nb: 1\n", "3:2", "ni un champ, ni la suite"),
    one("dash among fields", "a: 1\n- b\n", "2:1", "les lignes qui l'entourent sont des champs"),
    one(
        "dash among deeper fields",
        'x:\n  - a\ny:\n  z: "q"\n  - c\n',
        "5:3",
        "les lignes qui l'entourent sont des champs",
    ),
    one("dash not aligned", "a:\n  - b: 1\n - b: 3\n", "3:2", "aligné sur aucun autre", "ligne 2 (colonne 3)"),
    one("dash too far right", "a:\n - b: 1\n   c: 2\n  - b: 3\n", "4:3", "aligné sur aucun", "ligne 2 (colonne 2)"),
    one("no dash", "a:\n  - x\n  y: 1\n", "3:3", "au milieu d'une liste", "tiret et un espace"),
    one("no dash, a word", "a:\n  - b\n  c\n", "3:3", "manque un deux-points"),
    one("no space after dash", "a:\n  - x\n  -y\n  - z\n", "3:3", "manque un espace après le tiret", "- y"),
    one("no space, further dash", "- n: 1\n  d: x\n-n: 2\n  d: y\n", "3:1", "un espace après", "« - n: 2 »"),
    one("no space, first dash", "a:\n  -n: 1\n    d: x\n  - n: 2\n", "2:3", "un espace après", "« - n: 1 »"),
    one("no space, dash shifted", "a:\n  - n: 1\n    d: x\n   -n: 2\n", "4:4", "un espace après", "« - n: 2 »"),
    one("a long dash", "a:\n  - n: 1\n  – n: 2\n", "3:3", "« – » n'est pas le tiret", "« - n: 2 », avec le trait"),
    one("a bullet, first item", "a:\n  • n: 1\n    d: x\n", "2:3", "« • » n'est pas le tiret", "« - n: 1 »"),
    one("a dash of a text above", "a: x\n  – y\n   z: t\n", "3:4", "plus à droite"),
    one("dash on the field's line", "a: - b\n", "1:4", "ne peut pas commencer sur la ligne de son champ"),
    one("field under a list", "- a: b\n- c\nd: e\n", "3:1", "au milieu d'une liste"),
    one("after a list", "[a]\nfoo: b\n", "2:1", "vient après la fin", "début du fichier"),
]

QUOTES = [
    one("unclosed, end of file", 'a: 1\nb: "abc\nc: def\n', "2:4", "Le guillemet ouvrant", "à la fin du texte"),
    one("unclosed apostrophe", "a: 'abc\n", "1:4", "L'apostrophe ouvrante"),
    one("unclosed, closed by the next", 'a: "abc\nb: "def"\nc: 1\n', "1:4", "Le guillemet ouvrant"),
    one("unclosed, closed further", 'a: "abc\nb: 1\n\nc: "def"\n', "1:4", "Le guillemet ouvrant"),
    one("unclosed, closed by an apostrophe", "a: 'abc\nb: L'objectif\n", "1:4", "L'apostrophe ouvrante"),
    one("unclosed, rules out the mark", 'a: "x\n---\ny"\n', "1:4", "avant une ligne de trois tirets", "ligne 1"),
    one(
        "text after quotes",
        'a: "Pivot" de Beauport\n',
        "1:12",
        "Le guillemet qui précède ferme",
        "'\"Pivot\" de Beauport'",
    ),
    one("text after quotes in an item", '- "x" y\n', "1:7", "Le guillemet qui précède ferme", "'\"x\" y'"),
    one("apostrophe in apostrophes", "a: 'L'objectif'\n", "1:7", "L'apostrophe qui précède ferme", '"L\'objectif"'),
    one("several lines then text", 'a: "x\n  y" z\n', "2:6", "Le guillemet qui précède ferme"),
    one("comma after quotes", 'a: "x", b\n', "1:7", "Le guillemet qui précède ferme"),
    one("backslash", 'a: "C:\\dossier"\n', "1:7", "barre oblique inverse", "Doublez-la"),
    one("bad code", 'a: "\\xZZ"\n', "1:5", "barre oblique inverse"),
    one("code of half a character", 'a: "\\ud800"\n', "1:5", "barre oblique inverse"),
    one("code past the last character", 'a: "\\U00110000"\n', "1:5", "barre oblique inverse"),
]

SIGNS = [
    one("at sign", "a: @dg\n", "1:4", "commencer par « @ »", '"@dg"'),
    one("per cent", "a: %x\n", "1:4", "commencer par « % »", '"%x"'),
    one("backquote", "a: `x`\n", "1:4", "commencer par « ` »", '"`x`"'),
    one("ampersand", "a: & b\n", "1:4", "commencer par « & »", '"& b"'),
    one("star", "a: * b\n", "1:4", "commencer par « * »", '"* b"'),
    one("bold", "a: *b* c\n", "1:4", "commencer par « * »", '"*b* c"'),
    one("star and text", "a: *b c\n", "1:4", "commencer par « * »", '"*b c"'),
    one("exclamation", "a: !e!x y\n", "1:4", "commencer par « ! »", '"!e!x y"'),
    one("exclamation, unclosed", "a: !<x y\n", "1:4", "commencer par « ! »"),
    one("exclamation, per cent", "a: !%zz y\n", "1:4", "commencer par « ! »"),
    one("question mark", "a: ? b\n", "1:4", "commencer par un point d'interrogation", '"? b"'),
    one("closing bracket", "a: ]\n", "1:4", "commencer par « ] »"),
    one("comma", "a: , x\n", "1:4", "commencer par « , »", '", x"'),
    one("text after >", "a: > texte\n", "1:4", "annonce un texte de plusieurs lignes", "guillemets"),
    one("text after |", "a: |2texte\n", "1:4", "annonce un texte de plusieurs lignes"),
    one("zero after |", "a: |0\n x\n", "1:4", "annonce un texte de plusieurs lignes"),
    one("directive", "%x: 1\n", "1:1", "commence par « % »", "Effacez cette ligne"),
    one("version", "# c\n\n%YAML 1.2\n---\na: 1\n", "3:1", "commence par « % »"),
    one("directive further", "a: 1\n%x: 1\n", "2:1", "commence par « % »"),
    one("directive, well formed, further", "a: 1\n%YAML 1.2\n---\nb: 1\n", "2:1", "commence par « % »"),
]

BRACKETS = [
    one("unclosed bracket", "r: [DG, CA\ne: Mars\n", "1:4", "Le crochet « [ » ouvert ici", "Ajoutez « ] »"),
    one("unclosed, indented", "x:\n  r: [DG, CA\n  e: Mars\n  f: 1\n", "2:6", "Le crochet « [ » ouvert ici"),
    one("unclosed bracket, end of file", "r: [DG\n", "1:4", "Le crochet « [ » ouvert ici"),
    one("unclosed brace", "r: {DG: 1\ne: 2\n", "1:4", "L'accolade « { » ouverte ici"),
    one("bracket never opened", "a: [x, y]]\n", "1:10", "Ce crochet « ] » ne ferme rien"),
    one("brace never opened", "a: 1\n}\n", "2:1", "Cette accolade « } » ne ferme rien"),
    one("text after bracket", "a: [Projet] volet\n", "1:13", "Ce qui suit « ] »", '"[Projet] volet"'),
    one("one more after bracket", "r: [DG] et CA\n", "1:9", "Ce qui suit « ] »", "Écrivez « r: [DG, CA] »."),
    one("one more and a comment", "- r: [DG], CA # c\n", "1:10", "Ce qui suit « ] »", "Écrivez « r: [DG, CA] »."),
    one("several more", "r: [DG] + CA / C.A. ; x\n", "1:9", "« ] »", "Écrivez « r: [DG, CA, C.A., x] »."),
    one("a list more", "r: [DG, CA] et [AG]\n", "1:13", "Ce qui suit « ] »", "Écrivez « r: [DG, CA, AG] »."),
    one("address after bracket", "l: [http://a] et http://b\n", "1:15", "« ] »", "[http://a, http://b] »."),
    one("words after bracket", "r: [DG] CA\n", "1:9", "« ] »", "Si c'est une liste, écrivez « r: [DG, CA] ». Si c'est"),
    one("a sign after bracket", "r: [DG].\n", "1:8", "Ce qui suit « ] »", "Effacez « . »."),
    one("a colon after bracket", "r: [DG] et : x\n", "1:9", "Ce qui suit « ] »", "toute la liste entre les crochets"),
    one("a long text after bracket", f"r: [DG] et {'mot ' * 30}\n", "1:9", "« ] »", "toute la liste entre"),
    one("after the bracket of several lines", "r: [DG,\n  CA] et x\n", "2:7", "« ] »", "toute la liste entre"),
    one("text after brace", "b: {p: 1} environ\n", "1:11", "Ce qui suit « } »", "Effacez « environ »."),
    one("two commas", "r: [DG, , CA]\n", "1:9", "virgule de trop"),
    one("dash in brackets", "[- a]\n", "1:2", "commencer par « - »", "guillemets"),
    one("no comma", 'a: {b: "x" c: d}\n', "1:12", "manque une virgule", "Séparez"),
    one("no comma, next line", 'a: [\n  "b"\n  "c"\n]\n', "3:3", "manque une virgule"),
    one("template", "a: {{ x }}\n", "1:5", "là où l'on attend le nom d'un champ", "guillemets"),
    one("template as a name", "{{ titre }}: x\n", "1:1", "là où l'on attend le nom d'un champ"),
    one("list as a name", "? [a]\n: b\n", "1:3", "là où l'on attend le nom d'un champ"),
]

REFUSED = [
    one("anchor", "a: &x b\n", "1:4", "« &x » se lit comme un nom", "Effacez « &x »", "PIV008"),
    one("anchor on a list", "a: &x\n  - b\n", "1:4", "« &x »", "", "PIV008"),
    one("alias of nothing", "a: *b\n", "1:4", "rappel d'une valeur", "guillemets", "PIV008"),
    one("tag", "a: !!python/object:os.system x\n", "1:4", "indication de type", "Effacez", "PIV008"),
    one("lonely tag", "a: ! b\n", "1:4", "indication de type", "", "PIV008"),
    one("tag on a group", "a: !t {b: c}\n", "1:4", "indication de type", "", "PIV008"),
    one("anchor on a name", "a:\n  &x b: 1\n", "2:3", "« &x »", "", "PIV008"),
    Case(
        "merge",
        "a: &x {b: c}\nd:\n  <<: *x\n  e: f\n",
        (("PIV008", 1, 4, "« &x »"), ("PIV008", 3, 3, "recopie les champs")),
        "Remplacez cette ligne",
    ),
    Case("alias of a list", "a: &x [b]\nc: *x\n", (("PIV008", 1, 4, "« &x »"), ("PIV008", 2, 4, "« *x »"))),
    Case("alias of a text", "a: &x b\nc: *x\n", (("PIV008", 1, 4, "« &x »"), ("PIV008", 2, 4, "« *x »")), read=True),
    one("two documents", "a: 1\n---\nb: 1\n", "2:1", "met fin à ce qui précède", "Effacez", "PIV009"),
    one("text after the end", "a: 1\n... # fin\nb: 1\n", "2:1", "met fin à ce qui précède", "", "PIV009"),
    one("empty", "", "1:1", "vide", "Écrivez-y", "PIV006"),
    one("comments only", "# a\n\n# b\n", "1:1", "vide", "", "PIV006"),
    one("dashes only", "---\n", "1:1", "vide", "", "PIV006"),
]

KEYS = [
    one("key twice", "a: 1\nb: 2\na: 3\n", "3:1", "« a » est déjà écrit à la ligne 1", "Gardez une seule", "PIV102"),
    one("key twice in braces", "a: {b: 1, b: 2}\n", "1:11", "« b » est déjà écrit", "", "PIV102"),
    one("key three times", "a: 1\na: 2\na: 3\n", "2:1", "« a » est déjà écrit à la ligne 1", "", "PIV102"),
    one(
        "forgotten dash",
        "- n: 1\n  t: x\n  n: 2\n  t: y\n",
        "3:3",
        "« n » et « t »",
        "un tiret « - » devant « n »",
        "PIV102",
    ),
    one(
        "forgotten dash, many fields",
        "- a: 1\n  b: 1\n  c: 1\n  d: 1\n  e: 1\n  a: 1\n  b: 1\n  c: 1\n  d: 1\n  e: 1\n",
        "6:3",
        "« a », « b », « c », « d » et 1 autre",
        "",
        "PIV102",
    ),
    Case(
        "two keys twice, apart",
        "a: 1\nb: 2\na: 3\nc: 4\nb: 5\n",
        (("PIV102", 3, 1, "« a »"), ("PIV102", 5, 1, "« b »")),
        read=True,
    ),
]

CHARACTERS = [
    one("nul", "a: x\x00y\n", "1:5", "U+0000, caractère nul", "effacez", "PIV004"),
    one("escape", "a: 1\nb: \x1b[31m\n", "2:4", "U+001B, échappement", "", "PIV004"),
    one("c1 control", "a: x\x9by\n", "1:5", "U+009B, caractère de commande", "", "PIV004"),
    one("delete", "a: x\x7f\n", "1:5", "U+007F, suppression", "", "PIV004"),
    one("end of file mark", "a: b\n\x1a", "2:1", "U+001A, fin de fichier", "", "PIV004"),
    one("page break", "a: b\n\x0c\nc: d\n", "2:1", "U+000C, saut de page", "", "PIV004"),
    one("line separator", "a: x\u2028y\n", "1:5", "U+2028, séparateur de lignes", "vrai retour à la ligne", "PIV004"),
    one("paragraph separator", "a: x\u2029y\n", "1:5", "U+2029", "", "PIV004"),
    one("next line", "a: x\x85y\n", "1:5", "U+0085", "", "PIV004"),
    one("right to left", "a: x\u202ey\n", "1:5", "U+202E, marque de sens", "", "PIV004"),
    one("isolate", "a: x\u2066y\n", "1:5", "U+2066, marque de sens", "", "PIV004"),
    one("mark inside", "a: 1\n\ufeffb: 2\n", "2:1", "U+FEFF, marque d'ordre", "", "PIV004"),
    one("not a character", "a: \uffff\n", "1:4", "U+FFFF, code qui n'est pas un caractère", "", "PIV004"),
    one("written as a code", 'a: "x\\x1b"\n', "1:6", "Ce code produit", "doublez-la", "PIV004"),
    one("written as a long code", 'a: "\\u2028"\n', "1:5", "Ce code produit", "", "PIV004"),
    one("written as a letter", 'a: "\\\\\\a"\n', "1:7", "Ce code produit", "", "PIV004"),
]

CASES = [*COLONS, *SPACES, *ALIGNMENT, *QUOTES, *SIGNS, *BRACKETS, *REFUSED, *KEYS, *CHARACTERS]
