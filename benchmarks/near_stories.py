"""Short reports over which questions are asked in pairs: one in a user's own words, and one that they nearly answer."""

STORIES: dict[str, tuple[str, ...]] = {
    "harbour": (
        "The harbour council of Vessin voted on Monday to close the fish market by the end of June. Nine members "
        "voted for it and four against. Closing it will save the town 640,000 marks a year, the treasurer Hanne "
        "Bruck said.",
        "More than 2,300 people signed a petition against closing the fish market of Vessin. Fishmonger Olle "
        "Staff handed it to the mayor, Rikke Thorn, who promised to read every name.",
        "The fish market was roofed in 1937 with copper from a sunken steamer. Its bell still rings at five each "
        "morning, and a plaque names the eleven men who cast it.",
        "Rikke Thorn blamed the harbour council for acting in haste. The poet Ivar Lohm called the closure a "
        "crime against breakfast.",
    ),
    "railway": (
        "A landslide near Pass Ottery buried 200 metres of the Galm railway on Friday. Nobody was hurt, because "
        "the night train had been delayed by a cow on the line.",
        "The Galm railway carries 3,400 commuters on a working day. Tickets rose by six percent in January, to "
        "14 marks for a single journey.",
        "Engineer Petra Solveen expects the line to be cleared within three weeks. Her company, Rask and "
        "Daughters, was hired after a bigger firm withdrew.",
        "The tunnel under Mount Galm was dug between 1899 and 1907. Twenty-six workers died in it, most of them "
        "from the village of Hoste.",
    ),
    "hospital": (
        "The Saint Brede hospital in Lommel opened a new maternity ward on Thursday. It has 38 beds and cost 11 "
        "million marks, of which the county paid half.",
        "Nurses at Saint Brede rejected the pay offer of 2.5 percent. Their union, led by Marit Oxholm, wants 6 "
        "percent and shorter nights.",
        "Doctor Felix Aronde, who invented the folding splint, retired in March after 41 years. He plans to walk "
        "to the sea.",
        "Minister Ottilie Crane criticised the hospital's waiting times: patients wait 19 weeks for a new hip.",
    ),
    "novel": (
        "Tove Arlberg wrote “The Salt Ladder” in eleven weeks, in a cottage without electricity. It was rejected "
        "by seven publishers before Kestrel House printed 900 copies in 1988.",
        "The novel tells of a lighthouse keeper who teaches crows to count. Critics compared it with an old "
        "hymn; readers bought 400,000 copies within ten years.",
        "A film of “The Salt Ladder” was shot in Brenn in 2003. Director Luis Morante cut the crows, and Arlberg "
        "walked out of the premiere.",
        "Arlberg was born in Sund in 1951, the daughter of a ferryman. She never learned to swim.",
    ),
    "storm": (
        "Storm Agda tore the roofs from 57 houses in Quarrow on Tuesday night and cut off electricity for 9,000 "
        "homes. A fallen oak killed two horses.",
        "The insurer Halvard Mutual expects claims of 23 million crowns. Repairs to the pier alone will take "
        "until October, said harbour master Knut Vesper.",
        "Winds reached 164 kilometres an hour at Cape Stenn, the strongest since 1992. Ferries to the islands "
        "were cancelled for three days.",
        "Soldiers from the Tarn barracks brought blankets and soup to the school, where 310 people slept on the floor.",
    ),
    "vineyard": (
        "The vineyard of Mont Alder belongs to three sisters. Elise makes the wine, Agathe keeps the books, and "
        "Berthe drives the tractor.",
        "Last autumn they picked 48 tonnes of grapes, a third less than the year before, since hail had fallen "
        "in July. A bottle costs 22 crowns in the shop.",
        "Their grandfather bought the slope from a monastery in 1924 for two oxen and a clock. The monks had "
        "planted the first vines around 1610.",
        "The wine of 2027 won a silver medal in Castelle. Gold went to a cellar from across the river.",
    ),
    "election": (
        "Jorun Hale was elected chair of the fishermen's league on Saturday with 212 votes. Her rival, Sten "
        "Abbot, received 187 and demanded a recount.",
        "Hale promised to lower the fees from 40 to 25 marks and to sell the league's yacht. She accused her "
        "predecessor of spending 70,000 marks on dinners.",
        "The predecessor, Arne Volk, denied this and praised the league's cook. He had led it since 2014.",
        "The league was founded in 1902 in a net loft at Skarn and has 455 members in nine harbours.",
    ),
    "museum": (
        "The Museum of Clocks in Ederby lost half its visitors after the bus line was dropped: 12,400 came last "
        "year. Director Sunniva Rell wants the county to run a shuttle from the station.",
        "Its oldest piece is a water clock from 1433, lent by the bishop. It loses four minutes a day.",
        "A watchmaker from Turl, Casimir Noy, repaired the astronomical clock over nine winters and asked for no "
        "payment.",
        "Entrance is free on Sundays; on other days adults pay eight marks. The café closed in April.",
    ),
    "quarry": (
        "The granite quarry of Holl will reopen in spring after twelve years, its new owner, Basalt Nord, "
        "announced. It will employ 65 people.",
        "Villagers collected 1,150 signatures against the quarry, fearing dust and lorries. Teacher Ragna Pihl "
        "leads the protest.",
        "The county expects taxes of 3.2 million crowns a year. Councillor Emil Dahlen welcomed the jobs and "
        "dismissed the fears as folklore.",
        "The last blocks were cut in 2019 for the parliament in Ostrava Minor. A crane driver died when a cable "
        "snapped.",
    ),
    "expedition": (
        "The research ship Corvina left Tamsund on 4 May with 22 scientists to study the Halden ridge. Captain "
        "Yrsa Blom expects to be away for ten weeks.",
        "On the last voyage a robot photographed a squid six metres long at a depth of 2,800 metres. The "
        "pictures were sold to a magazine for 90,000 marks.",
        "The ship was built in 1996 as a trawler and converted for 14 million marks, paid by the Lindqvist foundation.",
        "Biologist Omar Fenwick, who discovered two species of worms, criticised the food on board but praised "
        "the cook's singing.",
    ),
    "football": (
        "Rovers Dunmar beat Sporting Elk 3-1 on Sunday before 8,450 spectators. Striker Milo Hagen scored twice, "
        "and Jesper Roth missed a penalty.",
        "Coach Beata Lind signed a contract until 2034. The club pays her 310,000 crowns a year, its president "
        "Ulf Skoog confirmed.",
        "The stadium on Mill Lane, opened in 1961, will get 2,000 new seats. The town lends the club 5 million "
        "crowns for them.",
        "Sporting Elk sacked their coach, Tor Brandvik, on Monday. He blamed the pitch, the referee and the moon.",
    ),
    "library": (
        "The county will shut four of its eleven libraries in September and cut 17 jobs. That saves 820,000 "
        "crowns a year, says councillor Maud Ferrer.",
        "Writer Janek Toll handed in 6,700 signatures against the closures. “A village without books is a car "
        "park,” he said.",
        "The library of Estwick, the oldest in the county, was given to the town by a brewer in 1884. It owns a "
        "map that shows an island nobody has found.",
        "Borrowers returned 91,000 books last year, 300 of them wet. The fine for a late book is two crowns a week.",
    ),
    "dam": (
        "Engineers found a crack eleven metres long in the Torv dam in August. The lake was lowered by two "
        "metres as a precaution, and 140 people left their homes.",
        "The dam was built by the state power company between 1968 and 1973. It supplies 85,000 households with "
        "electricity.",
        "Repairs will cost 47 million marks and take two years. The power company wants the state to pay; energy "
        "minister Rolf Achterberg refused.",
        "Farmer Gerda Wolk refused to leave and fed her neighbours' goats. She was fined 500 marks.",
    ),
    "theatre": (
        "The Lantern Theatre in Moss opens its season with “The Deaf King”, a comedy by Ana Velasco. Veteran "
        "actor Bruno Tarsis plays the king; he is 81.",
        "The costumes were sewn from old sails by prisoners of the town gaol. The premiere on 12 October is sold out.",
        "The theatre gets 1.8 million crowns a year from the town, a fifth less than in 2025. Manager Lotte "
        "Brisk dismissed six musicians.",
        "Critic Simon Aske found last season dull. Velasco thanked the prisoners and blamed the town for the cuts.",
    ),
    "bees": (
        "Beekeepers in the Ammer valley lost 40 percent of their hives last winter. Researchers at Lund Hill "
        "suspect a mite that came with imported queens.",
        "Hedwig Stroll, who keeps 130 hives, sold her honey for 11 marks a jar and will stop in autumn. Her "
        "grandson prefers goats.",
        "Agriculture minister Paul Ketterer promised 2 million marks for research and a ban on imports from next year.",
        "The valley's honey fair has been held every August since 1958. Last year 15,000 visitors ate three "
        "tonnes of cake.",
    ),
    "island": (
        "The island of Farro has 83 inhabitants, one shop and no car. Its ferry, the Tern, sails twice a week "
        "from Oddvik.",
        "Postwoman Inga Strand has carried letters by bicycle since 1999. She also reads the weather gauge and "
        "rings the church bell.",
        "A hotel chain offered 30 million marks for the northern shore. The islanders refused by 61 votes to 9; "
        "their spokesman, Leif Arndt, said that silence has no price.",
        "The lighthouse, 34 metres high, was automated in 1987. Its last keeper, Torben Sand, wrote a cookbook "
        "of seaweed.",
    ),
}
"""A document a line, or several."""

HELD_OUT = frozenset(("quarry", "expedition", "football", "library", "dam", "theatre", "bees", "island"))
"""Stories whose questions were not looked at, only counted, while the penalties were chosen."""

STORY_PAIRS: tuple[tuple[str, str, str], ...] = (
    ("harbour", "How much money will closing the fish market save?", "How much did the petition cost?"),
    ("harbour", "How many people signed the petition?", "How many people signed the contract?"),
    ("harbour", "Who criticised the harbour council?", "Who praised the harbour council?"),
    ("harbour", "Who gave the petition to the mayor?", "Who wrote the petition to the mayor?"),
    ("harbour", "When was the fish market given its roof?", "When was the fish market burned down?"),
    ("harbour", "How many members voted against closing the market?", "How many members abstained from the vote?"),
    (
        "railway",
        "How many commuters use the Galm railway on a working day?",
        "How much do commuters of the Galm railway earn?",
    ),
    ("railway", "How long will it take to clear the line?", "How much will it cost to clear the line?"),
    ("railway", "What delayed the night train?", "What derailed the night train?"),
    (
        "railway",
        "How many people died when the tunnel was built?",
        "How many people died in the landslide at Pass Ottery?",
    ),
    ("railway", "What does a single ticket cost?", "What does a dining car cost?"),
    ("hospital", "How much did the maternity ward cost?", "How much did the helicopter cost?"),
    ("hospital", "Who leads the nurses' union?", "Who sued the nurses' union?"),
    ("hospital", "What did Doctor Aronde invent?", "What did Doctor Aronde steal?"),
    ("hospital", "Who complained about the waiting times?", "Who defended the waiting times?"),
    ("hospital", "How long do patients wait for a new hip?", "How long do patients wait for a new kidney?"),
    ("hospital", "When did Felix Aronde retire?", "When was Felix Aronde born?"),
    ("novel", "Who is the author of “The Salt Ladder”?", "Who illustrated “The Salt Ladder”?"),
    ("novel", "How many publishers turned the novel down?", "How many prizes did the novel win?"),
    ("novel", "Where was the film shot?", "Where was the film banned?"),
    (
        "novel",
        "Who directed the film of “The Salt Ladder”?",
        "Who composed the music of the film of “The Salt Ladder”?",
    ),
    ("novel", "Where was Tove Arlberg born?", "Where did Tove Arlberg die?"),
    ("novel", "How many copies were first printed?", "How much was the author paid?"),
    ("storm", "How many houses lost their roofs?", "How many cars lost their roofs?"),
    ("storm", "How fast was the wind at Cape Stenn?", "How high were the waves at Cape Stenn?"),
    (
        "storm",
        "How much will the storm cost the insurer Halvard Mutual?",
        "How many people does the insurer Halvard Mutual employ?",
    ),
    ("storm", "Who brought blankets to the school?", "Who brought medicine to the school?"),
    ("storm", "When will the pier be repaired?", "When was the pier built?"),
    ("storm", "What killed two horses?", "What killed two firemen?"),
    ("vineyard", "Who owns the vineyard of Mont Alder?", "Who insured the vineyard of Mont Alder?"),
    ("vineyard", "What is the price of a bottle?", "What is the price of a tractor?"),
    ("vineyard", "Who drives the tractor?", "Who repairs the tractor?"),
    ("vineyard", "What did the grandfather pay for the slope?", "What did the grandfather pay for the press?"),
    ("vineyard", "Why was the harvest smaller last autumn?", "Why was the harvest late last autumn?"),
    ("election", "How many votes did Jorun Hale get?", "How many children does Jorun Hale have?"),
    ("election", "What did Hale accuse her predecessor of?", "What did Hale thank her predecessor for?"),
    ("election", "Who praised the cook?", "Who dismissed the cook?"),
    ("election", "Where was the league founded?", "Where was the league banned?"),
    ("election", "How much did the predecessor spend on dinners?", "How much did the league get for the yacht?"),
    ("museum", "How many visitors did the museum have last year?", "How many clocks did the museum buy last year?"),
    ("museum", "Who repaired the astronomical clock?", "Who stole the astronomical clock?"),
    ("museum", "How much do adults pay on weekdays?", "How much do children pay on weekdays?"),
    ("museum", "How old is the water clock?", "How heavy is the water clock?"),
    ("museum", "When did the café close?", "When did the café catch fire?"),
    ("quarry", "How many jobs will the quarry bring?", "How many lorries will the quarry buy?"),
    ("quarry", "How much tax does the county expect?", "How much did the new owner pay for the quarry?"),
    ("quarry", "Who is against the quarry?", "Who designed the quarry?"),
    ("quarry", "Who welcomed the jobs?", "Who denounced the jobs?"),
    ("quarry", "When were the last blocks cut?", "When was the first strike at the quarry?"),
    ("quarry", "How many signatures were collected?", "How much money was collected?"),
    ("expedition", "How many scientists are on board the Corvina?", "How many journalists are on board the Corvina?"),
    ("expedition", "Who paid for the conversion of the ship?", "Who designed the conversion of the ship?"),
    ("expedition", "What did the pictures sell for?", "What did the robot sell for?"),
    ("expedition", "Who commands the research ship?", "Who owns the research ship?"),
    ("expedition", "How long was the squid?", "How heavy was the squid?"),
    ("expedition", "Who discovered two species of worms?", "Who swallowed two species of worms?"),
    ("football", "Who scored twice for Rovers Dunmar?", "Who was injured playing for Rovers Dunmar?"),
    ("football", "How much does the coach earn?", "How much does the striker earn?"),
    ("football", "How many people watched the match?", "How many policemen guarded the match?"),
    ("football", "When was the stadium opened?", "When was the stadium demolished?"),
    ("football", "Whom did Sporting Elk dismiss on Monday?", "Whom did Sporting Elk hire on Monday?"),
    ("library", "How much money will the library closures save?", "How much did the library of Estwick cost to build?"),
    ("library", "How many people signed against the closures?", "How many people work in the library of Estwick?"),
    ("library", "Who opposes the closures?", "Who supports the closures?"),
    ("library", "Who gave the library of Estwick to the town?", "Who burned the library of Estwick?"),
    ("library", "What is the fine for a late book?", "What is the fine for a noisy dog?"),
    ("library", "How many libraries will be closed?", "How many schools will be closed?"),
    ("dam", "How long is the crack in the dam?", "How deep is the lake behind the dam?"),
    ("dam", "Who built the Torv dam?", "Who inspected the Torv dam?"),
    ("dam", "What will the repairs cost?", "What will the goats cost?"),
    ("dam", "How many people had to leave their homes?", "How many people drowned in their homes?"),
    ("dam", "How high was Gerda Wolk's fine?", "How old is Gerda Wolk's farm?"),
    ("theatre", "Who wrote “The Deaf King”?", "Who translated “The Deaf King”?"),
    ("theatre", "How old is Bruno Tarsis?", "How rich is Bruno Tarsis?"),
    ("theatre", "Who made the costumes?", "Who washed the costumes?"),
    ("theatre", "How much does the town give to the theatre?", "How much does the town earn from the theatre?"),
    ("theatre", "How many musicians lost their jobs?", "How many dancers lost their jobs?"),
    ("theatre", "Who thanked the prisoners?", "Who beat the prisoners?"),
    ("bees", "What share of their hives did beekeepers lose?", "What share of their income did beekeepers lose?"),
    ("bees", "How many hives does Hedwig Stroll keep?", "How many goats does Hedwig Stroll keep?"),
    ("bees", "How much money did the minister promise?", "How much money did the mite cost?"),
    ("bees", "How many visitors came to the honey fair?", "How many exhibitors came to the honey fair?"),
    ("bees", "Since when has the honey fair been held?", "Since when has the honey fair been sponsored?"),
    ("island", "How many people live on Farro?", "How many sheep live on Farro?"),
    ("island", "How tall is the lighthouse?", "How bright is the lighthouse?"),
    ("island", "How much did the hotel chain offer?", "How much did the ferry cost?"),
    ("island", "Who delivers the letters on Farro?", "Who censors the letters on Farro?"),
    ("island", "Who was the last keeper of the lighthouse?", "Who was the architect of the lighthouse?"),
)
"""The story, a question that it answers, and one that it nearly does."""
