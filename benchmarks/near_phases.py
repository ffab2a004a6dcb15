"""Questions in pairs over short reports: one that they answer, and one for another phase of what they tell of.

What is asked was not done, is only wanted or feared, has another doer or ends elsewhere; the question stays near.
"""

PHASE_STORIES: dict[str, tuple[tuple[str, str], ...]] = {
    "truce": (
        (
            "Corvane rejects Ostrel's offer of a truce",
            "CORVANE, June 11 - The government of Corvane on Tuesday rejected an offer of a truce from President Ilan "
            "Ostrel of Karst, who said he could end the fighting “in a week” if Corvane gave up the port of Tolm.\n\n"
            "Karst's troops crossed the border on March 4, 2031. The war must stop before winter, said Ada Brandt, "
            "the foreign minister of Corvane, but it could not end until the last soldier had left.\n\nBrandt met the "
            "envoy of Karst, Jon Vessel, in Orm in April for talks that lasted three days. Sweden wants to host "
            "another round.\n\nThe United Provinces have given Corvane 3.2 billion crowns in aid. Their parliament is "
            "struggling to approve more.",
        ),
        (
            "Prisoners may be exchanged, Karst says",
            "ORM, June 19 - Karst and Corvane are discussing a possible exchange of prisoners, among them the pilot "
            "Lena Moor and the engineer Tom Adair, who were captured near Tolm in May.\n\nJon Vessel, the envoy of "
            "Karst, said that Corvane would not join the Northern League and that this had been promised in "
            "Orm.\n\nCorvane's general Edda Falk, who succeeded Marten Roe in January, said her troops held the "
            "bridge of Tolm.",
        ),
    ),
    "strike": (
        (
            "Bus drivers in Marrick walk out",
            "MARRICK, Feb 2 - Some 1,400 bus drivers in Marrick began a strike on Monday after talks over pay broke "
            "down. The union, led by Hetty Crane, wants nine percent more. The operator, Marrick Transit, offered "
            "four.\n\nCrane said the strike would not end before the company made a better offer. The city has hired "
            "60 coaches to bring children to school.\n\nThe last strike, in 2024, lasted eleven days. Mayor Paul Orde "
            "urged both sides to return to the table.\n\nMarrick Transit, founded in 1951, carries 210,000 passengers "
            "a day. Its head, Sven Halloran, may resign, newspapers reported.",
        ),
    ),
    "mine": (
        (
            "Four miners rescued at Gellan",
            "GELLAN, Sept 8 - Four miners were brought up alive on Sunday after 61 hours below ground at Gellan. A "
            "tunnel had collapsed on Thursday evening, 340 metres below the surface.\n\nTwo others, Abel Thorne and "
            "Kit Larkin, are still missing. The hope of finding them alive is fading, said the chief of the rescuers, "
            "Maud Ferrer.\n\nThe mine lies 14 miles south of Holm. It was opened in 1966 and employs 320 people. Its "
            "owner, Gellan Coal, planned to close it in two years.\n\nPrime Minister Otto Vane is expected to visit "
            "the families.",
        ),
    ),
    "merger": (
        (
            "Halberd to buy Sundry for 900 million",
            "STRAND, May 5 - The supermarket chain Halberd has agreed to buy its rival Sundry Stores for 900 million "
            "crowns in shares.\n\nThe cartel office has yet to approve the deal, which should be completed by the end "
            "of the year. A bid by the Danish group Fersk failed in 2029.\n\nHalberd, based in Strand, runs 410 shops. "
            "Its chairman, Ragna Dahl, will lead the new company. Sundry's founder, Piet Loos, who owns a third of "
            "it, has refused to sell his shares.\n\nThe union fears that 2,000 jobs could be lost.",
        ),
    ),
    "vaccine": (
        (
            "Trial of malaria vaccine begins in Dorro",
            "DORRO, April 14 - A trial of a new vaccine against malaria has begun in Dorro, its makers said on "
            "Tuesday. Some 4,800 children will be given three doses. Results are expected in 2033.\n\nThe vaccine, "
            "Plasmavax, was developed by the institute of Uppvik under Ines Baro. A dose should cost less than four "
            "crowns.\n\nAn earlier vaccine protected 36 percent of children for two years. The country of Dorro "
            "recorded 61,000 cases last year.\n\nThe health minister, Kofi Lamar, refused to say when the vaccine "
            "would be approved.",
        ),
    ),
    "rocket": (
        (
            "Launch of the Petrel put off",
            "CAPE LORN, Oct 3 - The launch of the rocket Petrel was put off on Friday because of strong winds. The "
            "agency will try again on October 9, its head, Silas Quennell, said.\n\nThe rocket, 58 metres high, is to "
            "carry the probe Tern to Venus. The journey takes 110 days. The probe weighs 640 kilograms.\n\nThe project "
            "has cost 1.1 billion crowns, twice as much as planned. Norway paid for the camera. The first flight, in "
            "2028, ended after 74 seconds when an engine failed.\n\nQuennell took over from Dora Finch, who left for "
            "the university of Ulm.",
        ),
    ),
    "trial": (
        (
            "Former mayor of Brisk denies taking bribes",
            "BRISK, Jan 21 - The former mayor of Brisk, Gerda Pohl, told a court on Wednesday that she had never taken "
            "money from the builder Anton Reuss, who says he paid her 85,000 crowns.\n\nPohl, 59, was arrested at her "
            "house in August and released on bail in October. If found guilty, she could be sent to prison for six "
            "years.\n\nThe trial, before judge Ewan Stroud, is to last until March. Pohl governed Brisk from 2016 to "
            "2028 and was followed by Ulla Marsh.\n\nReuss, who is ill, did not appear.",
        ),
    ),
    "bridge": (
        (
            "Flood damages bridge of Skarn",
            "SKARN, Nov 30 - The old stone bridge of Skarn was damaged by a flood on Saturday and has been closed to "
            "cars. It might have to be torn down, said the engineer Hanne Weir.\n\nThe bridge, 74 metres long, was "
            "built in 1812 by Tobias Grell. It crosses the Lisk 9 kilometres from the sea.\n\nThe river rose by four "
            "metres within a day. Some 300 people had to leave their houses; they hope to return by Thursday.\n\nThe "
            "army wants to put up a temporary bridge. Repairs would cost at least 5 million crowns. Skarn has asked "
            "the government in Holm for help.",
        ),
    ),
}
PHASE_PAIRS: tuple[tuple[str, str, str], ...] = (
    ("truce", "When did the troops of Karst cross the border?", "When did the troops of Karst leave Corvane?"),
    ("truce", "How long did the talks in Orm last?", "How long did the war last?"),
    ("truce", "Where did Brandt meet the envoy of Karst?", "When did the war end?"),
    ("truce", "How much aid have the United Provinces given Corvane?", "How much aid has Sweden given Corvane?"),
    ("truce", "Who succeeded Marten Roe?", "Who succeeded Ada Brandt?"),
    ("truce", "When were Lena Moor and Tom Adair captured?", "When were Lena Moor and Tom Adair released?"),
    ("truce", "Who is the foreign minister of Corvane?", "When did Corvane join the Northern League?"),
    ("truce", "Who wants to host another round of talks?", "When did parliament approve more aid?"),
    ("strike", "When did the strike of the bus drivers begin?", "When did the strike of the bus drivers end?"),
    ("strike", "How long did the strike in 2024 last?", "How many days did the coaches drive?"),
    ("strike", "Who leads the union of the bus drivers?", "When did Sven Halloran resign?"),
    ("strike", "How many coaches has the city hired?", "How much did the city pay for the coaches?"),
    ("strike", "When was Marrick Transit founded?", "Who founded Marrick Transit?"),
    ("strike", "How much more pay does the union want?", "When did the drivers return to work?"),
    ("mine", "When did the tunnel at Gellan collapse?", "When were Abel Thorne and Kit Larkin found?"),
    ("mine", "How long were the four miners below ground?", "How long did it take to build the tunnel?"),
    ("mine", "When was the mine at Gellan opened?", "When was the mine at Gellan closed?"),
    ("mine", "How far is the mine from Holm?", "How far is the mine from Marrick?"),
    ("mine", "How many people does the mine employ?", "When did Otto Vane visit the families?"),
    ("mine", "Who are the two missing miners?", "How deep is the lake of Holm?"),
    ("merger", "How much will Halberd pay for Sundry Stores?", "When did the cartel office approve the deal?"),
    ("merger", "When did the bid by Fersk fail?", "When did Piet Loos sell his shares?"),
    ("merger", "Who will lead the new company?", "Who led Sundry Stores before Piet Loos?"),
    ("merger", "How many shops does Halberd run?", "How many jobs were lost in 2029?"),
    ("merger", "Where is Halberd based?", "Where is Fersk based?"),
    ("vaccine", "When did the trial of the vaccine begin?", "When did the trial of the vaccine end?"),
    ("vaccine", "How many children will get the vaccine?", "How many children died in the trial?"),
    ("vaccine", "Who developed Plasmavax?", "Who paid for Plasmavax?"),
    ("vaccine", "When are the results of the trial expected?", "When was Plasmavax approved?"),
    ("vaccine", "How many cases did Dorro record last year?", "How large is the population of Dorro?"),
    ("rocket", "Why was the launch of the Petrel put off?", "Why did Dora Finch resign?"),
    ("rocket", "How high is the Petrel?", "How fast is the Petrel?"),
    ("rocket", "When will the agency try to launch the Petrel again?", "When did the probe Tern reach Venus?"),
    ("rocket", "How long did the first flight last?", "How long did the second flight last?"),
    ("rocket", "Who paid for the camera?", "Who paid for the engine?"),
    ("rocket", "How much has the project cost?", "How much did Norway pay for the camera?"),
    ("rocket", "Who did Silas Quennell take over from?", "Who succeeded Silas Quennell?"),
    ("trial", "When was Gerda Pohl arrested?", "When was Gerda Pohl sentenced?"),
    ("trial", "How much did Anton Reuss say he paid her?", "When did Gerda Pohl take the money?"),
    ("trial", "Who followed Gerda Pohl as mayor?", "Who was mayor before Gerda Pohl?"),
    ("trial", "When was Gerda Pohl released on bail?", "When was Anton Reuss arrested?"),
    ("trial", "How old is Gerda Pohl?", "How old is Anton Reuss?"),
    ("trial", "Who is the judge in the trial of Gerda Pohl?", "When did the trial of Gerda Pohl end?"),
    ("bridge", "When was the bridge of Skarn built?", "When was the bridge of Skarn torn down?"),
    ("bridge", "How long is the bridge of Skarn?", "How wide is the bridge of Skarn?"),
    ("bridge", "How far from the sea is the bridge of Skarn?", "How far is Skarn from Holm?"),
    ("bridge", "How many people had to leave their houses?", "When did the people return to their houses?"),
    ("bridge", "How much would repairs cost?", "How much did the government in Holm give Skarn?"),
    ("bridge", "Who built the bridge of Skarn?", "Who built the temporary bridge?"),
    ("bridge", "By how much did the river rise?", "How deep is the Lisk?"),
)
PHASE_HELD_OUT = frozenset({"merger", "rocket", "bridge", "strike"})
"""Nobody looked at what is answered to these."""
