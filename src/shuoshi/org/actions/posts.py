"""Enter people, give and take posts: each administrator only their own share of it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.invitations import Invited, invite, take_half
from shuoshi.accounts.actions.people import deactivate, enter_person
from shuoshi.accounts.actions.record import tell
from shuoshi.accounts.actions.sessions import end_sessions
from shuoshi.accounts.models import Told, User
from shuoshi.accounts.queries.people import person_numbered
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.common.words import checked_words
from shuoshi.org.actions.structure import appoint, end_post
from shuoshi.org.models import Post, Unit
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import has_units_below
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.second_factor import takes_two
from shuoshi.org.rules.standing import Standing
from shuoshi.org.rules.vouching import GRANTED, WITHDRAWN
from shuoshi.trail.actions import note


class PostRefused(Refused):
    """This post is not given or taken like this."""


@transaction.atomic
def enter(
    username: str, *, name: str, phone: str = "", by: Standing, now: datetime
) -> tuple[User, Invited]:
    """
    Enter a person without any post, and return the link shown this once.

    Its other half is for the security administrator to read and pass on.

    :raises NotPermitted: unless by the system administrator.
    :raises PostRefused: if the log-in name is taken or none.
    """
    require(by, Role.SYSADMIN)
    username = checked_words(username, most=60, field="username")
    name = checked_words(name, most=60, field="name")
    if not username.replace("-", "").replace("_", "").replace(".", "").isalnum():
        raise PostRefused(_("登录名只用字母、数字和短横。"), field="username")
    try:
        with transaction.atomic():
            person = enter_person(username, name=name, password=None, phone=phone)
    except IntegrityError:
        raise PostRefused(_("这个登录名已经有人用了。"), field="username") from None
    put_on_record(by, "org.person_entered", now=now, person=person.pk)
    return person, invite(person, by=by.on_record, now=now)


@transaction.atomic
def invite_again(person: User, *, by: Standing, now: datetime) -> Invited:
    """
    Return a new link for somebody who was never here; the old one ends.

    :raises NotPermitted: unless by the system administrator.
    :raises Refused: if they hold a post or were here: then it is a reset.
    """
    require(by, Role.SYSADMIN)
    put_on_record(by, "org.person_invited", now=now, person=person.pk)
    return invite(person, by=by.on_record, now=now)


@transaction.atomic
def read_first_half(person: User, *, by: Standing, now: datetime) -> str:
    """
    Return the half of a first link, this once: who made the link never sees it.

    :raises NotPermitted: unless by the security administrator.
    :raises Missing: if there is none, or it was read already.
    """
    require(by, Role.SECADMIN)
    if person.pk == by.person_id:
        raise PostRefused(_("自己的口令，要由别人来看。"))
    put_on_record(by, "org.half_read", now=now, person=person.pk)
    return take_half(person, now=now)


@transaction.atomic
def let_go(person: User, *, by: Standing, now: datetime) -> None:
    """
    Let somebody who left sign in no more; their posts end.

    :raises NotPermitted: unless by the system administrator.
    :raises PostRefused: for oneself and for the other administrators.
    """
    require(by, Role.SYSADMIN)
    if standing_of(person).is_any(*ADMINISTRATORS):
        raise PostRefused(_("管理员要先由两名管理员免去，才能停用。"))
    for post in Post.objects.filter(person=person, ended_on=None):
        end_post(post, on=now.date())
        _put_withdrawn(post, by, now)
    deactivate(person, by=User(pk=by.person_id), now=now)


@transaction.atomic
def grant_post(
    person: User,
    *,
    role: Role,
    unit: Unit,
    title: str = "",
    in_charge_of: tuple[Unit, ...] = (),
    by: Standing,
    now: datetime,
) -> Post:
    """
    Give a person a post; whatever they had signed in ends.

    :raises NotPermitted: unless by the security administrator.
    :raises PostRefused: for oneself, for another mine's unit, or where it takes two.
    :raises NotApart: if an administrator would be something else too.
    """
    require(by, Role.SECADMIN)
    if takes_two(role, stands_over_units=has_units_below(unit)):
        raise PostRefused(
            _("这个岗位能看受保护的内容或者多个单位的事：请提出，由系统管理员确认。"),
            field="role",
        )
    return give_post(
        person, role=role, unit=unit, title=title, led=in_charge_of, by=by, now=now
    )


def give_post(
    person: User,
    *,
    role: Role,
    unit: Unit,
    title: str,
    by: Standing,
    now: datetime,
    led: tuple[Unit, ...] = (),
) -> Post:
    """
    Give the post that one granted or two agreed on.

    :raises PostRefused: for oneself, or for another mine's unit.
    """
    if person.pk == by.person_id:
        raise PostRefused(_("不能给自己授予岗位。"))
    if unit.mine_id != by.mine_id:
        raise PostRefused(_("没有这个单位。"), field="unit")
    try:
        with transaction.atomic():
            post = appoint(person, role=role, unit=unit, title=title, in_charge_of=led)
    except IntegrityError:
        raise PostRefused(_("已经任这个职务了。"), field="role") from None
    _signed_out(person, by, now)
    put_on_record(
        by,
        GRANTED,
        now=now,
        person=person.pk,
        post=post.pk,
        role=role,
        unit=unit.pk,
    )
    return post


@transaction.atomic
def withdraw_post(post: Post, *, by: Standing, now: datetime) -> None:
    """
    Take a post; whatever the person had signed in ends.

    :raises NotPermitted: unless by the security administrator of the mine.
    :raises PostRefused: for an administrator's, which takes two.
    """
    require(by, Role.SECADMIN)
    if post.mine_id != by.mine_id:
        raise NotPermitted(_("您不能这样做。"))
    if post.role in ADMINISTRATORS:
        raise PostRefused(_("免去管理员要由两名管理员办理。"))
    take_post(post, by=by, now=now)


def take_post(post: Post, *, by: Standing, now: datetime) -> None:
    """End the post that one took back or two agreed on."""
    end_post(post, on=now.date())
    person = person_numbered(post.person_id)
    if person is not None:
        _signed_out(person, by, now)
    _put_withdrawn(post, by, now)


def _put_withdrawn(post: Post, by: Standing, now: datetime) -> None:
    put_on_record(
        by,
        WITHDRAWN,
        now=now,
        person=post.person_id,
        post=post.pk,
        role=post.role,
    )


@transaction.atomic
def sign_out_everywhere(person: User, *, by: Standing, now: datetime) -> int:
    """
    End all sessions of a person, who is told; return how many there were.

    :raises NotPermitted: unless by the security administrator.
    """
    require(by, Role.SECADMIN)
    tell(person, Told.ENDED, now=now)
    return end_sessions(person, now=now, why="administrator", by=User(pk=by.person_id))


def require(by: Standing, role: Role) -> None:
    """
    Refuse everybody but the one administrator.

    :raises NotPermitted: for all others.
    """
    if not by.is_any(role):
        raise NotPermitted(_("这件事归%(role)s办。") % {"role": role.label})


def put_on_record(by: Standing, verb: str, *, now: datetime, **detail: object) -> None:
    """Note what an administrator did, on the record of the mine."""
    note(verb, by=by.on_record, at=now, mine_id=by.mine_id or 0, detail=detail)


def _signed_out(person: User, by: Standing, now: datetime) -> None:
    tell(person, Told.POSTS, now=now)
    who = User(pk=by.person_id) if by.person_id else None
    end_sessions(person, now=now, why="posts", by=who)
