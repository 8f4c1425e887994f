"""The database at the machine itself: people, missions put in, backups, and whether everything is as it was written."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exitplan.cli import options
from exitplan.cli.doors import command

if TYPE_CHECKING:
    from exitplan.cli.screen import Screen
    from exitplan.usecases.keeping import Verified

Secret = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="File whose first line is the passphrase of a sealed bundle.",
        show_default=False,
    ),
]
Code = Annotated[str, typer.Argument(metavar="MISSION", help="db:CODE, a mission of the database.", show_default=False)]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Reason, as the history keeps it.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    people = typer.Typer(
        no_args_is_help=True,
        rich_markup_mode=None,
        help="Accounts of this installation and their roles.\n\nExample: exitplan user add amina --role owner --mission M",
    )
    for name, run in (("add", add), ("role", role), ("list", list_people), ("recover", recover)):
        command(people, name)(run)
    app.add_typer(people, name="user", short_help="Accounts of this installation and their roles.")
    for name, run in (
        ("load", load),
        ("bundle", bundle),
        ("merge", merge),
        ("backup", backup),
        ("restore", restore),
        ("verify", verify),
    ):
        command(app, name)(run)


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name to sign in with.", show_default=False)],
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file",
            metavar="FILE",
            help="File whose first line is the password; - reads it from standard input.",
            show_default="asked for",
        ),
    ] = None,
    display_name: Annotated[str, typer.Option("--display-name", metavar="TEXT", help="Name as people say it.")] = "",
    office: Annotated[str, typer.Option("--office", metavar="TEXT", help="Office the person works in.")] = "",
    operator: Annotated[
        bool, typer.Option("--operator", help="May open missions and accounts here; the first account always may.")
    ] = False,
    mission: Annotated[
        str, typer.Option("--mission", metavar="CODE", help="Mission to give a role in.", show_default=False)
    ] = "",
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help="Role in that mission, such as owner or observer.")
    ] = "owner",
    partner: Annotated[
        str, typer.Option("--partner", metavar="CODE", help="Partner a `partner` speaks for.", show_default=False)
    ] = "",
    lang: options.Lang = "en",
) -> None:
    """
    Add an account; asks for the password where no file is given.

    Example: exitplan user add amina --password-file secret.txt --mission UNMIL --role owner
    """
    from datetime import UTC, datetime

    from exitplan.cli.screen import Screen
    from exitplan.usecases import home, people

    home.open_store()
    screen, w = Screen(lang), Screen(lang).w
    if password_file is None and not sys.stdin.isatty():
        raise typer.BadParameter(w("nobody can be asked for the password here: give --password-file"))
    password = (
        typer.prompt(w("Password"), hide_input=True, confirmation_prompt=True)
        if password_file is None
        else _first_line(password_file)
    )
    runs_it = operator or not people.all_accounts(None)
    if mission:
        people.add_member_at_machine(
            name, password, _code(mission), role, partner=partner, display_name=display_name, office=office,
            language=lang, is_operator=runs_it, why="account opened", at=datetime.now(UTC),
        )  # fmt: skip
    else:
        people.add_account(
            None, name, password, display_name=display_name, office=office, language=lang, is_operator=runs_it
        )
    screen.line(w("{name} may sign in now.", name=name))
    if mission:
        screen.line(w("{name} in {mission}: {role}", name=name, mission=_code(mission), role=w.code("role", role)))


def role(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Account.", show_default=False)],
    mission: Annotated[str, typer.Argument(metavar="MISSION", help="Code of a mission.", show_default=False)],
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="Role, such as planner or observer; `none` takes it away.")
    ],
    partner: Annotated[
        str, typer.Option("--partner", metavar="CODE", help="Partner a `partner` speaks for.", show_default=False)
    ] = "",
    why: Why = "given at the machine",
    lang: options.Lang = "en",
) -> None:
    """
    Give an account a role in a mission, change it, or take it away; on record.

    Example: exitplan user role amina UNMIL planner
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases import home

    home.open_store()
    _give(Screen(lang), name, mission, role, partner, why)


def list_people(lang: options.Lang = "en") -> None:
    """
    List the accounts of this installation with their roles.

    Example: exitplan user list
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases import home, people

    home.open_store()
    screen, w = Screen(lang), Screen(lang).w
    rows = [
        [
            account.username,
            account.display_name,
            ", ".join(f"{code}: {w.code('role', role)}" for code, _, role in people.missions_of(account)),
            w("yes") if account.is_operator else "",
        ]
        for account in people.all_accounts(None)
    ]
    screen.table([w("name"), w("person"), w("roles"), w("operator")], rows)


def recover(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Account.", show_default=False)],
    lang: options.Lang = "en",
) -> None:
    """
    Let somebody back in who lost their password or their phone: new recovery codes, and no second factor until it is set up.

    Example: exitplan user recover amina
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases import home, people

    home.open_store()
    screen = Screen(lang)
    codes = people.let_back_in(None, name)
    screen.line(screen.w("Recovery codes of {name}; each sets a new password once:", name=name))
    screen.raw("".join(f"  {code}\n" for code in codes))


def load(
    mission: options.Mission,
    owner: Annotated[
        str, typer.Option("--owner", metavar="NAME", help="Account that owns it.", show_default=False)
    ] = "",
    passphrase_file: Secret = None,
    why: Why = "loaded at the machine",
    lang: options.Lang = "en",
) -> None:
    """
    Put a dossier into the database as a new mission.

    Example: exitplan load kasanda --owner amina
    """
    from datetime import UTC, datetime

    from exitplan.cli.screen import Screen
    from exitplan.usecases import home, keeping

    home.open_store()
    screen = Screen(lang)
    passphrase = _first_line(passphrase_file) if passphrase_file else None
    with screen.working(screen.w("Loading {mission}", mission=mission)):
        code = keeping.load(mission, owner=owner, why=why, at=datetime.now(UTC), passphrase=passphrase)
    screen.line(screen.w("The mission is in the database now: {code}", code=f"db:{code}"))


def bundle(
    mission: Code,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="File to be written.", show_default=False)],
    passphrase_file: Secret = None,
    why: Why = "taken out at the machine",
    lang: options.Lang = "en",
) -> None:
    """
    Take a mission of the database out as a bundle that can be merged back; on record, sealed where a passphrase is given.

    Example: exitplan bundle db:UNMIL -o field.zip
    """
    from datetime import UTC, datetime

    from exitplan.cli.screen import Screen
    from exitplan.usecases import bundles, home

    home.open_store()
    screen = Screen(lang)
    passphrase = _first_line(passphrase_file) if passphrase_file else None
    taken = bundles.take_out_to(_code(mission), out, why=why, at=datetime.now(UTC), passphrase=passphrase)
    screen.line(screen.w("Written: {path}", path=str(out)))
    for kind, code in taken.left_out:
        screen.line(screen.w("Left out, because it is not sound yet: {kind} {code}", kind=kind, code=code))


def merge(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Bundle.", show_default=False)
    ],
    mission: Annotated[
        str, typer.Option("--mission", metavar="MISSION", help="db:CODE, where it was taken out.", show_default=False)
    ],
    made_from: Annotated[
        Path | None,
        typer.Option(
            "--made-from",
            metavar="FILE",
            help="Bundle it was made from, where it was packed by hand.",
            show_default=False,
        ),
    ] = None,
    passphrase_file: Secret = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")] = False,
    why: Why = "merged at the machine",
    lang: options.Lang = "en",
) -> None:
    """
    Merge a bundle that comes back into the mission it was taken out of; conflicts stay as they are here, and are listed.

    Ends with 1 where there are conflicts. Example: exitplan merge field.zip --mission db:UNMIL --dry-run
    """
    from datetime import UTC, datetime

    from exitplan.cli.screen import Screen
    from exitplan.usecases import bundles, home
    from exitplan.usecases.open_mission import today

    home.open_store()
    screen, w = Screen(lang), Screen(lang).w
    report = bundles.merge_at_machine(
        _code(mission),
        file,
        why=why,
        on=today(),
        at=datetime.now(UTC),
        passphrase=_first_line(passphrase_file) if passphrase_file else None,
        made_from=made_from,
        dry_run=dry_run,
    )
    rows = [
        [w.code("kind", one.kind), one.code, w.code("merge", one.outcome), ", ".join(one.fields)]
        for one in report.merged
        if one.outcome not in ("same", "absent")
    ]
    if rows:
        screen.table([w("kind"), w("code"), w("outcome"), w("fields")], rows)
    taken = len(report.merged) - len(report.conflicts)
    screen.line(
        w("{n} entries compared, {conflicts} conflicts.", n=w.number(taken + len(report.conflicts)),
          conflicts=w.number(len(report.conflicts)))
    )  # fmt: skip
    if report.measurements is not None:
        screen.line(w("{n} new measurements, submitted for review.", n=w.number(report.measurements.fresh)))
    if dry_run:
        screen.line(w("Nothing was written."), "bold")
    if report.conflicts:
        raise typer.Exit(1)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to be written.", show_default=False)],
    lang: options.Lang = "en",
) -> None:
    """
    Write the whole database and its documents into one file; nobody has to stop working.

    Example: exitplan backup exitplan-backup.zip
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases import home, keeping

    home.open_store()
    screen = Screen(lang)
    with screen.working(screen.w("Writing {file}", file=file.name)):
        done = keeping.backup(None, file)
    _contents(screen, done.rows, done.documents)
    screen.line(screen.w("Written: {path}", path=str(file)))


def restore(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Backup.", show_default=False)
    ],
    lang: options.Lang = "en",
) -> None:
    """
    Put a backup into an empty database, all of it or nothing; every chain is verified on the way.

    Example: exitplan restore exitplan-backup.zip
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases import home, keeping

    home.open_store()
    screen = Screen(lang)
    with screen.working(screen.w("Reading {file}", file=file.name)):
        done = keeping.restore(None, file)
    _contents(screen, done.rows, done.documents)


def verify(
    mission: Annotated[
        str | None, typer.Argument(metavar="[MISSION]", help="db:CODE; all of them when left out.", show_default=False)
    ] = None,
    as_json: options.Json = False,
    lang: options.Lang = "en",
) -> None:
    """
    Walk the chain of every change and name the first broken link; hold entries and documents against it.

    Ends with 1 where something is not as it was written. Example: exitplan verify
    """
    from exitplan.cli.screen import Screen
    from exitplan.usecases import home, keeping

    home.open_store()
    screen, w = Screen(lang), Screen(lang).w
    looked = keeping.verify(None, _code(mission) if mission else None)
    if as_json:
        screen.raw(json.dumps(_verified(looked), indent=2, sort_keys=True) + "\n")
    for one in () if as_json else looked:
        if one.broken is not None:
            screen.line(
                w("{mission}: the chain is broken at revision {number}: {why}", mission=one.mission,
                  number=str(one.broken.number), why=w.wanted(one.broken.why)), "bold"
            )  # fmt: skip
        elif one.strange:
            named = ", ".join(one.strange)
            screen.line(
                w("{mission}: not as its last revision says: {named}", mission=one.mission, named=named), "bold"
            )
        else:
            screen.line(w("{mission}: {n} revisions, all sound.", mission=one.mission, n=w.number(one.revisions)))
    if not looked and not as_json:
        screen.line(w("There is no mission in the database."))
    if not all(one.sound for one in looked):
        raise typer.Exit(1)


def _verified(looked: Sequence[Verified]) -> dict[str, object]:
    return {
        "schema": "exitplan/verify/1",
        "result": {
            "missions": [
                {
                    "mission": one.mission,
                    "revisions": one.revisions,
                    "sound": one.sound,
                    "broken": one.broken and {"revision": one.broken.number, "why": str(one.broken.why)},
                    "strange": list(one.strange),
                }
                for one in looked
            ]
        },
    }


def _give(screen: Screen, name: str, mission: str, role: str, partner: str, why: str) -> None:
    from datetime import UTC, datetime

    from exitplan.usecases import people

    people.give_role_at_machine(_code(mission), name, role, partner=partner, why=why, at=datetime.now(UTC))
    w = screen.w
    screen.line(w("{name} in {mission}: {role}", name=name, mission=mission, role=w.code("role", role)))


def _contents(screen: Screen, rows: dict[str, int], documents: int) -> None:
    w = screen.w
    screen.line(
        w("{missions} missions, {revisions} revisions, {documents} documents.", missions=w.number(rows["Mission"]),
          revisions=w.number(rows["Revision"]), documents=w.number(documents))
    )  # fmt: skip


def _code(mission: str) -> str:
    return mission.removeprefix("db:")


def _first_line(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.readline().rstrip("\r\n")
    with file.open(encoding="utf-8") as opened:
        return opened.readline().rstrip("\r\n")
