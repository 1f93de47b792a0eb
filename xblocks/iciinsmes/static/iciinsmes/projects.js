/* Fast entries of a project: kept on the device until the server has them, each under the person who wrote it, and sent
   under that person's name only. The id of an entry is made here, so that what is sent twice is entered once. */
(function () {
  "use strict";
  if (window.iciProjects) { return; }
  const NAME = "ici-projects";
  const EVERY = 30000;
  /* What fits through any proxy; a photo is drawn anew at a size at which everything can still be read. */
  const LARGEST = 900 * 1024;
  const SIDE = 1600;
  let sending = null;

  function open() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "id" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  async function work(mode, action) {
    const base = await open();
    try {
      return await new Promise((resolve, reject) => {
        const step = base.transaction("entries", mode);
        const asked = action(step.objectStore("entries"));
        step.oncomplete = () => resolve(asked.result);
        step.onerror = () => reject(step.error);
        step.onabort = () => reject(step.error);
      });
    } finally { base.close(); }
  }

  const all = () => work("readonly", (store) => store.getAll());
  const put = (entry) => work("readwrite", (store) => store.put(entry));
  const drop = (id) => work("readwrite", (store) => store.delete(id));

  function uuid() {
    if (window.crypto.randomUUID) { return crypto.randomUUID(); }
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
  }

  async function shrunk(file) {
    if (!file.type.startsWith("image/") || file.size <= LARGEST) { return file; }
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
      return blob ? new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch (error) { return file; }
  }

  const wordsOf = (entry) => entry.fields.filter(([name]) => ["text", "words", "value", "customer"].includes(name)).map(([, value]) => value).filter(Boolean).join(" · ");

  function start(box) {
    const text = box.dataset;
    const me = text.person;
    const find = (what) => box.querySelector("[data-" + what + "]");
    const mine = (entry) => entry.person === me && entry.project === text.project;

    async function show(signedOut) {
      let entries = [];
      try { entries = await all(); } catch (error) { /* Nothing is kept where nothing can be. */ }
      const own = entries.filter(mine).sort((one, other) => one.at - other.at);
      const others = entries.filter((entry) => entry.person !== me);
      box.hidden = !own.length && !others.length;
      const count = own.length === 1 ? text.textOne : own.length ? text.textMany.replace("%(count)s", own.length) : "";
      if (find("count").textContent !== count) { find("count").textContent = count; }
      find("how").textContent = !own.length ? "" : signedOut ? text.textSignedOut : own.every((entry) => entry.refused) ? "" : text.textOffline;
      find("list").replaceChildren(...own.map(row));
      find("list").hidden = !own.length;
      find("others").hidden = !others.length;
      find("others").textContent = others.length ? text.textOther : "";
    }

    function row(entry) {
      const line = document.createElement("li");
      const words = document.createElement("span");
      words.className = "grow";
      words.textContent = entry.title + ": " + wordsOf(entry);
      line.append(words);
      if (!entry.refused) { return line; }
      const why = document.createElement("p");
      why.className = "wrong";
      why.textContent = text.textRefused + " " + entry.refused;
      words.append(why);
      const correct = button(text.textCorrect, entry, () => bringBack(entry));
      line.append(correct, button(text.textDrop, entry, async () => { await drop(entry.id); show(); }));
      return line;
    }

    function button(label, entry, action) {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.setAttribute("aria-label", label + ": " + wordsOf(entry));
      made.addEventListener("click", action);
      return made;
    }

    /* Puts a refused entry back into its form, with what is wrong at its place; it goes on waiting until it is sent. */
    function bringBack(entry) {
      const form = Array.from(document.querySelectorAll("[data-ici-quick]")).find((each) => each.getAttribute("action") === entry.address);
      if (!form) { window.iciTyped.leave(entry.address); return; }
      form.closest("details").open = true;
      form.querySelectorAll("[name=confirmed]").forEach((field) => field.remove());
      entry.fields.forEach(([name, value]) => { if (form.elements[name] && form.elements[name].type !== "file") { form.elements[name].value = value; } });
      (entry.confirm || []).forEach((token) => {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "confirmed";
        field.value = token;
        form.append(field);
      });
      form.iciFiles = entry.files;
      wrong(form, entry.problems || {}, entry.refused);
      const first = form.querySelector("[aria-invalid]") || form.querySelector("textarea, input:not([type=hidden])");
      first.focus();
      window.iciTyped.look(first, "center");
    }

    function wrong(form, problems, message) {
      form.querySelectorAll("[data-wrong]").forEach((place) => {
        const problem = problems[place.dataset.wrong] || "";
        place.textContent = problem;
        place.hidden = !problem;
        const field = form.elements[place.dataset.wrong];
        if (field && problem) { field.setAttribute("aria-invalid", "true"); } else if (field) { field.removeAttribute("aria-invalid"); }
      });
      const place = form.querySelector("[data-problem]");
      const rest = Object.keys(problems).some((key) => form.querySelector("[data-wrong='" + key + "']")) ? "" : message;
      place.textContent = rest;
      place.hidden = !rest;
    }

    async function send(entry) {
      const body = new FormData();
      entry.fields.forEach(([name, value]) => body.append(name, value));
      entry.files.forEach(([name, file]) => body.append(name, file, file.name));
      let response;
      try {
        response = await fetch(entry.address, {
          method: "POST", body, credentials: "same-origin",
          headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest", "ICI-Person": entry.person, "ICI-Queue": "1" },
        });
      } catch (error) { return "offline"; }
      if (response.status === 201) { await drop(entry.id); return "sent"; }
      const answer = await response.json().catch(() => ({}));
      if (response.status === 401 || response.headers.get("ICI-Here")) { return "away"; }
      /* An old token is no answer about the entry; the next try has a new one. */
      if (response.status === 403) { await fetch(here(), { cache: "no-store", credentials: "same-origin" }).catch(() => null); return "later"; }
      if (response.status >= 500 || [408, 425, 429].includes(response.status)) { return "later"; }
      entry.refused = answer.message || response.status + "";
      entry.problems = answer.problems || {};
      entry.confirm = answer.confirm || [];
      await put(entry);
      return "refused";
    }

    const note = () => document.querySelector("[data-ici-typed]");
    const here = () => note().dataset.here;
    const token = () => note() ? window.iciTyped.token(note()) : "";

    /* One after the other, in the order in which they were written; a second call waits for the first. */
    function sendAll() {
      sending = (sending || Promise.resolve()).then(sendWaiting).catch(() => show());
      return sending;
    }

    async function sendWaiting() {
      const entries = (await all()).filter((entry) => mine(entry) && !entry.refused).sort((one, other) => one.at - other.at);
      let sent = 0;
      let last = "";
      for (const entry of entries) {
        last = await send(entry);
        if (last === "sent") { sent += 1; }
        if (["offline", "away", "later"].includes(last)) { break; }
      }
      await show(last === "away");
      if (sent) { fresh(); }
      return last;
    }

    /* The page shows what was sent, as long as nobody is typing on it. */
    async function fresh() {
      document.querySelectorAll("[data-said]").forEach((place) => { if (place.dataset.waits) { place.textContent = text.textSent; delete place.dataset.waits; } });
      try {
        const page = new DOMParser().parseFromString(await (await fetch(location.href, { credentials: "same-origin" })).text(), "text/html");
        const now = page.querySelector("[data-ici-project]");
        const part = document.querySelector("[data-ici-project]");
        const isTyping = Array.from(part.querySelectorAll("textarea, input:not([type=hidden], [type=date], [type=radio], [type=checkbox], [type=file])")).some((field) => field.value !== field.defaultValue) || part.contains(document.activeElement);
        if (!now || isTyping) { replaceAround(page); return; }
        part.replaceWith(now);
        window.iciTyped.start(now);
        startForms();
        replaceAround(page);
      } catch (error) { /* It is shown at the next visit. */ }
    }

    function replaceAround(page) {
      [".project-gates", ".project-next", ".project-banner"].forEach((place) => {
        const old = document.querySelector(place);
        const now = page.querySelector(place);
        if (old && now) { old.replaceWith(now); }
      });
      document.querySelectorAll(".project-measures, .project-two .rows, .project-part > .rows").forEach((old) => {
        const holder = old.closest("section");
        const id = holder && holder.getAttribute("aria-labelledby");
        const now = id && page.querySelector("section[aria-labelledby='" + id + "'] " + (old.matches("table") ? "table" : ".rows"));
        if (now) { old.replaceWith(now); }
      });
    }

    function today() {
      const now = new Date();
      return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
    }

    async function submit(event, form) {
      event.preventDefault();
      if (form.iciBusy) { form.iciAgain = true; return; }
      form.iciBusy = true;
      form.iciAgain = false;
      const content = new FormData(form);
      const typed = Array.from(form.querySelectorAll("textarea, input:not([type=hidden], [type=date], [type=file])"), (field) => [field, field.value]);
      const chosen = content.getAll("files").filter((file) => file.size);
      const fields = Array.from(content).filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
      const empty = Array.from(form.elements).find((field) => field.required && !field.value.trim());
      if (empty) {
        form.iciBusy = false;
        wrong(form, { [empty.name]: empty.validationMessage || "" }, "");
        empty.focus();
        return;
      }
      const files = chosen.length ? await Promise.all(chosen.map(async (file) => ["files", await shrunk(file)])) : form.iciFiles || [];
      const entry = { id: form.elements.entry_id.value, person: me, project: text.project, address: form.getAttribute("action"), title: form.dataset.title, fields, files, at: Date.now() };
      try { await put(entry); } catch (error) {
        /* Nothing can be kept here: the form is sent as any other, and stays where it is without a network. */
        form.iciBusy = false;
        form.dataset.iciPlain = "1";
        form.querySelector("[data-problem]").textContent = text.textNoStore;
        form.requestSubmit();
        return;
      }
      window.iciTyped.forget(form);
      const day = form.elements.on && form.elements.on.value;
      /* Whoever is quick has begun the next entry meanwhile. */
      const isNext = typed.some(([field, value]) => field.value !== value);
      typed.forEach(([field, value]) => { if (field.value === value) { field.value = ""; } });
      form.querySelectorAll("[type=file]").forEach((field) => { field.value = ""; });
      form.querySelectorAll("[data-ici-preview]").forEach((picture) => { picture.hidden = true; });
      form.querySelectorAll("[name=confirmed]").forEach((field) => field.remove());
      form.iciFiles = null;
      if (day) { form.elements.on.value = day; }
      form.elements.entry_id.value = uuid();
      wrong(form, {}, "");
      const said = form.querySelector("[data-said]");
      said.textContent = text.textKept;
      said.dataset.waits = "1";
      form.iciBusy = false;
      if (form.iciAgain && isNext) {
        form.requestSubmit();
      } else if (document.activeElement && !isNext) {
        form.querySelector("button.go").focus();
        document.activeElement.blur();
      }
      await show();
      const last = await sendAll();
      if (last === "refused") {
        const kept = (await all()).find((each) => each.id === entry.id);
        if (kept && kept.refused && !form.elements.entry_id.iciTouched) { said.textContent = ""; bringBack(kept); }
      }
    }

    function startForms() {
      document.querySelectorAll("[data-ici-quick]").forEach((form) => {
        if (form.iciQuick) { return; }
        form.iciQuick = true;
        if (form.elements.on && form.elements.on.value === form.elements.on.defaultValue) { form.elements.on.value = today(); }
        form.addEventListener("submit", (event) => { if (!form.dataset.iciPlain) { submit(event, form); } });
        form.addEventListener("change", (event) => {
          const picture = form.querySelector("[data-ici-preview]");
          if (event.target.type !== "file" || !picture) { return; }
          const file = event.target.files[0];
          picture.hidden = !file;
          if (file) { picture.src = URL.createObjectURL(file); }
        });
      });
    }

    startForms();
    show().then(() => { if (navigator.onLine) { sendAll(); } });
    window.addEventListener("online", sendAll);
    window.addEventListener("focus", () => { if (!box.hidden) { sendAll(); } });
    setInterval(() => { if (!box.hidden && navigator.onLine && !document.hidden) { sendAll(); } }, EVERY);
  }

  window.iciProjects = function (element) { element.querySelectorAll("[data-ici-waiting]").forEach(start); };

  /* In a unit of the platform no page renders our forms: they get the token of its cookie, and leave the unit's frame. */
  window.iciProject = function (_runtime, element) {
    const place = element.jquery ? element[0] : element;
    const root = place.matches("[data-ici-project]") ? place : place.querySelector("[data-ici-project]");
    if (!root) { return; }
    root.querySelectorAll("form[method=post]").forEach((form) => {
      if (window.top !== window.self) { form.target = "_top"; }
      if (form.elements.csrfmiddlewaretoken) { return; }
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "csrfmiddlewaretoken";
      field.value = window.iciTyped.token(root);
      form.append(field);
    });
    window.iciProjects(root);
  };

  function begin() {
    window.iciProjects(document);
    /* With a script, files go in pieces that survive a lost connection; without one, with the form. */
    document.querySelectorAll(".project-uploads").forEach((place) => {
      place.hidden = false;
      document.querySelectorAll("[data-ici-plain-files]").forEach((plain) => plain.remove());
    });
  }
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", begin); } else { begin(); }
})();
