"""Questions for an amount, and the sentences that show one of its kind."""

import time

import pytest

from search.measures import asked_measure, shows_measure


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How much will the library closures save?", ("money",)),
        ("How much money did the gala bring in?", ("money",)),
        ("What does a single ticket cost?", ("money",)),
        ("What is the price of a bottle?", ("money",)),
        ("How much does the clock weigh?", ("weight",)),
        ("How tall is the lighthouse?", ("length",)),
        ("How long does the crossing take?", ("time",)),
        ("How long is the crossing?", ("time", "length")),
        ("How much did Ada Orr offer?", ("money",)),
        ("How much prize money did Ada Orr get?", ("money",)),
        ("How much of the money was stolen?", None),
        ("How often does the ferry sail?", ("frequency",)),
        ("How old is the ferryman?", ("age",)),
        ("How much water does the dam hold?", None),
        ("How much did the river rise?", None),
        ("How high was the fine?", None),
        ("How high is the wall?", ("length",)),
        ("How many people signed?", None),
        ("Who paid for the wing?", None),
    ],
)
def test_kinds_of_amounts(question: str, kinds: tuple[str, ...] | None) -> None:
    """Money and measures are told by the question's words; what may be told in any unit is left open."""
    measure = asked_measure(question)
    assert (measure.kinds if measure else None) == kinds


@pytest.mark.parametrize(
    ("question", "shows", "shows_not"),
    [
        ("How much will it save?", "It saves 640,000 marks a year.", "More than 2,300 people signed a petition."),
        ("How much did it cost?", "It cost $12 million.", "It opened in 1904 with 38 beds."),
        ("How much did it cost?", "It cost CHF 350.", "It opened on route CH 350."),
        ("How much did it cost?", "It cost Rs 350.", "It took 350 runs."),
        ("How much did it cost?", "It cost 350 kr.", "It took 350 krill."),
        ("How much did it cost?", "It cost 3 billion forint.", "It cost a fortress."),
        ("What was the profit of Brask?", "Brask earned 90 million marks.", "Brask paid 90 million marks for jets."),
        ("How heavy is the bell?", "It weighs 12t.", "It hangs 12m up."),
        ("How hot was it?", "It was 41C at noon.", "It was on page 41."),
        ("How far is it?", "It is 1,200 light-years away.", "It was found 1,200 years ago."),
        ("How long did the strike last?", "It lasted a fortnight.", "It began in Tolm."),
        ("How long did the strike last?", "It lasted two days.", "It broke out three years ago."),
        (
            "How long was the concert?",
            "It was over after two hours.",
            "A day after it began, he would end it in one day.",
        ),
        ("How long ago was the concert?", "It was three years ago.", "It was loud."),
        ("How deep is the river?", "It is 12 metres deep.", "It is 25 miles (40 km) south of Orm."),
        ("How long is the road?", "It is 25 miles from end to end.", "It starts 25 miles from Orm."),
        ("How large is the army?", "It has 40,000 men.", "It was founded on 2 May 2023."),
        ("How long will the strike last?", "It lasts until Friday.", "It began on Friday."),
        ("How long did the strike last?", "It lasted until 3 March.", "It began on 3 March."),
        ("How old is Ada Orr’s son?", "She has a son, 7, and a dog.", "She has a dog, 7, and a son."),
        ("How much do children pay?", "For them it is free.", "Six of them came."),
        ("How heavy is the bell?", "It weighs two tonnes.", "It hangs 30 metres above the street."),
        ("How tall is the mast?", "The mast, 34 metres high, is of oak.", "It is of oak and cost 90 crowns."),
        ("How often does it pass?", "It passes every 71 years.", "It passed at dawn."),
        ("How old is Oda Brink?", "Oda Brink, 42, designed it.", "Oda Brink designed it for 42 towns."),
        ("How old is the ferryman?", "The 61-year-old has sailed it since his youth.", "The old ferryman retired."),
        ("How old is the mill?", "It was built in 1871.", "It grinds 40 tonnes at once."),
        ("How old is the mill?", "It is two centuries old.", "It stands two miles from Sarn."),
        ("How old is Oda Brink?", "She is fifty-two.", "She is one of two sisters, and lives at 42 Mill Road."),
        ("How old is Oda Brink?", "She was 42 when it was built.", "It was at 42 metres when she came."),
        ("How old is the thief?", "A man in his late forties was seen.", "A man in his best years was seen."),
        ("How long did he rule?", "He ruled from 1204.", "He ruled wisely."),
        ("How long has it been known?", "It has been known since the 1960s.", "It was promised by Ada Orr in 2015."),
        ("How high is the wall?", "It is three metres high.", "A wall 2.2 kilometres long protects it."),
        ("How high is the bridge?", "It stands 40 metres above the river.", "It will cost 52 million crowns."),
        ("How fast did it fly?", "It flew at 90 miles per hour.", "It flew 31 million miles."),
        ("How often does she travel?", "She rarely travels.", "She travels with her dog."),
    ],
)
def test_a_number_of_another_kind_is_no_amount(question: str, shows: str, shows_not: str) -> None:
    """A count of people is no sum of money, and a height no weight."""
    measure = asked_measure(question)
    assert measure
    assert shows_measure(measure, shows)
    assert not shows_measure(measure, shows_not)


@pytest.mark.parametrize("question", ["How long did it last?", "How deep is it?", "How large is it?"])
def test_words_without_end_are_measured_in_linear_time(question: str) -> None:
    """A table without white space is read in time in proportion to its length."""
    measure = asked_measure(question)
    assert measure
    began = time.thread_time()
    shows_measure(measure, "a.1," * 8_000)
    shows_measure(measure, "a 1 " * 8_000)
    assert time.thread_time() - began < 3


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("He said so during the last eight months of the war.", False),
        ("Rebuilding is a second front in the war.", False),
        ("In March 2022, he said last year, it was war.", False),
        ("It was decided in the first two weeks of the war.", False),
        ("The war has lasted eight months.", True),
        ("For the last eight months they were at war.", True),
    ],
)
def test_a_part_of_a_time_is_not_how_long_it_lasted(text: str, shows: bool) -> None:
    """When something was said within it does not tell how long it was."""
    measure = asked_measure("How long has the war lasted?")
    assert measure
    assert shows_measure(measure, text) is shows


def test_dollars_are_told_as_newswires_shorten_them() -> None:
    """“10.7 billion dlrs” is a sum of money."""
    measure = asked_measure("How much did the bank lend?")
    assert measure
    assert shows_measure(measure, "It lent 10.7 billion dlrs.")
    assert shows_measure(measure, "It lent 200,000 U.S. dlrs.")
    assert shows_measure(measure, "It lent 45 mln stg.")
