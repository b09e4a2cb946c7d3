from articles.gate.rule import Rule


class PicturesComplete(Rule):
    name = "pictures"
    is_quick = True

    def look_at(self, candidate):
        for picture in candidate.pictures:
            for problem in picture.problems():
                yield self.finding(problem)
