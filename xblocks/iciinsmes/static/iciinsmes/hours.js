/* The log of hours: lines that people see, kept in one hidden field that is saved like any other. */
(function () {
  "use strict";
  if (window.iciHours) { return; }

  function start(root) {
    if (root.iciStarted) { return; }
    root.iciStarted = true;
    const field = root.querySelector("[name=log]");
    const lines = root.querySelector("[data-lines]");
    const template = root.querySelector("template[data-line]");
    const parts = (line) => Object.fromEntries(Array.from(line.querySelectorAll("[data-part]"), (part) => [part.dataset.part, part.value.trim()]));
    const number = (text) => Number(text.replace(",", "."));

    function today() {
      const now = new Date();
      return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    }

    function add(values) {
      const line = template.content.firstElementChild.cloneNode(true);
      line.querySelectorAll("[data-part]").forEach((part) => { part.value = values[part.dataset.part] || ""; });
      lines.append(line);
      return line;
    }

    function count() {
      const sum = Array.from(lines.children, (line) => number(parts(line).hours) || 0).reduce((one, other) => one + other, 0);
      root.querySelector("[data-total]").textContent = (Math.round(sum * 100) / 100).toLocaleString(document.documentElement.lang || undefined);
    }

    function draw() {
      let kept = [];
      try { kept = JSON.parse(field.value || "[]"); } catch (error) { /* The server says what is wrong with it. */ }
      lines.replaceChildren();
      kept.forEach(add);
      if (!kept.length) { add({ date: today() }); }
      count();
    }

    function keep() {
      field.value = JSON.stringify(Array.from(lines.children, parts).filter((line) => line.hours || line.what));
      count();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    lines.addEventListener("input", (event) => {
      event.stopPropagation();
      if (event.target.dataset.part === "hours") { event.target.removeAttribute("aria-invalid"); }
      keep();
    });
    lines.addEventListener("focusout", (event) => {
      if (event.target.dataset.part === "hours" && !(number(event.target.value) >= 0)) { event.target.setAttribute("aria-invalid", "true"); }
    });
    root.addEventListener("click", (event) => {
      if (event.target.closest("[data-add-line]")) { add({ date: today() }).querySelector("[data-part=hours]").focus(); }
      const remove = event.target.closest("[data-remove-line]");
      if (!remove) { return; }
      remove.closest("li").remove();
      keep();
      root.querySelector("[data-add-line]").focus();
    });
    field.addEventListener("ici:filled", draw);
    draw();
  }

  window.iciHours = function (element) { element.querySelectorAll("[data-ici-log]").forEach(start); };
  document.addEventListener("htmx:load", (event) => window.iciHours(event.detail.elt));
  document.addEventListener("DOMContentLoaded", () => window.iciHours(document));
})();
