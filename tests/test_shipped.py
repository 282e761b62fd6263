"""The shipped resolution: its terms word for word, and nothing added to what was published."""

import tomllib
from datetime import date
from typing import Any

import pytest

from tests.support import SHIPPED, Run

# Titles and summaries, in Vietnamese and in English. They follow the published article; a word that
# shifts the meaning is a fault, so change one only where the article says so.
ITEMS = {
    "T1": (
        "Xây dựng Đảng, hệ thống chính trị trong sạch, vững mạnh và chính quyền liêm chính",
        "Clean and strong Party and political system; government of integrity",
        (
            "Xây dựng, chỉnh đốn Đảng và hệ thống chính trị; bộ máy hiệu lực, hiệu quả; chính "
            "quyền liêm chính, hành động, trách nhiệm, phục vụ, của dân, do dân, vì dân."
        ),
        (
            "Build and rectify the Party and the political system; an effective apparatus; a "
            "government of integrity, action, responsibility and service, of, by and for the "
            "people."
        ),
    ),
    "T2": (
        "Cải cách hành chính và huy động các nguồn lực đầu tư phát triển",
        "Administrative reform and resources for development",
        (
            "Cải cách hành chính, giải quyết thủ tục bằng công nghệ thông tin; huy động các nguồn "
            "lực đầu tư phát triển kinh tế; ngân sách ưu tiên giáo dục, văn hóa, hạ tầng giao "
            "thông đô thị, chuyển đổi số."
        ),
        (
            "Administrative reform, procedures handled with information technology; resources "
            "mobilised to invest in the economy; budget first for education, culture, urban "
            "transport and digital transformation."
        ),
    ),
    "T3": (
        "Hạ tầng, đất đai, trật tự xây dựng, chỉnh trang đô thị và môi trường",
        "Infrastructure, land, construction order, urban improvement and environment",
        (
            "Đầu tư hạ tầng; quản lý đất đai, trật tự xây dựng; chỉnh trang đô thị; bảo vệ môi "
            "trường, đều theo đúng quy định."
        ),
        (
            "Invest in infrastructure; manage land and construction order; improve the urban "
            "look; protect the environment, all by the rules."
        ),
    ),
    "T4": (
        "Thông tin cơ sở và an sinh xã hội",
        "Grassroots information and social security",
        (
            "Thông tin cơ sở hiệu quả hơn, gắn với chuyển đổi số; thực hiện đồng bộ chính sách an "
            "sinh xã hội, nâng chất lượng sống của nhân dân."
        ),
        (
            "More effective grassroots information, tied to digital transformation; "
            "social-security policies carried out together, raising people's quality of life."
        ),
    ),
    "T5": (
        "An ninh chính trị, trật tự an toàn xã hội và quốc phòng toàn dân",
        "Political security, public order and all-people defence",
        (
            "Giữ vững an ninh chính trị, trật tự an toàn xã hội; củng cố quốc phòng toàn dân, thế "
            "trận an ninh nhân dân, gắn với phát triển kinh tế - xã hội."
        ),
        (
            "Keep political security, public order and safety; strengthen all-people defence and "
            "the people's security posture, tied to socio-economic development."
        ),
    ),
    "T6": (
        "Quản lý, điều hành của chính quyền và chuyển đổi số trong cơ quan nhà nước",
        "Government administration and digital transformation of state agencies",
        (
            "Quản lý, điều hành của chính quyền hiệu lực, hiệu quả hơn; chuyển đổi số trong cơ "
            "quan nhà nước làm động lực cho văn hóa, kinh tế, xã hội, tiến tới chính quyền số."
        ),
        (
            "More effective administration; digital transformation of state agencies as a driving "
            "force for culture, economy and society, toward digital government."
        ),
    ),
    "T7": (
        "Công tác kiểm tra và phòng ngừa tham nhũng",
        "Inspection and prevention of corruption",
        (
            "Công tác kiểm tra hiệu quả hơn; các giải pháp phòng ngừa tham nhũng được thực hiện "
            "đồng bộ."
        ),
        "More effective inspection; measures to prevent corruption carried out together.",
    ),
    "T8": (
        "Mặt trận Tổ quốc, các tổ chức chính trị - xã hội và quyền làm chủ của nhân dân",
        "The Fatherland Front, socio-political organisations and the people's mastery",
        (
            "Đổi mới phương thức, nâng hiệu quả hoạt động của Mặt trận Tổ quốc và các tổ chức "
            "chính trị - xã hội; bám sát địa bàn, gần dân, sát dân; chăm lo, bảo vệ quyền, lợi "
            "ích chính đáng của đoàn viên, hội viên và nhân dân."
        ),
        (
            "Renew the ways and raise the effectiveness of the Front and the organisations; close "
            "to the neighbourhoods and the people; care for and protect the lawful rights and "
            "interests of members and citizens."
        ),
    ),
    "B1": (
        "Đội ngũ cán bộ, công chức, viên chức đáp ứng nhiệm vụ mới",
        "Officials, civil servants and public employees fit for the new duties",
        (
            "Cán bộ, công chức, viên chức có trình độ chuyên môn cao, có năng lực và uy tín, đáp "
            "ứng yêu cầu nhiệm vụ mới."
        ),
        (
            "Officials, civil servants and public employees of high professional level, ability "
            "and standing, as the new duties require."
        ),
    ),
    "B2": (
        "Chuyển đổi số trong quản lý nhà nước, công tác Đảng, Mặt trận và đoàn thể; chính quyền số",
        (
            "Digital transformation of state management, Party, Front and organisations; digital "
            "government"
        ),
        (
            "Chuyển đổi số trong quản lý nhà nước của chính quyền, công tác Đảng, Mặt trận Tổ "
            "quốc và các tổ chức chính trị - xã hội; từng bước có chính quyền điện tử, chính "
            "quyền số."
        ),
        (
            "Digital transformation in state management, Party work, the Front and the "
            "organisations; step by step to e-government and digital government."
        ),
    ),
}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return tomllib.loads(SHIPPED.read_text(encoding="utf-8"))


def test_the_ten_items_stand_word_for_word_in_the_resolutions_order(
    shipped: dict[str, Any],
) -> None:
    assert [task["id"] for task in shipped["tasks"]] == [f"T{number}" for number in range(1, 9)]
    assert [item["id"] for item in shipped["breakthroughs"]] == ["B1", "B2"]
    texts = {
        item["id"]: (
            item["title"]["vi"],
            item["title"]["en"],
            item["summary"]["vi"],
            item["summary"]["en"],
        )
        for item in shipped["tasks"] + shipped["breakthroughs"]
    }
    assert texts == ITEMS


def test_no_lead_date_target_progress_or_update_is_invented(shipped: dict[str, Any]) -> None:
    assert shipped.keys() == {"schema", "resolution", "tasks", "breakthroughs"}
    for item in shipped["tasks"] + shipped["breakthroughs"]:
        assert item.keys() == {"id", "title", "summary", "status", "progress"}
        assert (item["status"], item["progress"]) == ("not-started", 0)
        assert item["title"].keys() == item["summary"].keys() == {"vi", "en"}


def test_the_head_names_body_congress_term_and_article_and_no_more(shipped: dict[str, Any]) -> None:
    assert shipped["resolution"] == {
        "id": "phuong-liet-2025-2030",
        "body": {
            "vi": "Đảng bộ phường Phương Liệt",
            "en": "Party organisation of Phương Liệt ward, Hà Nội",
        },
        "congress": {
            "vi": "Đại hội đại biểu Đảng bộ phường Phương Liệt lần thứ I, nhiệm kỳ 2025-2030",
            "en": (
                "1st congress of delegates of the Party organisation of Phương Liệt ward, "
                "term 2025-2030"
            ),
        },
        "title": {
            "vi": (
                "Nghị quyết Đại hội đại biểu Đảng bộ phường Phương Liệt lần thứ I, "
                "nhiệm kỳ 2025-2030"
            ),
            "en": (
                "Resolution of the 1st congress of delegates of the Party organisation of "
                "Phương Liệt ward, term 2025-2030"
            ),
        },
        "term": {"start": date(2025, 8, 18), "end": date(2030, 12, 31)},
        "sources": [
            (
                "Gia Hân, “Phường Phương Liệt quyết tâm tạo đột phá trong quản lý đô thị”, "
                "10:08, 18/08/2025"
            )
        ],
    }


def test_the_file_says_that_both_ends_of_the_term_are_assumptions() -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    ends = [line for line in lines if line.startswith("term.")]
    assert len(ends) == 2
    assert all("# an assumption" in line for line in ends)


def test_the_file_says_that_its_wording_is_a_short_form() -> None:
    comments = " ".join(
        line.lstrip("# ")
        for line in SHIPPED.read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    )
    assert "the wording that binds is the resolution's" in comments


def test_every_shipped_item_is_unreported(run: Run) -> None:
    report = run("report", "--file", str(SHIPPED))
    assert (report.code, report.err) == (0, "")
    assert report.out.count("unreported") == 10
