"""Values that people paste, mistype or make up, for any field of a plan."""

from __future__ import annotations

from echeance.settings_drawn import VALUES

from fuzz.trees import Fields, Raw, Tree

IDS = (
    "1.adm.1.1", "1.adm.1.2", "1.gou.1.6", "2.com.1.1", "1.1.1.1", "1.adm", "1", "9.zzz.9.9", "1.adm.1.1.1", "1..1.1",
    "01.adm.01.01", "1.ADM.1.1", "9999.adm.9999.9999", "0.adm.0.0", "1.adm.1.99999999999", "1.adm.-1.1", "١.adm.١.١",
)  # fmt: skip
WHEN = (
    "0001-01-01", "9999-12-31", "1900-01-01", "2199-12-31", "1er janvier 1900", "31 décembre 2199", "2020-02-29",
    "29 février 2021", "2099", "dès 1900", "quotidien", "dès 1900, quotidien", "chaque jour", "hebdomadaire",
    "chaque année jusqu'en 1900", "le 29 février de chaque année", "le 31 de chaque mois", "2 fois par mois en juin",
    "de 1900 à 2199", "En continu jusqu'en 2022", "mars 2020 puis annuellement", "un an sur 60", "hier",
    "aujourd'hui",
)  # fmt: skip
HOURS = ("25 h", "19 h 60", "24 h", "0 h", "19:30", "19 h 5", "-1 h", "9999999 h", "0 min", "1 h 90", "99999 min")
MONEY = (
    "999999999999,99", "999999999999", "1e999", "-0", "0", "0,001", "1 500 $", "1,500.00", "1500 $ CA", "$1500",
    "12 345 678", "NaN", "inf", "1٬500",
)  # fmt: skip
NUMBERS = (
    "0",
    "-1",
    "1",
    "2",
    "10000",
    "9999",
    "1.0",
    "1.5",
    "001",
    "9" * 30,
    "1e5",
    "0x1F",
    "½",
    "1 000",
    "un",
    "1;2",
)
WORDS = (
    "réalisée", "en cours", "en attente", "abandonnée", "partiellement réalisée", "à faire", "reconduite", "REALISEE",
    "DG", "dg", "CA", "Directrice générale", "personne", "équipe", "Direction générale, CA", "DG;CA", "DG / CA",
    "décision", "information", "oui", "non", "ordre", "divers", "comites", "adm", "ADM", "a", "abcdef", "é", "1",
)  # fmt: skip
MARKS = (
    "[/fin]", "[red]rouge[/red]", "{{ x }}", "{% raw %}", "{# #}", "<script>alert(1)</script>", "</style>", "a | b",
    "`date`", "$(date)", "::error::x", "##[error]x", "=1+1", "＝1+1", "+1", "-1", "@x", "%s %d %(x)s", "{0} {x}",
    "\\",
    "\\n", "a\\", "'", '"', "''", "#", "a # b", "*x*", "_x_", "> x", "- x", "1. x", "---", "...", "|", "&amp;", "<b>",
    "https://[", "https://x/><img src=x>", "http://[::1", "https://exemple.org:99999/", "javascript:alert(1)", "//x",
    "mailto:x@y", "file:///etc/hosts", "https://é.example/à b", "../../x", "/dev/null", "C:\\x", "~", "CON",
)  # fmt: skip
LETTERS = (
    "a" * 3000, "mot " * 2000, "é" * 201, "x\ny\n\nz", "\n", " ", "\t", "\u00a0", "\u200b", "\u00ad", "\u202e",
    "\u2066x",
    "👩‍👧‍👦", "日本語" * 40, "e\u0301" * 50, "\u0301", "ﷺ", "\uffff", "\ufeff", "İ", "ß", "ŉ", "ǆ", "\U000e0001",
    "Å", "²", "١٢",
    "\u2028", "\u0085", "\x7f", "\x1b[31m", "\x00", "\x07", "\x9b31m", "fÃªte", "a\rb",
)  # fmt: skip
RAW = (
    "~", "null", "", "*a", "&a x", "!!int x", "!x y", "!!python/name:os.system", "<<", "? a", "[", "{", "]", "'", '"',
    "|", ">-", "|2", "@x", "`x", "%x", "{{ x }}", "[a, b]", "{a: b}", "{}", "[]", "[[[]]]", "{a: {b: {c: d}}}", "[,]",
    "x: y",
    "- x", "# x", '"\\x1b[31m"', '"\\0"', '"\\ud800"', '"\\udfff"', '"\\uD83D\\uDE00"', '"\\U0010FFFF"', '"\\uFFFE"',
    '"\\uFFFD"', '"\\q"', '"\\u202e"', '"\\e]0;x\\a"', '"\\r\\n"', '"\\x85"', '"a\\\n  b"', "2020-13-45", "12:30",
    "0o7",
    ".nan", ".inf", "-.inf", "0b1", "1_000", "yes", "=", "x\t", "\tx", "[x]: y", "«x»", "x #y", "x:", ":x", "-",
)  # fmt: skip
TEXTS: tuple[str, ...] = (*IDS, *WHEN, *HOURS, *MONEY, *NUMBERS, *WORDS, *MARKS, *LETTERS)
SHAPES: tuple[Tree, ...] = (
    [], Fields(), [""], ["x"], ["x", "x"], ["x"] * 60, [[]], [["x"]], [Fields([("x", "y")])], Fields([("x", "y")]),
    Fields([("", "")]), Fields([("numero", "1")]), [Fields([("numero", "1"), ("titre", "x")])], Fields([("x",
    ["y"])]),
    Fields([("date", "2019-05-12")]), [Fields([("date", "2019-05-12"), ("note", "x")])], [Raw("~")], ["DG", ["CA"]],
    Fields([("prevu", "-1"), ("reel", "x"), ("source", [])]), [Fields([("echeance", "Mars 2019")])],
    Fields([("reunions", [Fields([("date", "2020-01-15")])] * 2)]), [Fields([("code", "divers"), ("titre", [])])],
)  # fmt: skip
"""Where a text is expected, a list; where a list, a group; and so on."""

VALUES_AS_THEY_ARE = tuple(Raw(value) for value in (*VALUES, *RAW))
KEYS: tuple[str, ...] = (
    "", "x", "Numero", "NUMERO", "numéro", "numero ", "titre", "nom", "echéance", "échéance", "date", "é" * 300, "1",
    "null", "true", "\u200bnumero", "ca", "aga", "<<", "__class__", "origin", "self", "name", "numero:", "a b", "a.b",
)  # fmt: skip
RAW_KEYS = tuple(
    Raw(key) for key in ("? [x]", "[x]", "{x: y}", "~", "*a", "&a b", '"\\ud800"', '"\\x1b[31m"', "- a", "#x", "!!x y")
)

BYTES = (
    b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x00", b"\x1b[2J", b"\xef\xbb\xbf", b"\r", b"\t",
    b"\xe2\x80\xa8", b"\xc2\x85", b"\xef\xbf\xbd", b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> x\n", b"---\n",
    b"...\n",
    b"%YAML 1.2\n", b"[" * 2000, b"- " * 500, b"a: " * 20, b"#", b"'", b'"', b"&a [*a, *a]", b"!!x ", b"\xc2\xa0",
    "\u200b".encode(), "fête".encode("latin-1"), "fête".encode("utf-16"),
)  # fmt: skip
TEMPLATES = (
    b"", b"{% if %}", b"{{", b"{% for x in y %}", b"{{ x.y.z }}", b"{{ 1 / 0 }}", b"{{ 'a' + 1 }}",
    b"{% include 'x' %}",
    b"{% extends 'x' %}", b"{% extends 'base.html' %}", b"{{ plan | zzz }}", b"{{ zzz() }}",
    b"{% import 'macros.md' as m %}{{ m.zzz() }}",
    b"{{ ''.__class__ }}", b"{{ self }}", b"{% block x %}{% endblock %}{% block x %}{% endblock %}", b"\xff\xfe",
    b"{# ",
    b"{% set x = [] %}{{ x[0] }}", b"{{ namespace(a=1) }}", b"{{ range(3) | join }}", b"{{ au.zzz }}",
    b"\xef\xbb\xbfbonjour",
    b"{% macro x() %}{{ x() }}{% endmacro %}{{ x() }}", b"{{ 'a' % 1 }}", b"{{ '%d' % 'x' }}", b"{{ {} < 1 }}",
    b"x\x00y\x1b",
    b"{% raise %}", b"{{ 9 ** 9 }}", b"{{ x | tojson }}", b"{% include 'bilan.md' %}",
)  # fmt: skip
