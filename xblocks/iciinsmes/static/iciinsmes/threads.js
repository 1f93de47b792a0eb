/* Threads: what was refused comes back as a part of the page too, and the keyboard stays where one writes. */
(function () {
  "use strict";
  if (window.iciThreads) { return; }
  window.iciThreads = true;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422, 429].includes(event.detail.xhr.status) && event.detail.target.closest("[data-thread]")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const asked = event.detail.requestConfig;
    if (!asked || asked.verb !== "post" || !event.detail.target.matches("[data-thread]") || event.detail.xhr.status >= 500) { return; }
    const fresh = document.querySelector("[data-thread]:not([hidden])");
    const wrong = fresh && fresh.querySelector("[role=alert]");
    const field = wrong ? wrong.parentElement.querySelector("textarea") : fresh && fresh.querySelector("[data-thread-form] textarea");
    if (field && event.detail.xhr.status < 430) { field.focus(); }
  });
  /* Sends, and never what else these keys do on the page around. */
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest && event.target.closest("[data-thread] form");
    if (!form || !(event.ctrlKey && event.key === "Enter")) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    form.requestSubmit();
  }, true);
}());
