"""What a person sees and a screen reader says: asked of the browser in JavaScript."""

from __future__ import annotations

import re

from playwright import sync_api

FORMATS = {"PDF", "DOCX", "DOC", "ODT", "RTF", "HTML", "TXT", "PNG", "JPEG", "TIFF", "ZIP"}

# Whatever is shown, or read aloud by a screen reader. Names of icons are text to the browser, and hidden
# words keep their place with letters of no size.
SAID = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const said = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (holder.closest("[data-testid=stIconMaterial], [data-testid=stExpanderIcon], script, style, noscript")) continue;
    if (node.nodeType === Node.TEXT_NODE) {
      if (getComputedStyle(holder).fontSize !== "0px" && holder.getClientRects().length) said.push(node.data);
    } else if (holder.getClientRects().length || node.closest("[aria-live]")) {
      for (const name of ["aria-label", "aria-valuetext", "aria-description", "title", "placeholder", "alt"])
        if (node.hasAttribute(name)) said.push(node.getAttribute(name));
      const told = node.getAttribute("aria-describedby");
      for (const id of told ? told.split(" ") : []) said.push(document.getElementById(id)?.textContent ?? "");
    }
  }
  return said;
}"""
# Edges of all that has the colour of a frame, as shares of the picture.
FRAME = """name => {
  const img = document.querySelector(`img[alt^="${name}"]`);
  if (!img?.complete || !img.naturalWidth) return null;
  const canvas = new OffscreenCanvas(img.naturalWidth, img.naturalHeight), brush = canvas.getContext("2d");
  brush.drawImage(img, 0, 0);
  const data = brush.getImageData(0, 0, canvas.width, canvas.height).data;
  let edges = [1, 1, 0, 0];
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] !== 194 || data[i + 1] !== 65 || data[i + 2] !== 12) continue;
    const x = (i / 4 % canvas.width) / canvas.width, y = Math.floor(i / 4 / canvas.width) / canvas.height;
    edges = [Math.min(edges[0], x), Math.min(edges[1], y), Math.max(edges[2], x), Math.max(edges[3], y)];
  }
  return edges[2] ? edges : null;
}"""
# Ids of rules and kinds of reports; names of files and services, addresses.
LATIN = FORMATS | {
    "XLSX",
    "JSON",
    "SARIF",
    "JSONL",
    "REF",
    "REQ",
    "ACT",
    "NUM",
    "DATE",
    "SRV",
    "TXT",
    "READ",
    "MAX",
    "VK",
}
NAMES = re.compile(
    r"https?://\S+|[\w.]+\.(?:pdf|docx|txt|png|zip)\b|`--[a-z-]+`"
)  # options as rules name them


def english(page: sync_api.Page) -> dict[str, str]:
    """Latin words that are shown or read aloud and are no names, each with where it stands."""
    found = {}
    for said in page.evaluate(SAID):
        for word in re.findall(r"[A-Za-z]{2,}", NAMES.sub(" ", said)):
            if word not in LATIN:
                found[word] = said
    return found
