"""A plan of three actions and one of 9,300: what is read of them stays short, and says what it omits."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pace import examples
from support import SMALL, load_texts

from pivot_cli.documents.agenda import AgendaRequest, build
from pivot_cli.documents.registry import DOCUMENTS
from pivot_cli.documents.rendering.filling import render
from pivot_cli.documents.values import Request
from pivot_cli.plan.model import Plan
from pivot_cli.screens.overdue import overdue_page
from pivot_cli.screens.status import status_page
from pivot_cli.suivi.etat import portrait
from pivot_cli.suivi.selection import Selection

AU = date(2020, 6, 15)
NB = "\N{NO-BREAK SPACE}"
WHEN = ("Mars 2020", "Juillet 2020", "2021", "En continu", "Annuel", "", "À évaluer")
WHO = ("[CA]", "[CA, DG]", "[DG]", "[]")


def of(actions: int, axes: int) -> Plan:
    """So many mesures under so many axes, of every kind of échéance and of responsables."""
    texts = {name: text for name, text in SMALL.items() if not name.startswith("orientation")}
    texts["organisme.yaml"] = "nom: Ville\nplan: {titre: Plan vert, niveaux: {orientation: axe, action: mesure}}\n"
    for axe in range(1, axes + 1):
        rows = (
            f"  - {{numero: {rank + 1}, description: Planter un arbre dans la rue {rank}, "
            f"responsables: {WHO[rank % 4]}, echeance: {WHEN[rank % 7]!r}}}\n"
            for rank in range(actions // axes)
        )
        texts[f"orientation-{axe}.yaml"] = f"numero: {axe}\ntitre: Axe de la rue {axe}\nactions:\n{''.join(rows)}"
    plan, _ = load_texts(texts)
    assert len(plan.places) == actions
    return plan


def read(plan: Plan) -> dict[str, list[str]]:
    """What is read in a meeting, line by line."""
    seen, selection = portrait(plan, AU), Selection()
    pages = {f"status {width}": status_page(seen, width, AU) for width in (40, 80, 200)}
    made = {name: page.render(colour=False) for name, page in pages.items()}
    made["sommaire"] = render("sommaire", DOCUMENTS["sommaire"].build(Request(plan, (), AU, AU, selection)), "md")
    made["agenda"] = render(DOCUMENTS["agenda"].templates, build(AgendaRequest(plan, AU, day=AU)), "md")
    return {name: text.splitlines() for name, text in made.items()}


@pytest.mark.lent
def test_what_is_read_of_a_large_plan_is_short() -> None:
    actions = examples(1860, 9300)
    plan = of(actions, 5)
    pages = read(plan)
    for name, lines in pages.items():
        assert len(lines) < {"status 40": 110, "sommaire": 90, "agenda": 650}.get(name, 60), name
        assert max(map(len, lines)) <= (int(name.split()[1]) if name.startswith("status") else 1000), name
        text = "\n".join(lines).replace(NB, " ")
        assert not re.search(r"(?:\d\.\d+(?: \([^)]*\))?, ){45}", text), name  # ids without end
        assert f"{actions:,} mesures".replace(",", " ") in text
    agenda = "\n".join(pages["agenda"]).replace(NB, " ")
    assert re.search(r"Et \d+ autres, dans le document complet\.", agenda)
    rows = overdue_page(portrait(plan, AU), Selection(), 80, AU).render(colour=False).splitlines()
    assert len(rows) > actions / 9  # a list that is asked for is whole


def test_what_is_read_of_a_small_plan_is_shorter_still() -> None:
    for name, lines in read(of(3, 1)).items():
        text = "\n".join(lines).replace(NB, " ")
        assert len(lines) < {"status 40": 50, "sommaire": 60, "agenda": 65}.get(name, 40), (name, len(lines))
        assert "PAR AXE" not in text
        assert "Par axe" not in text
        assert "Annexe" not in text
        assert "0 autre" not in text
