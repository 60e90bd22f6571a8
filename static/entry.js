"use strict";
// The form of an assessment. What is typed is kept in this browser until the server has it, so
// that neither a dropped line nor a closed tab loses it. Without this file the buttons of the
// form save everything at once.
(function () {
  const lines = document.getElementById("lines");
  const prefix = ["ntm", lines.dataset.user, lines.dataset.assessment, ""].join(":");
  const RETRY_MS = 5000;
  const sent = new WeakMap();
  const unsent = new Set();

  function lineOf(element) { return element.closest("[data-line]"); }
  function named(line, name) {
    return line.querySelectorAll('[name="' + name + "-" + line.dataset.line + '"]');
  }
  function typed(line) {
    const value = named(line, "value")[0];
    const verdict = [...named(line, "verdict")].find(function (radio) { return radio.checked; });
    return { value: value ? value.value : "", verdict: verdict ? verdict.value : "",
      note: named(line, "note")[0].value };
  }
  function alike(one, other) {
    return ["value", "verdict", "note"].every(function (name) { return one[name] === other[name]; });
  }

  // What is kept in the browser: what was typed, with the version it was made from.
  function keep(line) {
    const kept = Object.assign(typed(line), { version: named(line, "version")[0].value });
    try { localStorage.setItem(prefix + line.dataset.line, JSON.stringify(kept)); } catch (error) {
      // a full or closed storage: the page still saves over the net
    }
  }
  function kept(line) {
    try { return JSON.parse(localStorage.getItem(prefix + line.dataset.line)); } catch (error) {
      return null;
    }
  }
  function drop(line) {
    try { localStorage.removeItem(prefix + line.dataset.line); } catch (error) {
      // as above
    }
  }
  function restore(line) {
    const found = kept(line);
    if (!found) return;
    if (alike(found, typed(line))) {
      if (!line.querySelector(".line-fault, .line-versions")) drop(line);
      return;
    }
    const value = named(line, "value")[0];
    if (value) value.value = found.value;
    named(line, "verdict").forEach(function (radio) { radio.checked = radio.value === found.verdict; });
    named(line, "note")[0].value = found.note;
    if (found.note) line.querySelector(".line-note").open = true;
    named(line, "version")[0].value = found.version;
    send(line);
  }

  function send(line) { window.htmx.trigger(line, "change"); }
  function mark(line, isUnsent) {
    if (isUnsent) unsent.add(line); else unsent.delete(line);
    line.classList.toggle("is-unsent", isUnsent);
    document.querySelector("[data-unsent]").hidden = !unsent.size;
    document.querySelector("[data-unsent-count]").textContent = [...unsent].map(
      function (each) { return each.dataset.line; }).join(", ");
  }
  function sendAgain() { [...unsent].forEach(send); }

  lines.addEventListener("input", function (event) {
    const line = lineOf(event.target);
    if (line) keep(line);
  });
  lines.addEventListener("change", function (event) {
    const line = lineOf(event.target);
    if (line && event.target !== line) keep(line);
  });
  document.addEventListener("htmx:beforeSend", function (event) {
    if (event.target.matches("[data-line]")) sent.set(event.target, typed(event.target));
  });
  // An answer of the line itself: not of a proxy, an error page or the page that asks to sign in.
  function isOurs(detail) {
    const xhr = detail.xhr;
    return [200, 409, 422].includes(xhr.status) && Boolean(xhr.responseURL)
      && new URL(xhr.responseURL).pathname === detail.requestConfig.path;
  }
  function isSave(event) {
    const line = event.detail.requestConfig.elt;
    return line.matches("[data-line]") && event.detail.requestConfig.verb === "post";
  }
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (isSave(event) && !isOurs(event.detail)) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (!isSave(event)) return;
    const line = event.detail.requestConfig.elt;
    const ours = isOurs(event.detail);
    const status = event.detail.xhr.status;
    const isRefused = !ours && status >= 400 && status < 500;
    line.querySelector(".line-preview").textContent = isRefused ? lines.dataset.refused : "";
    const isSaved = ours && status === 200;
    if (isSaved && sent.has(line) && alike(sent.get(line), typed(line))) drop(line);
    mark(line, !ours);
  });
  setInterval(sendAgain, RETRY_MS);
  window.addEventListener("online", sendAgain);

  // Buttons of a refused line.
  lines.addEventListener("click", function (event) {
    const button = event.target.closest("[data-fill], [data-keep], [data-take]");
    if (!button) return;
    const line = lineOf(button);
    if (button.matches("[data-take]")) { drop(line); return; }
    event.preventDefault();
    if (button.matches("[data-fill]")) named(line, "value")[0].value = button.value;
    keep(line);
    send(line);
  });

  // Keys.
  function stops() {
    return [...lines.querySelectorAll("input:not([type=hidden]), textarea")].filter(function (field) {
      return !field.closest("details:not([open])") && (field.type !== "radio" || field.checked);
    });
  }
  function step(from, by) {
    const fields = stops();
    const here = from.type === "radio" ? fields.find(function (field) { return field.name === from.name; }) : from;
    const next = fields[fields.indexOf(here) + by];
    if (next) next.focus();
  }
  function nextOpen() {
    const all = [...lines.querySelectorAll("[data-line]")];
    const here = all.indexOf(lineOf(document.activeElement));
    const next = all.slice(here + 1).concat(all.slice(0, here + 1)).find(function (line) {
      return line.querySelector("[data-verdict='']");
    });
    if (!next) return;
    (named(next, "value")[0] || named(next, "verdict")[0]).focus();
    next.scrollIntoView({ block: "center" });
  }
  lines.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !event.target.matches("input") || event.isComposing) return;
    event.preventDefault();
    step(event.target, event.shiftKey ? -1 : 1);
  });
  document.addEventListener("keydown", function (event) {
    const help = document.getElementById("shortcuts");
    if (event.key === "Escape") help.open = false;
    if (!event.altKey || event.ctrlKey) return;
    if (event.code === "KeyN") nextOpen();
    else if (event.code === "KeyH") help.open = !help.open;
    else return;
    event.preventDefault();
  });
  const next = document.querySelector("[data-next-open]");
  next.hidden = false;
  next.addEventListener("click", nextOpen);

  document.addEventListener("DOMContentLoaded", function () {
    lines.querySelectorAll("[data-line]").forEach(restore);
  });
})();
