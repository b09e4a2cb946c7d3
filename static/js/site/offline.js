// Installs what keeps stories for hours without a network (`/service-worker.js`), and says what a page
// that comes from there can: which stories are kept, and when the network is back. Without this script
// nothing is kept.
const STORIES = "anewz-stories";

function offerNewest(line) {
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = line.dataset.newest;
  line.replaceChildren(`${line.dataset.online} `, link);
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
  if (!list.children.length) list.insertAdjacentText("beforebegin", list.dataset.none);
}

async function start() {
  const line = document.querySelector("[data-offline]");
  const list = document.querySelector("[data-saved-stories]");
  if (list) await listSaved(list);
  if (line) addEventListener("online", () => offerNewest(line));
  await navigator.serviceWorker.register("/service-worker.js");
}

if ("serviceWorker" in navigator && "caches" in window) {
  start().catch(() => {}); // no network, or not permitted: tried again on the next page
}
