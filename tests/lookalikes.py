"""Invented articles of many kinds whose own lines are worded or shaped as a page's furniture is."""

ARTICLES = {
    "how-to under Recommended": """\
How to keep a rowing boat over the winter

Lift it out of the water before the first frost and let the hull dry for a week.

Recommended

Two coats of oil on every board
Wool blankets over the oarlocks
A rope through both rings

Not recommended

Plastic sheets without holes in them

Salt on the planks""",
    "items with empty lines, and a page's buttons behind them": """\
A winter for the boat

Before the frost comes, every boat in Vellmar is lifted out of the water.

Recommended

Wear gloves in the boat shed

Keep tools dry and close at hand

Bring ropes to tie the boat down

Share this article

Leave a comment""",
    "report with sections that pages have, too": """\
Report of the harbour commission

The commission met eleven times and heard forty people.

Related work

Two earlier reports dealt with the pier and with the tides

Related

Tide tables of the northern harbours since 2019

The survey of the sea wall by Orm and Dahl

Topics

Silt, storms and the price of dredging

Source

Minutes of the harbour board""",
    "names by popularity": """\
What children were called in Sarn last year

Parents chose 412 different names, the registrar counted.

Most popular

Ilka

Oda

Marten

Trending

Quill

Least popular

Drusilla and Ottokar, chosen by nobody""",
    "report on advertising": """\
How the Gazette paid for its paper

A century ago an advertisement cost two crowns a line and filled the first page.

Advertisement

Notices of sales, of lost dogs and of weddings on the first page of the paper

Classified

Rooms, boats and second-hand stoves""",
    "poem with separators": """\
The ferry bell

Nobody rings the bell in fog
Nobody rings it in rain
***
And next
and next
and by the pier again

More

* * *

More of the same grey water

Nobody rings the bell in fog
Nobody rings it in rain""",
    "refrain of a single line": """\
The tide comes in for everyone

The bell is rung at seven

The tide comes in for everyone

The nets are hung at eight

The boats go out, the boats come home

The tide comes in for everyone""",
    "chant within a stanza": """\
The song of the pier

We shall go down to the long grey pier
We shall go down to the long grey pier
When the bell has rung""",
    "dialogue": """\
On the quay

— Share it?

— Next!

What do you think?

I think of the tide.

More?

— Follow me

Close

The door, he meant.""",
    "table of results": """\
Rowing on Lake Orm, all results

Vellmar 3, Sarn 1

Tolm 2:2 Verrin

10:30

11:45

| Club | Points | Share of races won |
|---|---|---|
| The old rowing club of Vellmar and the villages around it | 31 | a half of all the races that were rowed there |
| The young rowing club of Tolm, founded by four islanders | 27 | a third of all the races that were rowed there |

## Next races

Top

Vellmar stays first for the third year""",
    "glossary": """\
Words of the newspaper trade

Share
A part of a company that can be bought

Advertisement

A notice that somebody pays for.

Comment

What the editor thinks of it.

Tag

A word that files a story under a topic
See also: Topic, Label

Permalink

An address that stays.

Read more: Orm""",
    "poll": """\
Where the islanders talk

We asked 400 islanders where they talk to each other most:

Facebook

Twitter

At the pier

Share""",
    "questions and answers": """\
Questions to the ferry captain

What do you think?

That the pier is too short

Do you still like the job?

Like it I do, on most days

Comments

None, he says, and laughs""",
    "village newsletter without full stops": """\
The Verrin Newsletter

Other news

The ferry to Orm will not sail on Sunday

Swimming lessons begin on Monday at nine

Latest news

The bakery has a new oven and a new baker""",
    "good intentions": """\
For the new year

Sleep eight hours

Read more

Write to Oda

Don't miss

The old lighthouse at Cape Orm""",
    "guide that sends the reader on": """\
Three days in Sarn

Share it with your friends while it is warm.

Join us at the old pier on Sunday.

Find us on the market square

Register for the choir by e-mail or at the door.

Other points of interest

The fish hall and its painted ceiling

The tower with a view of the bay""",
    "letters by where they came from": """\
Letters to the editor

FACEBOOK.

The ferry is late because the harbour is full of sand.

TWITTER.

I row, and I am never late.""",
}
