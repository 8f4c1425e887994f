"""Why a lesson is offered, in words: what it has in common with the entry it stands beside, and where it comes from."""

from __future__ import annotations

from exitplan.domain.dossier import Dossier
from exitplan.domain.results.lessons import LessonLine
from exitplan.wording.sentences import Wording


def offered_because(w: Wording, line: LessonLine, dossier: Dossier) -> str:
    """The reasons of an offered lesson as one line, such as `about gates over police functions; from UNMIT`."""
    found = {reason.why: reason.value for reason in line.reasons}
    said = []
    if "entry" in found:
        said.append(w("learned here"))
    elif kind := found.get("kind"):
        kinds = w.code("kinds", kind)
        if function := found.get("function"):
            said.append(
                w("about {kinds} over {function}", kinds=kinds, function=_named(w, dossier, "function", function))
            )
        elif trade := found.get("trade"):
            said.append(w("about {kinds} over {trade} functions", kinds=kinds, trade=w.code("trade", trade)))
        else:
            said.append(w("about {kinds}", kinds=kinds))
    if area := found.get("area"):
        said.append(w("same area{colon}{area}", colon=w.colon, area=_named(w, dossier, "area", area)))
    if tag := found.get("tag"):
        said.append(w("both speak of “{word}”", word=tag))
    if line.case and (line.library or line.origin):
        said.append(w("from {case}", case=line.case))
    return w.semicolon.join(said)


def _named(w: Wording, dossier: Dossier, kind: str, code: str) -> str:
    entry = dossier.named(kind, code)
    return entry.name(w.lang) if entry is not None else code
