// Gives a field that completes what is typed the name of its label, for screen readers; the
// library leaves an empty one nameless. Without this script the field works all the same.
function name(shown) {
  const field = shown.closest(".select2");
  const select = field?.previousElementSibling;
  const label = select?.labels?.[0];
  if (!label) return;
  label.id ||= `${select.id}_label`;
  field.querySelector(".select2-selection").setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  shown.removeAttribute("role");
  shown.removeAttribute("aria-readonly");
}

function nameAll() {
  document.querySelectorAll(".select2-selection__rendered[role=textbox]").forEach(name);
}

// The library builds its fields when it is ready, which may be before this script or after it.
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
