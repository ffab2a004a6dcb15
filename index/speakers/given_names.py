"""Given names by gender, and those that stand for one another. Plain knowledge; names of both genders are left out."""

from index.speakers.words import word_set

MALE_NAMES = word_set(
    """
    aaron abdul abdullah abe abel abraham adam adnan adolfo adrian ahmad ahmed ajay akbar akio alain alan albert
    alberto aldo alec alejandro aleksandar aleksander aleksandr alessandro alexander alexandre alexei alexey
    aleksei alfonso alfred alfredo ali allan allen alvaro alvin amir amit anatoly anders andre andreas andrei
    andrej andres andrew andrey andrii andriy andrzej angelo anil antoine anton antonin antonio antony anthony
    antti anwar archie armando arnaud arnold arsen arseniy artem arthur arturo arun arvind ashraf augustin augusto
    aung avi avigdor axel ayman aziz barack barnaby barney barry bart bashar basil bassam beau ben benedict benito
    benjamin bernard bernardo bernd bernie bert bertrand bill billy bjorn bob bobby bogdan bohdan boris brad
    bradley brandon brendan brent bret brett brian bruce bruno bryan bryce byron caleb calvin carl carlo carlos
    cecil cedric cesar chad charles charlie chester chris christian christoph christophe christopher chuck clarence
    claude claudio clay clayton cliff clifford clint clinton clive clyde cody colin conrad cornelius cory craig
    curtis cyril cyrus damian damien damon dan daniel daniil danny danylo darrell darren dario david davide dave
    davit dean demetrius denis dennis denys derek derrick devin dexter dick didier diego dieter dimitri dimitris
    dirk dmitri dmitriy dmitry dmytro dominic don donald doug douglas duane duncan dustin dwayne dwight earl ed
    eddie edgar edmund eduard eduardo edward edwin ehud eli elias elijah elliot elliott elon emanuel emil emiliano
    emilio emmanuel enrico enrique eric erich erik ernest ernesto ernst ethan etienne eugene eugenio evan evgeny
    ezra fabian fabio fabrice faisal farid felipe felix ferdinand fernando fidel filip filippo florian floyd
    francesco francis francisco franco francois frank franklin franz fred freddie frederic frederick fredrik
    friedrich fritz fumio gareth garrett gary gaston gavin gene geoff geoffrey george georges georgi georgy gerald
    gerard gerardo gerhard gianni gideon gil gilbert gilles giorgio giovanni giuseppe glen glenn goran gordon
    graham grant greg gregg gregor gregory grigory guido guillaume guillermo gunnar gunter gus gustav gustavo guy
    hamid hamza hank hans harold harry harvey hasan hassan hector heiko heinrich heinz helmut hendrik henri henrik
    henry herbert herman hernan hideki hiroshi hosni horst howard hunter hubert hugh hugo hussein ibrahim ignacio
    igor ihor ilham ilya imran ingo ion irving isaac ishaan ismael ismail israel issa istvan ivan ivo jaap jack
    jackson jacob jacques jaime jair jake jakob jakub jamal james janez janos jared jarrod jason jasper javad
    javier jay jean-claude jean-luc jean-marc jean-marie jean-pierre jeb jed jeff jefferson jeffrey jens jeremiah
    jeremy jerome jerry jesse jesus jim jimmy joachim joao joaquin jochen joe joel joerg johan johann johannes john
    johnny jon jonas jonathan jorg jorge jose josef josep joseph josh joshua juan juergen jules julian julien julio
    julius jun junior jurgen justin kamal kareem karel karim karl kasim kazuo keith ken kenneth kenny kent kevin
    khalid khalil kim-jong kiril kirill klaus knut kofi konrad konstantin kostas kostyantyn krishna kristian
    kristof kurt kyle kyrylo lamar lance lars larry laszlo laurent lawrence lech len lennart leo leon leonard
    leonardo leonid leopold leroy lester levi lewis liam lionel lloyd lorenzo lou louis luc luca lucas lucian
    luciano luigi luis luiz luka lukas luke lyle lyndon maciej magnus mahmoud malcolm mamadou manfred manoj manuel
    marc marcel marcelo marco marcos marcus marek mariano mario marius mark marko markus marlon marshall martin
    marty marvin marwan massimo mateo mateusz mathieu matt matteo matthew matthias matti maurice mauricio max maxim
    maxime maximilian maximo mehmet mel melvin michael michal michel miguel mihai mikael mike mikhail mikhailo
    mikko miko milan miles milo milos miroslav mitch mitchell mitt moammar mohamed mohammad mohammed mohsen moises
    morris moses mostafa moussa muammar muhammad muhammed murat murray mustafa mykhailo mykola mykyta nadav nassim
    nate nathan nathaniel naftali narendra neal ned neil nelson nick nicholas nicolae nicolas niels nigel nikita
    nikola nikolai nikolaj nikolas nikolay nils noah noam norbert norman nuri olaf olav ole oleg oleh oleksandr
    oleksii oleksiy olivier oliver olof omar oren oriol orlando orrin osama oscar osman otto owen pablo paolo
    pascal patrick paul paulo pavel pavlo pawel pedro pekka percy per pete peter petr petro phil philip philippe
    phillip pierre pieter piotr porfirio preston pyotr qasem quentin quincy rafael rafi rahul raj rajiv ralf ralph
    ramon ramzan rand randal randall randolph randy raoul rashid raul ravi ray raymond recep reggie reginald reince
    reinhard remy renato rex reza ricardo riccardo richard rick ricky rob robby robert roberto rod roderick rodney
    rodrigo rodolfo roger rohit roland rolf roman ron ronald ronnie rory ross roy ruben rudi rudolf rudy rupert
    ruslan russ russell rustem ryan saad saeed salman salvador salvatore sam sami samir sammy samuel sanjay
    santiago saul scott sean sebastian selim serge sergei sergej sergey sergii sergio serhii serhiy seth seymour
    shane shaun shawn sheldon shigeru shimon shinzo sid sigmar silvio simon slobodan sohail solomon spencer stan
    stanislav stanislaw stanley stefan stefano stefanos stephan stephane stephen stepan steve steven stewart stuart
    sunil sven svyatoslav tadeusz taras tareq tariq tarek taro taylan tayyip ted teddy terence terrance terrence
    theo theodor theodore thierry thomas thorsten tim timo timothy tobias toby todd tom tomas tomasz tommy tomislav
    tony travis trent trevor tristan tucker tyler ulrich uri urs uwe vaclav vadim vadym valentin valery valeriy
    valerii vasily vasyl ven vernon vicente victor vidkun vijay viktor vince vincent vincenzo vinod vitali vitaliy
    vitalii vitaly vivek vlad vladimir vladislav vladyslav vojislav volker volodymyr vsevolod vyacheslav walid
    wallace walt walter warren wayne wendell werner wesley wilbur wilfried wilhelm will willem william willie willy
    winston wladimir wolf wolfgang xavier yahya yair yakov yann yannick yannis yaroslav yasser yehuda yevgeny
    yevhen yevhenii yitzhak yoav yosef yossi yuri yuriy yurii yury yusuf yves zac zach zachary zack zbigniew zeljko
    zoltan zoran
    """
)
FEMALE_NAMES = word_set(
    """
    abby abigail ada adele adelaide adriana agata agatha agnes agnieszka aileen aisha alana alejandra alena
    aleksandra alessandra alexandra alexandria alice alicia alina alison allison alla alma alyona alyssa amal
    amanda amber amelia amelie amina amy ana anastasia anastasiia anastasiya andrea angela angelica angelina angie
    anita aniela ann anna annabel anne annegret annette annick annie annika anke antje antonia april ariana ariel
    arlene asma astrid athena aubrey audrey aurora ayesha barbara beata beate beatrice beatriz becky belinda
    benazir bernadette bernice bertha bess beth bethany betsy betty beverly bianca birgit bonnie brenda brianna
    brianne bridget brigid brigitte britta brittany brooke camila candace candice caitlin caitlyn carla carly
    carmen carol carole carolina caroline carolyn carrie cassandra cassidy catalina catherine cathy cecelia cecilia
    cecile celeste celia celine chantal charlene charlotte chelsea cherie cheryl chiara chloe christa christiane
    christie christina christine cindy claire clara clarissa claudia claudine clementine colette colleen
    condoleezza constance consuelo cora corinne courtney cristina crystal cynthia dagmar daisy dalia daniela
    daniella danielle daphne daria darya dawn deanna debbie debora deborah debra deirdre delia denise desiree diana
    diane dianne dina dolores donna dora doreen doris dorothea dorothy edith edna eileen elaine eleanor elena elisa
    elisabeth elise eliza elizabeth ella ellen elsa elsie elvira emily emma erica erika erin esmeralda esther ethel
    eugenia eva evelyn fabienne faith faiza fatima fatou federica felicia fiona flavia florence frances francesca
    francoise frauke frederica frida gabby gabriela gabriella gabrielle gail galina gemma genevieve georgia
    georgina geraldine gertrude gillian gina ginger giorgia giovanna giulia gisela gladys glenda gloria grace greta
    gretchen gretel gudrun gwen gwendolyn hanan hanna hannah hannelore heather hedwig heidi heike helen helena
    helene helga henrietta hilary hilda hillary holly hope huda huma ida imelda ilse ines inga inge ingrid inna
    ioana irena irene irina iris irma iryna isabel isabella isabelle ivana ivanka ivonne izabela jacinda jacqueline
    jana jane janelle janet janice jasmin jasmine jeanette jeanine jeanne jelena jen jenna jennifer jenny jessica
    jill jillian joan joann joanna joanne jocelyn jodi johanna joni josefina josephine joy joyce juana juanita
    judith judy julia juliana julianne julie juliet juliette june justine kaitlan kaja kamala karen karin karina
    karine karla karolina kasia kate katerina kateryna katharina katharine katherine kathleen kathryn kathy katia
    katie katja katrin katrina katya kayla kayleigh keiko kellyanne khadija kimberly kirsten klara klaudia
    kristalina kristen kristi kristin kristina krystyna ksenia lana lara larisa larissa latoya laura lauren laurie
    leah leila lena lenora leonora lesia lesya letitia leticia lidia lila lilian lilly lily lina linda lisa
    liudmila liz liza lizzie lois lora loretta lori lorraine louisa louise lourdes lucia lucille lucinda lucy
    ludmila ludmilla luisa luiza lydia lyn lynda lynn lynne lyudmila mabel maddie madeleine madeline madison
    magdalena maggie maia malala mandy manuela mara marcela marcia margaret margarethe margarita margot marguerite
    maria mariam mariana marianna marianne marie mariya marilyn marina marine marisa marissa marjorie marlene marta
    martha martina mary maryam maryna masha matilda maud maura maureen maxine maya megan meghan meg melania melanie
    melinda melissa mercedes meredith mia michaela michelle milena mildred mimi mina mindy minerva miranda miriam
    misty moira molly mona monica monika monique muriel myra myrna nadezhda nadia nadiia nadine nancy naomi natalia
    nataliia nataliya natalie natalya natasha nathalie nellie nelly nicole nikki nina noemi nora noreen norma
    octavia odile oksana olena olga olha olivia orla olya ophelia oprah paige pam pamela paola patrice patricia
    patsy patti patty paula paulette paulina pauline pearl peggy penelope penny petra phoebe phyllis pilar polina
    polly priscilla priti rachael rachel raisa ramona raquel rebecca rebekah regina regine renata renate rhonda
    rita roberta robyn rochelle ronda ronna rosa rosalind rosalynn rosario rose rosemarie rosemary rowena roxana
    roxanne ruby ruth sabina sabine sabrina sadie sally salma samantha sandra sanna sara sarah saskia savannah
    selena selma serena sharon sheila shelby shelly sheri sheryl shirin shirley silke silvia simone sinead siobhan
    sofia sofiya solveig sonia sonja sonya sophia sophie stefania stella stephanie sue susan susana susanna susanne
    susie suzanne suzy svetlana svitlana svenja sviatlana sybil sylvia sylvie tabitha tamar tamara tammy tania
    tanja tanya tara tatiana tatjana tatyana tawakkol teresa teri tess tessa tetiana thelma theresa therese tiffany
    tina tonya tracey tricia trudy ulla ulrike ursula uschi ute valentina valentyna valeria valerie vanessa vera
    verena veronica veronika veronique vicky victoria viktoria viktoriia vilma violet violeta virginia viola vivian
    vivien viviane wanda wendy whoopi wilma winifred yasmin yelena yevgenia yevgeniya yolanda yulia yuliia yuliya
    yvette yvonne zainab zelda zoe zoya zsofia zuzana
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
