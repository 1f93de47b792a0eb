/* The author's editor of a block: presets where it has some, lists that grow and move, saving through the block. */
(function () {
  "use strict";

  function send(runtime, root, handler, content) {
    const note = root.querySelector("[data-ici-typed]");
    return fetch(runtime.handlerUrl(root, handler), {
      method: "POST", body: JSON.stringify(content), credentials: "same-origin",
      headers: Object.assign({ "Content-Type": "application/json" }, window.iciTyped.headers(note)),
    });
  }

  /* Adds, moves and removes; the focus stays with what was pressed, and the place is told to those who do not see it. */
  function lists(form, say) {
    const items = window.iciStudioForm.items;
    const firstBox = (item) => item.querySelector("input, textarea, select");

    function add(button) {
      window.iciStudioForm.clear(button);
      const list = button.parentElement.querySelector("[data-list='" + button.dataset.add + "']");
      list.appendChild(form.querySelector("template[data-new='" + button.dataset.add + "']").content.cloneNode(true));
      firstBox(list.lastElementChild).focus();
    }

    function move(button, step) {
      const item = button.closest("[data-item]");
      const all = items(item.parentElement);
      const other = all[all.indexOf(item) + step];
      if (other && step < 0) { other.before(item); } else if (other) { other.after(item); }
      button.focus();
      say(form.dataset.textMoved.replace("{place}", items(item.parentElement).indexOf(item) + 1).replace("{count}", all.length));
    }

    function remove(button) {
      const item = button.closest("[data-item]");
      form.querySelectorAll("[data-removed]").forEach((old) => old.remove());
      const note = document.createElement("p");
      note.className = "bar removed";
      note.dataset.removed = "";
      note.append(form.dataset.textRemoved);
      const back = document.createElement("button");
      back.type = "button";
      back.textContent = form.dataset.textBack;
      back.addEventListener("click", () => { note.replaceWith(item); firstBox(item).focus(); });
      note.append(back);
      item.replaceWith(note);
      back.focus();
    }

    return { add: add, move: move, remove: remove };
  }

  window.iciStudio = function (runtime, element) {
    const root = element.jquery || Array.isArray(element) ? element[0] : element;
    const form = root.querySelector("[data-ici-studio]");
    const part = (name) => form.querySelector("[data-" + name + "]");
    const fields = part("fields");
    const choice = part("preset");
    const marks = window.iciStudioForm;
    const say = (text) => { part("status").textContent = text; };
    const list = lists(form, say);
    const show = (note) => { note.hidden = false; note.focus(); };
    const tell = (message) => { part("problems").textContent = message; show(part("problems")); };
    let isChanged = false;
    let isSaving = false;

    async function fill() {
      const due = form.querySelector("[data-field=due]");
      const answer = await send(runtime, root, "preset", { key: choice.value }).then((response) => response.ok ? response.json() : null).catch(() => null);
      part("question").hidden = true;
      if (!answer) { tell(choice.dataset.textNoPreset); return; }
      part("problems").hidden = true;
      fields.innerHTML = answer.html;
      /* A preset knows nothing of dates. */
      if (due) { form.querySelector("[data-field=due]").value = due.value; }
      window.iciStudioText.start(form);
      isChanged = true;
      show(part("filled"));
    }

    function switchParts(select) {
      const scope = select.closest("[data-item]") || form;
      scope.querySelectorAll("[data-when='" + select.dataset.field + "']").forEach((section) => {
        section.hidden = !section.dataset.is.split(" ").includes(select.value);
      });
    }

    function localTime() {
      const due = form.querySelector("[data-field=due]");
      const moment = due && due.value ? new Date(due.value + "Z") : null;
      if (due) { part("local-time").textContent = moment ? form.dataset.textLocal.replace("{time}", moment.toLocaleString(document.documentElement.lang.replace(/^en$/, "en-GB") || undefined, { dateStyle: "full", timeStyle: "short" })) : ""; }
    }

    function refuse(problems) {
      const lost = marks.mark(form, problems);
      part("problems").textContent = [form.dataset.textMarked, ...lost].join("\n");
      part("problems").hidden = false;
      if (lost.length === problems.length) { part("problems").focus(); }
    }

    function close() {
      isChanged = false;
      window.iciStudioText.stop(form);
    }

    function leave() {
      close();
      runtime.notify("save", { state: "start" });
      runtime.notify("save", { state: "end" });
    }

    async function save() {
      let response;
      try {
        response = await send(runtime, root, "studio_submit", marks.read(form));
      } catch (error) {
        window.iciTyped.failed(form, null);
        return;
      }
      const answer = await response.json().catch(() => ({}));
      if (response.ok) {
        isChanged = false;
        window.iciTyped.forget(form);
        if (!answer.message) { leave(); return; }
        part("saved").firstElementChild.textContent = answer.message;
        show(part("saved"));
      } else if (answer.problems) {
        refuse(answer.problems.map((problem) => [problem.place, problem.message]));
      } else {
        window.iciTyped.failed(form, response, () => form.requestSubmit());
      }
    }

    const presses = {
      ask: () => { part("filled").hidden = true; if (choice.value) { show(part("question")); } else { choice.focus(); } },
      keep: () => { part("question").hidden = true; choice.focus(); },
      replace: fill,
      add: list.add,
      up: (button) => list.move(button, -1),
      down: (button) => list.move(button, 1),
      remove: list.remove,
      close: leave,
      cancel: () => { if (isChanged) { show(part("leaving")); } else { presses.discard(); } },
      stay: () => { part("leaving").hidden = true; fields.querySelector("input").focus(); },
      discard: () => { close(); window.iciTyped.forget(form); runtime.notify("cancel", {}); },
    };
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[type=button]");
      const name = button && Object.keys(presses).find((known) => known in button.dataset);
      if (!name) { return; }
      if (["add", "up", "down", "remove"].includes(name)) { isChanged = true; }
      presses[name](button);
    });
    if (choice) { choice.addEventListener("change", () => { part("question").hidden = true; part("filled").hidden = true; }); }
    form.addEventListener("input", (event) => {
      /* What was kept on the device has been put back. */
      if (event.target === form) { window.iciStudioText.start(form); isChanged = true; }
      if (!event.target.closest("[data-fields]")) { return; }
      isChanged = true;
      part("saved").hidden = true;
      const field = event.target.closest("[data-field]");
      if (!field) { return; }
      marks.clear(field);
      if ("switch" in field.dataset) { switchParts(field); }
      if (field.dataset.field === "due") { localTime(); }
    });
    /* Texts of one line wrap in the form, and Enter saves as in any other box of one line. */
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.dataset.type === "line") { event.preventDefault(); form.requestSubmit(); }
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isSaving) { return; }
      part("problems").hidden = true;
      part("leaving").hidden = true;
      part("saved").hidden = true;
      marks.clearAll(form);
      const unreadable = marks.unreadable(form);
      if (unreadable.length) { refuse(unreadable); return; }
      isSaving = true;
      await save();
      isSaving = false;
    });
    window.addEventListener("beforeunload", (event) => { if (isChanged && form.isConnected) { event.preventDefault(); } });
    window.iciStudioText.start(form);
    window.iciTyped.start(root);
    localTime();
  };
})();
