"use strict";
// A box in the heading of each district that ticks all of its rows. Without it, tick each.
(function () {
  const form = document.querySelector("form[data-choose-all]");
  if (!form) return;
  form.querySelectorAll("section").forEach(function (section) {
    const boxes = Array.from(section.querySelectorAll("input[name=chosen]"));
    const corner = section.querySelector("thead th:first-child");
    if (boxes.length < 2) return;
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "form-check-input";
    const heading = section.querySelector("h2").textContent;
    all.setAttribute("aria-label", form.dataset.chooseAll + " " + heading);
    function reflect() {
      const ticked = boxes.filter(function (box) { return box.checked; }).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    all.addEventListener("change", function () {
      boxes.forEach(function (box) { box.checked = all.checked; });
    });
    section.addEventListener("change", reflect);
    corner.append(all);
    reflect();
  });
})();
