"use strict";
// Conveniences only: every page works without this file.
(function () {
  // The form of the theme switch, without a reload: nothing typed elsewhere is lost.
  document.addEventListener("submit", function (event) {
    const form = event.target.closest("[data-theme-form]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const theme = event.submitter.value;
    const fields = new FormData(form);
    fields.set("theme", theme);
    fetch(form.action, { method: "POST", body: fields, redirect: "manual" });
    const root = document.documentElement;
    root.dataset.theme = theme;
    if (theme === "system") window.followTheme();
    else root.dataset.bsTheme = theme;
    form.querySelectorAll("button").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    });
  });

  // Menus close on Escape and on a click elsewhere.
  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(except)) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) { closeMenus(event.target); });
  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // A list of faults at the top of a form is where the eye and the reader should start.
  const faults = document.querySelector("[data-focus-first]");
  if (faults) faults.focus();

  // htmx: a session that ran out reloads the page (which asks to sign in and comes back);
  // an answer that never came is said in words.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const answered = event.detail.xhr.responseURL;
    const signIn = document.body.dataset.signInUrl;
    if (answered && new URL(answered).pathname === signIn && location.pathname !== signIn) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
  function say(shown) {
    document.getElementById("connection-lost").hidden = !shown;
  }
  document.addEventListener("htmx:sendError", function () { say(true); });
  document.addEventListener("htmx:timeout", function () { say(true); });
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.detail.successful) say(false);
  });
})();
