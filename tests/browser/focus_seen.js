// What is wrong with how the focused element shows its focus: nothing, or a few words; and whether it has had the focus
// before in this round.
(round) => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!focused || focused === document.body || focused === document.documentElement) return { name: "page", fault: "" };
  const had = ((window.hadFocus ??= {})[round] ??= new WeakSet());
  if (had.has(focused)) return { name: "", fault: "", again: true };
  had.add(focused);
  const scrolls = focused.matches("main, [data-testid=stMain]");
  const name = scrolls ? "the page, to scroll it" : (focused.getAttribute("aria-label") || focused.innerText || focused.outerHTML).trim().slice(0, 60);
  const up = (element) => element.parentElement ?? element.getRootNode().host ?? null;
  const parse = (text) => {
    const canvas = (parse.canvas ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }));
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const luminance = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (element) => {
    for (let at = up(element); at; at = up(at)) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0.95) return colour;
    }
    return [255, 255, 255, 1];
  };
  const clipped = (element) => {
    for (let at = element, steps = 0; at && steps < 4; at = up(at), steps += 1) {
      if (getComputedStyle(at).clipPath.startsWith("inset(50%")) return true;
    }
    return false;
  };
  // A hidden field shows its focus on what stands for it: its label, its box.
  let ring = null;
  for (let at = focused, steps = 0; at && steps < 6; at = up(at), steps += 1) {
    for (const candidate of [at, ...(steps ? [...at.children] : [])]) {
      const style = getComputedStyle(candidate);
      const box = candidate.getBoundingClientRect();
      if (!clipped(candidate) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 4 && box.height > 4) {
        const inside = parseFloat(style.outlineOffset) <= -parseFloat(style.outlineWidth);
        const own = parse(style.backgroundColor);
        const seen = contrast(parse(style.outlineColor), inside && own[3] > 0.95 ? own : behind(candidate));
        if (seen >= 3) ring ??= candidate;
      }
    }
    if (ring) break;
  }
  if (!ring) return { name, fault: "shows no focus" };
  if (scrolls) return { name, fault: "" };
  const box = ring.getBoundingClientRect();
  // An outline takes no room: what stands round it can cut it off, and no scrolling brings it back.
  const { outlineWidth, outlineOffset } = getComputedStyle(ring);
  const reach = parseFloat(outlineWidth) + parseFloat(outlineOffset);
  const most = parseFloat(outlineWidth) - 2; // of three pixels two have to be seen
  const edges = { left: box.left - reach, right: box.right + reach, top: box.top - reach, bottom: box.bottom + reach };
  const cut = new Set();
  for (let at = ring; at && getComputedStyle(at).position !== "fixed"; at = up(at)) {
    const round = up(at);
    if (!round || round === document.body || round === document.documentElement) break;
    const style = getComputedStyle(round);
    const place = round.getBoundingClientRect();
    const [left, top] = [place.left + round.clientLeft, place.top + round.clientTop];
    for (const [axis, from, to, start, size, scrolled, whole] of [
      ["overflowX", "left", "right", left, round.clientWidth, round.scrollLeft, round.scrollWidth],
      ["overflowY", "top", "bottom", top, round.clientHeight, round.scrollTop, round.scrollHeight],
    ]) {
      if (style[axis] === "visible" || style.display === "inline" || style.display === "contents") continue;
      if (start - scrolled - edges[from] > most) cut.add(from);
      if (edges[to] - (start - scrolled + Math.max(size, whole)) > most) cut.add(to);
    }
  }
  if (cut.size) return { name, fault: `its ring is cut off: ${[...cut].join(", ")}` };
  const x = Math.min(innerWidth - 2, Math.max(1, box.left + box.width / 2));
  const y = box.top + Math.min(box.height / 2, 24);
  if (y < 0 || y > innerHeight) return { name, fault: `out of sight at ${Math.round(box.top)}` };
  const top = document.elementFromPoint(x, y);
  const within = (one, other) => {
    for (let at = other; at; at = up(at)) if (at === one) return true;
    return false;
  };
  const host = ring.getRootNode().host ?? ring;
  if (top && !within(host, top) && !within(top, host)) {
    return { name, fault: `covered by ${top.closest("[data-testid]")?.dataset.testid ?? top.className}` };
  }
  return { name, fault: "" };
}
