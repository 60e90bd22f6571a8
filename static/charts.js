/* Draws the charts of a page after its text.

   <div class="chart" data-chart="/…/trend.json"> is filled with the figure found at that address.
   This file stands before plotly.js: the figures are on their way while that is being read.
   Figures name colours as var(--ntm-…); they are looked up here, so one figure serves light and
   dark, and the one small template below stands for plotly's own, which is 95 % of a figure. */
"use strict";

(() => {
  const drawn = new Map();
  const answers = new Map();
  const config = {
    displaylogo: false,
    responsive: true,
    locale: document.documentElement.lang,
    modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
  };
  const words = {
    vi: {
      "Download plot as a PNG": "Tải ảnh PNG",
      "Zoom": "Phóng to vùng chọn",
      "Pan": "Di chuyển",
      "Reset axes": "Về ban đầu",
      "Download plot": "Tải ảnh",
      "Taking snapshot - this may take a few seconds": "Đang tạo ảnh, xin chờ vài giây",
      "Snapshot succeeded": "Đã tạo ảnh",
    },
  };

  function registerWords() {
    for (const [name, dictionary] of Object.entries(words)) {
      window.Plotly.register({
        moduleType: "locale",
        name,
        dictionary,
        format: { decimal: ",", thousands: ".", date: "%d/%m/%Y" },
      });
    }
  }

  function resolveColours(value, style) {
    if (typeof value === "string") {
      return value.replace(/var\((--[\w-]+)\)/g, (_, name) => style.getPropertyValue(name).trim());
    }
    if (Array.isArray(value)) return value.map((item) => resolveColours(item, style));
    if (value && typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, resolveColours(item, style)])
      );
    }
    return value;
  }

  function template(style) {
    const ink = style.getPropertyValue("--bs-body-color").trim();
    const grid = style.getPropertyValue("--ntm-grid").trim();
    const paper = style.getPropertyValue("--bs-body-bg").trim();
    const axis = {
      gridcolor: grid, linecolor: grid, zerolinecolor: grid, automargin: true, title: { standoff: 8 },
    };
    return {
      layout: {
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        font: { family: style.getPropertyValue("--bs-body-font-family"), color: ink, size: 13 },
        margin: { l: 8, r: 16, t: 8, b: 8 },
        hoverlabel: { bgcolor: paper, bordercolor: grid, font: { color: ink }, align: "left" },
        modebar: { bgcolor: "rgba(0,0,0,0)", color: grid, activecolor: ink },
        showlegend: false,
        xaxis: axis,
        yaxis: axis,
      },
    };
  }

  function paint(frame) {
    const figure = drawn.get(frame);
    const style = getComputedStyle(document.documentElement);
    const shown = resolveColours(figure, style);
    const narrow = frame.clientWidth < 480 ? { font: { size: 11 } } : {};
    const layout = { ...shown.layout, ...narrow, template: template(style), autosize: true };
    const name = frame.dataset.name || "ntm";
    const options = { ...config, toImageButtonOptions: { filename: name, scale: 2 } };
    return window.Plotly.react(frame, shown.data, layout, options);
  }

  function ask(frame) {
    if (!answers.has(frame)) {
      answers.set(frame, fetch(frame.dataset.chart, { headers: { Accept: "application/json" } }));
    }
    return answers.get(frame);
  }

  async function draw(frame) {
    if (drawn.has(frame)) return;
    drawn.set(frame, null);
    frame.setAttribute("aria-busy", "true");
    try {
      const answer = await ask(frame);
      if (!answer.ok) throw new Error(answer.statusText);
      drawn.set(frame, await answer.json());
      frame.textContent = "";
      await paint(frame);
    } catch {
      drawn.delete(frame);
      frame.textContent = frame.dataset.failed;
      frame.classList.add("chart-failed");
    } finally {
      answers.delete(frame);
      frame.removeAttribute("aria-busy");
    }
  }

  function drawAll(root) {
    for (const frame of root.querySelectorAll("[data-chart]")) draw(frame);
  }

  function forgetRemoved() {
    for (const frame of drawn.keys()) {
      if (!frame.isConnected) {
        window.Plotly.purge(frame);
        drawn.delete(frame);
      }
    }
  }

  function start() {
    registerWords();
    drawAll(document);
    document.body.addEventListener("htmx:afterSettle", (event) => {
      forgetRemoved();
      drawAll(event.target);
    });
    new MutationObserver(() => {
      for (const [frame, figure] of drawn) if (figure) paint(frame);
    }).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
  }

  for (const frame of document.querySelectorAll("[data-chart]")) ask(frame).catch(() => {});
  document.addEventListener("DOMContentLoaded", start);
})();
