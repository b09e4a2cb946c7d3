// Sets the focal point by a click or by the arrow keys on the picture, and shows at once what each
// crop keeps. Without this script the two numbers are typed, and the crops come with the next page.
const SHAPES = { "16x9": 16 / 9, "4x3": 4 / 3, "1x1": 1 };
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HINT = "Click on what no crop may lose, or move the cross with the arrow keys (with Shift in steps of ten).";

const within = (value, least, most) => Math.min(Math.max(value, least), most);

// Where CSS has to put the picture behind a frame of that shape, so that it shows what the server would cut.
function position(length, shown, focus) {
  const spare = length - shown;
  return spare > 0.5 ? (within((focus / 100) * length - shown / 2, 0, spare) / spare) * 100 : 50;
}

function crossOn(frame) {
  const cross = document.createElement("span");
  cross.className = "desk-cross";
  cross.tabIndex = 0;
  const said = {
    role: "slider",
    "aria-label": "Focal point",
    "aria-roledescription": "point on the picture",
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-describedby": "focal-point-hint",
  };
  for (const [name, value] of Object.entries(said)) cross.setAttribute(name, value);
  frame.append(cross);
  return cross;
}

function hintBelow(figure) {
  const hint = document.createElement("p");
  hint.id = "focal-point-hint";
  hint.className = "desk-hint";
  hint.textContent = HINT;
  figure.append(hint);
}

function enhance(crops, form) {
  const { focal_x: x, focal_y: y } = form.elements;
  const whole = crops.querySelector("[data-crop=original]");
  const frame = whole.querySelector(".desk-crop__frame");
  const picture = frame.querySelector("img");
  const cross = crossOn(frame);
  hintBelow(whole);

  function crop(figure, ratio) {
    const [width, height] = [picture.width, picture.height];
    const image = figure.querySelector("img");
    image.src = picture.src;
    image.classList.add("desk-crop__live");
    image.style.setProperty("--crop-x", `${position(width, Math.min(width, height * ratio), x.value)}%`);
    image.style.setProperty("--crop-y", `${position(height, Math.min(height, width / ratio), y.value)}%`);
  }

  function point() {
    cross.style.setProperty("--focal-x", `${within(x.value, 0, 100)}%`);
    cross.style.setProperty("--focal-y", `${within(y.value, 0, 100)}%`);
    cross.setAttribute("aria-valuenow", within(x.value, 0, 100));
    cross.setAttribute("aria-valuetext", `${x.value}% from the left, ${y.value}% from the top`);
  }

  function show() {
    point();
    for (const [name, ratio] of Object.entries(SHAPES)) crop(crops.querySelector(`[data-crop="${name}"]`), ratio);
  }

  function set(across, down) {
    x.value = Math.round(within(across, 0, 100));
    y.value = Math.round(within(down, 0, 100));
    show();
  }

  frame.classList.add("desk-crop__frame--open");
  frame.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    set(((event.clientX - box.x) / box.width) * 100, ((event.clientY - box.y) / box.height) * 100);
    cross.focus({ preventScroll: true });
  });
  cross.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    set(Number(x.value) + step[0] * far, Number(y.value) + step[1] * far);
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  point();
}

for (const crops of document.querySelectorAll("form .desk-crops")) {
  const form = crops.closest("form");
  if (form.elements.focal_x) enhance(crops, form);
}
