"""Plots that have not come to their end today."""

from shuoshi.demo.stage import Beat, Scene
from shuoshi.demo.stories import parts, winding
from shuoshi.demo.stories.parts import Story
from shuoshi.demo.words import PUBLIC_FIRST


def untouched(_scene: Scene) -> Story:
    yield from ()


def unsigned(scene: Scene) -> Story:
    yield from parts.triaged(scene)


def deliberating(scene: Scene) -> Story:
    yield from parts.accepted(scene, level="COMPLEX")
    yield from winding.called(scene)
    yield from winding.heard(scene, leave=1)


def handling(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from parts.progress(scene, 0.5)


def told(scene: Scene) -> Story:
    """Handle so that the speaker can read what is being done."""
    yield from parts.accepted(scene)
    given = {"progress": PUBLIC_FIRST, "tell_speaker": True}
    yield Beat(scene.work(hours=1), "report_progress", scene.responsible, given)
    given = {
        "progress": scene.tale.steps[0].format_map(scene.words),
        "tell_speaker": True,
    }
    yield Beat(scene.work(hours=4), "report_progress", scene.responsible, given)


def put_aside(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from winding.put_aside(scene, days=20)


def asking(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from winding.asked(scene)


def reopened(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from parts.answered(scene, days=1)
    yield from parts.rated(scene, happy=False, days=0.5)
