/* A work that is left is free for others at once: the page gives back what it had in hand itself, and nothing that a later
   page of the same person has begun. Without this script it is free when the time is over. */
(function () {
  "use strict";

  window.addEventListener("pagehide", () => {
    const box = document.querySelector("form.claim");
    const marks = document.querySelectorAll("[data-claim]");
    if (!box || !marks.length) { return; }
    const sent = new FormData(box);
    sent.set("do", "leave");
    /* What was saved last has made it last longer. */
    sent.set("claim", marks[marks.length - 1].dataset.claim);
    navigator.sendBeacon(box.action, sent);
  });
}());
