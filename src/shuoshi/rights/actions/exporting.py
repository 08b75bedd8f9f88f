"""Take the register of what was handed outside along, as a sheet; that goes on record."""

from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.rules.access import may_review
from shuoshi.rights.queries.registers import handings_page
from shuoshi.trail.actions import note


def export_handings(*, by: Standing, now: datetime) -> bytes:
    """
    Return the register as an Excel file.

    :raises NotPermitted: if this person does not review the registers.
    """
    if not may_review(by) or by.mine_id is None:
        raise NotPermitted("")
    rows = handings_page(by.mine_id, by)
    note(
        "rights.handings_exported",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={"rows": len(rows)},
    )
    written = BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("对外提供登记"))
        heads = (_("时间"), _("编号"), _("给谁"), _("给什么"), _("依据"))
        more = (_("单独同意"), _("经手人"), _("保存到"))
        # As text: what begins with an equals sign must not become a formula.
        for column, head in enumerate((*heads, *more)):
            sheet.write_string(0, column, head)
        for place, one in enumerate(rows, start=1):
            told = one.handing
            for column, cell in enumerate(
                (
                    f"{localtime(told.at):%Y-%m-%d %H:%M}",
                    one.number,
                    told.recipient,
                    told.what,
                    told.ground,
                    _("有") if told.consent_id else "",
                    one.by,
                    f"{told.kept_until:%Y-%m-%d}",
                )
            ):
                sheet.write_string(place, column, cell)
    return written.getvalue()


def note_copy(*, by: Standing, now: datetime) -> None:
    """Put on record that somebody took a copy of what is kept of them."""
    note("rights.copy_exported", by=by.on_record, at=now, mine_id=by.mine_id or 0)
