// Keys for a question, and the focus after each step. Streamlit's own shortcuts do not fire while
// a radio button has the focus, which is just when a learner wants them.
const WRITES = "textarea, select, [contenteditable=true], [role=combobox], input:not([type=radio]):not([type=checkbox])";
const ACTS = "button, a[href], summary, [role=button], [role=tab]";

const press = (key) => {
  const button = document.querySelector(`.st-key-${key} button:not([disabled])`);
  button?.click();
  return Boolean(button);
};

const choose = (index) => {
  const inputs = document.querySelectorAll('[class*="st-key-choices-"] input');
  inputs[index]?.click();
  inputs[index]?.focus();
  return index < inputs.length;
};

const run = (event, letters) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return false;
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || target.closest(WRITES)) return false;
  if (event.key === "Enter") return !target.closest(ACTS) && (press("check") || press("next"));
  if (!letters || event.key.length !== 1) return false;
  const letter = event.key.toLowerCase();
  if (letter >= "a" && letter <= "f") return choose(letter.charCodeAt(0) - 97);
  if (letter === "n") return press("next");
  if (letter === "p") return press("back");
  if (letter === "g") return press("flag");
  return false;
};

const focusOn = (key, tries = 60) => {
  const place = document.querySelector(`.st-key-${key}`);
  if (!place) {
    if (tries) setTimeout(() => focusOn(key, tries - 1), 50);
    return;
  }
  const target = place.querySelector("h1, h2, h3, [role=alert]") ?? place;
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: false });
};

export default function ({ data }) {
  const listener = (event) => {
    if (run(event, data.letters)) event.preventDefault();
  };
  // Captured: a radio button keeps Enter to itself.
  document.addEventListener("keydown", listener, true);
  if (data.token && window.headsetFocusToken !== data.token) {
    const first = window.headsetFocusToken === undefined;
    window.headsetFocusToken = data.token;
    if (data.focus && !first) focusOn(data.focus);
  }
  return () => document.removeEventListener("keydown", listener, true);
}
