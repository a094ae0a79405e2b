// Comforts only: every page is complete without this file.
const THEMES = ["system", "light", "dark"];

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function focusSearch() {
  const field = document.querySelector("#big-q, #q");
  field.focus();
  field.select();
}

function movePaper(step) {
  const titles = [...document.querySelectorAll("main .title a")];
  if (!titles.length) return;
  const at = titles.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : titles.length - 1) : at + step;
  titles[Math.min(Math.max(next, 0), titles.length - 1)].focus();
}

function openKeys() {
  const keys = document.querySelector(".keys");
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
}

const PLACES = { s: "search", p: "paths", n: "next", a: "add" };
const ACTIONS = { "/": focusSearch, j: () => movePaper(1), k: () => movePaper(-1), "?": openKeys };
let isGoing = false; // "g" was pressed, a place follows

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (!keysAreOn()) return;
  const place = isGoing ? PLACES[event.key] : undefined;
  isGoing = event.key === "g";
  const control = place
    ? document.querySelector(`[data-go="${place}"]`)
    : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const action = place ? undefined : ACTIONS[event.key];
  if (!control && !action) return;
  event.preventDefault();
  if (action) action();
  else control.click();
}

function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage is switched off
  }
}

function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch { /* kept for this page only */ }
}

const KEYS = "papergraph-keys";
const keysAreOn = () => recall(KEYS) !== "off";

function showKeys(button) {
  button.setAttribute("aria-pressed", String(keysAreOn()));
  button.querySelector("span").textContent = keysAreOn() ? "on" : "off";
}

function showTheme(button, theme) {
  button.querySelector("span").textContent = theme;
}

function switchTheme(button) {
  const root = document.documentElement;
  const next = THEMES[(THEMES.indexOf(root.dataset.theme ?? "system") + 1) % THEMES.length];
  if (next === "system") delete root.dataset.theme;
  else root.dataset.theme = next;
  keep("papergraph-theme", next === "system" ? null : next);
  showTheme(button, next);
}

// A long story opens with its paper in the middle.
function centreTimelines() {
  for (const target of document.querySelectorAll(".timeline .pill.target, .near-map .seed")) {
    const scroller = target.closest(".scroller");
    const box = target.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    if (box.right < frame.right - 48) continue; // in sight: keep the names of the lanes in sight too
    scroller.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }
}

function takeDroppedFiles(zone) {
  const input = zone.querySelector("input[type=file]");
  const stop = (event) => event.preventDefault();
  for (const name of ["dragover", "drop"]) zone.addEventListener(name, stop);
  zone.addEventListener("dragenter", () => zone.classList.add("over"));
  zone.addEventListener("dragleave", (event) => {
    if (!zone.contains(event.relatedTarget)) zone.classList.remove("over");
  });
  zone.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

async function copyCitation(button) {
  const box = button.closest(".pop");
  const code = button.closest("details").querySelector("code");
  const told = box.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(code.textContent);
    told.textContent = "Copied";
    button.textContent = "Copied";
  } catch { // no clipboard for this page: the text is marked, for the reader to copy
    getSelection().selectAllChildren(code);
    told.textContent = "Marked; press Ctrl or Command and C";
  }
}

// A picture as PNG, as it looks in the page: the SVG of the server, drawn twice as large by the browser.
const MOST_PIXELS = 8000;

async function savePng(button) {
  const theme = document.documentElement.dataset.theme;
  const isDark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const url = new URL(button.dataset.picture, location.href);
  url.searchParams.set("look", isDark ? "dark" : "light");
  const image = new Image();
  image.src = url;
  await image.decode();
  const scale = Math.min(2, MOST_PIXELS / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((take) => canvas.toBlob(take, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${document.title.split(" · ")[0]}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// A sentence that takes a while to find is put in its place when it is there.
async function fillText(place) {
  try {
    const answer = await fetch(place.dataset.text);
    if (answer.ok) place.textContent = await answer.text();
  } catch { /* the page was left, or the server is away: what stands there stays */ }
  delete place.dataset.text;
}

// A job tells how far it is once a second; when it is over, its page is loaded.
async function followJob(job) {
  const parser = new DOMParser();
  while (job.dataset.poll) {
    await new Promise((wake) => setTimeout(wake, 1000));
    try {
      const answer = await fetch(job.dataset.poll);
      const fresh = parser.parseFromString(await answer.text(), "text/html").querySelector("#job");
      if (!fresh || !fresh.dataset.poll) return location.reload();
      for (const name of [".lead", ".stages"]) {
        const [old, now] = [job.querySelector(name), fresh.querySelector(name)];
        if (old.innerHTML !== now.innerHTML) old.replaceChildren(...now.childNodes);
      }
    } catch { /* the server is away for a moment; it is asked again */ }
  }
}

document.addEventListener("keydown", onKey);
for (const job of document.querySelectorAll("#job[data-poll]")) followJob(job);
for (const place of document.querySelectorAll("[data-text]")) fillText(place);
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copyCitation(button));
}
for (const button of document.querySelectorAll("button.png")) {
  button.hidden = false;
  button.addEventListener("click", () => savePng(button));
}
centreTimelines();
for (const zone of document.querySelectorAll(".drop")) takeDroppedFiles(zone);
for (const button of document.querySelectorAll("button.theme")) {
  button.hidden = false;
  showTheme(button, document.documentElement.dataset.theme ?? "system");
  button.addEventListener("click", () => switchTheme(button));
}
for (const keys of document.querySelectorAll(".keys")) {
  const button = keys.querySelector(".switch");
  keys.hidden = false;
  showKeys(button);
  button.addEventListener("click", () => {
    keep(KEYS, keysAreOn() ? "off" : null);
    showKeys(button);
  });
}
