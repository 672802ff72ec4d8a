"""Labels decide, in whatever width and spacing people type them; bare numbers do not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.params import load, normal_label

LISTS = load().code_lists
EVERY_LABEL = [
    (codes.name, word, code.number)
    for codes in LISTS.values()
    for code in codes.entries
    for word in (code.label.zh, code.label.en, *code.aliases)
]


@pytest.mark.parametrize(
    ("codes", "label", "number"),
    [
        ("housing_grade", "C级", 3),
        ("housing_grade", "Ｃ级 ", 3),
        ("housing_grade", "否", 5),
        ("housing_grade", "有安全住房", 5),
        ("housing_grade", "非危房", 5),
        ("housing_grade", "是", 6),
        ("housing_grade", "危房", 6),
        ("household_type", "五保户", 8),
        ("household_type", "特困供养户", 8),
        ("household_type", "五保（分散供养）", 6),
        ("household_type", "低保户", 4),
        ("household_type", "一般贫困户", 1),
        ("poverty_cause", "因病", 1),
        ("poverty_cause", "缺劳动力", 8),
        ("poverty_cause", "自身发展力不足", 11),
        ("poverty_cause", "其他", 14),
        ("education_level", "文盲或半文盲", 1),
        ("enrolment", "九年级", 6),
        ("enrolment", "非在校生", 1),
        ("health_status", "长期慢性病", 2),
        ("labour_capacity", "弱劳动力或半劳动力", 5),
        ("work_region", "县外省内", 3),
        ("work_region", "其他（包括在家务农、学生、军人等情况）", 5),
        ("relation", "其他", 99),
        ("relation", "外婆", 20),
        ("exit_status", "未脱贫", 4),
        ("exit_status", "预脱贫", 6),
        ("monitored_class", "边缘户", 2),
        ("ethnicity", "汉", 1),
        ("ethnicity", "基诺族", 56),
        ("measure_class", "产业帮扶", 1),
        ("risk", "因务工就业不稳", 7),
        ("yes_no", "√", 1),
        ("yes_no", "无", 0),
        ("yes_no", "１", 1),
        ("yes_no", "0", 0),
    ],
)
def test_a_word_of_the_ledgers_has_its_number(codes, label, number):
    assert LISTS[codes].number(label) == number


def test_every_label_and_alias_finds_its_own_code():
    assert [each for each in EVERY_LABEL if LISTS[each[0]].number(each[1]) != each[2]] == []


@given(each=st.sampled_from(EVERY_LABEL), gap=st.sampled_from(["", " ", "\u3000", "\n", "\t"]))
def test_width_and_spaces_do_not_make_another_word(each, gap):
    name, word, number = each
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in word)
    assert LISTS[name].number(gap.join(word)) == number
    assert LISTS[name].number(wide) == number


@given(st.text())
def test_normalising_a_label_twice_changes_nothing_more(text):
    once = normal_label(text)
    assert normal_label(once) == once


def test_a_bare_number_is_no_label_outside_yes_and_no():
    numbered = [
        (codes.name, str(number))
        for codes in LISTS.values()
        for number in range(100)
        if codes.number(str(number)) is not None or codes.number(f"{number:02d}") is not None
    ]
    assert {name for name, _ in numbered} == {"yes_no"}


def test_an_unknown_word_has_no_number():
    assert LISTS["sex"].number("不详") is None


def test_a_number_has_its_label_in_both_languages():
    label = LISTS["housing_grade"].label(4)
    assert (label.zh, label.en) == ("D级", "Grade D")
    with pytest.raises(KeyError):
        LISTS["housing_grade"].label(9)


@pytest.mark.parametrize(
    ("codes", "text", "number"),
    [
        pytest.param("poverty_cause", "01", 1, id="with its leading zero"),
        pytest.param("poverty_cause", "1", 1, id="which spreadsheets drop"),
        pytest.param("poverty_cause", "99", 14, id="a code that is not the number"),
        pytest.param("poverty_cause", "12", None, id="因婚 has no national code"),
        pytest.param("exit_status", "0", 4, id="aar010 0 is 未脱贫"),
        pytest.param("exit_status", "00", 4, id="zero keeps one zero"),
        pytest.param("exit_status", "1", 1, id="aar010 1 is 已脱贫"),
        pytest.param("exit_status", "3", 2, id="aar010 3 is 返贫"),
        pytest.param("household_type", "05", None, id="a code that the list lacks"),
        pytest.param("poverty_cause", "因病", None, id="a label is no code"),
    ],
)
def test_codes_of_the_national_database_are_read_on_request_only(codes, text, number):
    assert LISTS[codes].national(text) == number


def test_the_form_numbers_stand_where_the_form_has_them():
    def words(name, count):
        return [LISTS[name].label(number).zh for number in range(1, count + 1)]

    causes = words("poverty_cause", 11)
    assert causes[:4] == ["因病", "因残", "因学", "因灾"]
    assert causes[4:9] == ["缺土地", "缺水", "缺技术", "缺劳力", "缺资金"]
    assert causes[9:] == ["交通条件落后", "自身发展动力不足"]
    assert words("health_status", 4) == ["健康", "长期慢性病", "大病", "残疾"]
    assert words("labour_capacity", 4) == ["普通劳动力", "技能劳动力", "丧失劳动力", "无劳动力"]
    assert len(LISTS["risk"].entries) == 11
    assert len(LISTS["measure_class"].entries) == 14
    assert len(LISTS["ethnicity"].entries) == 58


def test_flags_fit_into_one_integer_of_64_bits():
    fields = [field for names in load().fields.values() for field in names.values() if field.type == "flags"]
    assert fields
    assert max(max(LISTS[field.codes].numbers) for field in fields) <= 62


@pytest.mark.parametrize(("on", "numbers"), [(date(2025, 12, 31), {1, 2, 3}), (date(2026, 1, 1), {4})])
def test_a_code_is_chosen_in_its_days_alone(on, numbers):
    classes = LISTS["monitored_class"]
    assert {one.number for one in classes.chosen_on(on)} == numbers
    assert classes.numbers == {1, 2, 3, 4}, "ledgers are read whenever"
    assert LISTS["cleared_how"].chosen_on(on) == LISTS["cleared_how"].entries
