"""Identity numbers in ledgers: what is mended, what is refused, and what contradicts them."""

import re

import pytest

from bangfu.intake.problems import PROBLEMS, Problem, no_problems
from bangfu.kernel.ids import widened
from tests.intake.builders import ROSTER, made_up_id, person
from tests.intake.taken import codes, number, only, parsed, roster

MAN, WOMAN = made_up_id("19800101", 1), made_up_id("19800101", 2)
WITH_X = next(made_up_id("19800101", n) for n in range(1, 99) if made_up_id("19800101", n).endswith("X"))
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@pytest.mark.parametrize(
    ("cell", "id_no", "code"),
    [
        pytest.param(MAN, MAN, None, id="plain"),
        pytest.param(f" {MAN} ", MAN, None, id="padded"),
        pytest.param(WITH_X.lower(), WITH_X, "BF138", id="small x"),
        pytest.param(MAN.translate(WIDE), MAN, "BF138", id="full width"),
        pytest.param(f"{MAN[:6]} {MAN[6:14]} {MAN[14:]}", MAN, "BF138", id="spaces inside"),
        pytest.param(f"'{MAN}", MAN, "BF138", id="leading apostrophe"),
        pytest.param(f'="{MAN}"', MAN, "BF138", id="text formula of a CSV"),
        pytest.param(MAN[:6] + MAN[8:17], MAN, "BF139", id="fifteen digits"),
        pytest.param(MAN + "43", MAN, "BF140", id="certificate of 20"),
        pytest.param(MAN + "43B1", MAN, "BF140", id="certificate of 22"),
        pytest.param("", None, "BF130", id="nothing"),
        pytest.param("无", None, "BF130", id="none"),
        pytest.param("999999999999999999", None, "BF131", id="all nines"),
        pytest.param("99999999", None, "BF131", id="some nines"),
        pytest.param("000000000000000000", None, "BF131", id="all zeros"),
    ],
)
def test_a_good_number_is_kept_or_mended_and_a_missing_one_is_said_to_be_missing(cell, id_no, code):
    result = roster(person(1, 证件号码=cell))
    assert (result.frame["id_no"][0], codes(result), result.accepted) == (id_no, [code] if code else [], 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        pytest.param("9.90101198001010E+17", "BF132", id="scientific"),
        pytest.param("9.90101E+17", "BF132", id="scientific, short"),
        pytest.param("990101198001010000", "BF132", id="three zeros at the end"),
        pytest.param("990101********0012", "BF133", id="masked"),
        pytest.param("99010119800101001", "BF134", id="seventeen"),
        pytest.param(MAN + "1", "BF134", id="nineteen"),
        pytest.param(MAN + "93", "BF134", id="no such kind of disability"),
        pytest.param("X" * 18, "BF134", id="letters"),
        pytest.param("测试", "BF134", id="a name in the wrong column"),
        pytest.param(made_up_id("19800230", 1), "BF135", id="30 February"),
        pytest.param(made_up_id("19811301", 1), "BF135", id="thirteenth month"),
        pytest.param(made_up_id("17800101", 1), "BF135", id="250 years old"),
        pytest.param(made_up_id("20260102", 1), "BF136", id="born tomorrow"),
        pytest.param(MAN[:-1] + ("1" if MAN[-1] != "1" else "2"), "BF137", id="wrong check character"),
    ],
)
def test_a_wrong_number_rejects_its_row(cell, code):
    result = roster(person(1, 证件号码=cell))
    assert (codes(result), result.rejected) == ([code], 1)
    assert result.problems["column"][0] == "证件号码"


def test_the_number_tells_sex_birth_day_and_disability():
    row = roster(person(1, 证件号码=WOMAN + "21")).frame.row(0, named=True)
    assert (row["sex"], row["born_on"]) == (number("sex", "女"), 19800101)
    assert (row["disability_kind"], row["disability_grade"]) == (
        number("disability_kind", "听力"),
        number("disability_grade", "一级"),
    )


def test_where_there_is_no_number_the_ledger_s_own_words_hold():
    header = [*ROSTER, "性别", "出生日期", "残疾类别"]
    row = roster(person(1, 证件号码="", 性别="女", 出生日期="1980-05-01", 残疾类别="视力"), header=header).frame.row(
        0, named=True
    )
    assert (row["sex"], row["born_on"], row["disability_kind"]) == (2, 19800501, 1)


def test_a_sex_that_contradicts_the_number_rejects_the_row():
    assert codes(roster(person(1, 证件号码=MAN, 性别="女"), header=[*ROSTER, "性别"])) == ["BF141"]
    assert codes(roster(person(1, 证件号码=MAN, 性别="男"), header=[*ROSTER, "性别"])) == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1980-01-01", None), ("198001", None), ("1980", None), ("1980-01-02", "BF142"), ("1981-01-01", "BF142"),
        ("198002", "BF142"), ("2026-01-02", "BF142"),
    ],
)  # fmt: skip
def test_a_birth_day_must_agree_with_the_number_as_far_as_it_says(cell, code):
    found = codes(roster(person(1, 证件号码=MAN, 出生日期=cell), header=[*ROSTER, "出生日期"]))
    assert code in found if code else not found


def test_a_birth_in_the_future_without_a_number_rejects_the_row():
    assert "BF175" in codes(roster(person(1, 证件号码="", 出生日期="2026-01-02"), header=[*ROSTER, "出生日期"]))
    assert "BF175" not in codes(roster(person(1, 证件号码="", 出生日期="2026-01-01"), header=[*ROSTER, "出生日期"]))


@pytest.mark.parametrize("kind", ["护照", "军官证", "其他"])
def test_the_number_of_another_document_is_kept_without_a_check(kind):
    row = only(roster(person(1, 证件号码="e 1234567", 证件类型=kind), header=[*ROSTER, "证件类型"]))
    assert (row["id_no"], row["sex"]) == ("E1234567", None)


def test_the_number_in_a_household_book_is_checked_like_any_other():
    assert codes(roster(person(1, 证件号码="1234567", 证件类型="户口簿"), header=[*ROSTER, "证件类型"])) == ["BF134"]


def test_the_head_s_number_of_a_household_ledger_is_checked_but_may_be_missing():
    header = ["户编号", "户主姓名", "户主证件号码", "贫困户属性", "主要致贫原因"]
    good = ["1", "测试甲", MAN.lower(), "一般贫困户", "因病"]
    result = parsed(
        [header, good, ["2", "测试乙", "", "一般贫困户", "因病"], ["3", "测试丙", MAN[:-2], "一般贫困户", "因病"]]
    )
    assert result.frame["head_id_no"].to_list() == [MAN, None]
    assert codes(result) == ["BF134"]


def test_a_person_twice_in_a_household_is_refused_the_second_time():
    result = roster(person(1, 证件号码=MAN), person(2, 证件号码=MAN), person(3))
    assert codes(result, 2) == []
    assert codes(result, 3) == ["BF143"]
    assert "第2行" in result.problems["message_zh"][0]


def test_an_old_and_a_new_number_are_the_same_person():
    old = MAN[:6] + MAN[8:17]
    assert widened(old) == MAN
    assert "BF143" in codes(roster(person(1, 证件号码=MAN), person(2, 证件号码=old)), 3)


def test_a_person_in_two_households_is_refused_in_both():
    result = roster(person(1, 证件号码=MAN), person(1, "990101002", 证件号码=MAN, 姓名="测试丁"))
    assert [codes(result, 2), codes(result, 3)] == [["BF144"], ["BF144"]]
    messages = result.problems.sort("row")["message_zh"].to_list()
    assert ("第3行" in messages[0], "第2行" in messages[1]) == (True, True)


def test_a_person_number_that_stands_twice_is_refused_the_second_time():
    assert codes(roster(person(1), person(2, 人编号="99010100101")), 3) == ["BF143"]


def test_persons_without_a_number_are_not_taken_for_one_another():
    assert set(codes(roster(person(1, 证件号码="", 人编号=""), person(2, 证件号码="", 人编号="")))) == {"BF130"}


def test_two_heads_and_no_head_are_doubted_but_taken():
    two = roster(person(1), person(2, 与户主关系="户主"))
    assert (codes(two, 2), codes(two, 3), two.accepted) == (["BF145"], ["BF145"], 2)
    none = roster(person(1, 与户主关系="配偶"), person(2))
    assert (codes(none, 2), codes(none, 3), none.accepted) == (["BF146"], [], 2)


def test_a_household_with_an_unknown_relation_is_not_said_to_lack_a_head():
    assert codes(roster(person(1, 与户主关系=""), person(2))) == []


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_a_sentence_in_both_languages_and_shows_no_cell(problem):
    assert problem.severity in {"error", "warning", "notice"}
    for sentence in (problem.text.zh, problem.text.en):
        assert set(re.findall(r"%\((\w+)\)s", sentence)) <= {"choices", "first"}
        assert sentence.rstrip().endswith(("。", "."))


def test_the_sentences_are_those_of_the_catalogue_and_no_others():
    from bangfu.intake.problems import _sentences

    assert _sentences().keys() == {problem.value for problem in Problem}
    assert no_problems().schema == PROBLEMS


def test_no_message_shows_a_name_a_number_or_a_phone():
    result = roster(
        person(1, 证件号码=MAN[:-1], 联系电话="1380000000", 姓名="测试9", 主要致贫原因="张三990101198001010012"),
        person(2, 证件号码=MAN, 人均纯收入="990101198001010012约"),
    )
    shown = " ".join([*result.problems["message_zh"], *result.problems["message_en"]])
    assert not re.search(r"\d{6,}|测试9|张三", shown)
