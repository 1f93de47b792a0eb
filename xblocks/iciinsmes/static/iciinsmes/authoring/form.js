/* The fields of the author's editor as the task's JSON, and what is wrong with it beside its field. Places are paths in that
   JSON, such as questions.0.title: a list has items, and an item has fields and lists of its own. */
(function () {
  "use strict";

  const holder = (node) => node.parentElement.closest("[data-item], [data-ici-studio]");
  const own = (scope, selector) => Array.from(scope.querySelectorAll(selector)).filter((node) => holder(node) === scope);
  const items = (list) => Array.from(list.children).filter((child) => "item" in child.dataset);
  const control = (field) => field.matches("fieldset") ? field.querySelector("input") : field;

  const READ = {
    text: (field) => field.value.trim(),
    line: (field) => field.value.trim().replace(/\s+/g, " "),
    number: (field) => field.value || "0",
    whole: (field) => Number(field.value),
    megabytes: (field) => Math.round(Number(field.value) * 1048576),
    flag: (field) => field.checked,
    set: (field) => Array.from(field.querySelectorAll(":checked")).map((box) => box.value),
  };

  function put(content, path, value) {
    const names = path.split(".");
    const last = names.pop();
    names.reduce((part, name) => part[name] || (part[name] = {}), content)[last] = value;
  }

  /* Keys stay when a title is reworded; new ones are made from the title and never twice. */
  function giveKeys(keyed) {
    const taken = new Set(keyed.map((item) => item.dataset.key).filter(Boolean));
    keyed.filter((item) => !item.dataset.key).forEach((item) => {
      const title = item.querySelector("[data-field=title]").value;
      const stem = title.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40).replace(/-+$/, "") || "item";
      let key = stem;
      for (let number = 2; taken.has(key); number += 1) { key = stem + "-" + number; }
      taken.add(key);
      item.dataset.key = key;
    });
  }

  function read(scope) {
    const content = "key" in scope.dataset ? { key: scope.dataset.key } : {};
    own(scope, "[data-field]").forEach((field) => put(content, field.dataset.field, READ[field.dataset.type || "text"](field)));
    own(scope, "[data-list]").forEach((list) => {
      giveKeys(items(list).filter((item) => "key" in item.dataset));
      put(content, list.dataset.list, items(list).map((item) => "plain" in item.dataset ? read(item).value : read(item)));
    });
    return content;
  }

  /* The field or list at a place; where the place is more exact than the form, the nearest one. */
  function find(scope, place) {
    const list = own(scope, "[data-list]").find((node) => (place + ".").startsWith(node.dataset.list + "."));
    if (list) {
      const rest = place.slice(list.dataset.list.length + 1).split(".");
      const item = items(list)[Number(rest[0] || NaN)];
      return item ? find(item, rest.slice(1).join(".")) || item.querySelector("[data-field]") : list;
    }
    return own(scope, "[data-field]").find((node) => node.dataset.field === place) || null;
  }

  /* What only the browser knows: that a box holds something which is no number or date. */
  function unreadable(form) {
    return Array.from(form.querySelectorAll("input[data-field]")).filter((field) => !field.closest("[hidden]")).flatMap((field) => {
      if (field.validity.badInput) { return [[field, field.type === "number" ? form.dataset.textBadNumber : form.dataset.textBadDate]]; }
      if (field.dataset.type === "whole" && !Number.isInteger(Number(field.value))) { return [[field, form.dataset.textBadWhole]]; }
      return [];
    });
  }

  function clear(field) {
    const box = control(field);
    box.removeAttribute("aria-invalid");
    const note = document.getElementById(box.dataset.note);
    if (!note) { return; }
    const described = (box.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== note.id);
    if (described.length) { box.setAttribute("aria-describedby", described.join(" ")); } else { box.removeAttribute("aria-describedby"); }
    note.remove();
    delete box.dataset.note;
  }

  let notes = 0;
  function mark(target, message) {
    const isList = "list" in target.dataset;
    const box = isList ? target.parentElement.querySelector("[data-add='" + target.dataset.list + "']") : control(target);
    for (let part = box.parentElement; part; part = part.parentElement) {
      if (part.matches("details")) { part.open = true; }
      if ("when" in part.dataset) { part.hidden = false; }
    }
    const known = document.getElementById(box.dataset.note);
    if (known) { known.append(" " + message); return box; }
    const note = document.createElement("p");
    note.className = "wrong";
    note.textContent = message;
    note.id = "ici-s-wrong-" + (notes += 1);
    if (isList) { box.before(note); } else { box.closest("[data-cell]").append(note); }
    box.dataset.note = note.id;
    if (!isList) { box.setAttribute("aria-invalid", "true"); }
    box.setAttribute("aria-describedby", [box.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
    return box;
  }

  window.iciStudioForm = {
    read: read,
    items: items,
    unreadable: unreadable,
    clear: clear,
    clearAll(form) { form.querySelectorAll("[data-note]").forEach(clear); },
    /* Marks every problem, and returns what could not be marked; the first place of the page gets the focus. */
    mark(form, problems) {
      const lost = [];
      const boxes = problems.flatMap(([target, message]) => {
        const field = typeof target === "string" ? find(form, target) : target;
        if (!field) { lost.push(message); return []; }
        return [mark(field, message)];
      });
      boxes.sort((one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
      if (boxes.length) { boxes[0].focus(); boxes[0].scrollIntoView({ block: "center" }); }
      return lost;
    },
  };
})();
