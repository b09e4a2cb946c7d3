// One card is the current one: it has the keys, and `j` and `k` move it. Without this script every
// button and link of every card is reached as any other is.
const cards = [...document.querySelectorAll("[data-card]")];
let current;

function makeCurrent(card) {
  if (!card || card === current) return;
  for (const thing of document.querySelectorAll("[data-card-key]")) {
    if (card.contains(thing)) thing.dataset.key = thing.dataset.cardKey;
    else delete thing.dataset.key;
  }
  current?.classList.remove("is-current");
  current = card;
  card.classList.add("is-current");
}

function step(by) {
  const next = cards[cards.indexOf(current) + by];
  if (!next) return;
  makeCurrent(next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function addSteps() {
  for (const [key, says, by] of [["j", "Next card", 1], ["k", "Previous card", -1]]) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "visually-hidden", textContent: says });
    button.dataset.key = key;
    button.dataset.keyRepeats = "";
    button.tabIndex = -1;
    button.addEventListener("click", () => step(by));
    document.querySelector(".desk").append(button);
  }
}

function closeUndo(form) {
  const hint = form.querySelector(".undo__hint");
  if (!hint) return;
  setTimeout(() => {
    hint.textContent = hint.dataset.over;
  }, Number(form.dataset.undo) * 1000);
}

for (const card of cards) card.addEventListener("focusin", () => makeCurrent(card));
if (cards.length) {
  addSteps();
  makeCurrent(cards[0]);
}
document.querySelectorAll("[data-undo]").forEach(closeUndo);
