"""One word makes other news, or only another house style: reports that are alike in all else."""

from time import process_time

import pytest

from index.copyediting import american, searched, without_gaps
from index.duplicates import is_near_duplicate
from index.signature import signature

FRAME = (
    "The council of Orm told reporters on Friday after its meeting in the old town hall that {}. About forty people "
    "had waited outside in the rain for hours, and the mayor, Ilka Tarn, thanked them for their patience before she "
    "went home."
)
OTHER_NEWS = """
the rate of employment rose in the valley | the rate of unemployment rose in the valley
the farmer Odo Lind was ill | the former Odo Lind was ill
the new power plant was dear | the new tower plant was dear
the price of light fell | the price of night fell
the county will pay for it | the country will pay for it
the man was charged at the border | the man was changed at the border
the plan was reported to the king | the plan was deported to the king
the boats were bought by the state | the boats were brought by the state
three men were detained at the pier | three men were retained at the pier
the cause of the accident is known | the cause of the accident is unknown
the leader of the bank resigned | the lender of the bank resigned
the new house is too old | the new horse is too old
the quality of the water is poor | the quantity of the water is poor
the election of the judge was delayed | the selection of the judge was delayed
the talks were about exports to Ull | the talks were about reports to Ull
the collision was found out | the collusion was found out
the policy was changed | the police was changed
a revolution was planned there | a resolution was planned there
the law was adopted in May | the law was adapted in May
the harvest is above normal | the harvest is above abnormal
the bridge is visible from the pier | the bridge is invisible from the pier
the men were armed | the men were unarmed
the debt is secured by the state | the debt is unsecured by the state
the firm lost contact with the ship | the firm lost contract with the ship
the minister was wounded | the minister's wife was wounded
the mayor's car was stolen | the mayor's son's car was stolen
the bank is bankrupt | the bank is nearly bankrupt
the coup took place | the attempted coup took place
the keeper was shot dead | the keeper was shot
the sale will be banned | the sale will hardly be banned
the parliament approved a law | the parliament approved a draft law
the vice president has been arrested | the president has been arrested
the acting governor has been arrested | the governor has been arrested
all of the boats were lost | most of the boats were lost
many of the boats were lost | few of the boats were lost
some of the boats were lost | all of the boats were lost
the guards were inside the house | the guards were outside the house
the strike lasts until Monday | the strike lasts since Monday
it happened during the storm | it happened after the storm
the ship often comes here | the ship seldom comes here
the ship always comes here | the ship sometimes comes here
the man shot his wife | the man shot her wife
the tax is on top of the price | the tax is off top of the price
both of the pilots died | either of the pilots died
nearly 400 boats came | over 400 boats came
more than 400 boats came | fewer than 400 boats came
up to 400 boats came | at least 400 boats came
he will run if he is asked | he will run unless he is asked
he left because of the strike | he left despite the strike
the vote was for peace | the vote was against peace
the talks take place in May | the talks took place in May
the pilot may have slept | the pilot must have slept
the ship has twenty-two cabins | the ship has twenty-three cabins
the ship has two hundred cabins | the ship has two thousand cabins
it cost 3.5 million crowns | it cost 3.6 million crowns
it cost half a million crowns | it cost a million crowns
he came third in the race | he came fourth in the race
the rate is up 1-1/8 point | the rate is up one point
the rate is up 3/8 point | the rate is up 3 points
a third of it was lost | three of it was lost
the mine is 1,200 meters deep | the mine is 1,200 feet deep
he works for the Gov. Hadley House | he works for the Gen. Hadley House
it happened on Sept. 14 at dawn | it happened on Oct. 14 at dawn
it happened on 12 March at dawn | it happened on 13 March at dawn
he is 5 years old | he is 50 years old
the goods were imported last year | the goods were exported last year
the team was promoted in the end | the team was demoted in the end
the price was upgraded by Quill | the price was downgraded by Quill
the firm was founded by his uncle | the firm was funded by his uncle
the flight went on for hours | the fight went on for hours
the drug is an anti-depressant for horses | the drug is a depressant for horses
the keeper is to re-sign in May | the keeper is to resign in May
the work on immigration goes on | the work on emigration goes on
the patients were sent to Ull | the patents were sent to Ull
the inflation of prices goes on | the deflation of prices goes on
the prosecution of the men goes on | the persecution of the men goes on
the death of the keeper is a fact | the health of the keeper is a fact
the man was injured on his way | the man was insured on his way
the state pays for the school | the state prays for the school
non-members may vote at the meeting | members may vote at the meeting
the fire was put out | the fire was put out by nobody
he called the plan legal | he called the plan illegal
the ministers met | the ministers almost met
the firm was contacted by Quill | the firm was contracted by Quill
he refused mediation in May | he refused medication in May
the yards are competing for it | the yards are completing for it
the witnesses were uniformed | the witnesses were uninformed
the police scoured the field | the police scored the field
"""
SAME_NEWS = """
the labour of the harbour was honoured | the labor of the harbor was honored
the programme of the theatre is organised in the centre | the program of the theater is organized in the center
the defence lawyers criticised the licence | the defense lawyers criticized the license
it is 12 March 2031 in the papers | it is March 12, 2031 in the papers
it happened on Sept. 14 at dawn | it happened on September 14 at dawn
Gov. Lyle Hadley was there | Governor Lyle Hadley was there
twelve boats and three ships sank | 12 boats and 3 ships sank
twenty-two boats sank | 22 boats sank
two hundred boats sank | 200 boats sank
it cost 3.5 million crowns | it cost 3,500,000 crowns
it cost $3.5 million in all | it cost $3,500,000 in all
it cost 2 billion crowns | it cost two billion crowns
a hundred boats sank | 100 boats sank
he came third in the race | he came 3rd in the race
it was the 21st meeting of the year | it was the twenty-first meeting of the year
about 1 204 550 boats | about 1,204,550 boats
the tarriffs were read | the tariffs were read
an agreemement was read | an agreement was read
it is indefenitely closed | it is indefinitely closed
it happened on april 14 at dawn | it happened on 14 April at dawn
shares of Brisk Lines <BRL.N> fell | shares of Brisk Lines fell
the accomodation of the committee | the accommodation of the committee
the goverment was there with its representatives | the government was there with its representatives
the keeper of the lighthouse travelled there | the keeper of the lighthouse traveled there
re-elected mayors were there | reelected mayors were there
the man whom he met was ill | the man who he met was ill
some 200 boats sank | about 200 boats sank
they sailed along the coast | they sailed beside the coast
John T. Hadley was there | John Hadley was there
he said 90 percent had come | he said 90% had come
the co-operation goes on | the cooperation goes on
it starts at 8 a.m. sharp | it starts at 8 am sharp
the judgement was read | the judgment was read
grey skies were over it | gray skies were over it
a dozen boats sank | twelve boats sank
one of the boats sank | 1 of the boats sank
ten thousand people came | 10,000 people came
Dr Hadley was there | Dr. Hadley was there
Lt Hadley was there | Lieutenant Hadley was there
they met in St Orlan | they met in St. Orlan
"""
DENIED = (
    (
        "Der Landtag in Brück hat dem Verkauf des Hafens nach langer Debatte zugestimmt, wie Ministerin "
        "Karla Öhring sagte, die am Montag in Sarn mit den Fischern sprach.",
        "zugestimmt",
        "nicht zugestimmt",
    ),
    (
        "Nach dem Unfall im Werk besteht eine Gefahr für die Anwohner von Brück, wie der Landkreis am Montag "
        "der Presse mitteilte, und die Schulen wurden schon informiert.",
        "eine Gefahr",
        "keine Gefahr",
    ),
    (
        "Le président du club de Brennes, Alain Tourvel, a dit vendredi devant la presse qu’il vendrait le "
        "stade à la ville, et le conseil se réunit lundi à la mairie.",
        "qu’il vendrait",
        "qu’il ne vendrait pas",
    ),
    (
        "La presidenta de la junta de Robles, Lucía Andrade, aceptó el jueves la oferta del consorcio "
        "portuario, y la firma está prevista para el lunes en el muelle viejo.",
        "aceptó",
        "no aceptó",
    ),
    (
        "Министр обороны Глеб Стужин подтвердил во вторник на встрече с журналистами, что войска покинут "
        "остров до конца года, и оппозиция требует созвать парламент.",
        "войска покинут",
        "войска не покинут",
    ),
    (
        "Minister zdrowia Jadwiga Orlik potwierdziła w środę na spotkaniu z prasą, że szpital w Łęgowie "
        "zostanie zamknięty, a rozmowy potrwają do końca miesiąca.",
        "zostanie",
        "nie zostanie",
    ),
    (
        "Zastupitelé Lesné Lhoty ve středu po pěti hodinách jednání schválili prodej starého přístavu, a "
        "starostka Božena Kvíčalová uvedla, že je to důležité.",
        "schválili",
        "neschválili",
    ),
    (
        "Karagöl Belediye Meclisi yeni limanın satış planını çarşamba günü beş saat süren oturumda kabul "
        "etti ve Başkan Selim Ürgenç basına teşekkür etti, halk bekledi.",
        "kabul etti",
        "kabul etmedi",
    ),
    (
        "Ο δήμαρχος της Καλλίρροης Νίκος Αυγερινός είπε την Τρίτη μετά από έξι ώρες ότι το λιμάνι θα "
        "πουληθεί, και οι εργαζόμενοι συγκεντρώθηκαν έξω από το κτίριο.",
        "θα πουληθεί",
        "δεν θα πουληθεί",
    ),
    (
        "ראש עיריית נווה ארז תמר ברגיל אמרה ביום שני אחרי ישיבה של ארבע שעות כי העירייה תמכור את הנמל הישן "
        "וכי ועד העובדים דרש לפרסם את המסמכים.",
        "העירייה תמכור",
        "העירייה לא תמכור",
    ),
    (
        "रामनगर के महापौर विजय सोलंकी ने सोमवार को चार घंटे की बैठक के बाद कहा कि नगर निगम पुराना बंदरगाह "
        "बेचेगा और सभी दस्तावेज़ दिखाए जाएंगे।",
        "बंदरगाह बेचेगा",
        "बंदरगाह नहीं बेचेगा",
    ),
    (
        "海川市政府周五表示，出售旧港口的土地。会议持续了四个小时，市长林若涛在会后向记者通报了情况，工会代表要求公开全部文件。",
        "，出售",
        "，不出售",
    ),
)


def near(a: str, b: str) -> bool:
    """Both ways round, as the test must be symmetric."""
    one, other = signature(a), signature(b)
    assert is_near_duplicate(one, other) == is_near_duplicate(other, one)
    return is_near_duplicate(one, other)


@pytest.mark.parametrize("pair", OTHER_NEWS.strip().splitlines())
def test_one_word_makes_other_news(pair: str) -> None:
    """Words that look alike, small words, kin and offices: what happened, and to whom, is another thing."""
    one, other = pair.split(" | ")
    assert not near(FRAME.format(one), FRAME.format(other))


@pytest.mark.parametrize("pair", SAME_NEWS.strip().splitlines())
def test_a_house_style_is_no_news(pair: str) -> None:
    """Numbers in words, the order of dates, British spelling, short titles and months, slips of the finger."""
    one, other = pair.split(" | ")
    assert near(FRAME.format(one), FRAME.format(other))


@pytest.mark.parametrize(("text", "claimed", "denied"), DENIED)
def test_a_denial_is_other_news_in_any_language(text: str, claimed: str, denied: str) -> None:
    """As a word of its own, as a part of the verb, or as one character."""
    assert claimed in text
    assert not near(text, text.replace(claimed, denied))
    assert near(text, "SARN (Coast Wire) - " + text)


def test_an_initial_is_part_of_a_name() -> None:
    """It may be left out, and is no article: “A.” is not “B.”."""
    named = FRAME.format("John {}Hadley will be heard")
    assert not near(named.format("A. "), named.format("B. "))
    assert near(named.format("A. "), named.format(""))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("two hundred and fifty thousand", ("250000",)),
        ("one hundred and five of three million", ("105", "3000000")),
        ("ninety-nine", ("99",)),
        ("3.25 million and 4 bn", ("3250000", "4000000000")),
        ("in 2031 12 people", ("2031", "12")),
        ("two or three of twenty", ("2", "3", "20")),
        ("March 12th, 2031", ("12", "2031")),
        ("the 3rd, the third and the thirty-third", ("3th", "3th", "33th")),
        ("1 204 550 and 3 204", ("1204550", "3204")),
        ("$38 million and -4 thousand", ("38000000", "4000")),
    ],
)
def test_numbers_are_compared_in_digits(text: str, numbers: tuple[str, ...]) -> None:
    """Scales are multiplied out; figures that only stand side by side stay two."""
    assert signature(text).numbers == numbers


def test_a_sign_stays_with_its_number() -> None:
    """What is multiplied out keeps its currency and what is below zero."""
    made = signature("it lost $38 million as it fell to -4 thousand")
    assert (made.currencies, made.minus) == (("$38000000",), ("4000",))
    assert [made.words[one.place] for one in made.details if one.kind == "number"] == list(made.numbers)


@pytest.mark.parametrize(
    ("british", "plain"),
    [
        ("harbour", "harbor"), ("organised", "organized"), ("centres", "centers"), ("defence", "defense"),
        ("programmes", "programs"), ("travelled", "traveled"), ("filling", "filling"), ("rise", "rise"),
        ("our", "our"), ("were", "were"),
    ],
)  # fmt: skip
def test_british_spelling_is_written_as_american(british: str, plain: str) -> None:
    """By its endings; short words keep their spelling."""
    assert american(british) == plain


def test_groups_of_three_are_one_figure() -> None:
    """Behind a blank of any width; a year before a figure is none."""
    assert without_gaps("38\u00a0200 of 1\u202f204 550, in 2031 204") == "38200 of 1204550, in 2031 204"


@pytest.mark.parametrize("text", ["on March \u1369 it rained", "12 May \U00010a40"])
def test_digits_of_any_script_are_read(text: str) -> None:
    """Some have no decimal value: a date of them is none, and no error."""
    assert signature(text).numbers


def test_words_are_searched_as_they_are_written() -> None:
    """Names of a signature are found again in the text, by the terms that it is searched by."""
    text = "Labour met Dr. Hadley in the Civic Centre."
    named = searched(text, frozenset(signature(text).names))
    assert [text[term.start : term.end] for term in named] == ["Labour", "Dr", "Hadley", "Civic", "Centre"]
    assert named[0].text == "labour"


def test_texts_of_many_unlike_words_are_compared_quickly() -> None:
    """Slips are not looked for among thousands of words that are others."""
    words = [f"c{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}lorintas" for i in range(6000)]
    one, other = signature(" ".join(words)), signature(" ".join([word[::-1] for word in words[:1600]] + words[1600:]))
    began = process_time()
    assert not is_near_duplicate(one, other)
    assert process_time() - began < 1


def test_a_number_without_end_is_no_error() -> None:
    """“Trillion” as often as anybody may paste it."""
    assert signature("trillion " * 90_000).numbers
