"""Words by which questions ask for speech: verbs of saying and of thinking, nouns for what was said, fillers."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text that is nothing but words."""
    return frozenset(words.split())


SAYING = word_set(
    """
    say says said saying tell tells told telling comment comments commented commenting remark remarks remarked
    speak speaks spoke spoken speaking state states stated claim claims claimed claiming argue argues argued
    arguing warn warns warned warning add adds added note notes noted mention mentions mentioned reply replies
    replied answer answers answered insist insists insisted insisting assert asserts asserted stress stresses
    stressed emphasise emphasize emphasised emphasized reiterate reiterates reiterated repeat repeats repeated
    talk talked utter utters uttered joke jokes joked quip quips quipped
    concede concedes conceded admit admits admitted acknowledge acknowledges acknowledged reveal reveals
    revealed disclose discloses disclosed deny denies denied confirm confirms confirmed complain complains
    complained assure assures assured quote quotes quoted cite cites cited allege alleges alleged contend
    contends contended maintain maintains maintained caution cautions cautioned ask asks asked asking report
    reports reported
    """
)
"""What asks for a speaker's words and nothing else."""

THINKING = word_set(
    """
    think thinks thought thinking believe believes believed believing feel feels felt view views viewed regard
    regards regarded consider considers considered expect expects expected expecting hope hopes hoped fear fears
    feared doubt doubts doubted suggest suggests suggested predict predicts predicted assess assesses assessed
    estimate estimates estimated characterise characterize characterised characterized criticise criticize
    criticised criticized oppose opposes opposed speculate speculates speculated conclude concludes concluded
    express expresses expressed voice voices voiced question questions questioned
    """
)
"""What asks for a speaker's words by way of their mind."""

TELLING = word_set(
    """
    announce announces announced declare declares declared promise promises promised advise advises advised
    explain explains explained propose proposes proposed respond responds responded react reacts reacted vow
    vows vowed pledge pledges pledged recommend recommends recommended request requests requested order orders
    ordered see sees saw describe describes described call calls called blame blames blamed accuse accuses
    accused condemn condemns condemned praise praises praised reject rejects rejected dismiss dismisses
    dismissed justify justifies justified stand stands stood want wants wanted mean means meant urge urges urged
    demand demands demanded raise raises raised make makes made give gives gave given offer offers offered set
    sets issue issues issued compare compares compared deliver delivers delivered convey conveys conveyed signal
    signals signaled signalled list lists listed post posts posted decline declines declined refer refers referred
    write writes wrote written tweet tweets tweeted
    """
)
"""What an article may as well tell of a speaker in its own words."""

SIDING = word_set(
    """
    support supports supported back backs backed endorse endorses endorsed favour favours favoured favor favors
    favored welcome welcomes welcomed agree agrees agreed disagree disagrees disagreed dispute disputes disputed
    object objects objected approve approves approved disapprove disapproves disapproved applaud applauds
    applauded defend defends defended refuse refuses refused denounce denounces denounced decry decries decried
    slam slams slammed mock mocks mocked resist resists resisted rule rules ruled
    """
)
"""What one may do without a word; it asks for speech only of somebody who is known to speak."""
MENTIONING = word_set(
    """
    comment comments commented remark remarks remarked speak speaks spoke spoken mention mentions mentioned talk
    talks talked refer refers referred complain complains complained quoted joke joked
    """
)
"""What follows is what the words are about, and not what they say."""

VERBS = SAYING | THINKING | TELLING
NOUNS = word_set(
    """
    call comment remark state claim note answer reply report quote view question estimate order offer set issue
    demand promise pledge praise raise request list post decline warning state signal stand mean
    """
)
"""Those that name things as often as they ask for speech."""
LISTENED = word_set("tell tells told telling ask asks asked assure assures assured warn warns warned")
"""Verbs whose first object is the listener."""

STANCES = word_set(
    """
    position positions stance stances view views opinion opinions comment comments statement statements response
    responses reaction reactions remark remarks thought thoughts quote quotes quotation quotations attitude
    attitudes take message answer reply argument arguments claim claims assessment warning warnings promise
    promises word words prediction predictions criticism explanation objection objections opposition demand
    demands complaint complaints concern concerns advice estimate verdict perspective stand line account
    accusation accusations denial assurance assurances pledge tone wording phrasing
    """
)
AIMS = word_set(
    """
    condition conditions term terms proposal proposals plan plans offer offers goal goals aim aims request
    requests reason reasons justification hope hopes fear fears doubt doubts motive motives
    """
)
"""What one has in mind, and an article may tell in its own words."""
OVER_TIME = word_set("position positions stance stances view views opinion opinions attitude attitudes line stand tone")
"""What one holds, and may come to hold otherwise."""

FILLERS = word_set(
    """
    what why how when where who whom which whose exactly else kind sort of reason reasons comment comments
    remark remarks statement statements point points thing things anything something much many long far words way
    did do in on to at interview occasion under circumstances the a an any was is has have been by there if whether
    """
)
"""Words before the speaker that name no topic: “what kind of statement did X make”."""

ADVERBS = word_set(
    """
    ever already yet also once really actually recently previously publicly just now still then reportedly
    originally first last always never not specifically directly currently again been initially eventually finally
    openly formally famously repeatedly reportedly allegedly usually often later
    """
)
ABOUT = word_set("about on of regarding concerning over to toward towards against for")
DETERMINERS = word_set("the a an any some our their his her its this that")
RELATIONS = word_set("of to for by in from with at")
NOBODY = word_set(
    """
    he she it they we you i been one people everyone everybody anyone anybody someone somebody noone nobody who
    which there this that these those what him her them anything something his their its
    during after before since in by for from despite besides
    """
)
SOMEBODY = word_set("anyone anybody someone somebody")
