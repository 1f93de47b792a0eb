/* Drags a card by its grip with mouse, pen or finger. It only finds out where the card goes: `move` sends it. The grip is
   also a button that opens the ways of moving a card with the keyboard. */
(function () {
  "use strict";
  const START = 6;

  function below(list, y, card) {
    return Array.from(list.children).find((other) => {
      const box = other.getBoundingClientRect();
      return other !== card && y < box.top + box.height / 2;
    }) || null;
  }

  function beside(list, x, y, card) {
    return Array.from(list.children).find((other) => {
      const box = other.getBoundingClientRect();
      return other !== card && y < box.bottom && x < box.left + box.width / 2;
    }) || null;
  }

  window.iciCanvasDrag = function (root, move) {
    let drag = null;

    function mark(place) {
      root.querySelectorAll(".is-target").forEach((old) => old.classList.remove("is-target"));
      if (place) { place.classList.add("is-target"); }
    }

    function end() {
      if (!drag) { return; }
      drag.card.classList.remove("is-dragging");
      mark(null);
      drag = null;
    }

    root.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest("[data-grip]");
      if (!grip || event.button !== 0) { return; }
      const card = grip.closest("[data-card]");
      drag = { card, grip, x: event.clientX, y: event.clientY, home: [card.parentElement, card.nextElementSibling], on: false };
      grip.setPointerCapture(event.pointerId);
    });
    root.addEventListener("pointermove", (event) => {
      if (!drag || (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < START)) { return; }
      drag.on = true;
      drag.card.classList.add("is-dragging");
      const under = document.elementFromPoint(event.clientX, event.clientY);
      const place = under && under.closest("[data-ici-canvas] [data-place]:not([data-card])");
      mark(place);
      if (!place) { return; }
      const list = place.querySelector("[data-cards]");
      const next = place.matches(".in-a-row") ? beside(list, event.clientX, event.clientY, drag.card) : below(list, event.clientY, drag.card);
      if (drag.card.parentElement !== list || drag.card.nextElementSibling !== next) { list.insertBefore(drag.card, next); }
    });
    root.addEventListener("pointerup", () => {
      if (!drag) { return; }
      const { card, grip, on } = drag;
      end();
      if (!on) { return; }
      // The click that follows would open the ways of moving.
      const swallow = (event) => event.preventDefault();
      grip.addEventListener("click", swallow);
      setTimeout(() => { grip.removeEventListener("click", swallow); move(card); }, 0);
    });
    function giveUp() {
      if (drag && drag.on) { drag.home[0].insertBefore(drag.card, drag.home[1]); }
      end();
    }
    root.addEventListener("pointercancel", giveUp);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") { giveUp(); } });
    return () => Boolean(drag && drag.on);
  };
})();
