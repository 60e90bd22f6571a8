"use strict";
// Runs before the page is painted. The server prints a chosen theme into <html>;
// where none was chosen, the page follows the device, also when that changes.
(function () {
  const root = document.documentElement;
  const device = window.matchMedia("(prefers-color-scheme: dark)");

  function follow() {
    if (root.dataset.theme === "system") {
      root.dataset.bsTheme = device.matches ? "dark" : "light";
    }
  }

  window.followTheme = follow;
  device.addEventListener("change", follow);
  follow();
})();
