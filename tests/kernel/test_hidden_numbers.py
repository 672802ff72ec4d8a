"""Numbers of persons in free text are found in every disguise, and ordinary sentences are left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.kernel.hidden_numbers import Passage, hidden_numbers, hides_number
from bangfu.kernel.ids import check_character

ALPHABETS = (
    "0123456789",
    "０１２３４５６７８９",
    "〇一二三四五六七八九",
    "零壹贰叁肆伍陆柒捌玖",
    "洞幺两三四五六拐八勾",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "₀₁₂₃₄₅₆₇₈₉",
    "⓿❶❷❸❹❺❻❼❽❾",
    "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵",
    "٠١٢٣٤٥٦٧٨٩",
    "Ol23456789",
)
BETWEEN = (
    *" -.,;/\\_~|+·、，。；：—－—…\u3000\u200b\u2060\ufeff\u00ad\n\t\ufe0f\u20e3",
    "",
    "",
    "",
    " - ",
    "——",
    "、 ",
)
WORDS = st.text(alphabet="经核实该户情况属实同意申请请联系家庭住房安全", max_size=8)


def digits(count):
    return st.text(alphabet="0123456789", min_size=count, max_size=count)


@st.composite
def id_numbers(draw):
    division, day = draw(st.integers(110_000, 999_999)), draw(st.dates())
    year = draw(st.integers(1900, 2026))
    first17 = f"{division}{year}{day:%m%d}{draw(digits(3))}"
    return draw(st.sampled_from([first17 + check_character(first17), first17[:6] + first17[8:]]))


@st.composite
def cards(draw):
    opening = draw(st.sampled_from("3456"))
    body = opening + draw(st.integers(14, 17).flatmap(digits))
    total = sum(sum(divmod(int(one) * (2 - place % 2), 10)) for place, one in enumerate(reversed(body)))
    return body + str(-total % 10)


PHONES = st.builds("1{}{}".format, st.sampled_from("3456789"), digits(9))


@st.composite
def disguised(draw):
    """Return a number as somebody might hide it: every digit of another alphabet, anything in between."""
    number = draw(st.one_of(id_numbers(), cards(), PHONES))
    alphabets = draw(st.lists(st.sampled_from(ALPHABETS), min_size=1, max_size=3))
    written = ""
    for digit in number:
        alphabet = draw(st.sampled_from(alphabets))
        written += draw(st.sampled_from("XxＸ")) if digit == "X" else alphabet[int(digit)]
        written += draw(st.sampled_from(BETWEEN))
    return written


@settings(max_examples=400)
@given(WORDS, disguised(), WORDS)
def test_a_number_of_a_person_is_found_in_any_disguise(before, number, after):
    assert hides_number(f"{before}{number}{after}")


@settings(max_examples=200)
@given(digits(15), st.lists(st.sampled_from(" -./_\n\u200b"), min_size=14, max_size=14))
def test_fifteen_digits_with_nothing_but_spaces_and_dashes_between_are_a_number(number, between):
    assert hides_number("账号" + "".join(a + b for a, b in zip(number, [*between, ""], strict=True)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("身份证号11010519491231002X", id="an identity number"),
        pytest.param("身份证号110105491231002", id="an old identity number"),
        pytest.param("卡号6299480012345678905已换", id="a card"),
        pytest.param("信用社账号629948001234567", id="a passbook of fifteen digits, with no check digit"),
        pytest.param("请打13800001234", id="a phone"),
        pytest.param("请打138-1234-5678", id="a phone with dashes"),
        pytest.param("请打+86 138 1234 5678", id="a phone with the country before it"),
        pytest.param("请打8613800001234", id="a phone with the country, in one"),
        pytest.param("请打013800001234", id="a phone with the long-distance zero"),
        pytest.param("共3人，13800001234", id="a phone after another figure"),
        pytest.param("3，1，3，8，1，2，3，4，5，6，7，8", id="a phone after another figure, between commas"),
        pytest.param("第十一13800001234", id="a phone that follows a Chinese numeral"),
        pytest.param("一三八一二三四五六七八", id="a phone in Chinese numerals"),
        pytest.param("幺三八幺二三四五六拐八", id="a phone as spoken"),
        pytest.param("l38l2345678", id="a phone with letters that look like digits"),
        pytest.param("1⃣3⃣8⃣1⃣2⃣3⃣4⃣5⃣6⃣7⃣8⃣", id="a phone in keycaps"),
        pytest.param("⑬⑧⑫34⑤⑥⑦⑧", id="a phone in circled numbers above nine"),
        pytest.param("138****5678", id="a masked phone"),
        pytest.param("138xxxx5678", id="a phone masked by letters"),
        pytest.param("1101051949****0021", id="a masked identity number"),
        pytest.param("110105********", id="a number of which the opening stands"),
        pytest.param("6，2，2，8，4，8，0，0，1，2，3，4，5，6，7", id="fifteen digits, each between commas"),
        pytest.param("0357-8228123转13800001234", id="a phone behind an office's"),
    ],
)
def test_a_number_of_a_person_is_found(text):
    assert hides_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "情况属实",
        "2016年12月31日前完成",
        "二〇一六年十二月三十一日",
        "国开办发〔2014〕24号、国开办发〔2018〕11号",
        "GB 11643-1999第5条",
        "监督电话12317、0357-8228123",
        "监督电话：0357-8228123 0357-8228124 12317",
        "电话010-12345678，400-812-3456",
        "公示期：2016.06.01-2016.06.07",
        "2016-12-31 14:30:25",
        "2014、2015、2016、2017年",
        "2014—2018、2019—2020年",
        "四户人均纯收入分别为3200、4500、2800、5100元",
        "共安排135,000,000.00元",
        "投入１３，８１２，３４５，６７８ 元",
        "户号14112400001234",
        "第1、2、3、4、5、6、7组",
        "一二三四五六七八九十",
        "两不愁三保障，一户一策，五级书记抓扶贫",
        "全村156户487人，其中贫困户43户121人，占27.6%",
        "第一、二、三组共12户，危房3户，住房面积120×3平方米",
        "no 12317 0357-8228123",
        "合格率98.5%，2016年抽查13800户，增长12%、34%、56%、78%",
        "13×800=10400，1.5×6000≥9000",
        "占地½亩，坡度12°",
        "表扬★★★5星户",
        "3***5",
    ],
)
def test_an_ordinary_sentence_is_left_alone(text):
    assert not hides_number(text)


@settings(max_examples=200)
@given(
    st.dates(),
    st.integers(0, 9_999_999),
    st.integers(0, 300),
    st.sampled_from(
        ["经查，{day}该户{count}人收入{amount}元。", "依据〔{day:%Y}〕{count}号，补助{amount}元，{day:%Y.%m.%d}止"]
    ),
)
def test_days_counts_and_amounts_are_left_alone(day, amount, count, sentence):
    written = sentence.replace("{day}", f"{day.year}年{day.month}月{day.day}日")
    assert not hides_number(written.format(day=day, amount=amount, count=count))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        pytest.param("无", [], id="nothing"),
        pytest.param("人11010519491231002X好", ["11010519491231002"], id="an identity number without its check letter"),
        pytest.param("打138、1234、5678或①③⑧12345678。", ["138、1234、5678", "①③⑧12345678"], id="two"),
        pytest.param("打86138\u200b00001234", ["86138\u200b00001234"], id="with what is invisible"),
        pytest.param("13800001234 13800001235", ["13800001234 13800001235"], id="side by side"),
        pytest.param("138****5678 9", ["138****5678"], id="masked"),
    ],
)
def test_where_a_number_stands_is_told(text, hidden):
    assert [text[one.start : one.end] for one in hidden_numbers(text)] == hidden


def test_a_passage_is_a_start_and_an_end():
    assert hidden_numbers("打13800001234") == [Passage(1, 12)]
