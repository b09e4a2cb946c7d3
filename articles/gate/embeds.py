from articles.embeds import embed_of
from articles.gate.rule import Rule
from articles.providers import unknown


class Embeds(Rule):
    """A draft keeps what was pasted; readers get what is known, and what is described to all of them."""

    name = "embeds"

    def look_at(self, candidate):
        for block in candidate.blocks:
            embed = embed_of(block)
            if embed is None:
                continue
            if embed.source is None:
                yield self.finding(unknown(embed.typed), block.attributes.get("id", ""))
            if not embed.description:
                sentence = f"The embed of {embed.typed or 'nothing'} does not say what is to be seen there."
                yield self.finding(sentence, block.attributes.get("id", ""))
