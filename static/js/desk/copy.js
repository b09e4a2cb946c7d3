// Puts a button for copying below an address. Without this script, or where the browser lends no
// clipboard, the address is plain text that a click selects.
function enhance(text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Copy the address";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied: please mark the address and copy it";
    }
  });
  text.after(button);
}
if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach(enhance);
}
