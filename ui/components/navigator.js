// Forty numbered buttons as one element: state is told by border, weight, sign and words. They are one
// stop of the Tab key; arrow keys, Home and End move among them.
const TICK = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 6.5 5 9.5 10 3" fill="none" stroke="currentColor" stroke-width="2"/></svg>';
const FLAG = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M3 11V1h7L8 4l2 3H4v4z" fill="currentColor"/></svg>';
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

const stopAt = (buttons, index) => buttons.forEach((button, place) => (button.tabIndex = place === index ? 0 : -1));

export default function ({ data, parentElement, setTriggerValue }) {
  const nav = parentElement.querySelector("nav");
  const list = parentElement.querySelector("ol");
  nav.setAttribute("aria-label", "Questions");
  list.setAttribute("role", "toolbar");
  list.setAttribute("aria-label", "Question numbers");
  while (list.children.length > data.items.length) list.lastChild.remove();
  data.items.forEach((item, index) => {
    let button = list.children[index]?.firstChild;
    if (!button) {
      const row = document.createElement("li");
      row.setAttribute("role", "none");
      button = document.createElement("button");
      button.type = "button";
      row.append(button);
      list.append(row);
    }
    const current = index === data.current;
    const words = [item.answered ? "answered" : "not answered", ...(item.flagged ? ["flagged"] : [])];
    button.className = item.answered ? "answered" : "";
    button.setAttribute("aria-label", `Question ${index + 1}, ${words.join(", ")}`);
    if (current) button.setAttribute("aria-current", "step"); else button.removeAttribute("aria-current");
    button.innerHTML = `${index + 1}<span class="mark">${item.answered ? TICK : ""}${item.flagged ? FLAG : ""}</span>`;
    button.onclick = () => setTriggerValue("go", index);
  });
  const buttons = [...list.querySelectorAll("button")];
  const held = buttons.indexOf(list.getRootNode().activeElement);
  stopAt(buttons, held < 0 ? data.current : held);
  list.onkeydown = (event) => {
    const from = buttons.indexOf(event.target);
    if (from < 0 || !(event.key in MOVES) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = Math.min(buttons.length - 1, Math.max(0, from + MOVES[event.key]));
    stopAt(buttons, to);
    buttons[to].focus();
  };
}
