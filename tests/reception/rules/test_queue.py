from datetime import time

from shuoshi.reception.rules.queue import Waiting, in_order


NINE, TEN, ELEVEN = time(9), time(10), time(11)


def order(*waiting, at=TEN):
    return [one.pk for one in in_order(waiting, at=at)]


def test_without_times_it_is_the_turn():
    assert order(Waiting(1, 3), Waiting(2, 1), Waiting(3, 2)) == [2, 3, 1]


def test_a_booked_time_that_has_come_goes_first():
    walked_in, booked = Waiting(1, 1), Waiting(2, 2, TEN)

    assert order(walked_in, booked, at=TEN) == [2, 1]
    assert order(walked_in, booked, at=NINE) == [1, 2]


def test_of_two_times_the_earlier_goes_first_whoever_came_first():
    assert order(Waiting(1, 1, TEN), Waiting(2, 2, NINE), at=ELEVEN) == [2, 1]


def test_nobody_is_an_empty_queue():
    assert order() == []
