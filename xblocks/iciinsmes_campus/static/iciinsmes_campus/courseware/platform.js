/* What scripts of the platform's problems expect to find on a page, as small as they need it. Loaded only where a block
   needs jQuery. */
(function ($) {
  "use strict";
  const root = document.querySelector("[data-courseware]");

  $.ajaxSetup({
    beforeSend(xhr, settings) {
      /* The cookie's token is the newer one after signing in again in another tab. */
      const fresh = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
      if (!settings.crossDomain && root) { xhr.setRequestHeader("X-CSRFToken", fresh ? fresh[1] : root.dataset.csrf); }
    },
  });
  /* Scripts of the platform's blocks say nothing when the server refuses a step. The reason then stands below the block, and
     is read out; what was typed stays where it is. The next step that works takes it away. */
  function blockOf(settings) {
    return root && Array.from(root.querySelectorAll("[data-handlers]")).find(
      (element) => settings.url.startsWith(element.dataset.handlers));
  }
  function refusalOf(block) { return block.querySelector(":scope > [data-refusal]"); }
  $(document).on("ajaxError", (_event, xhr, settings) => {
    const block = blockOf(settings);
    if (!block) { return; }
    const box = refusalOf(block) || block.appendChild(document.createElement("div"));
    box.className = "note warn";
    box.dataset.refusal = "";
    box.setAttribute("role", "alert");
    const said = xhr.responseJSON && xhr.responseJSON.error;
    box.textContent = "";
    box.appendChild(document.createElement("p")).textContent = "▲ " + (said || root.dataset.failed);
  });
  $(document).on("ajaxSuccess", (_event, _xhr, settings) => {
    const block = blockOf(settings);
    const box = block && refusalOf(block);
    if (box) { box.remove(); }
  });

  $.postWithPrefix = $.post;
  $.getWithPrefix = $.get;
  $.ajaxWithPrefix = $.ajax;

  /* Templates of the platform name their places {like this}, printf-like ones %(like)s or %s. */
  const words = JSON.parse((document.getElementById("words-of-problems") || { textContent: "{}" }).textContent);
  const kinds = new Intl.PluralRules(document.documentElement.lang || "en");
  window.gettext = window.gettext || ((text) => words[text] || text);
  window.ngettext = window.ngettext || ((one, many, count) => (words[one]
    ? words[one][kinds.select(Number(count))]
    : (count === 1 ? one : many)));
  window.interpolate = window.interpolate || ((text, values, named) => (named
    ? text.replace(/%\((\w+)\)s/g, (match, name) => String(values[name]))
    : text.replace(/%s/g, () => String(values.shift()))));

  window.edx = window.edx || {};
  window.edx.StringUtils = window.edx.StringUtils || {
    interpolate(text, values) {
      return text.replace(/\{(\w+)\}/g, (match, name) => (name in values ? String(values[name]) : match));
    },
  };

  /* Formulas stay as their author typed them; hints ask for this without looking. */
  window.MathJax = window.MathJax || { Hub: { Queue() {}, getAllJax: () => [] }, Callback: { After() {} } };

  /* The server logs what is handed in; the platform's log of clicks is not kept. */
  window.Logger = { log() {}, listen() {} };

  const voice = document.createElement("div");
  voice.className = "courseware-voice";
  voice.setAttribute("role", "status");
  document.body.appendChild(voice);
  window.SR = {
    readText(text) { voice.textContent = text; },
    readTexts(texts) { voice.textContent = texts.join(" "); },
    clear() { voice.textContent = ""; },
  };

  function toggle(event) {
    event.preventDefault();
    const link = $(event.currentTarget);
    const box = link.closest(".collapsible, .hint-container, section");
    box.toggleClass("open").find(".longform, .collapsible-content").first().slideToggle();
  }
  window.Collapsible = {
    setCollapsibles(element) {
      $(element).find(".longform").hide();
      $(element).find(".full-top, .full-bottom, .collapsible header a").on("click", toggle);
    },
    toggleFull: toggle,
    toggleHint: toggle,
  };
  window.JavascriptLoader = { executeModuleScripts(_element, callback) { if (callback) { callback(); } } };
  window.globalTooltipManager = { openTooltip() {}, hide() {} };
})(window.jQuery);
