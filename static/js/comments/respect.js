// Gives respect without leaving the page, and shows to what this device has given it. Without this
// script the button is a form that leads back to the comment.
const KEY = "anewz-respect";
const REMEMBERED = 2000;

function remembered() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)) ?? []);
  } catch {
    return new Set();
  }
}

function remember(comment, given) {
  const all = remembered();
  all.delete(comment);
  if (given) all.add(comment);
  try {
    localStorage.setItem(KEY, JSON.stringify([...all].slice(-REMEMBERED)));
  } catch {
    // The browser keeps nothing: the press counts all the same.
  }
}

function say(form, words) {
  let status = form.querySelector("[role=status]");
  if (!status) {
    status = document.createElement("span");
    status.setAttribute("role", "status");
    status.className = "comment__said";
    form.append(status);
  }
  status.textContent = words;
}

async function press(form, button, comment) {
  const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" } });
  const answer = await response.json();
  if (answer.refusal) return say(form, answer.refusal);
  button.querySelector(".comment__respected").textContent = answer.count || "";
  button.setAttribute("aria-pressed", answer.given);
  remember(comment, answer.given);
  say(form, "");
}

function enhance(form, given) {
  const button = form.querySelector("button");
  const comment = form.closest("[id^=comment-]").id.slice("comment-".length);
  button.setAttribute("aria-pressed", given.has(comment));
  let busy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await press(form, button, comment);
    } catch {
      say(form, form.closest("[data-not-counted]").dataset.notCounted);
    }
    busy = false;
  });
}

const given = remembered();
document.querySelectorAll(".comment__respect").forEach((form) => enhance(form, given));
