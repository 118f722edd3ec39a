// Every text on the page that stands out too little from what is behind it, tints laid over it included.
() => {
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const parse = (text) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const luminance = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const layers = (element) => {
    const found = [];
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
      const style = getComputedStyle(at);
      const tint = style.backgroundImage.match(/^linear-gradient\((rgba?\([^)]*\))/);
      if (tint) found.push(parse(tint[1]));
      const colour = parse(style.backgroundColor);
      if (colour[3] > 0) found.push(colour);
      if (colour[3] > 0.99) break;
    }
    return found.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const faults = {};
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true })) continue;
    if (element.closest("[disabled], [aria-hidden=true], [data-testid=stSliderThumbValue], svg, script, style, noscript, template")) continue;
    if (element.getBoundingClientRect().width < 3) continue;
    seen += 1;
    const style = getComputedStyle(element);
    let opacity = 1;
    for (let at = element; at; at = at.parentElement) opacity *= parseFloat(getComputedStyle(at).opacity);
    const behind = layers(element);
    const text = parse(style.color);
    const found = contrast(over([...text.slice(0, 3), text[3] * opacity], behind), behind);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    if (found < (large ? 3 : 4.5)) faults[walker.currentNode.data.trim().slice(0, 40)] = Math.round(found * 100) / 100;
  }
  return { seen, faults };
}
