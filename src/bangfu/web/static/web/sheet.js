// Counts what is chosen on a work sheet and chooses all or none; the page works without it.
"use strict";

const boxes = () => Array.from(document.querySelectorAll("#sheet input[name=case]"));

function count() {
  const told = document.querySelector("[data-chosen]");
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  if (told) told.textContent = `${told.dataset.chosen} ${chosen} / ${all.length}`;
  const head = document.querySelector("#sheet thead .box input");
  if (head) {
    head.checked = chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
}

const head = document.querySelector("#sheet thead .box");
if (head) {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.setAttribute("aria-label", head.textContent.trim());
  head.append(box);
  box.addEventListener("change", () => {
    for (const one of boxes()) {
      if (!one.closest("tr").classList.contains("waits") || !box.checked) one.checked = box.checked;
    }
    count();
  });
  document.getElementById("sheet").addEventListener("change", (event) => {
    if (event.target.name === "case") count();
  });
  count();
}
