"""The verbs of saying and the small words that bound them. Plain knowledge of English."""

from index.speakers.words import NOT_NAMES, word_set

SAY = word_set("say says said saying")
TELL = word_set(
    """
    tell tells told telling remind reminds reminded assure assures assured inform informs informed
    """
)
PLAIN = SAY | word_set(
    """
    add adds added adding argue argues argued arguing insist insists insisted insisting claim claims claimed
    claiming note notes noted noting acknowledge acknowledges acknowledged acknowledging admit admits admitted
    admitting warn warns warned warning explain explains explained explaining assert asserts asserted asserting
    contend contends contended contending maintain maintains maintained predict predicts predicted predicting
    suggest suggests suggested suggesting declare declares declared declaring state states stated stating stress
    stresses stressed stressing emphasize emphasizes emphasized emphasizing emphasise emphasised reiterate
    reiterates reiterated reiterating concede concedes conceded conceding complain complains complained
    complaining allege alleges alleged alleging announce announces announced announcing confirm confirms
    confirmed confirming conclude concludes concluded concluding testify testifies testified testifying reveal
    reveals revealed revealing report reports reported recall recalls recalled recalling observe observes
    observed observing remark remarks remarked remarking reply replies replied replying respond responds
    responded responding write writes wrote writing tweet tweets tweeted tweeting joke jokes joked joking quip
    quips quipped quipping ask asks asked asking continue continues continued continuing agree agrees agreed vow
    vows vowed vowing pledge pledges pledged pledging promise promises promised promising declares proclaim
    proclaims proclaimed proclaiming proclaiming estimate estimates estimated indicate indicates indicated swear
    swears swore swearing lament laments lamented lamenting boast boasts boasted boasting counter counters
    countered countering shout shouts shouted yell yells yelled yelling retort retorts retorted chant chants
    chanted chanting pressed posit posits posited opine opined muse mused read reads express expressed expresses
    disclose disclosed discloses exclaim exclaimed exclaims cry cried recount recounted recounts interject
    interjected begin began begins speculate speculated speculates demand demanded demands demanding reason
    reasoned answer answered answers answering caution cautioned cautions cautioning advise advised advises post
    posted posts posting venture ventured offer offered offers cite cited comment commented comments intone
    intoned whisper whispered gush gushed fume fumed scoff scoffed sniff sniffed thunder thundered repeat
    repeats repeated repeating deadpan deadpanned snap snapped plead pleaded affirm affirmed affirms point
    pointed points pointing rail railed railing tease teased quote quoted quotes quoting marvel marveled wonder
    wondered wonders object objected objects hear clarify clarified clarifies elaborate elaborated summarize
    summarized theorize theorized underscore underscored underscores blog blogged email emailed sum summed chime
    chimed thank thanked thanks thanking bemoan bemoaned
    imply implies implied implying anticipate anticipates anticipated ponder pondered ponders vent vented snipe
    sniped bark barked barks remember remembered remembers surmise surmised guess guessed retaliate retaliated
    retaliates protest protested protests signal signals signaled signalled find finds found show shows showed
    volunteer volunteered hint hints hinted hinting assess assesses assessed assessing signaling signalling
    """
)
ABOUT = word_set(
    """
    call calls called calling describe describes described describing dub dubs dubbed label labels labeled
    labelled labeling brand branded denounce denounces denounced denouncing dismiss dismisses dismissed
    dismissing decry decries decried decrying blast blasts blasted blasting slam slams slammed slamming
    criticize criticizes criticized criticizing criticise criticised condemn condemns condemned condemning
    accuse accuses accused accusing charge charges charged charging praise praises praised praising hail hails
    hailed hailing term termed deride derides derided deriding mock mocks mocked mocking ridicule ridiculed tout
    touts touted touting refer refers referred referring characterize characterizes characterized characterizing
    urge urges urged urging deny denies denied denying attack attacks attacked attacking declaring blame blames
    blamed blaming defend defends defended defending promising rip ripped ripping chide chided lambaste
    lambasted lambastes applaud applauded applauds welcome welcomed welcomes reject rejected rejects rejecting
    cite cites cited citing declaring invoke invoked compare compared compares threaten threatens threatened
    threatening lash lashed insult insulted express expresses expressed encourage encouraged encourages
    encouraging propose proposed proposes request requested requests warning retweet retweeted echo echoed
    echoes echoing mention mentioned mentions
    laud lauds lauded lauding commend commends commended commending credit credits credited crediting compliment
    complimented salute saluted celebrate celebrated hammer hammered hammering scold scolded scolding rebuke rebuked
    rebuking chastise chastised chastising castigate castigated castigating assail assails assailed assailing trash
    trashed trashing bash bashed bashing berate berated berating belittle belittled belittling disparage disparaged
    disparaging vilify vilified taunt taunted taunting deplore deplored deploring portray portrays portrayed
    portraying depict depicts depicted depicting deem deems deemed deeming pronounce pronounced nickname nicknamed
    brag brags bragged bragging advocate advocated
    advocating recommend recommends recommended recommending implore implored imploring exhort exhorted exhorting
    dispute disputes disputed
    """
)
QUOTING = word_set(
    """
    think thinks thought believe believes believed want wants wanted feel feels felt fear fears feared hope hopes hoped
    saw release releases released publish published publishes list lists listed
    sign signed expect expects expected consider considers considered view views viewed liken likens likened
    talk talks talked speak speaks spoke imagine imagined imagines issue issued issues send sends sent feature
    featured features wish wished envision envisions envisioned
    """
)
"""Verbs that report words only with a quotation behind them: “wants “a bridge for all””, “issued “a warning””."""
VOICED = word_set(
    """
    laughs smiles nods scoffs sighs shrugs grins muses beams crows gushes rants chuckles snorts growls bellows
    hollers mutters murmurs mumbles whispers screams sneers jeers taunts gripes grumbles groans moans frets
    lectures preaches prays sings texts types presses prods interrupts interjects corrects inquires queries
    reflects reminisces enthuses raves confesses confides narrates recites riffs cracks hisses roars blurts
    stammers implores exhorts instructs counsels deadpans fumes snaps opines posits speculates marvels ventures
    intones retorts yells cries exclaims chants reasons cautions lies begs
    sang thought went began kept
    """
)
"""Verbs that say something right beside a quotation, and hardly ever elsewhere; any past tense in -ed does so too."""
CUES = PLAIN | TELL | ABOUT
UTTER = PLAIN | TELL | word_set("charge charges charged deny denies denied urge urges urged")
"""Verbs whose subject is somebody, or what somebody wrote, whatever its noun."""
ZERO_THAT = (
    SAY
    | TELL
    | word_set(
        """
    insist insists insisted claim claims claimed argued argues added adds acknowledged admitted warned noted
    suggested suggests predicted predicts alleged alleges conceded concedes declared declares complained joked
    announced announces reported signaled signalled signals revealed maintained maintains proposed proposes tweeted
    wrote testified confirmed promised vowed concluded
    """
    )
)
"""Verbs that take a clause without “that” often enough to trust it."""
CLAUSAL = (
    PLAIN
    | TELL
    | word_set(
        """
        denied denies deny charge charges charged charging threatened mentioned recommend recommends recommended
        recommending propose proposes proposed dispute disputes disputed
        """
    )
) - word_set(
    """
    read reads cite cited hear thank thanked thanks thanking begin began begins point points cry offer offered
    offers continue continues continued continuing
    """
)
"""Verbs whose “that” clause is what was said."""
OBJECTS = word_set(
    """
    announce announces announced criticize criticizes criticized criticise criticised criticises describe describes
    described urge urges urged accuse accuses accused blame blames blamed denounce denounces denounced condemn
    condemns condemned praise praises praised reject rejects rejected dismiss dismisses dismissed deny denies denied
    defend defends defended question questions questioned propose proposes proposed predict predicts predicted
    call calls called urging calling announcing proposing denying rejecting demanding demand demands demanded
    reiterate reiterates reiterated stress stresses stressed emphasize emphasizes emphasized emphasise emphasised
    express expresses expressed underscore underscores underscored dispute disputes disputed
    """
)
"""Verbs whose object is what was said: “called for a vote”, “urged them to go”, “announced a plan”."""
INTENT = word_set(
    """
    vow vows vowed vowing pledge pledges pledged pledging promise promises promised promising threaten threatens
    threatened offer offered offers swear swore agreed agrees
    """
)
PARTICIPLES = frozenset(word for word in CUES if word.endswith("ing"))
_IRREGULAR = word_set("said told wrote swore began read sum quoted found thought felt saw spoke sent")
BASE_FORMS = frozenset(w for w in CUES if not w.endswith(("ed", "ing", "s")) or w in ("stress", "express")) - _IRREGULAR
"""Forms that need a plural subject, and follow “to”, “not”, “will”."""

AUXILIARIES = word_set(
    """
    has have had is was were are be been being am will would could should may might must shall do does did can
    cannot can't won't wouldn't couldn't shouldn't doesn't didn't don't isn't wasn't aren't weren't hasn't
    haven't hadn't ain't i'm you're we're they're it's he's she's that's there's i've you've we've they've i'd
    you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll it'll what's let's who's
    """
)
BEFORE_CUE = word_set(
    """
    also then later earlier once again even only just still already previously often always now first sometimes
    further has have had recently soon both all himself herself themselves itself will went on to who and is was
    are be been being himself instead too similarly simply thus eventually famously repeatedly pointedly first
    initially twice rather further he's she's afterward afterwards continue continues continued continuing going
    began begins begun long nonetheless nevertheless increasingly
    """
) - word_set("and")
"""What may stand between a subject and its verb of saying."""
NEGATIONS = word_set(
    """
    not never n't didn't doesn't don't wouldn't won't declined declines refused refuses cannot can't couldn't
    hasn't haven't
    """
)

PRONOUNS = word_set("he she they it we i you who")
DETERMINERS = word_set(
    """
    the a an his her their its our my your this these those some many several most all both one two three no
    each every
    """
)
PREPOSITIONS = word_set(
    """
    in on at of for with from by during after before about to under over through against among between since
    until amid via within without into near around throughout across despite outside inside following per upon
    toward towards alongside aboard beside behind beyond
    """
)
SUBORDINATORS = word_set(
    """
    that because while when if although though whereas where which but so than as whether unless once how why
    what and or nor yet
    """
)
TIME_WORDS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december jan. feb. aug. sept. oct. nov. dec. today yesterday tomorrow tonight
    morning afternoon evening night week month year weekend spring summer fall autumn winter last this next late
    early earlier later ago that recently again flatly monday's tuesday's wednesday's thursday's friday's
    saturday's sunday's then once afterward afterwards bluntly simply also too repeatedly publicly privately
    plainly clearly
    """
) - word_set("that")
CLAUSE_SUBJECTS = word_set("he she they it we i you there this these those")
OPENERS = word_set(
    """
    but and yet so still also then meanwhile however instead later earlier now once while as when after if
    though although
    """
)
CONTINUES = word_set(
    """
    and but or nor that which because if when while as than before after unless who whose to for from with of
    """
)

NEVER_NAMES = NOT_NAMES - PRONOUNS
