// Saves a draft while somebody types, says when, and who else has the story open. Without this
// script the "Save draft" button does, and the server keeps every text all the same.
const PAUSE_MS = 2000; // after the last keystroke
const LONGEST_MS = 15000; // while somebody types without a pause
const GREETING_MS = 60000; // how often an idle page says that it is still open

function autosave(status) {
  const form = status.closest("form");
  let timer = 0;
  let due = 0;
  let dirty = false;
  let stopped = false;
  let sending = false;
  let sent = false;
  let waiting = null;

  const say = (...parts) => status.replaceChildren(...parts);

  async function save() {
    clearTimeout(timer);
    timer = due = 0;
    if (stopped || sending) return;
    sending = true;
    dirty = false;
    try {
      const response = await fetch(status.dataset.autosave, { method: "POST", body: new FormData(form) });
      if (response.redirected || response.status === 403) {
        say("Not saved: you are no longer logged in. Copy your words, then log in again.");
      } else {
        take(await response.json());
      }
    } catch {
      dirty = true;
      say("Not saved: the desk does not answer. We try again; do not close this page.");
    } finally {
      sending = false;
      if (waiting) form.requestSubmit(waiting);
      else if (dirty && !stopped) plan();
    }
  }

  function take(answer) {
    showOthers(answer.others ?? []);
    if (answer.seen) {
      form.elements.seen.value = answer.seen;
      say(`Saved ${answer.saved_at}`);
      if (status.dataset.autosave !== answer.autosave) settle(answer);
    } else if (answer.merge) {
      stopped = true;
      const link = document.createElement("a");
      link.href = answer.merge;
      link.textContent = "See both texts and merge them";
      say(`${answer.refusal} `, link);
    } else if (answer.refusal) {
      say(`Not saved: ${answer.refusal}`);
    }
  }

  // The first words of a new story gave it a page of its own, on which the form goes on.
  function settle({ autosave, page, seen_place }) {
    status.dataset.autosave = autosave;
    form.action = page;
    form.elements.seen_place.value = seen_place;
    history.replaceState(null, "", page);
    document.title = document.title.replace("Add story", "Change story");
    const heading = [...document.querySelectorAll("h1")].find(({ textContent }) => textContent.trim() === "Add story");
    if (heading) heading.textContent = "Change story";
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
  // Pressed twice, the button saves once; pressed while the page saves, it waits for that.
  form.addEventListener("submit", (event) => {
    if (sent || sending) {
      event.preventDefault();
      if (!sent) waiting = event.submitter;
      return;
    }
    sent = stopped = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) sent = stopped = false;
  });
  setInterval(() => document.visibilityState === "visible" && !dirty && save(), GREETING_MS);
}

document.querySelectorAll("[data-autosave]").forEach(autosave);
