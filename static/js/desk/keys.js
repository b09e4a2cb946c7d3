// Keys for what the page offers: every link, button or field with a data-key. `?` lists them, and
// lets them be turned off. Without this script all of it is reached as any link or button is.
const OFF = "desk-keys-off";
const isOff = () => localStorage.getItem(OFF) !== null;
const keyed = () => [...document.querySelectorAll("[data-key]")].filter((thing) => thing.checkVisibility());
const written = (thing) => (thing.matches?.("input[type=submit]") ? thing.value : thing.textContent?.trim());
const nameOf = (thing) => thing.dataset.keySays || thing.getAttribute("aria-label") || written(thing);
const isTyping = (target) => target.closest("input, select, textarea, [contenteditable=true]") !== null;

function press(thing) {
  if (thing.matches("input:not([type=submit]), textarea")) thing.focus();
  else thing.click();
}

function show() {
  const dialog = document.createElement("dialog");
  dialog.className = "desk-keys";
  dialog.setAttribute("aria-label", "Keys");
  const list = document.createElement("dl");
  for (const thing of [...keyed(), { dataset: { key: "?", keySays: "This list" } }]) {
    const key = document.createElement("dt");
    const says = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: thing.dataset.key.replace("mod+", "Ctrl ") }));
    says.textContent = nameOf(thing);
    list.append(key, says);
  }
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !isOff() });
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "")));
  label.append(box, " Single keys work on this device");
  const close = Object.assign(document.createElement("button"), { className: "button", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.append(Object.assign(document.createElement("h2"), { textContent: "Keys" }), list, label, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  const withModifier = event.ctrlKey || event.metaKey;
  if (event.altKey || document.querySelector("dialog[open]")) return;
  if (!withModifier && (isTyping(event.target) || (isOff() && event.key !== "?"))) return;
  if (!withModifier && event.key === "?") {
    event.preventDefault();
    show();
    return;
  }
  const key = withModifier ? `mod+${event.key.toLowerCase()}` : event.key;
  const thing = keyed().find(({ dataset }) => dataset.key === key);
  if (thing) {
    event.preventDefault();
    // A key that is held down decides once: what came next has not been read.
    if (!event.repeat || "keyRepeats" in thing.dataset) press(thing);
  }
});
