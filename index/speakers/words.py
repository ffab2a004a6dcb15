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
    sheriff coroner detective inspector superintendent principal dean provost
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
    veteran source whistleblower
    """
)
"""Nouns for one person; what “the …” may refer back to."""

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
    authority service center fund press society church conference assembly caucus pac lobby guard staff post
    times journal herald tribune gazette observer guardian news radio television tv daily review service project
    club firm inc inc. corp corp. co. ltd nations league chamber cabinet treasury pentagon kremlin trust
    """
)
WRITINGS = word_set(
    """
    statement report letter memo article editorial poll survey study book email e-mail message tweet post
    release document filing lawsuit complaint brief ruling opinion order paper website blog ad advertisement
    video headline story column transcript note notice sign caption essay analysis resolution bill law
    indictment affidavit announcement column
    """
)

NOT_NAMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan. feb. mar. apr. jun. jul. aug. sept. oct. nov. dec. today yesterday
    i the a an and but or in on at for from with by of to as if when while after before because although though
    since until so yet still also then now here there this that these those it he she they we you who what where
    why how his her their its our my your not no yes all some many most both each every one two three four five
    six ten asked speaking according meanwhile however instead although despite during under over through
    earlier later last next former first second even only just like unlike perhaps maybe once another other
    others such more much russian ukrainian american british french german chinese israeli iranian turkish
    polish western european syrian iraqi afghan korean japanese indian mexican canadian italian spanish greek
    saudi egyptian u.s. us uk u.k. eu un u.n. u.s.a republican republicans democrat democrats democratic
    christian muslim jewish catholic gop nato calif. fla. mass. conn. mich. penn. pa. tex. wis. minn. ariz. ill.
    ind. ga. tenn. va. wash. ore. colo. okla. ky. md. n.y. n.j. n.h. n.c. s.c. d.c. ala. ark. kan. neb. nev. vt.
    mo. la. miss. del.
    """
)
"""Capitalised words that are no part of a person's name at its start."""

MALE_NAMES = word_set(
    """
    aaron abraham adam adrian alan albert alejandro aleksandr alex alexander alexei alexey alfred ali allen
    andrei andrew andrey andriy anders anthony antonio antony arnold arthur barack ben benjamin bernard bernie
    bill bob boris brad bradley brandon brian bruce bryan carl carlos charles charlie chris christopher chuck
    craig daniel dave david dean dennis dick dmitri dmitry dmytro don donald doug douglas dwight earl ed eddie
    edward edwin elliott emmanuel eric erik ernest eugene evan francis frank franklin fred frederick gary gavin
    gene geoffrey george gerald gerhard glenn gordon greg gregory harold harry harvey henry herbert herman
    howard hugh ian igor isaac ivan jack jacob jake james jamie jared jason jay jeb jeff jeffrey jeremy jerome
    jerry jim jimmy joe joel john johnny jon jonathan jose joseph josh joshua juan justin karl keith ken kenneth
    kevin kyle larry lawrence lee leo leon leonard lewis lindsey lloyd louis lucas luis luke marc marco marcus
    mario mark martin marvin matt matthew maurice max michael miguel mike mikhail mitch mitt mohammed muhammad
    mykola nathan neal ned neil newt nicholas nick nikolai nikolay norman oleg oleksandr olaf oliver oscar otto
    patrick paul pavel pedro pete peter petro phil philip phillip ralph rand randy ray raymond reince richard
    rick rob robby robert roger ron ronald roy rudy russell ryan sam samuel scott sean sergei sergey serhii seth
    simon stanley stephen steve steven stuart ted terry theodore thomas tim timothy todd tom tony travis trent
    tucker vadim victor viktor vincent vladimir volodymyr walter warren wayne wesley william xavier yuri zachary
    """
)
FEMALE_NAMES = word_set(
    """
    abigail alexandra alice alison amanda amy andrea angela angelina ann anna anne annie april ashley barbara
    beth betsy betty brenda carly carol caroline carolyn catherine charlotte cheryl chelsea christina christine
    cindy claire clara condoleezza courtney crystal cynthia dana danielle debbie deborah debra denise diana
    diane dianne donna dorothy eleanor elena elise elizabeth ellen emily emma erica erin eva evelyn florence
    frances gabby gina gloria grace hannah heather heidi helen hillary hope huma irene irina isabel ivanka
    jackie jane janet janice jean jeanne jen jennifer jessica jill joan joanna joyce judith judy julia julianne
    julie kamala karen katherine kathleen kathryn kathy katie katrina kate kayleigh kellyanne kimberly kirsten
    kristen kristin laura lauren leslie linda lisa liz loretta lori louise lucy lynn madeleine margaret maria
    marie marilyn marina marine marjorie martha mary maureen megan melania melissa michelle mildred monica nadia
    nancy naomi natalia natalie nicole nikki nina olena olga oksana pamela patricia patty paula peggy penny
    phyllis rachel rebecca renee rita roberta robin rosa rose ruth sally samantha sandra sara sarah sharon
    sheila shirley sonia sophia stacy stephanie sue susan suzanne svetlana sylvia tammy tanya tatiana teresa
    theresa tiffany tina tracy ursula valentina valerie vanessa veronica victoria virginia wendy yulia yvonne
    """
)

NICKNAMES = {
    variant: group.split()[0]
    for group in (
        "alexander aleksandr oleksandr alexandr alex alexandre",
        "alexei aleksei alexey aleksey oleksii oleksiy",
        "andrew andrei andrey andriy andrii drew",
        "anthony antony tony",
        "benjamin ben",
        "bernard bernie",
        "charles charlie chuck",
        "christopher chris",
        "daniel dan danny",
        "david dave",
        "dmitri dmitry dmitriy dmitrii dmytro dimitri dimitry",
        "donald don",
        "edward ed eddie ted",
        "elizabeth liz beth betsy",
        "francis frank",
        "gregory greg",
        "james jim jimmy jamie",
        "jeffrey jeff geoffrey",
        "john jon johnny",
        "jonathan jonathon",
        "joseph joe joey",
        "joshua josh",
        "katherine catherine kate katie kathy kathryn",
        "kenneth ken",
        "lawrence larry",
        "matthew matt",
        "michael mike mick",
        "mikhail mykhailo mikhailo",
        "mohammed muhammad mohamed mohammad muhammed",
        "nicholas nick",
        "nikolai nikolay mykola nikolaj",
        "patrick pat",
        "peter pete",
        "philip phil phillip",
        "recep",
        "richard dick rick rich",
        "robert bob rob robby bobby",
        "ronald ron",
        "samuel sam",
        "sergei sergey serhii serhiy sergii sergej",
        "stephen steve steven",
        "susan sue",
        "thomas tom tommy",
        "timothy tim",
        "vladimir wladimir",
        "volodymyr wolodymyr volodimir",
        "viktor victor",
        "walter walt",
        "william bill billy will",
        "yevgeny evgeny yevgeni evgeni evgenii yevhen",
        "yuri yuriy iurii yury yurii",
        "yulia julia yuliya iuliia",
    )
    for variant in group.split()
}
"""Given names and spellings that stand for one; the value is the form that keys are made of."""

FAMILY_FIRST = word_set(
    """
    xi li wang zhang zhao liu huang zhou xu zhu guo gao luo deng jiang hu wen qin nguyen tran pham
    """
)
KOREAN_GIVEN = word_set(
    """
    jong jong-un jong-il il il-sung yo-jong yo dae dae-jung jae jae-in geun geun-hye suk-yeol seok-youl
    """
)
