// Adds what only a script can do to the ways of sharing a story: copy its address, and the device's
// own sheet where there is one. Without this script the links beside them work.
function button(words, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "share__link";
  element.textContent = words;
  element.addEventListener("click", act);
  return element;
}

function enhance(row) {
  const { url, title, copy, copied, refused, device } = row.dataset;
  const first = row.querySelector(".share__link");
  if (navigator.share) {
    const share = async () => {
      try {
        await navigator.share({ title, url });
      } catch {
        // The reader closed the sheet.
      }
    };
    first.before(button(device, share));
  }
  if (navigator.clipboard) {
    const copies = button(copy, async () => {
      try {
        await navigator.clipboard.writeText(url);
        copies.textContent = copied;
      } catch {
        copies.textContent = refused;
      }
      setTimeout(() => (copies.textContent = copy), 2_000);
    });
    copies.setAttribute("aria-live", "polite");
    first.before(copies);
  }
}

document.querySelectorAll("[data-share]").forEach(enhance);
