"""What readers of the demonstration answered. All of them are invented.

Keyed by a word of the story's headline. The lead story has none, so that a
newcomer can leave the first comment there.
"""

KYIV = [
    {
        "name": "Oksana from Lviv",
        "at": "2025-04-24 11:20",
        "text": "My sister lives two streets from the blocks that were hit. She is well; "
        "her neighbours are not.\n\nThank you for giving the number of the dead as the mayor gave it, "
        "and not as a rumour.",
        "replies": [
            {
                "name": "Quiet Reader",
                "at": "2025-04-24 11:52",
                "text": "I hope that she has somewhere safe to sleep tonight.",
                "replies": [
                    {
                        "name": "Oksana from Lviv",
                        "at": "2025-04-24 13:05",
                        "text": "She does, with friends. Thank you.",
                    }
                ],
            },
            {
                "name": "Loud Reader",
                "at": "2025-04-24 12:10",
                "text": "Whoever believes this is a fool, and so are you.",
                "removed": ("insult", "2025-04-24 12:31"),
            },
        ],
    },
    {
        "name": "Farid the Teacher",
        "at": "2025-04-25 09:14",
        "text": "What is known about the kind of missile? Pupils asked me this morning, and I had no answer.",
        "replies": [
            {
                "name": "Map Lover",
                "at": "2025-04-25 10:40",
                "text": "Too early to say, I think. I would wait for what is found at the site.",
            }
        ],
    },
]

BLACKOUT = [
    {
        "name": "Ines on the Train",
        "at": "2025-04-29 10:02",
        "text": "We stood for five hours between Lisbon and Porto. People shared water and a radio "
        "with batteries. It was the radio that told us it was all of Spain too.",
        "replies": [
            {
                "name": "Battery Radio",
                "at": "2025-04-29 10:25",
                "text": "Every home should have one. I bought mine after a storm, and it was laughed at "
                "until Monday.",
            }
        ],
    },
    {
        "name": "Grid Engineer, retired",
        "at": "2025-04-29 12:47",
        "text": "A grid is started again piece by piece: first the stations that can start alone, "
        "then those that need them. To have most of it back within a night is good work. "
        "The cause will take weeks.",
    },
]

PORSCHE = [
    {
        "name": "Second Shift",
        "at": "2025-04-29 15:30",
        "text": "Three reasons are given. I would like to know how much each of them weighs.",
    },
]

OFFER = (
    "Earn four thousand a month from your sofa with the method that banks keep quiet about, "
    "write to me for the booklet: https://booklet.example/{}"
)

# What waits for the moderators: three copies of one advertisement, a reported answer, one held for its links.
WAITING = [
    {
        "story": "Kyiv",
        "name": "Sofa Millionaire",
        "text": OFFER.format(1),
        "held": "The person's first comment, and it has a link.",
    },
    {
        "story": "power",
        "name": "Happy Retiree",
        "text": OFFER.format(2),
        "held": "Nearly the same as another comment.",
    },
    {
        "story": "Porsche",
        "name": "Sofa Millionaire",
        "text": OFFER.format(3),
        "held": "Nearly the same as another comment.",
    },
    {
        "story": "Porsche",
        "name": "Straight Talker",
        "text": "You would not know a balance sheet if it ran you over. Stick to your bicycle.",
        "reports": [("insult", "He says this to everybody who asks a question.")],
    },
    {
        "story": "power",
        "name": "Archive Reader",
        "text": "The reports of earlier failures, for whoever wants to compare: "
        "https://one.example/2003 https://two.example/2006 https://three.example/2021",
        "held": "3 links, where 2 are usual.",
    },
]

THREADS = {"Kyiv": KYIV, "power": BLACKOUT, "Porsche": PORSCHE}
