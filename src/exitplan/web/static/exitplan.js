/* The little that HTMX does not do. Every page reads and saves without it. */
"use strict";

/* The menu stands open beside the page where there is room, and folds away on a phone. */
const wide = window.matchMedia("(min-width: 60rem)");
const menu = document.getElementById("menu");
if (menu) {
  const fold = () => { menu.open = wide.matches; };
  fold();
  wide.addEventListener("change", fold);
}

/* The token that shows a form to be ours goes along with what HTMX sends. */
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
});

/* Leaving a form with words that are not saved yet is asked about. */
let typed = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-keep]")) typed = true; });
document.addEventListener("submit", () => { typed = false; });
window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

/* One box above a column of boxes ticks them all. */
document.addEventListener("change", (event) => {
  const name = event.target.dataset.chooses;
  if (!name) return;
  for (const box of event.target.form.querySelectorAll(`input[type=checkbox][name="${name}"]`)) box.checked = event.target.checked;
});
