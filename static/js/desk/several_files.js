// Says before they are sent which files are too many or too large. Without this script the server
// says so afterwards, and keeps the others.
function check(input) {
  const most = Number(input.dataset.atOnce);
  const megabytes = Number(input.dataset.megabytes);
  const output = document.createElement("output");
  output.className = "desk-hint";
  output.htmlFor = input.id;
  input.after(output);

  function problem(files) {
    if (files.length > most) return `These are ${files.length} files. Choose up to ${most} at once.`;
    const large = files.filter((file) => file.size > megabytes * 1e6).map((file) => file.name);
    return large.length ? `Larger than ${megabytes} MB: ${large.join(", ")}` : "";
  }

  function say() {
    const files = [...input.files];
    const refusal = problem(files);
    input.setCustomValidity(refusal);
    output.textContent = refusal || `Files chosen: ${files.length}`;
  }

  input.addEventListener("change", say);
  if (input.files.length > 0) say(); // they were chosen while this script was on its way
}

document.querySelectorAll("input[data-at-once]").forEach(check);
