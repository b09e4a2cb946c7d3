"""What the generated comments are made of."""

EPITHETS = (
    "Quiet, Early, Patient, Retired, Curious, Northern, Second, Loyal, Hungry, Sunday, Careful, "
    "Distant, Old, Plain"
).split(", ")
NOUNS = (
    "Reader, Gardener, Teacher, Sailor, Baker, Commuter, Nurse, Cyclist, Neighbour, Listener, "
    "Beekeeper, Engineer, Translator, Fisherman, Violinist, Archivist"
).split(", ")

OPENINGS = [
    "I have lived in {place} for {few} years and have not seen this settled once.",
    "Thank you for giving the {thing} as it was, and not as it was told.",
    "What about the {crowd}? Nobody in the story speaks for them.",
    "{share} sounds like much. Of how many?",
    "My sister works there. She heard of it on {day}, from the radio.",
    "Could you say where the {thing} can be read?",
    "This was known in {month} already.",
    "A good report. I miss only the question of who pays the {sum}.",
    "I was there on {day} at {hour}, and there were fewer {crowd} than that.",
    "In {place} we had the same, {few} years ago.",
]
REPLIES = [
    "That is not what the story says. Read the third paragraph again.",
    "I think so too, except for the {share}.",
    "Where did you read that? In the {thing} it is not.",
    "Not in {place}, where I come from.",
    "It was {day}, I believe, but you are right otherwise.",
    "Thank you, I had missed that.",
    "And who told the {crowd}?",
    "Then somebody should ask for the {thing}. I will.",
]
FURTHER = [
    "The {crowd} will remember it.",
    "I would wait for the {thing} before I judge.",
    "With {sum} one could do better things.",
    "At {hour} the bus was empty; draw your own conclusions.",
    "It took {few} letters until somebody answered me.",
    "Whoever wrote the {thing} has never stood in that queue.",
    "Let us see what they say {when}.",
    "My neighbour counted {number}, and she counts well.",
    "I hope that I am wrong.",
    "Of course it will be put off again.",
]
VERDICTS = [
    ("links", "3 links, where 2 are usual."),
    ("likeness", "Nearly the same as another comment."),
    ("words", "A listed word: “fool”."),
]
