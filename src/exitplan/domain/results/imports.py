"""What an import reports: every row accounted for."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from exitplan.domain.findings import WantedText


class RefusedRow(BaseModel):
    """One field of one row that was not taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int = Field(description="Line of the file, the header being line 1 (first line of a row that spans several).")
    field: str = Field(description="Column concerned.")
    value: str = Field(description="What was given, cut to a readable length.")
    reason: WantedText = Field(description="What was wanted instead.")


class ImportReport(BaseModel):
    """The account of one import: read = kept + unplaced + other_country + refused rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str = Field(description="Kind of import: ucdp, acled, measurements, workbook, boundaries or cpas.")
    file: str = Field(description="Name of the file, without its folder.")
    sha256: str = Field(description="SHA-256 of the file as given.")
    read: int = Field(description="Rows read.", ge=0)
    kept: int = Field(description="Rows kept.", ge=0)
    unplaced: int = Field(
        description="Rows known only to a country or region, or outside every area: kept apart.", ge=0
    )
    other_country: int = Field(description="Rows of other countries.", ge=0)
    refused_rows: int = Field(description="Rows refused.", ge=0)
    refused: tuple[RefusedRow, ...] = Field(description="Every fault of the refused rows.")
    notes: tuple[str, ...] = Field(
        (), description="What was mended on the way, as codes: `bom`, `encoding:cp1252`, `semicolons` …"
    )
    dry_run: bool = Field(False, description="Whether nothing was written.")
