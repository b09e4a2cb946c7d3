// Copies the address of a paragraph, and shows the marks that do so to whoever has no mouse. Without
// this script a mark in the margin is a link like any other.
function copy(mark) {
  const address = new URL(mark.hash, document.querySelector("link[rel=canonical]")?.href ?? location.href);
  return navigator.clipboard.writeText(address.href);
}

function enhance(story) {
  const marks = [...story.querySelectorAll(".passage-link")];
  const row = story.querySelector("[data-share]");
  if (!marks.length || !row || !navigator.clipboard) return;

  const status = document.createElement("span");
  status.className = "share__status";
  status.setAttribute("role", "status");

  marks.forEach((mark) => {
    mark.dataset.copy = row.dataset.copy;
    mark.addEventListener("click", async (event) => {
      event.preventDefault();
      try {
        await copy(mark);
      } catch {
        location.hash = mark.hash; // not permitted: the address bar has it then
        return;
      }
      mark.dataset.copied = row.dataset.copied;
      status.textContent = row.dataset.paragraphCopied;
      setTimeout(() => delete mark.dataset.copied, 2_000);
    });
  });

  const button = document.createElement("button");
  button.type = "button";
  button.className = "share__link";
  button.textContent = row.dataset.paragraph;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const shown = story.classList.toggle("story--links");
    button.setAttribute("aria-pressed", String(shown));
    marks.forEach((mark) => {
      mark.tabIndex = shown ? 0 : -1;
      if (shown) mark.removeAttribute("aria-hidden");
      else mark.setAttribute("aria-hidden", "true");
    });
    if (shown) marks[0].focus();
  });
  row.append(button, status);
}

document.querySelectorAll(".story").forEach(enhance);
