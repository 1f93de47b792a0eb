/* The mentor's page: tells the server once that a person has touched it. Programs that open links beforehand press and
   type nothing, so neither loading nor scrolling counts; the page works without this script, sending the form counts too. */
(function () {
  "use strict";
  const address = document.currentScript.dataset.opened;
  const acts = ["pointerdown", "keydown"];
  function touched(event) {
    if (!event.isTrusted || document.visibilityState !== "visible") { return; }
    acts.forEach((act) => document.removeEventListener(act, touched, true));
    navigator.sendBeacon(address, new URLSearchParams({ secret: document.querySelector("#sign-off [name=secret]").value }));
  }
  acts.forEach((act) => document.addEventListener(act, touched, true));
})();
