"""Whatever is wrong in a parameter file, the loader says in which file and line, and what to do."""

from pathlib import Path

import pytest
import yaml

from bangfu.kernel.errors import parameters as errors
from bangfu.params import load
from tests.params.folder import FILES, altered, write

LAW = "programmes/p/law.yaml"
LISTS = "code_lists/grade.yaml"
FIELDS = "fields/household.yaml"
CASES = yaml.safe_load(Path(__file__).with_name("loader_cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_fault_is_named_with_file_and_line(tmp_path, case):
    root, line = altered(tmp_path, case["file"], case["old"], case["new"])
    with pytest.raises(errors.ParameterFileError) as caught:
        load(root)
    assert type(caught.value).__name__ == case["error"]
    sentence = str(caught.value)
    assert case["words"] in sentence
    assert ", line " in sentence
    if case["shift"] is not None:
        assert f"{case['file']}, line {line + case['shift']}:" in sentence


def test_the_folder_of_the_cases_is_right(tmp_path):
    assert list(load(write(tmp_path)).programmes) == ["p", "q"]


def test_a_fault_of_a_list_of_flags_stands_at_the_field(tmp_path):
    root, _ = altered(tmp_path, LISTS, "number: 2,", "number: 63,")
    with pytest.raises(errors.WrongKind, match=r"fields/household\.yaml, line 7: codes is text \(grade\)"):
        load(root)


def test_a_rule_of_quality_stands_once(tmp_path):
    rule = FILES["quality/income.yaml"].split("rules:\n")[1]
    files = FILES | {"quality/income.yaml": FILES["quality/income.yaml"] + rule}
    with pytest.raises(errors.NameTwice, match=r"quality/income\.yaml, line 10: the rule IC01"):
        load(write(tmp_path, files))


def test_an_indicator_stands_once(tmp_path):
    entry = FILES["indicators/register.yaml"].removeprefix("indicators:\n")
    files = FILES | {"indicators/register.yaml": FILES["indicators/register.yaml"] + entry}
    with pytest.raises(errors.NameTwice, match=r"indicators/register\.yaml, line 10: the indicator households"):
        load(write(tmp_path, files))


def test_a_ground_of_a_negative_list_stands_once(tmp_path):
    ground = "      - {name: vehicle, action: review, zh: 有机动车, en: Has a vehicle, checked_with: [公安]}\n"
    root, line = altered(tmp_path, LAW, ground, ground + ground)
    with pytest.raises(errors.NameTwice, match=f"line {line + 1}: the ground vehicle"):
        load(root)


def test_a_field_stands_in_one_topic(tmp_path):
    topic = "  more:\n    title: {zh: 其他, en: More}\n    fields:\n      wage_fen: {type: fen, zh: 工资, en: Wages}\n"
    with pytest.raises(errors.NameTwice, match=r"the field wage_fen already stands in income"):
        load(write(tmp_path, FILES | {FIELDS: FILES[FIELDS] + topic}))


def test_a_programme_has_one_head(tmp_path):
    files = FILES | {"programmes/p/more.yaml": FILES["programmes/q/law.yaml"].split("parameters:")[0]}
    with pytest.raises(errors.NameTwice, match=r"programmes/p/more\.yaml, line 2: the key programme"):
        load(write(tmp_path, files))


def test_a_programme_needs_a_head(tmp_path):
    with pytest.raises(errors.KeyMissing, match=r"programmes/r/law\.yaml, line 1: the key programme is missing"):
        load(write(tmp_path, FILES | {"programmes/r/law.yaml": "criteria: {}\n"}))


def test_a_name_stands_in_one_file_of_a_programme(tmp_path):
    more = "parameters:\n  line:\n    title: {zh: 标准, en: Line}\n"
    with pytest.raises(errors.NameTwice, match=r"parameters: line already stands in programmes/p/law\.yaml, line 11"):
        load(write(tmp_path, FILES | {"programmes/p/more.yaml": more}))


def test_a_file_that_is_not_utf_8_names_its_line(tmp_path):
    write(tmp_path)
    (tmp_path / LISTS).write_bytes("title:\n  zh: 等级".encode("gb18030"))
    with pytest.raises(errors.ParameterFileUnreadable, match=r"code_lists/grade\.yaml, line 2: .*not UTF-8"):
        load(tmp_path)


def test_a_file_with_a_forbidden_character_is_unreadable(tmp_path):
    with pytest.raises(errors.ParameterFileUnreadable, match=r"code_lists/grade\.yaml, line 2: .*forbidden character"):
        load(write(tmp_path, FILES | {LISTS: "# list\ntitle: \x07\n"}))


def test_an_empty_file_holds_no_mapping(tmp_path):
    with pytest.raises(errors.WrongKind, match=r"code_lists/grade\.yaml, line 1: the file is not a mapping"):
        load(write(tmp_path, FILES | {LISTS: ""}))


def test_a_file_outside_the_known_folders_is_refused(tmp_path):
    with pytest.raises(errors.KeyUnknown, match=r"programme/p\.yaml, line 1"):
        load(write(tmp_path, FILES | {"programme/p.yaml": "a: b\n"}))


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(errors.ParameterFolderEmpty, match=r"holds no parameter file"):
        load(tmp_path)


def test_an_index_without_years_is_refused(tmp_path):
    with pytest.raises(errors.WrongKind, match=r"deflators/prices\.yaml, line 2: years"):
        load(write(tmp_path, FILES | {"deflators/prices.yaml": "title: {zh: 指数, en: Index}\nyears: []\n"}))


def test_every_error_of_a_file_has_its_own_code():
    classes = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.ParameterError)
    ]
    codes = [each.code for each in classes if each.message]
    assert len(codes) == len(set(codes))
    assert all(code.startswith("BF2") for code in codes)
