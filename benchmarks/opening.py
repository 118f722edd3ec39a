"""How long a browser waits for the first page, on this machine and over slower networks, beside a bare page.

python -m benchmarks.opening

A Chromium with an empty cache opens the first page; its own network emulation sets the bandwidth and the delay. For
each network: the bytes that came, and the seconds to the first sign of life (the first paint with something in it),
to the heading that can be read, and to the page in its style, which a bare page has from the start.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.load import ROOT, Served, free_port


@dataclass(frozen=True)
class Network:
    """What lies between browser and server: megabits a second and milliseconds of delay, or nothing."""

    name: str
    megabits: float = 0
    delay: float = 0


NETWORKS = (Network("this machine"), Network("busy Wi-Fi", 10, 40), Network("phone network", 1.6, 150))
_WATCH = """
window.firsts = {};
const first = (name) => { window.firsts[name] ??= performance.now() / 1000; };
const watch = () => {
  const heading = document.querySelector('h1');
  const seen = heading && Number(getComputedStyle(document.getElementById('root')).opacity) > 0;
  if (seen) first('heading');
  if (seen && %s) first('styled');
  requestAnimationFrame(watch);
};
requestAnimationFrame(watch);
"""
_OURS = "getComputedStyle(document.documentElement).getPropertyValue('--headset-accent')"


def opened(browser: Browser, url: str, network: Network, styled: str) -> dict[str, float]:
    """Return the seconds and megabytes of one first visit."""
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    came: list[float] = []
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    if network.megabits:
        rate = network.megabits * 1e6 / 8
        limits: dict[str, Any] = {"downloadThroughput": rate, "uploadThroughput": rate}
        wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": network.delay, **limits})
    page.add_init_script(_WATCH % styled)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.firsts?.styled", timeout=120_000)
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    page.wait_for_load_state("networkidle", timeout=120_000)
    found: dict[str, float] = page.evaluate("window.firsts")
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
    found["sign"] = page.evaluate(paint)
    found["megabytes"] = sum(came) / 1e6
    context.close()
    return found


def main() -> None:
    """Print the figures."""
    print(f"{'':<28} {'came':>8} {'sign of life':>13} {'heading':>9} {'styled':>8}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox"]
        )
        for name, script, styled in (
            ("Headset", ROOT / "streamlit_app.py", _OURS),
            ("bare page", ROOT / "benchmarks" / "bare.py", "true"),
        ):
            data = Path(folder) / name
            data.mkdir()
            served = Served(script, ROOT, free_port(), data, 17)
            try:
                opened(
                    browser, served.url, NETWORKS[0], styled
                )  # the first run of a server imports all there is
                for network in NETWORKS:
                    took = opened(browser, served.url, network, styled)
                    print(
                        f"{f'{name}, {network.name}':<28} {took['megabytes']:>5.2f} MB {took['sign']:>11.2f} s "
                        f"{took['heading']:>7.2f} s {took['styled']:>6.2f} s"
                    )
            finally:
                served.stop()
        browser.close()


if __name__ == "__main__":
    main()
