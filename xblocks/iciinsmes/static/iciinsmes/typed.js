/* Keeps what is typed on the page and on the device until the server has it: decision 19. A form takes part with the note
   of the template tag `typed`. */
(function () {
  "use strict";
  if (window.iciTyped) { return; }
  const PREFIX = "ici-typed:";
  const EVERY = 4000;
  const LATE_RESIZE = 1000;
  const waiting = new Set();
  const refused = new Set();
  let timer = 0;
  let asking = false;

  /* Private windows and full disks refuse storage; pages then work without a copy. */
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch (error) { /* see above */ } },
    drop(key) { try { localStorage.removeItem(key); } catch (error) { /* see above */ } },
    keys() { try { return Object.keys(localStorage); } catch (error) { return []; } },
  };

  function token(note) {
    const name = note.dataset.csrfCookie + "=";
    const found = document.cookie.split("; ").find((part) => part.startsWith(name));
    return found ? decodeURIComponent(found.slice(name.length)) : "";
  }

  function headers(note) {
    const all = { "X-CSRFToken": token(note), "X-Requested-With": "XMLHttpRequest", "ICI-Typed": "1" };
    if (note.dataset.person) { all["ICI-Person"] = note.dataset.person; }
    return all;
  }

  /* A small form arrives although its page goes away meanwhile, as in the learning app; browsers allow 64 KB. */
  function post(note, address, body) {
    return fetch(address, { method: "POST", body, credentials: "same-origin", headers: headers(note), keepalive: String(body).length < 60000 });
  }

  const formOf = (note) => note.dataset.form ? document.getElementById(note.dataset.form) : note.closest("form");
  const keyOf = (note) => PREFIX + note.dataset.person + ":" + note.dataset.iciTyped;
  const box = (note) => note.querySelector("[role=alert]");
  const part = (note, name) => note.querySelector("[data-" + name + "]");

  function noteOf(node) {
    for (let around = node.form || node; around; around = around.parentElement) {
      if (around.iciNote && around.iciNote.isConnected) { return around.iciNote; }
    }
    return null;
  }

  const isWords = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !field.closest("[data-not-kept]");
  const fieldsOf = (form) => Array.from(form.elements).filter(isWords);
  const isTick = (field) => field.type === "checkbox" || field.type === "radio";
  const value = (field) => isTick(field) ? field.checked : field.value;
  function begun(field) {
    if (isTick(field)) { return field.defaultChecked; }
    if (field.options) { const chosen = Array.from(field.options).find((option) => option.defaultSelected); return chosen ? chosen.value : field.options.length ? field.options[0].value : ""; }
    return field.defaultValue;
  }

  /* Forms that grow are kept as HTML, with what was typed written into it. */
  function inside(form) {
    form.querySelectorAll("[data-fields] :is(input, textarea, select)").forEach((field) => {
      if (isTick(field)) { field.toggleAttribute("checked", field.checked); return; }
      if (field.options) { Array.from(field.options).forEach((option) => option.toggleAttribute("selected", option.selected)); return; }
      if (field.type !== "file") { field.defaultValue = field.value; }
    });
    const copy = form.querySelector("[data-fields]").cloneNode(true);
    copy.querySelectorAll("[data-not-kept]").forEach((part) => part.remove());
    return copy.innerHTML;
  }

  const textOf = (form) => (form.querySelector("[data-fields]") ? Array.from(form.querySelectorAll("[data-fields] :is(input:not([type=checkbox], [type=radio]), textarea)")) : fieldsOf(form).filter((field) => !isTick(field) && !field.options)).map((field) => field.value).filter((text) => text.trim()).join("\n\n");

  function keep(note) {
    const form = formOf(note);
    if (!form || note.dataset.keep === "no") { return; }
    const kept = note.dataset.keep === "inside" ? { inside: inside(form) } : { fields: fieldsOf(form).map((field) => [field.name, isTick(field) ? field.value : null, value(field)]) };
    store.write(keyOf(note), Object.assign(kept, { at: Date.now() }));
  }

  function pairs(form, kept) {
    const left = fieldsOf(form);
    return (kept.fields || []).flatMap(([name, of, was]) => {
      const at = left.findIndex((field) => field.name === name && (of === null || field.value === of));
      return at < 0 ? [] : [[left.splice(at, 1)[0], was]];
    });
  }

  function put(note, kept) {
    const form = formOf(note);
    if (kept.inside) { form.querySelector("[data-fields]").innerHTML = kept.inside; }
    pairs(form, kept).forEach(([field, was]) => {
      if (isTick(field)) { field.checked = was; } else { field.value = was; }
      for (let around = field.closest("details"); around; around = around.parentElement.closest("details")) { if (value(field)) { around.open = true; } }
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function show(note, what, buttons, more) {
    /* Not a part of the form before there is something to say: its first button is the form's own. */
    if (!box(note)) { note.append(note.querySelector("template").content.cloneNode(true)); }
    const now = box(note);
    now.querySelector("p").textContent = [note.dataset["text" + what], more].filter(Boolean).join(" ");
    if (!formOf(note)) { buttons = buttons.filter((name) => name !== "typed-copy"); }
    ["sign-in", "typed-use", "typed-copy", "typed-drop"].forEach((name) => { part(note, name).hidden = !buttons.includes(name); });
    part(note, "sign-in").parentElement.hidden = !buttons.length;
    now.classList.toggle("good", what === "Back");
    now.classList.toggle("warn", what !== "Back");
    note.dataset.says = what;
    for (let around = note.closest("details"); around; around = around.parentElement.closest("details")) { around.open = true; }
  }

  function hide(note) { if (box(note)) { box(note).remove(); } delete note.dataset.says; }

  /* The learning app gives a frame the page's height after a change, and takes back what was scrolled till then. */
  function look(part, block) {
    const go = () => part.scrollIntoView({ block: block });
    go();
    if (window.parent === window) { return; }
    window.addEventListener("resize", go);
    setTimeout(() => window.removeEventListener("resize", go), LATE_RESIZE);
  }

  function move(note) {
    const form = formOf(note);
    const field = document.activeElement;
    if (!form || field.form !== form || field.matches("button")) { look(note, "center"); return; }
    const place = field.closest(".field, fieldset");
    if (place && place.contains(field) && !place.matches("form")) { place.after(note); }
  }

  /* Words of one person are not for the eyes of another, who has signed in meanwhile. */
  function cover(note, isCovered) {
    const form = formOf(note);
    if (form) { Array.from(form.elements).forEach((field) => field.toggleAttribute("data-ici-covered", isCovered)); }
  }

  /* Says what went wrong. `answer` has a status (0 for none) and `header(name)`; `again` is done once the person is back,
     and only where the server has surely not done it. */
  function fail(note, answer, again) {
    keep(note);
    /* The step that was pressed is still to be done. */
    note.iciAgain = again || (waiting.has(note) ? note.iciAgain : null);
    note.dispatchEvent(new CustomEvent("ici:failed", { bubbles: true }));
    const who = answer.header("ICI-Here");
    const isOld = answer.status === 403 && !who && !note.iciTried && note.dataset.here;
    if (answer.status === 401 || who || isOld) {
      note.iciTried = isOld;
      waiting.add(note);
      if (isOld) { check(); return; }
      away(note, who === "other");
      watch();
      move(note);
      return;
    }
    note.iciAgain = null;
    if (answer.status >= 400 && answer.status < 500 && ![408, 413, 425, 429].includes(answer.status)) {
      note.iciTried = false;
      show(note, "Refused", ["typed-copy"], answer.says);
    } else {
      show(note, answer.status ? "Failed" : "Offline", ["typed-copy"]);
    }
    move(note);
  }

  function away(note, isOther) {
    const says = isOther ? "Other" : "SignedOut";
    cover(note, isOther);
    if (note.dataset.says !== says) { show(note, says, note.dataset.here ? ["sign-in", "typed-copy"].slice(0, isOther ? 1 : 2) : ["typed-copy"]); }
  }

  function isBack(note) {
    waiting.delete(note);
    cover(note, false);
    if (["SignedOut", "Other"].includes(note.dataset.says)) { show(note, "Back", []); }
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token(note); });
    const again = note.iciAgain;
    note.iciAgain = null;
    /* The step that was cut off carries all words; saving beside it would look like a second tab. */
    if (again && note.isConnected) { again(); } else { note.dispatchEvent(new CustomEvent("ici:back", { bubbles: true })); }
  }

  function watch() {
    clearTimeout(timer);
    if (waiting.size) { timer = setTimeout(check, EVERY); }
  }

  async function check() {
    waiting.forEach((note) => { if (!note.isConnected) { waiting.delete(note); } });
    const first = waiting.values().next().value;
    if (!first || asking || document.hidden || !first.dataset.here) { watch(); return; }
    asking = true;
    try {
      const answer = await (await fetch(first.dataset.here, { cache: "no-store", credentials: "same-origin" })).json();
      Array.from(waiting).forEach((note) => { if (answer.person === note.dataset.person) { isBack(note); } else { away(note, answer.person !== ""); } });
    } catch (error) { /* No network: asked again. */ }
    asking = false;
    watch();
  }

  function sent(note) {
    note.iciTried = false;
    if (note.iciVersion === note.iciSent) { store.drop(keyOf(note)); }
    if (note.isConnected && note.dataset.says) { hide(note); }
  }

  /* A form that is sent as a whole page: an error, a sign-in page or no network leave this page as it is. */
  async function step(note, form, button) {
    if (note.iciBusy) { return; }
    note.iciBusy = true;
    form.setAttribute("aria-busy", "true");
    keep(note);
    note.iciSent = note.iciVersion;
    const content = new FormData(form);
    if (button && button.name) { content.append(button.name, button.value); }
    const address = (button && button.getAttribute("formaction")) || form.getAttribute("action") || location.href;
    const body = form.enctype === "multipart/form-data" ? content : new URLSearchParams(content);
    let answer = { status: 0, header: () => null };
    let page = null;
    try {
      const response = await fetch(address, { method: "POST", body, credentials: "same-origin", headers: headers(note) });
      page = new DOMParser().parseFromString(await response.text(), "text/html");
      answer = { status: response.status, header: (name) => response.headers.get(name) };
    } catch (error) { /* Nobody answered. */ }
    note.iciBusy = false;
    form.removeAttribute("aria-busy");
    const where = answer.header("ICI-Location");
    if (where) { sent(note); if (form.hasAttribute("data-in-place")) { await goOn(where); } else { leave(where); } return; }
    const main = page && page.querySelector("main");
    const isSame = main && Array.from(main.querySelectorAll("[data-ici-typed]")).some((other) => other.dataset.iciTyped === note.dataset.iciTyped);
    const isDone = answer.status >= 200 && answer.status < 300;
    if (main && (isDone || isSame) && answer.status < 500) {
      /* The page is somebody else's: what was refused is shown as without a script. */
      if (isGuest() && !isDone) { form.target = "_top"; form.submit(); return; }
      if (isDone && !isSame) { sent(note); }
      swap(page, main);
      return;
    }
    const title = main && main.querySelector("h1");
    fail(note, Object.assign(answer, { says: title ? title.textContent : "" }), () => form.requestSubmit(button && button.isConnected ? button : undefined));
  }

  /* A unit of the platform, in a frame or not, is no page of the add-on. */
  const isGuest = () => !document.body.classList.contains("ici");

  function leave(where) {
    const to = new URL(where, location.href);
    if (isGuest()) { window.open(to.href, "_top"); return; }
    if (to.pathname + to.search !== location.pathname + location.search) { location.assign(to.href); return; }
    history.replaceState(null, "", to.href);
    location.reload();
  }

  async function goOn(where) {
    const to = new URL(where, location.href);
    let page = null;
    try {
      const response = await fetch(to.href, { credentials: "same-origin" });
      if (response.ok && !response.redirected) { page = new DOMParser().parseFromString(await response.text(), "text/html"); }
    } catch (error) { /* The browser says it better. */ }
    const main = page && page.querySelector("main");
    if (!main || to.origin !== location.origin) { leave(where); return; }
    history.pushState(null, "", to.href);
    shown = location.pathname + location.search;
    swap(page, main);
    window.scrollTo(0, 0);
  }
  let shown = location.pathname + location.search;
  window.addEventListener("popstate", () => { if (location.pathname + location.search !== shown) { location.reload(); } });

  function swap(page, main) {
    document.title = page.title;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    document.querySelector("main").replaceWith(main);
    if (window.htmx) { window.htmx.process(main); }
    startAll(main, true);
    main.dispatchEvent(new CustomEvent("ici:page", { bubbles: true }));
    const focus = main.querySelector("[autofocus], [role=alert]:not([hidden]), [aria-invalid]") || main;
    if (!focus.matches("input, textarea, select")) { focus.tabIndex = -1; }
    focus.focus();
    look(focus, "nearest");
  }

  function offer(note) {
    const form = formOf(note);
    const kept = store.read(keyOf(note));
    const end = ":" + note.dataset.iciTyped;
    if (!kept) {
      if (store.keys().some((key) => key.startsWith(PREFIX) && key.endsWith(end))) { show(note, "Waits", []); }
      return;
    }
    const other = kept.inside ? kept.inside !== inside(form) : pairs(form, kept).filter(([field, was]) => begun(field) !== was);
    if (!(kept.inside ? other : other.length)) { store.drop(keyOf(note)); return; }
    if (!kept.inside && other.every(([field]) => !value(field) || field.type === "radio" || field.options)) {
      put(note, kept);
      show(note, "Filled", ["typed-copy", "typed-drop"]);
      return;
    }
    if (!kept.inside && pairs(form, kept).every(([field, was]) => value(field) === was)) { return; }
    show(note, "Kept", ["typed-use", "typed-copy", "typed-drop"]);
  }

  function start(note, isAnswer) {
    if (note.iciStarted) { return; }
    note.iciStarted = true;
    note.iciVersion = 0;
    const form = formOf(note);
    note.parentElement.iciNote = note;
    if (!form) { return; }
    form.iciNote = note;
    if (isAnswer || refused.delete(note.dataset.iciTyped)) { keep(note); return; }
    if (note.dataset.keep !== "no") { offer(note); }
  }

  function startAll(scope, isAnswer) { scope.querySelectorAll("[data-ici-typed]").forEach((note) => start(note, isAnswer)); }

  function copied(note, button) {
    const kept = store.read(keyOf(note));
    const words = note.dataset.says === "Kept" && kept && kept.fields ? kept.fields.map(([, of, was]) => of === null ? was : "").filter((text) => typeof text === "string" && text.trim()).join("\n\n") : textOf(formOf(note) || note.parentElement.closest("form") || document.createElement("form"));
    const done = () => { button.value = note.dataset.textCopied; };
    if (navigator.clipboard) { navigator.clipboard.writeText(words).then(done, () => {}); return; }
    /* Without a secure context there is no clipboard but this. */
    const area = document.createElement("textarea");
    area.value = words;
    note.append(area);
    area.select();
    if (document.execCommand("copy")) { done(); }
    area.remove();
    button.focus();
  }

  document.addEventListener("input", (event) => {
    const form = event.target.matches("form") ? event.target : event.target.form;
    const note = form && form.iciNote;
    if (!note) { return; }
    note.iciVersion += 1;
    keep(note);
    if (["Kept", "Filled", "Back", "Waits"].includes(note.dataset.says) && event.isTrusted) { hide(note); }
  });
  document.addEventListener("click", (event) => {
    const note = event.target.closest("[data-ici-typed]");
    const button = note && event.target.closest("input[type=button]");
    if (!button) { return; }
    if ("typedUse" in button.dataset) { put(note, store.read(keyOf(note))); hide(note); }
    if ("typedCopy" in button.dataset) { copied(note, button); }
    if ("typedDrop" in button.dataset) {
      store.drop(keyOf(note));
      if (note.dataset.says === "Filled") { fieldsOf(formOf(note)).forEach((field) => { if (isTick(field)) { field.checked = field.defaultChecked; } else if (!field.options) { field.value = field.defaultValue; } }); }
      hide(note);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isPage = (form.getAttribute("method") || "").toLowerCase() === "post" && !form.hasAttribute("hx-post");
    if (!form.iciNote || !isPage || event.defaultPrevented) { return; }
    event.preventDefault();
    step(form.iciNote, form, event.submitter);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const note = noteOf(event.detail.elt);
    if (note) { Object.assign(event.detail.headers, headers(note)); }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const note = noteOf(event.detail.elt);
    if (note) { event.detail.iciNote = note; note.iciSent = note.iciVersion; keep(note); }
  });
  /* Before the answer takes the form's place. A form that stays has only asked for something, unless its own script says
     that it was saved. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = event.detail.requestConfig.elt;
    const form = asked.form || asked.closest("form");
    const note = form && form.iciNote;
    if (!note || event.detail.requestConfig.verb !== "post" || !event.detail.target.contains(form)) { return; }
    refused.delete(note.dataset.iciTyped);
    if (event.detail.xhr.status < 300) { sent(note); }
    if ([409, 422].includes(event.detail.xhr.status)) { refused.add(note.dataset.iciTyped); }
  });
  document.addEventListener("htmx:load", (event) => {
    const fresh = event.detail.elt;
    if (fresh.closest) { startAll(fresh.parentElement || fresh); }
  });
  function failed(event) {
    const elt = event.detail.elt;
    const xhr = event.detail.xhr;
    const note = elt.isConnected ? noteOf(elt) : null;
    if (!note) { return; }
    const again = elt.matches("form") ? () => elt.requestSubmit() : elt.matches("button") ? () => elt.click() : null;
    const isAnswer = event.type === "htmx:responseError";
    fail(note, { status: isAnswer ? xhr.status : 0, header: (name) => isAnswer ? xhr.getResponseHeader(name) : null }, again);
  }
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, failed));

  ["focus", "online"].forEach((name) => window.addEventListener(name, check));
  document.addEventListener("visibilitychange", check);
  /* A page out of the browser's memory may show words to somebody else than who wrote them. */
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) { return; }
    document.querySelectorAll("[data-ici-typed]").forEach((note) => { if (note.dataset.here) { waiting.add(note); } });
    check();
  });
  let channel = null;
  try { channel = new BroadcastChannel("ici-typed"); } catch (error) { /* Then focus and the clock tell it. */ }
  if (channel) { channel.addEventListener("message", check); }

  document.addEventListener("DOMContentLoaded", () => {
    startAll(document);
    if (channel && document.querySelector("[data-ici-back]")) { channel.postMessage("back"); }
  });
  window.iciTyped = {
    leave: leave,
    forget(form) { if (form.iciNote) { store.drop(keyOf(form.iciNote)); } },
    store: store, headers: headers, look: look, noteOf: noteOf, post: post, start: startAll, sent: sent, token: token,
    failed(node, response, again) {
      const note = noteOf(node);
      if (note) { fail(note, { status: response ? response.status : 0, header: (name) => response ? response.headers.get(name) : null }, again); }
    },
  };
})();
