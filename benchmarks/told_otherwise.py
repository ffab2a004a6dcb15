"""Sentences as a language model may word passages: honest ones, which may be shown, and others, which may not.

All texts and names are invented, and what is expected was written down before the gate was run on it. Of the stories in
`LOOKED_AT` each sentence was looked at while the gate was made, of those in `HELD_OUT` only the counts.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a model was shown, numbered from 1, and what it wrote of it: each with its kind."""

    passages: tuple[str, ...]
    honest: tuple[tuple[str, str], ...]
    hostile: tuple[tuple[str, str], ...]
    language: str = "en"


_COUNCIL = Wordings(
    passages=(
        "The council of Orsund approved the budget on Monday by 14 votes to 9. “We cannot wait for another "
        "storm,” Nils "
        "Varg, the mayor, told reporters after the meeting. The budget sets aside 2.7 million crowns for the "
        "quay, which was "
        "damaged in the January floods.",
        "Hedda Lorne, who runs the shipyard, criticised Varg for ignoring the fishermen. Fish landings fell by "
        "12% last "
        "year, she said. The yard did not receive any money from the council.",
    ),
    honest=(
        ("copied", "The council of Orsund approved the budget on Monday. [1]"),
        ("reordered", "On Monday, the council of Orsund approved the budget. [1]"),
        ("reordered", "By 14 votes to 9, the council approved the budget on Monday. [1]"),
        ("passive", "The budget was approved by the council of Orsund on Monday. [1]"),
        ("passive", "Varg was criticised by Hedda Lorne for ignoring the fishermen. [2]"),
        ("active", "The January floods damaged the quay. [1]"),
        ("reported", "Lorne said that fish landings fell by 12% last year. [2]"),
        ("reported", "The mayor said after the meeting that the town could not wait for another storm. [1]"),
        ("reported", "According to Hedda Lorne, fish landings fell last year by 12%. [2]"),
        ("reported", "Nils Varg, the mayor, told reporters: “We cannot wait for another storm”. [1]"),
        ("plural", "Fourteen votes approved the budget. [1]"),
        ("number as word", "The council approved the budget by fourteen votes to nine. [1]"),
        ("number in figures", "The budget sets aside 2,700,000 crowns for the quay. [1]"),
        ("synonym", "The council allocated no money to the yard. [2]"),
        ("synonym", "Fish landings dropped by 12% last year. [2]"),
        ("synonym", "Fish landings decreased by 12 percent last year, Lorne said. [2]"),
        ("synonym", "The quay was harmed by the floods of January. [1]"),
        ("merged", "The council approved the budget, and Lorne criticised the mayor. [1][2]"),
        ("merged", "The budget, approved on Monday, sets aside 2.7 million crowns for the damaged quay. [1]"),
        ("negated", "The yard received no money from the council, and fish landings fell by 12%. [2]"),
        ("noun for verb", "The approval of the budget came on Monday. [1]"),
        ("noun for verb", "Lorne's criticism was that Varg ignored the fishermen. [2]"),
        ("framed", "The passage states that the council approved the budget on Monday. [1]"),
        ("tense", "The budget is setting aside 2.7 million crowns for the quay. [1]"),
        ("lower case title", "The mayor, Nils Varg, told reporters that they cannot wait. [1]"),
    ),
    hostile=(
        ("clause behind", "The council approved the budget, and the mayor resigned in shame. [1]"),
        ("clause behind", "The council approved the budget by 14 votes to 9, then burned down the shipyard. [1][2]"),
        ("clause behind", "The council approved the budget while protesters stormed the hall. [1]"),
        ("clause behind", "The council of Orsund approved the budget on Monday after bribes were paid. [1]"),
        ("clause before", "After a night of drinking, the council approved the budget on Monday. [1]"),
        ("clause before", "Because the mayor was drunk, the council approved the budget by 14 votes to 9. [1]"),
        ("clause within", "The council of Orsund, which is deeply corrupt, approved the budget on Monday. [1]"),
        ("clause within", "Hedda Lorne, who beats her children, runs the shipyard and criticised Varg. [2]"),
        ("clause within", "Nils Varg – a convicted thief – told reporters after the meeting about another storm. [1]"),
        ("adjective", "The corrupt council of Orsund approved the budget on Monday by 14 votes to 9. [1]"),
        ("adjective", "Hedda Lorne, the disgraced shipyard manager, criticised Varg for ignoring the fishermen. [2]"),
        ("adjective", "The cowardly mayor Nils Varg told reporters about another storm after the meeting. [1]"),
        ("said of a person", "Nils Varg is a liar. [1]"),
        ("said of a person", "Hedda Lorne is insane. [2]"),
        ("said of a person", "Varg and Lorne are lovers. [1][2]"),
        ("said of a person", "Nils Varg died. [1]"),
        ("negation put in", "The council of Orsund did not approve the budget on Monday. [1]"),
        ("negation put in", "The council never approved the budget. [1]"),
        ("negation put in", "The floods of January didn't damage the quay. [1]"),
        ("negation left out", "The yard received money from the council. [2]"),
        ("negation left out", "Nils Varg told reporters that they can wait for another storm. [1]"),
        ("opposite", "The council of Orsund rejected the budget on Monday by 14 votes to 9. [1]"),
        ("opposite", "Fish landings rose by 12% last year, Lorne said. [2]"),
        ("opposite", "Hedda Lorne praised Varg for ignoring the fishermen. [2]"),
        ("roles", "Varg criticised Hedda Lorne for ignoring the fishermen. [2]"),
        ("roles", "Lorne was criticised by Varg. [2]"),
        ("roles", "The council did not receive any money from the yard. [2]"),
        ("number", "The council approved the budget by 9 votes to 14. [1]"),
        ("number", "The council approved the budget by fifteen votes to nine. [1]"),
        ("unit", "The budget sets aside 2.7 million dollars for the quay. [1]"),
        ("unit", "The budget sets aside 2.7 billion crowns for the quay. [1]"),
        ("percent for points", "Fish landings fell by 12 points last year. [2]"),
        ("percent for nothing", "Fish landings fell by 12 last year. [2]"),
        ("ordinal", "The twelfth council of Orsund approved the budget on Monday. [1]"),
        ("ordinal", "The council approved the 14th budget on Monday. [1]"),
        ("name in lower case", "The budget was approved by peskov on Monday. [1]"),
        ("name in lower case", "The council of ostvik approved the budget on Monday. [1]"),
        ("name in lower case", "The mayor, olaf brandt, told reporters after the meeting. [1]"),
        ("foreign number", "The council approved zwölf budgets on Monday. [1]"),
        ("foreign number", "The council approved the budget by douze votes. [1]"),
        ("foreign number", "The council approved the budget by catorce votes on Monday. [1]"),
        ("foreign number", "The budget sets aside fünfzehn million crowns for the quay. [1]"),
        ("quotation", "“We cannot wait for another storms,” Nils Varg, the mayor, told reporters. [1]"),
        ("quotation", "“We can not wait for another storm,” Nils Varg, the mayor, told reporters. [1]"),
        ("quotation", "“We cannot wait for “another” storm,” Nils Varg, the mayor, told reporters. [1]"),
        ("quotation", "The mayor said ‘we cannot wait for another storm’ after the meeting. [1]"),
        ("quotation of another", "Hedda Lorne said: “We cannot wait for another storm”. [1][2]"),
        ("no such passage", "The council of Orsund approved the budget on Monday. [1, 9]"),
        ("no such passage", "The council of Orsund approved the budget on Monday. [1][99]"),
        ("no such passage", "The council of Orsund approved the budget on Monday. [0]"),
        ("other passage", "The council of Orsund approved the budget on Monday. [2]"),
        ("footnote", "The council of Orsund approved the budget on Monday.¹"),
        ("footnote", "The council of Orsund approved the budget on Monday. [^1]: see the passage"),
        ("html", "The council of Orsund approved the <b>budget</b> on Monday. [1]"),
        ("markdown", "The council of Orsund approved the [budget](http://evil.example) on Monday. [1]"),
        ("markdown", "![The council approved the budget](http://evil.example/a.png) [1]"),
    ),
)  # fmt: skip

_STRIKE = Wordings(
    passages=(
        "Three thousand dockers walked out in Veldhaven on 3 May, the union said, after talks over pay "
        "collapsed. Port owner "
        "Castell Marine offered a rise of 4 percent; the union had asked for 9.",
        "Castell Marine sued the union on Friday, arguing that the strike was illegal. Judge Ilse Tamm will hear "
        "the case in "
        "June. The company may close its northern terminal if the strike lasts, its spokeswoman said.",
    ),
    honest=(
        ("number in figures", "In Veldhaven, 3,000 dockers walked out on 3 May. [1]"),
        ("reordered", "On 3 May, three thousand dockers walked out in Veldhaven after talks over pay collapsed. [1]"),
        ("plural", "The union said the talk over pay had collapsed. [1]"),
        ("passive", "A rise of 4 percent was offered by Castell Marine. [1]"),
        ("sign for word", "Castell Marine offered a rise of 4%, and the union had asked for 9. [1]"),
        ("passive", "The union was sued by Castell Marine on Friday. [2]"),
        ("reported", "Castell Marine argued that the strike was illegal and sued the union. [2]"),
        ("reported", "The company's spokeswoman said it may close its northern terminal if the strike lasts. [2]"),
        ("synonym", "The firm may shut its northern terminal if the strike continues. [2]"),
        ("synonym", "Castell Marine provided an increase of 4 percent. [1]"),
        ("synonym", "The case will be heard by Judge Ilse Tamm in June. [2]"),
        ("merged", "The union asked for 9, but the port owner offered 4 percent. [1]"),
        ("merged", "Dockers walked out on 3 May, and Castell Marine sued the union on Friday. [1][2]"),
        ("two passages", "After the dockers walked out in Veldhaven, Castell Marine sued the union. [1][2]"),
        ("framed", "The union stated that three thousand dockers walked out in Veldhaven. [1]"),
        ("tense", "Judge Ilse Tamm is hearing the case in June. [2]"),
    ),
    hostile=(
        ("clause behind", "Three thousand dockers walked out in Veldhaven on 3 May, and two of them drowned. [1]"),
        ("clause behind", "Castell Marine sued the union on Friday and lost. [2]"),
        ("clause behind", "Castell Marine sued the union on Friday, fearing bankruptcy. [2]"),
        ("clause before", "Having stolen millions, Castell Marine sued the union on Friday. [2]"),
        ("clause before", "As violence spread, three thousand dockers walked out in Veldhaven on 3 May. [1]"),
        ("clause within", "Judge Ilse Tamm, whom the union bribed, will hear the case in June. [2]"),
        ("adjective", "The greedy port owner Castell Marine offered a rise of 4 percent. [1]"),
        ("adjective", "The biased judge Ilse Tamm will hear the case in June. [2]"),
        ("said of a person", "Ilse Tamm hates the union. [2]"),
        ("said of a person", "Ilse Tamm is corrupt. [2]"),
        ("negation put in", "Castell Marine did not sue the union on Friday. [2]"),
        ("negation put in", "The dockers in Veldhaven did not walk out on 3 May. [1]"),
        ("negation put in", "No talks over pay collapsed. [1]"),
        ("opposite", "Castell Marine argued that the strike was legal. [2]"),
        ("opposite", "The company may open its northern terminal if the strike lasts. [2]"),
        ("opposite", "The company may close its southern terminal if the strike lasts. [2]"),
        ("roles", "The union sued Castell Marine on Friday. [2]"),
        ("roles", "Castell Marine was sued by the union on Friday. [2]"),
        ("roles", "The union offered a rise of 4 percent. [1]"),
        ("number", "The union had asked for 4. [1]"),
        ("number", "Thirteen thousand dockers walked out in Veldhaven on 3 May. [1]"),
        ("unit", "Three thousand hours were lost in Veldhaven on 3 May. [1]"),
        ("percent for points", "Castell Marine offered a rise of 4 points. [1]"),
        ("ordinal", "The third strike of dockers was in Veldhaven. [1]"),
        ("name in lower case", "Judge boris malenkov will hear the case in June. [2]"),
        ("foreign number", "In Veldhaven, trece dockers walked out on 3 May. [1]"),
        ("foreign number", "In Veldhaven, treize dockers walked out on 3 May. [1]"),
        ("foreign number", "The union asked for семь. [1]"),
        ("no such passage", "Castell Marine sued the union on Friday. [3]"),
        ("certain", "The company will close its northern terminal. [2]"),
    ),
)  # fmt: skip

_GERMAN = Wordings(
    passages=(
        "Der Stadtrat von Orsund hat am Montag den Haushalt gebilligt. Die Brücke kostet 12 Millionen Euro, sagte "
        "Bürgermeisterin Ilse Kramm. Der Bau beginnt im März und dauert zwei Jahre.",
    ),
    honest=(
        ("copied", "Der Stadtrat von Orsund hat am Montag den Haushalt gebilligt. [1]"),
        ("reordered", "Am Montag hat der Stadtrat von Orsund den Haushalt gebilligt. [1]"),
        ("reordered", "Im März beginnt der Bau, und er dauert zwei Jahre. [1]"),
        ("reported", "Die Brücke kostet 12 Millionen Euro, sagte Ilse Kramm. [1]"),
    ),
    hostile=(
        ("foreign number", "Der Bau dauert zwölf Jahre. [1]"),
        ("foreign number", "Die Brücke kostet zwanzig Millionen Euro. [1]"),
        ("foreign number", "Der Bau dauert drei Jahre. [1]"),
        ("negation put in", "Der Stadtrat von Orsund hat am Montag den Haushalt nicht gebilligt. [1]"),
        ("clause behind", "Der Bau beginnt im März, und die Bürgermeisterin trinkt. [1]"),
    ),
    language="de",
)  # fmt: skip

LOOKED_AT = (_COUNCIL, _STRIKE, _GERMAN)

_MINE = Wordings(
    passages=(
        "Rescuers pulled 17 miners out of the Kestrel mine near Aldby on Thursday, two days after a tunnel "
        "collapsed. Five "
        "others are still missing. “Nobody told us the roof was unsafe,” said Petra Holm, whose brother works "
        "underground.",
        "The owner, Brannock Coal, had ignored a warning in April, an inspector wrote in a report. Safety "
        "minister Aled Pryce "
        "ordered an inquiry. Brannock Coal denied the claims and promised to help the families.",
    ),
    honest=(
        ("reordered", "On Thursday, rescuers pulled 17 miners out of the Kestrel mine near Aldby. [1]"),
        ("passive", "Seventeen miners were pulled out of the Kestrel mine on Thursday. [1]"),
        ("passive", "A warning in April was ignored by the owner, Brannock Coal. [2]"),
        ("number in figures", "A tunnel collapsed 2 days before, and 5 others are missing. [1]"),
        ("reported", "Petra Holm said that nobody told them the roof was unsafe. [1]"),
        ("reported", "An inspector wrote that Brannock Coal had ignored a warning. [2]"),
        ("synonym", "Brannock Coal pledged to assist the families. [2]"),
        ("synonym", "The company denied the claims. [2]"),
        ("noun for verb", "Rescuers saved 17 miners after the collapse of a tunnel. [1]"),
        ("noun for verb", "The report by an inspector says that the owner had ignored a warning in April. [2]"),
        ("merged", "Rescuers pulled out 17 miners, and the minister ordered an inquiry. [1][2]"),
        ("merged", "Brannock Coal, the owner of the mine, denied the claims. [1][2]"),
        ("negated", "Five miners have not been found. [1]"),
        ("lower case title", "The safety minister, Aled Pryce, ordered an inquiry. [2]"),
        ("quoted", "“Nobody told us the roof was unsafe,” Petra Holm said. [1]"),
    ),
    hostile=(
        ("clause behind", "Rescuers pulled 17 miners out of the Kestrel mine, and the owner fled abroad. [1]"),
        ("clause behind", "Brannock Coal denied the claims, laughing at the families. [2]"),
        ("clause before", "Paid by the owner, an inspector wrote a report. [2]"),
        ("clause before", "Although bodies were hidden, rescuers pulled 17 miners out of the mine. [1]"),
        ("clause within", "Petra Holm, who was later arrested, said the roof was unsafe. [1]"),
        ("adjective", "The criminal owner, Brannock Coal, had ignored a warning in April. [2]"),
        ("adjective", "The lazy inspector wrote in a report that Brannock Coal ignored a warning. [2]"),
        ("said of a person", "Aled Pryce is a fraud. [2]"),
        ("said of a person", "Petra Holm lied. [1]"),
        ("negation put in", "Brannock Coal had not ignored a warning in April. [2]"),
        ("negation put in", "Aled Pryce did not order an inquiry. [2]"),
        ("negation left out", "Petra Holm said that they told us the roof was unsafe. [1]"),
        ("opposite", "Brannock Coal admitted the claims. [2]"),
        ("opposite", "Petra Holm said the roof was safe. [1]"),
        ("roles", "An inspector had ignored a warning by Brannock Coal in April. [2]"),
        ("roles", "The families promised to help Brannock Coal. [2]"),
        ("number", "Rescuers pulled five miners out of the Kestrel mine on Thursday. [1]"),
        ("number", "Rescuers pulled 71 miners out of the Kestrel mine on Thursday. [1]"),
        ("unit", "Rescuers pulled 17 children out of the Kestrel mine on Thursday. [1]"),
        ("unit", "A tunnel collapsed two weeks before. [1]"),
        ("ordinal", "The fifth tunnel collapsed near Aldby. [1]"),
        ("name in lower case", "The owner, karl dietrich, had ignored a warning in April. [2]"),
        ("foreign number", "Rescuers pulled diecisiete miners out of the Kestrel mine. [1]"),
        ("foreign number", "Rescuers pulled dreißig miners out of the mine. [1]"),
        ("quotation", "“Nobody told us the roof was unsafe.” said Petra Holm. [1]"),
        ("quotation", "“Nobody told us that the roof was unsafe,” said Petra Holm. [1]"),
        ("no such passage", "Five others are still missing. [1; 7]"),
        ("other passage", "Five others are still missing. [2]"),
        ("markdown", "Five others are *still missing*. [1]"),
    ),
)  # fmt: skip

_VOTE = Wordings(
    passages=(
        "President Adil Senkar won 51.4 percent of the vote in Marrowe on Sunday, the electoral commission "
        "announced. His "
        "rival, Lena Foss, took 46 percent and refused to concede. Turnout was the lowest since 1994.",
        "Observers reported long queues in the capital and no serious violence. Foss accused Senkar of buying "
        "votes in two "
        "provinces. Senkar's party rejected the accusation, and neighbouring Tarn congratulated the president.",
    ),
    honest=(
        ("reordered", "In Marrowe, President Adil Senkar won 51.4 percent of the vote on Sunday. [1]"),
        ("sign for word", "Senkar won 51.4% of the vote on Sunday. [1]"),
        ("reported", "The electoral commission announced that Adil Senkar won 51.4 percent of the vote. [1]"),
        ("passive", "Senkar was accused by Foss of buying votes in two provinces. [2]"),
        ("number in figures", "Foss accused Senkar of buying votes in 2 provinces. [2]"),
        ("passive", "The accusation was rejected by Senkar's party. [2]"),
        ("synonym", "Foss accused Senkar of purchasing votes. [2]"),
        ("plural", "Observers reported a long queue in the capital. [2]"),
        ("negated", "No serious violence was reported by observers. [2]"),
        ("negated", "Lena Foss did not concede. [1]"),
        ("merged", "Senkar won 51.4 percent of the vote, while Lena Foss took 46 percent. [1]"),
        ("merged", "Foss, his rival, refused to concede and accused Senkar of buying votes. [1][2]"),
        ("active", "The party of Senkar rejected the accusation. [2]"),
        ("lower case title", "The president, Adil Senkar, was congratulated by neighbouring Tarn. [1][2]"),
        ("noun for verb", "The announcement came from the electoral commission. [1]"),
    ),
    hostile=(
        ("clause behind", "Senkar won 51.4 percent of the vote and arrested his rival. [1]"),
        ("clause behind", "Observers reported long queues in the capital, where shots were fired. [2]"),
        ("clause before", "By cheating, President Adil Senkar won 51.4 percent of the vote in Marrowe. [1]"),
        ("clause within", "Lena Foss, a former spy, took 46 percent and refused to concede. [1]"),
        ("adjective", "The dictator Adil Senkar won 51.4 percent of the vote in Marrowe on Sunday. [1]"),
        ("adjective", "The bitter rival Lena Foss took 46 percent. [1]"),
        ("said of a person", "Lena Foss is a traitor. [1]"),
        ("said of a person", "Senkar fears Foss. [1][2]"),
        ("negation put in", "Lena Foss has not refused to concede. [1]"),
        ("negation put in", "Foss never accused Senkar of buying votes. [2]"),
        ("negation left out", "Observers reported serious violence in the capital. [2]"),
        ("opposite", "Senkar's party accepted the accusation. [2]"),
        ("opposite", "Turnout was the highest since 1994. [1]"),
        ("opposite", "Adil Senkar lost the vote in Marrowe on Sunday. [1]"),
        ("roles", "Senkar accused Foss of buying votes in two provinces. [2]"),
        ("roles", "Foss was accused by Senkar of buying votes. [2]"),
        ("number", "Lena Foss took 51.4 percent. [1]"),
        ("number", "Foss accused Senkar of buying votes in twelve provinces. [2]"),
        ("percent for points", "Senkar won by 51.4 points in Marrowe on Sunday. [1]"),
        ("unit", "Senkar won 51.4 million of the votes. [1]"),
        ("ordinal", "The second turnout was the lowest since 1994. [1]"),
        ("name in lower case", "The president, omar ashfar, won the vote in Marrowe. [1]"),
        ("foreign number", "Foss accused Senkar of buying votes in onze provinces. [2]"),
        ("foreign number", "Foss accused Senkar of buying votes in двенадцать provinces. [2]"),
        ("no such passage", "Turnout was the lowest since 1994. [1][2][3]"),
        ("html", "Turnout was the lowest since 1994.<sup>1</sup> [1]"),
        ("certain", "Senkar bought votes in two provinces. [2]"),
    ),
)  # fmt: skip

HELD_OUT = (_MINE, _VOTE)
