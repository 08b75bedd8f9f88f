"""Random answers to the fields of a step: fitting ones, or whatever comes."""

from datetime import timedelta

from django.utils.timezone import localdate

from shuoshi.matters.models import Matter, Part
from shuoshi.matters.rules.answers import ClaimAnswer, ClaimRating, outcomes_for
from shuoshi.matters.rules.fields import Ask
from shuoshi.matters.rules.states import Grade, Outcome
from shuoshi.matters.rules.table import STEPS
from tests.matters.house import House


class Answerer:
    """Answers the fields of any step at random, from a seeded source."""

    def __init__(self, house: House, chance) -> None:
        self.house, self.chance = house, chance

    def answer(self, name: str, matter: Matter, now, *, fitting: bool = False) -> dict:
        given = {
            field.name: self._field(field, matter, now) for field in STEPS[name].fields
        }
        return given | self._fitting(given, matter, now) if fitting else given

    def _fitting(self, given, matter, now) -> dict:
        """Return what the rules would refuse, as they want it."""
        today, due = localdate(now), localdate(matter.answer_due_at)
        fit = {
            "finish_on": max(min(today + timedelta(days=1), due), today),
            "until": max(due, today) + timedelta(days=3),
            "meet_on": today,
            "petition_class": self.chance.choice(["", "SUGGESTION", "GRIEVANCE"]),
            "answers": self._good_answers(given, matter),
            "objects": [],
            "object_units": [],
        }
        if "into" in given:
            fit["into"] = Matter.objects.filter(mine=matter.mine).earliest("pk")
        return {name: value for name, value in fit.items() if name in given}

    def _good_answers(self, given, matter):
        allowed = outcomes_for(
            petition_class=matter.petition_class,
            request_type=given.get("request_type", matter.request_type),
        )
        outcome = self.chance.choice(sorted(allowed))
        return [
            ClaimAnswer(claim.pk, "属实", outcome, solved=True, basis="规定")
            for claim in matter.claims.all()
        ]

    def _field(self, field, matter, now):
        if not field.required and self.chance.random() < 0.7:
            return _nothing(field)
        return getattr(self, f"_{field.ask}")(field, matter, now)

    def _text(self, _field, _matter, _now):
        return self.chance.choice(["已经查过。", "需要再议。", "职工反映属实。"])

    _line = _text

    def _day(self, _field, _matter, now):
        return localdate(now) + timedelta(
            days=self.chance.choice([-2, 0, 1, 2, 5, 20, 40])
        )

    def _yes(self, _field, _matter, _now):
        return self.chance.random() < 0.5

    def _choice(self, field, _matter, _now):
        return self.chance.choice(field.choices.values)

    def _category(self, _field, _matter, _now):
        return None

    def _unit(self, _field, _matter, _now):
        return self.chance.choice(
            [u for n, u in self.house.units.items() if n != "root"]
        )

    def _units(self, field, matter, now):
        return [self._unit(field, matter, now)]

    def _person(self, _field, _matter, _now):
        return self.chance.choice(list(self.house.people.values()))

    def _people(self, field, matter, now):
        return [self._person(field, matter, now)]

    def _matter(self, _field, matter, _now):
        return self.chance.choice(list(Matter.objects.filter(mine=matter.mine)))

    def _part(self, _field, matter, _now):
        parts = list(Part.objects.filter(matter=matter))
        return self.chance.choice(parts) if parts else Part(matter=matter)

    def _answers(self, _field, matter, _now):
        return [
            ClaimAnswer(
                claim.pk,
                self.chance.choice(["属实", "不属实", " "]),
                self.chance.choice([*Outcome.values, Outcome.SUPPORTED]),
                self.chance.random() < 0.7,
                basis=self.chance.choice(["", "规定"]),
            )
            for claim in matter.claims.all()
        ]

    def _ratings(self, _field, matter, _now):
        return [
            ClaimRating(
                claim.pk, self.chance.choice(Grade.values), self.chance.random() < 0.6
            )
            for claim in matter.claims.all()
        ]

    def _claims(self, _field, _matter, _now):
        return ["热饭", "开门时间"]

    def _files(self, _field, _matter, _now):
        return []


def _nothing(field):
    many = {Ask.UNITS, Ask.PEOPLE, Ask.FILES, Ask.CLAIMS}
    if field.ask in many:
        return []
    return None if field.ask in {Ask.UNIT, Ask.CATEGORY, Ask.DAY, Ask.PERSON} else ""
