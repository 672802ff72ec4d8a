// Small comforts; every page works without them.
"use strict";

// A panel closes when one clicks beside it or presses Escape.
document.addEventListener("click", (event) => {
  for (const panel of document.querySelectorAll("details.who[open], details.pick[open]")) {
    if (!panel.contains(event.target)) panel.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of document.querySelectorAll("details.who[open], details.pick[open]")) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
document.addEventListener("htmx:afterRequest", (event) => {
  delete event.target.dataset?.sent;
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What prints, prints by the browser.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
