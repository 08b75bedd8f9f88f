"""How a matter of the demo is raised: from a phone, or at the desk."""

from collections.abc import Callable

from shuoshi.common.sealing import keyed_hash
from shuoshi.demo.stage import Scene
from shuoshi.duty.queries.turns import on_duty
from shuoshi.matters.actions.raising import (
    Raised,
    raise_matter,
    receipt_for,
    register_matter,
)
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.sayings import Saying, checked_saying
from shuoshi.matters.rules.states import Channel, Identity
from shuoshi.org.queries.standing import standing_of


# What the two receipts that are printed belong to.
SHOWN = {
    "told": Saying(
        text="更衣室热水不够用，升井高峰要排队半个多小时，洗到一半就成凉水了。",
        identity=Identity.NAMED,
        name="石小川",
        contact="矿内短号66001",
        claims=("保证升井高峰有热水", "维修坏掉的喷头"),
        place="职工浴室西区",
    ),
    "unrated": Saying(
        text="3路班车这几天天天晚点十几分钟，到矿就迟到，请调整发车时间。",
        identity=Identity.ANONYMOUS,
        place="城南站",
    ),
}


def saying_of(scene: Scene) -> Saying:
    rng = scene.rng
    identity = rng.choices(
        (Identity.NAMED, Identity.CONFIDENTIAL, Identity.ANONYMOUS), (70, 19, 11)
    )[0]
    kept = identity != Identity.ANONYMOUS
    return Saying(
        text=scene.pick(scene.tale.says),
        identity=identity,
        name=scene.words["name"] if kept else "",
        contact=scene.words["contact"] if kept else "",
        place=scene.words["place"] if scene.tale.topic in {"safety", "machine"} else "",
        unit_id=scene.unit(scene.words["code"]).pk if rng.random() < 0.4 else None,
    )


def by_phone(scene: Scene) -> Raised:
    """Raise it without an account, from a phone."""
    return raise_matter(
        saying_of(scene),
        mine_id=scene.unit("MINE").mine_id,
        channel=scene.rng.choices((Channel.WEB, Channel.QR), (45, 55))[0],
        now=scene.at,
    )


def at_the_desk(scene: Scene) -> Raised:
    """Let whoever is on duty take it down."""
    mine_id = scene.unit("MINE").mine_id
    turn = next(
        iter(on_duty(mine_id=mine_id, day=scene.at.astimezone(ZONE).date())), None
    )
    person = turn.person if turn else scene.stage.people["tongchou"]
    channel = scene.rng.choices(
        (
            Channel.WALK_IN,
            Channel.PHONE,
            Channel.WECHAT,
            Channel.QQ,
            Channel.LETTER,
        ),
        (52, 28, 9, 7, 4),
    )[0]
    return register_matter(
        saying_of(scene), channel=channel, by=standing_of(person), now=scene.at
    )


def nonce(name: str) -> str:
    return keyed_hash("demo receipt", name)


def shown(name: str) -> Callable[[Scene], Raised]:
    """Return an entrance whose receipt can be told again."""

    def enter(scene: Scene) -> Raised:
        return raise_matter(
            SHOWN[name],
            mine_id=scene.unit("MINE").mine_id,
            channel=Channel.QR,
            now=scene.at,
            nonce=nonce(name),
        )

    return enter


def demo_receipts() -> dict[str, str]:
    """Return the two receipts to look at progress with."""
    return {
        name: receipt_for(nonce(name), checked_saying(saying))
        for name, saying in SHOWN.items()
    }
