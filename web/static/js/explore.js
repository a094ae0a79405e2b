// Explore: moves the map, finds in it, and lets the list beside it follow what is in view. Without
// this file the page has its list, its search and, as a picture, its map.
import { PaperMap } from "./map.js";

const LISTED = 60;
const STEP = 1.5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const frame = document.querySelector("#map");
const list = document.querySelector("#map-list");
const count = document.querySelector("#map-count");
const form = document.querySelector(".map-search");
const pages = document.querySelector(".pages");
const several = new Intl.NumberFormat("en");
let told; // what is said of the chosen paper

function element(name, given, ...inside) {
  const made = Object.assign(document.createElement(name), given);
  made.append(...inside);
  return made;
}

const address = (map, row) => frame.dataset.paper.replace("REF", map.data.ids[row]);

function facts(map, row) {
  const { years, cited } = map.data;
  return `${years[row] ?? "n.d."} · ${cited[row] ? `cited by ${several.format(cited[row])} here` : "cited by none here"}`;
}

function choose(map, row) {
  map.choose(row);
  told.replaceChildren(...(row === null ? [] : [element("b", {}, map.title(row)), ` ${facts(map, row)}`]));
}

function bringIntoView(map, row) {
  const [x, y] = map.onScreen(row);
  if (x < 20 || y < 20 || x > map.width - 20 || y > map.height - 20) {
    map.glide({ x: map.place(row)[0], y: map.place(row)[1], zoom: map.view.zoom });
  }
}

function fillList(map) {
  const rows = map.inView();
  const among = map.found ? "found" : "in view";
  const all = `${several.format(rows.length)} ${rows.length === 1 ? "paper" : "papers"} ${among}`;
  count.textContent = rows.length > LISTED ? `${all}; the ${LISTED} most cited` : all;
  list.replaceChildren(...rows.slice(0, LISTED).map((row) => element("li", {},
    element("a", { href: address(map, row), title: map.data.titles[row] ?? "" }, map.data.names[row]),
    element("span", { className: "small muted" }, facts(map, row)))));
  pages?.replaceChildren();
}

function followList(map) {
  const rows = new Map(map.data.ids.map((id, row) => [id, row]));
  const rowOf = (event) => rows.get(event.target.closest("a")?.pathname.split("/").at(-1)) ?? null;
  for (const name of ["focusin", "pointerover"]) {
    list.addEventListener(name, (event) => {
      const row = rowOf(event);
      if (row === null) return;
      choose(map, row);
      if (name === "focusin") bringIntoView(map, row);
    });
  }
  list.addEventListener("pointerleave", () => choose(map, null));
}

function find(map, text, isGoing = true) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  map.found = words.length
    ? map.order.filter((row) => words.every((word) => map.words[row].includes(word)))
    : null;
  choose(map, null);
  map.colour();
  if (!isGoing) return;
  if (map.found) map.show(map.found);
  else map.glide({ x: 0.5, y: 0.5, zoom: 1 });
  const url = new URL(location.href);
  url.search = words.length ? new URLSearchParams({ q: text.trim() }) : "";
  history.replaceState(null, "", url);
  map.onmove();
}

function takeWords(map) {
  const field = form.querySelector("input");
  let waiting, next = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    next = 0;
    waiting = setTimeout(() => find(map, field.value), 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    if (next === 0) find(map, field.value);
    if (!map.found?.length) return;
    const row = map.found[next % map.found.length];
    next += 1;
    choose(map, row);
    map.glide({ x: map.place(row)[0], y: map.place(row)[1], zoom: Math.max(3, map.view.zoom) });
  });
  if (field.value) find(map, field.value, false);
}

function takePointers(map) {
  const down = new Map();
  let moved = 0;
  const at = (event) => {
    const box = frame.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const apart = () => {
    const [one, other] = [...down.values()];
    return Math.hypot(one[0] - other[0], one[1] - other[1]);
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("button")) return;
    frame.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
    moved = 0;
  });
  frame.addEventListener("pointermove", (event) => {
    const [x, y] = at(event), before = down.get(event.pointerId);
    if (!before) return event.pointerType === "touch" ? undefined : choose(map, map.under(x, y));
    const wide = down.size === 2 ? apart() : 0;
    down.set(event.pointerId, [x, y]);
    moved += Math.hypot(x - before[0], y - before[1]);
    if (down.size === 2) map.scale(apart() / Math.max(wide, 1), x, y);
    else if (moved > 4) map.move(x - before[0], y - before[1]);
  });
  frame.addEventListener("pointerup", (event) => {
    if (!down.delete(event.pointerId) || moved > 4) return;
    const row = map.under(...at(event));
    if (row === null || (event.pointerType === "touch" && row !== map.chosen)) return choose(map, row);
    if (event.ctrlKey || event.metaKey) window.open(address(map, row), "_blank", "noopener");
    else location.assign(address(map, row));
  });
  frame.addEventListener("pointercancel", (event) => down.delete(event.pointerId));
  frame.addEventListener("pointerleave", () => { if (!frame.matches(":focus")) choose(map, null); });
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return; // the page is scrolled
    event.preventDefault();
    map.scale(Math.exp(-event.deltaY / 300), ...at(event));
  }, { passive: false });
}

function takeKeys(map) {
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== frame) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) map.move(-80 * arrow[0], -80 * arrow[1]);
    else if (arrow) {
      const row = map.beside(...arrow);
      choose(map, row);
      if (row !== null) bringIntoView(map, row);
    } else if (event.key === "Enter" && map.chosen !== null) location.assign(address(map, map.chosen));
    else if (event.key === "Escape") choose(map, null);
    else if (event.key === "+" || event.key === "=") map.scale(STEP);
    else if (event.key === "-") map.scale(1 / STEP);
    else if (event.key === "0") map.glide({ x: 0.5, y: 0.5, zoom: 1 });
    else return;
    event.preventDefault();
    event.stopPropagation(); // no shortcut of the page
  });
}

function addButtons(map) {
  const button = (words, text, action) => {
    const made = element("button", { type: "button", textContent: text });
    made.setAttribute("aria-label", words);
    made.addEventListener("click", action);
    return made;
  };
  frame.append(element("div", { className: "map-buttons" },
    button("Come nearer", "+", () => map.scale(STEP)),
    button("Go back", "−", () => map.scale(1 / STEP)),
    button("Show all", "All", () => map.glide({ x: 0.5, y: 0.5, zoom: 1 }))));
}

function start(data) {
  const map = new PaperMap(frame, data);
  let waiting;
  map.onmove = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => map.gliding || fillList(map), 250); // else its end calls again
  };
  frame.tabIndex = 0;
  frame.setAttribute("role", "application");
  frame.setAttribute("aria-label", `Map of ${several.format(map.count)} papers; the list beside it has those in view`);
  told = element("p", { className: "map-told" });
  told.setAttribute("role", "status");
  frame.append(told);
  addButtons(map);
  followList(map);
  takePointers(map);
  takeKeys(map);
  takeWords(map);
  new ResizeObserver(() => map.fit()).observe(frame);
  const recolour = () => map.readColours();
  new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  document.querySelector(".map-help").hidden = false;
  map.fit();
  frame.dataset.ready = "map";
}

async function open() {
  const waiting = element("p", { className: "map-waits", textContent: "Placing the papers; for a large library this takes a few seconds, once" });
  const slow = setTimeout(() => frame.append(waiting), 300);
  try {
    const answer = await fetch(frame.dataset.map);
    if (!answer.ok) throw new Error(`${answer.status}`);
    start(await answer.json());
  } catch { // no WebGL, or no answer: the picture, and the list
    frame.replaceChildren(element("img", { src: frame.dataset.picture, alt: "The papers as a map; the list beside it has the same papers as links." }));
    frame.dataset.ready = "picture";
  } finally {
    clearTimeout(slow);
    waiting.remove();
  }
}

if (frame) open();
