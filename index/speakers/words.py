"""What English says about names: honorifics, titles, roles, bodies, given names. Plain knowledge of the language."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(words.split())


MALE_HONORIFICS = word_set("mr mr. sir lord king prince sheikh father monsieur herr")
FEMALE_HONORIFICS = word_set("mrs mrs. ms ms. miss lady dame queen princess madam mme mme. sister frau")
HONORIFICS = (
    MALE_HONORIFICS
    | FEMALE_HONORIFICS
    | word_set(
        """
    mx. dr dr. doctor prof prof. professor rev rev. reverend hon hon. honourable honorable the
    """
    )
)
SUFFIXES = word_set("jr jr. sr sr. ii iii iv esq esq. phd ph.d. md m.d.")
PARTICLES = word_set("van von der den de del della di da dos la le bin ibn al el ben ter ten af zu")

TITLES = word_set(
    """
    president vice-president vice premier chancellor minister secretary senator sen sen. representative rep rep.
    congressman congresswoman governor gov gov. mayor judge justice chief general gen gen. lieutenant lt lt.
    colonel col col. major maj maj. captain capt capt. sergeant sgt sgt. admiral adm adm. ambassador
    commissioner attorney speaker leader majority minority whip chairman chairwoman chair director deputy
    assistant acting former ex-president then-president president-elect candidate nominee spokesman spokeswoman
    spokesperson adviser advisor counselor press pope cardinal archbishop bishop imam rabbi pastor emperor
    sultan emir foreign prime defense defence finance interior justice republican democrat democratic
    congressional presidential state secretary-general officer executive coach host anchor analyst professor
    sheriff coroner detective inspector superintendent principal dean provost ag vp pm mp ceo cfo coo pres pres.
    sens sens. reps reps. fr fr. msgr msgr. amb amb. atty atty. cmdr cmdr. congressperson councilman councilwoman
    assemblyman assemblywoman alderman treasurer comptroller solicitor vice-chairman co-chairman co-chair
    cllr cllr. councillor councilor alderwoman
    """
)
"""Words that stand before a name, capitalised, without being part of it."""

ROLES = word_set(
    """
    spokesman spokeswoman spokesperson spokespeople spokesmen president premier chancellor minister secretary
    senator representative congressman congresswoman lawmaker governor mayor judge justice general colonel
    captain admiral ambassador envoy commissioner attorney lawyer prosecutor speaker leader chairman chairwoman
    chair director deputy adviser advisor aide strategist manager candidate nominee official officer commander
    analyst expert historian scholar professor economist researcher scientist writer author journalist reporter
    editor columnist correspondent host anchor activist advocate organizer founder co-founder executive owner
    investor banker businessman businesswoman entrepreneur doctor physician nurse teacher student pastor priest
    bishop cardinal pope imam rabbi king queen prince princess sheriff detective inspector chief witness
    resident neighbor neighbour survivor victim mother father wife husband son daughter brother sister friend
    colleague fellow member head boss counsel coach player actor actress singer director pollster consultant
    diplomat politician republican democrat conservative liberal farmer worker engineer veteran soldier man
    woman negotiator mediator vice-president congressperson frontrunner front-runner challenger rival incumbent
    billionaire mogul magnate prosecutor defendant plaintiff critic supporter voter volunteer staffer insider
    veteran source whistleblower contender hopeful neurosurgeon surgeon superdelegate speechwriter delegate organiser
    moderator guard driver pilot blogger publisher producer photographer designer architect fisherman farmer
    keeper watchman electrician mechanic chef nurse midwife librarian curator trader broker
    banker accountant auditor contractor developer programmer translator interpreter passenger retiree pensioner
    plumber postman soldier sailor biologist chemist physicist geologist engineer inventor poet novelist playwright
    comedian filmmaker rapper musician pianist composer landlord tenant shopkeeper veterinarian dentist
    psychologist psychiatrist sociologist anthropologist philosopher theologian ecologist climatologist
    epidemiologist virologist cardiologist demographer statistician mathematician treasurer trustee
    cllr cllr. councillor councilor protester protestor campaigner churchwarden vicar curate clerk parishioner
    """
)
"""Nouns for one person; what “the …” may refer back to."""

NAMES_IN_S = word_set("reuters axios forbes times jones williams davis adams")
"""Names that look like plurals."""

MALE_ROLES = word_set(
    """
    man father husband son brother king prince priest congressman businessman actor spokesman chairman uncle nephew
    grandfather grandson widower boyfriend gentleman policeman fireman salesman fisherman monk imam
    """
)
FEMALE_ROLES = word_set(
    """
    woman mother wife daughter sister queen princess actress congresswoman businesswoman spokeswoman chairwoman aunt
    niece grandmother granddaughter widow girlfriend lady policewoman nun saleswoman
    """
)

OFFICES = word_set(
    "senator governor representative congressman congresswoman mayor president premier chancellor minister secretary"
)
EPITHETS = OFFICES | word_set(
    """
    lawmaker republican democrat candidate nominee billionaire businessman businesswoman mogul magnate frontrunner
    front-runner incumbent contender hopeful
    """
)
"""Roles by which an article goes on to call somebody whom it has just named: “the Ohio Republican”."""

RELATIVES = word_set(
    """
    wife husband son daughter brother sister mother father widow widower ex-wife ex-husband lady niece nephew cousin
    aunt uncle grandson granddaughter grandmother grandfather stepson stepdaughter sister-in-law brother-in-law
    son-in-law daughter-in-law girlfriend boyfriend fiancee fiance
    """
)
"""Who bears a surname that is somebody else's first of all: “the president’s wife”, “the first lady”."""

GROUPS = word_set(
    """
    officials spokespeople spokesmen authorities aides advisers advisors leaders lawmakers senators
    representatives ministers diplomats prosecutors investigators police lawyers attorneys executives commanders
    negotiators republicans democrats sources analysts experts critics observers researchers scientists
    historians economists scholars organizers activists advocates allies strategists operatives reporters
    journalists editors members residents witnesses neighbours neighbors people others some many most several
    few both conservatives liberals opponents supporters voters respondents doctors students teachers farmers
    workers soldiers troops judges intelligence relatives friends colleagues families parents percent surveyed
    polled someone everyone somebody everybody nobody
    bosses councillors councilors protesters protestors campaigners
    """
)
OFFICIAL_GROUPS = word_set(
    """
    officials authorities aides advisers advisors leaders lawmakers senators diplomats prosecutors investigators
    police lawyers executives commanders negotiators republicans democrats spokespeople ministers intelligence
    """
)
"""Groups that, with a proper name before them (“White House officials”), are a body that speaks."""

BODY_NOUNS = word_set(
    """
    administration campaign government ministry department committee council commission agency bureau office
    party parliament congress senate house court army military navy police force union group organization
    organisation institute foundation association company corporation bank network newspaper magazine university
    college school center centre team league federation board embassy delegation coalition alliance movement
    authority service center exchange fund press society church conference assembly caucus pac lobby guard staff post
    times journal herald tribune gazette observer guardian news radio television tv daily review service project
    club firm inc inc. corp corp. co. ltd ltd. plc llc nations league chamber cabinet treasury pentagon kremlin trust
    """
)
BODY_STARTS = word_set("radio television bank banco")
"""First words of names that are bodies': “Radio Marran”."""
LEGAL_FORMS = word_set("inc inc. corp corp. co. ltd ltd. plc llc")
"""What ends a company's name, also behind a possessive: “Harker's Inc”."""

PLACES = word_set(
    """
    virginia georgia charlotte florence savannah madison austin jackson lincoln carolina victoria israel chad jordan
    houston dallas lourdes alma vienna adelaide
    """
)
"""Given names that are places at least as often."""
NO_PERSONS = word_set(
    """
    convention summit act amendment street avenue road river lake sea ocean gulf bay island islands county city state
    states park bridge award prize war plan deal accord agreement treaty hall hotel tower square valley mountain
    mountains hills beach airport station hospital museum library theater theatre stadium arena festival games
    republic kingdom emirates union east west north south ocean region province district republics day week eve
    creek falls springs heights harbor harbour forest canyon village town ridge pass peak point cape port gate wood
    junction crossing plaza gardens field fields farm mill mine dam canal tunnel
    """
)
"""Last words of names that are nobody's, though given names may stand in front: “Kennedy Airport”."""

LINKING = word_set("is was be been being became become remains remained as")
"""What stands before a word for what somebody is, who is no other person: “he was a good president”."""

PLACE_STARTS = word_set("mount mt. fort port lake cape san santa sao los las saint st. new old great upper lower rio")
"""First words of names that are places'."""

WRITINGS = word_set(
    """
    statement report letter memo article editorial poll survey study book email e-mail message tweet post
    release document filing lawsuit complaint brief ruling opinion order paper website blog ad advertisement
    video headline story column transcript note notice sign caption essay analysis resolution bill law
    indictment affidavit announcement column readout communique
    """
)

NATIONS = word_set(
    """
    american british french german russian ukrainian chinese japanese indian israeli iranian turkish polish syrian iraqi
    afghan korean mexican canadian italian spanish greek saudi egyptian brazilian dutch belgian swiss austrian swedish
    norwegian danish finnish irish scottish welsh hungarian czech slovak romanian bulgarian serbian croatian georgian
    australian argentine chilean colombian venezuelan cuban pakistani jordanian lebanese palestinian nigerian kenyan
    ethiopian filipino philippine indonesian vietnamese thai portuguese belarusian lithuanian latvian estonian u.s. uk
    """
)
"""Whose an office is: the French president is not the British one."""

NOT_NAMES = word_set(
    """
    a above according across afghan after against ala. all along alongside also although although american amid
    among an and another apr. april ariz. ark. around as asked at aug. august because before behind below beneath
    beside besides between beyond both british but by calif. canadian catholic chinese christian colo. conn. d.c.
    dec. december del. democrat democratic democrats despite during each earlier egyptian either eu european even
    every everybody everyone feb. february first five fla. for former four french friday from ga. german gop greek
    he her here his how however i if ill. in ind. indian inside instead iranian iraqi israeli it italian its jan.
    january japanese jewish jul. july jun. june just kan. korean ky. la. last later like many mar. march mass. may
    maybe md. meanwhile mexican mich. minn. miss. mo. monday more most much muslim my n.c. n.h. n.j. n.y. nato neb.
    neither nev. next no nobody none not nov. november now oct. october of okla. on once one only onto or ore. other
    others our outside over pa. penn. perhaps polish republican republicans russian s.c. saturday saudi second sept.
    september she since six so some spanish speaking still such sunday syrian ten tenn. tex. that the their then
    there these they this those though three through throughout thursday to today toward towards tuesday turkish two
    u.k. u.n. u.s. u.s.a uk ukrainian un under unlike until upon us va. vt. wash. we wednesday western what when
    where whether which while who whom whose why wis. with within without yes yesterday yet you your
    """
)
"""Capitalised words that are no part of a person's name at its start."""

FAMILY_FIRST = word_set(
    """
    xi li wang zhang zhao liu huang zhou xu zhu guo gao luo deng jiang hu wen qin nguyen tran pham
    """
)
KOREAN_FAMILY = word_set("kim lee park moon yoon choi jung chung han cho ban ahn")
KOREAN_GIVEN = word_set(
    """
    jong jong-un jong-il il il-sung yo-jong yo dae dae-jung jae jae-in geun geun-hye suk-yeol seok-youl
    """
)
VERB_FORMS = word_set(
    """
    has had have is was will would could can can't should may might does did says said tells told wants wanted
    makes made takes took gives gave goes went comes came gets got knows knew thinks thought sees saw leads led
    runs ran wins won loses lost holds held keeps kept begins began meets met speaks spoke writes wrote calls
    hopes plans faces plays stands stood sent sends brought brings left leaves hit put puts won't wouldn't
    didn't doesn't isn't wasn't hasn't hadn't himself herself
    """
)
"""Finite verbs that show the word before them to be a subject; those in -ed need no list."""
