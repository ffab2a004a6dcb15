"""Questions in pairs over short reports: one that they answer, and one for an amount or a date they do not tell."""

AMOUNT_STORIES: dict[str, tuple[tuple[str, str], ...]] = {
    "ferry": (
        (
            "Twelve dead as ferry Solvane sinks off Keld",
            "KELD, March 2 - Twelve people died when the ferry Solvane sank in a storm off Keld on Saturday night, "
            "the coast guard said.\n\nThe ship had left Marrick at 9.40 p.m. with 146 passengers and 14 crew. It took "
            "on water through the bow door and turned over within twenty minutes, survivors said.\n\nHelicopters and "
            "two fishing boats pulled 131 people from the sea. “We heard shouting long before we saw anybody,” said "
            "Tor Ellering, skipper of the trawler Gannet.\n\nCaptain Ines Rademaker, 47, was among those rescued.",
        ),
        (
            "Ferry toll rises to 17; bow door under suspicion",
            "KELD, March 5 - The number of people who died when the ferry Solvane sank has risen to 17, the coast "
            "guard said on Wednesday, after divers found five bodies on the car deck.\n\nInvestigators believe that "
            "the bow door had not been locked. The owner, Marrick Lines, said that it had been inspected in January "
            "and found in order.\n\nTransport minister Greta Solheim announced an inquiry led by the retired judge "
            "Anselm Pryce. It is to report by October.\n\n“No ship should sail with a door that cannot be seen from "
            "the bridge,” Solheim told parliament.",
        ),
        (
            "Survivors of the Solvane accuse the owner",
            "MARRICK, March 9 - At least 19 people lost their lives on the Solvane, a group of survivors said on "
            "Sunday, counting two passengers who are still missing.\n\nTheir lawyer, Dorothea Pryce, said that a "
            "mechanic had warned of a broken lock eleven days before the ship sank. Marrick Lines would not "
            "comment.\n\nThe company has offered each family 40,000 crowns. “That is an insult,” said Jonas Weil, who "
            "lost his wife.",
        ),
    ),
    "aquarium": (
        (
            "Two sharks move into Brightsea aquarium",
            "BRIGHTSEA, May 19 - Two sand tiger sharks arrived at the aquarium of Brightsea on Monday after a journey "
            "of 31 hours by lorry.\n\nThe females, Nell and Duchess, weigh 95 and 110 kilograms. They come from a zoo "
            "in Pohlmark, which closed in April.\n\nThe keeper Wanda Ferris said that they would be fed mackerel "
            "three times a week. Visitors can see them from June.\n\nA ticket costs 18 crowns, children pay 9.",
        ),
    ),
    "football": (
        (
            "Corran United beat Tolby to reach the final",
            "CORRAN, April 27 - Corran United beat Tolby Rovers 3-1 on Sunday before 22,400 spectators to reach their "
            "first cup final in 31 years.\n\nDanilo Ferris scored twice in the first half. Tolby's goal came from a "
            "penalty by Marek Stahl in the 78th minute, after Corran's captain, Owen Teague, had been sent "
            "off.\n\n“We suffered, and we enjoyed it,” said coach Brigitta Lanz, who took over in December.\n\nCorran "
            "meet Hallow Athletic in the final on May 17.",
        ),
        (
            "Hallow lift the cup after shoot-out",
            "MELLINGTON, May 17 - Hallow Athletic won the cup on Saturday, beating Corran United 5-4 on penalties "
            "after a goalless draw.\n\nGoalkeeper Stig Amundsen saved the last penalty, by Danilo Ferris. It is "
            "Hallow's seventh cup.\n\nCoach Brigitta Lanz said that she would stay with Corran. “Danilo has nothing "
            "to be sorry for,” she added.\n\nHallow's win is worth 1.8 million crowns.",
        ),
    ),
    "bank": (
        (
            "Halden Bank buys Merrow Savings for 4.1 billion",
            "CAPITAL CITY, Feb 3 - Halden Bank is buying its smaller rival Merrow Savings for 4.1 billion crowns in "
            "shares, both said on Monday.\n\nThe new bank will have 3.4 million customers and 212 branches, 38 of "
            "which are to close. Halden's head, Victor Lindqvist, will lead it; Joan Merrow, whose grandfather "
            "founded Merrow Savings in 1921, leaves.\n\nShares of Merrow rose 19 percent, those of Halden fell 3 "
            "percent.\n\nThe watchdog must agree, which may take until autumn.",
        ),
        (
            "Watchdog clears bank merger with conditions",
            "CAPITAL CITY, Sept 30 - The competition watchdog approved the takeover of Merrow Savings by Halden Bank "
            "on Tuesday, on condition that 25 branches are sold.\n\n“Villages must not be left without a counter,” "
            "said its president, Tomas Reyl.\n\nUnions expect the loss of 900 jobs; Halden speaks of 550. Victor "
            "Lindqvist said that nobody would be dismissed before 2027.",
        ),
    ),
    "school": (
        (
            "Parents fight for village school in Tarn",
            "TARN, Sept 11 - Parents in Tarn have collected 1,870 signatures against the closing of the village "
            "school, which has 38 pupils.\n\nThe county wants to close it next July and send the children to Orsted, "
            "16 kilometres away. That would save 210,000 crowns a year.\n\nHeadmistress Philippa Stone has taught "
            "there for 29 years. “The bus takes fifty minutes when it comes,” she said.",
        ),
        (
            "Tarn keeps its school, with a wind turbine",
            "TARN, Jan 30 - The village school of Tarn stays open. The county gave way on Thursday after the parish "
            "council promised to pay for the heating from the profits of a wind turbine.\n\nCouncillor Desmond Stone, "
            "who found the solution, said that the turbine earned 75,000 crowns a year.\n\nThe headmistress will "
            "retire in the summer.",
        ),
    ),
    "zoo": (
        (
            "Elephant calf born in Orsted zoo",
            "ORSTED, March 18 - An elephant calf of 104 kilograms was born in the zoo of Orsted on Tuesday at 4.10 "
            "a.m.\n\nIt is the third calf of the cow Zuri, 27, and a male. Vet Hamish Ferris said that it stood up "
            "after half an hour.\n\nThe father, Rongo, died in November. The calf has no name yet; visitors may "
            "propose one until the end of April.",
        ),
        (
            "Orsted's elephant calf is called Pepper",
            "ORSTED, May 2 - Pepper is the name of the elephant calf in the zoo of Orsted. It was drawn from 4,300 "
            "proposals.\n\nThe calf now weighs 160 kilograms and drinks 12 litres of milk a day. The number of "
            "visitors has doubled, said the zoo's head, Ulrike Bloom.",
        ),
    ),
    "mayor": (
        (
            "Quill wins a third term in Dunmarrow",
            "DUNMARROW, Oct 7 - Mayor Elsbeth Quill won a third term on Sunday with 54.2 percent of the vote, beating "
            "the baker Rufus Tamm by almost nine points.\n\nTurnout was 61 percent, the lowest since 1988. Quill, a "
            "former teacher of mathematics, promised to reopen the public baths and to plant 3,000 trees.\n\n“People "
            "want a town that works,” she said in front of the town hall. Tamm said that he would not stand "
            "again.\n\nIn the neighbouring town of Eskrigg, mayor Harald Bost kept his office with 71 percent.",
        ),
        (
            "Dunmarrow council blocks mayor's budget",
            "DUNMARROW, Feb 18 - The town council threw out the budget of mayor Elsbeth Quill on Tuesday by 17 votes "
            "to 14.\n\nCouncillors of the Farmers' List objected to the 2.6 million crowns for the public baths. “We "
            "have roads with holes you could fish in,” said their leader, Bettina Orloff.\n\nQuill called the vote "
            "irresponsible. She has six weeks to present a new one.\n\nThe baths were closed in 2019 because the roof "
            "was leaking.",
        ),
    ),
    "court": (
        (
            "Accountant jailed for six years over stolen millions",
            "HAVERLING, Jan 22 - The accountant Peder Vance was sent to prison for six years on Wednesday for "
            "stealing 3.2 million crowns from a children's charity.\n\nVance, 58, had pleaded guilty. He told the "
            "court in Haverling that he had lost the money at cards.\n\nJudge Marguerite Oakes said that he had "
            "betrayed the trust of people who had nothing. His lawyer, Simon Hatch, said that Vance would not "
            "appeal.\n\nThe charity, Open Hand, has closed two of its five homes since the theft was discovered in "
            "2023.",
        ),
        (
            "Vance brothers: one in the dock, one in the goal",
            "Lukas Vance, goalkeeper of Tolby Rovers, has spoken of his shame for the first time since his brother "
            "Peder was jailed.\n\n“I paid back what I could,” he said. The 34-year-old sold his house in Tolby for "
            "610,000 crowns and gave the money to the charity.\n\nTheir mother, Irma Vance, 81, visits Peder each "
            "Thursday. She still believes that he was threatened by gamblers.",
        ),
    ),
    "battery": (
        (
            "Nordlite to build battery plant in Eskrigg",
            "ESKRIGG, June 13 - Nordlite will build a factory for batteries in Eskrigg, creating 800 jobs, the "
            "company said on Thursday.\n\nBuilding begins in September and is to cost 340 million crowns, of which "
            "the state pays 60 million. Production is planned for 2027.\n\nChief executive Amelia Frost said that the "
            "river and the railway had decided the choice. The town of Dunmarrow had offered land, "
            "too.\n\nEnvironmental groups fear for the storks in the meadows.",
        ),
        (
            "Nordlite halves its plans for Eskrigg",
            "ESKRIGG, Aug 29 - Nordlite will hire 420 people in Eskrigg, instead of 800, since fewer electric cars "
            "are sold than expected.\n\nThe factory will open a year later, in 2028, said chief executive Amelia "
            "Frost. The costs had risen to 395 million crowns.\n\n“It is a delay, not a farewell,” she said. Harald "
            "Bost, the mayor, called the news bitter.",
        ),
    ),
    "painting": (
        (
            "Thieves take The Blue Loaf from museum in Orsted",
            "ORSTED, Dec 9 - Thieves stole the painting The Blue Loaf by Cornelia Dray from the city museum in Orsted "
            "in the night to Monday.\n\nThey came through a skylight and needed less than four minutes, director Paul "
            "Nathanson said. The alarm had been switched off for repairs.\n\nThe work of 1873 is insured for 12 "
            "million crowns. The museum offers 100,000 crowns for its return.\n\nCornelia Dray painted it when she "
            "was 26.",
        ),
        (
            "Stolen Blue Loaf found in a pigeon loft",
            "ORSTED, June 30 - The Blue Loaf is back. Police found the stolen painting on Saturday in a pigeon loft "
            "near Tarn, wrapped in a horse blanket.\n\nTwo brothers, aged 29 and 33, were arrested. A neighbour had "
            "wondered why they locked up pigeons that nobody could want.\n\nDirector Paul Nathanson wept when he saw "
            "it. “One corner is damp, nothing more,” he said. It will be shown again from Sept 1.",
        ),
    ),
    "opera": (
        (
            "New opera house in Mellington opens three years late",
            "MELLINGTON, Oct 3 - With a work by Leonie Marsh the new opera house of Mellington opened on Friday, "
            "three years late.\n\nThe house, by the architect Ikuko Tanabe, has 1,640 seats. It cost 88 million "
            "crowns, the culture ministry said.\n\nTrouble with the roof had delayed it. Queen Adelheid attended, and "
            "left in the interval with a cold.\n\nDirector Fabian Roth plans eleven new productions in the first "
            "season.",
        ),
        (
            "Auditors: opera house cost 94 million",
            "MELLINGTON, Oct 20 - Mellington's opera house cost 94 million crowns, and not 88 million, the court of "
            "auditors found.\n\nThe ministry had left out the stage lifts, said the head of the auditors, Katrin "
            "Voss.\n\nCulture minister Ludo Bergman denied that he had misled anyone. The opposition wants him to "
            "resign.",
        ),
    ),
}
AMOUNT_PAIRS = (
    ("ferry", "Which port had the Solvane left?", "When was the Solvane built?"),
    (
        "ferry",
        "How many passengers were on the ferry that sank off Keld?",
        "How many lorries were on the Solvane's car deck?",
    ),
    ("ferry", "How many people died on the Solvane?", "How long was the ferry Solvane?"),
    ("ferry", "Who leads the inquiry into the ferry disaster?", "How old is Anselm Pryce?"),
    ("ferry", "By when must the Solvane inquiry report?", "What did Captain Rademaker say about the bow door?"),
    ("ferry", "How old is Captain Rademaker?", "How many passengers does the ferry Gannet carry?"),
    ("ferry", "What did Greta Solheim say about the bow door?", "How much did the inquiry cost?"),
    ("aquarium", "What are the sharks in Brightsea called?", "When did the aquarium of Brightsea open?"),
    ("aquarium", "How much does Duchess weigh?", "How many seals live in the aquarium?"),
    ("aquarium", "How much is a ticket for the aquarium?", "How old are the sharks?"),
    ("aquarium", "How often do the sharks get fed?", "How many visitors came to the aquarium last year?"),
    ("football", "Who scored for Tolby against Corran?", "Who coaches Hallow Athletic?"),
    ("football", "How many spectators watched Corran beat Tolby?", "How many spectators saw the final in Mellington?"),
    ("football", "Which team won the cup final?", "Who scored twice in the cup final?"),
    ("football", "Who saved the last penalty?", "How old is Danilo Ferris?"),
    ("football", "When did Brigitta Lanz become coach?", "Who won the cup in 2019?"),
    ("football", "How many times has Hallow won the cup?", "Where was Stig Amundsen born?"),
    ("bank", "How much does Halden Bank pay for Merrow Savings?", "When was Halden Bank founded?"),
    ("bank", "Who founded Merrow Savings?", "How many customers does Merrow Savings have?"),
    ("bank", "How many jobs will be lost through the bank merger?", "How old is Victor Lindqvist?"),
    ("bank", "How many branches must be sold?", "What profit did Halden Bank make last year?"),
    ("school", "How many pupils does the school in Tarn have?", "How many teachers does the school in Tarn have?"),
    ("school", "How far is it from Tarn to Orsted?", "How many pupils has the school in Orsted?"),
    ("school", "How was the school in Tarn saved?", "How high is the wind turbine in Tarn?"),
    ("school", "How long has Philippa Stone taught in Tarn?", "How old is Desmond Stone?"),
    ("zoo", "What is the elephant calf in Orsted called?", "How many elephants live in the zoo of Orsted?"),
    ("zoo", "Who is the father of the elephant calf?", "How did Rongo die?"),
    ("zoo", "How much milk does Pepper drink?", "How old is Ulrike Bloom?"),
    ("mayor", "What share of the vote did Elsbeth Quill get?", "What was the turnout in Eskrigg?"),
    ("mayor", "Who lost the mayoral election in Dunmarrow?", "How old is Elsbeth Quill?"),
    ("mayor", "Why were the baths in Dunmarrow closed?", "How many trees does Harald Bost want to plant?"),
    ("mayor", "How many trees does Quill want to plant?", "Who beat Elsbeth Quill in 2020?"),
    ("mayor", "By how many votes did the council reject the budget?", "When were the public baths in Eskrigg closed?"),
    ("mayor", "What was Elsbeth Quill's job before?", "How many people live in Dunmarrow?"),
    ("court", "How long must Peder Vance go to prison?", "When did Peder Vance get married?"),
    ("court", "How much did the accountant steal?", "How many goals has Lukas Vance conceded this season?"),
    ("court", "What did Peder Vance do with the money?", "How long must Lukas Vance go to prison?"),
    ("court", "Who is Peder Vance's brother?", "How old is Judge Oakes?"),
    ("court", "How old is the mother of the Vance brothers?", "How many children live in the homes of Open Hand?"),
    ("battery", "Why does Nordlite hire fewer people?", "How much land did Dunmarrow offer?"),
    ("battery", "How many jobs will Nordlite create in Eskrigg?", "How many batteries will the factory make a year?"),
    ("battery", "When will the Nordlite factory open?", "When was Nordlite founded?"),
    ("battery", "Which other town offered land to Nordlite?", "How many storks nest in the meadows of Eskrigg?"),
    ("battery", "What did Harald Bost think of Nordlite's cut?", "How much does Amelia Frost earn?"),
    ("painting", "Where was the stolen painting found?", "When did Cornelia Dray die?"),
    ("painting", "Who painted The Blue Loaf?", "How many visitors does the museum in Orsted have?"),
    ("painting", "How did the thieves get into the museum in Orsted?", "Who bought The Blue Loaf?"),
    ("painting", "For how much is The Blue Loaf insured?", "How long must the thieves go to prison?"),
    ("opera", "How much did the opera house in Mellington cost?", "How much does a ticket for the opera cost?"),
    ("opera", "Who designed the opera house?", "How old is Ikuko Tanabe?"),
    ("opera", "How many seats has the opera house?", "How many seats has the Royal Theatre?"),
    ("opera", "Why did the queen leave early?", "When was the old opera house demolished?"),
)
AMOUNT_HELD_OUT = frozenset({"mayor", "court", "battery", "painting", "opera"})
"""Nobody looked at what is answered to these."""
