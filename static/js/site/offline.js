// Installs what keeps stories for hours without a network (`/service-worker.js`), and once the network
// is back throws out what has been withdrawn meanwhile. Without this script nothing is kept.
const STORIES = "anewz-stories";
const WAS_OFFLINE = "anewz-was-offline";

function note(value) {
  try {
    if (value) localStorage.setItem(WAS_OFFLINE, value);
    else localStorage.removeItem(WAS_OFFLINE);
  } catch {
    // The browser keeps nothing.
  }
}

function wasOffline() {
  try {
    return Boolean(localStorage.getItem(WAS_OFFLINE));
  } catch {
    return false;
  }
}

async function lookAgain() {
  const stories = await caches.open(STORIES);
  for (const request of await stories.keys()) {
    const options = { method: "HEAD", cache: "no-cache", credentials: "omit", redirect: "manual" };
    const answer = await fetch(request.url, options);
    const isGone = [404, 410].includes(answer.status) || answer.type === "opaqueredirect";
    if (isGone) await stories.delete(request);
  }
  note("");
}

function offerNewest(line) {
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = "Load it as it is now";
  line.replaceChildren("You are online again. ", link);
}

async function listSaved(list) {
  const stories = await caches.open(STORIES);
  for (const request of (await stories.keys()).reverse()) {
    const page = new DOMParser().parseFromString(await (await stories.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = request.url;
    link.textContent = page.querySelector("h1")?.textContent ?? request.url;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  if (!list.children.length) list.insertAdjacentText("beforebegin", "No story has been kept yet.");
}

async function start() {
  const line = document.querySelector("[data-offline]");
  const list = document.querySelector("[data-saved-stories]");
  if (line || list) note("yes");
  else if (wasOffline()) await lookAgain();
  if (list) await listSaved(list);
  addEventListener("online", async () => {
    if (wasOffline()) await lookAgain();
    if (line) offerNewest(line);
  });
  await navigator.serviceWorker.register("/service-worker.js");
}

if ("serviceWorker" in navigator && "caches" in window) {
  start().catch(() => {}); // no network, or not permitted: tried again on the next page
}
