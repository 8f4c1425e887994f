"""The difference between two plans as a document of its own."""

from __future__ import annotations

from exitplan.domain.results.explain import ExplainResult
from exitplan.reports.content import cover
from exitplan.reports.content.difference import difference_blocks, difference_lead, rests_on
from exitplan.reports.content.material import Material
from exitplan.reports.page import Document, Section
from exitplan.wording.differences import measured


def difference_document(m: Material, result: ExplainResult) -> Document:
    """One section for each number that is explained, and what all of it rests on."""
    w = m.w
    explained = (
        Section(key=f"explained-{found.measure}", title=measured(w, found), blocks=difference_blocks(w, result, found))
        for found in result.explained
    )
    return Document(
        **cover(m, w("Why {plan} and {against} differ", plan=result.plan, against=result.against)),
        foot=w("These figures inform a decision; they recommend neither plan, and do not recommend leaving."),
        lead=difference_lead(w, result),
        sections=(
            *explained,
            Section(key="rests-on", title=w("What this rests on"), blocks=(rests_on(w, result),)),
        ),
    )
