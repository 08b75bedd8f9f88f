from shuoshi.matters.rules.figures import FIGURES, MEASURES, OVERDUE


def test_every_figure_is_counted():
    names = {*MEASURES, OVERDUE}

    assert {figure.numerator for figure in FIGURES.values()} <= names
    assert {figure.denominator for figure in FIGURES.values()} <= names
