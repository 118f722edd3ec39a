// Streamlit takes a text over when its field is left. Whoever closes the page, or whose power fails, leaves
// no field: so it is taken over after each pause, as soon as the pointer leaves for something else, and when
// the page goes out of sight.
const PAUSE = 700;

export default function ({ data, parentElement }) {
  const state = (parentElement.headsetTyping ??= {});
  state.place = `.st-key-${data.place} textarea`;
  if (state.clear) return state.clear;
  let waiting = null;
  const takeOver = () => {
    clearTimeout(waiting);
    waiting = null;
    // React hears this as the field being left; the focus stays where it is.
    document.querySelector(state.place)?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  };
  const typed = (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(state.place)) return;
    clearTimeout(waiting);
    waiting = setTimeout(takeOver, PAUSE);
  };
  const hidden = () => {
    if (waiting !== null) takeOver();
  };
  const moved = (event) => {
    if (waiting !== null && event.target instanceof Element && !event.target.matches(state.place)) takeOver();
  };
  document.addEventListener("input", typed);
  document.addEventListener("pointermove", moved);
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("beforeunload", hidden);
  state.clear = () => {
    clearTimeout(waiting);
    document.removeEventListener("input", typed);
    document.removeEventListener("pointermove", moved);
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("beforeunload", hidden);
    state.clear = null;
  };
  return state.clear;
}
