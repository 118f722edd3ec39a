// Puts the page on the whole screen, and back.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const say = () => { button.textContent = document.fullscreenElement ? "Leave full screen" : "Full screen"; };
  say();
  button.onclick = async () => {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch { /* a browser that refuses keeps its own key for it, usually F11 */ }
    say();
  };
  document.addEventListener("fullscreenchange", say);
  return () => document.removeEventListener("fullscreenchange", say);
}
