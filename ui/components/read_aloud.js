// The browser's own voice reads the question and its options; pressed again, it stops.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  const status = parentElement.querySelector("[role=status]");
  const voice = window.speechSynthesis;
  button.textContent = data.label;
  button.onclick = () => {
    if (!voice) {
      status.textContent = " This browser has no voice to read with.";
      return;
    }
    if (voice.speaking) {
      voice.cancel();
      button.textContent = data.label;
      return;
    }
    const speech = new SpeechSynthesisUtterance(data.text);
    speech.lang = "en-GB";
    speech.onend = speech.onerror = () => { button.textContent = data.label; };
    button.textContent = "Stop reading";
    voice.speak(speech);
  };
  return () => { voice?.cancel(); };
}
