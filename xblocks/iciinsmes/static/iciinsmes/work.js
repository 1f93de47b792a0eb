/* The learner's page of a workplace assignment: saves while typing, keeps unsent words on the device, notices a second tab. */
(function () {
  "use strict";
  if (window.iciWork) { return; }
  const PAUSE = 1200;
  const KEPT = ["log", "audience", "own_work"];
  const LONGEST_WAIT = 60000;

  const typedWords = window.iciTyped;
  const store = typedWords.store;

  /* A text from elsewhere goes below what stands in the box; nothing that was typed is lost. */
  async function takeOver(event) {
    const link = event.target.closest("[data-ici-source]");
    if (!link) { return; }
    event.preventDefault();
    const say = (message) => { link.parentElement.querySelector("[role=status]").textContent = message; };
    const box = document.getElementById(link.dataset.iciSource);
    const response = await fetch(link.href, { credentials: "same-origin" }).catch(() => null);
    if (!response || !response.ok || response.redirected) { say(link.dataset.textFailed); return; }
    const words = await response.text();
    if (!words) { say(link.dataset.textEmpty); return; }
    say("");
    box.value = box.value.trim() ? box.value.trimEnd() + "\n\n" + words : words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  function start(root) {
    if (root.iciStarted) { return; }
    root.iciStarted = true;
    root.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = typedWords.token(root); });
    typedWords.start(root);
    root.addEventListener("htmx:beforeSwap", (event) => {
      if ([409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
    });
    const form = root.querySelector("[data-ici-draft]");
    if (!form) { store.drop(root.dataset.store); return; }

    root.addEventListener("click", takeOver);
    const find = (what) => root.querySelector("[data-ici-" + what + "]");
    const fields = Array.from(form.elements).filter((field) => field.name.startsWith("answer-") || KEPT.includes(field.name));
    const text = root.dataset;
    const status = find("status");
    let timer = 0;
    let wait = PAUSE;
    let running = null;
    let paused = Boolean(find("conflict"));

    const value = (field) => field.type === "checkbox" ? (field.checked ? "on" : "") : field.value;
    const values = () => Object.fromEntries(fields.filter((field) => field.type !== "radio" || field.checked).map((field) => [field.name, value(field)]));
    const put = (name, wanted) => fields.filter((field) => field.name === name).forEach((field) => {
      if (field.type === "radio") { field.checked = field.value === wanted; return; }
      if (field.type === "checkbox") { field.checked = wanted === "on"; return; }
      field.value = wanted;
      field.dispatchEvent(new CustomEvent("ici:filled"));
    });
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
    let sent = values();

    function say(message) { status.textContent = message; }

    function later(pause) {
      clearTimeout(timer);
      if (!paused) { timer = setTimeout(save, pause); }
    }

    async function save() {
      clearTimeout(timer);
      if (running) { await running; }
      const now = values();
      if (paused || same(now, sent)) { return; }
      say(text.textSaving);
      running = send(now);
      await running;
      running = null;
    }

    async function send(now) {
      let response;
      try {
        response = await typedWords.post(form.iciNote, text.draftUrl, new URLSearchParams(new FormData(form)));
      } catch (error) {
        return retry(text.textOffline);
      }
      const hoursProblem = find("hours-problem");
      if ([401, 403, 404].includes(response.status)) { say(""); typedWords.failed(form, response); return; }
      if (response.status >= 500 || !(response.headers.get("Content-Type") || "").includes("json")) { return retry(text.textFailed); }
      const answer = await response.json();
      hoursProblem.hidden = response.status !== 422;
      if (response.ok) {
        form.elements.revision.value = answer.revision;
        sent = now;
        wait = PAUSE;
        if (same(values(), now)) { store.drop(text.store); say("✓ " + answer.message); } else { later(PAUSE); }
      } else if (response.status === 409) {
        showConflict(answer.html);
      } else if (response.status === 422) {
        hoursProblem.textContent = answer.message;
        say(answer.message);
      } else {
        paused = true;
        say(answer.message || text.textFailed);
      }
    }

    function retry(message) {
      say(message);
      wait = Math.min(wait * 2, LONGEST_WAIT);
      later(wait + Math.random() * 1000);
    }

    function showConflict(html) {
      paused = true;
      find("notices").innerHTML = html;
      typedWords.look(find("conflict"), "nearest");
      say("");
    }

    function settle(take) {
      const box = find("conflict");
      if (take) {
        box.querySelectorAll("[data-ici-other]").forEach((other) => put(other.dataset.iciOther, other.textContent));
      }
      form.elements.revision.value = box.dataset.revision;
      box.remove();
      paused = false;
      sent = take ? values() : {};
      count();
      store.drop(text.store);
      if (take) { say(text.textTaken); } else { save(); }
    }

    function offerLocal() {
      const kept = store.read(text.store);
      if (!kept || paused) { return; }
      const now = values();
      const changed = Object.keys(kept.values).filter((name) => name in now && now[name] !== kept.values[name]);
      if (!changed.length) { store.drop(text.store); return; }
      find("notices").appendChild(find("local").content.cloneNode(true));
      find("when").textContent = new Date(kept.at).toLocaleString(
        document.documentElement.lang.replace(/^en$/, "en-GB") || undefined, { dateStyle: "medium", timeStyle: "short" });
      find("restore").addEventListener("click", () => {
        changed.forEach((name) => put(name, kept.values[name]));
        find("unsent").remove(); count(); save();
      });
      find("forget").addEventListener("click", () => { find("unsent").remove(); store.drop(text.store); });
    }

    function count() {
      fields.filter((field) => field.name.startsWith("answer-")).forEach((field) => {
        const words = field.value.split(/\s+/).filter(Boolean).length;
        field.closest(".field").querySelector("[data-ici-words]").textContent = words;
      });
    }

    /* What was missing at the last try is judged anew at the next one, not while it is being mended. */
    function forgive(field) {
      field.removeAttribute("aria-invalid");
      const wrong = field.closest(".field").querySelector(".below > .wrong");
      if (wrong) { wrong.remove(); }
    }

    function typed(event) {
      forgive(event.target);
      store.write(text.store, { values: values(), at: Date.now() });
      count();
      say(text.textChanged);
      later(PAUSE);
    }

    fields.forEach((field) => field.addEventListener("input", typed));
    form.addEventListener("submit", (event) => event.preventDefault());
    root.addEventListener("click", (event) => {
      if (event.target.closest("[data-ici-keep]")) { settle(false); }
      if (event.target.closest("[data-ici-take]")) { settle(true); }
    });
    root.addEventListener("ici:files", (event) => {
      const wrong = event.target.closest(".field, [data-ici-evidence]").querySelector("[data-ici-files-wrong]");
      if (wrong) { wrong.remove(); }
    });
    window.addEventListener("online", () => later(0));
    document.addEventListener("visibilitychange", () => { if (document.hidden) { save(); } });
    /* Whoever presses "Next" outside of the unit's frame leaves it with the finger already. */
    window.addEventListener("blur", () => save());

    /* A hand-in carries the whole form; a save under way must end first, or it would look like a second tab. */
    root.addEventListener("htmx:confirm", (event) => {
      if (!event.target.hasAttribute("data-ici-hand-in") || !running) { return; }
      event.preventDefault();
      running.then(() => event.detail.issueRequest());
    });
    root.addEventListener("htmx:beforeRequest", (event) => {
      if (event.target.hasAttribute("data-ici-hand-in")) { clearTimeout(timer); find("hand-in-problem").hidden = true; }
    });
    const unhanded = (event) => {
      if (!event.target.hasAttribute("data-ici-hand-in")) { return; }
      const problem = find("hand-in-problem");
      problem.textContent = text.textUnhanded;
      problem.hidden = false;
    };
    root.addEventListener("htmx:sendError", unhanded);
    root.addEventListener("ici:back", () => later(0));
    offerLocal();
  }

  function startAll(scope) {
    scope.querySelectorAll("[data-ici-work]").forEach(start);
    if (scope.matches && scope.matches("[data-ici-work]")) { start(scope); }
  }

  /* XBlock runtimes call this with the block's element; pages without a runtime get it on load. */
  window.iciWork = function (runtime, element) {
    const node = element.jquery || Array.isArray(element) ? element[0] : element;
    startAll(node);
    if (window.iciUploads) { window.iciUploads(node); window.iciItems(node); window.iciRecorder(node); }
    if (window.iciHours) { window.iciHours(node); }
    if (window.htmx) { window.htmx.process(node); }
  };

  document.addEventListener("htmx:afterSwap", (event) => {
    const fresh = document.getElementById(event.detail.target.id);
    if (!fresh || !fresh.matches("[data-ici-work]")) { return; }
    start(fresh);
    const focus = fresh.querySelector("[data-focus-first]") || fresh.querySelector("[data-focus]");
    focus.focus({ preventScroll: true });
    typedWords.look(focus, "start");
  });
  document.addEventListener("DOMContentLoaded", () => startAll(document));
})();
