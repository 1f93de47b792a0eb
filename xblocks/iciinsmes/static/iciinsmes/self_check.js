/* The learner's page of a self-check: sends what was changed while somebody goes through it, counts, and unfolds the next part.
   Only what was changed is sent, so that two devices at once do not take back each other's answers. */
(function () {
  "use strict";
  if (window.iciSelfCheck) { return; }
  const PAUSE = 900;
  const words = window.iciTyped;

  function start(root) {
    const form = root.querySelector("form");
    if (!form || form.iciChecks) { return; }
    form.iciChecks = true;
    words.start(root);
    const status = form.querySelector("[data-ici-status]");
    const changed = new Set();
    let timer = 0;
    let running = null;

    const groups = Array.from(form.querySelectorAll("[data-group]"));
    const isDone = (item) => Boolean(item.querySelector("[type=radio]:checked"));
    const doneIn = (group) => Array.from(group.querySelectorAll("[data-item]")).filter(isDone).length;

    function count() {
      groups.forEach((group) => { group.querySelector("[data-done]").textContent = doneIn(group); });
      form.querySelector("[data-all]").textContent = groups.map(doneIn).reduce((sum, done) => sum + done, 0);
    }

    /* The last answer of a part leads to the next one, when it was tapped for the first time. */
    function lead(item) {
      const group = item.closest("[data-group]");
      if (group.iciLed || doneIn(group) < group.querySelectorAll("[data-item]").length) { return; }
      group.iciLed = true;
      const next = groups.slice(groups.indexOf(group) + 1).find((other) => doneIn(other) < other.querySelectorAll("[data-item]").length);
      if (!next || next.open) { return; }
      next.open = true;
      words.look(next.querySelector("summary"), "center");
    }

    function later(pause) { clearTimeout(timer); timer = setTimeout(save, pause); }

    function body(names) {
      const content = new URLSearchParams();
      content.set("number", form.elements.number.value);
      content.set("mark", form.elements.mark.value);
      names.forEach((name) => {
        const field = name.startsWith("choice-") ? form.querySelector("[name='" + CSS.escape(name) + "']:checked") : form.elements[name];
        if (!field) { return; }
        content.set(name, field.value);
        if (name.startsWith("proof-")) { content.set(name.replace("proof-", "was-"), form.elements[name.replace("proof-", "was-")].value); }
      });
      return content;
    }

    async function post() {
      const names = Array.from(changed);
      const sent = body(names);
      const note = words.noteOf(form);
      changed.clear();
      note.iciSent = note.iciVersion;
      let response = null;
      try {
        response = await words.post(note, root.dataset.draftUrl, sent);
      } catch (error) { /* No network: told below. */ }
      if (!form.isConnected || (response && response.status === 410)) { return; }
      if (!response || !response.ok) {
        names.forEach((name) => changed.add(name));
        words.failed(form, response, null);
        return;
      }
      names.filter((name) => name.startsWith("proof-")).forEach((name) => { form.elements[name.replace("proof-", "was-")].value = sent.get(name); });
      status.textContent = "✓ " + (await response.json()).message;
      words.sent(note);
    }

    async function save() {
      if (running) { await running; }
      if (!changed.size || !form.isConnected) { return; }
      running = post();
      await running;
      running = null;
    }

    form.addEventListener("input", (event) => {
      count();
      const names = event.target === form ? Array.from(form.elements).map((field) => field.name) : [event.target.name];
      names.filter((name) => /^(choice|proof)-/.test(name)).forEach((name) => changed.add(name));
      status.textContent = root.dataset.textChanged;
      later(PAUSE);
    });
    form.addEventListener("change", (event) => {
      if (event.target.type === "radio") { lead(event.target.closest("[data-item]")); }
    });
    /* Sending carries what the server does not have yet, so that it takes back no newer answer of another device; what is
       under way ends first. */
    form.addEventListener("htmx:configRequest", (event) => {
      if (event.target !== form) { return; }
      const known = Array.from(event.detail.formData.keys()).filter((name) => /^(choice|proof|was)-/.test(name));
      known.filter((name) => !changed.has(name) && !changed.has(name.replace("was-", "proof-"))).forEach((name) => event.detail.formData.delete(name));
    });
    form.addEventListener("htmx:confirm", (event) => {
      clearTimeout(timer);
      if (!running) { return; }
      event.preventDefault();
      running.then(() => event.detail.issueRequest());
    });
    root.addEventListener("ici:back", () => later(0));
    window.addEventListener("online", () => later(0));
    document.addEventListener("visibilitychange", () => { if (document.hidden) { save(); } });
    /* Whoever presses "Next" outside of the unit's frame leaves it with the finger already. */
    window.addEventListener("blur", () => save());
    count();
  }

  const rootOf = (event) => event.target.closest && event.target.closest("[data-ici-self-check]");
  document.addEventListener("htmx:configRequest", (event) => {
    const root = rootOf(event);
    if (root) { event.detail.headers["X-CSRFToken"] = words.token(root); }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (rootOf(event) && event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const fresh = document.getElementById(event.detail.target.id);
    if (!fresh || !fresh.matches("[data-ici-self-check]")) { return; }
    start(fresh);
    const focus = fresh.querySelector("[data-focus]");
    focus.focus({ preventScroll: true });
    words.look(focus, "start");
  });

  window.iciSelfCheck = function (_runtime, element) {
    const place = element.jquery ? element[0] : element;
    const root = place.matches("[data-ici-self-check]") ? place : place.querySelector("[data-ici-self-check]");
    if (!root) { return; }
    start(root);
    if (window.htmx) { window.htmx.process(root); }
  };
})();
