// Saves a draft while somebody types, says when, and who else has the story open. Without this
// script the "Save draft" button does, and the server keeps every text all the same.
const PAUSE_MS = 2000; // after the last keystroke
const LONGEST_MS = 15000; // while somebody types without a pause
const GREETING_MS = 60000; // how often an idle page says that it is still open

function autosave(status) {
  const form = status.closest("form");
  const seen = form.elements.seen;
  let timer = 0;
  let due = 0;
  let dirty = false;
  let stopped = false;
  let sending = false;

  const say = (...parts) => status.replaceChildren(...parts);

  async function save() {
    clearTimeout(timer);
    timer = due = 0;
    if (stopped || sending) return;
    sending = true;
    dirty = false;
    try {
      const response = await fetch(status.dataset.autosave, { method: "POST", body: new FormData(form) });
      take(response.status, response.redirected ? {} : await response.json());
    } catch {
      dirty = true;
      say("Not saved: there is no connection. We try again; do not close this page.");
    } finally {
      sending = false;
      if (dirty && !stopped) plan();
    }
  }

  function take(code, answer) {
    showOthers(answer.others ?? []);
    if (code === 200 && answer.seen) {
      seen.value = answer.seen;
      say(`Saved ${answer.saved_at}`);
    } else if (answer.merge) {
      stopped = true;
      const link = document.createElement("a");
      link.href = answer.merge;
      link.textContent = "See both texts and merge them";
      say(`${answer.refusal} `, link);
    } else {
      say(answer.refusal ?? "Not saved: you are no longer logged in. Copy your words, then log in again.");
    }
  }

  function showOthers(names) {
    let note = form.querySelector("[data-others]");
    if (!note) {
      note = document.createElement("p");
      note.className = "desk-note";
      note.dataset.others = "";
      status.before(note);
    }
    note.hidden = names.length === 0;
    note.textContent = `${names.join(", ")} ${names.length > 1 ? "have" : "has"} this story open too.`;
  }

  function plan() {
    due ||= Date.now() + LONGEST_MS;
    clearTimeout(timer);
    timer = setTimeout(save, Math.min(PAUSE_MS, Math.max(0, due - Date.now())));
  }

  // The editor fills its field while the page loads; only what a person does counts.
  form.addEventListener("input", (event) => {
    const isWord = /^(headline|standfirst|dateline|body|caption|sources-)/.test(event.target.name ?? "");
    if (!isWord || stopped) return;
    dirty = true;
    plan();
  });
  form.addEventListener("submit", () => {
    stopped = true;
    clearTimeout(timer);
  });
  setInterval(() => document.visibilityState === "visible" && !dirty && save(), GREETING_MS);
}

document.querySelectorAll("[data-autosave]").forEach(autosave);
