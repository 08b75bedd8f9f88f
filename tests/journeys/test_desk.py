"""The people who work: they register, sort, deliberate, handle, answer, and find again."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.models import Matter
from tests.journeys.desk import session_of
from tests.matters.house import Story, build_house, raised
from tests.support.pages import overflow


pytestmark = pytest.mark.django_db(transaction=True)
LONG = (
    "关于北风井通风不畅请求增设局部通风机并同时改善更衣室热水供应和班中餐配送时间的建议"
    * 3
)


@pytest.fixture
def house(db):
    house = build_house()
    put_on_duty(house.people["receiver"], unit=house.units["party"], day=localdate())
    return house


@pytest.fixture
def sit(visitor, live_server, house):
    """Return ``sit("receiver")``: a page at the desk of that person."""

    def seated(who, size="desk", **options):
        page = visitor(size, **options)
        cookie = session_of(house.people[who]) | {"url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return seated


def sheet(matter):
    return f"/desk/matters/{matter.number}/"


def act(page, label):
    """Open the form of a step in place and return it."""
    box = page.locator(
        "details.act", has=page.locator("summary", has_text=re.compile(f"^{label}$"))
    )
    box.locator("summary").click()
    form = box.locator("form")
    expect(form).to_be_visible()
    return form


def done(page, label):
    expect(page.get_by_role("status")).to_contain_text(f"已办：{label}")


def day(days):
    return (localdate() + timedelta(days=days)).isoformat()


def test_registering_without_the_mouse(sit, axe, screenshot):
    page = sit("receiver")
    page.goto("/desk/")
    expect(page.get_by_role("heading", name="没有等您办的事")).to_be_visible()
    axe(page)
    screenshot(page, "desk-empty")

    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/desk/register/$"))
    axe(page)
    expect(page.get_by_label("什么事")).to_be_focused()
    keys = page.keyboard
    keys.type("澡堂三天没有热水，下班的人都没法洗。")
    keys.press("Tab")
    keys.press("ArrowDown")
    expect(page.get_by_label("保密")).to_be_checked()
    keys.press("Tab")
    keys.type("赵六")
    keys.press("Tab")
    keys.type("8123")
    keys.press("Tab")
    keys.type("one")
    screenshot(page, "desk-register")
    # A slip of the hand registers nothing: Enter goes to the next field.
    keys.press("Enter")
    expect(page.get_by_label("地点")).to_be_focused()
    keys.press("Control+Enter")

    expect(page.get_by_role("heading", name="已登记，编号")).to_be_visible()
    expect(page.locator(".receipt .code")).to_have_text(
        re.compile(r"^\s*\d{4}\s*\d{4}\s*\d{4}\s*\d{4}\s*$")
    )
    axe(page)
    screenshot(page, "desk-registered")
    page.get_by_role("link", name="打开这件事").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("澡堂三天没有热水")
    assert Matter.objects.get().identity == "CONFIDENTIAL"


def test_solving_on_the_spot(sit, axe):
    page = sit("receiver")
    page.goto("/desk/register/")
    page.get_by_label("什么事").fill("请问探亲假怎么请？")
    page.get_by_label("匿名").check()
    page.get_by_role("button", name="登记并当场办结").click()
    expect(page.locator(".receipt")).to_be_visible()
    axe(page)

    page.get_by_label("诉求类型").select_option("咨询")
    page.get_by_label("事实和答复").fill("提前一周向队里请假，凭证明报销路费。")
    page.get_by_label("处理结果").select_option("解释说明")
    page.get_by_label("问题已经解决").check()
    page.get_by_role("button", name="当场办结").click()

    done(page, "即事即办")
    assert Matter.objects.get().state == "ANSWERED"


def test_from_triage_to_the_answer(sit, house, watch, axe, screenshot):
    watch.expect(422)
    matter = raised(house, now=now())
    page = sit("receiver")
    page.goto("/desk/")
    page.get_by_role("link", name="食堂晚班没有热饭").first.click()
    form = act(page, "择事分办")
    axe(page)
    form.locator(".buttons button").click()
    expect(form.locator(".field.wrong")).to_have_count(2)
    axe(page)
    screenshot(page, "desk-step-refused")
    form.get_by_role("combobox", name="主办单位").select_option("one队")
    form.get_by_label("诉求类型").select_option("投诉")
    form.locator(".buttons button").click()
    done(page, "择事分办")

    page = sit("head")
    page.goto(sheet(matter))
    form = act(page, "受理签收")
    form.get_by_label("经办人").select_option("handler某")
    form.locator(".buttons button").click()
    done(page, "受理签收")

    page = sit("handler")
    page.goto(sheet(matter))
    form = act(page, "报告进展")
    form.get_by_label("进展").fill("已找食堂谈过。")
    form.locator(".buttons button").click()
    done(page, "报告进展")
    form = act(page, "答复")
    form.get_by_label("事实和答复").fill("晚班从今天起有热饭。")
    form.get_by_label("处理结果").select_option("支持")
    form.get_by_label("问题已经解决").check()
    form.locator(".buttons button").click()
    done(page, "答复")
    expect(page.locator(".claims")).to_contain_text("晚班从今天起有热饭。")
    axe(page)
    screenshot(page, "desk-sheet")


def test_deliberation(sit, house):
    matter = Story(house, now=now()).handling().matter
    page = sit("leader")
    page.goto(sheet(matter))
    form = act(page, "召集议事")
    form.get_by_label("要议的问题").fill("热饭由谁送？")
    form.get_by_label("two队").check()
    form.get_by_label("召集人").select_option("leader某")
    form.locator(".buttons button").click()
    done(page, "召集议事")

    other = sit("other_head")
    other.goto("/desk/")
    expect(other.get_by_role("cell", name="提出本单位的意见")).to_be_visible()
    other.goto(sheet(matter))
    form = act(other, "提出意见")
    form.get_by_role("textbox", name="意见").fill("送饭的车由我们出。")
    form.locator(".buttons button").click()
    done(other, "提出意见")

    page.goto(sheet(matter))
    expect(page.get_by_role("region", name="其他单位").last).to_contain_text("送饭的车")
    form = act(page, "形成结论")
    form.get_by_label("结论", exact=False).first.fill("食堂做，two队送。")
    form.get_by_role("combobox", name="主办单位").select_option("one队")
    form.get_by_label("经办人").select_option("handler某")
    form.get_by_label("完成日期").fill(day(1))
    form.locator(".buttons button").click()
    done(page, "形成结论")


def test_extension_is_asked_and_granted(sit, house):
    matter = Story(house, now=now()).handling().matter
    page = sit("handler")
    page.goto(sheet(matter))
    form = act(page, "申请延期")
    form.get_by_label("延到").fill(day(20))
    form.get_by_label("理由").fill("等配件到货。")
    form.locator(".buttons button").click()
    done(page, "申请延期")

    leader = sit("leader")
    leader.goto("/desk/")
    leader.get_by_role("link", name="食堂晚班没有热饭").first.click()
    form = act(leader, "批准延期")
    form.get_by_label("理由").fill("情况属实。")
    form.locator(".buttons button").click()
    done(leader, "批准延期")
    leader.get_by_role("link", name="延期告知书").click()
    expect(leader.get_by_role("main")).to_contain_text("情况属实。")


def test_supervising_and_instructing(sit, house):
    matter = Story(house, now=now()).handling().matter
    for who, label, words in (
        ("coordinator", "督办", "督办要求"),
        ("leader", "批示", "批示内容"),
    ):
        page = sit(who)
        page.goto(sheet(matter))
        form = act(page, label)
        form.get_by_label(words).fill("明天下班前办好。")
        form.get_by_label("完成日期").fill(day(1))
        form.locator(".buttons button").click()
        done(page, label)
    expect(page.get_by_role("region", name="督办和批示")).to_contain_text("leader某")


def test_declining_with_a_printable_notice(sit, house, axe, screenshot):
    matter = raised(house, now=now())
    page = sit("receiver")
    page.goto(sheet(matter))
    form = act(page, "不予受理")
    form.get_by_label("依据").select_option(index=2)
    form.get_by_label("理由").fill("属于劳动争议。")
    form.get_by_label("可以走的另一条路").fill("请到市劳动仲裁委员会申请仲裁。")
    form.locator(".buttons button").click()
    done(page, "不予受理")

    page.get_by_role("link", name="不予受理告知书").click()
    expect(page.get_by_role("main")).to_contain_text("市劳动仲裁委员会")
    axe(page)
    screenshot(page, "desk-letter")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    page.goto(f"{sheet(matter)}slip/")
    axe(page)
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_sealed_hand_over(sit, house, axe, screenshot):
    matter = raised(house, now=now())
    page = sit("receiver")
    page.goto(sheet(matter))
    form = act(page, "密封移送纪委")
    form.get_by_label("理由").fill("属于检举控告。")
    form.locator(".buttons button").click()
    done(page, "密封移送纪委")
    expect(page.get_by_role("heading", level=1)).to_have_text("已密封移送纪委")
    expect(page.locator("body")).not_to_contain_text("热饭")
    axe(page)
    screenshot(page, "desk-sealed")

    committee = sit("discipline")
    committee.goto(sheet(matter))
    expect(committee.get_by_role("main")).to_contain_text("食堂晚班没有热饭")


def test_confidential_speaker_is_shown_on_request(sit, house, axe):
    matter = raised(house, now=now(), identity="CONFIDENTIAL")
    page = sit("receiver")
    page.goto(sheet(matter))
    expect(page.locator("body")).not_to_contain_text("张三丰")
    page.get_by_role("button", name="查看说事人").click()
    expect(page.get_by_role("main")).to_contain_text("张三丰")
    axe(page)


def test_ledger_is_filtered_paged_and_taken_out(sit, house, axe, screenshot):
    for minute in range(60):
        raised(house, now=now() - timedelta(minutes=minute))
    page = sit("coordinator")
    page.goto("/desk/ledger/")
    expect(page.locator("main tbody tr")).to_have_count(25)
    axe(page)
    screenshot(page, "desk-ledger")
    page.get_by_role("link", name="下一页").click()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("main tbody tr")).to_have_count(10)
    page.get_by_role("link", name="上一页").click()
    expect(page.locator("main tbody tr")).to_have_count(25)

    page.get_by_text("选择列").click()
    page.get_by_label("首接人").check()
    page.get_by_role("button", name="就看这些").click()
    expect(page.get_by_role("columnheader", name="首接人")).to_be_visible()

    page.get_by_label("状态").select_option("已办结")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_role("heading", name="没有符合的事")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="没有办完的").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_finding_by_two_characters_and_by_number(sit, house, axe, screenshot):
    raised(house, now=now())
    raised(house, now=now(), text="暖气片漏水。")
    page = sit("coordinator")
    page.goto("/desk/")
    page.keyboard.press("/")
    page.keyboard.type("热饭")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text("热饭")
    expect(page.get_by_role("main")).to_contain_text("1件")
    axe(page)
    screenshot(page, "desk-search")

    page.get_by_label("按编号或者内容查找").fill(Matter.objects.last().number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("暖气片漏水。")


def test_inbox(sit, house, axe, screenshot):
    raised(house, now=now())
    page = sit("receiver")
    page.goto("/desk/")
    page.get_by_role("link", name="通知").click()
    expect(page.get_by_role("cell", name="未读")).to_be_visible()
    axe(page)
    screenshot(page, "desk-inbox")
    page.get_by_role("main").get_by_role("link", name="食堂晚班没有热饭").click()
    page.go_back()
    page.reload()
    expect(page.get_by_role("cell", name="已读")).to_be_visible()


def test_step_without_scripts(sit, house, watch):
    watch.expect(422)
    matter = raised(house, now=now())
    page = sit("receiver", java_script_enabled=False)
    page.goto(sheet(matter))
    page.locator("details.act summary", has_text="择事分办").click()
    page.get_by_role("link", name="去“择事分办”的表").click()
    page.get_by_role("button", name="择事分办").click()
    expect(page.locator(".field.wrong")).to_have_count(2)
    page.get_by_role("combobox", name="主办单位").select_option("one队")
    page.get_by_label("诉求类型").select_option("投诉")
    page.get_by_role("button", name="择事分办").click()
    done(page, "择事分办")


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("look", ["usual", "large", "english"])
def test_looks(sit, house, live_server, axe, screenshot, size, look):
    house.units["one"].name = LONG[:60]
    house.units["one"].save()
    matter = Story(house, now=now(), text=LONG, name="欧阳" * 20).handling().matter
    for _ in range(3):
        raised(house, now=now())
    page = sit("coordinator", size)
    cookie = {
        "usual": {},
        "large": {"name": "shuoshi_type", "value": "large"},
        "english": {"name": "django_language", "value": "en"},
    }[look]
    if cookie:
        page.context.add_cookies([cookie | {"url": live_server.url}])
    for name, path in {
        "bench": "/desk/",
        "sheet": sheet(matter),
        "ledger": "/desk/ledger/",
        "register": "/desk/register/",
        "zone": "/desk/zones/handling/",
        "inbox": "/desk/notices/",
        "slip": f"{sheet(matter)}slip/",
    }.items():
        page.goto(path)
        axe(page)
        assert overflow(page) <= 0, name
        screenshot(page, f"desk-{name}-{size}-{look}")
