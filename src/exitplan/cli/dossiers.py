"""Commands on the dossier itself: make one, check it, bring data in, take it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from exitplan.cli import options
from exitplan.cli.doors import command


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for name, run in (
        ("new", new),
        ("check", check),
        ("import", bring_in),
        ("export", export),
        ("schema", schema),
        ("missions", missions),
    ):
        command(app, name)(run)


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder to be made.", show_default=False)],
    lang: options.Lang = "en",
) -> None:
    """
    Begin a dossier: a small complete one, with comments that say what to put where.

    Example: exitplan new my-mission
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.new import begin

    screen = Screen(lang)
    begin(folder)
    screen.line(screen.w("A dossier has been begun in {folder}.", folder=str(folder)))
    screen.line(screen.w("Next: exitplan check {folder}, then exitplan status {folder}", folder=str(folder)))


def check(
    mission: options.Mission, on: options.On = None, as_json: options.Json = False, lang: options.Lang = "en"
) -> None:
    """
    Name every fault and doubt of a dossier at once.

    Ends with 0 when there is no fault, with 1 otherwise. Example: exitplan check my-mission
    """
    from exitplan.cli.findings import show_findings
    from exitplan.cli.screen import Screen
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.check import check as checked

    screen, w = Screen(lang), Screen(lang).w
    done = checked(mission, on=on)
    if as_json:
        screen.raw(written(done.answer))
    else:
        name = done.dossier.mission.name(lang)
        entries = w.count("one entry", "{n} entries", 1 + sum(done.result.entries.values()))
        rows = w.count("one measurement", "{n} measurements", done.result.measurements)
        months = w.count("one area-month", "{n} area-months", done.result.area_months)
        screen.line(f"{name}: {entries}, {rows}, {months}.")
        show_findings(screen, done.result.findings)
    if done.result.errors:
        raise typer.Exit(1)


def bring_in(
    what: Annotated[
        Literal["ucdp", "acled", "measurements", "workbook", "boundaries", "cpas"],
        typer.Argument(
            metavar="WHAT", help="ucdp, acled, measurements, workbook, boundaries or cpas.", show_default=False
        ),
    ],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="File to be read.", show_default=False)
    ],
    mission: Annotated[
        Path,
        typer.Option("--mission", metavar="MISSION", help="Dossier folder the data go into.", show_default=False),
    ],
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="CODE", help="Source entry the data rest on.", show_default="UCDP or ACLED"),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping", metavar="FILE", help="Which heading means what; kept with the dossier.", show_default=False
        ),
    ] = None,
    covers_from: Annotated[
        str | None,
        typer.Option(
            "--covers-from",
            metavar="YYYY-MM",
            help="First month an event file covers.",
            show_default="its first event's",
        ),
    ] = None,
    covers_to: Annotated[
        str | None,
        typer.Option(
            "--covers-to", metavar="YYYY-MM", help="Last month an event file covers.", show_default="its last event's"
        ),
    ] = None,
    code_property: Annotated[
        str, typer.Option("--code-property", metavar="NAME", help="Property of boundaries that holds the area code.")
    ] = "code",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")] = False,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Bring conflict events, measurements, a workbook, boundaries or CPAS-like data into a dossier; every row is accounted for.

    Example: exitplan import ucdp GEDEvent_v25_1.csv --mission my-mission --dry-run
    """
    from exitplan.cli.screen import Column, Screen
    from exitplan.usecases.answers import as_json as written
    from exitplan.usecases.imports import bring_in as brought

    screen, w = Screen(lang), Screen(lang).w
    with screen.working(w("Reading {file}", file=file.name)):
        done = brought(
            what,
            file,
            mission,
            source=source,
            covers=(covers_from, covers_to),
            mapping=mapping,
            code_property=code_property,
            dry_run=dry_run,
        )
    if as_json:
        screen.raw(written(done.answer))
        return
    report = done.result
    screen.line(
        w("{read} rows read: {kept} kept, {unplaced} not placed, {other} of other countries, {refused} refused.",
          read=w.number(report.read), kept=w.number(report.kept), unplaced=w.number(report.unplaced),
          other=w.number(report.other_country), refused=w.number(report.refused_rows))
    )  # fmt: skip
    screen.line(w("SHA-256 of the file: {digest}", digest=report.sha256))
    for note in report.notes:
        screen.line(w("Note: {note}", note=w.note(note)))
    shown = report.refused[:20]
    if shown:
        screen.heading(w("Refused"))
        columns: list[Column] = [(w("line"), "right"), w("field"), w("value"), w("wanted")]
        screen.table(columns, [[str(row.line), row.field, row.value, w.wanted(row.reason)] for row in shown])
        if len(report.refused) > len(shown):
            screen.line(w("{n} more; --json lists all.", n=w.number(len(report.refused) - len(shown))))
    if dry_run:
        screen.line(w("Nothing was written."), "bold")


def export(
    mission: options.Mission,
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="PATH", help="A .zip, an .xlsx or a folder.", show_default=False)
    ],
    lang: options.Lang = "en",
) -> None:
    """
    Write a dossier as a bundle, a workbook or a folder; conflict events stay here.

    Example: exitplan export my-mission -o my-mission.zip
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.export import export as exported

    screen = Screen(lang)
    exported(mission, out)
    screen.line(screen.w("Written: {path}", path=str(out)))


def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="[KIND]", help="Entry kind, table or result.", show_default=False)
    ] = None,
    lang: options.Lang = "en",
) -> None:
    """
    Print the JSON Schema of an entry kind, a table or a result; without a name, list them.

    Example: exitplan schema gate
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.schemas import schema as described
    from exitplan.usecases.schemas import schema_names

    screen = Screen(lang)
    if name is not None:
        screen.raw(json.dumps(described(name), indent=2, sort_keys=True, ensure_ascii=False) + "\n")
        return
    groups = {
        "entries": screen.w("Entry kinds"),
        "tables": screen.w("Tables"),
        "results": screen.w("Results of commands"),
        "answers": screen.w("Around every result"),
    }
    for group, names in schema_names().items():
        screen.heading(groups[group])
        screen.line(", ".join(names), indent=2)


def missions(lang: options.Lang = "en") -> None:
    """
    List the missions that come along, to try everything on.

    Example: exitplan missions
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases.bundled import bundled

    screen, w = Screen(lang), Screen(lang).w
    rows = [
        [name, mission.name(lang), w.date(mission.as_of, short=True), w("yes") if mission.fictional else ""]
        for name, mission in bundled()
    ]
    screen.table([w("name"), w("mission"), w("as seen on"), w("fictional")], rows)
