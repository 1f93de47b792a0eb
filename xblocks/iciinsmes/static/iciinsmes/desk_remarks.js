/* Comments at places: a marked passage goes into the form below its answer, with mouse or keyboard, and a comment that is
   still being written holds back the release. Saving is htmx; without any script the forms still work. */
(function () {
  "use strict";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "said-here";
  button.hidden = true;
  let marked = null;

  const rubric = () => document.querySelector("[data-rubric]");
  const fresh = (place) => place.querySelector("[data-said-new]");

  /* What stands only beside the answer's own words: what is gone from it, spoken words, numbers of comments. */
  const beside = (node) => node.parentElement.closest("del, .unseen, .said-number");
  const length = (text) => Array.from(text).length;

  /* Counts whole characters, as the server does, up to a point in the answer. */
  function position(words, node, offset) {
    const range = document.createRange();
    range.setStart(words, 0);
    range.setEnd(node, offset);
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) {
      const here = walker.currentNode;
      if (beside(here) || !range.intersectsNode(here)) { continue; }
      text += here === node ? here.data.slice(0, offset) : range.comparePoint(here, here.length) <= 0 ? here.data : "";
    }
    return text;
  }

  function answerText(words) {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let text = "";
    while (walker.nextNode()) { if (!beside(walker.currentNode)) { text += walker.currentNode.data; } }
    return text;
  }

  function passage() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) { return null; }
    const range = selection.getRangeAt(0);
    const start = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    const words = start && start.closest("[data-said-text]");
    if (!words || !words.contains(range.endContainer)) { return null; }
    const before = position(words, range.startContainer, range.startOffset);
    const quote = position(words, range.endContainer, range.endOffset).slice(before.length);
    return quote.trim() ? { place: words.closest("[data-said]"), range, start: length(before), quote } : null;
  }

  function look() {
    marked = passage();
    if (!marked || !fresh(marked.place)) { button.hidden = true; return; }
    const box = marked.range.getBoundingClientRect();
    const around = marked.place.getBoundingClientRect();
    button.textContent = document.querySelector("[data-text-said]").dataset.textSaid;
    button.hidden = false;
    marked.place.append(button);
    button.style.insetBlockStart = Math.round(box.bottom - around.top + 4) + "px";
    button.style.insetInlineStart = Math.max(0, Math.min(Math.round(box.left - around.left), around.width - button.offsetWidth)) + "px";
  }

  function open(place, what) {
    const part = fresh(place);
    part.open = true;
    const form = part.querySelector("form");
    if (what && form.elements.quote) {
      form.elements.quote.value = what.quote;
      form.elements.start.value = what.start;
    }
    if (what && what.page && form.elements.page) { form.elements.page.value = what.page; }
    form.elements.text.focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    button.hidden = true;
  }

  document.addEventListener("selectionchange", () => { if (rubric()) { look(); } });
  button.addEventListener("click", () => { if (marked) { open(marked.place, marked); } });

  /* Alt C: on what is marked, else where the keyboard is, else on the first answer. */
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest && event.target.closest("[data-said-form]");
    if (form && event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      event.stopImmediatePropagation();
      form.requestSubmit(form.querySelector("button:not([formaction], [type=button])"));
      return;
    }
    if (!rubric() || !event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyC") { return; }
    const here = passage();
    const place = here ? here.place : (event.target.closest("[data-said]") || document.querySelector("[data-said]"));
    if (place && fresh(place)) { event.preventDefault(); open(place, here); }
  }, true);

  /* A field in which the keyboard can mark: the same words, which nobody can change there. */
  function withKeyboard(holder) {
    const place = holder.closest("[data-said]");
    const form = holder.closest("form");
    const source = document.createElement("textarea");
    /* Not read-only: there some browsers show no cursor, and mark nothing by keys. */
    source.setAttribute("aria-readonly", "true");
    source.addEventListener("beforeinput", (event) => event.preventDefault());
    source.rows = 6;
    source.value = answerText(place.querySelector("[data-said-text]"));
    source.setAttribute("aria-label", holder.textContent.trim());
    source.setAttribute("data-not-kept", "");
    source.addEventListener("select", () => {
      const [from, to] = [source.selectionStart, source.selectionEnd];
      form.elements.quote.value = source.value.slice(from, to);
      form.elements.start.value = length(source.value.slice(0, from));
    });
    holder.replaceWith(source);
    source.focus();
    source.setSelectionRange(0, 0);
  }

  document.addEventListener("click", (event) => {
    const holder = event.target.closest("[data-said-keyboard]");
    if (holder && event.target.closest("button")) { withKeyboard(holder); }
    const page = event.target.closest("[data-said-page]");
    if (page) { open(page.closest("li").querySelector("[data-said]"), { page: page.dataset.saidPage }); }
    const number = event.target.closest("a.said-number");
    if (number) { const remark = document.getElementById(number.hash.slice(1)); if (remark) { remark.tabIndex = -1; remark.focus(); } }
  });

  /* A passage that is typed anew stands anywhere. */
  document.addEventListener("input", (event) => {
    if (event.isTrusted && event.target.name === "quote" && event.target.form.hasAttribute("data-said-form")) { event.target.form.elements.start.value = ""; }
  });

  function ready(scope) {
    scope.querySelectorAll("[data-said-keyboard]").forEach((holder) => { holder.hidden = false; });
    scope.querySelectorAll(".read-page[data-page]").forEach((figure) => {
      const item = figure.closest("li");
      if (!item || !item.querySelector("[data-said-new]") || figure.querySelector("[data-said-page]")) { return; }
      const comment = document.createElement("button");
      comment.type = "button";
      comment.dataset.saidPage = figure.dataset.page;
      comment.textContent = document.querySelector("[data-text-said-page]").dataset.textSaidPage.replace("{page}", figure.dataset.page);
      figure.append(comment);
    });
  }

  document.addEventListener("htmx:load", (event) => { if (rubric() && event.detail.elt.parentElement) { ready(event.detail.elt.parentElement); } });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if ([409, 422].includes(event.detail.xhr.status) && event.detail.target.closest("[data-said]")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const id = event.detail.target && event.detail.target.matches("[data-said]") ? event.detail.target.id : "";
    if (!id || ![200, 409, 422].includes(event.detail.xhr.status)) { return; }
    const place = document.getElementById(id);
    const wrong = place && place.querySelector("[role=alert]");
    const focus = wrong ? wrong.closest("form").elements.text : place && fresh(place).querySelector("summary");
    if (focus) { focus.focus(); }
  });

  /* What is being written, sent or recorded is no part of a release yet: it is named instead of being left behind. */
  function unfinished() {
    const written = Array.from(document.querySelectorAll("[data-said-form]")).map((form) => form.elements.text).find((field) => field.value.trim() && field.value !== field.defaultValue);
    return written || document.querySelector(".for-learner [data-ici-sending] > li:not(.failed) button, .for-learner [data-ici-slot] button:not([hidden])");
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-rubric]") || !event.submitter || !event.submitter.value) { return; }
    const open = unfinished();
    if (!open) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    for (let around = open.closest("details"); around; around = around.parentElement.closest("details")) { around.open = true; }
    const say = document.querySelector("[data-text-unfinished]");
    say.textContent = say.dataset.textUnfinished;
    say.hidden = false;
    open.focus();
    open.scrollIntoView({ block: "center" });
  }, true);

  document.addEventListener("ici:page", () => ready(document));
  if (rubric()) { ready(document); }
}());
