// Keys for a question, and the focus after each step. Streamlit's own shortcuts do not fire while
// a radio button has the focus, which is just when a learner wants them.
const WRITES = "textarea, select, [contenteditable=true], [role=combobox], input:not([type=radio]):not([type=checkbox])";
// What lies over the page or moves about in itself has keys of its own: a menu, a list, a panel, a table.
const OTHER = "[role=dialog], [data-testid=stPopoverBody], [role=listbox], [role=menu], [role=grid], canvas";
const APP = '[data-testid="stApp"]';
const CONTAINERS = '[class*="st-key-question-"], [class*="st-key-feedback-"], [class*="st-key-heading-"]';
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

// A clicker sends page down and page up.
const PRESENTER = {
  enter: ["begin", "reveal", "next", "finish"], pagedown: ["begin", "reveal", "next", "finish"], arrowright: ["begin", "reveal", "next", "finish"],
  pageup: ["hide", "back"], arrowleft: ["hide", "back"], r: ["reveal"], h: ["hide"], n: ["next", "finish"], p: ["back"],
};

const act = (key) => {
  if (window.headsetPresenter) return (PRESENTER[key] ?? []).some(press);
  if (key === "enter") return press("check") || press("next");
  if (key >= "a" && key <= "f") return choose(key.charCodeAt(0) - 97);
  return press({ n: "next", p: "back", g: "flag" }[key]);
};

// While the page is being drawn anew the last question still stands there: a key pressed now is
// meant for what comes next. It waits until the drawing is done. Between a button's click and the
// server's word that it is at work it waits for that word, or for as long as a slow network takes;
// an option that is chosen says nothing, or says it within SETTLE. What a key is for may come later than
// its question, since parts of a page load for themselves: the key waits until the page has been still.
const SETTLE = 150;
const WORD = 1000;
const STILL = 400;
let acted = -WORD;
let patience = 0;
let waiting = [];
let later = 0;
const busy = () =>
  document.querySelector(APP)?.dataset.testScriptState === "running" ||
  (window.headsetTurned ?? -WORD) < acted && performance.now() - acted < patience;
const drawing = () =>
  performance.now() - (window.headsetTurned ?? -STILL) < STILL || Boolean(document.querySelector('[data-testid="stMain"] [data-testid="stSkeleton"]'));
const soon = () => {
  clearTimeout(later);
  later = setTimeout(work, 20);
};
const work = () => {
  if (!waiting.length) return;
  const key = waiting[0];
  const now = performance.now();
  const done = !busy() && act(key);
  if (!done && (busy() || drawing())) {
    soon();
    return;
  }
  waiting.shift();
  if (done) {
    acted = now;
    patience = /^[a-f]$/.test(key) && !window.headsetPresenter ? SETTLE : WORD;
  }
  if (waiting.length) soon();
};

const run = (event, letters) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing || event.repeat) return false;
  const target = event.composedPath()[0];
  if (!(target instanceof Element) || target.closest(WRITES) || target.closest(OTHER)) return false;
  const key = event.key.toLowerCase();
  const known = window.headsetPresenter ? key in PRESENTER && (letters || key.length > 1) : letters && /^[a-fnpg]$/.test(key);
  if (key === "enter" ? target.closest(ACTS) : !known) return false;
  if (key.startsWith("arrow") && target.closest("input, [role=slider], [role=tab]")) return false;
  waiting = [...waiting, key].slice(-4);
  work();
  return true;
};

// Counted by the browser from the beginning of the page, which is long before this script is there.
const hasActed = () =>
  performance.eventCounts
    ? ["keydown", "pointerdown"].some((name) => performance.eventCounts.get(name) > 0)
    : navigator.userActivation?.hasBeenActive;

const PLACE = /^st-key-(question|feedback|heading)-/;
const placeOf = (container) => [...container.classList].find((name) => PLACE.test(name));

// The learner may have gone on before the place is drawn: then it is another one's turn.
const focusOn = (place, tries = 60) => {
  if (window.headsetPlace !== place) return;
  // A container is there before what stands in it.
  const heading = place.startsWith("st-key-question-") ? "h2" : "h1, h3";
  const target = document.querySelector(`.${place}`)?.querySelector(heading);
  if (!target) {
    if (tries) setTimeout(() => focusOn(place, tries - 1), 50);
    return;
  }
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  // In large type a question may be taller than the screen: then it is its beginning that has to be seen.
  const tall = target.getBoundingClientRect().height > window.innerHeight / 2;
  target.scrollIntoView({ block: tall ? "start" : "nearest" });
};

// What was drawn before stands there until a run is over, and goes with a change of the page.
const follow = () => {
  if (!window.headsetKeys || document.querySelector(APP)?.dataset.testScriptState !== "notRunning") return;
  const places = [...document.querySelectorAll(CONTAINERS)].map(placeOf).filter(Boolean);
  const place = places.at(-1);
  if (!place || place === window.headsetPlace) return;
  window.headsetPlace = place;
  // A page that has just been loaded is read from its top; after a step of the learner's the focus goes on.
  if (hasActed()) focusOn(place);
};

// One listener for the life of the page, captured because a radio button keeps Enter to itself;
// each drawing only says anew what it does, so no key is lost between two steps.
if (!window.headsetKeysListener) {
  window.headsetKeysListener = (event) => {
    if (!window.headsetKeys || !window.headsetKeys(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Streamlit's own R would run the page a second time
  };
  document.addEventListener("keydown", window.headsetKeysListener, true);
}

// Likewise one observer: it looks where the page is drawn, and when a run begins and ends. A short run may
// begin and end between two drawings of React's: then what it has drawn tells that it was there.
const isTurn = (change) =>
  change.attributeName === "data-test-script-state" ||
  (change.type === "childList" && change.target.closest?.('[data-testid="stMain"]'));
if (!window.headsetPlaceObserver) {
  const app = document.querySelector(APP) ?? document.body;
  window.headsetPlaceObserver = new MutationObserver((changes) => {
    if (changes.some(isTurn)) window.headsetTurned = performance.now();
    follow();
  });
  const attributeFilter = ["class", "data-test-script-state"];
  window.headsetPlaceObserver.observe(app, { subtree: true, childList: true, attributes: true, attributeFilter });
}

export default function ({ data }) {
  const handler = (event) => run(event, data.letters);
  window.headsetPresenter = Boolean(data.presenter);
  window.headsetKeys = handler;
  document.documentElement.dataset.headsetKeys = "on";
  follow();
  return () => {
    if (window.headsetKeys !== handler) return;
    window.headsetKeys = null;
    delete document.documentElement.dataset.headsetKeys;
  };
}
