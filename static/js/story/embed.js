// Puts a post or video of another site into a story when the reader asks for it; before that nothing is
// asked of that site. Without this script the words and the link to it are all there is.
const MAY = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

function frameOf(figure) {
  const frame = document.createElement("iframe");
  frame.className = "embed__frame";
  frame.title = figure.querySelector(".embed__words").textContent;
  frame.setAttribute("sandbox", MAY);
  frame.allow = "fullscreen; picture-in-picture";
  frame.referrerPolicy = figure.dataset.referrer;
  frame.src = figure.dataset.frame;
  return frame;
}

function enhance(figure) {
  const place = figure.querySelector(".embed__place");
  const told = document.createElement("p");
  told.className = "embed__told";
  told.id = `${figure.id}-told`;
  told.textContent = figure.dataset.told;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = figure.dataset.show;
  button.setAttribute("aria-describedby", `${figure.id}-words ${told.id}`);
  button.addEventListener("click", () => {
    const frame = frameOf(figure);
    place.append(frame);
    place.classList.add("embed__place--shown"); // what stood there keeps its room, so that nothing moves
    frame.focus();
  });
  place.append(button, told);
}

document.querySelectorAll("[data-frame]").forEach(enhance);
