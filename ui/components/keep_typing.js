// Streamlit takes a text over when its field is left. Whoever closes the page, or whose power fails, leaves
// no field: so it is taken over after each pause, as soon as the pointer leaves for something else, and when
// the page goes out of sight.
// What is sent while a page closes need not arrive. So each letter is noted in this browser first, and the note
// goes when the server holds the text; one that is still there when the field comes up again is put into it,
// unless the server then holds something that neither stood there when it was typed nor was sent from here.
const PAUSE = 700;
const AGAIN = 100;
const TRIES = 50;

const noted = (name) => {
  try {
    const { text, known } = JSON.parse(localStorage.getItem(name));
    return { text: String(text), known: [...known] };
  } catch {
    return null; // no note, or a browser that keeps none
  }
};
const note = (name, entry) => {
  try {
    localStorage.setItem(name, JSON.stringify(entry));
  } catch {
    // Kept by the server alone, after the pause.
  }
};
const forget = (name) => {
  try {
    localStorage.removeItem(name);
  } catch {
    // Nothing was noted there.
  }
};

export default function ({ data, parentElement }) {
  const state = (parentElement.headsetTyping ??= {});
  state.place = `.st-key-${data.place} textarea`;
  const field = () => document.querySelector(state.place);
  // React hears this as the field being left; the focus stays where it is.
  const leave = () => field()?.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));

  // The text area comes up when React has drawn it; one of another criterion holds something else.
  const putBack = (name, text, over, tries) => {
    const box = field();
    if (box?.value === over) {
      // Past React, which then hears of it as if it were typed.
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, text);
      box.dispatchEvent(new Event("input", { bubbles: true }));
      setTimeout(leave);
    } else if (tries > 0) {
      setTimeout(() => state.name === name && putBack(name, text, over, tries - 1), AGAIN);
    }
  };

  const name = `headset-typed-${data.name}`;
  const entry = noted(name);
  const pending = entry !== null && ![data.held.trim(), ""].includes(entry.text.trim());
  if (!pending) forget(name);
  else if (state.name === name) note(name, { ...entry, known: [...entry.known, data.held] }); // typed on meanwhile
  else if (entry.known.includes(data.held)) putBack(name, entry.text, data.held, TRIES);
  else forget(name);
  state.name = name;
  state.held = data.held;
  if (state.clear) return state.clear;

  let waiting = null;
  const takeOver = () => {
    clearTimeout(waiting);
    waiting = null;
    leave();
  };
  const typed = (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(state.place)) return;
    note(state.name, { known: noted(state.name)?.known ?? [state.held], text: event.target.value });
    clearTimeout(waiting);
    waiting = setTimeout(takeOver, PAUSE);
  };
  const sent = (event) => {
    const entry = event.target instanceof Element && event.target.matches(state.place) && noted(state.name);
    if (entry) note(state.name, { ...entry, known: [...entry.known, event.target.value] });
  };
  const hidden = () => {
    if (waiting !== null) takeOver();
  };
  const moved = (event) => {
    if (waiting !== null && event.target instanceof Element && !event.target.matches(state.place)) takeOver();
  };
  document.addEventListener("input", typed);
  document.addEventListener("focusout", sent);
  document.addEventListener("pointermove", moved);
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("beforeunload", hidden);
  state.clear = () => {
    clearTimeout(waiting);
    document.removeEventListener("input", typed);
    document.removeEventListener("focusout", sent);
    document.removeEventListener("pointermove", moved);
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("beforeunload", hidden);
    state.clear = null;
  };
  return state.clear;
}
