/* Comments on pages of a file stand beside the pages, too, where somebody reads them in place. */
(function () {
  "use strict";
  if (window.iciSaid) { return; }
  window.iciSaid = true;

  function place(figure) {
    const reading = figure.closest(".reading");
    const around = reading && reading.parentElement;
    if (!around) { return; }
    around.querySelectorAll("[data-remark-page='" + figure.dataset.page + "']").forEach((remark) => {
      const copy = document.createElement("div");
      copy.className = "remark-copy";
      [".about", ".kept"].forEach((part) => { const found = remark.querySelector(part); if (found) { copy.append(found.cloneNode(true)); } });
      figure.append(copy);
    });
  }

  function again(scope) {
    scope.querySelectorAll(".read-page[data-page]").forEach((figure) => {
      figure.querySelectorAll(".remark-copy").forEach((copy) => copy.remove());
      place(figure);
    });
  }

  document.addEventListener("htmx:load", (event) => {
    const item = event.detail.elt.closest && event.detail.elt.closest("li");
    if (item && item.querySelector(".read-page")) { again(item); }
  });
}());
