"""Words that make a text other news when they change: numbers, words that turn a sentence, alternatives."""

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "dozen half third quarter double triple twice"
)
PAST_WORDS = "former ex"
NEGATION_WORDS = "no not never none nor neither nobody nothing cannot without"
TURNING_WORDS = (
    NEGATION_WORDS + " may might could must more less fewer higher lower up "
    "down before after above below over under first last rise rises rose risen rising fall falls fell fallen falling "
    "gain gains gained lose loses lost win wins won increase increases increased decrease decreases decreased drop "
    "drops dropped grow grows grew shrink shrinks shrank accept accepts accepted reject rejects rejected approve "
    "approves approved refuse refuses refused confirm confirms confirmed deny denies denied denying agree agrees "
    "agreed disagree open opens opened close closes closed start starts started begin begins began stop stops stopped "
    "end ends ended join joins joined leave leaves left support supports supported oppose opposes opposed guilty "
    "innocent acquitted convicted alive dead true false possible impossible likely unlikely able unable north south "
    "east west buy buys bought sell sells sold beat beats allow allows allowed ban bans banned legal illegal "
    "alleged allegedly almost nearly barely hardly scarcely rarely seldom anti deputy vice acting interim "
    "attempted failed suspected proposed planned draft fake half quarter double triple twice "
    "reportedly supposedly apparently purportedly wrongly wrongfully mistakenly falsely incoming outgoing "
    f"{PAST_WORDS} "
    "father mother parent son daughter brother sister husband wife uncle aunt nephew niece widow widower cousin"
)
"""Words that turn a sentence around: two texts that differ in one of them say different things."""
FOREIGN_NEGATIONS = (
    "nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne "  # German
    "niet geen nooit zonder inte icke ikke ej aldrig aldri utan uten uden ingen inget "  # Dutch, Scandinavian
    "ne pas jamais aucun aucune rien sans non mai senza nessun nessuno nunca jamás sin nada ningún ninguna "
    "tampoco não sem nem nenhum nenhuma nu fără "  # Romance
    "не ни нет без никогда никто ничего нельзя ні немає ніколи няма nie nigdy bez nikt nic nikdy nikdo nema nije nisu "
    "neće "  # Slavic
    "nem nincs soha nélkül ei eivät ilman değil yok tidak bukan tanpa không chưa "
    "δεν δε μην όχι χωρίς ποτέ لا لم لن ليس ليست غير بدون نه نیست بی לא אין בלי אינו אינה नहीं मत बिना"
)
"""Words that deny in other languages; one that means something else in another costs a copy at most."""
UNSPACED_NEGATIONS = "不 没 沒 未 非 無 无 ない なか なく せん ずに 않 못 없 안 아니 ไม่"
"""The same within the pairs of characters that scripts without spaces between words are compared by."""
WAY_WORDS = "for against from to into by"
"""Small words that tell which way it went, or for whom it was: another one, or another order, is another story."""
FUTURE_WORDS = "will would shall should"
BEING_WORDS = "is are was were be been being"
"""Together with “by” they turn a sentence around, who did it and to whom."""
ALTERNATIVES = (
    "man woman men women boy boys girl girls child children",
    "father mother son daughter brother sister husband wife uncle aunt nephew niece widow widower",
    "i you he she we they",
    "me you him her us them",
    "his her my your our",
    "all most many several some few both either any",
    "most least",
    "inside outside",
    "near far",
    "in off near outside beyond around",
    "between around",
    "until since from",
    "if unless",
    "because despite although",
    "on off",
    "killed injured wounded hurt missing rescued arrested freed released jailed",
    "morning noon afternoon evening night midnight",
    "yesterday today tomorrow",
    "daily weekly monthly quarterly yearly annual",
    "spring summer autumn winter",
    "sun sunny rain rainy snow snowy fog foggy cloud cloudy wind windy storm stormy frost dry wet clear",
    "warm warmer cold colder hot hotter cool cooler mild milder",
    "strong stronger weak weaker steady unchanged",
    "profit profits loss losses surplus deficit revenue sales",
    "import imports export exports",
    "best worst better worse",
    "early earlier late later",
    "hired fired appointed dismissed elected resigned retired",
    "plaintiff defendant prosecutor judge driver passenger victim suspect",
    "minute hour day week month year decade",
    "next previous past coming",
    "northern southern eastern western northeast northwest southeast southwest central",
    "red blue green white black yellow",
    "draw defeat victory",
    "home away",
    "gold silver bronze",
    "euro dollar pound yen yuan franc crown rouble",
    "metre kilometre mile foot inch yard acre hectare",
    "kilogram gram ton tonne ounce litre gallon barrel",
    "percent point",
    # One letter apart, and no slip of the finger.
    "contact contract",
    "compete complete",
    "restrain retrain retain",
    "mediation medication meditation",
    "prescribe proscribe",
    "prescription proscription",
    "simulate stimulate",
    "preceding proceeding",
    "uniformed uninformed",
    "addition addiction",
    "infection inflection",
    "defection deflection",
    "interment internment",
    "interstate intestate",
    "immorality immortality",
    "salvation salivation",
    "construction constriction",
    "macroeconomic microeconomic",
    "complementary complimentary",
    "uninhabited uninhibited",
    "continent contingent",
    "licensee license",
    "franchisee franchise",
    "retiree retire",
    "dessert desert",
    "scrapped scraped",
    "starring staring",
    "fillings filings",
)
"""Words that stand in one place of stories made by one pattern: one for another is another story."""
