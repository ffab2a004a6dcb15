"""Short reports and questions in pairs: the second one asks with another verb or another modifier than what is told."""

SWAP_STORIES: dict[str, tuple[str, ...]] = {
    "palace": (
        "The western tower of Ebrin palace collapsed on Sunday after heavy rain. The eastern tower is to be propped up "
        "with steel beams.",
        "King Osmund the Second built the palace in 1641 and was buried in its chapel. His eldest daughter, Ludmila, "
        "sold the park in 1688.",
        "The present owner, a foundation led by Klara Wend, has asked the government for nine million crowns.",
    ),
    "doctor": (
        "Bela Anstruther was born in Corvin in 1902, studied in Prast and opened a practice in Dalby in 1931.",
        "In 1944 she discovered that a mould from cellar walls heals burns. The first patient was a baker's boy; he "
        "lived to be ninety.",
        "Anstruther refused the great cross of the order of Saint Egil in 1957. The smaller cross hangs in the town "
        "hall.",
        "The new clinic in Dalby, opened in 2011, bears her name. The old clinic is a bowling alley.",
    ),
    "football": (
        "Torvik beat Hammel 3-1 in the second round of the county cup on Saturday before 1,850 spectators. Jens Arup "
        "scored twice.",
        "Coach Lia Brandt signed a new contract until 2032 on Thursday. The assistant coach, Pavel Dorn, leaves for "
        "Skarn.",
        "The home shirts are green; the club was founded in 1911 by dock workers. Its women's team plays in the third "
        "division.",
    ),
    "newspaper": (
        "The Evening Lantern of Orm will cease printing in March. The Morning Lantern continues with a staff of "
        "fourteen.",
        "Publisher Dag Ullman blamed the price of paper, which rose by 40 percent. Former editor Sara Klee called it "
        "a failure of nerve.",
        "The first issue appeared in 1889 and cost two pence. The largest issue, of 96 pages, marked the end of the "
        "war.",
    ),
    "theatre": (
        "The old theatre of Marlow Quay was founded in 1891 by the glover Enoch Tarrant. It closed in 1963 and has "
        "stood empty since.",
        "The southern wing burned in 1978; the northern wing still has its painted ceiling. Restoring it will cost six "
        "million crowns, the architect Ines Valdorf says.",
        "The current minister of culture, Bram Oosten, wants to reopen the theatre by 2034. The first performance will "
        "be a comedy by Lise Quarrel.",
    ),
    "explorer": (
        "Runa Sletten, the explorer, was born in Aldfoss in 1884 and grew up in the house of her aunt in Brekk.",
        "She married the geologist Tor Quille in 1911. Their elder son became a dentist in Verrin; the younger one "
        "sailed with her.",
        "On her first voyage, in 1919, she mapped the eastern coast of Ymer Land. Her second voyage ended after nine "
        "days when the ship lost its mast.",
        "Sletten received the gold medal of the Polar Club in 1926. The club named a bay after her.",
    ),
    "bank": (
        "The Tresk savings bank was robbed on Wednesday by two men in beekeepers' veils. They escaped on a tandem with "
        "31,000 marks.",
        "The deputy manager, Pia Halloran, pressed the alarm. The chief inspector, Dov Merrit, said the tandem was "
        "found in a canal.",
        "The bank was founded in 1873 and moved into its present building in 1932, which the architect Gerda Foss "
        "designed.",
        "A guard was slightly injured. Two customers hid in the vault for three hours.",
    ),
    "river": (
        "The upper bridge over the Sill was opened in 1958 and carries 7,000 cars a day. The lower bridge has been "
        "closed since a barge struck it in April.",
        "Repairs are to begin in September, the road office says, and will last fourteen months. The contractor is "
        "Brandt and Ulme.",
        "The left bank belongs to the town of Haverholt, the right bank to the state.",
        "In spring the anglers' club released 12,000 young salmon. Its president, Ottokar Pim, has fished there since "
        "1969.",
    ),
    "choir": (
        "The boys' choir of Lunden sang before 2,400 listeners in the summer festival on Sunday. The men's choir had "
        "to cancel its concert because of a flooded stage.",
        "Conductor Mirja Stolt has led the boys' choir since 2016; her predecessor, Aksel Brand, retired to Tolm.",
        "The winter festival is smaller and costs nothing. The new organ arrived from Gratz in May.",
    ),
}
"""A library each: a document a line."""

SWAP_HELD_OUT = frozenset(("theatre", "explorer", "bank", "river", "choir"))
"""Those that nobody looks at while what is measured is being changed."""

SWAP_PAIRS: tuple[tuple[str, str, str], ...] = (
    ("palace", "When did the western tower fall down?", "When did the eastern tower fall down?"),
    ("palace", "Who sold the park?", "Who designed the park?"),
    ("palace", "Who built the palace?", "Who looted the palace?"),
    ("palace", "Who is the present owner of the palace?", "Who was the previous owner of the palace?"),
    ("palace", "Where was King Osmund buried?", "Where was King Osmund crowned?"),
    ("doctor", "Where was Bela Anstruther born?", "Where did Bela Anstruther die?"),
    ("doctor", "Where did Bela Anstruther study?", "Where did Bela Anstruther teach?"),
    ("doctor", "When did Bela Anstruther open her practice?", "When did Bela Anstruther sell her practice?"),
    ("doctor", "When did the new clinic open?", "When did the old clinic open?"),
    ("doctor", "Who was the first patient?", "Who was the second patient?"),
    ("football", "Who scored twice for Torvik?", "Who was sent off for Torvik?"),
    ("football", "Whom did Torvik defeat in the second round?", "Whom did Torvik defeat in the first round?"),
    ("football", "What colour are the home shirts?", "What colour are the away shirts?"),
    ("football", "In which division does the women's team play?", "In which division does the men's team play?"),
    ("football", "When was the club founded?", "When was the club promoted?"),
    ("newspaper", "When will the Evening Lantern stop printing?", "When will the Morning Lantern stop printing?"),
    ("newspaper", "How much did the first issue cost?", "How much did the last issue cost?"),
    ("newspaper", "Who is the former editor?", "Who is the current editor?"),
    ("newspaper", "How much did the price of paper rise?", "How much did the price of paper fall?"),
    ("newspaper", "What did Dag Ullman blame?", "What did Dag Ullman praise?"),
    ("theatre", "Who established the theatre of Marlow Quay?", "Who demolished the theatre of Marlow Quay?"),
    ("theatre", "When did the theatre of Marlow Quay shut down?", "When was the theatre of Marlow Quay sold?"),
    ("theatre", "When did the southern wing burn?", "When did the northern wing burn?"),
    ("theatre", "Who is the current minister of culture?", "Who was the former minister of culture?"),
    ("theatre", "What will the first performance be?", "What will the last performance be?"),
    ("explorer", "Where was Runa Sletten born?", "Where did Runa Sletten die?"),
    ("explorer", "When did Runa Sletten marry?", "When did Runa Sletten divorce?"),
    (
        "explorer",
        "When was the eastern coast of Ymer Land mapped?",
        "When was the western coast of Ymer Land mapped?",
    ),
    (
        "explorer",
        "When did Sletten get the gold medal of the Polar Club?",
        "When did Sletten get the silver medal of the Polar Club?",
    ),
    ("explorer", "How long did the second voyage last?", "How long did the third voyage last?"),
    ("bank", "How much money did the robbers get away with?", "How much money did the robbers return?"),
    ("bank", "Who is the deputy manager of the bank?", "Who is the general manager of the bank?"),
    ("bank", "When was the Tresk savings bank established?", "When was the Tresk savings bank nationalised?"),
    ("bank", "Who designed the present building of the bank?", "Who designed the previous building of the bank?"),
    ("bank", "How many customers hid in the vault?", "How many customers fainted in the vault?"),
    ("river", "When was the upper bridge opened?", "When was the lower bridge opened?"),
    ("river", "How many salmon did the anglers release?", "How many salmon did the anglers catch?"),
    ("river", "Who owns the left bank?", "Who surveyed the left bank?"),
    ("river", "How long will the repairs take?", "How much will the repairs cost?"),
    ("river", "Who is president of the anglers' club?", "Who was the former president of the anglers' club?"),
    ("choir", "How many people heard the boys' choir on Sunday?", "How many people heard the girls' choir on Sunday?"),
    ("choir", "Why did the men's choir cancel its concert?", "Why did the boys' choir cancel its concert?"),
    ("choir", "Since when has Mirja Stolt directed the boys' choir?", "When did Mirja Stolt leave the boys' choir?"),
    ("choir", "Where did the new organ come from?", "Where did the old organ come from?"),
)
"""The story, a question that it answers, and one whose verb or modifier is another than what the story tells."""
