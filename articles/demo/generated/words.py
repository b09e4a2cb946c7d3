"""What the generated stories are made of. Every name and place is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Beat:
    """What one section writes about: who acts there, about what, and who speaks."""

    bodies: list[str]
    matters: list[str]
    roles: list[str]


BEATS = {
    "World": Beat(
        ["border commission", "foreign ministry", "relief agency", "joint council", "observer mission"],
        [
            "the crossing at the northern border",
            "a treaty on shared rivers",
            "visas for seasonal workers",
            "the return of families to the valley",
            "the rules for ships in the strait",
            "aid for three flooded provinces",
            "an exchange of prisoners",
        ],
        [
            "the envoy",
            "a spokesman for the ministry",
            "the head of the mission",
            "an official at the border",
        ],
    ),
    "Politics": Beat(
        [
            "parliament",
            "election commission",
            "constitutional court",
            "budget committee",
            "city council",
        ],
        [
            "a limit on donations to parties",
            "the date of the election",
            "the pension bill",
            "votes for residents abroad",
            "a register of lobbyists",
            "the budget for schools",
            "the reform of district courts",
        ],
        ["the speaker", "the leader of the opposition", "the rapporteur", "a member of the committee"],
    ),
    "Business": Beat(
        ["central bank", "port authority", "competition office", "works council", "chamber of commerce"],
        [
            "the price of heating",
            "a merger of two grain traders",
            "fees at the container terminal",
            "the sale of the old shipyard",
            "loans for small shops",
            "the strike at the cement works",
            "a minimum wage for drivers",
        ],
        ["the chief executive", "an economist at the bank", "the union’s negotiator", "a trader"],
    ),
    "Region": Beat(
        ["district council", "water board", "county court", "fire service", "school board"],
        [
            "a new bridge over the river",
            "the closing of a village school",
            "the night bus to the coast",
            "the dam above the town",
            "houses on the old airfield",
            "the repair of the market hall",
            "wells that ran dry in summer",
        ],
        ["the mayor", "a farmer from the next valley", "the head of the water board", "a teacher"],
    ),
    "Science & Technology": Beat(
        [
            "academy of sciences",
            "space agency",
            "institute for soils",
            "data protection office",
            "observatory",
        ],
        [
            "a map of the sea floor",
            "the first trial of a tidal turbine",
            "an old manuscript read by X-ray",
            "cameras in public squares",
            "seeds that stand more salt",
            "the count of migrating cranes",
            "batteries made without cobalt",
        ],
        ["the lead author", "a physicist at the institute", "the programme’s director", "a biologist"],
    ),
    "Culture": Beat(
        ["state theatre", "national library", "film fund", "museum of the city", "orchestra"],
        [
            "a season without a conductor",
            "the return of forty paintings",
            "free entry on Sundays",
            "a prize for translators",
            "the archive of a lost newspaper",
            "concerts in railway stations",
            "the restoration of a mosaic",
        ],
        ["the curator", "the director", "a restorer", "the first violinist"],
    ),
    "Sport": Beat(
        ["football federation", "league", "Olympic committee", "rowing club", "anti-doping agency"],
        [
            "the final in the rain",
            "a rule on extra time",
            "tickets for visiting supporters",
            "the marathon along the coast",
            "a transfer that was called off",
            "the new velodrome",
            "the relegation play-off",
        ],
        ["the coach", "the captain", "the referee", "the club’s doctor"],
    ),
}
BRIEF = Beat(
    ["government", "stock exchange", "weather service"],
    ["the day ahead", "what happened overnight", "the morning’s figures"],
    ["our correspondent", "a forecaster"],
)

PLACES = (
    "Eastholm, Marrow Bay, Tarsel, Upper Quern, Lindava, Port Amry, Sorrel Hill, Vessany, Karadun, Old "
    "Mere, Belgarra, Northwick, Tolmina, Cape Ferris, Ashgrove, Ruvania, Little Orme, Galdis, "
    "Pinewater, Sant Oriol, Dunmarrow, Velika Luka, Harrowgate Sands, Mirabad, Kestrel Bridge, Novy "
    "Brod, Halvorsund, Tamar Ford, Isola Grande, Westering, Corvale, Bright Hollow, Estermark, Lower "
    "Fenn, Zarin, Quillon, Amber Point, Morava Spa"
).split(", ")
FIRST_NAMES = (
    "Aysel, Tomas, Ingrid, Rashid, Mira, Jonas, Leyla, Pavel, Nora, Emil, Samira, Viktor, Helen, "
    "Orkhan, Clara, Idris, Anna, Mateo, Gunel, Stefan, Yara, Henrik, Sabina, Luca, Tamara, Kamal, "
    "Edith, Ruslan, Maya, Anton, Farida, Oskar, Lena, Murad, Beatrix, Daniel, Zehra, Felix, Irina, Nuri"
).split(", ")
LAST_NAMES = (
    "Aliyeva, Lindqvist, Moreau, Hasanov, Petrenko, Brandt, Okafor, Silva, Karimli, Novak, Ferrante, "
    "Holm, Mammadova, Sato, Keller, Guliyev, Duarte, Ivanova, Brennan, Rahimi, Vogel, Castell, "
    "Huseynli, Laine, Marchetti, Osei, Radu, Sandberg, Taghiyev, Ullmann, Varga, Whitlock, Yilmaz, "
    "Zeman, Abbasov, Berg"
).split(", ")

TOPICS = (
    "Elections, Energy, Schools, Rivers, Ports and shipping, Courts, Housing, Railways, Drought, "
    "Pensions, Fisheries, Museums, Football, Border crossings, Wages, Space, Public health, Farming, "
    "Data protection, Theatre, Cycling, Floods, Trade, Languages, Roads, Refugees, Banks, Wildlife, "
    "Budget, Bridges"
).split(", ")
TOPIC_SUBJECTS = (
    "Harbour, Council, Railway, Waterworks, University, Market, Airport, Court, Hospital, Stadium, "
    "Festival, Mine"
).split(", ")

SLOTS = {
    "place": PLACES,
    "first": FIRST_NAMES,
    "last": LAST_NAMES,
    "day": "Monday, Tuesday, Wednesday, Thursday, Friday".split(", "),
    "month": "January, February, March, May, June, September, October, November".split(", "),
    "number": [str(number) for number in (*range(3, 40), *range(40, 100, 5), *range(100, 1000, 20))],
    "few": [str(number) for number in range(2, 24)],
    "share": [f"{number} per cent" for number in range(2, 96)],
    "sum": [f"{number} million" for number in range(2, 90)],
    "hour": [f"{hour}:{minute:02d}" for hour in range(6, 23) for minute in (0, 10, 15, 30, 45)],
    "verb": "approves, rejects, puts off, reviews, presents, defends, questions, reopens".split(", "),
    "did": "approved, rejected, put off, reviewed, presented, defended, questioned, reopened".split(", "),
    "thing": "report, letter, draft, survey, decision, statement, list, plan".split(", "),
    "crowd": "residents, shop owners, parents, nurses, drivers, students, anglers, tenants".split(", "),
    "feeling": "relief, doubt, surprise, caution, anger, silence, applause".split(", "),
    "when": [
        "before the end of the month",
        "within a week",
        "in the autumn",
        "after the holidays",
        "by the next session",
        "as soon as the figures are checked",
    ],
}

HEADLINES = [
    "{Body} in {place} {verb} {matter}",
    "{place}: {number} {crowd} ask about {matter}",
    "What is known about {matter} in {place}",
    "{Body} {verb} {matter} after {number} days",
    "{last} says {matter} will be settled {when}",
    "In {place}, {crowd} wait for {matter}",
    "{share} in {place} against {matter}, survey finds",
    "{Body} and {crowd} at odds over {matter}",
    "How {place} came to argue about {matter}",
]
STANDFIRSTS = [
    "The {body} {did} it on {day}, and the answer in {place} was {feeling}.",
    "{Role} expects a decision {when}. For {crowd} in {place} that may be late.",
    "A {thing} of {number} pages says what it would cost: {sum}.",
    "{number} {crowd} had asked for it since {month}.",
]
OPENINGS = [
    "The {body} in {place} {did} {matter} on {day}, {number} days after it was first asked to.",
    "On {day} at {hour} the {body} in {place} met, and the first question was about {matter}.",
    "{Role}, {first} {last}, said on {day} that {matter} would be settled {when}.",
    "For {crowd} in {place}, {matter} has been the talk of the week.",
]
SENTENCES = [
    "The {thing}, which this newsroom has read, has {number} pages and names no one.",
    "{first} {last}, {role}, said that the figures had been known since {month}.",
    "About {share} of the {crowd} who were asked said that they had not heard of it before.",
    "The cost is put at {sum}, of which {place} would carry {share}.",
    "A first {thing} had been withdrawn in {month} without a reason being given.",
    "“We were told on {day}, and by {hour} everybody knew,” said {witness}.",
    "Nobody at the {body} would say who had asked for the delay.",
    "In {elsewhere} the same question was settled {few} years ago, and differently.",
    "The {body} has {number} days to answer.",
    "{Role} called the {thing} “a beginning, and not a bad one”.",
    "Until {hour} some {number} {crowd} stood in front of the building, most of them in {feeling}.",
    "Whether the money is there will be known {when}.",
    "{witness} has followed the matter for {few} months and keeps every {thing} in a box.",
    "Two earlier attempts, in {month} and in {month}, had failed by a handful of votes.",
    "The numbers differ: the {body} counts {number}, the {crowd} count {number}.",
    "What happens to {matter} if the answer is no, the {thing} does not say.",
    "A decision had been announced for {day}, then for {day}, and then for no day at all.",
    "“It is not about {sum},” {last} said. “It is about who is asked.”",
    "Of the {number} letters that arrived by {day}, {share} were in favour.",
    "The {body} points out that it followed the rules of {month}.",
]
HEADINGS = [
    "What was decided",
    "Who pays",
    "What comes next",
    "The other side",
    "How it began",
    "In numbers",
]
QUOTES = [
    "We do not ask for more than the {thing} promises. We ask for what it promises.",
    "If nothing changes {when}, {crowd} will have waited for nothing.",
    "I have seen {number} plans, and this is the first with a date in it.",
]
UPDATES = [
    "This was updated with the answer of the {body}.",
    "This was updated with a statement by {last}, which came after publication.",
    "This was updated with what the {crowd} of {place} said on {day}.",
]
CLARIFICATIONS = [
    "This makes clear that the {share} are of those who were asked, not of all {crowd}.",
    "This makes clear that the {body} has {did} the {thing}, not {matter} itself.",
]
CORRECTIONS = [
    "An earlier version gave a wrong sum. It is {sum}.",
    "An earlier version named the wrong day. The {body} met on {day}.",
    "An earlier version misspelt a name. It is {first} {last}.",
    "An earlier version gave the {thing} {number} pages too many.",
]
NOTICES = [
    "The story rested on a {thing} that turned out not to be what its sender said.",
    "The story named a person who should not have been named. We are sorry.",
]
REPORTS = [
    "The sum is wrong: the {thing} says {sum}.",
    "The {body} met on {day}, not on the day before.",
    "Her name is {last}, as in your own report of {month}.",
    "I was there, and it was nearer to {number} {crowd}.",
]
SOURCES = [
    "The {body}",
    "{first} {last}, in an interview",
    "A {thing} of the {body}",
    "Our own reporting",
]
