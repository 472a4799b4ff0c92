"""Columns of a table, and keys of a note's head: which field of which kind each one means.

A name is compared without case, accents, spaces and marks, in English and in the words of the glossary in other
languages. What no name fits can be told by hand.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from fieldgate.domain.folding import fold

NAMES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "hypothesis": {
        "statement": ("hypothesis", "belief", "assumption", "statement", "假設", "สมมติฐาน", "предположение",
                      "хипотеза", "giả thuyết", "we believe"),
        "area": ("area", "topic", "canvas", "lĩnh vực", "領域", "област"),
        "step": ("step", "phase", "bước", "階段", "ขั้นตอน", "стъпка"),
        "importance": ("importance", "priority", "mức quan trọng", "重要性", "ความสำคัญ", "важност"),
        "prediction": ("prediction", "expected", "expectation", "dự đoán", "預測", "การคาดการณ์", "прогноза"),
        "metric": ("metric", "measure", "measured by", "chỉ số", "指標", "ตัวชี้วัด", "показател"),
        "target_n": ("target", "target n", "sample", "sample size"),
        "pass_pct": ("pass", "pass pct", "pass line", "threshold"),
        "due": ("due", "due date", "deadline", "hạn", "期限", "กำหนด", "срок"),
        "segment": ("segment", "market segment", "phân khúc", "客群", "กลุ่มลูกค้า", "сегмент"),
    },
    "customer": {
        "name": ("customer", "name", "company", "person", "organisation", "organization", "account", "khách hàng",
                 "tên", "客戶", "客户", "ลูกค้า", "ชื่อ", "клиент", "име"),
        "segment": ("segment", "industry", "market segment", "phân khúc", "客群", "กลุ่มลูกค้า", "сегмент"),
        "role": ("role", "buying role", "vai trò", "角色", "บทบาท", "роля"),
        "awareness": ("awareness", "stage of awareness"),
        "contact": ("contact", "contact person", "e-mail", "email", "phone", "liên hệ", "聯絡人", "接口人", "ติดต่อ", "контакт"),
    },
    "interview": {
        "date": ("date", "day", "when", "met on", "interview date", "date of interview", "created", "ngày", "日期", "วันที่", "дата"),
        "customer": ("customer", "person", "company", "interviewee", "who", "who we met", "with", "met with",
                     "spoke with", "talked to", "name", "participant", "khách hàng", "客戶", "客户",
                     "ลูกค้า", "клиент"),
        "topic": ("topic", "title", "subject", "chủ đề", "主題", "หัวข้อ", "тема"),
        "text": ("note", "notes", "quote", "quotes", "text", "said", "what they said", "they said", "what was said",
                 "verbatim", "answer", "observation", "insight", "ghi chú", "筆記", "บันทึก", "бележка"),
        "segment": ("segment", "industry", "phân khúc", "客群", "กลุ่มลูกค้า", "сегмент"),
        "place": ("place", "location", "where", "nơi", "地點", "สถานที่", "място"),
        "others": ("contact", "contact person", "participants", "others", "attendees", "present", "người tham dự", "參加者", "ผู้เข้าร่วม", "участници"),
        "kind": ("kind", "type", "meeting kind"),
        "purpose": ("purpose", "mục đích", "目的", "วัตถุประสงค์", "цел"),
    },
    "requirement": {
        "description": ("detailed description of the problem", "requirement", "request", "description", "feature",
                        "feature request", "new feature request", "nfr", "yêu cầu", "需求", "คุณลักษณะใหม่ (nfr)",
                        "заявка за нова функция"),
        "category": ("product category", "category", "module", "loại", "類別", "หมวดหมู่", "категория"),
        "urgency": ("urgency", "priority", "severity", "mức khẩn cấp", "緊急程度", "ความเร่งด่วน", "спешност"),
        "reported_by": ("reported by", "reporter", "người báo cáo", "提出人", "ผู้รายงาน", "подадена от"),
        "reported_at": ("reported at", "reported on", "date", "ngày", "日期", "วันที่", "дата"),
        "remarks": ("remarks", "comment", "comments", "ghi chú", "備註", "หมายเหตุ", "забележки"),
        "department": ("department", "phòng ban", "部門", "แผนก", "отдел"),
        "customer": ("customer", "company", "khách hàng", "客戶", "客户", "ลูกค้า", "клиент"),
    },
}  # fmt: skip
"""Kind to its fields to the names that mean them. An interview is a meeting with what was said in it."""

NEEDED: Mapping[str, str] = {
    "hypothesis": "statement",
    "customer": "name",
    "interview": "text",
    "requirement": "description",
}
"""The field without which a row of the kind says nothing."""


def plain_name(name: str) -> str:
    """Return a name of a column as names are compared."""
    bare = "".join(each for each in unicodedata.normalize("NFD", fold(name)) if unicodedata.category(each) != "Mn")
    return re.sub(r"[\s_\-:*]+", " ", bare).strip()


_FIELDS: Mapping[str, Mapping[str, str]] = {
    kind: {plain_name(each): field for field, names in fields.items() for each in (*names, field)}
    for kind, fields in NAMES.items()
}


def matched(kind: str, headers: Iterable[str], told: Mapping[str, str]) -> dict[str, str]:
    """Return header to field for those headers that mean one; each field is given once.

    Args:
        kind: hypothesis, customer, interview or requirement.
        headers: The names of the columns.
        told: Header to field, as somebody said; it wins. An empty field leaves the column out.
    """
    by_hand = {plain_name(name): field for name, field in told.items()}
    found: dict[str, str] = {}
    for header in headers:
        name = plain_name(header)
        field = by_hand.get(name, _FIELDS[kind].get(name, ""))
        if field in NAMES[kind] and field not in found.values():
            found[header] = field
    return found


def kind_of_table(headers: list[str], told: Mapping[str, str]) -> str | None:
    """Return the kind that most columns speak of, None where no kind has the field it needs."""
    scores = []
    for kind, needed in NEEDED.items():
        found = matched(kind, headers, told)
        if needed in found.values():
            scores.append((len(found), -list(NEEDED).index(kind), kind))
    return max(scores)[2] if scores else None
