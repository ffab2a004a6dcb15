"""Words by which questions ask for what texts tell in others: who leads it, and who is its head; Sweden, and Swedes."""

from functools import cache

from index.terms import term_texts
from search.roles import COUNTRIES

_GROUPS = """
write writes wrote written author authors writer penned pen novelist
compose composed composer
direct directed director
lead leads led leader head heads headed chief chair chairs run runs ran manage manages managed manager direct directs
director command commands commander captain preside presides president boss
own owns owned owner owners belong belongs belonged property possess
found founded founder founders establish established set start started create created begin launched
build built builder construct constructed erect erected raised
make made maker create created produce produced manufacture manufactured sew sewn
shut shuts close closes closed closing closure closures
open opens opened opening begin launch launched start
buy buys bought purchase purchased acquire acquired
sell sells sold sale sales
pay pays paid salary wage wages earn earns earned fund funded finance financed payment cost
fund funds funded finance financed sponsor sponsored donate donated
earn earns earned pay pays paid salary wage income
profit profits earn earned earnings income
revenue revenues turnover sales income
cost costs price prices pay paid worth expensive spend spent charge fee
win wins won victory winner beat defeat defeated triumph champion
lose loses lost defeat defeated beaten
die dies died dead death deaths kill kills killed claim claimed perish perished drown drowned fatal
bear born birth native
live lives lived inhabit inhabitants home reside resident residents dwell population
employ employs employed hire hired job jobs work works worker workers staff
dismiss dismissed sack sacked fire fired oust ousted
appoint appointed named nominated promoted chosen
hire hired appoint appointed recruit recruited engaged
elect elected vote voted election chosen
choose chose chosen pick picked select selected
criticise criticised criticize criticized criticism blame blamed condemn condemned attack attacked denounce denounced
complain complained
praise praised thank thanked applaud applauded commend commended hail hailed
support supports supported back backed favour favor welcome welcomed endorse endorsed
oppose opposes opposed against protest protests protested resist object objected opponent opponents
reject rejects rejected refuse refused decline declined turn turned deny denied
accept accepted agree agreed approve approved
say says said tell told claim claimed announce announced state stated
discover discovered discoverer find found
invent invented inventor invention devise devised
design designed designer architect
lead led result resulted cause caused because reason reasons
cause causes caused trigger triggered lead led due
steal stole stolen theft thief thieves rob robbed
arrest arrested detain detained custody
speak speaks spoke spoken talk talks talked interview interviewed conversation phoned
hurt injured injuries injury wound wounded
destroy destroyed ruin ruined demolish demolished wreck wrecked tear tore
damage damaged harm harmed ruin
repair repairs repaired fix fixed mend restore restored
lie lies located location situated stand stands stood
carry carries carried bring brings brought deliver delivers delivered transport transported
give gives gave given hand handed donate donated present presented offer offered
lend lent loan loaned
get gets got receive receives received obtain obtained win won
film movie picture
book novel novels story
read reads reader readers
doctor physician surgeon
teacher teachers schoolmaster
child children pupil pupils kid kids
people inhabitants population residents villagers islanders
soldier soldiers troop troops army armies force forces fighter fighters
spectator spectators watch watched crowd audience attend attended visitors viewers
watch watched see saw seen view
visit visits visited visitor visitors come came guest guests
harvest pick picked crop gather gathered
small smaller less fewer shrink shrank
big bigger large larger more
fall fell drop dropped decline declined decrease decreased less lower
rise rose increase increased grow grew more higher
print printed publish published publisher issue issued
play plays played performer actor star role
sing sings sang sung singer vocals perform performed performs
married marry wife husband spouse wed
leave leaves left depart departed quit resign resigned
arrive arrived reach reached came come
happen happened occur occurred
last lasts lasted take takes took duration long
end ends ended finish finished complete completed
use used uses utilise employ employed
name named call called known title
study studied studies survey research researched examine
teach teaches taught instruct lessons
drive drives drove driver
rescue rescued save saved
save saves saved savings
win won score scored
sign signs signed signature signatures
demand demanded demands want wants call called
promise promised vow vowed pledge pledged
allow allowed permit permitted
ban banned forbid forbidden prohibit prohibited illegal
visit visited travel travels travelled traveled trip trips tour toured
go goes went travel travelled traveled move moved
guard guards guarded protect protects protected keep kept
country nation state
city town
job occupation profession
disease illness sickness
money funds cash million
tall high height
inflation prices price
unemployment unemployed jobless joblessness
earthquake quake tremor
deep depth
old age aged years
ship boat vessel
car vehicle
company firm business
france french frenchman frenchmen
ireland irish irishman irishmen
spain spanish spaniard spaniards
netherlands dutch dutchman dutchmen holland
denmark danish dane danes
sweden swedish swede swedes
finland finnish finn finns
poland polish pole poles
britain british briton britons
scotland scottish scots scot
turkey turkish turk turks
congo congolese
naples neapolitan
venice venetian
florence florentine
moscow muscovite
rome roman romans
"""
"""Not synonyms: what a sentence about the same thing may say for what is asked. A word may be in several groups."""


def are_kindred(one: str, other: str) -> bool:
    """Whether two terms (folded and stemmed, as `index.terms` gives them) may ask for and tell the same."""
    groups = _groups()
    return not groups.get(one, frozenset()).isdisjoint(groups.get(other, frozenset()))


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Each term → the numbers of its groups."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate([*_GROUPS.strip().splitlines(), *COUNTRIES.split(";")]):
        for term in term_texts(line):
            found.setdefault(term, set()).add(number)
    return {term: frozenset(numbers) for term, numbers in found.items()}
