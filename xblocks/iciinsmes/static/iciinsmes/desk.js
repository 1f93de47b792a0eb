/* The teachers' pages: what the server cannot do. Saving itself is htmx; without any script the form still works. */
(function () {
  "use strict";
  const LONGEST_WAIT = 60000;

  /* What listens to the whole window for one work ends with it. */
  let life = new AbortController();

  function columns() {
    const signal = life.signal;
    const desk = document.querySelector(".desk");
    if (!desk) { return; }
    /* The outer columns scroll by themselves and are never taller than the part of the window that they are in. */
    const fit = () => {
      const top = Math.max(desk.getBoundingClientRect().top, 0);
      desk.style.setProperty("--desk-height", Math.round(window.innerHeight - top) + "px");
    };
    window.addEventListener("resize", fit, { signal });
    window.addEventListener("scroll", fit, { passive: true, signal });
    fit();
  }

  function grade(form) {
    const signal = life.signal;
    const draft = form.querySelector("#draft");
    let unsent = false;
    let wait = 5000;
    let retry = 0;
    let saving = false;
    let leaving = false;
    let decision = null;

    function say(text) {
      const state = draft.querySelector("[data-state]");
      state.textContent = text;
      state.classList.toggle("wait", Boolean(text));
    }

    function failed(text) {
      say(text);
      clearTimeout(retry);
      retry = setTimeout(() => htmx.trigger(draft, "again"), wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }

    form.addEventListener("input", () => { unsent = true; leaving = false; });
    form.addEventListener("ici:failed", () => { unsent = true; leaving = false; });
    form.addEventListener("ici:back", () => { if (unsent && !leaving) { htmx.trigger(draft, "again"); } });
    /* A decision carries the whole form. A draft that is saved beside it would be a newer version, and the decision would
       be refused as if somebody else had written: so it waits for a draft under way, and none begins after it. */
    form.addEventListener("submit", (event) => {
      if (saving) {
        event.preventDefault();
        decision = event.submitter;
        return;
      }
      unsent = false;
      leaving = true;
    });
    window.addEventListener("pageshow", () => { leaving = false; }, { signal });
    signal.addEventListener("abort", () => clearTimeout(retry));
    form.addEventListener("htmx:beforeRequest", (event) => {
      if (event.detail.elt !== draft) { return; }
      if (leaving) { event.preventDefault(); return; }
      unsent = false;
      saving = true;
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt !== draft) { return; }
      saving = false;
      const button = decision;
      decision = null;
      if (event.detail.xhr.status === 200) { window.iciTyped.sent(form.iciNote); }
      /* After the answer has brought the draft's new revision into the form. */
      if (button && event.detail.successful) { setTimeout(() => form.requestSubmit(button), 0); }
    });
    /* Refusals come as a part of the form too. */
    form.addEventListener("htmx:beforeSwap", (event) => {
      if ([409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
    });
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) { clearTimeout(retry); wait = 5000; }
    });
    form.addEventListener("htmx:responseError", (event) => {
      const status = event.detail.xhr.status;
      unsent = true;
      if (status < 500) { say(status === 401 ? form.dataset.textSignedOut : form.dataset.textRefused); clearTimeout(retry); } else { failed(form.dataset.textFailed); }
    });
    for (const name of ["htmx:sendError", "htmx:timeout"]) {
      form.addEventListener(name, () => { unsent = true; failed(form.dataset.textFailed); });
    }
    window.addEventListener("online", () => { if (unsent && form.isConnected) { htmx.trigger(draft, "again"); } }, { signal });
    /* The last words before the page is left; an answer is not waited for. */
    window.addEventListener("pagehide", () => {
      if (unsent && form.isConnected) { navigator.sendBeacon(draft.getAttribute("hx-post"), new FormData(form)); }
    }, { signal });

    const criteria = Array.from(form.querySelectorAll("[data-criterion]"));
    const levels = (criterion) => Array.from(criterion.querySelectorAll("input[type=radio]"));
    const number = (criterion) => criterion.querySelector("input[type=number]");
    const chosen = (criterion) => levels(criterion).find((level) => level.checked) || (number(criterion) && number(criterion).value !== "" ? number(criterion) : null);
    const current = () => criteria.findIndex((criterion) => criterion.contains(document.activeElement));
    const firstOpen = () => Math.max(criteria.findIndex((criterion) => !chosen(criterion)), 0);

    function focus(criterion) {
      (number(criterion) || chosen(criterion) || levels(criterion)[0]).focus();
      criterion.scrollIntoView({ block: "nearest" });
    }

    function move(step) {
      const at = current();
      focus(criteria[at < 0 ? firstOpen() : Math.min(Math.max(at + step, 0), criteria.length - 1)]);
    }

    function choose(place) {
      const at = current();
      const criterion = criteria[at < 0 ? firstOpen() : at];
      const box = number(criterion);
      if (box) {
        box.focus();
        box.value = String(place);
        box.dispatchEvent(new Event("input", { bubbles: true }));
        return;
      }
      const level = levels(criterion)[place - 1];
      if (!level) { return; }
      level.checked = true;
      level.focus();
      level.dispatchEvent(new Event("change", { bubbles: true }));
      unsent = true;
    }

    const keys = form.querySelector("[data-keys]");
    /* Private windows and full disks refuse storage; the choice then lasts for this page. */
    try { keys.checked = localStorage.getItem("ici-desk-keys") !== "off"; } catch (error) { keys.checked = true; }
    keys.addEventListener("change", (event) => {
      event.stopPropagation();
      try { localStorage.setItem("ici-desk-keys", keys.checked ? "on" : "off"); } catch (error) { return; }
    });

    document.addEventListener("keydown", (event) => {
      if (!form.isConnected) { return; }
      if (event.ctrlKey && event.key === "Enter") {
        event.preventDefault();
        form.requestSubmit(form.querySelector("[data-release]"));
        return;
      }
      const typing = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox], [type=number])");
      if (typing || !keys.checked || event.ctrlKey || event.metaKey || event.altKey) { return; }
      const key = event.key.toLowerCase();
      if (key === "j" || key === "k") { event.preventDefault(); move(key === "j" ? 1 : -1); }
      if (!event.target.closest("input[type=number]") && /^[1-9]$/.test(key)) { event.preventDefault(); choose(Number(key)); }
    }, { signal });
  }

  function start() {
    life.abort();
    life = new AbortController();
    columns();
    const form = document.querySelector("[data-rubric]");
    if (form) { grade(form); }
  }
  /* The page comes again in parts when a decision was refused. */
  document.addEventListener("ici:page", start);
  start();
}());
