"""Questions in pairs over short reports: one that they answer, and one for what they tell only of another."""

NAME_STORIES: dict[str, tuple[tuple[str, str], ...]] = {
    "quake": (
        (
            "Quake shakes Pell valley",
            "HOLMFIRTH, May 3 - An earthquake of magnitude 5.8 shook the Pell valley on Sunday, killing four "
            "people.\n\nSome 230 houses were damaged, the county said. The last strong quake there was in "
            "1931.\n\nGovernor Tilda Marsh promised 12 million crowns.",
        ),
        (
            "",
            "The Arven dam in Sollmark holds 900 million litres. Engineers found cracks in it in March, and "
            "governor Hugo Brandt closed the road over it.",
        ),
        (
            "",
            "Tourists stayed away from Drumm this winter. Snow fell on only nine days.",
        ),
    ),
    "market": (
        (
            "Kestrel Foods to cut jobs",
            "Kestrel Foods will cut 450 jobs by spring, chief executive Mona Field told staff.\n\nThe maker of "
            "soups made a loss of 7 million crowns last year.\n\n“We have no choice,” Field said. She joined the "
            "firm in 2021.",
        ),
        (
            "",
            "Shares of Orbell rose 4 percent after the chain opened its hundredth shop. Founder Stig Ohr owns a "
            "third of it.",
        ),
        (
            "",
            "The brewery Quint & Daughters celebrates its 200th birthday in June with free beer.",
        ),
    ),
    "letters": (
        (
            "",
            "Dear Pia,\n\nThe boat leaves at six on Tuesday. I have paid 40 marks for both of us. Bring the blue "
            "tent.\n\nYours, Olaf",
        ),
        (
            "Minutes of the garden club",
            "Present: Ines, Karl, Dorte. Karl will buy 30 tulip bulbs. Dorte repairs the pump by May 9.\n\nThe fee "
            "rises to 25 marks.",
        ),
    ),
    "science": (
        (
            "",
            "Researchers at the University of Brell taught pigeons to sort mail. The birds needed 16 days, wrote "
            "Anke Dorn in the journal.\n\nThe post office of Brell was not amused.",
        ),
        (
            "Comet Reff returns",
            "It was last seen in 1954, and comes within nine million kilometres of the earth.\n\nAmateurs can watch "
            "it with a small telescope from Thursday on.",
        ),
        (
            "",
            "The probe Harrier landed on the moon Thessa after a flight of six years. It weighs 310 kilograms.",
        ),
    ),
    "history": (
        (
            "The siege",
            "In 1644 the Swedes besieged the fortress for eleven weeks. Its commander, Jost Ahl, had only 300 "
            "men.\n\nThe walls of Gellen stand to this day.",
        ),
        (
            "",
            "King Harald the Lame ruled Osmark from 1201 to 1219. He had nine children, and lost an eye in the war "
            "against the Danes.",
        ),
        (
            "",
            "Queen Sunniva of Trond founded 14 monasteries. She could not read.",
        ),
    ),
    "zoo": (
        (
            "New keeper at Larkham zoo",
            "Larkham zoo has hired Petra Voss to look after its 14 elephants.\n\nShe worked in a circus before. The "
            "elephants eat 900 kilograms of hay a day.\n\nThe zoo opened in 1922.",
        ),
        (
            "",
            "The aquarium of Stellan Bay shows sharks and rays. Entry costs 15 crowns.",
        ),
        (
            "",
            "Farmer Ulf Drage lost 31 sheep to a wolf. The wolf was filmed near Kroll in April.",
        ),
    ),
    "elections": (
        (
            "Voters turn out",
            "MERROW, June 2 - Turnout in the election for the council of Merrow was 61 percent, the highest since "
            "1988.\n\nThe Reed party won 17 of the 40 seats. Its leader, Ivo Calder, will try to form a "
            "coalition.\n\n“It will take weeks,” he said.",
        ),
        (
            "",
            "In Ashgrove, mayor Nell Hobart was elected for a third term with 54 percent of the votes.",
        ),
        (
            "",
            "The Heron party chose a new flag at its meeting in Ashgrove. It was drawn by a child of nine.",
        ),
    ),
    "roads": (
        (
            "",
            "The tunnel under Mount Sedge is 7.2 kilometres long and was dug in nine years. Lorries pay 60 marks.",
        ),
        (
            "A bridge for Unna",
            "The bridge will be 340 metres long and is to be ready in 2034.\n\nThe county pays for half of it. "
            "Engineer Lars Tobin designed it.",
        ),
        (
            "",
            "Cyclists in Paverton got a path of their own along the canal.",
        ),
    ),
    "music": (
        (
            "The lost symphony",
            "Composer Ebba Thorn wrote it in 1911, in six weeks. It was first played in Dornach in 1974, twenty "
            "years after her death.\n\nThe manuscript, of 212 pages, was found behind an oven.",
        ),
        (
            "",
            "The band Copper Lake sold 80,000 copies of its first record. Singer Joss Adair plays the harp, too.",
        ),
        (
            "",
            "Pianist Rhea Colm cancelled her concerts in May because of a broken finger.",
        ),
    ),
    "farms": (
        (
            "Harvest",
            "Wheat on the farms of Upper Tarn yielded 6.1 tonnes a hectare, the Tarn farmers' union said on "
            "Tuesday.\n\nIts chairman, Gus Fenner, blamed the rain in June.",
        ),
        (
            "",
            "Dutch growers sold 1.2 billion tulips. The Belgian ones had a bad year.",
        ),
        (
            "",
            "The cheese of Sund won a prize in Karst. It is made of goat's milk and ripens for 90 days.",
        ),
    ),
    "observatory": (
        (
            "",
            "The observatory on Mount Ferrin has a mirror of 4.1 metres. It was inaugurated in 1979 and employs 62 "
            "people.",
        ),
        (
            "A camera for Halden Peak",
            "The telescope gets a camera that cost 11 million marks, the institute said on Friday.\n\nIts head, "
            "Ylva Brandt, expects first pictures in March.",
        ),
        (
            "",
            "Mount Aurel was climbed for the first time in 1868, by two clockmakers.",
        ),
    ),
    "bakers": (
        (
            "",
            "Tess Marlow bakes 600 loaves a night in her cellar in Quill Street. She learned it from her grandmother.",
        ),
        (
            "",
            "Baker Jan Marlow of Ost was fined 900 crowns for selling yesterday's rolls.",
        ),
        (
            "The oldest inn of Skive",
            "The inn has stood there since 1530. Its landlord, Knud Ebbe, serves eel on Thursdays.",
        ),
    ),
    "navy": (
        (
            "",
            "The cutter Swift, built in Amble in 1784, captured eleven smugglers' boats. Lieutenant Noah Firth "
            "commanded her for six years.",
        ),
        (
            "Divers raise the anchor of the Marigold",
            "The anchor weighs 1.9 tonnes and will be shown in Pendle.\n\nThe ship had sunk in a storm in 1840, "
            "with 77 men aboard.",
        ),
        (
            "",
            "The lighthouse of Cape Linn has been empty since Boyd Farrow left it in 1999.",
        ),
    ),
    "towns": (
        (
            "",
            "Wexley has a new fire engine. It cost 240,000 marks, and carries 3,000 litres of water. Fire chief Ola "
            "Quist drives it himself.",
        ),
        (
            "Flood in Upper Dale",
            "The river Lune rose by three metres on Monday. Some 140 families had to leave their houses.\n\nNobody "
            "was hurt, mayor Greta Sand said.",
        ),
        (
            "",
            "The chess club of Barrow Heath has 19 members, one of them a parrot.",
        ),
    ),
}
"""A library each: a document a line, its title and its text."""

NAME_HELD_OUT = frozenset(("observatory", "bakers", "navy", "towns"))
"""Those that nobody looks at while what is measured is being changed."""

NAME_PAIRS: tuple[tuple[str, str, str], ...] = (
    (
        "quake",
        "How many people did the earthquake in the Pell valley kill?",
        "How many people did the earthquake in Drumm kill?",
    ),
    ("quake", "How many houses were damaged in the Pell valley?", "How many houses were damaged in Sollmark?"),
    (
        "quake",
        "When was the last strong quake in the Pell valley?",
        "How many people did the earthquake in Lysander kill?",
    ),
    ("quake", "How much did Governor Marsh promise?", "How much does the Corrib dam hold?"),
    ("quake", "How much does the Arven dam hold?", "How much did Governor Brandt promise?"),
    ("quake", "On how many days did snow fall in Drumm?", "On how many days did snow fall in Sollmark?"),
    ("market", "How many jobs will Kestrel Foods cut?", "How many jobs will Orbell cut?"),
    ("market", "How much did Kestrel lose last year?", "How many jobs will Quint & Daughters cut?"),
    ("market", "When did Mona Field join Kestrel Foods?", "How many jobs will Meridian cut?"),
    ("market", "By how much did shares of Orbell rise?", "By how much did shares of Kestrel Foods rise?"),
    ("market", "Who founded Orbell?", "By how much did shares of Meridian rise?"),
    ("market", "Who is the chief executive of Kestrel?", "When did Stig Ohr join Kestrel Foods?"),
    ("letters", "When does the boat leave?", "How many tulip bulbs will Henrik buy?"),
    ("letters", "How much did Olaf pay?", "By when does Henrik repair the pump?"),
    ("letters", "How many tulip bulbs will Karl buy?", "How much did Sigrid pay?"),
    ("science", "How long did the pigeons of Brell need to learn?", "When was comet Vanta last seen?"),
    ("science", "When was comet Reff last seen?", "How heavy is the probe Osprey?"),
    ("science", "How close does comet Reff come to the earth?", "How long did the probe Osprey fly?"),
    ("science", "How heavy is the probe Harrier?", "How close does comet Vanta come to the earth?"),
    ("science", "How long did Harrier fly?", "When was the probe Harrier last seen?"),
    ("history", "How long did the Swedes besiege Gellen?", "How many children did Queen Sunniva have?"),
    ("history", "How many men did Jost Ahl have?", "How many children did King Magnus have?"),
    ("history", "When did Harald rule Osmark?", "How many monasteries did King Harald found?"),
    ("history", "How many children did King Harald have?", "How many monasteries did King Magnus found?"),
    ("history", "How many monasteries did Queen Sunniva found?", "When did Sunniva rule Trond?"),
    ("history", "Who besieged Gellen?", "How long did Denmark besiege Trond?"),
    ("zoo", "How many elephants does Larkham zoo have?", "How many elephants does Harrow zoo have?"),
    ("zoo", "When did Larkham zoo open?", "When did the aquarium of Stellan Bay open?"),
    ("zoo", "How much is the entry to the aquarium of Stellan Bay?", "How much is the entry to Larkham zoo?"),
    ("zoo", "How many sheep did Ulf Drage lose?", "How many sheep did Petra Voss lose?"),
    ("zoo", "Where did Petra Voss work before?", "Where did Ulf Drage work before?"),
    ("elections", "What was the turnout in Merrow?", "What was the turnout in Ashgrove?"),
    ("elections", "How many seats did the Reed party win?", "How many seats did the Heron party win?"),
    ("elections", "Who leads the Reed party?", "Who leads the Heron party?"),
    ("elections", "With how many percent was Nell Hobart elected?", "With how many percent was Ivo Calder elected?"),
    ("elections", "Where did the Heron party meet?", "How many seats did the Willow party win?"),
    ("roads", "How long is the tunnel under Mount Sedge?", "How long is the tunnel under Mount Corran?"),
    ("roads", "How long will the bridge of Unna be?", "How long will the bridge of Paverton be?"),
    ("roads", "Who designed the bridge of Unna?", "Who designed the bridge of Paverton?"),
    (
        "roads",
        "How much do lorries pay in the tunnel under Mount Sedge?",
        "How much do lorries pay in the tunnel under Mount Corran?",
    ),
    ("roads", "When is the bridge of Unna to be ready?", "When is the bridge of Lindal to be ready?"),
    ("music", "When did Ebba Thorn write the lost symphony?", "When did Rhea Colm write the lost symphony?"),
    (
        "music",
        "How many pages does the manuscript of Ebba Thorn have?",
        "How many pages does the manuscript of Joss Adair have?",
    ),
    (
        "music",
        "How many copies of its first record did Copper Lake sell?",
        "How many copies of its first record did Silver Barn sell?",
    ),
    ("music", "Why did Rhea Colm cancel her concerts?", "Why did Copper Lake cancel its concerts?"),
    ("music", "What does Joss Adair play?", "What does Marla Finch play?"),
    ("farms", "How much wheat did the farms of Upper Tarn yield?", "How much wheat did the farms of Karst yield?"),
    ("farms", "How many tulips did growers in the Netherlands sell?", "How many tulips did growers in Denmark sell?"),
    ("farms", "How long does the cheese of Sund ripen?", "How long does the cheese of Karst ripen?"),
    ("farms", "Who is chairman of the Tarn farmers' union?", "Who is chairman of the Sund farmers' union?"),
    ("farms", "Where did the cheese of Sund win a prize?", "Where did the cheese of Tarn win a prize?"),
    (
        "observatory",
        "How many people does the observatory on Mount Ferrin employ?",
        "How many people does the observatory on Mount Aurel employ?",
    ),
    ("observatory", "How much did the camera for Halden Peak cost?", "How much did the camera for Mount Dorran cost?"),
    ("observatory", "Who heads the institute of Halden Peak?", "Who heads the institute of Mount Aurel?"),
    (
        "observatory",
        "When was Mount Aurel climbed for the first time?",
        "When was Mount Ferrin climbed for the first time?",
    ),
    (
        "observatory",
        "When was the observatory on Mount Ferrin inaugurated?",
        "When was the observatory on Mount Dorran inaugurated?",
    ),
    ("bakers", "How many loaves does Tess Marlow bake a night?", "How many loaves does Jan Marlow bake a night?"),
    ("bakers", "How much was Jan Marlow fined?", "How much was Tess Marlow fined?"),
    ("bakers", "Since when has the inn of Skive stood?", "Since when has the inn of Ost stood?"),
    ("bakers", "What does Knud Ebbe serve on Thursdays?", "What does Anders Bohl serve on Thursdays?"),
    ("bakers", "From whom did Tess Marlow learn to bake?", "From whom did Knud Ebbe learn to bake?"),
    ("navy", "How many smugglers' boats did the Swift capture?", "How many smugglers' boats did the Marigold capture?"),
    ("navy", "How much does the anchor of the Marigold weigh?", "How much does the anchor of the Swift weigh?"),
    ("navy", "Who commanded the Swift?", "Who commanded the Gannet?"),
    ("navy", "When did the Marigold sink?", "When did the Gannet sink?"),
    ("navy", "When did Boyd Farrow leave the lighthouse?", "When did Noah Firth leave the lighthouse?"),
    ("towns", "How much did the fire engine of Wexley cost?", "How much did the fire engine of Barrow Heath cost?"),
    (
        "towns",
        "How many families had to leave their houses in Upper Dale?",
        "How many families had to leave their houses in Lower Dale?",
    ),
    (
        "towns",
        "How many members does the chess club of Barrow Heath have?",
        "How many members does the chess club of Wexley have?",
    ),
    ("towns", "By how much did the Lune rise?", "By how much did the Teign rise?"),
    ("towns", "Who is the mayor of Upper Dale?", "Who is the mayor of Wexley?"),
)
"""The story, a question that it answers, and one that names somebody or somewhere of whom it does not tell that."""
