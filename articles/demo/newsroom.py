"""Sections, topics, desks and the order of the home page: what the stories stand in."""

CREDIT = "AnewZ graphics"

SECTIONS = ["World", "Politics", "Business", "Region", "Science & Technology", "Culture", "Sport"]
BRIEF = "Morning Brief"

# Every topic of a story is named here; the introduction heads the topic's page.
TOPICS = {
    "Afghanistan": "",
    "Car industry": "What the makers of cars sell, where, and what it earns them.",
    "China": "",
    "Courts": "",
    "Defence industry": "Who makes arms, and what was made in the same halls before.",
    "Diplomacy": "",
    "Energy": "Where power comes from, and what happens when it does not.",
    "European Union": "",
    "Germany": "",
    "Illinois": "",
    "Iran": "",
    "Kursk": "The Russian region that Ukrainian forces entered in August 2024.",
    "Kyiv": "",
    "Malta": "",
    "North Korea": "",
    "Ports and shipping": "",
    "Portugal": "",
    "Qatar": "",
    "Russia–Ukraine war": "Reports on Russia’s war against Ukraine, and on those who take part in it.",
    "Spain": "",
    "Tariffs": "Duties on imports, and the trade that they change.",
    "United States": "",
}

# Invented, and named by what they do: (name, role, biography).
DESKS = [
    ("World desk", "Foreign news", "Reports from abroad. An invented desk of the demonstration newsroom."),
    (
        "Politics desk",
        "Politics",
        "Governments, courts and elections. An invented desk of the demonstration newsroom.",
    ),
    (
        "Business desk",
        "Business",
        "Companies, trade and work. An invented desk of the demonstration newsroom.",
    ),
    (
        "Brief desk",
        "Morning Brief",
        "Writes the day’s digest. An invented desk of the demonstration newsroom.",
    ),
]

# The top of the home page: the lead first, then the four beside it.
HOME = [
    "pyongyang-says-troops-fought-for-russia",
    "power-returns-to-spain-and-portugal",
    "eu-court-rules-maltas-golden-passports-unlawful",
    "porsche-lowers-its-outlook",
    "bandar-abbas-port-explosion",
]

# (user name, group): no group for the reader, every right for the administrator.
ADMINISTRATOR = "administrator"
ACCOUNTS = {
    "administrator": "",
    "reporter": "Reporter",
    "editor": "Editor",
    "moderator": "Moderator",
    "reader": "",
}
READER = "reader"
READERS_ADDRESS = "reader@readers.example"  # by which readers sign in, as others do by their name
