"""The sheets of tests/samples/sheets: invented appendices, in the layouts that offices use.

Nothing in them is of a real office. The layouts follow descriptions of real ones: titles above the
head, heads of two rows, rows of groups, merged and repeated numbers, dates and numbers as people
write them. `python -m tools.sample_sheets` writes them; two go through LibreOffice to become .ods.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent.parent / "tests" / "samples" / "sheets"

_MADE = datetime(2026, 11, 27)  # noqa: DTZ001  # a workbook has no time zone

Rows = Sequence[Sequence[Any]]


class Sheet(NamedTuple):
    """A sheet: its rows, the ranges that are merged, the formats of cells, whether it is hidden."""

    rows: Rows
    merged: str = ""
    formats: Mapping[str, str] = {}
    is_hidden: bool = False


def day(text: str) -> date:
    """Return a day of a cell that holds a real date."""
    return date.fromisoformat(text)


_TWO_LINES = "A4:A5 B4:B5 C4:D4 E4:E5 F4:F5 G4:G5 A1:G1 A2:G2"

SHEETS: Mapping[str, Mapping[str, Sheet]] = {
    # Two rows of heads, a row that numbers the columns, groups that name the kind, a signature.
    "01-nhiem-vu-va-dot-pha.xlsx": {
        "Phụ lục 1": Sheet(
            [
                ["PHỤ LỤC 1"],
                ["NHIỆM VỤ VÀ KHÂU ĐỘT PHÁ (giả định)"],
                [],
                ["STT", "Nội dung nhiệm vụ", "Đơn vị thực hiện", None, "Thời hạn hoàn thành",
                 "Sản phẩm", "Ghi chú"],
                [None, None, "Chủ trì", "Phối hợp"],
                ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
                ["A", "NHIỆM VỤ TRỌNG TÂM"],
                [1, "Lập đề án chợ đêm ven sông", "UBND phường",
                 "Công an phường; Phòng Kinh tế, Hạ tầng", day("2027-06-30"), "Đề án",
                 "xin lùi"],
                [2, "Chỉnh trang tuyến phố kiểu mẫu.", "UBND phường\nMTTQ phường",
                 "- Công an phường\n- Đoàn Thanh niên", "31/12/2028", "Tuyến phố\nBáo cáo"],
                [3, "Cải tạo vỉa hè", "UBND phường", None, "12/2026 hoặc 1/2027", "Vỉa hè"],
                ["B", "KHÂU ĐỘT PHÁ"],
                [1, "Bồi dưỡng cán bộ trẻ", "Ban Xây dựng Đảng", None, "Quý IV/2027", "Kế hoạch"],
                [],
                [None, None, None, None, "T/M BAN THƯỜNG VỤ"],
            ],
            _TWO_LINES + " B7:G7 B11:G11 E14:G14",
        ),
    },
    # Fields of work as groups: each becomes an item, its rows the milestones. A lead over rows.
    "02-linh-vuc.xlsx": {
        "Danh mục": Sheet(
            [
                ["DANH MỤC CÔNG VIỆC THEO LĨNH VỰC (giả định)"],
                ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp",
                 "Thời gian hoàn thành", "Kết quả đầu ra"],
                ["I", "Lĩnh vực đô thị"],
                [1, "Rà soát quy hoạch", "Phòng Kinh tế, Hạ tầng và Đô thị", "UBND phường",
                 day("2026-12-31"), "Báo cáo"],
                [2, "Cấp biển số nhà", None, "Công an phường", "Tháng 6/2027", "Biển số nhà"],
                [3, "Dọn quảng cáo rao vặt", None, None, "Thường xuyên", "Báo cáo quý"],
                ["II", "Lĩnh vực văn hóa - xã hội"],
                [1, "Phòng đọc cộng đồng", "Phòng Văn hóa - Xã hội", None, "6 tháng đầu năm 2028",
                 "Phòng đọc"],
                [2, "Ngày hội thể thao", "Phòng Văn hóa - Xã hội", None, "Hằng năm", "Ngày hội"],
                ["III", "Lĩnh vực khác"],
                ["Tổng cộng", None, None, None, None, 5],
                ["Nơi nhận: như trên"],
            ],
            "A1:F1 B3:F3 B7:F7 C4:C6 A12:F12",
        ),
    },
    # 1, 1.1, 1.2: items with milestones; 1.10 typed as a number; a third level has no place.
    "03-so-thap-phan.xlsx": {
        "Sheet1": Sheet(
            [
                ["STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"],
                [1, "Chuyển đổi số trong cơ quan nhà nước", "Văn phòng", "Năm 2029"],
                [1.1, "Số hóa hồ sơ lưu trữ", "Văn phòng", "12/2026"],
                ["1.1.1", "Thuê máy quét", "Văn phòng", "10/2026"],
                ["1.2", "Trang thông tin mới", "Văn phòng", day("2027-03-01")],
                [1.3, "Tập huấn", None, None],
                ["2.", "Giữ vững trật tự đô thị", "Công an phường", "Cả nhiệm kỳ"],
                ["2.1.", "Ký cam kết với hộ kinh doanh", "Công an phường", "Trước ngày 30/6/2027"],
                ["a)", "Phát mẫu cam kết", "Công an phường", "30/4/2027"],
                ["2.2.", "Kiểm tra liên ngành", "Công an phường", "2026-2028"],
            ],
            formats={"D5": "mm/yyyy"},
        ),
    },
    # Targets by year; figures as numbers, percentages, texts with a sign, some that are not clear.
    "04-chi-tieu.xlsx": {
        "Chỉ tiêu": Sheet(
            [
                ["HỆ THỐNG CHỈ TIÊU CHỦ YẾU NHIỆM KỲ 2025-2030 (giả định)"],
                ["TT", "Tên chỉ tiêu", "Đơn vị tính", "Thực hiện 2025", "Kế hoạch", None, None,
                 "Đơn vị chủ trì"],
                [None, None, None, None, 2026, 2028, "Năm 2030"],
                ["I", "Về kinh tế"],
                [1, "Thu ngân sách trên địa bàn", "tỷ đồng", 310, 325.5, 360, "1.234,5",
                 "UBND phường"],
                [2, "Số hộ kinh doanh mới", "hộ", 900, 1000, "10.000", 12000, "UBND phường"],
                [3, "Tỷ lệ giải ngân đầu tư công", "%", 0.9, 0.95, 0.95, 0.96,
                 "UBND phường"],
                ["II", "Về xã hội"],
                [4, "Tỷ lệ hộ nghèo", "%", 1.8, "dưới 1", "dưới 0,5", "dưới 0,2",
                 "Phòng Văn hóa - Xã hội"],
                [5, "Người dân hài lòng", None, None, "≥ 90 %", "≥ 92 %", "≥ 95 %", "Văn phòng"],
                [6, "Trường đạt chuẩn", "trường", 3, 4, "5-6", 7, "Phòng Văn hóa - Xã hội"],
                [7, "Cây xanh trồng mới", "cây", None, "-", "500 cây", "từ 700 cây trở lên",
                 "UBND phường"],
                [8, "Mức độ chuyển đổi số", None, None, None, None, None, "Văn phòng"],
            ],
            "A1:H1 A2:A3 B2:B3 C2:C3 D2:D3 E2:G2 H2:H3",
            {"D7": "0%", "E7": "0%", "F7": "0%", "G7": "0%"},
        ),
    },
    # An item and its number over several rows, each a piece of its work. An .ods.
    "05-gop-o.ods": {
        "Phân công": Sheet(
            [
                ["BẢNG PHÂN CÔNG (giả định)"],
                ["STT", "Nhiệm vụ", "Công việc cụ thể", "Chủ trì", "Hạn hoàn thành", "Trọng số"],
                [1, "Xây dựng tuyến phố văn minh", "Khảo sát hiện trạng", "UBND phường",
                 day("2026-12-15"), 1],
                [None, None, "Lát vỉa hè", None, day("2027-09-30"), 3],
                [None, None, "Lắp đèn chiếu sáng", "Ban Quản lý dự án", "Quý I năm 2028", 2],
                [2, "Phòng cháy trong ngõ sâu", "Lắp trụ nước", "Công an phường",
                 day("2027-10-01")],
                [2, "Phòng cháy trong ngõ sâu", "Diễn tập", "Công an phường", "Hàng năm"],
                [3, "Sổ tay tổ dân phố", None, "Văn phòng", "1/1/1970"],
            ],
            "A1:F1 A3:A5 B3:B5 D3:D4",
            {"E6": "mm/yyyy"},
        ),
    },
    # Every way of writing a deadline, in a sheet that numbers one item on each of its rows.
    "06-thoi-han.xlsx": {
        "Thời hạn": Sheet(
            [
                ["Số TT", "NỘI DUNG", "THỜI HẠN"],
                [1, "Ngày thật", day("2027-01-15")],
                [2, "Ngày viết bằng chữ số", "15/1/2027"],
                [3, "Ngày viết đủ chữ", "ngày 15 tháng 01 năm 2027"],
                [4, "Tháng", "tháng 02 năm 2027"],
                [5, "Tháng của ô ngày", day("2027-02-01")],
                [6, "Tháng viết tắt", "T2/2027"],
                [7, "Quý", "Quý IV/2026"],
                [8, "Nửa năm", "6 tháng cuối năm 2027"],
                [9, "Năm", 2027],
                [10, "Cuối năm", "Cuối năm 2027"],
                [11, "Trước một tháng", "Xong trước tháng 7/2027"],
                [12, "Giai đoạn", "Giai đoạn 2026 - 2029"],
                [13, "Hằng năm", "Hằng năm"],
                [14, "Thường xuyên, định kỳ", "Thường xuyên, định kỳ"],
                [15, "Không ghi", None],
                [16, "Ngày không có", day("1970-01-01")],
                [17, "Hai khả năng", "12/2026 hoặc 1/2027"],
                [18, "Không có năm", "30/6"],
                [19, "Năm hai chữ số", "30/6/27"],
                [20, "Ngày không có trên lịch", "31/6/2027"],
                [21, "Đầu năm", "Đầu năm 2027"],
                [22, "Một con số", 46388],
                [23, "Công thức", "=DATE(2027,1,1)"],
                [24, "Trước nhiệm kỳ", "31/12/2020"],
                [25, None, "31/12/2027"],
            ],
            formats={"C6": "mm/yyyy"},
        ),
    },
    # English heads; the same number on several rows: an item, then pieces of its work.
    "07-english.xlsx": {
        "Annex": Sheet(
            [
                ["Annex: tasks of the term (invented)"],
                ["No.", "Task", "Lead unit", "Partner units", "Due date", "Output"],
                [1, "Night market by the river", "Ward office", "Police; Youth union",
                 "2027-06-30", "Market"],
                [1, "Site chosen", "Ward office", None, "by 31/12/2026", "Decision"],
                [1, "Stalls let", "Ward office", None, "Q1 2027", "Contracts"],
                [2, "Green schoolyards", "Schools", "n/a", "2028", "Trees"],
                ["", "Breakthroughs"],
                [3, "One window for every procedure", "Ward office", "All units", "ongoing", "-"],
            ],
            "A1:F1 A7:F7",
        ),
    },
    # No column of numbers: they stand in the titles. An .ods.
    "08-khong-cot-so.ods": {
        "Kế hoạch": Sheet(
            [
                ["Tên nhiệm vụ", "Đơn vị chủ trì", "Tiến độ hoàn thành", "Kinh phí"],
                ["I. NHIỆM VỤ CHỦ YẾU"],
                ["1. Trường học an toàn", "Phòng Văn hóa - Xã hội", "31/8/2027", 120],
                ["- Lắp camera cổng trường", "Công an phường", "6/2027", 100],
                ["- Vạch kẻ sang đường", "UBND phường", "31-08-2027", 20],
                ["2. Chợ dân sinh sạch", "UBND phường", "31.12.2027", None],
                ["II. Đột phá: Chính quyền số"],
                ["Nhiệm vụ 1: Hồ sơ không giấy", "Văn phòng", "2027", None],
            ],
            "A2:D2 A7:D7",
        ),
    },
    # A cover, tasks, targets, a hidden sheet; the head is there again on a second page.
    "09-nhieu-trang.xlsx": {
        "Bìa": Sheet([["CHƯƠNG TRÌNH HÀNH ĐỘNG (giả định)"], ["Tháng 11 năm 2026"]]),
        "Nhiệm vụ": Sheet(
            [
                ["STT", "Nội dung", "Chủ trì", "Thời hạn", "Sản phẩm"],
                [1, "Đường hoa", "MTTQ phường", "30/11/2027", '="Đường "&"hoa"'],
                [2, "Sân chơi thiếu nhi", "Đoàn Thanh niên", "1/6/2028", "Sân chơi"],
                ["STT", "Nội dung", "Chủ trì", "Thời hạn", "Sản phẩm"],
                [3, "Đường  Hoa", "MTTQ phường", "30/11/2028", "Đường hoa"],
                [4, "Vườn trong ngõ", "MTTQ phường", None, None],
                ["Cộng", None, None, None, 4],
            ],
        ),
        "Chỉ tiêu": Sheet(
            [
                ["STT", "Chỉ tiêu", "ĐVT", "Đến năm 2030", "Ghi chú"],
                [1, "Sân chơi", "sân", 12, "so với 5"],
                [2, "Đường hoa", "km", 3.5],
            ],
        ),
        "Nháp": Sheet([["STT", "Nội dung", "Chủ trì"], [1, "Bỏ", "x"]], is_hidden=True),
    },
    # Heads that nobody can guess: they need --map. No accents, capitals, line ends.
    "10-dau-de-la.xlsx": {
        "TO CHUC": Sheet(
            [
                ["BANG THEO DOI (GIA DINH)"],
                ["VIEC\nPHAI LAM", "AI LAM", "XONG KHI NAO", "MOC 2030", "LAM VOI AI"],
                ["Don ve sinh chu nhat xanh", "UBND phuong", "hang tuan", None, "To dan pho"],
                ["Hop giao ban", "Van phong", "30/6/2027", None, None],
            ],
            "A1:E1",
        ),
    },
}  # fmt: skip
"""The sheets of each workbook, by name."""

_COMPUTED = {"09-nhieu-trang.xlsx"}
"""The workbooks whose formulas have results: those of the others have none."""

MAPPED = {
    "10-dau-de-la.xlsx": ("Việc phải làm=title", "AI LAM=lead", "xong khi nào=due",
                          "Làm với ai=partners"),
}  # fmt: skip
"""The heads that have to be named, by the name of the workbook."""


def main(folder: Path = FOLDER) -> None:
    """Write the workbooks into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, sheets in SHEETS.items():
        book = openpyxl.Workbook()
        book.properties.created = book.properties.modified = _MADE
        assert book.active is not None  # noqa: S101  # a new workbook has a sheet
        book.remove(book.active)
        for title, sheet in sheets.items():
            _fill(book.create_sheet(title), sheet)
        path = (folder / name).with_suffix(".xlsx")
        book.save(path)
        if name.endswith(".ods") or name in _COMPUTED:
            _through_office(path, Path(name).suffix.lstrip("."))


def _fill(sheet: Worksheet, content: Sheet) -> None:
    for number, row in enumerate(content.rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    for each in content.merged.split():
        sheet.merge_cells(each)
    for cell, code in content.formats.items():
        sheet[cell].number_format = code
    if content.is_hidden:
        sheet.sheet_state = "hidden"


def _through_office(path: Path, ending: str) -> None:
    """Save a workbook anew with LibreOffice, which computes its formulas; only that one is kept."""
    office = shutil.which("soffice")
    assert office  # noqa: S101  # whoever makes the samples has it
    with tempfile.TemporaryDirectory() as folder:
        command = [office, "--headless", f"-env:UserInstallation=file://{folder}/user",
                   "--convert-to", ending, "--outdir", folder, str(path)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own words
        path.unlink()
        shutil.copyfile(Path(folder) / f"{path.stem}.{ending}", path.with_suffix(f".{ending}"))


if __name__ == "__main__":
    main()
