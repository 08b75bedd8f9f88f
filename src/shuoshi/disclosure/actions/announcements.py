"""Write, check, publish and withdraw what everybody may read."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.words import checked_words
from shuoshi.disclosure.models import Announcement
from shuoshi.disclosure.queries.announcements import (
    announcements_seen_by,
    given_away_in,
)
from shuoshi.disclosure.rules.access import (
    may_approve,
    may_check,
    may_withdraw,
    may_write,
)
from shuoshi.disclosure.rules.announcements import (
    FEWEST_DAYS,
    MOST_BODY,
    MOST_DAYS,
    MOST_REASON,
    MOST_TITLE,
    AnnouncementState,
    Category,
)
from shuoshi.files.actions import keep, remove
from shuoshi.files.queries import attachments_of
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


if TYPE_CHECKING:
    from collections.abc import Iterable

    from shuoshi.files.rules.uploads import CleanFile


class AnnouncementRefused(Refused):
    """This cannot be made public, or not like this."""


@transaction.atomic
def write_announcement(
    *,
    category: str,
    title: str,
    body: str,
    by: Standing,
    now: datetime,
    uid: UUID | None = None,
    attachments: "Iterable[CleanFile]" = (),
) -> Announcement:
    """
    Write a draft, or change one's own: what was changed has to be checked anew.

    ``attachments`` are added to those there are.

    :raises NotPermitted: unless the person writes, and it is their own.
    :raises AnnouncementRefused: if there is no such category.
    :raises WordsRefused: if a text is empty, too long or badly encoded.
    :raises FileRefused: if a file cannot be taken, or there are too many.
    :raises Outdated: once it is published.
    """
    if not may_write(by) or by.mine_id is None or by.person_id is None:
        raise NotPermitted(_("您不能写公开稿。"))
    if category not in Category.values:
        raise AnnouncementRefused(_("请选类别。"), field="category")
    kept = {
        "category": category,
        "title": checked_words(title, most=MOST_TITLE, field="title"),
        "body": checked_words(body, most=MOST_BODY, field="body"),
    }
    if uid is None:
        announcement = Announcement.objects.create(
            mine_id=by.mine_id, author_id=by.person_id, written_at=now, **kept
        )
    else:
        announcement = _rewritten(uid, by, now, **kept)
    for file in attachments:
        keep(
            file,
            about=announcement.uid,
            mine_id=announcement.mine_id,
            by=by.on_record,
            now=now,
        )
    _note("written", announcement, by, now)
    return announcement


@transaction.atomic
def drop_file(uid: UUID, file: UUID, *, by: Standing, now: datetime) -> Announcement:
    """
    Take a file of one's own draft away for good; it has to be checked anew.

    :raises NotPermitted: unless it is their own.
    :raises Outdated: once it is published, or if there is no such file any more.
    """
    announcement = _rewritten(uid, by, now)
    found = attachments_of(announcement.uid).filter(pk=file).first()
    if found is None:
        raise Outdated(_("这个文件已经有人撤下。"))
    remove(found, by=by.on_record, now=now)
    _note("written", announcement, by, now)
    return announcement


def _rewritten(uid: UUID, by: Standing, now: datetime, **kept: object) -> Announcement:
    announcement = _one(uid, by)
    if announcement.author_id != by.person_id:
        raise NotPermitted(_("只能改自己写的稿子。"))
    _go(
        announcement,
        [AnnouncementState.DRAFT, AnnouncementState.CHECKED],
        AnnouncementState.DRAFT,
        written_at=now,
        checked_by=None,
        checked_at=None,
        **kept,
    )
    return announcement


@transaction.atomic
def check_announcement(uid: UUID, *, by: Standing, now: datetime) -> Announcement:
    """
    Say that it holds no secret: somebody else than who wrote it.

    :raises NotPermitted: for the author, and for who does not check.
    :raises Outdated: if it is no draft any more.
    """
    announcement = _one(uid, by)
    if not may_check(by, announcement.author_id):
        raise NotPermitted(_("保密审查由别人做，写稿的人不行。"))
    _go(
        announcement,
        [AnnouncementState.DRAFT],
        AnnouncementState.CHECKED,
        checked_by_id=by.person_id,
        checked_at=now,
    )
    _note("checked", announcement, by, now)
    return announcement


@transaction.atomic
def publish_announcement(
    uid: UUID,
    *,
    days: int = FEWEST_DAYS,
    names_meant: bool = False,
    by: Standing,
    now: datetime,
) -> Announcement:
    """
    Let it out for so many days: a leader, never the author.

    :raises NotPermitted: for the author, and for who does not approve.
    :raises AnnouncementRefused: while it holds numbers of people; while it names staff
        and nobody says that this is meant; for fewer than fifteen days.
    :raises Outdated: unless it has been checked and not been changed since.
    """
    announcement = _one(uid, by)
    if not may_approve(by, announcement.author_id):
        raise NotPermitted(_("公开由领导批准，写稿的人不行。"))
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise AnnouncementRefused(
            _("公开 %(least)d 到 %(most)d 天。")
            % {"least": FEWEST_DAYS, "most": MOST_DAYS},
            field="days",
        )
    _check_personal(announcement, names_meant=names_meant)
    _go(
        announcement,
        [AnnouncementState.CHECKED],
        AnnouncementState.PUBLISHED,
        published_by_id=by.person_id,
        published_at=now,
        until=_last_day(localdate(now), days),
    )
    _note("published", announcement, by, now, until=announcement.until)
    return announcement


@transaction.atomic
def withdraw_announcement(
    uid: UUID, *, reason: str, by: Standing, now: datetime
) -> Announcement:
    """
    Take it off the column with a reason; that it stood there stays on record.

    :raises NotPermitted: for who does not withdraw.
    :raises WordsRefused: without a reason.
    :raises Outdated: unless it stands there.
    """
    announcement = _one(uid, by)
    if not may_withdraw(by):
        raise NotPermitted(_("您不能撤下公开稿。"))
    kept = checked_words(reason, most=MOST_REASON, field="reason")
    _go(
        announcement,
        [AnnouncementState.PUBLISHED],
        AnnouncementState.WITHDRAWN,
        withdrawn_by_id=by.person_id,
        withdrawn_at=now,
        reason=kept,
    )
    _note("withdrawn", announcement, by, now)
    return announcement


def _check_personal(announcement: Announcement, *, names_meant: bool) -> None:
    found = given_away_in(announcement)
    grave = [f"{one.what} {one.shown}" for one in found if one.grave]
    if grave:
        raise AnnouncementRefused(
            _("里面有个人信息，请作者删去：%(found)s。") % {"found": "、".join(grave)}
        )
    named = [one.shown for one in found]
    if named and not names_meant:
        raise AnnouncementRefused(
            _("里面有员工姓名：%(names)s。确实要公开的，请勾选。")
            % {"names": "、".join(named)},
            field="names_meant",
        )


def _last_day(today: date, days: int) -> date:
    return today + timedelta(days=days - 1)


def _one(uid: UUID, by: Standing) -> Announcement:
    found = announcements_seen_by(by).filter(uid=uid).first()
    if found is None:
        raise Outdated(_("这篇稿子已经不在了。"))
    return found


def _go(
    announcement: Announcement,
    sources: list[AnnouncementState],
    to: AnnouncementState,
    **changes: object,
) -> None:
    here = Announcement.objects.filter(pk=announcement.pk, state__in=sources)
    if not here.update(state=to, **changes):
        raise Outdated(_("这篇稿子刚才有人改过，请刷新看看。"))
    announcement.refresh_from_db()


def _note(
    what: str,
    announcement: Announcement,
    by: Standing,
    now: datetime,
    until: date | None = None,
) -> None:
    note(
        f"disclosure.announcement_{what}",
        by=by.on_record,
        at=now,
        mine_id=announcement.mine_id,
        about=announcement.uid,
        detail={"until": until.isoformat() if until else None},
    )
