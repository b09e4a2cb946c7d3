// Saves a draft while somebody types, says when, and who else has the story open. Without this
// script the "Save draft" button does, and the server keeps every text all the same.
const PAUSE_MS = 2000; // after the last keystroke
const LONGEST_MS = 15000; // while somebody types without a pause
const KEPT_ALIVE_BYTES = 40_000; // browsers send 64 kB from a page that goes
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
  let paused = false; // a colleague's words stand: what is typed on is set aside when the page is left
  let unsaved = false; // the words that were sent last were refused
  let lost = false; // there is nobody to save for, or nothing to save into

  const say = (...parts) => status.replaceChildren(...parts);

  // A login in another tab gave this browser another token.
  function renewToken() {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
    if (token) form.elements.csrfmiddlewaretoken.value = token;
  }

  async function save() {
    clearTimeout(timer);
    timer = due = 0;
    if (stopped || sending) return;
    sending = true;
    dirty = false;
    renewToken();
    try {
      const response = await fetch(status.dataset.autosave, { method: "POST", body: new FormData(form) });
      if (response.redirected || response.status === 403) {
        refuse("Not saved: you are no longer logged in. ");
        const link = Object.assign(document.createElement("a"), { href: "/admin/login/", target: "_blank" });
        link.textContent = "Log in in another tab";
        status.append(link, ", then type on here: nothing on this page is lost meanwhile.");
      } else if (response.status === 404) {
        refuse("Not saved: somebody has deleted this story. Copy your words into a new one.");
      } else {
        lost = unsaved = false;
        take(await response.json());
      }
    } catch {
      dirty = true;
      say("Not saved: the desk does not answer. We try again; do not close this page.");
    } finally {
      sending = false;
      if (waiting) form.requestSubmit(waiting);
      else if (dirty && !stopped && !lost && !paused) plan();
    }
  }

  // What was typed on since the conflict goes to the page on which the texts are merged.
  async function bringAlong(event, link) {
    if (!dirty) return;
    event.preventDefault();
    await save();
    if (!dirty) location.assign(status.querySelector("a")?.href ?? link.href);
  }

  // Until it is saved again, leaving the page or pressing its buttons would lose what was typed.
  function refuse(words) {
    lost = dirty = true;
    say(words);
  }

  function take(answer) {
    showOthers(answer.others ?? []);
    if (answer.seen) {
      form.elements.seen.value = answer.seen;
      say(`Saved ${answer.saved_at}`);
      if (status.dataset.autosave !== answer.autosave) settle(answer);
    } else if (answer.merge) {
      paused = true;
      const link = document.createElement("a");
      link.href = answer.merge;
      link.textContent = "See both texts and merge them";
      link.addEventListener("click", (event) => bringAlong(event, link));
      say(`${answer.refusal} `, link);
    } else if (answer.refusal) {
      unsaved = true;
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

  // Whoever leaves before the pause is over takes nothing along: it is sent while the page goes. What
  // cannot be sent so is asked about.
  function leave() {
    if (!dirty || stopped) return;
    dirty = false;
    renewToken();
    fetch(status.dataset.autosave, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {
      dirty = true;
    });
  }

  // The editor fills its field while the page loads; only what a person does counts.
  form.addEventListener("input", (event) => {
    const isWord = /^(headline|standfirst|dateline|body|caption|sources-)/.test(event.target.name ?? "");
    if (!isWord || stopped) return;
    dirty = true;
    if (!paused) plan();
  });
  // Pressed twice, the button saves once; pressed while the page saves, it waits for that.
  form.addEventListener("submit", (event) => {
    if (sent || sending) {
      event.preventDefault();
      if (!sent) waiting = event.submitter;
      return;
    }
    if (lost) {
      // Posted now it would end at the login page, without the words.
      event.preventDefault();
      save().then(() => lost || form.requestSubmit(event.submitter));
      return;
    }
    sent = stopped = true;
    clearTimeout(timer);
  });
  addEventListener("pagehide", leave);
  addEventListener("beforeunload", (event) => {
    if (!stopped && (lost || unsaved || (dirty && new Blob([form.elements.body?.value ?? ""]).size > KEPT_ALIVE_BYTES))) {
      event.preventDefault();
    }
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) sent = stopped = false;
  });
  setInterval(() => document.visibilityState === "visible" && !dirty && save(), GREETING_MS);
}

document.querySelectorAll("[data-autosave]").forEach(autosave);
