"""The vocabulary of échéances: the words and phrases that grammaire.txt names in capital letters.

Nothing is read here: how they stand together is the grammar's.
"""

from __future__ import annotations

from pivot_cli.text import fold

CONTRACTIONS = {"au": "a", "aux": "a", "du": "de", "d": "de", "jusqu": "jusque", "lorsqu": "lorsque", "qu": "que"}
ARTICLES = frozenset(("le", "la", "les", "l"))
_APART = str.maketrans({"'": " ", "-": " - ", ":": " : "})


class Phrases:
    """Phrases, each with what it stands for where that matters; the longest that stands at a place wins.

    They are given together, or by meaning, separated by « | » and written as people write them; without accents where
    every command needs them, since taking them off costs more than the rest. A comma, a slash or a plus stands
    apart. They are put in order the first time that they are used.
    """

    __slots__ = ("_by_first", "_table")

    def __init__(self, table: dict[str, str] | str) -> None:
        self._table = {"": table} if isinstance(table, str) else table
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    @property
    def firsts(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        """The phrases as the tokens they are matched against, by their first one."""
        return self._by_first or self._in_order()

    def _in_order(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        by_first = self._by_first
        for meaning, phrases in self._table.items():
            plain = phrases if phrases.isascii() else fold(phrases)
            for phrase in plain.translate(_APART).split("|"):
                sequence = tuple([CONTRACTIONS.get(word, word) for word in phrase.split() if word not in ARTICLES])
                by_first.setdefault(sequence[0], []).append((sequence, meaning))
                # « dès » and « des » are one word once accents are dropped: a phrase in « de » takes both.
                if sequence[-1] == "de":
                    by_first[sequence[0]].append(((*sequence[:-1], "des"), meaning))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        return by_first


def _ranked(names: str, first: int = 0) -> dict[str, int]:
    """Each word with the rank of its group, from `first` on."""
    return {word: rank for rank, group in enumerate(names.split("|"), first) for word in group.split()}


def set_of(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


# --- words ------------------------------------------------------------------------------------------------------

MOIS = _ranked(
    "janvier jan janv | fevrier fev fevr | mars mar | avril avr | mai | juin | juillet juil juill jul | aout aou |"
    "septembre sep sept | octobre oct | novembre nov | decembre dec",
    1,
)
# « Mar. » is March: the abbreviation of « mardi » is not read.
JOURS = _ranked("lundi lun | mardi | mercredi mer | jeudi jeu | vendredi ven vend | samedi sam | dimanche dim")
JOURS_PLURIEL = _ranked("lundis | mardis | mercredis | jeudis | vendredis | samedis | dimanches")
CODES_JOURS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

CARDINAUX = _ranked(
    "un une | deux | trois | quatre | cinq | six | sept | huit | neuf | dix | onze | douze ||| quinze ||| dixhuit ||"
    "vingt |||||||||| trente",
    1,
)
DERNIER = -1
ORDINAUX = _ranked(
    "dernier derniere || premier premiere | second seconde deuxieme | troisieme | quatrieme | cinquieme", DERNIER
)
RANGS = set_of("er ere re e eme ieme nd nde ier iere me")

_AFTER_ARTICLE = {
    "le": "mois trimestre trim semestre sem t q s debut tout milieu courant cours plan projet plus ou premier second "
    "deuxieme troisieme quatrieme cinquieme dernier court moyen long quadrimestre",
    "la": "periode saison fin toute mi semaine quinzaine moitie premiere seconde deuxieme troisieme quatrieme "
    "cinquieme derniere planification date suite",
    "l": "an annee exercice horizon echeance echeancier af",
    "les": "ans annees exercices mois trimestres semestres premiers deux t q suivantes",
    "": "",
}
AFTER_ARTICLE = {article: set(words.split()) for article, words in _AFTER_ARTICLE.items()}
AFTER_ARTICLE["le"] |= JOURS.keys()
AFTER_ARTICLE["les"] |= JOURS_PLURIEL.keys()
"""The words of a date that take each article; numbers apart, « le 3 » and « les 3 et 4 »."""

# Each season by the convention that says its months (values.py): its name first, with the article that it takes.
_SAISONS = {
    "hiver": "l'hiver, les hivers, hivernale",
    "printemps": "le printemps, les printemps, print, printaniere",
    "ete": "l'été, les étés, estivale",
    "automne": "l'automne, les automnes, aut, automnale",
}
SAISONS: dict[str, str] = {}
NOMS_SAISONS: dict[str, str] = {}
for _season, _names in _SAISONS.items():
    for _name in _names.replace("'", " ").split(", "):
        _article, _, _word = _name.rpartition(" ")
        SAISONS[fold(_word)] = _season
        AFTER_ARTICLE[_article].add(fold(_word))
        NOMS_SAISONS.setdefault(_season, _word)
HIVER, PRINTEMPS, AUTOMNE = "hiver", "printemps", "automne"

# A unit of time as (RRULE frequency, interval): its name first.
_UNITES = {
    ("YEARLY", 1): "année ans an annees exercice exercices",
    ("MONTHLY", 6): "semestre semestres",
    ("MONTHLY", 4): "quadrimestre quadrimestres",
    ("MONTHLY", 3): "trimestre trimestres trim",
    ("MONTHLY", 1): "mois",
    ("WEEKLY", 1): "semaine semaines sem",
    ("WEEKLY", 2): "quinzaine",
    ("DAILY", 1): "jour jours",
}
UNITES = {fold(word): unit for unit, names in _UNITES.items() for word in names.split()}
NOMS_UNITES = {unit: names.split()[0] for unit, names in _UNITES.items()}
SORTES_ANNEES = set_of("civile financiere scolaire budgetaire fiscale financier budgetaires")
TRIMESTRES = set_of("trimestre trimestres trim t q")
SEMESTRES = set_of("semestre semestres s")
TERMES = {"court": "court_terme", "moyen": "moyen_terme", "long": "long_terme"}

_CONTINUS = (
    "continu continue continus continues continuel continuelle continuels continuelles continuellement continument"
)
_IMMEDIATS = "immediat immediate immediats immediates immediatement maintenant"
# What says when and is no name of a day, a month, a season, a number or a unit of time.
_OTHERS = (
    "heure heures h siecle decennie decennies session sessions saison saisons periode periodes date terme fois "
    "parcours moitie mandat journee journees debut mi milieu fin avant apres depuis ici jusque partir compter tard "
    "tot limite horizon entre prochain prochaine prochains prochaines demain hier maximum max"
)
DE_TEMPS = set_of(f"{_OTHERS} {_CONTINUS} {_IMMEDIATS}").union(
    MOIS, SAISONS, CARDINAUX, ORDINAUX, UNITES, JOURS, JOURS_PLURIEL
)
"""The words that say when, adjectives of rhythm apart: free text may not hold them."""

# --- what stands before a moment, and what names one --------------------------------------------------------------

ANNONCES = Phrases(
    "prevu | prevue | prevus | prevues | a venir | echeance | echeance de | echeancier | fixe | fixee | en date de"
)
PREPOSITIONS = Phrases(
    "en | a | pour | dans | durant | pendant | lors de | sur | au cours de | au courant de | dans le courant de |"
    "dans le cours de"
)
# After one of these no other preposition comes: « à en 2021 » is a slip.
CLOSED = set_of("a en de des pour dans avant apres entre depuis sur")
ENTOURAGES = Phrases("courant | courant de | cours de | periode | periode de | saison | saison de | mois de")
APPROXIMATIONS = Phrases(
    "vers | environ | autour de | aux environs de | aux alentours de | a peu pres | approximativement"
)
# Each part, as it is said before what it is a part of, then all that names it.
_PARTIES = {
    "debut": ("début ", "debut | debut de | tout debut | tout debut de"),
    "mi": ("mi-", "mi | mi - | milieu | milieu de"),
    "fin": ("fin ", "fin | fin de | toute fin | toute fin de"),
}
PARTIES = Phrases({part: phrases for part, (_, phrases) in _PARTIES.items()})
NOMS_PARTIES = {part: name for part, (name, _) in _PARTIES.items()}
ANNEES = Phrases({
    "annee": "an | annee | annee civile",
    "annees": "annees | annees civiles",
    "exercice": (
        "exercice | exercices | exercice financier | exercices financiers | exercice budgetaire | exercice fiscal |"
        "af | annee financiere | annees financieres | annee budgetaire | annees budgetaires | annee fiscale |"
        "annees fiscales"
    ),
    "scolaire": "annee scolaire | annees scolaires",
})  # fmt: skip
ANS_DU_PLAN = Phrases("an | annee | annees")
DU_PLAN = Phrases(
    "du plan | du plan d'action | du plan strategique | de la planification | de la planification strategique |"
    "du projet | de mise en oeuvre"
)
FIN_DU_PLAN = Phrases(
    "fin du plan | fin du plan d'action | fin du plan strategique | fin de la planification |"
    "fin de la planification strategique"
)
MI_PARCOURS = Phrases("mi-parcours | mi parcours | mi-plan")

# --- what joins and bounds moments ----------------------------------------------------------------------------------

TITRES = Phrases("echeance: | echeancier: | date: | echeance prevue: | periode:")
DEPUIS = Phrases({
    "dès": (
        "des | a partir de | a compter de | depuis | pas avant | au plus tot | des le debut de | des le debut |"
        "a partir du debut | a partir du debut de | debutant | commencant | a compter du debut de | depuis le debut de"
    ),
    "après": "apres | au-dela de",
})  # fmt: skip
JUSQUE = Phrases({
    "d'ici": (
        "d'ici | d'ici a | dici | au plus tard | pas plus tard que | au plus tard d'ici | d'ici au plus tard | jusque |"
        "horizon | a l'horizon | a l'horizon de | d'ici l'horizon | date limite | date limite: |"
        "date butoir | date butoir: | echeance limite | limite | maximum | date d'echeance: | date d'echeance |"
        "se terminant"
    ),
    # « Before the end of 2020 » is said for « by the end of 2020 »: its last day is still in time.
    "fin": "avant fin | avant la fin | avant la fin de | avant fin de",
    "avant": "avant",
})  # fmt: skip
LIENS = Phrases({
    "a": "a | jusque | et jusque", "-": "-", "/": "/", "et": "et", "ou": "ou | voire | ou bien | et / ou", ",": ",",
})  # fmt: skip
ENTRE_BORNES = Phrases("et | , | - | mais | , mais | et ce")
FINALES = Phrases({
    "d'ici": "au plus tard | maximum | max | au maximum | dernier delai",
    "inclus": "inclus | incluse | inclusivement | compris",
    "dès": (
        "et suivantes | et suivants | et suivante | et suiv | et ss | et plus | et apres | et au-dela | + | et + |"
        "ou apres | ou plus tard | ou au-dela | et annees suivantes | et les annees suivantes |"
        "et ans suivants | et annees subsequentes | et subsequentes | et ensuite | et les suivantes |"
        "et ulterieurement | et par la suite"
    ),
    "environ": "environ | approximativement | a peu pres",
})  # fmt: skip

# --- what comes again, goes on, begins at once or has no date ---------------------------------------------------------

CHAQUE = Phrases("chaque | tous les | toutes les | a chaque | a tous les | a toutes les | tout les")
AU_MOINS = Phrases("au moins | au minimum | minimum | un minimum | environ | a raison de | min")
PAR = Phrases("par | / | a l'interieur de | dans | durant | en")
CONTINU = Phrases({
    "": (
        "en continu | en continue | continu | continue | continus | continues | continuel | continuelle | continuels |"
        "continuelles | continuellement | continument | en permanence | permanent | permanente | permanents |"
        "permanentes | constamment | constant | constante | toujours | perpetuel | perpetuelle | en tout temps |"
        "tout temps | en tous temps | tout le temps | a l'annee longue | a longueur d'annee | toute l'annee |"
        "a toute l'annee | sur toute l'annee | tout au long de | tout au long de l'annee | tout au long |"
        "tout le long de | durant toute l'annee | pendant toute l'annee | au long de | au long de l'annee |"
        "tout au long du mandat | durant tout le mandat | pendant tout le mandat | tout au long de l'annee scolaire |"
        "pendant toute la duree de | durant toute la duree de | toute la duree de | pour toute la duree de |"
        "pour la duree de | pendant la duree de | durant la duree de | sur toute la duree de | duree du plan |"
        "duree du projet | duree du mandat | pendant tout | durant tout | pendant toute | durant toute | au besoin |"
        "si besoin | au gre des besoins | si necessaire | lorsque necessaire | quand necessaire | lorsque requis |"
        "si requis | au cas par cas | en cas de besoin | ad hoc | selon besoin | selon les besoins | selon le besoin |"
        "selon besoins | selon les opportunites | selon opportunites | selon l'opportunite | selon les demandes |"
        "selon la demande | selon demande | selon les occasions | selon les disponibilites | selon la disponibilite |"
        "suivant les besoins | en fonction des besoins | en fonction des opportunites | en fonction des demandes |"
        "sur demande | a la demande | au fil de | au fil des | au fil de l'eau | tout au long de la periode |"
        "pendant toute la periode | durant toute la periode | au fil du temps | au gre de | au fur et a mesure |"
        "sans interruption | indefiniment | duree indeterminee | sans arret"
    ),
    # « À l'année » goes on; « à l'année 2020 » is a year.
    "à l'année": "a l'annee",
})  # fmt: skip
IMMEDIAT = Phrases(
    "immediat | immediate | immediats | immediates | immediatement | dans l'immediat | maintenant | des maintenant |"
    "des a present | tout de suite | sans delai | sans tarder | sans attendre | des immediatement | effet immediat |"
    "avec effet immediat | a partir de maintenant | a compter de maintenant | debut immediat |"
    "a faire immediatement | a realiser immediatement | a commencer immediatement"
)
_TO_BE = (
    "determiner evaluer preciser venir confirmer definir etablir fixer planifier voir convenir valider discuter "
    "identifier decider statuer specifier completer prevoir analyser etudier estimer choisir arreter reevaluer"
)
_NOT_YET = (
    "determine determinee defini definie precise precisee fixe fixee etabli etablie planifie planifiee confirme "
    "confirmee specifie specifiee"
)
INDETERMINE = Phrases(
    "nd | n d | na | n a | n / a | n / d | so | s o | s / o | sans objet | indetermine | indeterminee | indetermines |"
    "inconnu | inconnue | tbd | tbc | aucun | aucune | aucune echeance | aucune date | sans echeance | sans date |"
    "pas de date | pas d'echeance | aucun echeancier | sans echeancier | non requis |"
    "non connu | non connue | non disponible | non applicable | ne s'applique pas |"
    + "|".join([f"a {verb}" for verb in _TO_BE.split()])
    + "".join([f"| non {state} | a etre {state}" for state in _NOT_YET.split()])
)
SUJETS = Phrases(
    "date | dates | echeance | echeancier | echeances | calendrier | moment | delai | date: | echeance: | periode |"
    "date encore | encore | reste"
)

# --- what stands around a core ----------------------------------------------------------------------------------------

SEPARATIONS = Phrases({
    "sign": ", | - | / | ; | :",
    "word": (
        "et | puis | ensuite | et ensuite | et puis | et par la suite | , puis | , et | , ensuite | , et ensuite |"
        "et ce | , et ce"
    ),
})  # fmt: skip
PAR_LA_SUITE = Phrases("par la suite | ensuite | par apres")
