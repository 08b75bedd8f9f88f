"""Take a month of the roster out as an Excel file."""

from datetime import datetime
from io import BytesIO
from typing import Final

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from shuoshi.duty.queries.months import RosterShown
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS: Final = (12, 10, 18, 22, 12, 16)


def export_roster(shown: RosterShown, *, by: Standing, now: datetime) -> BytesIO:
    """Return the month as an Excel file, and put on record that it was taken out."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet(f"{shown.month.since:%Y-%m}")
        for place, width in enumerate(WIDTHS):
            page.set_column(place, place, width)
        for at, row in enumerate(_rows(shown)):
            for place, value in enumerate(row):
                page.write_string(at, place, value)
    note(
        "duty.roster_exported",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id or 0,
        detail={"month": f"{shown.month.since:%Y-%m}"},
    )
    file.seek(0)
    return file


def note_poster(shown: RosterShown, *, by: Standing, now: datetime) -> None:
    """Put on record that the month was taken to be printed."""
    note(
        "duty.poster_exported",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id or 0,
        detail={"month": f"{shown.month.since:%Y-%m}"},
    )


def _rows(shown: RosterShown) -> list[list[str]]:
    rows = [[_("日期"), _("星期"), _("说明"), _("部门"), _("值班人"), _("到岗")]]
    for day in shown.days:
        named = [day.day.isoformat(), date_format(day.day, "l"), day.note]
        rows += [
            [*named, one.turn.unit.name, one.turn.person.name, one.came]
            for one in day.turns
        ]
        if not day.turns:
            rows.append([*named, "", "", ""])
    return rows
