"use strict";
// The grid: a block pasted into a cell fills the cells from there on; keys walk the cells.
(function () {
  const table = document.querySelector("[data-grid]");
  const form = document.querySelector("[data-grid-form]");
  if (!table || !form) return;
  const said = document.querySelector("[data-grid-said]");
  const rows = Array.from(table.querySelectorAll("tr[data-row]"));

  function cellsOf(row) { return Array.from(row.querySelectorAll("td")); }

  // Rows and cells of a text with tabs; quoted cells may hold line breaks.
  function split(text) {
    const found = [[]];
    const cell = /("(?:[^"]|"")*"(?=\t|\n|$)|[^\t\n]*)(\t|\n|$)/g;
    const plain = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    let match;
    while ((match = cell.exec(plain))) {
      const quoted = match[1].length > 1 && match[1].startsWith('"') && match[1].endsWith('"');
      const bare = quoted ? match[1].slice(1, -1).replace(/""/g, '"') : match[1];
      found[found.length - 1].push(bare.replace(/\s+/g, " ").trim());
      if (!match[2]) break;
      if (match[2] === "\n") found.push([]);
    }
    return found;
  }

  function mark(input) {
    input.classList.toggle("is-typed", input.value !== input.defaultValue);
  }

  function fill(input, text) {
    input.value = text;
    mark(input);
  }

  function place(input) {
    const row = input.closest("tr");
    return [rows.indexOf(row), cellsOf(row).indexOf(input.closest("td"))];
  }

  function inputAt(row, column) {
    const cell = rows[row] && cellsOf(rows[row])[column];
    return cell && cell.querySelector("input");
  }

  // Where each filled cell of a block goes; null if one goes nowhere.
  function targets(block, row, column) {
    const found = [];
    for (let down = 0; down < block.length; down += 1) {
      for (let right = 0; right < block[down].length; right += 1) {
        const text = block[down][right];
        const input = inputAt(row + down, column + right);
        if (text && !input) return null;
        if (text) found.push([input, text]);
      }
    }
    return found;
  }

  // What does not fit into the table goes to the box below it, whole.
  function moveToBox(text, row, column) {
    const box = document.querySelector('textarea[name="block"]');
    const heads = table.querySelectorAll("th[data-code]");
    document.querySelector('[name="first_commune"]').value = rows[row].dataset.row;
    document.querySelector('[name="first_line"]').value = heads[column].dataset.code;
    box.value = text;
    box.focus();
  }

  table.addEventListener("paste", function (event) {
    const input = event.target.closest("input.cell");
    const text = event.clipboardData.getData("text/plain");
    if (!input || !/[\t\n]./.test(text.replace(/\r/g, ""))) return;
    event.preventDefault();
    const [row, column] = place(input);
    const found = targets(split(text), row, column);
    if (found) found.forEach(function (pair) { fill(pair[0], pair[1]); });
    else moveToBox(text, row, column);
    said.textContent = found ? table.dataset.filled : table.dataset.beyond;
    said.classList.remove("visually-hidden");
  });

  table.addEventListener("input", function (event) { mark(event.target); });

  // Up, Down and Enter walk a column past rows that take no scores.
  const steps = { ArrowUp: -1, ArrowDown: 1, Enter: 1 };
  table.addEventListener("keydown", function (event) {
    const input = event.target.closest("input.cell");
    const step = input && !event.isComposing && steps[event.key];
    if (!step) return;
    event.preventDefault();
    const [row, column] = place(input);
    let next = row + step;
    while (rows[next] && !inputAt(next, column)) next += step;
    const target = inputAt(next, column);
    if (!target) return;
    target.focus();
    target.select();
  });

  // Values that a Back brought in again are marked, and leaving with some is asked about.
  const inputs = Array.from(table.querySelectorAll("input.cell"));
  window.addEventListener("pageshow", function () { inputs.forEach(mark); });
  let isSent = false;
  document.addEventListener("submit", function () { isSent = true; });
  window.addEventListener("beforeunload", function (event) {
    if (!isSent && table.querySelector(".is-typed")) event.preventDefault();
  });
})();
