/* The author's editor of a workplace assignment: collects the form as the task's JSON and hands it to the block. */
(function () {
  "use strict";

  const value = (scope, name) => scope.querySelector(":scope [data-name=" + name + "]").value.trim();
  const whole = (text) => Math.trunc(Number(text)) || 0;
  const items = (scope, list) => Array.from(scope.querySelectorAll("[data-list=" + list + "] > [data-item]"));

  /* Keys stay when a title is reworded; new ones are made from the title and never twice. */
  function giveKeys(fields) {
    const taken = new Set(fields.map((field) => field.dataset.key).filter(Boolean));
    fields.filter((field) => !field.dataset.key).forEach((field) => {
      const stem = value(field, "title").toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40) || "item";
      let key = stem;
      for (let number = 2; taken.has(key); number += 1) { key = stem + "-" + number; }
      taken.add(key);
      field.dataset.key = key;
    });
  }

  function collect(form) {
    const questions = items(form, "questions");
    const criteria = items(form, "criteria");
    giveKeys(questions);
    giveKeys(criteria);
    const top = (name) => form.querySelector("#ici-s-" + name).value.trim();
    const evidence = { kinds: Array.from(form.querySelectorAll("[data-kind]:checked")).map((box) => box.dataset.kind), required: form.querySelector("[data-required]").checked };
    form.querySelectorAll("[data-evidence]").forEach((field) => { evidence[field.dataset.evidence] = whole(field.value); });
    form.querySelectorAll("[data-megabytes]").forEach((field) => { evidence[field.dataset.megabytes] = Math.round(Number(field.value) * 1048576); });
    return {
      title: top("title"), purpose: top("purpose"), instructions: top("instructions"), hours: top("hours") || "0", weight: top("weight"),
      questions: questions.map((field) => ({
        key: field.dataset.key, title: value(field, "title"), help: value(field, "help"), min_words: whole(value(field, "min_words")),
        max_words: whole(value(field, "max_words")), min_files: whole(value(field, "min_files")), required: field.querySelector("[data-name=required]").checked,
      })),
      evidence: evidence, statement: form.querySelector("[data-statement]").checked,
      rubric: {
        pass_points: form.querySelector("[data-rubric=pass_points]").value || "0", exceptions: whole(form.querySelector("[data-rubric=exceptions]").value),
        criteria: criteria.map((field) => ({
          kind: "levels", key: field.dataset.key, title: value(field, "title"),
          levels: items(field, "levels").map((level) => ({ points: value(level, "points") || "0", text: value(level, "text") })),
        })),
      },
    };
  }

  window.iciStudio = function (runtime, element) {
    const root = element.jquery || Array.isArray(element) ? element[0] : element;
    const form = root.querySelector("[data-ici-studio]");
    const problems = form.querySelector("[data-problems]");
    const fields = form.querySelector("[data-fields]");
    const choice = form.querySelector("[data-preset]");
    const question = form.querySelector("[data-question]");
    const filled = form.querySelector("[data-filled]");
    const show = (note) => { note.hidden = false; note.focus(); };
    const tell = (message) => { problems.textContent = message; problems.hidden = false; problems.focus(); };

    function send(handler, content) {
      const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
      return fetch(runtime.handlerUrl(root, handler), {
        method: "POST", body: JSON.stringify(content), credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token ? token[1] : "" },
      });
    }

    async function fill() {
      const answer = await send("preset", { key: choice.value }).then((response) => response.ok ? response.json() : null).catch(() => null);
      question.hidden = true;
      if (!answer) { tell(form.dataset.textNoPreset); return; }
      problems.hidden = true;
      fields.innerHTML = answer.html;
      show(filled);
    }

    choice.addEventListener("change", () => { question.hidden = true; filled.hidden = true; });
    form.addEventListener("click", (event) => {
      if (event.target.closest("[data-ask]")) {
        filled.hidden = true;
        if (choice.value) { show(question); } else { choice.focus(); }
        return;
      }
      if (event.target.closest("[data-keep]")) { question.hidden = true; choice.focus(); return; }
      if (event.target.closest("[data-replace]")) { fill(); return; }
      const add = event.target.closest("[data-add]");
      const remove = event.target.closest("[data-remove]");
      if (add) {
        const list = (add.closest("[data-item]") || form).querySelector("[data-list=" + add.dataset.add + "]");
        list.appendChild(form.querySelector("template[data-new=" + add.dataset.add + "]").content.cloneNode(true));
        list.lastElementChild.querySelector("input").focus();
      } else if (remove) {
        remove.closest("[data-item]").remove();
      } else if (event.target.closest("[data-cancel]")) {
        runtime.notify("cancel", {});
      }
    });

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problems.hidden = true;
      runtime.notify("save", { state: "start" });
      let response;
      try {
        response = await send("studio_submit", collect(form));
      } catch (error) {
        runtime.notify("error", { message: form.dataset.textFailed });
        tell(form.dataset.textFailed);
        return;
      }
      if (response.ok) { runtime.notify("save", { state: "end" }); return; }
      const answer = await response.json().catch(() => ({}));
      const message = answer.error || form.dataset.textFailed;
      runtime.notify("error", { message: message });
      tell(message);
    });
  };
})();
