// A list box is one line high. Where what was chosen in it is longer than that line, it is told in full
// below the box: the style draws the attribute set here. Screen readers have it from the box itself.
const told = () => {
  for (const field of document.querySelectorAll('[data-testid="stSelectbox"] input')) {
    const box = field.closest('[data-testid="stSelectbox"]');
    const whole = field.value && field.scrollWidth > field.clientWidth ? field.value : "";
    if ((box.dataset.whole ?? "") === whole) continue;
    if (whole) box.dataset.whole = whole; else delete box.dataset.whole;
  }
};

let asked = false;
const look = () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; told(); });
};

// One pair of observers for the life of the page, whichever of its pages asks for it.
const watch = () => {
  if (window.headsetWhole) return;
  window.headsetWhole = new MutationObserver(look);
  window.headsetWhole.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["value"] });
  window.addEventListener("resize", look);
  document.fonts?.addEventListener("loadingdone", look);
};

export default function () {
  watch();
  look();
}
