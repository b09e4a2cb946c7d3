// Tells when comments have come since the page was opened, as a link that the reader may press; the
// page itself never moves. Asks only while the page is looked at, and a little less often each time
// nothing came. Without this script whoever loads the page again sees them. Its words are
// attributes of the bar above the comments, with the number in the place of %s.
const FIRST_PAUSE = 45_000;
const LONGEST_PAUSE = 300_000;
const MOST_TOLD = 100; // as many as the site tells of

function enhance(bar) {
  let pause = FIRST_PAUSE;
  const link = document.createElement("a");
  link.className = "thread__news";
  link.href = bar.dataset.threadUrl;
  const status = document.createElement("p");
  status.className = "thread__status";
  status.setAttribute("role", "status");
  const count = bar.querySelector(".thread__count");
  if (count) count.after(status);
  else bar.append(status);

  function tell(came) {
    const more = came.filter((instant) => instant > Number(bar.dataset.came)).length;
    if (more < 1) {
      status.replaceChildren();
      return;
    }
    const { one, several, many } = bar.dataset;
    const words = more < MOST_TOLD ? several : many;
    link.textContent = (more === 1 ? one : words).replace("%s", more);
    if (!link.isConnected) status.append(link);
  }

  async function ask() {
    if (document.visibilityState === "visible") {
      try {
        // The browser asks with the ETag of its copy, and the answer is mostly an empty 304.
        const response = await fetch(bar.dataset.countUrl, { cache: "no-cache", credentials: "omit" });
        if (!response.ok) return;
        tell((await response.json()).came);
      } catch {
        // No connection: asked again later.
      }
      pause = Math.min(pause * 1.2, LONGEST_PAUSE);
    }
    setTimeout(ask, pause);
  }

  setTimeout(ask, pause);
}

document.querySelectorAll("[data-count-url]").forEach(enhance);
