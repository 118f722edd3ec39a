// What the walk measures on a page as it stands. It changes nothing that stays.
window.headsetWalk = (() => {
  // A colour on its way from one theme to the other is nobody's.
  const unmoved = new CSSStyleSheet();
  unmoved.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [unmoved];

  const LEVELS = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"] };
  const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

  const above = (element) => element.parentElement ?? element.getRootNode().host ?? null;

  // The kind of an element: the Streamlit part that it belongs to, and its tag.
  const kind = (element) => {
    for (let at = element; at; at = above(at)) {
      if (at.dataset?.testid?.startsWith("st")) return `${at.dataset.testid} ${element.tagName.toLowerCase()}`;
    }
    return `page ${element.tagName.toLowerCase()}`;
  };

  const violations = async (colours) => {
    const found = await axe.run(document, {
      runOnly: colours ? COLOURS : LEVELS, resultTypes: ["violations"], elementRef: true,
    });
    return found.violations.flatMap((fault) =>
      fault.nodes.map((node) => [fault.id, kind(node.element), node.html.slice(0, 240)]));
  };

  const every = function* (root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* every(element.shadowRoot);
    }
  };

  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const named = (element) => `${kind(element)}: ${(element.innerText || element.value || element.getAttribute("aria-label") || element.className || "").toString().trim().slice(0, 70)}`;
  const ownText = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  // What may scroll inside its own box, or is drawn and has its words elsewhere.
  const BOXES = ".rc-overflow, [data-testid=stDataFrame], .js-plotly-plot, [data-testid=stTable], canvas, svg, [aria-hidden=true]";
  const boxed = (element) => {
    for (let at = element; at; at = above(at)) {
      if (at.matches(BOXES)) return true;
      const style = getComputedStyle(at);
      if (at !== element && /auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth && !/stMain|stApp|stSidebar/.test(at.dataset?.testid ?? "")) return true;
    }
    return false;
  };

  const sideways = () => {
    const found = [];
    const panes = document.querySelectorAll("[data-testid=stMain], [data-testid=stPopoverBody]");
    for (const box of [document.scrollingElement, ...panes]) {
      const whole = box === document.scrollingElement;
      const room = whole ? innerWidth : box.clientWidth;
      if (box.scrollWidth <= room) continue;
      const edge = (whole ? 0 : box.getBoundingClientRect().left) + room + 1;
      const wide = [...every(box)].filter((element) => shown(element) && element.getBoundingClientRect().right > edge && !boxed(element));
      found.push(`${box.scrollWidth} in ${room}: ${wide.slice(-3).map(named).join(" | ")}`);
    }
    return found;
  };

  // Whether letters of the element stand below a line; what only its margins take up is no loss.
  const below = (element, line) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      if (!texts.currentNode.data.trim() || !shown(texts.currentNode.parentElement)) continue;
      range.selectNodeContents(texts.currentNode);
      if ([...range.getClientRects()].some((part) => part.width > 2 && part.bottom > line)) return true;
    }
    return false;
  };

  const cut = () => {
    const found = [];
    for (const element of every(document.body)) {
      if (!shown(element) || boxed(element)) continue;
      const box = element.getBoundingClientRect();
      if (box.width <= 2 || box.height <= 2) continue; // read aloud, not seen
      const style = getComputedStyle(element);
      if (element.matches("input:not([type=radio]):not([type=checkbox]):not([type=file])")) {
        const told = element.closest("[data-testid=stSelectbox]")?.dataset.whole === element.value; // in full, below it
        if (element.scrollWidth > element.clientWidth + 1 && !told) found.push(`field ${named(element)}`);
        continue;
      }
      if (ownText(element) && (box.left < -1 || box.right > innerWidth + 1) && getComputedStyle(element).position !== "fixed" && !off(element)) found.push(`outside ${named(element)}`);
      if (!element.innerText?.trim() || element.matches("body, html")) continue;
      if (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && style.display !== "inline") found.push(`across ${named(element)}`);
      if (/hidden|clip/.test(style.overflowY) && style.display !== "inline" && element.scrollHeight > element.clientHeight + 4 && !/stApp|stMain/.test(element.dataset.testid ?? "") && below(element, box.bottom + 0.3 * parseFloat(style.fontSize))) found.push(`down ${named(element)}`);
    }
    return [...new Set(found)];
  };

  // The menu of a phone waits outside the window until it is opened.
  const off = (element) => {
    for (let at = element; at; at = above(at)) if (at.matches?.("[data-testid=stSidebar], .skip-link, [data-testid=stSkipLink]")) return true;
    return false;
  };

  const TARGETS = "a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [role=tab], [role=slider], [role=switch]";
  const small = () => {
    const found = [];
    for (const element of every(document.body)) {
      if (!element.matches(TARGETS) || element.disabled || off(element)) continue;
      const label = element.matches("[type=range]") ? element.parentElement.parentElement : element.matches("input") ? element.closest("label") : null;
      const box = (label ?? element).getBoundingClientRect();
      if (!(label ? shown(label) : shown(element)) || box.width <= 2 || box.height <= 2) continue;
      if (boxed(element) || element.tabIndex < 0 && element.matches("input[type=file]")) continue;
      // A link within a line of text is as high as its line.
      if (element.matches("a") && getComputedStyle(element).display === "inline" && above(element).innerText.trim() !== element.innerText.trim()) continue;
      if (box.width < 23.5 || box.height < 23.5) found.push(`${Math.round(box.width)}x${Math.round(box.height)} ${named(element)}`);
    }
    return [...new Set(found)];
  };

  // The smallest letters on the page, and what is written in them.
  const letters = () => {
    let least = Infinity, what = "";
    for (const element of every(document.body)) {
      if (!ownText(element) || !shown(element) || element.matches("script, style, title, desc") || element.closest("svg, [aria-hidden=true]")) continue;
      const box = element.getBoundingClientRect();
      if (box.width <= 2 || box.height <= 2 || off(element)) continue;
      const size = parseFloat(getComputedStyle(element).fontSize);
      if (size < least) { least = size; what = named(element); }
    }
    return [least === Infinity ? 0 : least, what];
  };

  const layout = () => ({ sideways: sideways(), cut: cut(), small: small(), letters: letters() });

  const charts = () => [...document.querySelectorAll("[data-testid=stPlotlyChart]")].filter(shown).map((chart) => {
    const holder = chart.closest("[data-testid=stElementContainer]") ?? chart;
    let table = false, heading = "";
    for (let at = holder.nextElementSibling; at && !table; at = at.nextElementSibling) {
      if (at.querySelector("[data-testid=stPlotlyChart]")) break;
      table = Boolean(at.querySelector("[data-testid=stDataFrame], [data-testid=stTable]")) || /The same as a table/.test(at.innerText);
    }
    for (let at = holder.previousElementSibling; at && !heading; at = at.previousElementSibling) heading = at.querySelector("h1, h2, h3, h4")?.innerText ?? "";
    const words = chart.querySelector("[role=img], [aria-label], figure")?.getAttribute("aria-label") ?? chart.getAttribute("aria-label") ?? "";
    return { heading, words, table };
  });

  const focus = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at && at !== document.body ? [at.tagName.toLowerCase(), (at.innerText || at.getAttribute("aria-label") || "").trim().slice(0, 120), at.closest?.("[class*=st-key-]")?.className.match(/st-key-\S+/)?.[0] ?? ""] : ["", "", ""];
  };

  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  // Until the page has had the same size and the same number of elements for three looks, or will not.
  const still = async () => {
    for (let same = 0, last = "", looks = 0; same < 3 && looks < 60; looks += 1) {
      // What folds and unfolds does so by script: it is let come to its end.
      for (const moving of document.getAnimations()) {
        if (moving.effect?.getTiming().iterations !== Infinity) moving.finish();
      }
      await frame();
      const now = `${document.getElementsByTagName("*").length} ${document.body.scrollHeight} ${document.querySelector("[data-testid=stMain]")?.scrollHeight}`;
      same = now === last ? same + 1 : 0;
      last = now;
    }
  };

  // Until Streamlit has taken over the scheme of the system.
  const dressed = async (scheme) => {
    const app = document.querySelector("[data-testid=stApp]");
    for (let tries = 0; app && tries < 100; tries += 1) {
      const dark = getComputedStyle(app).colorScheme === "dark";
      if (dark === (scheme === "dark")) break;
      await frame();
    }
    await still();
  };

  // Every selector of our own style, without what depends on pointer, focus or a generated box, and whether it finds
  // anything now.
  const parted = (list) => {
    const parts = [""];
    let depth = 0;
    for (const letter of list) {
      depth += "([".includes(letter) - ")]".includes(letter);
      if (letter === "," && depth === 0) parts.push("");
      else parts[parts.length - 1] += letter;
    }
    return parts.map((part) => part.trim());
  };
  const lasting = (selector) =>
    selector
      .replace(/::[a-z-]+|:(hover|active|focus-visible|focus|disabled)(?![-\w(])/g, "")
      .replace(/:(is|not)\([ ,]*\)/g, "")
      .replace(/:has\([ ,]*\)/g, ":has(*)") || "*";
  const styled = () => {
    const found = {};
    const through = (rules) => {
      for (const rule of rules) {
        for (const selector of rule.selectorText ? parted(rule.selectorText) : []) {
          found[selector] = Boolean(document.querySelector(lasting(selector)));
        }
        through(rule.cssRules ?? []);
      }
    };
    for (const style of document.querySelectorAll("#root style")) through(style.sheet?.cssRules ?? []);
    return found;
  };

  return { violations, layout, charts, focus, still, dressed, styled };
})();
