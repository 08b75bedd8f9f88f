"""Take a step for a program: the same form and the same action as the page."""

from datetime import datetime

from django.utils.translation import gettext as _

from shuoshi.channels.api.asking import Given, as_form_data, as_form_files
from shuoshi.channels.api.errors import Unfit
from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.steps import check_step, take_step
from shuoshi.matters.forms.steps import StepForm
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.access import gate
from shuoshi.matters.rules.fields import Ask
from shuoshi.matters.rules.table import Step
from shuoshi.org.rules.standing import Standing


class NoSuchClaim(Refused):
    """The matter has no claim with this place."""


def take(
    matter: Matter, step: Step, given: Given, *, by: Standing, now: datetime
) -> Matter:
    """
    Take the step as if its form on the page had been sent.

    :raises NotPermitted: if this person may not take the step.
    :raises Unfit: with every field of the form that is wrong.
    :raises Refused: if the step, the version or an answer is refused.
    """
    gate.require(by, step.by, matter)
    if given.version in (None, matter.version):
        check_step(step, matter, now=now)
    _check_claims(matter, step, given)
    form = StepForm(
        step, matter, by, as_form_data(step, given), as_form_files(step, given)
    )
    if not form.is_valid():
        raise Unfit(
            [
                (None if name == "__all__" else name.replace("-", "."), str(error))
                for name, errors in form.errors.items()
                for error in errors
            ]
        )
    return take_step(
        matter, step.name, by=by, now=now, given=form.given, version=given.version
    )


def _check_claims(matter: Matter, step: Step, given: Given) -> None:
    known = {claim.place for claim in matter.claims.all()}
    for field in step.fields:
        if field.ask in {Ask.ANSWERS, Ask.RATINGS}:
            places = [one.claim for one in getattr(given, field.name) or ()]
            if len(places) != len(set(places)) or not known.issuperset(places):
                raise NoSuchClaim(
                    _("诉求点的序号不对，这件事有：%(known)s。")
                    % {"known": _("、").join(str(place) for place in sorted(known))},
                    field=field.name,
                )
