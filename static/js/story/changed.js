// Marks what is new or different since the reader last read a story. What was read is kept on the
// device, as a short sum of each block, and nobody else learns of it. Without this script the line
// leads to the history of the story, where any two versions can be compared.
const KEY = "anewz-read";
const KEPT = 40; // stories, the newest

function sum(text) {
  let hash = 5381;
  for (let at = 0; at < text.length; at += 1) hash = ((hash * 33) ^ text.charCodeAt(at)) >>> 0;
  return hash.toString(36);
}

function remembered() {
  try {
    return new Map(Object.entries(JSON.parse(localStorage.getItem(KEY)) ?? {}));
  } catch {
    return new Map();
  }
}

function keep(stories) {
  const newest = [...stories].sort(([, one], [, other]) => other.at - one.at).slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(newest)));
  } catch {
    // The browser keeps nothing, so nothing is marked.
  }
}

function mark(block, said) {
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = `${said} `;
  block.prepend(words);
  block.classList.add("prose__changed");
}

function tell(line, blocks) {
  const first = document.createElement("a");
  first.href = `#${blocks[0].id}`;
  const { oneChange, manyChanges } = line.dataset;
  first.textContent = blocks.length === 1 ? oneChange : manyChanges.replace("%s", blocks.length);
  line.append(" · ", first); // behind what stands there, so that nothing moves
}

function enhance(story) {
  const { story: key, version } = story.dataset;
  const blocks = [...story.querySelectorAll(".prose > [id^='p-']")];
  const sums = Object.fromEntries(blocks.map((block) => [block.id, sum(block.textContent)]));
  const stories = remembered();
  const before = stories.get(key);
  if (before && before.version !== version) {
    const changed = blocks.filter((block) => before.sums[block.id] !== sums[block.id]);
    const line = story.querySelector("[data-changes]");
    if (changed.length && line) {
      tell(line, changed);
      changed.forEach((block) => mark(block, line.dataset.new));
    }
  }
  stories.set(key, { version, at: Date.now(), sums });
  keep(stories);
}

document.querySelectorAll("[data-story][data-version]").forEach(enhance);
