"""Build step: compiles the sentence catalogues, so that a wheel or an editable install can speak every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside every .po under `root` and return the .mo files; entries marked fuzzy are left out."""
    compiled = []
    for po in sorted(root.glob("src/exitplan/locale/*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        mo = po.with_suffix(".mo")
        with mo.open("wb") as target:
            write_mo(target, catalogue)
        compiled.append(mo)
    return compiled


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles before every wheel, editable ones too; `artifacts` in pyproject.toml takes the files along."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; called by hatchling with the version of the wheel (`standard` or `editable`)."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent)
