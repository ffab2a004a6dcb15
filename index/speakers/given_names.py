"""Given names by gender, and those that stand for one another. Plain knowledge; names of both genders are left out."""

from index.speakers.words import word_set

MALE_NAMES = word_set(
    """
    aaron abdul abdullah abe abel abraham adam adnan adolfo adrian ahmad ahmed ajay akbar akio alain alan alastair
    albert alberto aldo alec alejandro aleksandar aleksander aleksandr aleksei alessandro alexander alexandre alexei
    alexey alf alfonso alfred alfredo ali alistair allan allen alun alvaro alvin amir amit anatoly anders andre
    andreas andrei andrej andres andrew andrey andrii andriy andrzej angelo angus anil anthony antoine anton antonin
    antonio antony antti anwar archie armando arnaud arne arnold arsen arseniy artem arthur arturo arun arvind
    ashraf augustin augusto aung avi avigdor axel ayman aziz barack barnaby barney barry bart bashar basil bassam
    beau ben benedict benito benjamin bernard bernardo bernd bernie bert bertie bertrand bilal bill billy bjorn bob
    bobby bogdan bohdan boris brad bradley bram brandon brendan brent bret brett brian bruce bruno bryan bryce byron
    caleb callum calvin carl carlo carlos cecil cedric cesar chad charles charlie chester chris christian christoph
    christophe christopher chuck cillian clarence claude claudio clay clayton cliff clifford clint clinton clive
    clyde cody colin conrad cormac cornelius cory craig crispin curtis cyril cyrus damian damien damon dan daniel
    daniil danny danylo dario darrell darren dave david davide davit dean declan demetrius denis dennis denys derek
    dermot derrick devin dexter dick didier diego dieter dimitri dimitris dirk dmitri dmitriy dmitry dmytro dominic
    don donald doug douglas duane duncan dustin dwayne dwight dylan earl ed eddie edgar edmund eduard eduardo edward
    edwin ehud eli elias elijah elliot elliott elon emanuel emil emiliano emilio emmanuel emrys enrico enrique enzo
    eoin eric erich erik ernest ernesto ernie ernst ethan etienne eugene eugenio evan evgeny ewan ezra fabian fabio
    fabrice faisal farid felipe felix ferdinand fergus fernando fidel filip filippo florian floyd francesco francis
    francisco franco francois frank franklin franz fred freddie frederic frederick fredrik friedrich fritz fumio
    gabor gareth garrett gary gaston gavin gene geoff geoffrey george georges georgi georgy geraint gerald gerard
    gerardo gerhard gianni gideon gil gilbert giles gilles giorgio giovanni giuseppe glen glenn goran gordon graham
    grant greg gregg gregor gregory grigory guido guillaume guillermo gunnar gunter gus gustav gustavo guy hamid
    hamish hamza hank hans harold harry harvey hasan hassan hector heiko heinrich heinz helmut hendrik henri henrik
    henry herbert herman hernan hideki hiroshi horst hosni howard hubert hugh hugo hunter hussein huw ibrahim ieuan
    ignacio igor ihor ilham ilya imran ingo ion irving isaac ishaan ismael ismail israel issa istvan ivan ivo jaap
    jack jackson jacob jacques jaime jair jake jakob jakub jamal james janez janos jared jarrod jason jasper javad
    javier jay jean-claude jean-luc jean-marc jean-marie jean-pierre jeb jed jeff jefferson jeffrey jens jeremiah
    jeremy jerome jerry jesse jesus jim jimmy jiri joachim joao joaquin jochen joe joel joerg johan johann johannes
    john johnny jon jonas jonathan joost jorg jorge jose josef josep joseph josh joshua juan juergen juhani jules
    julian julien julio julius jun junior jurgen justin kamal kareem karel karim karl kasim kazuo keith ken kenneth
    kenny kent kevin khalid khalil kim-jong kiril kirill klaus knut kofi konrad konstantin kostas kostyantyn krishna
    kristian kristof kurt kyle kyrylo lamar lance larry lars laszlo laurent lawrence lech len lennart leo leon
    leonard leonardo leonid leopold leroy lester levi lewis liam lionel lloyd lorcan lorenzo lou louis luc luca
    lucas lucian luciano luigi luis luiz luka lukas luke lyle lyndon maarten maciej mads magnus mahmoud malcolm
    mamadou manfred manoj manuel marc marcel marcelo marco marcos marcus marek mariano mario marius mark marko
    markus marlon marshall martin marty marvin marwan massimo mateo mateusz mathieu matt matteo matthew matthias
    matti maurice mauricio max maxim maxime maximilian maximo mehmet mel melvin michael michal michel miguel mihai
    mikael mike mikhail mikhailo mikko miko milan miles milo milos miroslav mitch mitchell mitt moammar mohamed
    mohammad mohammed mohsen moises morris moses mostafa moussa muammar muhammad muhammed murat murray mustafa
    mykhailo mykola mykyta nadav naftali narendra nassim nate nathan nathaniel neal ned neil nelson niall nicholas
    nick nicolae nicolas niels nigel nikita nikola nikolai nikolaj nikolas nikolay nils noah noam norbert norman
    nuri olaf olav ole oleg oleh oleksandr oleksii oleksiy oliver olivier olof omar oren oriol orlando orrin osama
    oscar osman otto owen pablo padraig paolo pascal patrick paul paulo pavel pavlo pawel pedro pekka per percy pete
    peter petr petro phil philip philippe phillip pierre piers pieter piotr porfirio preston pyotr qasem quentin
    quincy rafael rafi rahul raj rajesh rajiv ralf ralph ramon ramzan rand randal randall randolph randy raoul
    rashid raul ravi ray raymond recep reggie reginald reince reinhard remy renato rex reza rhys ricardo riccardo
    richard rick ricky rob robby robert roberto rod roderick rodney rodolfo rodrigo roger rohit roland rolf roman
    ron ronald ronnie rory ross roy ruben rudi rudolf rudy rupert ruslan russ russell rustem ryan saad saeed salman
    salvador salvatore sam sami samir sammy samuel sanjay santiago saul scott seamus sean sebastian selim serge
    sergei sergej sergey sergii sergio serhii serhiy seth seymour shane shaun shawn sheldon shigeru shimon shinzo
    sid sigmar silas silvio simon slobodan sohail solomon spencer stan stanislav stanislaw stanley stefan stefano
    stefanos stepan stephan stephane stephen steve steven stewart stuart sunil sven svyatoslav tadeusz tadhg taras
    tarek tareq tariq taro tarquin taylan tayyip ted teddy terence terrance terrence theo theodor theodore thierry
    thomas thorsten tim timo timothy tobias toby todd tom tomas tomasz tomislav tommy tony torsten travis trent
    trevor tristan tucker tyler ulf ulrich uri urs uwe vaclav vadim vadym valentin valerii valeriy valery vasily
    vasyl ven vernon vicente victor vidkun vijay vikram viktor vince vincent vincenzo vinod vitali vitalii vitaliy
    vitaly vivek vlad vladimir vladislav vladyslav vojislav volker volodymyr vsevolod vyacheslav walid wallace walt
    walter warren wayne wendell werner wesley wilbur wilf wilfried wilhelm will willem william willie willy winston
    wladimir wojciech wolf wolfgang xavier yahya yair yakov yann yannick yannis yaroslav yasser yehuda yevgeny
    yevhen yevhenii yitzhak yoav yosef yossi yuri yurii yuriy yury yusuf yves zac zach zachary zack zbigniew zeljko
    zoltan zoran
    """
)
FEMALE_NAMES = word_set(
    """
    abby abigail ada adelaide adele adriana agata agatha agathe agnes agnieszka aileen ailsa aisha alana alejandra
    aleksandra alena alessandra alexandra alexandria alice alicia alina alison alla allison alma alyona alyssa amal
    amanda amber amelia amelie amina amy ana anastasia anastasiia anastasiya andrea angela angelica angelina angie
    aniela anita anjali anke ann anna annabel anne annegret anneke annette annick annie annika antje antonia aoife
    april ariana ariel arlene asma astrid athena aubrey audrey aurora ayesha barbara beata beate beatrice beatriz
    becky belinda benazir bernadette bernice bertha beryl bess beth bethany betsy bettina betty beverly bianca
    birgit bonnie brenda brianna brianne bridget brigid brigitte britta brittany bronwen brooke caitlin caitlyn
    camila candace candice carla carly carmen carol carole carolina caroline carolyn carrie carys cassandra cassidy
    catalina catherine cathy catriona cecelia cecile cecilia celeste celia celine cerys chantal charlene charlotte
    chelsea cherie cheryl chiara chloe christa christiane christie christina christine ciara cindy claire clara
    clarissa claudia claudine clementine colette colleen condoleezza constance consuelo cora cordelia corinne
    courtney cristina crystal cynthia dagmar daisy dalia daniela daniella danielle daphne daria darya dawn deanna
    debbie debora deborah debra deepa deirdre delia delphine denise desiree diana diane dianne dilys dina dolores
    donna dora doreen doris dorothea dorothy ebba edie edith edna eileen eilidh elaine eleanor elena elin elisa
    elisabeth elise eliza elizabeth ella ellen elsa elsie elvira emily emma enid erica erika erin esmeralda esther
    ethel eugenia eva evelyn fabienne faith faiza fatima fatou federica felicia femke fiona flavia florence frances
    francesca francoise frauke frederica freya frida gabby gabriela gabriella gabrielle gail galina gemma genevieve
    georgia georgina geraldine gertrude gillian gina ginger giorgia giovanna gisela giulia gladys glenda gloria
    glynis grace grainne greta gretchen gretel gudrun gwen gwendolyn gwyneth halyna hanan hanna hannah hanne
    hannelore harriet hattie heather hedwig heidi heike helen helena helene helga henrietta hilary hilda hillary
    holly hope huda huma ida ilse imelda imogen ines inga inge ingrid inna ioana irena irene irina iris irma iryna
    isabel isabella isabelle isla isobel ivana ivanka ivonne izabela jacinda jacqueline jana jane janelle janet
    janice jasmin jasmine jeanette jeanine jeanne jelena jen jenna jennifer jenny jessica jill jillian joan joann
    joanna joanne jocelyn jodi johanna joni josefina josephine joy joyce juana juanita judith judy julia juliana
    julianne julie juliet juliette june justine kaitlan kaja kamala karen karin karina karine karla karolina kasia
    kate katerina kateryna katharina katharine katherine kathleen kathryn kathy katia katie katja katrin katrina
    katya kayla kayleigh keiko kellyanne khadija kimberly kirsten kirsty klara klaudia kristalina kristen kristi
    kristin kristina krystyna ksenia lakshmi lana lara larisa larissa latoya laura lauren laurie layla leah leila
    lena lenora leonora lesia lesya leticia letitia lidia lila lilian lilly lily lina linda lisa liudmila liz liza
    lizzie lois lora loretta lori lorna lorraine louisa louise lourdes lucia lucille lucinda lucy ludmila ludmilla
    luisa luiza lydia lyn lynda lynn lynne lyudmila mabel maddie madeleine madeline madison maeve magdalena maggie
    maia maisie maja malala mandy manuela mara marcela marcia margaret margarethe margarita margot marguerite maria
    mariam mariana marianna marianne marie marilyn marina marine marisa marissa mariya marjorie marlene marta martha
    martina mary maryam maryna masha matilda maud maura maureen mavis maxine maya meera meg megan meghan melania
    melanie melinda melissa mercedes meredith mia michaela michelle mildred milena millie mimi mina mindy minerva
    miranda miriam misty moira molly mona monica monika monique morag muriel myra myrna nadezhda nadia nadiia nadine
    nancy naomi natalia natalie nataliia nataliya natalya natasha nathalie nellie nelly nerys niamh nicole nikki
    nina noemi nora noreen norma octavia odile oksana olena olga olha olivia olwen olya oona ophelia oprah orla
    ottoline paige pam pamela paola patrice patricia patsy patti patty paula paulette paulina pauline pearl peggy
    penelope penny petra philippa phoebe phyllis pilar pippa polina polly poppy priscilla priti priya rachael rachel
    raisa ramona raquel rebecca rebekah regina regine renata renate rhiannon rhonda rita roberta robyn rochelle
    roisin ronda ronna rosa rosalind rosalynn rosamund rosario rose rosemarie rosemary rowena roxana roxanne ruby
    ruth sabina sabine sabrina sadie sally salma samantha sandra sanna saoirse sara sarah saskia savannah selena
    selma serena sharon sheila shelby shelly sheri sheryl shirin shirley shona sian sigrid silke silvia simone
    sinead siobhan sofia sofiya solange solveig sonia sonja sonya sophia sophie stefania stella stephanie sue sunita
    susan susana susanna susanne susie suzanne suzy svenja svetlana sviatlana svitlana sybil sylvia sylvie tabitha
    tamar tamara tammy tamsin tania tanja tanya tara tatiana tatjana tatyana tawakkol teresa teri tess tessa tetiana
    thelma theresa therese tiffany tina tonya tova tracey tricia trudy ulla ulrike una ursula uschi ute valentina
    valentyna valeria valerie vanessa vera verena veronica veronika veronique vicky victoria viktoria viktoriia
    vilma viola violet violeta virginia vivian viviane vivien wanda wendy whoopi willa wilma winifred yasmin yelena
    yevgenia yevgeniya yolanda yulia yuliia yuliya yusra yvette yvonne zainab zelda zoe zoya zsofia zuzana
    """
)

NAME_GROUPS = (
    "abraham abe",
    "albert bert",
    "alexander aleksandr oleksandr alexandr alex alexandre aleksander sasha",
    "alexei oleksii oleksi aleksii",
    "alexandra aleksandra oleksandra",
    "alfred alf",
    "andrei andri andrii",
    "andrew drew andy",
    "anthony antony tony",
    "arseni arsenii",
    "benjamin ben benny",
    "bernard bernie",
    "caroline carolyn",
    "carl karl",
    "charles charlie chuck",
    "christopher chris kristofer",
    "christina kristina cristina",
    "cynthia cindy",
    "daniel dan danny",
    "daniil danilo",
    "david dave davit",
    "deborah debra debbie debora",
    "denis dennis",
    "dmitri dmitro dimitri",
    "donald don",
    "douglas doug",
    "edward ed eddie ted",
    "ekaterina katerina kateryna",
    "elena olena",
    "elizabeth liz beth betsy elisabeth",
    "eugene gene",
    "evgeni evhen evhenii",
    "francis frank",
    "frederick frederic fred freddie",
    "gabriel gabe",
    "georgi heorhi",
    "gerald gerry jerry",
    "gregory greg",
    "grigori hryhori",
    "henry hank",
    "igor ihor",
    "irina irena",
    "jacob jake",
    "james jim jimmy jamie",
    "jeffrey jeff geoffrey geoff",
    "jennifer jen jenny",
    "jessica jess",
    "john jon johnny",
    "jonathan jonathon",
    "joseph joe joey josef josep",
    "joshua josh",
    "judith judy",
    "julia yulia yuliya iuliia",
    "katherine catherine kate katie kathy kathryn katharine cathy",
    "kenneth ken kenny",
    "kirill kirilo kiril",
    "konstantin kostiantin kostyantyn constantin",
    "lawrence larry laurence",
    "leonard len lenny",
    "liudmila ludmila ludmilla",
    "lucas luke lukas",
    "madeleine madeline maddie",
    "margaret maggie meg peggy",
    "maria mariya mariia",
    "mark marc",
    "matthew matt mathew",
    "maxim maksim maksym max",
    "michael mike mick",
    "mikhail mykhailo",
    "mitchell mitch",
    "mohammed muhammad mohamed mohammad muhammed mohamad",
    "natalia nataliya natalya",
    "nathaniel nathan nate",
    "nicholas nick",
    "nikolai mykola mikola",
    "oleg oleh",
    "olga olha",
    "pamela pam",
    "patrick pat",
    "patricia patty tricia",
    "pavel pavlo",
    "peter pete",
    "petr petro pyotr piotr",
    "philip phil phillip philippe",
    "raymond ray",
    "rebecca becky rebekah",
    "richard dick rich rick ricky",
    "robert bob rob robby bobby",
    "ronald ron ronnie",
    "rudolph rudolf rudy",
    "samuel sam sammy",
    "sergei serhii sergi serhi",
    "stephen steve steven",
    "susan sue susie",
    "svetlana svitlana sviatlana",
    "tatiana tetiana tatyana",
    "terrence terry terence",
    "theodore theo teddy",
    "thomas tom tommy",
    "timothy tim",
    "valeri valerii",
    "vasili vasil vasyl",
    "victor viktor",
    "victoria vicky viktoria",
    "vincent vince",
    "vitali vitalii",
    "vladimir volodymyr wladimir vlad",
    "vladislav vladyslav",
    "vyacheslav viacheslav",
    "walter walt",
    "william bill billy will",
    "yaroslav iaroslav",
    "zachary zach zack",
)
"""Short, foreign and other forms of one given name, a group each; spellings that folding joins need no place here."""
