"""Take the pictures of the README: pages over the starter papers and the sample reviews, as WebP.

Usage: python scripts/take_pictures.py [FOLDER]. Needs Playwright and a Chromium, named by
PAPERGRAPH_CHROMIUM or on the path.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
import tempfile
from pathlib import Path

from papergraph.app import create_app
from papergraph.app.serving import served
from papergraph.settings import Settings
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PAGES = (
    ("path", "/path?target=Faster R-CNN&known=AlexNet", 1160, 720),
    ("paper", "/papers/ResNet", 1160, 720),
    ("explore", "/explore", 1160, 900),
)
MOST_BYTES = 90_000
QUALITY = 0.8
TO_WEBP = """async ([png, quality]) => {
  const image = new Image(); image.src = png; await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality);
}"""


def take(browser: Browser, address: str, width: int, height: int) -> bytes:
    """Photograph the top of a page, as WebP."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    if page.locator("#map").count():
        page.wait_for_selector("#map[data-ready]")
        page.wait_for_timeout(1000)
    png = page.screenshot()
    page.close()
    blank = browser.new_page()
    data = "data:image/png;base64," + base64.b64encode(png).decode()
    webp = str(blank.evaluate(TO_WEBP, [data, QUALITY]))
    blank.close()
    return base64.b64decode(webp.partition(",")[2])


def main() -> None:
    """Serve a library made for this, and take all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("PAPERGRAPH_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as driver:
        app = create_app(Settings(library=Path(place) / "library.db", offline=True))
        for sample in app.extensions["papergraph"].samples:
            text = sample.read_text(encoding="utf-8", errors="replace")
            app.test_client().post("/api/v1/reviews", json={"text": text, "origin": sample.name})
        with served(app) as site:
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name, address, width, height in PAGES:
                picture = take(browser, site.rstrip("/") + address, width, height)
                if len(picture) > MOST_BYTES:
                    raise SystemExit(f"{name}: {len(picture):,} bytes, more than {MOST_BYTES:,}")
                (folder / f"{name}.webp").write_bytes(picture)
                print(f"{name}.webp  {len(picture):,} bytes")
            browser.close()


if __name__ == "__main__":
    main()
