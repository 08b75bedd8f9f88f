"""Say how to get into the demo."""

from shuoshi.accounts.queries.people import person_named
from shuoshi.demo.entrances import demo_receipts
from shuoshi.demo.people import LOGINS, demo_password
from shuoshi.matters.rules.receipts import grouped


def demo_is_open() -> bool:
    """Tell whether the demo is loaded and its password still opens it."""
    person = person_named(LOGINS[0].username)
    return person is not None and person.check_password(demo_password())


def sign_ins() -> list[dict[str, str]]:
    """Return one log-in a role."""
    return [
        {
            "role": str(login.role.label),
            "title": login.title,
            "username": login.username,
            "password": demo_password(),
        }
        for login in LOGINS
    ]


def receipts() -> list[str]:
    """Return receipts that show progress at /progress/."""
    return list(demo_receipts().values())


def welcome() -> str:
    """Return the log-ins and receipts as a table for people."""
    lines = [f"演示登录（密码都是 {demo_password()}）："]
    lines += [
        f"  {login.username:<10} {login.role.label}（{login.title}）"
        for login in LOGINS
    ]
    lines += ["演示查询码（/progress/）："]
    lines += [
        f"  {grouped(receipt)}  {said}"
        for receipt, said in zip(
            receipts(), ("正在办理", "已经回复，等待评价"), strict=True
        )
    ]
    return "\n".join(lines)
