/* The page that stops mails: what allows it stands in the address behind the #, which browsers keep from servers. */
(function () {
  "use strict";
  const form = document.getElementById("stop");
  function take() {
    if (location.hash.length < 2) { return; }
    form.elements.link.value = location.hash;
    form.querySelector("[data-link]").hidden = true;
  }
  window.addEventListener("hashchange", take);
  take();
})();
