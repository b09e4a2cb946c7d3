// Hides a person's comments for this reader: what is hidden is kept on the device, and nobody else
// learns of it. Without this script there is no such button. Its words are attributes of the list.
const KEY = "anewz-hidden-people";

function hidden() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY)) ?? []);
  } catch {
    return new Set();
  }
}

function keep(people) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...people]));
  } catch {
    // The browser keeps nothing: hidden until the page is left.
  }
}

function button(words, name, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "comment__act";
  element.innerHTML = words;
  element.setAttribute("aria-label", `${element.textContent.replace("\u00a0", " ")}: ${name}`);
  element.addEventListener("click", act);
  return element;
}

function wordsFor(comment) {
  return comment.closest("[data-hide]").dataset;
}

function nameOf(comment) {
  return comment.querySelector(".comment__name").textContent;
}

function commentsOf(person) {
  return [...comments].filter((comment) => comment.dataset.person === person);
}

function fold(comment) {
  if (comment.classList.contains("comment--folded")) return;
  const line = document.createElement("p");
  line.className = "comment__folded";
  const words = wordsFor(comment);
  line.append(`${words.hidden} · `, button(words.show, nameOf(comment), () => show(comment)));
  comment.prepend(line);
  comment.classList.add("comment--folded");
}

function unfold(comment) {
  comment.querySelector(".comment__folded")?.remove();
  comment.classList.remove("comment--folded");
}

function hide(comment) {
  const { person } = comment.dataset;
  people.add(person);
  keep(people);
  commentsOf(person).forEach(fold);
  comment.querySelector(".comment__folded button").focus();
}

function show(comment) {
  const { person } = comment.dataset;
  people.delete(person);
  keep(people);
  commentsOf(person).forEach(unfold);
  comment.querySelector(".comment__hide").focus();
}

const people = hidden();
const comments = document.querySelectorAll(".comment[data-person]:not([data-person=''])");
comments.forEach((comment) => {
  const hides = button(wordsFor(comment).hide, nameOf(comment), () => hide(comment));
  hides.classList.add("comment__hide");
  comment.querySelector(".comment__acts").append(hides);
  if (people.has(comment.dataset.person)) fold(comment);
});
