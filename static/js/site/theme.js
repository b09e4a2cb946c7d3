// Lets readers choose light or dark, kept on the device; `components/chosen_theme.js` applies it before
// the first paint. Without this script pages look as the device asks.
const KEY = "theme"; // the desk reads the same one
const CHOICES = ["auto", "light", "dark"];

function chosen() {
  try {
    const theme = localStorage.getItem(KEY);
    return CHOICES.includes(theme) ? theme : "auto";
  } catch {
    return "auto";
  }
}

function choose(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The browser keeps nothing: chosen until the page is left.
  }
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.querySelectorAll("meta[name=theme-color]").forEach((meta) => {
    const scheme = meta.dataset.scheme;
    if (theme === "auto") meta.media = `(prefers-color-scheme: ${scheme})`;
    else meta.media = theme === scheme ? "all" : "not all";
  });
}

function enhance(place) {
  const group = document.createElement("fieldset");
  group.className = "theme";
  const legend = document.createElement("legend");
  legend.className = "theme__legend";
  legend.textContent = place.dataset.appearance;
  group.append(legend);
  for (const theme of CHOICES) {
    const label = document.createElement("label");
    label.className = "theme__choice";
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = "theme";
    radio.checked = theme === chosen();
    radio.addEventListener("change", () => choose(theme));
    label.append(radio, place.dataset[theme]);
    group.append(label);
  }
  place.append(group);
}

document.querySelectorAll("[data-theme-choice]").forEach(enhance);
