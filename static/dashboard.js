/* Dashboards: a cell of the table of communes and criteria opens that criterion of the commune.
   The heads of rows and columns are plain links, for keyboards and without this file. */
"use strict";

document.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-matrix] tbody td");
  if (!cell || cell.classList.contains("hm-total")) return;
  const commune = cell.parentElement.querySelector("th a");
  const criterion = cell.closest("table").tHead.rows[0].cells[cell.cellIndex].textContent.trim();
  location.assign(`${commune.href}#c${criterion}`);
});
