// Waits for news of a live lesson and asks for one drawing of the page when there is some. The page
// says which number it knew before it read the database, so nothing between two drawings is missed.
const RETRY = 2000; // after a failure: the network is gone, or the server is being started again
const LONGEST = 35000; // the server answers within 25 s; a network that vanished says nothing at all
const OUT = -1;
const UNHEARD = 4000; // a drawing brings a new number; without one the word got lost and is said again

export default function ({ data, parentElement, setTriggerValue }) {
  // A drawing with a new number calls this again without clearing up after the last call.
  parentElement.headsetListening?.();
  const notice = parentElement.querySelector(".lost");
  const url = `/live/news?lesson=${data.lesson}&topic=${data.topic}&since=${data.since}`;
  let stopped = false;
  let request = null;
  let rest = null; // ends the pause at hand

  const pause = (time) => new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, time));
    rest = () => { clearTimeout(timer); resolve(); };
  });
  const ask = async () => {
    request = new AbortController();
    const limit = setTimeout(() => request?.abort(), LONGEST);
    try {
      const reply = await fetch(url, { signal: request.signal, cache: "no-store" });
      // Refused: this device is out of the lesson, which the page says when it is drawn again.
      if (reply.status === 403) return OUT;
      if (!reply.ok) throw new Error(`${reply.status}`);
      return (await reply.json()).number;
    } finally {
      clearTimeout(limit);
      request = null;
    }
  };
  const listen = async () => {
    while (!stopped) {
      let number;
      try {
        number = await ask();
      } catch {
        if (stopped) return;
        notice.hidden = false;
        await pause(RETRY);
        continue;
      }
      if (stopped) return;
      notice.hidden = true;
      if (number === data.since) continue;
      // A drawing that is under way already, since the page itself made the news, comes in the meantime.
      const earliest = (parentElement.headsetDrawn ?? -Infinity) + data.gap * 1000 - performance.now();
      await pause(Math.max(earliest, data.delay * 1000));
      if (stopped) return;
      parentElement.headsetDrawn = performance.now();
      setTriggerValue("news", number);
      await pause(UNHEARD);
    }
  };
  // A phone that wakes up, or finds its network again, does not wait out what it began before.
  const wake = () => {
    if (document.visibilityState === "hidden") return;
    request?.abort();
    rest?.();
  };
  const away = () => request?.abort();
  window.addEventListener("online", wake);
  window.addEventListener("offline", away);
  document.addEventListener("visibilitychange", wake);

  const stop = () => {
    stopped = true;
    window.removeEventListener("online", wake);
    window.removeEventListener("offline", away);
    document.removeEventListener("visibilitychange", wake);
    request?.abort();
    rest?.();
  };
  parentElement.headsetListening = stop;
  listen();
  return stop;
}
