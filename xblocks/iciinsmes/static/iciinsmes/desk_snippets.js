/* Snippets beside the rubric: a click, or Enter after a search, puts one where the cursor last stood. */
(function () {
  "use strict";
  let field = null;

  const panel = () => document.querySelector("[data-snippets]");
  const form = () => document.querySelector("[data-rubric]");
  const shown = () => Array.from(panel().querySelectorAll("[data-snippet]")).filter((button) => !button.closest("li").hidden);

  function target() {
    return field && field.isConnected ? field : form().querySelector("#feedback");
  }

  /* The browser's own way of typing keeps "undo" working; where it is gone, the value is set. */
  function put(text) {
    const into = target();
    const folded = into.closest("details");
    if (folded) { folded.open = true; }
    into.focus();
    const before = into.value.slice(0, into.selectionStart);
    const words = (before && !/\s$/.test(before) ? " " : "") + text;
    if (!document.execCommand("insertText", false, words)) {
      into.setRangeText(words, into.selectionStart, into.selectionEnd, "end");
      into.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function narrow(search) {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    panel().querySelectorAll("[data-snippet]").forEach((button) => {
      const text = button.textContent.toLocaleLowerCase();
      button.closest("li").hidden = !words.every((word) => text.includes(word));
    });
  }

  /* The next search begins with all of them. */
  function take(button) {
    put(button.textContent);
    const search = panel().querySelector("[data-snippet-search]");
    search.value = "";
    narrow(search);
  }

  function open() {
    panel().open = true;
    const search = panel().querySelector("[data-snippet-search], [data-snippet-new]");
    if (search) { search.focus(); }
  }

  document.addEventListener("focusin", (event) => {
    if (form() && form().contains(event.target) && event.target.matches("textarea")) { field = event.target; }
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-snippet]");
    if (button && panel() && panel().contains(button)) { take(button); }
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-snippet-search]")) { narrow(event.target); }
  });

  document.addEventListener("keydown", (event) => {
    if (!panel() || !form()) { return; }
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyS") {
      event.preventDefault();
      open();
    } else if (event.key === "Enter" && event.target.matches("[data-snippet-search]")) {
      event.preventDefault();
      if (shown().length) { take(shown()[0]); }
    } else if (event.key === "Escape" && panel().open && panel().contains(event.target)) {
      panel().open = false;
      target().focus();
    }
  });

  /* Opened by its keys, the search is focused once it has come; what was marked in the feedback waits to be kept. */
  document.addEventListener("htmx:load", (event) => {
    const here = panel();
    if (!here || !here.contains(event.target)) { return; }
    const fresh = here.querySelector("[data-snippet-new]");
    if (fresh && !fresh.value && field && field.isConnected) {
      fresh.value = field.value.slice(field.selectionStart, field.selectionEnd);
    }
    if (!here.contains(document.activeElement)) { open(); }
  });
  /* A snippet that cannot be kept comes back with its reason. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422 && event.target.closest("[data-snippets]")) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
}());
