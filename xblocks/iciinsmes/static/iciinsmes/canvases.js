/* A canvas that several people change: htmx saves one card at a time; this asks every few seconds what others changed and
   puts it in, without touching a form that somebody is typing in. */
(function () {
  "use strict";
  const EVERY = 4000;
  const root = document.querySelector("[data-ici-canvas]");
  if (!root) { return; }
  const text = root.dataset;
  const problem = root.querySelector("[data-problem]");
  let change = Number(text.change);
  let asking = false;
  let again = false;
  let gone = false;

  function say(words) {
    problem.querySelector("p").textContent = words;
    problem.hidden = !words;
  }

  const cardOf = (id) => document.getElementById("card-" + id);
  const formIn = (card) => card.querySelector("[data-form] form");
  const listOf = (place) => Array.from(root.querySelectorAll("section[data-place]")).find((each) => each.dataset.place === place).querySelector("[data-cards]");

  function times() {
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    root.querySelectorAll("[data-ago]").forEach((time) => {
      const minutes = Math.round((Date.now() - Date.parse(time.dateTime)) / 60000);
      const [count, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
      time.textContent = words.format(-count, unit);
    });
  }

  function counts() {
    root.querySelectorAll("section[data-place]").forEach((place) => {
      place.querySelector("[data-count]").textContent = place.querySelectorAll("[data-cards] > [data-card]").length;
    });
  }

  /* Where the focus is: an element that is replaced hands it on to its successor. */
  function focused() {
    const control = document.activeElement && document.activeElement.closest("[data-control]");
    const card = control && control.closest("[data-card]");
    return { element: document.activeElement, card: card && card.dataset.card, control: control && control.dataset.control };
  }

  function refocus(was) {
    if (document.activeElement === was.element) { return; }
    const card = was.card && cardOf(was.card);
    const next = card ? card.querySelector("[data-control=" + was.control + "]") : was.element;
    if (next && next.isConnected && next.closest("[data-ici-canvas]")) { next.focus({ preventScroll: true }); }
  }

  function open(grip, wanted) {
    grip.setAttribute("aria-expanded", String(wanted));
    grip.closest(".canvas-tools").querySelector(".canvas-ways").hidden = !wanted;
  }

  function put(fresh) {
    const card = cardOf(fresh.dataset.card);
    if (!card) {
      listOf(fresh.dataset.place).append(fresh);
      fresh.classList.add("is-new");
      window.htmx.process(fresh);
      return;
    }
    if (card.dataset.change === fresh.dataset.change) { return; }
    const wasOpen = card.querySelector("[data-grip][aria-expanded=true]");
    const form = formIn(card);
    if (form && card.querySelector(".canvas-words").textContent !== fresh.querySelector(".canvas-words").textContent) {
      form.querySelector("[data-other]").hidden = false;
    }
    const shown = fresh.querySelector(".canvas-shown");
    card.querySelector(".canvas-shown").replaceWith(shown);
    card.dataset.change = fresh.dataset.change;
    card.dataset.place = fresh.dataset.place;
    if (wasOpen) { open(shown.querySelector("[data-grip]"), true); }
    window.htmx.process(shown);
  }

  function arrange(order) {
    const known = new Set(order);
    root.querySelectorAll("[data-card]").forEach((card) => {
      if (known.has(card.dataset.card)) { return; }
      if (!formIn(card)) { card.remove(); return; }
      card.dataset.gone = "1";
      formIn(card).querySelector("[data-removed]").hidden = false;
    });
    root.querySelectorAll("[data-cards]").forEach((list) => {
      const place = list.closest("section[data-place]").dataset.place;
      const wanted = order.map(cardOf).filter((card) => card && card.dataset.place === place);
      wanted.forEach((card, index) => { if (list.children[index] !== card) { list.insertBefore(card, list.children[index] || null); } });
    });
  }

  function take(html) {
    const told = document.createElement("template");
    told.innerHTML = html;
    const answer = told.content.firstElementChild;
    const was = focused();
    answer.querySelectorAll("[data-card]").forEach(put);
    arrange(answer.dataset.order ? answer.dataset.order.split(",") : []);
    refocus(was);
    change = Number(answer.dataset.change);
    const newest = answer.querySelector("[data-newest]");
    if (newest.textContent) {
      root.querySelector("[data-newest] span").replaceChildren(...newest.childNodes);
      root.querySelector("[data-newest]").hidden = false;
    }
    counts();
    times();
  }

  async function ask() {
    if (gone || isDragging()) { return; }
    if (asking) { again = true; return; }
    asking = true;
    try {
      const response = await fetch(text.changes + "?since=" + change, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (response.status === 200 && !response.redirected) { take(await response.text()); }
      if (response.status === 401) { window.iciTyped.failed(root, response); }
      if (response.status === 404 || response.redirected) { gone = true; say(text.textGone); } else if (response.ok && problem.textContent.trim() === text.textOffline) { say(""); }
    } catch (error) {
      say(text.textOffline);
    }
    asking = false;
    if (again) { again = false; ask(); }
  }

  function close(form) {
    const holder = form.parentElement;
    const card = form.closest("[data-card]");
    holder.replaceChildren();
    if (card && card.dataset.gone) { card.remove(); counts(); return; }
    const back = card ? card.querySelector("[data-control=edit]") : holder.previousElementSibling;
    if (back) { back.focus(); }
  }

  const isDragging = window.iciCanvasDrag(root, (card) => {
    const list = card.parentElement;
    const next = card.nextElementSibling;
    const values = { place: list.closest("section[data-place]").dataset.place };
    if (next) { values.before = next.dataset.card; }
    const address = card.querySelector("[data-control=earlier]").getAttribute("hx-post");
    window.htmx.ajax("POST", address, { source: card.querySelector(".canvas-tools"), target: "#canvas-status", swap: "innerHTML", values });
  });

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (button) { window.iciTyped.forget(button.form); close(button.form); }
    const grip = event.target.closest("[data-grip]");
    if (grip && !event.defaultPrevented) { open(grip, grip.getAttribute("aria-expanded") !== "true"); }
  });
  root.addEventListener("keydown", (event) => {
    const form = event.target.closest(".canvas-form");
    if (!form) { return; }
    if (event.key === "Escape") { close(form); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { form.requestSubmit(); }
  });
  root.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  root.addEventListener("htmx:afterRequest", (event) => {
    const card = event.detail.elt.closest("[data-gone]");
    if (event.detail.xhr.status === 200 && card && event.detail.elt.matches(".canvas-form")) { card.remove(); counts(); }
    if (event.detail.successful) { say(""); }
  });
  // What was not saved must not look as if it were: asking from the start puts cards back where they are.
  root.addEventListener("ici:back", () => { change = 0; say(""); ask(); });
  root.addEventListener("htmx:sendError", () => { change = 0; });
  root.addEventListener("htmx:responseError", (event) => {
    change = 0;
    // A card that is gone answers 404: what changed says so.
    if (event.detail.xhr.status === 404) { ask(); }
  });
  document.addEventListener("canvas-changed", ask);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask(); } });
  setInterval(() => { times(); if (!document.hidden) { ask(); } }, EVERY);
  times();
})();
