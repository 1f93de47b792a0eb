/* Links, notes and pasted tables: keeps what is typed on the device and sends it when there is a network. */
(function () {
  "use strict";
  if (window.iciItems) { return; }
  const PAUSE = 500;
  const store = window.iciTyped.store;
  let count = 0;

  function start(root) {
    const work = root.closest("[data-ici-work]");
    const tools = root.iciTools;
    if (!work || !tools || root.iciItems) { return; }
    root.iciItems = true;
    const slot = root.querySelector("[data-ici-slot]");
    const text = root.dataset;
    const key = work.dataset.store + ":item:" + text.question;
    let form = null;
    let target = null;
    let waiting = false;
    let sending = false;
    let timer = 0;

    const part = (name) => form.querySelector(name);
    const values = () => Object.fromEntries(new FormData(form));
    const filled = () => form && Object.entries(values()).some(([name, value]) => !["date", "header"].includes(name) && value.trim());

    function wrong(name, message) {
      const place = part("[data-wrong='" + name + "']") || part("[data-wrong='']");
      const field = form.elements[name];
      place.textContent = message;
      place.hidden = !message;
      if (!field) { return; }
      if (message) { field.setAttribute("aria-invalid", "true"); } else { field.removeAttribute("aria-invalid"); }
    }

    /* Links every message to its field: the copies of one form need ids of their own. */
    function name(place) {
      count += 1;
      place.id = "ici-item-wrong-" + count;
      const field = form.elements[place.dataset.wrong];
      if (field) { field.setAttribute("aria-describedby", place.id); }
    }

    function open(kind, filling, changed) {
      slot.replaceChildren(work.querySelector("template[data-ici-item-form=" + kind + "]").content.cloneNode(true));
      form = slot.firstElementChild;
      form.dataset.kind = kind;
      target = changed;
      waiting = false;
      form.querySelectorAll("[data-wrong]").forEach(name);
      if (changed) { part("[data-add]").textContent = text.textSave; }
      Array.from(form.elements).filter((field) => field.name).forEach((field) => {
        if (field.type === "checkbox") { field.checked = filling ? Boolean(filling[field.name]) : field.checked; return; }
        if (filling) { field.value = filling[field.name] || ""; } else if ("today" in field.dataset) { field.value = today(); }
      });
      const more = root.querySelector(".ici-more");
      if (more) { more.open = true; }
      if (filling) { preview(); }
    }

    function today() {
      const now = new Date();
      return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    }

    function close() {
      clearTimeout(timer);
      slot.replaceChildren();
      form = null;
      target = null;
      store.drop(key);
    }

    function insist() {
      wrong("", text.textOpen);
      form.elements[0].focus();
    }

    async function preview() {
      if (!form || form.dataset.kind !== "table" || !form.elements.text.value.trim()) { return; }
      const asked = form;
      try {
        const response = await tools.post(text.itemPreviewUrl, new URLSearchParams(new FormData(form)));
        const content = await response.text();
        if (form !== asked) { return; }
        const place = part("[data-ici-preview]");
        place.innerHTML = response.ok ? content : "";
        if (response.status === 422) { wrong("text", JSON.parse(content).message); }
      } catch (error) { /* Without a network there is no preview; adding waits for the network. */ }
    }

    async function send() {
      if (sending) { return; }
      sending = true;
      waiting = false;
      form.querySelectorAll("[data-wrong]").forEach((place) => wrong(place.dataset.wrong, ""));
      const body = new URLSearchParams(new FormData(form));
      body.set("kind", form.dataset.kind);
      if (target) { body.set("revision", target.revision); }
      try {
        const response = await tools.post(target ? target.url : text.itemAddUrl, body);
        answered(response, await response.json().catch(() => ({})));
      } catch (error) {
        waiting = true;
        if (form) { wrong("", text.textUnsaved); }
      }
      sending = false;
    }

    function answered(response, answer) {
      if (!form) { if (response.ok) { tools.merge(answer.html); } return; }
      if (response.ok) {
        const said = target ? text.textSaved : text.textAdded;
        close();
        tools.merge(answer.html);
        tools.say(said);
        root.querySelector("[data-ici-files]").focus();
      } else if (answer.revision) {
        target.revision = answer.revision;
        const other = part("[data-ici-other]");
        other.innerHTML = answer.html;
        other.prepend(answer.message);
        other.hidden = false;
        keep();
      } else if (answer.problems) {
        Object.entries(answer.problems).forEach(([field, message]) => wrong(field, message));
        part("[aria-invalid]").focus();
      } else {
        waiting = response.status === 401;
        wrong("", answer.message || (response.status === 403 ? text.textSignedOut : text.textFailed));
        if ([401, 403].includes(response.status)) { window.iciTyped.failed(work, response); }
      }
    }

    async function attach(button) {
      button.disabled = true;
      try {
        const response = await tools.post(button.dataset.attachUrl, new URLSearchParams({ result: button.dataset.iciAttach }));
        const answer = await response.json().catch(() => ({}));
        if (!response.ok) { tools.problem(answer.message || text.textFailed); button.disabled = false; return; }
        root.querySelector("[data-ici-results]").replaceChildren();
        tools.problem("");
        tools.merge(answer.html);
        tools.say(text.textAdded);
        root.querySelector("[data-ici-files]").focus();
      } catch (error) {
        tools.problem(text.textUnsaved);
        button.disabled = false;
      }
    }

    function keep() { store.write(key, { kind: form.dataset.kind, values: values(), target }); }

    async function change(button) {
      if (filled()) { insist(); return; }
      try {
        const answer = await fetch(button.dataset.iciChange, { credentials: "same-origin" }).then((response) => response.json());
        if (!answer.fields) { tools.problem(answer.message || text.textFailed); return; }
        open(answer.kind, answer.fields, { url: button.dataset.changeUrl, revision: answer.revision });
        form.elements[0].focus();
      } catch (error) {
        tools.problem(text.textFailed);
      }
    }

    root.addEventListener("click", (event) => {
      const add = event.target.closest("[data-ici-new]");
      const edit = event.target.closest("[data-ici-change]");
      if ((add || edit) && slot.querySelector(".ici-recorder")) { slot.querySelector("button").focus(); return; }
      if (add && filled()) { insist(); return; }
      if (add) { open(add.dataset.iciNew, null, null); form.elements[0].focus(); }
      if (edit) { change(edit); }
      const result = event.target.closest("[data-ici-attach]");
      if (result) { attach(result); }
      if (event.target.closest("[data-ici-results-close]")) {
        root.querySelector("[data-ici-results]").replaceChildren();
        root.querySelector("[data-ici-files]").focus();
      }
      if (form && form.contains(event.target) && event.target.closest("[data-discard]")) {
        close();
        root.querySelector("[data-ici-files]").focus();
      }
    });
    slot.addEventListener("input", (event) => {
      if (!form) { return; }
      wrong(event.target.name, "");
      wrong("", "");
      keep();
      clearTimeout(timer);
      timer = setTimeout(preview, PAUSE);
    });
    slot.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); send(); });
    const later = () => { if (form && waiting && root.isConnected) { send(); } };
    window.addEventListener("online", later);
    work.addEventListener("ici:back", later);

    /* A hand-in takes what the server has. */
    work.addEventListener("htmx:confirm", (event) => {
      if (!event.target.hasAttribute("data-ici-hand-in") || !root.isConnected || !filled()) { return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      insist();
    }, true);

    const kept = store.read(key);
    if (kept) {
      const isThere = kept.target && Array.from(root.querySelectorAll("[data-change-url]")).some((row) => row.dataset.changeUrl === kept.target.url);
      open(kept.kind, kept.values, isThere ? kept.target : null);
    }
  }

  window.iciItems = function (element) { element.querySelectorAll("[data-ici-uploads]").forEach(start); };
  document.addEventListener("htmx:load", (event) => window.iciItems(event.detail.elt));
  document.addEventListener("DOMContentLoaded", () => window.iciItems(document));
})();
