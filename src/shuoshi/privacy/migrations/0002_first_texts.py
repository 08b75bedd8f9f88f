from django.db import migrations
from django.utils import timezone


# A sample for the invented mine: a house puts its own words in its place.
SPEAK = """一、谁在处理您的信息。本单位（矿）党群工作部负责党员说事室，是个人信息的处理者。联系方式见说事室门口和公开栏。

二、为了什么、凭什么处理。只为登记、办理、答复您说的事，并按《信访工作条例》履行接待、办理和督办的责任；办理本身不以您同意为前提，但必须让您知道。

三、处理哪些信息。您选“实名”或“保密”时的姓名、联系方式；您写的事情、地点、诉求；您传的照片和材料（照片里的拍摄时间、地点等隐藏信息收下时就去掉）。您选“匿名”时，不留姓名、电话，也不记录您的手机和网址。

四、谁看得到。实名的，经办这件事的人看得到您是谁；保密的，只有首问人和统筹人员看得到，每看一次都留下记录；被反映的人和有利害关系的人看不到。检举控告密封后只有纪委看得到。不公开您的姓名，不用来给任何人打分、排名，也不由机器自动作决定。

五、给不给外单位。不给。确实需要转给法律援助、工会、上级信访机构等单位的，先告诉您给谁、给什么、为什么，取得您的单独同意；法律规定必须提供的除外。每次都登记。

六、保存多久。姓名和联系方式在事情办结后保存24个月，附件保存36个月，期满清除；依法应当归档的，只保管、不使用。

七、您的权利。凭回执号打开“我的信息”，可以查阅、复制、更正、删除自己的信息，撤回同意，要求解释。我们在15个工作日内答复；不能照办的，说明理由。不满意，可以请求复查，也可以向履行个人信息保护职责的部门投诉、举报。

八、涉密不上网。国家秘密、工作秘密不要写在这里，请到说事室当面说。"""
SPEAK_EN = """1. Who handles your information. The Party and mass work department of this mine runs the talk room and answers for it. How to reach it is written at its door and on the notice board.

2. What for, and on which ground. Only to register, handle and answer what you raise, and to do what the Regulations on Petition Work demand. This does not rest on your consent, but you must know of it.

3. Which information. Your name and contact, if you choose named or confidential; what you write about the matter, the place and what you ask; the photos and papers you hand in (hidden data such as time and place of a photo are removed at once). If you choose anonymous, no name and no telephone are kept, and neither your device nor your address is recorded.

4. Who sees it. Named: those who handle the matter see who you are. Confidential: only the first receiver and the coordinator, and every look is recorded. Those complained about and those with an interest see nothing. Accusations under seal are read by the discipline committee alone. Your name is not published, nobody is scored or ranked, and no machine decides.

5. Outside the mine. Nothing is given away. Where it must go to legal aid, the union or a higher petition office, you are first told to whom, what and why, and asked for your separate consent, unless the law demands it. Each time is registered.

6. How long. Name and contact for 24 months after the matter has ended, files for 36 months, then erased; what the law wants archived is stored and not used.

7. Your rights. With your receipt number open "My information" to read, copy, correct or erase it, take back a consent or ask for an explanation. We answer within 15 working days and give reasons for a refusal. You may ask for a review, or complain to the authority for personal information.

8. No secrets online. State and work secrets do not belong here: come to the talk room."""
SENSITIVE = """您说的内容里如果有健康、病历、收入、银行账户、宗教信仰、行踪或者不满十四周岁孩子的情况，这些是敏感个人信息，一旦泄露可能伤害人格尊严或者人身、财产安全。

只在办理这件事确有必要时，由经办这件事的人使用，不作别的用途；与其他内容一样加密保管、到期清除。

同意是自愿的。不同意，可以把这些内容删去再提交，不影响办理其他部分。同意以后随时可以凭回执号在“我的信息”里撤回；撤回前已经做的仍然有效，撤回后不再使用。"""
SENSITIVE_EN = """If what you say holds something about health, medical records, income, bank accounts, belief, whereabouts or a child under fourteen, that is sensitive personal information: once leaked, it may harm a person's dignity, body or property.

It is used only where handling this matter needs it, by those who handle it, and for nothing else; it is kept encrypted and erased in time like the rest.

Consent is free. Without it, take these parts out and send the rest, which is handled all the same. You may take it back at any time in "My information"; what was done before stays lawful, and it is not used any more."""
OUTSIDE = """办理您的事需要本单位以外的单位（例如法律援助中心、工会组织、上级信访机构）协助时，我们会把办理所必需的内容提供给它。提供前登记：给谁、给什么、凭什么；您在“我的信息”里看得到每一次。

您的同意是自愿的，可以不同意，也可以随时撤回。不同意或者撤回的，我们不提供；因此办不成的部分，会告诉您别的路。法律规定必须提供的，依照法律。"""
OUTSIDE_EN = """Where handling your matter needs help from outside this mine (legal aid, a union, a higher petition office), we give it what is necessary. Before that it is registered to whom, what and on which ground; you see each time in "My information".

Your consent is free; you may refuse or take it back at any time. Then nothing is given, and you are told which other road there is. What the law demands is given by law."""
STAFF = """一、本单位为说事室的工作处理您的账号信息：姓名、登录名、电话、岗位、登录时间和您在系统里做过的事。依据是依法制定的劳动规章制度和履行法定职责，不另行征求同意。

二、您在系统里查看受保护的内容、导出、登录，都留下记录，供审计管理员核查，保存不少于6个月。

三、不用这些记录给您打分、排名，也不由机器自动作决定。

四、您可以在“我的信息”里查阅、复制，要求更正或者解释；我们在15个工作日内答复。"""
STAFF_EN = """1. For the work of the talk room this mine handles your account: name, sign-in name, telephone, posts, when you signed in and what you did here. The ground is the labour rules made under the law and the duties it sets; consent is not asked for.

2. When you read what is protected, export or sign in, it is recorded for the auditor and kept for six months at least.

3. None of this scores or ranks you, and no machine decides.

4. In "My information" you may read and copy it, and ask for correction or an explanation; we answer within 15 working days."""
TEXTS = {
    "SPEAK": (SPEAK, SPEAK_EN),
    "SENSITIVE": (SENSITIVE, SENSITIVE_EN),
    "OUTSIDE": (OUTSIDE, OUTSIDE_EN),
    "STAFF": (STAFF, STAFF_EN),
}


def write(apps, _schema_editor):
    Telling = apps.get_model("privacy", "Telling")
    for purpose, (body, body_en) in TEXTS.items():
        Telling.objects.create(
            mine_id=0,
            purpose=purpose,
            version=1,
            body=body,
            body_en=body_en,
            is_sample=True,
            valid_from=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
