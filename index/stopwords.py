"""English words that say nothing about a text's subject, folded and unstemmed."""

_ARTICLES = "a an the this that these those such same another other others each every either neither both"
_PRONOUNS = (
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers "
    "herself it its itself they them their theirs themselves one ones someone somebody something anyone anybody "
    "anything everyone everybody everything nobody nothing none"
)
_QUESTION_WORDS = "who whom whose what which when where why how whether whoever whatever whichever whenever wherever"
_AUXILIARIES = (
    "am is are was were be been being do does did doing done have has had having will would shall should can could "
    "may might must ought dont doesnt didnt isnt arent wasnt werent wont wouldnt cant couldnt hasnt havent hadnt"
)
_PREPOSITIONS = (
    "about above across after against along amid among around as at before behind below beneath beside besides between "
    "beyond by despite down during except for from in inside into like near of off on onto out outside over per since "
    "than through throughout till to toward towards under until up upon via with within without regarding concerning"
)
_CONJUNCTIONS = "and or but nor so yet if unless because although though while whereas then else thus therefore however"
_ADVERBS = (
    "not no yes too very also just only even ever never still already again once here there now more most much many "
    "less least few any some all own quite rather almost"
)
_SAYING = "say says said saying tell tells told telling ask asks asked asking please"

FUNCTION_WORDS = frozenset(
    " ".join(
        (_ARTICLES, _PRONOUNS, _QUESTION_WORDS, _AUXILIARIES, _PREPOSITIONS, _CONJUNCTIONS, _ADVERBS, _SAYING)
    ).split()
)
"""Articles, pronouns, question words, auxiliaries, prepositions, conjunctions, small adverbs, words of saying."""
NAMES_TOO = frozenset({"may", "will"})
"""Function words that, with a capital inside a sentence, are a month or a name."""
