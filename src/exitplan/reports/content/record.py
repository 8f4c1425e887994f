"""What is on record: decisions, changes, assumptions, sources, and what this run rests on."""

from __future__ import annotations

from collections import Counter

from exitplan.domain.entry import Entry
from exitplan.domain.kinds import Decision, Source
from exitplan.domain.results.readiness import Change
from exitplan.reports.content.front import question, wanted
from exitplan.reports.content.material import Material, joined
from exitplan.reports.page import Block, Cell, Items, Paragraph, Section, Table, columns, row

CODES_SHOWN = 14


def decisions_section(m: Material) -> Section:
    """Decisions wanted in full, and the last ones taken with their reasons and dissent."""
    w = m.w
    asked = wanted(m)
    taken = sorted(
        (d for d in m.dossier.of(Decision) if d.status == "taken" and d.date and d.date <= m.on),
        key=lambda d: d.date or m.on,
        reverse=True,
    )
    return Section(
        key="decisions",
        title=w("Decisions"),
        blocks=(
            Table(
                caption=w("Decisions wanted"),
                columns=columns(
                    (w("Decision"), 1.8),
                    (w("Question"), 3),
                    (w("Options"), 2.2),
                    (w("Due"), 1.1),
                    (w("Who decides"), 1.5),
                    (w("Dissent"), 2.2),
                ),
                rows=tuple(
                    row(
                        f"{d.code} {d.name(m.lang)}",
                        question(d, m.lang),
                        w.semicolon.join(_option(m, o) for o in d.options) or "–",
                        Cell(text=w.date(d.due, short=True), mark="late" if d.due and d.due < m.on else ""),
                        d.decider or w("nobody named"),
                        _dissent(m, d),
                    )
                    for d in asked
                ),
                empty=w("No decision is asked for."),
            ),
            Table(
                caption=w("Decisions taken"),
                columns=columns(
                    (w("Decision"), 1.8),
                    (w("Taken on"), 1.1),
                    (w("Chosen"), 2),
                    (w("Reasons"), 2.6),
                    (w("Dissent"), 2.2),
                ),
                rows=tuple(
                    row(
                        f"{d.code} {d.name(m.lang)}",
                        w.date(d.date, short=True),
                        next((_option(m, o) for o in d.options if o.code == d.chosen), d.chosen or "–"),
                        d.why or "–",
                        _dissent(m, d),
                    )
                    for d in taken
                ),
                empty=w("No decision is on record as taken."),
                folded=len(taken) > 8,
            ),
        ),
    )


def _option(m: Material, option: object) -> str:
    title = (getattr(option, "title_fr", None) if m.lang == "fr" else None) or getattr(option, "title", "")
    return f"{getattr(option, 'code', '')} {title}"


def _dissent(m: Material, d: Decision) -> str:
    said = (d.dissent_fr if m.lang == "fr" else None) or d.dissent
    return f"{said} ({d.dissent_by})" if said and d.dissent_by else said or "–"


def changes_section(m: Material) -> Section:
    """What is not as it was on the day asked for, the worse first."""
    w, status = m.w, m.status
    if status.since is None:
        said = w("No earlier day was asked for; name one to see what changed since then.")
        return Section(key="changes", title=w("What changed"), blocks=(Paragraph(text=said, tone="note"),))
    order = {True: 0, None: 1, False: 2}
    rows = tuple(
        row(
            f"{w.capital(w.code('kind', c.kind))} {c.code} {(c.title_fr if m.lang == 'fr' else None) or c.title}",
            w.code("change", c.what),
            change_value(m, c, c.before),
            change_value(m, c, c.after),
            w.date(c.date, short=True),
            Cell(text={True: w("harder"), False: w("easier"), None: "–"}[c.worse], mark="late" if c.worse else ""),
        )
        for c in sorted(status.changes, key=lambda c: (order[c.worse], c.kind, c.code))
    )
    title = w("What changed since {day}", day=w.date(status.since))
    table = Table(
        caption=title,
        columns=columns(
            (w("What"), 3),
            (w("What changed"), 1.4),
            (w("Before"), 1.5),
            (w("Now"), 1.5),
            (w("When"), 1.1),
            (w("Exit becomes"), 1),
        ),
        rows=rows,
        empty=w("Nothing changed."),
        folded=len(rows) > 40,
    )
    return Section(key="changes", title=title, blocks=(table,))


def change_value(m: Material, change: Change, code: str) -> str:
    """A value of a change in words, where it is a code of the kind concerned."""
    if not code:
        return "–"
    families = {
        "handover": ("handover_state",),
        "site": ("site_state",),
        "gate": ("gate_state",),
        "criterion": ("state",),
        "benchmark": ("state",),
        "risk": ("risk_level",),
    }
    if change.what in ("state", "score", "reversed") and change.kind in families:
        return m.w.code(families[change.kind][0], code)
    if len(code) == 10 and code[4] == code[7] == "-" and code.replace("-", "").isdigit():
        return m.w.date(code, short=True)
    return code


def assumptions_section(m: Material) -> Section:
    """What the figures take for granted, and which entries nobody has sourced."""
    w = m.w
    codes = [*m.status.assumptions]
    for result in (m.schedule, m.capacity, m.futures):
        codes += result.assumptions if result else ()
    blocks: list[Block] = (
        [Items(items=tuple(w.capital(w.code("assumption", c)) for c in dict.fromkeys(codes)))] if codes else []
    )
    held: dict[str, list[Entry]] = {}
    for entry in m.dossier.everything():
        if entry.basis == "assumption" and entry.kind != "mission":
            held.setdefault(entry.kind, []).append(entry)
    total = Counter(e.kind for e in m.dossier.everything())
    blocks.append(
        Table(
            caption=w("Entries that rest on an assumption of the planners"),
            columns=columns((w("Kind"), 1.4), (w("Assumed"), 1), (w("In all"), 1), (w("Which"), 6), numbers=(1, 2)),
            rows=tuple(
                row(
                    w.code("kind", kind),
                    w.number(len(entries)),
                    w.number(total[kind]),
                    joined((e.code for e in entries), CODES_SHOWN, w),
                )
                for kind, entries in held.items()
            ),
            empty=w("No entry rests on an assumption of the planners."),
        )
    )
    return Section(key="assumptions", title=w("Assumptions"), blocks=tuple(blocks))


def sources_section(m: Material) -> Section:
    """Every source by its code, with kind, day of publication and licence."""
    w = m.w
    found = m.dossier.of(Source)
    return Section(
        key="sources",
        title=w("Sources"),
        blocks=(
            Table(
                caption=w("Sources"),
                columns=columns(
                    (w("Code"), 1.4),
                    (w("Source"), 3),
                    (w("Publisher"), 1.8),
                    (w("Document"), 1.8),
                    (w("Published"), 1.3),
                    (w("Kind"), 1),
                    (w("Licence"), 1.2),
                ),
                rows=tuple(
                    row(
                        s.code,
                        s.name(m.lang) + (f" ({w.code('basis', s.basis)})" if s.basis == "assumption" else ""),
                        s.publisher or "–",
                        s.document or "–",
                        Cell(text=w("{day}, after the day of this document", day=w.date(s.published, short=True)))
                        if s.published and s.published > m.on
                        else w.date(s.published, short=True),
                        w.code("reliability", s.reliability),
                        s.licence or "–",
                    )
                    for s in found
                ),
                empty=w("The dossier names no source."),
                folded=len(found) > 20,
            ),
        ),
    )


def manifest_section(m: Material) -> Section:
    """What this run rests on: with the same dossier, seed and versions it gives the same bytes."""
    w, manifest = m.w, m.manifest
    rows = [
        row(w("Inputs (SHA-256)"), manifest.inputs),
        row(w("Seed"), str(manifest.seed) if manifest.seed is not None else "–"),
    ]
    rows += [row(w("Option {name}", name=name), str(value)) for name, value in sorted(manifest.options.items())]
    rows += [row(w("Version of {name}", name=name), version) for name, version in sorted(manifest.versions.items())]
    table = Table(
        caption=w("Run manifest"),
        columns=columns((w("What"), 1), (w("Value"), 3)),
        rows=tuple(rows),
        note=w("The same dossier, options, seed and versions give the same document, byte for byte."),
    )
    return Section(key="manifest", title=w("Run manifest"), blocks=(table,))
