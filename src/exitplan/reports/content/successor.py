"""The letter that lies on top of an archive: what its reader inherits, what is open, and how to open it. Plain text."""

from __future__ import annotations

from exitplan.domain.kinds import Source
from exitplan.reports.content.material import Material


def successor_letter(m: Material) -> str:
    """The letter, one line a sentence, in the language of `m.w`."""
    w, watch, after = m.w, m.watch, m.after
    mission = m.dossier.mission
    lines = [
        w("{mission}: archive for the successor", mission=mission.name(m.lang)),
        w("As seen on {day}.", day=w.date(m.on)),
        w("Informs a decision; does not recommend leaving."),
        *([w("Fictional: this country, its people and its figures are invented.")] if mission.fictional else []),
        "",
        w("What is inside").upper(),
        w(
            "dossier.zip: the whole dossier as its reader may see it; it can be read by Exitplan and by any text editor."
        ),
        w("brief/: the decision brief as HTML, PDF and JSON; the HTML opens without a network."),
        w("results/: the watch, the triggers and what goes on after the mission, as JSON."),
        w("CONTENTS.csv: every file with its size and its SHA-256; SHA256SUMS holds the same for sha256sum -c."),
        "",
        w("How to open it").upper(),
        "sha256sum -c SHA256SUMS",
        "exitplan check dossier.zip",
        "exitplan watch dossier.zip",
        "exitplan load dossier.zip --owner NAME",
        "",
        w("Watches").upper(),
    ]
    for line in watch.watches if watch else ():
        successor = line.successor_owner or w("nobody named")
        lines.append(
            f"- {line.code} {line.name(m.lang)}{w.colon}"
            + w.semicolon.join((w.code("watch_state", line.state), successor, line.response or "–"))
        )
    lines += ["", w("Reviews").upper()]
    points = sorted(
        {(p.day, p.months) for line in (watch.watches if watch else ()) for p in line.reviews if p.done is None}
    )
    lines += [f"- {w.date(day)} ({w('exit + {n} months', n=w.number(months))})" for day, months in points] or ["–"]
    lines += ["", w("Functions after transfer").upper()]
    for task in after.tasks if after else ():
        faults = w.semicolon.join(w.code("task_fault", f) for f in task.faults) or "–"
        lines.append(
            f"- {task.code} {task.name(m.lang)}{w.colon}{w.code('destination', task.destination)}{w.semicolon}{faults}"
        )
    unmet = [n for n in (after.needs if after else ()) if not n.programmes]
    lines += ["", w("Needs that no programme answers").upper()]
    lines += [f"- {n.code} {n.name(m.lang)} ({m.where(n.area)})" for n in unmet] or ["–"]
    lines += ["", w("Sources").upper()]
    lines += [
        f"- {s.code} {s.name(m.lang)}" + (f", {s.document}" if s.document else "") for s in m.dossier.of(Source)
    ] or ["–"]
    return "\n".join(lines) + "\n"
