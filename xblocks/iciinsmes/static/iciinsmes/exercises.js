/* The learner's page of an exercise: htmx sends and shows; this moves the focus to what is new, and says what was too large. */
(function () {
  "use strict";
  if (window.iciExercise) { return; }
  const rootOf = (event) => event.target.closest && event.target.closest("[data-ici-exercise]");

  function say(root, text) {
    const note = root.querySelector("[data-ici-problem]");
    note.querySelector("p").textContent = text;
    note.hidden = !text;
    if (text) { window.iciTyped.look(note, "nearest"); }
  }

  function start(root) { window.iciTyped.start(root); }

  document.addEventListener("htmx:configRequest", (event) => {
    const root = rootOf(event);
    if (root) { event.detail.headers["X-CSRFToken"] = window.iciTyped.token(root); say(root, ""); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (rootOf(event) && [409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:responseError", (event) => {
    const root = rootOf(event);
    if (root && event.detail.xhr.status === 413) { say(root, root.dataset.textTooLarge); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const fresh = document.getElementById(event.detail.target.id);
    if (!fresh || !fresh.matches("[data-ici-exercise]")) { return; }
    start(fresh);
    const wrong = fresh.querySelector(".field .wrong");
    const field = wrong && wrong.closest(".field").querySelector("input:not([type=hidden]), select, textarea");
    const focus = field || fresh.querySelector("[data-focus=now]") || fresh.querySelector("[data-focus]");
    focus.focus({ preventScroll: true });
    window.iciTyped.look(focus, field ? "center" : "start");
  });

  // A page of its own has no place in the frame in which the block may stand.
  document.addEventListener("ici-go", (event) => { window.open(event.detail.address, "_top"); });

  window.iciExercise = function (_runtime, element) {
    const place = element.jquery ? element[0] : element;
    const root = place.matches("[data-ici-exercise]") ? place : place.querySelector("[data-ici-exercise]");
    if (!root) { return; }
    start(root);
    if (window.htmx) { window.htmx.process(root); }
  };
})();
