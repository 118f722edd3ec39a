import re
import time

from quiz.generation import fill, fill_question
from quiz.questions import Option, QuestionHead, SingleChoice, part_key

HEAD = QuestionHead(
    id="L6017638-1.2-01",
    family="L6017638-1.2-01",
    origin="written",
    unit="L/601/7638",
    criterion="1.2",
    level="apply",
    basis="both",
    use="test",
)
PEOPLE = "{customer}|{agent}|{colleague}|{manager}"
SEEDS = [str(number) for number in range(300)]


def test_the_same_seed_fills_in_the_same_values():
    text = f"{PEOPLE} {{company}} {{order}} {{date}} {{phone}}"
    assert [fill(text, seed) for seed in SEEDS] == [fill(text, seed) for seed in SEEDS]
    assert len({fill(text, seed) for seed in SEEDS}) == 300


def test_a_placeholder_has_one_value_throughout():
    first, second, alone = fill("{agent} and {agent}", "7").split(" and ") + [fill("{agent}", "7")]
    assert first == second == alone


def test_people_have_different_names_with_different_first_letters():
    for seed in SEEDS:
        names = fill(PEOPLE, seed).split("|")
        assert len({name[0] for name in names}) == 4


def test_names_are_plain_given_names_and_varied():
    names = {name for seed in SEEDS for name in fill(PEOPLE, seed).split("|")}
    assert all(re.fullmatch(r"[A-Z][a-z]{2,8}", name) for name in names)
    assert len(names) > 200
    assert not names & {"Hope", "Mark", "May", "Will"}


def test_numbers_orders_dates_and_firms_have_their_form():
    for seed in SEEDS:
        assert re.fullmatch(r"01632 960\d{3}|07700 900\d{3}|020 7946 0\d{3}", fill("{phone}", seed))
        assert re.fullmatch(r"HC-\d{5}", fill("{order}", seed))
        assert re.fullmatch(r"[1-9]\d? [A-Z][a-z]+", fill("{date}", seed))
        assert re.fullmatch(r"[A-Z][a-z]+-[A-Z][a-z]+ (Direct|Group|Services)", fill("{company}", seed))


def test_an_unknown_placeholder_stays_for_the_linter():
    assert fill("Ask {nobody} about { agent }.", "1") == "Ask {nobody} about { agent }."


def test_a_question_is_filled_throughout_and_keeps_its_keys():
    texts = ("call {agent}", "wait for {customer}")
    question = SingleChoice(
        head=HEAD,
        stem="{agent} rings {customer}.",
        options=tuple(
            Option(key=part_key(text), text=text, right=right, why="{agent} knows.")
            for text, right in zip(texts, (True, False), strict=True)
        ),
    )
    filled = fill_question(question, 5)
    agent, customer = fill("{agent}", "5"), fill("{customer}", "5")
    assert filled == SingleChoice(
        head=HEAD,
        stem=f"{agent} rings {customer}.",
        options=(
            Option(key=part_key("call {agent}"), text=f"call {agent}", right=True, why=f"{agent} knows."),
            Option(
                key=part_key("wait for {customer}"),
                text=f"wait for {customer}",
                right=False,
                why=f"{agent} knows.",
            ),
        ),
    )


def test_a_question_without_placeholders_is_returned_as_it_is():
    question = SingleChoice(head=HEAD, stem="Which?", options=())
    assert fill_question(question, 1) is question


def test_a_fill_takes_less_than_a_millisecond_on_average():
    fill("{agent}", "warm")
    start = time.perf_counter()
    for seed in SEEDS:
        fill("{agent} rings {customer} about {order}.", seed)
    assert (time.perf_counter() - start) / len(SEEDS) < 0.001
