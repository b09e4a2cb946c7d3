// Keeps the shell of the site and the last stories that were read, for hours without a network. What
// the network answers always comes first. Now and then, and at once after hours without it, the network
// is asked about all that is kept: what is gone goes from here too, what changed is kept as it is now.
// Without it the browser says by itself that there is no connection.
const FILES = {{ files|safe }};
{% load get_current_language from i18n %}{% get_current_language as language %}const LANGUAGE = "{{ language }}";
const SAVED = "{% filter escapejs %}{% blocktranslate with when="%s" %}Saved at {{ when }}, you are offline.{% endblocktranslate %}{% endfilter %}";
const WORDS = '{% filter escapejs %}data-online="{% translate "You are online again." %}" data-newest="{% translate "Load it as it is now" %}"{% endfilter %}';
const SHELL = `anewz-shell ${FILES.join(" ")}`;
const STORIES = "anewz-stories";
const KEPT = 20;
const KEPT_FOR_MS = 3 * 24 * 60 * 60 * 1000;
const LOOKED = "/looked"; // when the network was last asked about all
const LOOK_AGAIN_MS = 10 * 60 * 1000;
const STORY = /^\/story\/[^/]+\/$/;
const HASHED = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/; // never changes under its name
const LEFT_OUT = ["Content-Encoding", "Content-Length"]; // of the answer as it travelled

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event, pathname));
  else if (HASHED.test(pathname)) event.respondWith(file(event.request));
});

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(FILES);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith("anewz-") && name !== SHELL && name !== STORIES) await caches.delete(name);
  }
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(event, pathname) {
  let answer;
  try {
    answer = (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await saved(pathname)) ?? (await caches.match("/offline/")) ?? Response.error();
  }
  const copy = STORY.test(pathname) ? answer.clone() : undefined;
  event.waitUntil(keep(pathname, copy));
  return answer;
}

async function keep(pathname, answer) {
  if (answer) await remember(pathname, answer);
  const shell = await caches.open(SHELL);
  const looked = Number(await (await shell.match(LOOKED))?.text());
  if (Date.now() - (looked || 0) < LOOK_AGAIN_MS) return;
  const stories = await caches.open(STORIES);
  for (const { url } of await stories.keys()) {
    const options = { cache: "no-cache", credentials: "omit", redirect: "manual" };
    await remember(new URL(url).pathname, await fetch(url, options));
  }
  await shell.put(LOOKED, new Response(String(Date.now())));
}

async function remember(pathname, answer) {
  const stories = await caches.open(STORIES);
  const isGone = [404, 410].includes(answer.status) || answer.type === "opaqueredirect";
  const isForAll = answer.status === 200 && answer.headers.get("Cache-Control")?.includes("public");
  if (!isGone && !isForAll) return;
  const body = isGone ? undefined : await answer.blob(); // first: what breaks off on its way replaces nothing
  await stories.delete(pathname);
  if (isGone) return;
  const headers = new Headers(answer.headers);
  LEFT_OUT.forEach((name) => headers.delete(name));
  headers.set("X-Saved-At", new Date().toISOString());
  await stories.put(pathname, new Response(body, { headers }));
  const all = await stories.keys(); // in the order in which they were read
  for (const old of all.slice(0, -KEPT)) await stories.delete(old);
}

async function saved(pathname) {
  const story = await (await caches.open(STORIES)).match(pathname);
  await (await caches.open(SHELL)).delete(LOOKED);
  const at = new Date(story?.headers.get("X-Saved-At"));
  if (!story || Date.now() - at > KEPT_FOR_MS) return undefined;
  const day = at.toDateString() === new Date().toDateString() ? "" : { day: "numeric", month: "long" };
  const when = at.toLocaleString(LANGUAGE, { hour: "2-digit", minute: "2-digit", ...day });
  const words = SAVED.replace("%s", when);
  const line = `<p class="offline page-width" role="status" data-offline ${WORDS}>${words}</p>`;
  return new Response((await story.text()).replace("<main", `${line}<main`), { headers: story.headers });
}
