/* The learner's page of a reaction: what was refused is shown in place, and focus goes to what is new. What is typed is
   kept by typed.js. */
(function () {
  "use strict";
  if (window.iciReaction) { return; }
  const isOurs = (event) => Boolean(event.target.closest && event.target.closest("[data-ici-reaction]"));

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (isOurs(event) && [410, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const fresh = document.getElementById(event.detail.target.id);
    if (!fresh || !fresh.matches("[data-ici-reaction]")) { return; }
    window.iciTyped.start(fresh);
    const focus = fresh.querySelector("[data-focus]");
    focus.focus({ preventScroll: true });
    window.iciTyped.look(focus, "start");
  });

  window.iciReaction = function (_runtime, element) {
    const place = element.jquery ? element[0] : element;
    const root = place.matches("[data-ici-reaction]") ? place : place.querySelector("[data-ici-reaction]");
    if (!root) { return; }
    window.iciTyped.start(root);
    if (window.htmx) { window.htmx.process(root); }
  };
})();
