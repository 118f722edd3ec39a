// The browser's own voice reads what a button of the page holds; pressed again, it stops.
const voice = window.speechSynthesis;
let reading = null;

const stop = () => {
  if (!reading) return;
  reading.textContent = reading.dataset.label;
  reading = null;
  voice.cancel();
};

const read = (button) => {
  const again = button === reading;
  stop();
  if (again) return;
  if (!voice) {
    button.nextElementSibling.textContent = " This browser has no voice to read with.";
    return;
  }
  const speech = new SpeechSynthesisUtterance(button.dataset.aloud);
  speech.lang = "en-GB";
  speech.onend = speech.onerror = () => { if (button === reading) stop(); };
  button.dataset.label = button.textContent;
  button.textContent = "Stop reading";
  reading = button;
  voice.speak(speech);
};

// The buttons come and go with the question, this stands on the page once.
const onClick = (event) => {
  const button = event.target instanceof Element && event.target.closest("button[data-aloud]");
  if (button) read(button);
};
const onChange = () => { if (reading && !reading.isConnected) stop(); };

export default function () {
  document.addEventListener("click", onClick);
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, { subtree: true, childList: true });
  return () => {
    document.removeEventListener("click", onClick);
    observer.disconnect();
    stop();
  };
}
