// The search box of a page in one file: what does not match is hidden in the list, dimmed when drawn.
"use strict";
(() => {
  const box = document.querySelector(".find");
  const field = document.getElementById("find");
  const told = box.querySelector("[role=status]");
  const items = [...document.querySelectorAll(".entry")];
  const texts = items.map((item) => item.textContent.toLowerCase());
  const drawn = [...document.querySelectorAll("svg a[href^='#']")];
  function find() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = new Set();
    items.forEach((item, place) => {
      item.hidden = !words.every((word) => texts[place].includes(word));
      if (!item.hidden) fitting.add("#" + item.id);
    });
    for (const link of drawn) link.classList.toggle("dimmed", words.length > 0 && !fitting.has(link.getAttribute("href")));
    for (const part of document.querySelectorAll("section")) part.hidden = !part.querySelector(".entry:not([hidden])");
    told.textContent = words.length ? `${fitting.size} of ${items.length}` : "";
  }
  box.hidden = false;
  field.addEventListener("input", find);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== field) {
      event.preventDefault();
      field.focus();
    } else if (event.key === "Escape" && document.activeElement === field) {
      field.value = "";
      find();
    }
  });
})();
