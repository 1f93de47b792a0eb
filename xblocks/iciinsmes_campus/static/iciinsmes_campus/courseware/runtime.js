/* The browser's side of the XBlock runtime: starts each block's script, tells it where its handlers are, and notes when a
   unit was seen. */
(function () {
  "use strict";
  const SEEN_AFTER_MS = 5000;

  function wrapper(element) {
    const node = element && element.jquery ? element[0] : element;
    return node.closest("[data-usage-id]");
  }

  const runtime = {
    handlerUrl(element, handler, suffix, query) {
      let url = wrapper(element).dataset.handlers + encodeURIComponent(handler);
      if (suffix) { url += "/" + suffix.replace(/^\//, ""); }
      if (query) { url += "?" + query; }
      return url;
    },
    children(element) {
      const parent = wrapper(element);
      return Array.from(parent.querySelectorAll("[data-usage-id]")).filter(
        (child) => child.parentElement.closest("[data-usage-id]") === parent);
    },
    /* What a block tells its surroundings, for example {state: "end"} for "save" in an editor. */
    notify(name, data) {
      document.dispatchEvent(new CustomEvent("xblock:" + name, { detail: data }));
    },
  };

  function argumentsOf(element) {
    const script = element.querySelector(":scope > script[data-xblock-args]");
    return script ? JSON.parse(script.textContent) : undefined;
  }

  function start(element) {
    runtime.children(element).forEach(start);
    const name = element.dataset.init;
    if (!name || element.xblockStarted) { return; }
    element.xblockStarted = true;
    const init = window[name];
    if (typeof init !== "function") {
      console.error("The script of block " + element.dataset.usageId + " has no " + name);
      return;
    }
    try {
      /* Some kinds are constructors, others plain functions; an arrow function has no prototype and cannot be new. */
      element.xblock = init.prototype
        ? new init(runtime, element, argumentsOf(element)) : init(runtime, element, argumentsOf(element));
    } catch (error) {
      console.error("The script of block " + element.dataset.usageId + " failed", error);
    }
  }

  function watch(root) {
    if (!root.dataset.seen) { return; }
    let told = false;
    let timer = 0;
    function tell() {
      if (told) { return; }
      told = true;
      fetch(root.dataset.seen, {
        method: "POST", headers: { "X-CSRFToken": root.dataset.csrf }, credentials: "same-origin", keepalive: true,
      }).then((answer) => {
        if (answer.ok) { root.dispatchEvent(new CustomEvent("courseware:seen", { bubbles: true })); }
      }).catch(() => { told = false; });
    }
    function clock() {
      clearTimeout(timer);
      if (document.visibilityState === "visible") { timer = setTimeout(tell, SEEN_AFTER_MS); }
    }
    document.addEventListener("visibilitychange", clock);
    document.addEventListener("click", (event) => {
      if (event.target.closest("a[rel~=next]")) { tell(); }
    });
    clock();
  }

  document.querySelectorAll("[data-courseware]").forEach((root) => {
    Array.from(root.querySelectorAll("[data-usage-id]"))
      .filter((element) => !element.parentElement.closest("[data-usage-id]")).forEach(start);
    watch(root);
  });
})();
