/* The learner's page of an exercise: htmx sends and shows; this says what went wrong on the way, moves the focus to what
   is new, and keeps typed words on the device until they have arrived. */
(function () {
  "use strict";
  if (window.iciExercise) { return; }
  const store = window.iciDevice;

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  const rootOf = (event) => event.target.closest && event.target.closest("[data-ici-exercise]");

  function say(root, text) {
    const note = root.querySelector("[data-ici-problem]");
    note.querySelector("p").textContent = text;
    note.hidden = !text;
    if (text) { note.scrollIntoView({ block: "nearest" }); }
  }

  const key = (root, form) => root.dataset.store + ":" + form.dataset.iciKeep;
  const fields = (form) => Array.from(form.elements).filter((field) => field.name && field.type !== "hidden");

  function remember(root, form) {
    store.write(key(root, form), fields(form).map((field) => [field.name, field.value, field.type === "radio" || field.type === "checkbox" ? field.checked : null]));
  }

  function restore(root, form) {
    const kept = store.read(key(root, form)) || [];
    const now = fields(form);
    kept.forEach(([name, value, checked], index) => {
      const field = now[index];
      if (!field || field.name !== name) { return; }
      if (checked === null) { if (!field.value) { field.value = value; } } else if (field.value === value && !now.some((other) => other.name === name && other.defaultChecked)) { field.checked = checked; }
    });
  }

  function start(root) {
    if (root.iciStarted) { return; }
    root.iciStarted = true;
    const form = root.querySelector("[data-ici-keep]");
    if (!form) { return; }
    restore(root, form);
    form.addEventListener("input", () => remember(root, form));
  }

  document.addEventListener("htmx:configRequest", (event) => {
    const root = rootOf(event);
    if (root) { event.detail.headers["X-CSRFToken"] = cookie(root.dataset.csrfCookie); say(root, ""); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (rootOf(event) && [409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const root = rootOf(event);
    const form = event.detail.elt.closest && event.detail.elt.closest("[data-ici-keep]");
    if (root && form && event.detail.xhr.status === 200) { store.drop(key(root, form)); }
  });
  document.addEventListener("htmx:sendError", (event) => { const root = rootOf(event); if (root) { say(root, root.dataset.textOffline); } });
  document.addEventListener("htmx:responseError", (event) => {
    const root = rootOf(event);
    if (root) { say(root, event.detail.xhr.status === 413 ? root.dataset.textTooLarge : root.dataset.textFailed); }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const fresh = document.getElementById(event.detail.target.id);
    if (!fresh || !fresh.matches("[data-ici-exercise]")) { return; }
    start(fresh);
    const wrong = fresh.querySelector(".field .wrong");
    const field = wrong && wrong.closest(".field").querySelector("input:not([type=hidden]), select, textarea");
    const focus = field || fresh.querySelector("[data-focus=now]") || fresh.querySelector("[data-focus]");
    focus.focus({ preventScroll: true });
    focus.scrollIntoView({ block: field ? "center" : "start" });
  });

  window.iciExercise = function (_runtime, element) {
    const place = element.jquery ? element[0] : element;
    const root = place.matches("[data-ici-exercise]") ? place : place.querySelector("[data-ici-exercise]");
    if (!root) { return; }
    start(root);
    if (window.htmx) { window.htmx.process(root); }
  };
})();
