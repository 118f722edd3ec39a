// Ticks in the browser. The server holds the deadline: each time the page is drawn again it says
// anew how much is left, so a wrong clock on this machine changes nothing.
const ANNOUNCED = [15, 5, 1];

export default function ({ data, parentElement, setTriggerValue }) {
  const time = parentElement.querySelector(".time");
  const toggle = parentElement.querySelector(".toggle");
  const notice = parentElement.querySelector(".notice");
  const end = performance.now() + data.remaining * 1000;
  const hiddenKey = "headset-timer-hidden";
  const state = (parentElement.headsetTimer ??= { announced: null, expired: false });
  let hidden = false;
  try { hidden = sessionStorage.getItem(hiddenKey) === "1"; } catch { /* private mode */ }

  const draw = () => {
    const left = data.running ? Math.max(0, (end - performance.now()) / 1000) : data.remaining;
    const whole = Math.ceil(left);
    time.textContent = hidden
      ? "Time is hidden"
      : `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")} left` + (data.running ? "" : " (clock stopped)");
    toggle.textContent = hidden ? "Show time" : "Hide time";
    const due = ANNOUNCED.filter((minute) => left <= minute * 60).at(-1) ?? null;
    if (due !== state.announced) {
      // The first drawing only learns where we are; crossing a mark is what is announced.
      if (state.announced !== null || state.drawn) {
        notice.textContent = due === null ? "" : `${due} ${due === 1 ? "minute" : "minutes"} left`;
      }
      state.announced = due;
    }
    state.drawn = true;
    if (data.running && left <= 0 && !state.expired) {
      // Latched: a component that is drawn again at zero would fire on every run.
      state.expired = true;
      setTriggerValue("expired", true);
    }
  };
  toggle.onclick = () => {
    hidden = !hidden;
    try { sessionStorage.setItem(hiddenKey, hidden ? "1" : "0"); } catch { /* private mode */ }
    draw();
  };
  draw();
  // This function runs at every drawing, its cleanup only once, when the timer leaves the page.
  clearInterval(state.ticking);
  state.ticking = setInterval(draw, 500);
  return () => clearInterval(state.ticking);
}
